-- Statements that take what describes a person out of the register. What becomes of which column stands in
-- erasure_fates.c; a test compares the two.
-- include: feature/erasure/erasure_codes.h
-- include: feature/organisation/organisation_codes.h
-- type: ErasureSubject {programme: ProgrammeId, partner: OrganisationId, owner_kind: OrganisationKind, what: RetentionWhat?, keeps: ErasureKeeps?, admitted: date, age_admitted: int, erased: time?}
-- type: ErasurePerson {id: uuid, erased: bool}
-- type: ErasureWho {id: uuid}
-- type: ErasureReferral {owner_kind: OrganisationKind, what: RetentionWhat?, keeps: ErasureKeeps?, erased: time?}
-- type: ErasureMentor {programme: ProgrammeId, erased: time?}

-- name: erasure_subject :one (id: ParticipantId) -> ErasureSubject
-- Whose rows they are, and what the programme's rule says of them.
SELECT p.programme, p.partner, o.kind AS owner_kind, r.what, r.keeps, p.admitted, p.age_admitted, p.erased
  FROM participant p
  JOIN programme g ON g.tenant = p.tenant AND g.id = p.programme
  JOIN organisation o ON o.tenant = g.tenant AND o.id = g.owner
  LEFT JOIN retention_rule r ON r.tenant = p.tenant AND r.programme = p.programme
 WHERE p.tenant = :tenant AND p.id = :id;

-- name: erasure_mentor :one (id: MentorId) -> ErasureMentor
SELECT programme, erased
  FROM mentor
 WHERE tenant = :tenant AND id = :id;

-- name: erasure_referral :one (id: ParticipantId) -> ErasureReferral
-- Of somebody who was referred and is no participant.
SELECT o.kind AS owner_kind, u.what, u.keeps, r.erased
  FROM referral r
  JOIN programme g ON g.tenant = r.tenant AND g.id = r.programme
  JOIN organisation o ON o.tenant = g.tenant AND o.id = g.owner
  LEFT JOIN retention_rule u ON u.tenant = r.tenant AND u.programme = r.programme
 WHERE r.tenant = :tenant AND r.id = :id AND r.state <> 'admitted';

-- name: erasure_people :each () -> ErasurePerson
-- Everybody who has, or has had, a key of their own.
SELECT id, erased IS NOT NULL AS erased FROM participant WHERE tenant = :tenant
UNION ALL
SELECT id, erased IS NOT NULL AS erased FROM mentor WHERE tenant = :tenant
UNION ALL
SELECT id, erased IS NOT NULL AS erased FROM referral WHERE tenant = :tenant AND state <> 'admitted';

-- name: erasure_of_programme :many(200000) (programme: ProgrammeId) -> ErasureWho
-- Who has not been erased yet.
SELECT id
  FROM participant
 WHERE tenant = :tenant AND programme = :programme AND erased IS NULL
 ORDER BY id;

-- name: erasure_mentors_of_programme :many(200000) (programme: ProgrammeId) -> ErasureWho
SELECT id
  FROM mentor
 WHERE tenant = :tenant AND programme = :programme AND erased IS NULL
 ORDER BY id;

-- name: erasure_referrals_of_programme :many(200000) (programme: ProgrammeId) -> ErasureWho
-- Who was referred and is no participant.
SELECT id
  FROM referral
 WHERE tenant = :tenant AND programme = :programme AND erased IS NULL AND state <> 'admitted'
 ORDER BY id;

-- name: erasure_same_person :many(200000) (id: ParticipantId) -> ErasureWho
-- Other referrals to the programme that are about the same CPR number and led to no admission.
SELECT r.id
  FROM referral r
 WHERE r.tenant = :tenant AND r.id <> :id AND r.erased IS NULL AND r.state <> 'admitted'
   AND (EXISTS (SELECT 1 FROM participant p
                 WHERE p.tenant = :tenant AND p.id = :id AND p.programme = r.programme AND p.cpr_index = r.cpr_index)
        OR EXISTS (SELECT 1 FROM referral o
                    WHERE o.tenant = :tenant AND o.id = :id AND o.programme = r.programme
                      AND o.cpr_index = r.cpr_index))
 ORDER BY r.id;

-- ---- the numbers stay --------------------------------------------------------------------------------------------

