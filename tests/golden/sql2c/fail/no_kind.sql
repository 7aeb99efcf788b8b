-- type: Thing {id: PlacementId, name: text}
-- name: x -> Thing
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
