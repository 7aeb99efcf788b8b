-- type: Thing {id: PlacementId, name: text}
-- name: x :exec (default: int)
DELETE FROM thing WHERE tenant = :tenant AND d = :default;
