-- include: feature/participant/participant_codes.h
-- include: feature/placement/placement_codes.h
-- include: feature/status/status_codes.h
-- include: feature/contact/contact_codes.h
-- include: feature/activity/activity_codes.h
-- type: EvalPerson {id: ParticipantId, gender: Gender, age: int, partner: OrganisationId, partner_name: text, admitted: date, employed: bool, status: StatusCode?}
-- type: EvalPlacement {id: PlacementId, participant: ParticipantId, kind: PlacementKind, starts: date, ends: date?, hours: real?}
-- type: EvalActivity {id: ActivityId, kind: ActivityKind, day: date, held: bool}
-- type: EvalAnswer {response: ResponseId, participant: ParticipantId?, choice: text, position: int, on_scale: bool}
-- type: EvalOption {code: text, position: int, label: text, label_en: text?, on_scale: bool}
-- type: EvalQuestion {wording: text, wording_en: text?}
-- type: EvalDay {placement: PlacementId, day: date}
-- type: EvalMember {participant: ParticipantId}
-- type: EvalCount {participant: ParticipantId, n: int}

-- name: eval_people :many(200000) (programme: ProgrammeId, day: date) -> EvalPerson
-- Everybody admitted by the day, with the status that held on it, in order of id.
SELECT p.id, p.gender, p.age_admitted AS age, p.partner, o.name AS partner_name, p.admitted,
       p.employed_at_admission AS employed,
       (SELECT s.code FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :day
         ORDER BY s.since DESC LIMIT 1) AS status
  FROM participant p
  JOIN organisation o ON o.tenant = p.tenant AND o.id = p.partner
 WHERE p.tenant = :tenant AND p.programme = :programme AND p.admitted <= :day
 ORDER BY p.id;

-- name: eval_placements :many(1000000) (programme: ProgrammeId, day: date) -> EvalPlacement
-- Placements that started by the day, per person in order of start.
SELECT l.id, l.participant, l.kind, l.starts, l.ends, l.hours_week AS hours
  FROM placement l
 WHERE l.tenant = :tenant AND l.programme = :programme AND l.starts <= :day
 ORDER BY l.participant, l.starts, l.id;

-- name: eval_activities :many(100000) (programme: ProgrammeId, day: date) -> EvalActivity
-- Activities planned or held by the day.
SELECT a.id, a.kind, a.day, a.held FROM activity a
 WHERE a.tenant = :tenant AND a.programme = :programme AND a.day <= :day
 ORDER BY a.id;

-- name: eval_answers :many(2000000) (programme: ProgrammeId, question: text, wave: text, day: date) -> EvalAnswer
-- Choices in complete responses given by the day, one row per choice, per response.
SELECT r.id AS response, r.participant, a.choice, qo.position, qo.on_scale
  FROM wave w
  JOIN response r ON r.tenant = w.tenant AND r.wave = w.id
  JOIN question q ON q.tenant = w.tenant AND q.programme = w.programme AND q.code = :question
  JOIN answer a ON a.tenant = r.tenant AND a.response = r.id AND a.question = q.id
  JOIN question_option qo ON qo.tenant = q.tenant AND qo.question = q.id AND qo.code = a.choice
 WHERE w.tenant = :tenant AND w.programme = :programme AND w.code = :wave
   AND r.complete AND r.answered <= :day
 ORDER BY r.id, qo.position;

-- name: eval_question :one (programme: ProgrammeId, question: text) -> EvalQuestion
-- The wording of a question.
SELECT q.wording, q.wording_en FROM question q
 WHERE q.tenant = :tenant AND q.programme = :programme AND q.code = :question;

-- name: eval_options :many(500) (programme: ProgrammeId, question: text) -> EvalOption
-- A question's options, best or first at position 1.
SELECT qo.code, qo.position, qo.label, qo.label_en, qo.on_scale
  FROM question q
  JOIN question_option qo ON qo.tenant = q.tenant AND qo.question = q.id
 WHERE q.tenant = :tenant AND q.programme = :programme AND q.code = :question
 ORDER BY qo.position;

-- name: eval_wave_asks :one (programme: ProgrammeId, question: text, wave: text) -> int
-- In how many waves of this code the question is asked.
SELECT count(*) AS n
  FROM wave w
  JOIN wave_question wq ON wq.tenant = w.tenant AND wq.wave = w.id
  JOIN question q ON q.tenant = wq.tenant AND q.id = wq.question
 WHERE w.tenant = :tenant AND w.programme = :programme AND w.code = :wave AND q.code = :question;

-- name: eval_partner_id :one (programme: ProgrammeId, name: text) -> OrganisationId
-- The programme's partner of this name.
SELECT o.id
  FROM programme_partner pp
  JOIN organisation o ON o.tenant = pp.tenant AND o.id = pp.organisation
 WHERE pp.tenant = :tenant AND pp.programme = :programme AND o.name = :name;

