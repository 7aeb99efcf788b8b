-- include: feature/participant/participant_codes.h
-- include: feature/status/status_codes.h
-- type: Participant {id: ParticipantId, programme: ProgrammeId, partner: OrganisationId, contact_person: MemberId?, name: text, name_sort: text, cpr: text, born: date, gender: Gender, municipality: int?, phone: text?, email: text?, admitted: date, age_admitted: int, employed_at_admission: bool, wishes: text?, considerations: text?, version: int, changed: time, changed_by: text?}
-- type: ParticipantFacts {programme: ProgrammeId, programme_name: text, made_up: bool, starts: date, ends: date, partner: OrganisationId, partner_name: text, contact_person: MemberId?, contact_person_name: text?, name: text, cpr: text, born: date, gender: Gender, municipality: int?, phone: text?, email: text?, admitted: date, age_admitted: int, employed_at_admission: bool, wishes: text?, considerations: text?, version: int}
-- type: ParticipantRow {id: ParticipantId, name: text, partner_name: text, contact_person_name: text?, admitted: date, status: StatusCode?, last_contact: date?}
-- type: ParticipantNext {status: date?, job: date?, placement_end: date?}

-- name: participant_insert :exec (Participant)
INSERT INTO participant (tenant, id, programme, partner, contact_person, name, name_sort, cpr, born, gender,
                         municipality, phone, email, admitted, age_admitted, employed_at_admission, wishes,
                         considerations, version, changed, changed_by)
VALUES (:tenant, :id, :programme, :partner, :contact_person, :name, :name_sort, :cpr, :born, :gender,
        :municipality, :phone, :email, :admitted, :age_admitted, :employed_at_admission, :wishes,
        :considerations, :version, :changed, :changed_by);

-- name: participant_update :count (Participant)
-- Changes the row that still has `version`; the new one is version + 1. The programme stays.
UPDATE participant
   SET partner = :partner, contact_person = :contact_person, name = :name, name_sort = :name_sort, cpr = :cpr,
       born = :born, gender = :gender, municipality = :municipality, phone = :phone, email = :email,
       admitted = :admitted, age_admitted = :age_admitted, employed_at_admission = :employed_at_admission,
       wishes = :wishes, considerations = :considerations, version = :version + 1, changed = :changed,
       changed_by = :changed_by
 WHERE tenant = :tenant AND id = :id AND version = :version AND programme = :programme;

-- name: participant_get :one (id: ParticipantId) -> Participant
SELECT id, programme, partner, contact_person, name, name_sort, cpr, born, gender, municipality, phone, email,
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

-- name: status_move :exec (participant: ParticipantId, since: date, to: date)
-- The status of the admission, when that moves.
UPDATE status
   SET since = :to
 WHERE tenant = :tenant AND participant = :participant AND since = :since;

-- name: participant_by_cpr :one (programme: ProgrammeId, cpr: text) -> ParticipantId
SELECT id
  FROM participant
 WHERE tenant = :tenant AND programme = :programme AND cpr = :cpr;

-- name: participant_facts :one (id: ParticipantId, programme: ProgrammeId?, partner: OrganisationId?, contact_person: MemberId?) -> ParticipantFacts
-- What stands at the side of a participant's page, within the scope.
SELECT p.programme, g.name AS programme_name, g.made_up, g.starts, g.ends, p.partner, o.name AS partner_name,
       p.contact_person, m.name AS contact_person_name, p.name, p.cpr, p.born, p.gender, p.municipality, p.phone,
       p.email, p.admitted, p.age_admitted, p.employed_at_admission, p.wishes, p.considerations, p.version
  FROM participant p
  JOIN programme g ON g.tenant = p.tenant AND g.id = p.programme
  JOIN organisation o ON o.tenant = p.tenant AND o.id = p.partner
  LEFT JOIN member m ON m.tenant = p.tenant AND m.id = p.contact_person
 WHERE p.tenant = :tenant AND p.id = :id
   AND (:programme IS NULL OR p.programme = :programme)
   AND (:partner IS NULL OR p.partner = :partner)
   AND (:contact_person IS NULL OR p.contact_person = :contact_person);

-- name: participant_list :many(500) (programme: ProgrammeId, partner: OrganisationId?, contact_person: MemberId?, status: StatusCode?, text: text?, day: date, most: int, skip: int) -> ParticipantRow
-- order: by_name = name_sort, id | by_admitted = admitted DESC, id | by_last_contact = seen, name_sort, id
-- Filters that are none do not restrict; `text` is from feature_like; status and last contact are those of the day.
SELECT id, name, partner_name, contact_person_name, admitted, status, last_contact
  FROM (SELECT p.id, p.name, p.name_sort, o.name AS partner_name, m.name AS contact_person_name, p.admitted,
               (SELECT s.code
                  FROM status s
                 WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :day
                 ORDER BY s.since DESC LIMIT 1) AS status,
               (SELECT k.day
                  FROM contact k
                 WHERE k.tenant = p.tenant AND k.participant = p.id
                 ORDER BY k.at DESC LIMIT 1) AS last_contact,
               coalesce((SELECT k.day
                           FROM contact k
                          WHERE k.tenant = p.tenant AND k.participant = p.id
                          ORDER BY k.at DESC LIMIT 1), p.admitted) AS seen
          FROM participant p
          JOIN organisation o ON o.tenant = p.tenant AND o.id = p.partner
          LEFT JOIN member m ON m.tenant = p.tenant AND m.id = p.contact_person
         WHERE p.tenant = :tenant AND p.programme = :programme
           AND (:partner IS NULL OR p.partner = :partner)
           AND (:contact_person IS NULL OR p.contact_person = :contact_person)
           AND (:text IS NULL OR replace(p.name_sort, '}', 'aa') LIKE '%' || :text || '%' ESCAPE '!')) AS everyone
 WHERE (:status IS NULL OR status = :status)
 ORDER BY {order}
 LIMIT :most OFFSET :skip;

-- name: participant_count :one (programme: ProgrammeId, partner: OrganisationId?, contact_person: MemberId?, status: StatusCode?, text: text?, day: date) -> int
-- How many participant_list would give without its limit.
SELECT count(*)
  FROM participant p
 WHERE p.tenant = :tenant AND p.programme = :programme
   AND (:partner IS NULL OR p.partner = :partner)
   AND (:contact_person IS NULL OR p.contact_person = :contact_person)
   AND (:text IS NULL OR replace(p.name_sort, '}', 'aa') LIKE '%' || :text || '%' ESCAPE '!')
   AND (:status IS NULL OR :status = (SELECT s.code
                                        FROM status s
                                       WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :day
                                       ORDER BY s.since DESC LIMIT 1));
