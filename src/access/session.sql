-- include: access/actor.h
-- type: SessionRow {hash: bytes, app_user: UserId, csrf: bytes, created: time, seen: time, expires: time}
-- type: ApiToken {id: TokenId, name: text, created: time, revoked: time?}

-- name: session_insert :exec (SessionRow)
INSERT INTO session (tenant, hash, app_user, csrf, created, seen, expires)
VALUES (:tenant, :hash, :app_user, :csrf, :created, :seen, :expires);

-- name: session_get :one (hash: bytes) -> SessionRow
SELECT hash, app_user, csrf, created, seen, expires
  FROM session
 WHERE tenant = :tenant AND hash = :hash;

-- name: session_set_seen :exec (hash: bytes, seen: time)
UPDATE session SET seen = :seen
 WHERE tenant = :tenant AND hash = :hash AND seen < :seen;

-- name: session_delete :exec (hash: bytes)
DELETE FROM session
 WHERE tenant = :tenant AND hash = :hash;

-- name: session_delete_user :exec (app_user: UserId)
DELETE FROM session
 WHERE tenant = :tenant AND app_user = :app_user;

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

-- name: token_revoke :count (id: TokenId, app_user: UserId, revoked: time)
UPDATE api_token SET revoked = :revoked
 WHERE tenant = :tenant AND id = :id AND app_user = :app_user AND revoked IS NULL;
