-- type: Thing {id: PlacementId, name: text}
-- name: x :exec (day: datum)
DELETE FROM thing WHERE tenant = :tenant AND d = :day;
