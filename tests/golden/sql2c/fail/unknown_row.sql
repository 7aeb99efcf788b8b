-- type: Thing {id: PlacementId, name: text}
-- name: x :many -> Other
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
