-- type: Thing {id: PlacementId, name: text}
-- name: x :many -> text
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
