-- include: feature/participant/participant_codes.h
-- include: feature/status/status_codes.h
-- type: Participant {id: ParticipantId, programme: ProgrammeId, partner: OrganisationId, contact_person: MemberId?, name: sealed(participant.name, id, id), cpr: sealed(participant.cpr, id, id), cpr_index: bytes, born: date, gender: Gender, municipality: int?, phone: sealed(participant.phone, id, id)?, email: sealed(participant.email, id, id)?, admitted: date, age_admitted: int, employed_at_admission: bool, wishes: sealed(participant.wishes, id, id)?, considerations: sealed(participant.considerations, id, id)?, version: int, changed: time, changed_by: text?}
-- type: ParticipantFacts {id: ParticipantId, programme: ProgrammeId, programme_name: text, made_up: bool, starts: date, ends: date, partner: OrganisationId, partner_name: text, contact_person: MemberId?, contact_person_name: text?, name: sealed(participant.name, id, id), cpr: sealed(participant.cpr, id, id), born: date, gender: Gender, municipality: int?, phone: sealed(participant.phone, id, id)?, email: sealed(participant.email, id, id)?, admitted: date, age_admitted: int, employed_at_admission: bool, wishes: sealed(participant.wishes, id, id)?, considerations: sealed(participant.considerations, id, id)?, version: int}
-- type: ParticipantRow {id: ParticipantId, name: sealed(participant.name, id, id), partner_name: text, contact_person_name: text?, admitted: date, status: StatusCode?, last_contact: date?}
-- type: ParticipantCandidate {id: ParticipantId, name: sealed(participant.name, id, id), admitted: date, seen: date}
-- type: ParticipantNext {status: date?, job: date?, placement_end: date?}

-- name: participant_insert :exec (Participant)
INSERT INTO participant (tenant, id, programme, partner, contact_person, name, cpr, cpr_index, born, gender,
                         municipality, phone, email, admitted, age_admitted, employed_at_admission, wishes,
                         considerations, version, changed, changed_by)
VALUES (:tenant, :id, :programme, :partner, :contact_person, :name, :cpr, :cpr_index, :born, :gender,
        :municipality, :phone, :email, :admitted, :age_admitted, :employed_at_admission, :wishes,
        :considerations, :version, :changed, :changed_by);

-- name: participant_update :count (Participant)
-- Changes the row that still has `version`; the new one is version + 1. The programme stays.
UPDATE participant
   SET partner = :partner, contact_person = :contact_person, name = :name, cpr = :cpr, cpr_index = :cpr_index,
       born = :born, gender = :gender, municipality = :municipality, phone = :phone, email = :email,
       admitted = :admitted, age_admitted = :age_admitted, employed_at_admission = :employed_at_admission,
       wishes = :wishes, considerations = :considerations, version = :version + 1, changed = :changed,
       changed_by = :changed_by
 WHERE tenant = :tenant AND id = :id AND version = :version AND programme = :programme;

-- name: participant_get :one (id: ParticipantId) -> Participant
SELECT id, programme, partner, contact_person, name, cpr, cpr_index, born, gender, municipality, phone, email,
       admitted, age_admitted, employed_at_admission, wishes, considerations, version, changed, changed_by
  FROM participant
 WHERE tenant = :tenant AND id = :id;

-- name: participant_next :one (id: ParticipantId, admitted: date) -> ParticipantNext
-- The day of the first status after the one of the admission, of the first job that began since, and on which the
-- first placement ended.
SELECT (SELECT min(s.since) FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since > :admitted) AS status,
       (SELECT min(l.starts) FROM placement l
         WHERE l.tenant = p.tenant AND l.participant = p.id AND l.starts >= :admitted
           AND l.kind IN ('fleksjob', 'ordinary')) AS job,
       (SELECT min(l.ends) FROM placement l
         WHERE l.tenant = p.tenant AND l.participant = p.id) AS placement_end
  FROM participant p
 WHERE p.tenant = :tenant AND p.id = :id;

