-- type: Thing {id: PlacementId, name: text}
-- name: x :one -> Thing
DELETE FROM thing WHERE tenant = :tenant;
