-- type: Thing {id: PlacementId, name: text}
-- name: x :one (id: PlacementId) -> Thing
DELETE FROM thing WHERE tenant = :tenant AND id = :id RETURNING *;
