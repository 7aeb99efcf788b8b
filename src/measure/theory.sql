-- include: measure/goal_codes.h
-- type: TheoryNode {id: NodeId, programme: ProgrammeId, code: text, level: GoalLevel, position: int, label: text, label_en: text?, version: int}
-- type: TheoryArrow {cause: NodeId, effect: NodeId, assumption: text?, assumption_en: text?}
-- type: TheoryHeld {goals: int, arrows: int}

-- name: theory_node_insert :exec (TheoryNode)
INSERT INTO theory_node (tenant, id, programme, code, level, position, label, label_en, version)
VALUES (:tenant, :id, :programme, :code, :level, :position, :label, :label_en, :version);

-- name: theory_node_update :count (TheoryNode)
-- Changes the row that still has `version`; the new one is version + 1. The programme stays.
UPDATE theory_node
   SET code = :code, level = :level, position = :position, label = :label, label_en = :label_en,
       version = :version + 1
 WHERE tenant = :tenant AND id = :id AND version = :version AND programme = :programme;

-- name: theory_node_delete :count (id: NodeId)
DELETE FROM theory_node WHERE tenant = :tenant AND id = :id;

-- name: theory_node_get :one (id: NodeId) -> TheoryNode
SELECT n.id, n.programme, n.code, n.level, n.position, n.label, n.label_en, n.version
  FROM theory_node n
 WHERE n.tenant = :tenant AND n.id = :id;

-- name: theory_node_held :one (id: NodeId) -> TheoryHeld
-- What hangs on a node.
SELECT (SELECT count(*) FROM goal g WHERE g.tenant = :tenant AND g.node = :id) AS goals,
       (SELECT count(*) FROM theory_arrow a
         WHERE a.tenant = :tenant AND (a.cause = :id OR a.effect = :id)) AS arrows;

-- name: theory_node_list :many(1000) (programme: ProgrammeId) -> TheoryNode
-- The nodes of a theory of change in order of position.
SELECT n.id, n.programme, n.code, n.level, n.position, n.label, n.label_en, n.version
  FROM theory_node n
 WHERE n.tenant = :tenant AND n.programme = :programme
 ORDER BY n.position, n.code;

-- name: theory_node_coded :one (programme: ProgrammeId, code: text) -> NodeId
SELECT n.id FROM theory_node n WHERE n.tenant = :tenant AND n.programme = :programme AND n.code = :code;

-- name: theory_arrow_insert :exec (TheoryArrow)
INSERT INTO theory_arrow (tenant, cause, effect, assumption, assumption_en)
VALUES (:tenant, :cause, :effect, :assumption, :assumption_en);

-- name: theory_arrow_delete :count (cause: NodeId, effect: NodeId)
DELETE FROM theory_arrow WHERE tenant = :tenant AND cause = :cause AND effect = :effect;

-- name: theory_arrow_list :many(5000) (programme: ProgrammeId) -> TheoryArrow
SELECT a.cause, a.effect, a.assumption, a.assumption_en
  FROM theory_arrow a
  JOIN theory_node n ON n.tenant = a.tenant AND n.id = a.cause
  JOIN theory_node m ON m.tenant = a.tenant AND m.id = a.effect
 WHERE a.tenant = :tenant AND n.programme = :programme
 ORDER BY n.position, m.position;