-- name: eval_retention :one (programme: ProgrammeId) -> int
-- Months that a job must last, by the programme's rule, to count as kept.
SELECT p.retention_months FROM programme p WHERE p.tenant = :tenant AND p.id = :programme;

-- name: eval_mentored :many(200000) (programme: ProgrammeId, day: date) -> EvalMember
-- Citizens matched with a mentor by the day, in order of id.
SELECT m.participant FROM mentor m
 WHERE m.tenant = :tenant AND m.programme = :programme AND m.participant IS NOT NULL AND m.matched <= :day
 GROUP BY m.participant
 ORDER BY m.participant;

-- name: eval_attended :many(200000) (programme: ProgrammeId, kind: ActivityKind, day: date) -> EvalMember
-- Citizens who were at a session of such an activity by the day, in order of id.
SELECT t.participant
  FROM activity a
  JOIN attendance t ON t.tenant = a.tenant AND t.activity = a.id
 WHERE a.tenant = :tenant AND a.programme = :programme AND a.kind = :kind AND a.day <= :day AND t.attended
 GROUP BY t.participant
 ORDER BY t.participant;

-- name: eval_company_contact_days :many(5000000) (programme: ProgrammeId, day: date) -> EvalDay
-- Days of contacts with the company of a placement, whatever they were about, per placement in order.
SELECT k.placement, k.day
  FROM placement l
  JOIN contact k ON k.tenant = l.tenant AND k.placement = l.id
 WHERE l.tenant = :tenant AND l.programme = :programme
   AND (k.purpose = 'company_retention' OR k.purpose = 'company_job_search') AND k.day <= :day
 ORDER BY k.placement, k.day;

-- name: eval_contacts_per_person :many(200000) (programme: ProgrammeId, day: date) -> EvalCount
-- Contacts by the day, for those who have any, in order of id.
SELECT k.participant, count(*) AS n
  FROM participant p
  JOIN contact k ON k.tenant = p.tenant AND k.participant = p.id
 WHERE p.tenant = :tenant AND p.programme = :programme AND k.day <= :day
 GROUP BY k.participant
 ORDER BY k.participant;

-- name: eval_contact_total :one (programme: ProgrammeId, from: int, to: int, partner: OrganisationId?, kind1: ContactKind?, kind2: ContactKind?, kind3: ContactKind?, kind4: ContactKind?, purpose1: ContactPurpose?, purpose2: ContactPurpose?, purpose3: ContactPurpose?, purpose4: ContactPurpose?) -> int
-- From the counters that every registration keeps: whole months from–to (201601–201812);
-- kind1 and purpose1 without value mean all.
SELECT CAST(coalesce(sum(k.n), 0) AS bigint) AS n
  FROM contact_count k
 WHERE k.tenant = :tenant AND k.programme = :programme AND k.month >= :from AND k.month <= :to
   AND (:partner IS NULL OR k.partner = :partner)
   AND (:kind1 IS NULL OR k.kind IN (:kind1, :kind2, :kind3, :kind4))
   AND (:purpose1 IS NULL OR k.purpose IN (:purpose1, :purpose2, :purpose3, :purpose4));

-- name: eval_contact_scan :one (programme: ProgrammeId, from: date, to: date, partner: OrganisationId?, kind1: ContactKind?, kind2: ContactKind?, kind3: ContactKind?, kind4: ContactKind?, purpose1: ContactPurpose?, purpose2: ContactPurpose?, purpose3: ContactPurpose?, purpose4: ContactPurpose?, place1: ContactPlace?, place2: ContactPlace?, place3: ContactPlace?, place4: ContactPlace?, place5: ContactPlace?, place6: ContactPlace?, gender1: Gender?, gender2: Gender?, gender3: Gender?, age_from: int, age_to: int, follow_up: bool) -> int
-- Every contact looked at; for the filters that no counter has.
SELECT count(*) AS n
  FROM participant p
  JOIN contact k ON k.tenant = p.tenant AND k.participant = p.id
 WHERE p.tenant = :tenant AND p.programme = :programme AND k.day >= :from AND k.day <= :to
   AND (:partner IS NULL OR k.partner = :partner)
   AND (:kind1 IS NULL OR k.kind IN (:kind1, :kind2, :kind3, :kind4))
   AND (:purpose1 IS NULL OR k.purpose IN (:purpose1, :purpose2, :purpose3, :purpose4))
   AND (:place1 IS NULL OR k.place IN (:place1, :place2, :place3, :place4, :place5, :place6))
   AND (:gender1 IS NULL OR p.gender IN (:gender1, :gender2, :gender3))
   AND p.age_admitted >= :age_from AND p.age_admitted <= :age_to
   AND (k.follow_up OR NOT :follow_up);
