-- include: access/actor.h
-- type: User {id: UserId, login: text, name: text, password_hash: text, role: Role, organisation: OrganisationId?, programme: ProgrammeId?, member: MemberId?, lang: text, closed: time?, version: int}

-- type: UserBelongs {programmes: int, organisations: int, partners: int, member_programme: ProgrammeId?, member_organisation: OrganisationId?}

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

-- name: user_update :count (id: UserId, version: int, name: text, role: Role, organisation: OrganisationId?, programme: ProgrammeId?, member: MemberId?, lang: text)
-- Changes the row that still has `version`; the login stays.
UPDATE app_user
   SET name = :name, role = :role, organisation = :organisation, programme = :programme, member = :member,
       lang = :lang, version = version + 1
 WHERE tenant = :tenant AND id = :id AND version = :version;

-- name: user_administrators :one (except: UserId) -> int
-- Open administrators beside this user.
SELECT count(*)
  FROM app_user
 WHERE tenant = :tenant AND role = 'administrator' AND closed IS NULL AND id <> :except;

-- name: user_count_open :one () -> int
SELECT count(*) FROM app_user
 WHERE tenant = :tenant AND closed IS NULL;

-- name: user_belongs :one (programme: ProgrammeId?, organisation: OrganisationId?, member: MemberId?) -> UserBelongs
-- What there is of that which a user is said to belong to; partners counts the organisation as partner or owner of the programme.
SELECT (SELECT count(*) FROM programme g WHERE g.tenant = :tenant AND g.id = :programme) AS programmes,
       (SELECT count(*) FROM organisation o WHERE o.tenant = :tenant AND o.id = :organisation) AS organisations,
       (SELECT count(*) FROM programme_partner p
         WHERE p.tenant = :tenant AND p.programme = :programme AND p.organisation = :organisation)
       + (SELECT count(*) FROM programme g
           WHERE g.tenant = :tenant AND g.id = :programme AND g.owner = :organisation) AS partners,
       (SELECT m.programme FROM member m WHERE m.tenant = :tenant AND m.id = :member) AS member_programme,
       (SELECT m.organisation FROM member m WHERE m.tenant = :tenant AND m.id = :member) AS member_organisation;

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