-- name: erase_participant :exec (id: ParticipantId, born: date, erased: time)
-- What the CPR number was found by becomes the row's own identifier: unique, and nobody's.
-- sqlite:
UPDATE participant
   SET contact_person = NULL, name = x'', cpr = x'', cpr_index = id, born = :born, municipality = NULL, phone = NULL,
       email = NULL, wishes = NULL, considerations = NULL, version = version + 1, changed = :erased, changed_by = NULL,
       erased = :erased
 WHERE tenant = :tenant AND id = :id;
-- pg:
UPDATE participant
   SET contact_person = NULL, name = '', cpr = '', cpr_index = uuid_send(id), born = :born, municipality = NULL,
       phone = NULL, email = NULL, wishes = NULL, considerations = NULL, version = version + 1, changed = :erased,
       changed_by = NULL, erased = :erased
 WHERE tenant = :tenant AND id = :id;

-- name: erase_words :exec (id: ParticipantId)
DELETE FROM participant_word
 WHERE tenant = :tenant AND participant = :id;

-- name: erase_placements :exec (id: ParticipantId, erased: time)
UPDATE placement
   SET company = NULL, planned_end = NULL, end_reason = NULL, changed = :erased, changed_by = NULL
 WHERE tenant = :tenant AND participant = :id;

-- name: erase_statuses :exec (id: ParticipantId)
UPDATE status
   SET note = NULL, changed = NULL, changed_by = NULL
 WHERE tenant = :tenant AND participant = :id;

-- name: erase_contacts :exec (id: ParticipantId)
-- The day stays; the hour, with whom and where at, does not.
-- sqlite:
UPDATE contact
   SET at = day * 86400000000 + 43200000000, company = NULL, minutes = NULL, note = NULL, member = NULL
 WHERE tenant = :tenant AND participant = :id;
-- pg:
UPDATE contact
   SET at = (day + TIME '12:00') AT TIME ZONE 'UTC', company = NULL, minutes = NULL, note = NULL, member = NULL
 WHERE tenant = :tenant AND participant = :id;

-- name: erase_answers :exec (id: ParticipantId)
UPDATE answer
   SET words = NULL, number = NULL
 WHERE tenant = :tenant
   AND response IN (SELECT r.id FROM response r WHERE r.tenant = :tenant AND r.participant = :id);

-- name: erase_responses :exec (id: ParticipantId)
UPDATE response
   SET company = NULL
 WHERE tenant = :tenant AND participant = :id;

-- name: erase_match :exec (id: ParticipantId, erased: time)
-- The citizen stays one who had a mentor; which one is forgotten: a row that is nobody's takes the mentor's place.
-- sqlite:
INSERT INTO mentor (tenant, id, programme, name, participant, matched, erased)
SELECT tenant, participant, programme, x'', participant, min(matched), :erased
  FROM mentor
 WHERE tenant = :tenant AND participant = :id AND id <> :id
 GROUP BY tenant, participant, programme
    ON CONFLICT (tenant, id) DO NOTHING;
-- pg:
INSERT INTO mentor (tenant, id, programme, name, participant, matched, erased)
SELECT tenant, participant, programme, '', participant, min(matched), :erased
  FROM mentor
 WHERE tenant = :tenant AND participant = :id AND id <> :id
 GROUP BY tenant, participant, programme
    ON CONFLICT (tenant, id) DO NOTHING;

-- name: erase_unmatch :exec (id: ParticipantId)
UPDATE mentor
   SET participant = NULL, matched = NULL
 WHERE tenant = :tenant AND participant = :id AND id <> :id;

-- name: erase_referral :exec (id: ParticipantId, erased: time)
-- That somebody was referred stays, and on which day.
-- sqlite:
UPDATE referral
   SET made = made / 86400000000 * 86400000000 + 43200000000, made_by = NULL, name = NULL, cpr = NULL, cpr_index = NULL,
       municipality = NULL, phone = NULL, email = NULL, why = NULL, agreed = NULL, erased = :erased
 WHERE tenant = :tenant AND id = :id;
-- pg:
UPDATE referral
   SET made = (date_trunc('day', made AT TIME ZONE 'UTC') + interval '12 hours') AT TIME ZONE 'UTC', made_by = NULL,
       name = NULL, cpr = NULL, cpr_index = NULL, municipality = NULL, phone = NULL, email = NULL, why = NULL,
       agreed = NULL, erased = :erased
 WHERE tenant = :tenant AND id = :id;

-- name: erase_referral_steps :exec (id: ParticipantId)
-- sqlite:
UPDATE referral_step
   SET at = at / 86400000000 * 86400000000 + 43200000000, made_by = NULL, reason = NULL
 WHERE tenant = :tenant AND referral = :id;
