-- include: access/actor.h
-- type: TotpRow {secret: bytes, confirmed: time?, step: int}

-- name: totp_get :one (app_user: UserId) -> TotpRow
SELECT secret, confirmed, step
  FROM user_totp
 WHERE tenant = :tenant AND app_user = :app_user;

-- name: totp_count :one (app_user: UserId) -> int
-- 1 when the user's codes count.
SELECT count(*) FROM user_totp
 WHERE tenant = :tenant AND app_user = :app_user AND confirmed IS NOT NULL;

-- name: totp_put :count (app_user: UserId, secret: bytes)
-- A new secret, in place of one that has not been confirmed.
INSERT INTO user_totp (tenant, app_user, secret, confirmed, step)
VALUES (:tenant, :app_user, :secret, NULL, 0)
ON CONFLICT (tenant, app_user) DO UPDATE SET secret = excluded.secret
 WHERE user_totp.confirmed IS NULL;

-- name: totp_confirm :count (app_user: UserId, confirmed: time, step: int)
UPDATE user_totp SET confirmed = :confirmed, step = :step
 WHERE tenant = :tenant AND app_user = :app_user AND confirmed IS NULL;

-- name: totp_use :count (app_user: UserId, step: int)
-- None when a code of this step, or of a later one, has been used.
UPDATE user_totp SET step = :step
 WHERE tenant = :tenant AND app_user = :app_user AND confirmed IS NOT NULL AND step < :step;

-- name: totp_delete :count (app_user: UserId)
DELETE FROM user_totp
 WHERE tenant = :tenant AND app_user = :app_user;

-- name: recovery_insert :exec (app_user: UserId, hash: bytes, made: time)
INSERT INTO recovery_code (tenant, app_user, hash, made)
VALUES (:tenant, :app_user, :hash, :made);

-- name: recovery_use :count (app_user: UserId, hash: bytes, used: time)
UPDATE recovery_code SET used = :used
 WHERE tenant = :tenant AND app_user = :app_user AND hash = :hash AND used IS NULL;

-- name: recovery_left :one (app_user: UserId) -> int
SELECT count(*) FROM recovery_code
 WHERE tenant = :tenant AND app_user = :app_user AND used IS NULL;

-- name: recovery_delete :exec (app_user: UserId)
DELETE FROM recovery_code
 WHERE tenant = :tenant AND app_user = :app_user;

-- name: recovery_end_all :exec (now: time)
UPDATE recovery_code SET used = :now
 WHERE tenant = :tenant AND used IS NULL;

-- name: half_insert :exec (hash: bytes, app_user: UserId, expires: time)
INSERT INTO half_session (tenant, hash, app_user, expires)
VALUES (:tenant, :hash, :app_user, :expires);

-- name: half_user :one (hash: bytes, now: time) -> UserId
SELECT app_user FROM half_session
 WHERE tenant = :tenant AND hash = :hash AND expires > :now;

-- name: half_delete :exec (hash: bytes)
DELETE FROM half_session
 WHERE tenant = :tenant AND hash = :hash;

-- name: half_delete_user :exec (app_user: UserId)
DELETE FROM half_session
 WHERE tenant = :tenant AND app_user = :app_user;

-- name: half_delete_all :exec ()
DELETE FROM half_session
 WHERE tenant = :tenant;

-- name: half_delete_ended :exec (now: time)
DELETE FROM half_session
 WHERE tenant = :tenant AND expires <= :now;
