-- type: Thing {id: PlacementId, name: text}
-- name: x :exec (Thing)
DELETE FROM thing WHERE tenant = :tenant;