-- pg:
UPDATE referral_step
   SET at = (date_trunc('day', at AT TIME ZONE 'UTC') + interval '12 hours') AT TIME ZONE 'UTC', made_by = NULL,
       reason = NULL
 WHERE tenant = :tenant AND referral = :id;

-- name: erase_mentor :exec (id: MentorId, erased: time)
-- sqlite:
UPDATE mentor SET name = x'', erased = :erased WHERE tenant = :tenant AND id = :id;
-- pg:
UPDATE mentor SET name = '', erased = :erased WHERE tenant = :tenant AND id = :id;

-- ---- what the citizen has decided, and who came in by it ----------------------------------------------------------

-- name: erase_guests :exec (id: ParticipantId)
DELETE FROM guest_session
 WHERE tenant = :tenant
   AND code IN (SELECT k.id FROM guest_code k WHERE k.tenant = :tenant AND k.participant = :id);

-- name: erase_messages :exec (id: ParticipantId)
DELETE FROM message WHERE tenant = :tenant AND participant = :id;

-- name: erase_guest_codes :exec (id: ParticipantId)
DELETE FROM guest_code WHERE tenant = :tenant AND participant = :id;

-- name: erase_login :exec (id: ParticipantId)
DELETE FROM oidc_citizen WHERE tenant = :tenant AND participant = :id;

-- name: erase_relations :exec (id: ParticipantId)
DELETE FROM relation WHERE tenant = :tenant AND participant = :id;

-- name: erase_network :exec (id: ParticipantId)
DELETE FROM network_person WHERE tenant = :tenant AND participant = :id;

-- name: erase_diagnosis :exec (id: ParticipantId)
DELETE FROM diagnosis WHERE tenant = :tenant AND participant = :id;

-- name: erase_consents :exec (id: ParticipantId)
DELETE FROM consent WHERE tenant = :tenant AND participant = :id;

-- name: erase_consent_nos :exec (id: ParticipantId)
DELETE FROM consent_no WHERE tenant = :tenant AND participant = :id;

-- name: erase_sheets :exec (id: ParticipantId)
DELETE FROM sheet WHERE tenant = :tenant AND participant = :id;

-- name: erase_wishes :exec (id: ParticipantId)
DELETE FROM wish WHERE tenant = :tenant AND participant = :id;

-- name: erase_preference :exec (id: ParticipantId)
DELETE FROM preference WHERE tenant = :tenant AND participant = :id;

-- name: erase_quotes :exec (id: ParticipantId)
DELETE FROM quote WHERE tenant = :tenant AND participant = :id;

-- name: erase_requests :exec (id: ParticipantId)
DELETE FROM citizen_request WHERE tenant = :tenant AND participant = :id;

-- ---- nothing stays -----------------------------------------------------------------------------------------------

-- name: remove_statuses :exec (id: ParticipantId)
DELETE FROM status WHERE tenant = :tenant AND participant = :id;

-- name: remove_placements :exec (id: ParticipantId)
DELETE FROM placement WHERE tenant = :tenant AND participant = :id;

-- name: remove_attendance :exec (id: ParticipantId)
DELETE FROM attendance WHERE tenant = :tenant AND participant = :id;

-- name: remove_answers :exec (id: ParticipantId)
DELETE FROM answer
 WHERE tenant = :tenant
   AND response IN (SELECT r.id FROM response r WHERE r.tenant = :tenant AND r.participant = :id);

-- name: remove_responses :exec (id: ParticipantId)
DELETE FROM response WHERE tenant = :tenant AND participant = :id;

-- name: remove_matches :exec (id: ParticipantId)
UPDATE mentor SET participant = NULL, matched = NULL WHERE tenant = :tenant AND participant = :id AND id <> :id;

-- name: remove_stand_in :exec (id: ParticipantId)
-- The row that took a mentor's place when the numbers were kept.
DELETE FROM mentor WHERE tenant = :tenant AND id = :id AND participant = :id;

-- name: remove_referral_steps :exec (id: ParticipantId)
DELETE FROM referral_step WHERE tenant = :tenant AND referral = :id;

-- name: remove_referral :exec (id: ParticipantId)
DELETE FROM referral WHERE tenant = :tenant AND id = :id;

-- name: remove_participant :exec (id: ParticipantId)
DELETE FROM participant WHERE tenant = :tenant AND id = :id;
