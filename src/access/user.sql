-- include: access/actor.h
-- type: User {id: UserId, login: text, name: text, password_hash: text, role: Role, organisation: OrganisationId?, programme: ProgrammeId?, member: MemberId?, lang: text, closed: time?, version: int}

-- name: user_insert :exec (User)
INSERT INTO app_user (tenant, id, login, name, password_hash, role, organisation, programme, member, lang, closed, version)
VALUES (:tenant, :id, :login, :name, :password_hash, :role, :organisation, :programme, :member, :lang, :closed, :version);

-- name: user_get :one (id: UserId) -> User
SELECT id, login, name, password_hash, role, organisation, programme, member, lang, closed, version
  FROM app_user
 WHERE tenant = :tenant AND id = :id;

-- name: user_by_login :one (login: text) -> User
-- Logins are stored in lower case.
SELECT id, login, name, password_hash, role, organisation, programme, member, lang, closed, version
  FROM app_user
 WHERE tenant = :tenant AND login = :login;

-- name: user_all :many () -> User
SELECT id, login, name, password_hash, role, organisation, programme, member, lang, closed, version
  FROM app_user
 WHERE tenant = :tenant
 ORDER BY login;

-- name: user_set_password :count (id: UserId, password_hash: text)
UPDATE app_user SET password_hash = :password_hash, version = version + 1
 WHERE tenant = :tenant AND id = :id;

-- name: user_set_lang :count (id: UserId, lang: text)
UPDATE app_user SET lang = :lang, version = version + 1
 WHERE tenant = :tenant AND id = :id;

-- name: user_set_closed :count (id: UserId, closed: time?)
UPDATE app_user SET closed = :closed, version = version + 1
 WHERE tenant = :tenant AND id = :id;

-- name: access_made_up :one () -> int
-- How many programmes hold made-up people.
SELECT count(*) FROM programme
 WHERE tenant = :tenant AND made_up;

-- name: access_programme :one (code: text) -> ProgrammeId
SELECT id FROM programme
 WHERE tenant = :tenant AND code = :code;

-- name: access_organisation :one (name: text) -> OrganisationId
-- The oldest of that name.
SELECT id FROM organisation
 WHERE tenant = :tenant AND name = :name
 ORDER BY id LIMIT 1;

-- name: access_member :one (programme: ProgrammeId, organisation: OrganisationId, name: text) -> MemberId
SELECT id FROM member
 WHERE tenant = :tenant AND programme = :programme AND organisation = :organisation AND name = :name
 ORDER BY id LIMIT 1;
