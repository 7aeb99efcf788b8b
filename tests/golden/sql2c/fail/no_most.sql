-- type: Thing {id: PlacementId, name: text}
-- name: x :many(0) -> Thing
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
