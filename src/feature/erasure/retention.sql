-- include: feature/erasure/erasure_codes.h
-- include: feature/organisation/organisation_codes.h
-- type: RetentionRule {programme: ProgrammeId, months: int, counted_from: RetentionFrom, what: RetentionWhat, keeps: ErasureKeeps, authority: text?, version: int, changed: time, changed_by: text?}
-- type: RetentionOf {name: text, ends: date, owner_kind: OrganisationKind}
-- type: RetentionCitizen {id: ParticipantId, name: sealed(participant.name, id, id), archived: time?, admitted: date, contact: date?, started: date?, ended: date?, status: date?}
-- type: RetentionReferral {id: ParticipantId, name: sealed(referral.name, id, id)?, archived: time?, last: time}
-- type: RetentionMentor {id: MentorId, name: sealed(mentor.name, id, id)}

-- name: retention_rule_get :one (programme: ProgrammeId) -> RetentionRule
SELECT programme, months, counted_from, what, keeps, authority, version, changed, changed_by
  FROM retention_rule
 WHERE tenant = :tenant AND programme = :programme;

-- name: retention_rule_insert :count (RetentionRule)
-- None when the programme has one already.
INSERT INTO retention_rule (tenant, programme, months, counted_from, what, keeps, authority, version, changed, changed_by)
VALUES (:tenant, :programme, :months, :counted_from, :what, :keeps, :authority, :version, :changed, :changed_by)
    ON CONFLICT (tenant, programme) DO NOTHING;

-- name: retention_rule_update :count (RetentionRule)
-- Changes the row that still has `version`; the new one is version + 1.
UPDATE retention_rule
   SET months = :months, counted_from = :counted_from, what = :what, keeps = :keeps, authority = :authority,
       version = :version + 1, changed = :changed, changed_by = :changed_by
 WHERE tenant = :tenant AND programme = :programme AND version = :version;

-- name: retention_of :one (programme: ProgrammeId) -> RetentionOf
SELECT g.name, g.ends, o.kind AS owner_kind
  FROM programme g
  JOIN organisation o ON o.tenant = g.tenant AND o.id = g.owner
 WHERE g.tenant = :tenant AND g.id = :programme;

-- name: retention_citizens :many(200000) (programme: ProgrammeId) -> RetentionCitizen
-- Who has not been erased, with the last day of each kind that is registered.
SELECT p.id, p.name, p.archived, p.admitted,
       (SELECT max(k.day) FROM contact k WHERE k.tenant = p.tenant AND k.participant = p.id) AS contact,
       (SELECT max(l.starts) FROM placement l WHERE l.tenant = p.tenant AND l.participant = p.id) AS started,
       (SELECT max(l.ends) FROM placement l WHERE l.tenant = p.tenant AND l.participant = p.id) AS ended,
       (SELECT max(s.since) FROM status s WHERE s.tenant = p.tenant AND s.participant = p.id) AS status
  FROM participant p
 WHERE p.tenant = :tenant AND p.programme = :programme AND p.erased IS NULL
 ORDER BY p.id;

-- name: retention_mentors :many(200000) (programme: ProgrammeId) -> RetentionMentor
SELECT id, name
  FROM mentor
 WHERE tenant = :tenant AND programme = :programme AND erased IS NULL
 ORDER BY id;

-- name: retention_referrals :many(200000) (programme: ProgrammeId) -> RetentionReferral
-- Who was referred and is no participant, with when something was last decided.
SELECT r.id, r.name, r.archived,
       (SELECT max(s.at) FROM referral_step s WHERE s.tenant = r.tenant AND s.referral = r.id) AS last
  FROM referral r
 WHERE r.tenant = :tenant AND r.programme = :programme AND r.erased IS NULL AND r.state <> 'admitted'
 ORDER BY r.id;

-- name: retention_archive :count (id: ParticipantId, at: time)
UPDATE participant
   SET archived = :at
 WHERE tenant = :tenant AND id = :id AND erased IS NULL AND archived IS NULL;

-- name: retention_archive_referral :count (id: ParticipantId, at: time)
UPDATE referral
   SET archived = :at
 WHERE tenant = :tenant AND id = :id AND erased IS NULL AND archived IS NULL AND state <> 'admitted';