-- name: participant_by_cpr :one (programme: ProgrammeId, cpr_index: bytes) -> ParticipantId
SELECT id
  FROM participant
 WHERE tenant = :tenant AND programme = :programme AND cpr_index = :cpr_index;

-- name: participant_facts :one (id: ParticipantId, programme: ProgrammeId?, partner: OrganisationId?) -> ParticipantFacts
-- What stands at the side of a participant's page, within the scope.
SELECT p.id, p.programme, g.name AS programme_name, g.made_up, g.starts, g.ends, p.partner, o.name AS partner_name,
       p.contact_person, m.name AS contact_person_name, p.name, p.cpr, p.born, p.gender, p.municipality, p.phone,
       p.email, p.admitted, p.age_admitted, p.employed_at_admission, p.wishes, p.considerations, p.version
  FROM participant p
  JOIN programme g ON g.tenant = p.tenant AND g.id = p.programme
  JOIN organisation o ON o.tenant = p.tenant AND o.id = p.partner
  LEFT JOIN member m ON m.tenant = p.tenant AND m.id = p.contact_person
 WHERE p.tenant = :tenant AND p.id = :id AND p.erased IS NULL AND (p.archived IS NULL OR :partner IS NULL)
   AND (:programme IS NULL OR p.programme = :programme)
   AND (:partner IS NULL OR p.partner = :partner);

-- name: participant_word_add :exec (programme: ProgrammeId, word: bytes, participant: ParticipantId)
-- What the first letters of a word of the name become, so that the name is found by them.
INSERT INTO participant_word (tenant, programme, word, participant)
VALUES (:tenant, :programme, :word, :participant)
    ON CONFLICT (tenant, programme, word, participant) DO NOTHING;

-- name: participant_word_forget :exec (participant: ParticipantId)
DELETE FROM participant_word
 WHERE tenant = :tenant AND participant = :participant;

-- name: participant_candidates :each (programme: ProgrammeId, partner: OrganisationId?, contact_person: MemberId?, status: StatusCode?, word: bytes?, archived: bool, day: date) -> ParticipantCandidate
-- Nobody who was erased; the archived, or the others. Filters that are none do not restrict; status and last contact are those of the day. Names are compared and sorted
-- by participant_search, which alone can read them.
SELECT id, name, admitted, seen
  FROM (SELECT p.id, p.name, p.admitted,
               (SELECT s.code
                  FROM status s
                 WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :day
                 ORDER BY s.since DESC LIMIT 1) AS status,
               coalesce((SELECT k.day
                           FROM contact k
                          WHERE k.tenant = p.tenant AND k.participant = p.id
                          ORDER BY k.at DESC LIMIT 1), p.admitted) AS seen
          FROM participant p
         WHERE p.tenant = :tenant AND p.programme = :programme AND p.erased IS NULL
           AND (p.archived IS NOT NULL) = :archived
           AND (:partner IS NULL OR p.partner = :partner)
           AND (:contact_person IS NULL OR p.contact_person = :contact_person)
           AND (:word IS NULL OR EXISTS (SELECT 1 FROM participant_word w
                                          WHERE w.tenant = :tenant AND w.programme = :programme AND w.word = :word
                                            AND w.participant = p.id))) AS everyone
 WHERE (:status IS NULL OR status = :status);

-- name: participant_row :one (id: ParticipantId, day: date) -> ParticipantRow
SELECT p.id, p.name, o.name AS partner_name, m.name AS contact_person_name, p.admitted,
       (SELECT s.code
          FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :day
         ORDER BY s.since DESC LIMIT 1) AS status,
       (SELECT k.day
          FROM contact k
         WHERE k.tenant = p.tenant AND k.participant = p.id
         ORDER BY k.at DESC LIMIT 1) AS last_contact
  FROM participant p
  JOIN organisation o ON o.tenant = p.tenant AND o.id = p.partner
  LEFT JOIN member m ON m.tenant = p.tenant AND m.id = p.contact_person
 WHERE p.tenant = :tenant AND p.id = :id;
