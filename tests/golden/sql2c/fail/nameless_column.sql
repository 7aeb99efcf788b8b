-- type: Thing {id: PlacementId, name: text}
-- name: thing_get :one (id: PlacementId) -> Thing
SELECT id, MAX(name) FROM thing WHERE tenant = :tenant AND id = :id GROUP BY id;
