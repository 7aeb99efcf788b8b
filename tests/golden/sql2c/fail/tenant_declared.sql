-- type: Thing {id: PlacementId, name: text}
-- name: x :exec (tenant: TenantId)
DELETE FROM thing WHERE tenant = :tenant;
