-- type: Thing {id: PlacementId, name: text}
-- name: x :exec
SELECT id FROM thing WHERE tenant = :tenant;
