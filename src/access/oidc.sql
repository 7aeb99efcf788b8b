-- include: access/actor.h
-- type: OidcLink {issuer: text, subject: text, app_user: UserId, created: time}
-- type: OidcLinkLine {login: text, issuer: text, subject: text, created: time}

-- name: oidc_link_insert :count (OidcLink)
-- 0: the subject belongs to somebody already.
INSERT INTO oidc_link (tenant, issuer, subject, app_user, created)
VALUES (:tenant, :issuer, :subject, :app_user, :created)
ON CONFLICT (tenant, issuer, subject) DO NOTHING;

-- name: oidc_link_owner :one (issuer: text, subject: text) -> UserId
SELECT app_user
  FROM oidc_link
 WHERE tenant = :tenant AND issuer = :issuer AND subject = :subject;

-- name: oidc_link_of_user :many(100) (app_user: UserId) -> OidcLink
SELECT issuer, subject, app_user, created
  FROM oidc_link
 WHERE tenant = :tenant AND app_user = :app_user
 ORDER BY issuer, subject;

-- name: oidc_link_all :many () -> OidcLinkLine
SELECT u.login, l.issuer, l.subject, l.created
  FROM oidc_link l JOIN app_user u ON u.tenant = l.tenant AND u.id = l.app_user
 WHERE l.tenant = :tenant
 ORDER BY u.login, l.issuer, l.subject;

-- name: oidc_link_delete :count (app_user: UserId, issuer: text, subject: text)
DELETE FROM oidc_link
 WHERE tenant = :tenant AND issuer = :issuer AND subject = :subject AND app_user = :app_user;

-- name: oidc_link_delete_user :exec (app_user: UserId)
DELETE FROM oidc_link
 WHERE tenant = :tenant AND app_user = :app_user;

-- name: oidc_link_delete_all :exec ()
DELETE FROM oidc_link
 WHERE tenant = :tenant;

-- name: oidc_used_insert :count (hash: bytes, expires: time)
-- 0: used already.
INSERT INTO oidc_used (tenant, hash, expires)
VALUES (:tenant, :hash, :expires)
ON CONFLICT (tenant, hash) DO NOTHING;

-- name: oidc_used_delete_ended :exec (ended: time)
DELETE FROM oidc_used
 WHERE tenant = :tenant AND expires <= :ended;

-- ---- citizens ------------------------------------------------------------------------------------------------------

-- type: OidcCitizen {participant: ParticipantId, identity: bytes, host: text, created: time}

-- name: oidc_citizen_insert :count (OidcCitizen)
-- 0: the login belongs to another citizen.
INSERT INTO oidc_citizen (tenant, participant, identity, host, created)
VALUES (:tenant, :participant, :identity, :host, :created)
ON CONFLICT (tenant, identity) DO NOTHING;

-- name: oidc_citizen_get :one (participant: ParticipantId) -> OidcCitizen
SELECT participant, identity, host, created
  FROM oidc_citizen
 WHERE tenant = :tenant AND participant = :participant;

-- name: oidc_citizen_owner :one (identity: bytes) -> ParticipantId
SELECT participant
  FROM oidc_citizen
 WHERE tenant = :tenant AND identity = :identity;

-- name: oidc_citizen_delete :exec (participant: ParticipantId)
DELETE FROM oidc_citizen
 WHERE tenant = :tenant AND participant = :participant;

-- name: oidc_citizen_delete_all :exec ()
DELETE FROM oidc_citizen
 WHERE tenant = :tenant;
