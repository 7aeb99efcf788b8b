-- type: Thing {id: PlacementId, name: text}
-- name: Thing_get :one -> Thing
SELECT id, name FROM thing WHERE tenant = :tenant AND id = :id;
