-- include: feature/placement/placement_codes.h
-- include: feature/status/status_codes.h
-- type: Placement {id: PlacementId, programme: ProgrammeId, participant: ParticipantId, company: CompanyId, kind: PlacementKind, starts: date, planned_end: date?, ends: date?, hours_week: real?, job_expected: bool, end_reason: sealed(placement.end_reason, participant, id)?, version: int, changed: time, changed_by: text?}
-- type: PlacementLine {id: PlacementId, participant: ParticipantId, company: CompanyId, company_name: text, kind: PlacementKind, starts: date, planned_end: date?, ends: date?, hours_week: real?, job_expected: bool, end_reason: sealed(placement.end_reason, participant, id)?}
-- type: PlacementContext {programme: ProgrammeId, programme_starts: date, programme_ends: date, born: date, admitted: date, companies: int, status_then: StatusCode?, deceased: date?, same: int}

-- name: placement_insert :exec (Placement)
INSERT INTO placement (tenant, id, programme, participant, company, kind, starts, planned_end, ends, hours_week,
                       job_expected, end_reason, version, changed, changed_by)
VALUES (:tenant, :id, :programme, :participant, :company, :kind, :starts, :planned_end, :ends, :hours_week,
        :job_expected, :end_reason, :version, :changed, :changed_by);

-- name: placement_update :count (Placement)
-- Changes the row that still has `version`; the new one is version + 1. The person stays.
UPDATE placement
   SET company = :company, kind = :kind, starts = :starts, planned_end = :planned_end, ends = :ends,
       hours_week = :hours_week, job_expected = :job_expected, end_reason = :end_reason, version = :version + 1,
       changed = :changed, changed_by = :changed_by
 WHERE tenant = :tenant AND id = :id AND version = :version AND programme = :programme
   AND participant = :participant;

-- name: placement_get :one (id: PlacementId) -> Placement
-- Not of a person who was erased: it has no company then.
SELECT id, programme, participant, company, kind, starts, planned_end, ends, hours_week, job_expected, end_reason,
       version, changed, changed_by
  FROM placement
 WHERE tenant = :tenant AND id = :id AND company IS NOT NULL;

-- name: placement_context :one (participant: ParticipantId, company: CompanyId, kind: PlacementKind, starts: date, id: PlacementId) -> PlacementContext
-- What the rules need to know before placement `id` is stored.
SELECT p.programme, g.starts AS programme_starts, g.ends AS programme_ends, p.born, p.admitted,
       (SELECT count(*) FROM company v WHERE v.tenant = p.tenant AND v.id = :company) AS companies,
       (SELECT s.code FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :starts
         ORDER BY s.since DESC LIMIT 1) AS status_then,
       (SELECT min(s.since) FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.code = 'deceased') AS deceased,
       (SELECT count(*) FROM placement l
         WHERE l.tenant = p.tenant AND l.participant = p.id AND l.company = :company AND l.kind = :kind
           AND l.starts = :starts AND l.id <> :id) AS same
  FROM participant p
  JOIN programme g ON g.tenant = p.tenant AND g.id = p.programme
 WHERE p.tenant = :tenant AND p.id = :participant;

-- name: placement_of :many(1000) (participant: ParticipantId) -> PlacementLine
-- A participant's placements, newest first.
SELECT l.id, l.participant, l.company, v.name AS company_name, l.kind, l.starts, l.planned_end, l.ends, l.hours_week,
       l.job_expected, l.end_reason
  FROM placement l
  JOIN company v ON v.tenant = l.tenant AND v.id = l.company
 WHERE l.tenant = :tenant AND l.participant = :participant
 ORDER BY l.starts DESC, l.id DESC;
