-- type: Thing {id: PlacementId, name: text}
-- name: x :all -> Thing
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
