-- type: Thing {id: PlacementId, name: text}
-- name: thing_get :one (id: PlacementId) -> Thing
-- order: by_name = name | by_name = id
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
