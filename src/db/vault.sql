-- The key store (vault.h), a database of its own: sql/keys holds its tables.

-- type: WrappedKey {master: int, wrapped: bytes}
-- type: StoredKey {tenant: TenantId, person: uuid, master: int, wrapped: bytes}

-- name: key_store_id :one any-tenant -> uuid
-- Stands in the register and in its store, so that neither is used with another.
SELECT id FROM key_store;

-- name: key_store_name :exec any-tenant (id: uuid)
INSERT INTO key_store (id) VALUES (:id);

-- name: person_key_any :one any-tenant -> StoredKey
SELECT tenant, person, master, wrapped FROM person_key LIMIT 1;

-- name: person_key_get :one any-tenant (tenant: TenantId, person: uuid) -> WrappedKey
SELECT master, wrapped FROM person_key WHERE tenant = :tenant AND person = :person;

-- name: person_key_insert :exec any-tenant (StoredKey)
INSERT INTO person_key (tenant, person, master, wrapped) VALUES (:tenant, :person, :master, :wrapped);

-- name: person_key_older :many(1000) any-tenant (master: int) -> StoredKey
-- Some that an earlier master key has wrapped.
SELECT tenant, person, master, wrapped FROM person_key WHERE master < :master LIMIT 1000;

-- name: person_key_rewrap :count any-tenant (StoredKey)
UPDATE person_key SET master = :master, wrapped = :wrapped
 WHERE tenant = :tenant AND person = :person AND master < :master;

-- name: person_key_destroy :exec any-tenant (tenant: TenantId, person: uuid)
DELETE FROM person_key WHERE tenant = :tenant AND person = :person;
