-- type: Thing {id: PlacementId, name: text}
-- name: thing_get :one (id: PlacementId) -> Thing
SELECT id, name FROM thing WHERE tenant = :tenant AND id = $1;
