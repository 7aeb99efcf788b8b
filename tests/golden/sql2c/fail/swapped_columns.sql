-- type: Thing {id: PlacementId, name: text}
-- name: thing_get :one (id: PlacementId) -> Thing
SELECT name, id FROM thing WHERE tenant = :tenant AND id = :id;
