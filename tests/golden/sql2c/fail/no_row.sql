-- type: Thing {id: PlacementId, name: text}
-- name: x :one (id: PlacementId)
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
