-- type: Thing {id: PlacementId, name: text}
-- name: x :exec
;
