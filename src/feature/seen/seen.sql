-- include: access/policy.h
-- type: SeenStaff {id: UserId, name: text, role: Role, own: bool}
-- type: SeenGuest {id: GuestCodeId}
-- type: SeenReason {id: RelationId, participant: ParticipantId, reason: sealed(relation.reason, participant, id)?}

-- name: seen_staff :many(100000) (participant: ParticipantId) -> SeenStaff
-- Every user there is or has been, and who of them is the citizen's contact person now; in the order of their
-- identifiers.
SELECT u.id, u.name, u.role,
       (u.member IS NOT NULL AND p.contact_person IS NOT NULL AND u.member = p.contact_person) AS own
  FROM app_user u
  JOIN participant p ON p.tenant = u.tenant AND p.id = :participant
 WHERE u.tenant = :tenant
 ORDER BY u.id;

-- name: seen_guests :many(100000) (participant: ParticipantId) -> SeenGuest
-- What the citizen has come by; in the order of their identifiers.
SELECT k.id
  FROM guest_code k
 WHERE k.tenant = :tenant AND k.participant = :participant AND k.role = 'citizen'
 ORDER BY k.id;

-- name: seen_reasons :many(10000) (participant: ParticipantId) -> SeenReason
-- Why the glass was broken.
SELECT id, participant, reason
  FROM relation
 WHERE tenant = :tenant AND participant = :participant AND kind = 'emergency';
