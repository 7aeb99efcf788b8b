-- type: Thing {id: PlacementId, name: text}
-- name: x :one (id: PlacementId, day: date) -> Thing
-- sqlite:
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
-- pg:
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id AND d = :day;
