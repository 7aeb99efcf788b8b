-- type: Thing {id: PlacementId, name: text}
-- name: x :exec (Other)
DELETE FROM thing WHERE tenant = :tenant;
