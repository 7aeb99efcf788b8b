-- Statements for the contract that both engines keep.
-- include: colour.h

-- type: Thing {
--   id: PlacementId, u: uuid, i: int, r: real, b: bool, t: text, y: bytes, d: date, m: time, k: Colour,
--   nu: ProgrammeId?, ni: int?, nr: real?, nb: bool?, nt: text?, ny: bytes?, nd: date?, nm: time?, nk: Colour?}
-- type: Item {n: int, label: text}
-- type: Sums {total: int?, average: real?, many: int}

-- name: thing_add :exec (Thing)
INSERT INTO thing (tenant, id, u, i, r, b, t, y, d, m, k, nu, ni, nr, nb, nt, ny, nd, nm, nk)
VALUES (:tenant, :id, :u, :i, :r, :b, :t, :y, :d, :m, :k, :nu, :ni, :nr, :nb, :nt, :ny, :nd, :nm, :nk);

-- name: thing_get :one (id: PlacementId) -> Thing
SELECT id, u, i, r, b, t, y, d, m, k, nu, ni, nr, nb, nt, ny, nd, nm, nk
  FROM thing WHERE tenant = :tenant AND id = :id;

-- name: thing_same :one (Thing) -> int
-- Counts the things equal to the given one in everything required.
SELECT COUNT(*) FROM thing
 WHERE tenant = :tenant AND id = :id AND u = :u AND i = :i AND r = :r AND b = :b AND t = :t AND y = :y AND d = :d
   AND m = :m AND k = :k AND (nu = :nu OR :nu IS NULL) AND (ni = :ni OR :ni IS NULL) AND (nr = :nr OR :nr IS NULL)
   AND (nb = :nb OR :nb IS NULL) AND (nt = :nt OR :nt IS NULL) AND (ny = :ny OR :ny IS NULL)
   AND (nd = :nd OR :nd IS NULL) AND (nm = :nm OR :nm IS NULL) AND (nk = :nk OR :nk IS NULL);

-- name: thing_days :one (id: PlacementId, from: date) -> int
SELECT d - :from FROM thing WHERE tenant = :tenant AND id = :id;

-- name: thing_day :one (id: PlacementId) -> date?
SELECT nd FROM thing WHERE tenant = :tenant AND id = :id;

-- name: thing_paint :exec (id: PlacementId, k: text)
UPDATE thing SET k = :k WHERE tenant = :tenant AND id = :id;

-- name: box_add :exec (id: ProgrammeId, name: text)
INSERT INTO box (tenant, id, name) VALUES (:tenant, :id, :name);

-- name: box_name :one (id: ProgrammeId) -> text
SELECT name FROM box WHERE tenant = :tenant AND id = :id;

-- name: box_rename :count (id: ProgrammeId, before: text, after: text)
UPDATE box SET name = :after WHERE tenant = :tenant AND id = :id AND name = :before;

-- name: box_count :one -> int
SELECT COUNT(*) FROM box WHERE tenant = :tenant;

-- name: item_add :exec (box: ProgrammeId, Item)
INSERT INTO item (tenant, box, n, label) VALUES (:tenant, :box, :n, :label);

-- name: item_take :one (box: ProgrammeId, n: int) -> Item
DELETE FROM item WHERE tenant = :tenant AND box = :box AND n = :n RETURNING n, label;

-- name: item_list :many(100) (box: ProgrammeId) -> Item
-- order: by_number = n | by_label = label DESC, n
SELECT n, label FROM item WHERE tenant = :tenant AND box = :box ORDER BY {order};

-- name: item_walk :each (box: ProgrammeId) -> Item
SELECT n, label FROM item WHERE tenant = :tenant AND box = :box ORDER BY n;

-- name: item_sums :one (box: ProgrammeId) -> Sums
SELECT SUM(n) AS total, AVG(n) AS average, COUNT(*) AS many FROM item WHERE tenant = :tenant AND box = :box;

-- name: item_drop :count (box: ProgrammeId)
DELETE FROM item WHERE tenant = :tenant AND box = :box;

-- name: engine_name :one any-tenant -> text
SELECT name FROM engine;
