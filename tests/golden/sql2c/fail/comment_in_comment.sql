-- type: Thing {id: PlacementId, name: text}
-- name: thing_get :one (id: PlacementId) -> Thing
-- Ends the comment */ system("x");
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
