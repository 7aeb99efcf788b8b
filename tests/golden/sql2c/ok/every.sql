-- Everything that the grammar allows.
-- include: types.h
-- type: Thing {id: PlacementId, name: text, kind: ThingKind, u: uuid?, hours: real?,
--              done: bool?, day: date?, at: time, file: bytes?}
-- type: Bare extern {n: int}
-- type: Secret {id: PlacementId, day: date, whose: uuid, note: sealed(thing.note, whose, day)?}

-- name: thing_list :many(50) (day: date, kind: ThingKind?) -> Thing
-- Things of the day.
--
-- Two paragraphs; "quotes" \ and ?.
-- order: by_name = name, id |
--        by_day = day DESC NULLS LAST, id
SELECT t.id, t.name AS name, t.kind, t.u, t.hours, -- a comment
       (SELECT 1 = COUNT(*) FROM other o WHERE o.tenant = :tenant AND o.x IS DISTINCT FROM t.u) AS done,
       "t"."day", t.at, t.file /* another; */
  FROM thing t
 WHERE t.tenant = :tenant AND t.day <= :day AND (t.kind = :kind OR :kind IS NULL) AND t.name <> 'it''s; :no {param}'
 ORDER BY {order};

-- name: thing_add :exec (Thing, by: MemberId)
INSERT INTO thing (tenant, id, name, kind, u, hours, done, day, at, file, made_by)
VALUES (:tenant, :id, :name, :kind, :u, :hours, :done, :day, :at, :file, :by);

-- name: thing_count :one -> int
SELECT COUNT(*) FROM thing WHERE tenant = :tenant;

-- name: thing_rename :count (id: PlacementId, name: text, before: text)
UPDATE thing SET name = :name WHERE tenant = :tenant AND id = :id AND name = :before;

-- name: thing_walk :each any-tenant () -> Thing
WITH recent AS (SELECT id FROM thing WHERE day IS NOT NULL)
SELECT id, name, kind, u, hours, done, day, at, file FROM thing WHERE id IN (SELECT id FROM recent);

-- name: thing_take :one (id: PlacementId) -> Bare
DELETE FROM thing WHERE tenant = :tenant AND id = :id RETURNING 2 * 3 AS n;

-- name: thing_last :one (id: PlacementId) -> date?
-- sqlite:
SELECT MAX(day, day) FROM thing WHERE tenant = :tenant AND id = :id;
-- pg:
SELECT GREATEST(day, day)::date FROM thing WHERE tenant = :tenant AND id = :id;

-- name: secret_get :one (id: PlacementId) -> Secret
-- In the database only as what the person's key opens.
SELECT id, day, whose, note FROM thing WHERE tenant = :tenant AND id = :id;

-- name: secret_set :count (Secret)
UPDATE thing SET note = :note WHERE tenant = :tenant AND id = :id AND day = :day AND whose = :whose;
