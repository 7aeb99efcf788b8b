-- include: access/policy.h
-- type: RelationPlace {id: ParticipantId, programme: ProgrammeId, partner: OrganisationId, made_by: UserId?, erased: bool}
-- type: Relation {id: RelationId, app_user: UserId, participant: ParticipantId, kind: RelationKind, since: time, until: time?, reason: sealed(relation.reason, participant, id)?}
-- type: Related {participant: ParticipantId}
-- type: RelationLine {id: RelationId, kind: RelationKind, since: time, until: time?, user_name: text}
-- type: EmergencyLine {id: RelationId, participant: ParticipantId, name: sealed(participant.name, participant, participant)?, user_name: text, since: time, until: time?, reason: sealed(relation.reason, participant, id)?, reviewed: time?}

-- name: relation_held :one (app_user: UserId, participant: ParticipantId, kind: RelationKind, now: time) -> RelationId
-- A relation of the user to the citizen that holds now; none to whom is erased or archived.
SELECT r.id
  FROM relation r
  JOIN participant p ON p.tenant = r.tenant AND p.id = r.participant
 WHERE r.tenant = :tenant AND r.app_user = :app_user AND r.participant = :participant AND r.kind = :kind
   AND r.since <= :now AND (r.until IS NULL OR r.until > :now) AND p.erased IS NULL AND p.archived IS NULL
 LIMIT 1;

-- name: relation_scope :one (id: ParticipantId, programme: ProgrammeId?, partner: OrganisationId?) -> ParticipantId
-- The citizen, if of the unit, and neither erased nor, for a unit, archived.
SELECT id FROM participant
 WHERE tenant = :tenant AND id = :id AND erased IS NULL AND (archived IS NULL OR :partner IS NULL)
   AND (:programme IS NULL OR programme = :programme)
   AND (:partner IS NULL OR partner = :partner);

-- name: relation_place :one (id: ParticipantId) -> RelationPlace
-- Where anybody belongs whom there is or has been, admitted or referred.
SELECT r.id, r.programme, r.partner, r.made_by, (r.erased IS NOT NULL) AS erased
  FROM referral r
 WHERE r.tenant = :tenant AND r.id = :id AND r.state <> 'admitted'
 UNION ALL
SELECT p.id, p.programme, p.partner, NULL, (p.erased IS NOT NULL)
  FROM participant p
 WHERE p.tenant = :tenant AND p.id = :id;

-- name: relation_insert :exec (Relation)
INSERT INTO relation (tenant, id, app_user, participant, kind, since, until, reason)
VALUES (:tenant, :id, :app_user, :participant, :kind, :since, :until, :reason);

-- name: relation_set_end :count (id: RelationId, participant: ParticipantId, until: time)
UPDATE relation SET until = :until
 WHERE tenant = :tenant AND id = :id AND participant = :participant AND (until IS NULL OR until > :until);

-- name: relation_of :many(100) (participant: ParticipantId, now: time) -> RelationLine
-- Those that hold now, oldest first.
SELECT r.id, r.kind, r.since, r.until, u.name AS user_name
  FROM relation r
  JOIN app_user u ON u.tenant = r.tenant AND u.id = r.app_user
 WHERE r.tenant = :tenant AND r.participant = :participant AND (r.until IS NULL OR r.until > :now)
 ORDER BY r.since, r.id
 LIMIT 100;

-- name: relation_own :many(500) (app_user: UserId, kind: RelationKind, now: time) -> Related
-- The citizens whom the user has a relation to now.
SELECT r.participant
  FROM relation r
  JOIN participant p ON p.tenant = r.tenant AND p.id = r.participant
 WHERE r.tenant = :tenant AND r.app_user = :app_user AND r.kind = :kind AND r.since <= :now
   AND (r.until IS NULL OR r.until > :now) AND p.erased IS NULL AND p.archived IS NULL
 ORDER BY r.since, r.id
 LIMIT 500;

-- name: relation_emergencies :many(200) (programme: ProgrammeId) -> EmergencyLine
-- Where the glass was broken in the programme: what nobody has looked at first, then the newest.
SELECT r.id, r.participant, p.name, u.name AS user_name, r.since, r.until, r.reason, r.reviewed
  FROM relation r
  JOIN participant p ON p.tenant = r.tenant AND p.id = r.participant
  JOIN app_user u ON u.tenant = r.tenant AND u.id = r.app_user
 WHERE r.tenant = :tenant AND p.programme = :programme AND r.kind = 'emergency'
 ORDER BY CASE WHEN r.reviewed IS NULL THEN 0 ELSE 1 END, r.since DESC, r.id
 LIMIT 200;

-- name: relation_unreviewed :one (programme: ProgrammeId) -> int
SELECT count(*)
  FROM relation r
  JOIN participant p ON p.tenant = r.tenant AND p.id = r.participant
 WHERE r.tenant = :tenant AND p.programme = :programme AND r.kind = 'emergency' AND r.reviewed IS NULL;

-- name: relation_to_review :one (id: RelationId, programme: ProgrammeId) -> ParticipantId
-- Whose glass was broken, where nobody has looked at it.
SELECT r.participant
  FROM relation r
  JOIN participant p ON p.tenant = r.tenant AND p.id = r.participant
 WHERE r.tenant = :tenant AND r.id = :id AND r.kind = 'emergency' AND r.reviewed IS NULL AND p.programme = :programme;

-- name: relation_about :one (id: RelationId) -> ParticipantId
-- Whichever programme it is of.
SELECT participant FROM relation WHERE tenant = :tenant AND id = :id;

-- name: relation_set_reviewed :count (id: RelationId, programme: ProgrammeId, reviewed: time, reviewed_by: UserId?)
UPDATE relation SET reviewed = :reviewed, reviewed_by = :reviewed_by
 WHERE tenant = :tenant AND id = :id AND kind = 'emergency' AND reviewed IS NULL
   AND participant IN (SELECT p.id FROM participant p WHERE p.tenant = :tenant AND p.programme = :programme);
