-- type: Thing {id: PlacementId, name: text}
-- name: x :exec (t: Thing)
DELETE FROM thing WHERE tenant = :tenant AND id = :id;
