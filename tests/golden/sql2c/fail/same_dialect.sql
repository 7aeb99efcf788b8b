-- type: Thing {id: PlacementId, name: text}
-- name: thing_get :one (id: PlacementId) -> Thing
-- pg:
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
-- pg:
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
