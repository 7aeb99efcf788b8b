-- include: feature/organisation/organisation_codes.h
-- type: Organisation {id: OrganisationId, name: text, kind: OrganisationKind, municipality: int?, cvr: text?, version: int}

-- name: organisation_insert :exec (Organisation)
INSERT INTO organisation (tenant, id, name, kind, municipality, cvr, version)
VALUES (:tenant, :id, :name, :kind, :municipality, :cvr, :version);

-- name: organisation_update :count (Organisation)
-- Changes the row that still has `version`; the new one is version + 1.
UPDATE organisation
   SET name = :name, kind = :kind, municipality = :municipality, cvr = :cvr, version = :version + 1
 WHERE tenant = :tenant AND id = :id AND version = :version;

-- name: organisation_rename_in_indicators :count (old: text, fresh: text)
-- Indicators name a partner in quotation marks; both names come with theirs.
UPDATE goal_definition
   SET expression = replace(expression, :old, :fresh), version = version + 1
 WHERE tenant = :tenant AND replace(expression, :old, :fresh) <> expression;

-- name: organisation_named :one (name: text) -> OrganisationId
SELECT id
  FROM organisation
 WHERE tenant = :tenant AND name = :name
 ORDER BY id LIMIT 1;

-- name: organisation_get :one (id: OrganisationId) -> Organisation
SELECT id, name, kind, municipality, cvr, version
  FROM organisation
 WHERE tenant = :tenant AND id = :id;

-- name: organisation_all :many () -> Organisation
-- Every organisation, by name.
SELECT id, name, kind, municipality, cvr, version
  FROM organisation
 WHERE tenant = :tenant
 ORDER BY name, id;
