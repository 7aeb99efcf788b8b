-- include: feature/organisation/organisation_codes.h
-- type: Organisation {id: OrganisationId, name: text, kind: OrganisationKind, municipality: int?, cvr: text?, version: int}

-- name: organisation_insert :exec (Organisation)
INSERT INTO organisation (tenant, id, name, kind, municipality, cvr, version)
VALUES (:tenant, :id, :name, :kind, :municipality, :cvr, :version);

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
