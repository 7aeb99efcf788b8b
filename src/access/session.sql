-- include: access/actor.h
-- type: SessionRow {id: SessionId, app_user: UserId, hash: bytes, former: bytes?, former_until: time?, csrf: bytes,
--                   browser: text, created: time, renewed: time, seen: time, proved: time, expires: time}
-- type: SessionLine {id: SessionId, browser: text, created: time, seen: time}
-- type: ApiToken {id: TokenId, name: text, created: time, revoked: time?}

-- name: session_insert :exec (SessionRow)
INSERT INTO session (tenant, id, app_user, hash, former, former_until, csrf, browser, created, renewed, seen, proved, expires)
VALUES (:tenant, :id, :app_user, :hash, :former, :former_until, :csrf, :browser, :created, :renewed, :seen, :proved, :expires);

-- name: session_get :one (hash: bytes) -> SessionRow
SELECT id, app_user, hash, former, former_until, csrf, browser, created, renewed, seen, proved, expires
  FROM session
 WHERE tenant = :tenant AND hash = :hash;

-- name: session_get_former :one (former: bytes, now: time) -> SessionRow
-- By the secret of before, while that still holds.
SELECT id, app_user, hash, former, former_until, csrf, browser, created, renewed, seen, proved, expires
  FROM session
 WHERE tenant = :tenant AND former = :former AND former_until > :now;

-- name: session_of_user :many (app_user: UserId, now: time, idle: time) -> SessionLine
-- Those that have not ended, the one used last first.
SELECT id, browser, created, seen
  FROM session
 WHERE tenant = :tenant AND app_user = :app_user AND expires > :now AND seen > :idle
 ORDER BY seen DESC, id;

-- name: session_set_seen :exec (id: SessionId, seen: time)
UPDATE session SET seen = :seen
 WHERE tenant = :tenant AND id = :id AND seen < :seen;

-- name: session_set_proved :count (id: SessionId, proved: time)
UPDATE session SET proved = :proved
 WHERE tenant = :tenant AND id = :id;

-- name: session_set_hash :count (id: SessionId, hash: bytes, fresh: bytes, until: time, renewed: time)
-- Another secret, unless somebody was faster; the one of before holds until then.
UPDATE session SET hash = :fresh, former = :hash, former_until = :until, renewed = :renewed
 WHERE tenant = :tenant AND id = :id AND hash = :hash;

-- name: session_delete :exec (id: SessionId)
DELETE FROM session
 WHERE tenant = :tenant AND id = :id;

-- name: session_count :one (id: SessionId) -> int
-- Whether there is such a session, whosever it is.
SELECT count(*) FROM session WHERE tenant = :tenant AND id = :id;

-- name: session_delete_own :count (id: SessionId, app_user: UserId)
DELETE FROM session
 WHERE tenant = :tenant AND id = :id AND app_user = :app_user;

-- name: session_delete_others :count (id: SessionId, app_user: UserId)
DELETE FROM session
 WHERE tenant = :tenant AND id <> :id AND app_user = :app_user;

-- name: session_delete_user :exec (app_user: UserId)
DELETE FROM session
 WHERE tenant = :tenant AND app_user = :app_user;

-- name: session_delete_all :exec ()
DELETE FROM session
 WHERE tenant = :tenant;

-- name: session_delete_ended :exec (ended: time, idle: time)
-- Those that expired before `ended`, and those not seen since `idle`.
DELETE FROM session
 WHERE tenant = :tenant AND (expires <= :ended OR seen <= :idle);

-- name: token_insert :exec (id: TokenId, hash: bytes, app_user: UserId, name: text, created: time)
INSERT INTO api_token (tenant, id, hash, app_user, name, created)
VALUES (:tenant, :id, :hash, :app_user, :name, :created);

-- name: token_owner :one (hash: bytes) -> UserId
-- Whose token it is, unless it has been revoked.
SELECT app_user
  FROM api_token
 WHERE tenant = :tenant AND hash = :hash AND revoked IS NULL;

-- name: token_of_user :many (app_user: UserId) -> ApiToken
-- Newest first.
SELECT id, name, created, revoked
  FROM api_token
 WHERE tenant = :tenant AND app_user = :app_user
 ORDER BY created DESC, id;

-- name: token_revoke_all :exec (app_user: UserId, revoked: time)
UPDATE api_token SET revoked = :revoked WHERE tenant = :tenant AND app_user = :app_user AND revoked IS NULL;

-- name: token_end_all :exec (now: time)
UPDATE api_token SET revoked = :now WHERE tenant = :tenant AND revoked IS NULL;

-- name: token_revoke :count (id: TokenId, app_user: UserId, revoked: time)
-- Asked twice it is revoked from the first time.
UPDATE api_token SET revoked = COALESCE(revoked, :revoked)
 WHERE tenant = :tenant AND id = :id AND app_user = :app_user;
