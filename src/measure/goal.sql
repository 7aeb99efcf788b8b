-- include: measure/goal_codes.h
-- type: Goal {id: GoalId, programme: ProgrammeId, code: text, level: GoalLevel, position: int, wording: text, wording_en: text?, unit: GoalUnit, proxy: text?, proxy_en: text?, node: NodeId?}
-- type: GoalTarget {goal: GoalId, valid_from: date, value: real, decided_by: text, decided_by_en: text?, why: text?, why_en: text?}
-- type: GoalDefinition {id: DefinitionId, goal: GoalId, position: int, name: text, name_en: text?, expression: text, valid_from: date, decided_by: text, decided_by_en: text?, why: text?, why_en: text?}
-- type: GoalJudgement {id: JudgementId, goal: GoalId, day: date, judged_by: text, judged_by_en: text?, verdict: GoalStatus, value: real?, reason: text?, reason_en: text?}
-- type: GoalPerson {id: ParticipantId, name: sealed(participant.name, id, id)?, partner: text, archived: bool}
-- type: GoalRules {starts: date, ends: date, gap_days: int}

-- name: goal_insert :exec (Goal)
INSERT INTO goal (tenant, id, programme, code, level, position, wording, wording_en, unit, proxy, proxy_en, node)
VALUES (:tenant, :id, :programme, :code, :level, :position, :wording, :wording_en, :unit, :proxy, :proxy_en, :node);

-- name: goal_list :many(1000) (programme: ProgrammeId) -> Goal
-- A programme's goals in order of position.
SELECT g.id, g.programme, g.code, g.level, g.position, g.wording, g.wording_en, g.unit, g.proxy, g.proxy_en, g.node
  FROM goal g
 WHERE g.tenant = :tenant AND g.programme = :programme
 ORDER BY g.position, g.code;

-- name: goal_with_code :one (programme: ProgrammeId, code: text) -> Goal
SELECT g.id, g.programme, g.code, g.level, g.position, g.wording, g.wording_en, g.unit, g.proxy, g.proxy_en, g.node
  FROM goal g
 WHERE g.tenant = :tenant AND g.programme = :programme AND g.code = :code;

-- name: goal_with_id :one (id: GoalId) -> Goal
SELECT g.id, g.programme, g.code, g.level, g.position, g.wording, g.wording_en, g.unit, g.proxy, g.proxy_en, g.node
  FROM goal g
 WHERE g.tenant = :tenant AND g.id = :id;

-- name: goal_rules :one (programme: ProgrammeId) -> GoalRules
-- What measuring needs to know of the programme.
SELECT p.starts, p.ends, p.gap_days FROM programme p WHERE p.tenant = :tenant AND p.id = :programme;

-- name: goal_target_insert :exec (GoalTarget)
INSERT INTO goal_target (tenant, goal, valid_from, value, decided_by, decided_by_en, why, why_en)
VALUES (:tenant, :goal, :valid_from, :value, :decided_by, :decided_by_en, :why, :why_en);

-- name: goal_target_list :many(10000) (programme: ProgrammeId, day: date) -> GoalTarget
-- Targets in force by the day, per goal, oldest first.
SELECT t.goal, t.valid_from, t.value, t.decided_by, t.decided_by_en, t.why, t.why_en
  FROM goal g
  JOIN goal_target t ON t.tenant = g.tenant AND t.goal = g.id
 WHERE g.tenant = :tenant AND g.programme = :programme AND t.valid_from <= :day
 ORDER BY t.goal, t.valid_from;

-- name: goal_target_last :one (goal: GoalId) -> date?
-- The day from which the newest target holds.
SELECT max(t.valid_from) AS valid_from FROM goal_target t WHERE t.tenant = :tenant AND t.goal = :goal;

-- name: goal_definition_newest :one (goal: GoalId, position: int) -> date?
-- The newest day of the definitions from a position on.
SELECT max(d.valid_from) AS valid_from
  FROM goal_definition d
 WHERE d.tenant = :tenant AND d.goal = :goal AND d.position >= :position;

-- name: goal_definition_insert :exec (GoalDefinition)
INSERT INTO goal_definition (tenant, id, goal, position, name, name_en, expression, valid_from, decided_by, decided_by_en, why, why_en)
VALUES (:tenant, :id, :goal, :position, :name, :name_en, :expression, :valid_from, :decided_by, :decided_by_en, :why, :why_en);

-- name: goal_definition_make_room :exec (goal: GoalId, position: int)
-- Moves the definitions from a position on by one.
UPDATE goal_definition
   SET position = position + 1
 WHERE tenant = :tenant AND goal = :goal AND position >= :position;

-- name: goal_definition_list :many(10000) (programme: ProgrammeId) -> GoalDefinition
-- Every definition, per goal in the order of the list: the first that is in force on a day counts on it.
SELECT d.id, d.goal, d.position, d.name, d.name_en, d.expression, d.valid_from, d.decided_by, d.decided_by_en, d.why, d.why_en
  FROM goal g
  JOIN goal_definition d ON d.tenant = g.tenant AND d.goal = g.id
 WHERE g.tenant = :tenant AND g.programme = :programme
 ORDER BY d.goal, d.position, d.id;

-- name: goal_judgement_insert :exec (GoalJudgement)
INSERT INTO goal_judgement (tenant, id, goal, day, judged_by, judged_by_en, verdict, value, reason, reason_en)
VALUES (:tenant, :id, :goal, :day, :judged_by, :judged_by_en, :verdict, :value, :reason, :reason_en);

-- name: goal_judgement_list :many(10000) (programme: ProgrammeId, day: date) -> GoalJudgement
-- Judgements by the day, per goal, oldest first.
SELECT j.id, j.goal, j.day, j.judged_by, j.judged_by_en, j.verdict, j.value, j.reason, j.reason_en
  FROM goal g
  JOIN goal_judgement j ON j.tenant = g.tenant AND j.goal = g.id
 WHERE g.tenant = :tenant AND g.programme = :programme AND j.day <= :day
 ORDER BY j.goal, j.day, j.id;

-- name: goal_people :many(200000) (programme: ProgrammeId, partner: OrganisationId?, names: bool) -> GoalPerson
-- The participants within a scope; their names stay sealed for those who may not see them, and those who are archived
-- are told by name to nobody whose scope is a unit.
SELECT p.id, CASE WHEN :names THEN p.name END AS name, o.name AS partner,
       p.archived IS NOT NULL AND :partner IS NOT NULL AS archived
  FROM participant p
  JOIN organisation o ON o.tenant = p.tenant AND o.id = p.partner
 WHERE p.tenant = :tenant AND p.programme = :programme
   AND (:partner IS NULL OR p.partner = :partner)
 ORDER BY p.id;
