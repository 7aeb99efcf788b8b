-- What has been applied (migrate.h). The table is no tenant's.

-- type: Applied {version: int, name: text, checksum: text}

-- name: schema_version_all :many any-tenant -> Applied
SELECT version, name, checksum FROM schema_version ORDER BY version;

-- name: login_administers :one any-tenant -> bool
-- Whether the login may change tables, or is not held by row security. In SQLite whoever has the file may.
-- sqlite:
SELECT 1 AS administers;
-- pg:
SELECT rolsuper OR rolbypassrls OR rolcreaterole OR EXISTS (
         SELECT FROM pg_roles o
          WHERE o.rolname = current_database() || '_owner' AND pg_has_role(session_user, o.oid, 'MEMBER')) AS administers
  FROM pg_roles
 WHERE rolname = session_user;

-- name: schema_version_add :exec any-tenant (Applied, at: time)
INSERT INTO schema_version (version, name, checksum, applied_at) VALUES (:version, :name, :checksum, :at);

-- name: schema_tables :one any-tenant -> int
-- sqlite:
SELECT count(*) AS n FROM sqlite_schema;
-- pg:
SELECT count(*) AS n FROM pg_tables WHERE schemaname = current_schema();
