-- type: Thing {id: PlacementId, name: text}
-- name: x :exec (Thing, name: text)
DELETE FROM thing WHERE tenant = :tenant AND id = :id;
