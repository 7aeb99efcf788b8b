-- type: Thing {id: PlacementId, name: text}
-- name: thing_get :one (id: PlacementId) -> Thing
SELECT t.* FROM thing t WHERE tenant = :tenant AND id = :id;
