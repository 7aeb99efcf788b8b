-- include: feature/participant/participant_codes.h
-- include: feature/placement/placement_codes.h
-- include: feature/contact/contact_codes.h
-- include: feature/survey/survey_codes.h
-- type: ReportProgramme {id: ProgrammeId, code: text, name: text, owner_name: text, funder_name: text?, starts: date, ends: date, intake_first: date, intake_last: date, status_date: date, gap_days: int, retention_months: int, made_up: bool}
-- type: ReportPartner {organisation: OrganisationId, name: text, staff_hours_week: real?, admitted: int}
-- type: ReportPlaces {organisation: OrganisationId, valid_from: date, places: int}
-- type: ReportWave {code: text, respondent: Respondent, invited: int, answered: int, incomplete: int}
-- type: ReportOption {wave: WaveId, wave_code: text, respondent: Respondent, question: QuestionId, code: text, kind: QuestionKind, wording: text, wording_en: text?, choice: text, label: text, label_en: text?, on_scale: bool, n: int}
-- type: ReportAsked {wave: WaveId, question: QuestionId, n: int}
-- type: ReportBoth {question: QuestionId, n: int}
-- type: ReportMonth {month: int, kind: ContactKind, purpose: ContactPurpose, n: int}
-- type: ReportPerson {id: ParticipantId, partner: OrganisationId, gender: Gender, age: int, admitted: date, employed: bool, first_job: date?, left_on: date?, answered_start: bool}
-- type: ReportJob {participant: ParticipantId, kind: PlacementKind, starts: date, ends: date?}
-- type: ReportFields {people: int, phone: int, email: int, municipality: int, contact_person: int, wishes: int, considerations: int, status: int}
-- type: ReportActivity {kind: ActivityKind, planned: int, held: int, told: int, attended: int}
-- include: feature/activity/activity_codes.h

-- name: report_programme :one (code: text) -> ReportProgramme
SELECT p.id, p.code, p.name, o.name AS owner_name, f.name AS funder_name, p.starts, p.ends, p.intake_first,
       p.intake_last, p.status_date, p.gap_days, p.retention_months, p.made_up
  FROM programme p
  JOIN organisation o ON o.tenant = p.tenant AND o.id = p.owner
  LEFT JOIN organisation f ON f.tenant = p.tenant AND f.id = p.funder
 WHERE p.tenant = :tenant AND p.code = :code;

-- name: report_partners :many(500) (programme: ProgrammeId, day: date) -> ReportPartner
-- Partners with those admitted by the day, the largest first.
SELECT o.id AS organisation, o.name, pp.staff_hours_week,
       (SELECT count(*) FROM participant p
         WHERE p.tenant = pp.tenant AND p.programme = pp.programme AND p.partner = pp.organisation
           AND p.admitted <= :day) AS admitted
  FROM programme_partner pp
  JOIN organisation o ON o.tenant = pp.tenant AND o.id = pp.organisation
 WHERE pp.tenant = :tenant AND pp.programme = :programme
 ORDER BY admitted DESC, o.name;

-- name: report_places :many(5000) (programme: ProgrammeId, day: date) -> ReportPlaces
-- Places per partner as decided by the day, oldest first.
SELECT organisation, valid_from, places FROM partner_places
 WHERE tenant = :tenant AND programme = :programme AND valid_from <= :day
 ORDER BY valid_from, organisation;

-- CROSS JOIN below keeps the order of the tables: SQLite never swaps its sides, so that
-- answers are looked up by response and never read as a whole.

-- name: report_waves :many(500) (programme: ProgrammeId, day: date) -> ReportWave
-- Invitations and answers by the day.
SELECT w.code, w.respondent, count(r.id) AS invited,
       count(CASE WHEN r.complete AND r.answered <= :day THEN 1 END) AS answered,
       count(CASE WHEN NOT r.complete AND r.answered <= :day THEN 1 END) AS incomplete
  FROM wave w
  LEFT JOIN response r ON r.tenant = w.tenant AND r.wave = w.id AND r.invited <= :day
 WHERE w.tenant = :tenant AND w.programme = :programme
 GROUP BY w.id, w.code, w.respondent
 ORDER BY w.code DESC, w.respondent;

-- name: report_options :many(20000) (programme: ProgrammeId, day: date) -> ReportOption
-- How many complete responses by the day chose each option, per wave and question in order.
SELECT w.id AS wave, w.code AS wave_code, w.respondent, q.id AS question, q.code, q.kind, q.wording, q.wording_en,
       qo.code AS choice, qo.label, qo.label_en, qo.on_scale, coalesce(k.n, 0) AS n
  FROM wave w
  JOIN wave_question wq ON wq.tenant = w.tenant AND wq.wave = w.id
  JOIN question q ON q.tenant = wq.tenant AND q.id = wq.question
  JOIN question_option qo ON qo.tenant = q.tenant AND qo.question = q.id
  LEFT JOIN (SELECT r.wave, a.question, a.choice, count(*) AS n
               FROM wave v CROSS JOIN response r CROSS JOIN answer a
              WHERE v.tenant = :tenant AND v.programme = :programme
                AND r.tenant = v.tenant AND r.wave = v.id AND r.complete AND r.answered <= :day
                AND a.tenant = r.tenant AND a.response = r.id
              GROUP BY r.wave, a.question, a.choice) AS k
    ON k.wave = w.id AND k.question = q.id AND k.choice = qo.code
 WHERE w.tenant = :tenant AND w.programme = :programme
 ORDER BY w.respondent, w.code DESC, w.id, wq.position, qo.position;

-- name: report_asked :many(5000) (programme: ProgrammeId, day: date) -> ReportAsked
-- How many complete responses by the day hold an answer to each question.
SELECT r.wave, a.question, count(DISTINCT r.id) AS n
  FROM wave v CROSS JOIN response r CROSS JOIN answer a
 WHERE v.tenant = :tenant AND v.programme = :programme
   AND r.tenant = v.tenant AND r.wave = v.id AND r.complete AND r.answered <= :day
   AND a.tenant = r.tenant AND a.response = r.id
 GROUP BY r.wave, a.question;

-- name: report_both :many(5000) (programme: ProgrammeId, day: date) -> ReportBoth
-- How many citizens answered a question in a complete response both at the start and at the end.
SELECT b.question, count(DISTINCT s.participant) AS n
  FROM wave w CROSS JOIN response s CROSS JOIN answer b
 WHERE w.tenant = :tenant AND w.programme = :programme AND w.code = 'end' AND w.respondent = 'citizen'
   AND s.tenant = w.tenant AND s.wave = w.id AND s.complete AND s.answered <= :day
   AND b.tenant = s.tenant AND b.response = s.id
   AND EXISTS (SELECT 1 FROM response r CROSS JOIN wave v CROSS JOIN answer a
                WHERE r.tenant = s.tenant AND r.participant = s.participant AND r.complete AND r.answered <= :day
                  AND v.tenant = r.tenant AND v.id = r.wave AND v.programme = w.programme AND v.code = 'start'
                  AND v.respondent = w.respondent
                  AND a.tenant = r.tenant AND a.response = r.id AND a.question = b.question)
 GROUP BY b.question;

-- name: report_months :many(100000) (programme: ProgrammeId, month: int) -> ReportMonth
-- Contacts of whole months up to `month` (201811), from the counters.
SELECT k.month, k.kind, k.purpose, CAST(sum(k.n) AS bigint) AS n
  FROM contact_count k
 WHERE k.tenant = :tenant AND k.programme = :programme AND k.month <= :month
 GROUP BY k.month, k.kind, k.purpose
 ORDER BY k.month, k.kind, k.purpose;

-- name: report_part_month :many(1000) (programme: ProgrammeId, month: int, from: date, day: date) -> ReportMonth
-- Contacts of a month that is not over on the day, counted one by one.
SELECT CAST(:month AS bigint) AS month, k.kind, k.purpose, count(*) AS n
  FROM participant p
  JOIN contact k ON k.tenant = p.tenant AND k.participant = p.id
 WHERE p.tenant = :tenant AND p.programme = :programme AND k.day >= :from AND k.day <= :day
 GROUP BY k.kind, k.purpose
 ORDER BY k.kind, k.purpose;

-- name: report_people :many(200000) (programme: ProgrammeId, day: date) -> ReportPerson
-- Who was admitted by the day: first job since admission, and since when contact was no longer possible.
SELECT p.id, p.partner, p.gender, p.age_admitted AS age, p.admitted, p.employed_at_admission AS employed,
       (SELECT min(l.starts) FROM placement l
         WHERE l.tenant = p.tenant AND l.participant = p.id AND l.starts >= p.admitted AND l.starts <= :day
           AND l.kind IN ('fleksjob', 'ordinary')) AS first_job,
       (SELECT min(s.since) FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :day
           AND s.code IN ('moved', 'deceased', 'other_provider', 'pension_granted')) AS left_on,
       EXISTS (SELECT 1 FROM response r JOIN wave w ON w.tenant = r.tenant AND w.id = r.wave
                WHERE r.tenant = p.tenant AND r.participant = p.id AND w.code = 'start' AND r.complete
                  AND r.answered <= :day) AS answered_start
  FROM participant p
 WHERE p.tenant = :tenant AND p.programme = :programme AND p.admitted <= :day
 ORDER BY p.id;

-- name: report_jobs :many(500000) (programme: ProgrammeId, day: date) -> ReportJob
-- Employment relationships that started by the day, of those who had been admitted by then.
SELECT l.participant, l.kind, l.starts, l.ends
  FROM placement l
  JOIN participant p ON p.tenant = l.tenant AND p.id = l.participant AND p.admitted <= :day
 WHERE l.tenant = :tenant AND l.programme = :programme AND l.starts <= :day AND l.kind IN ('fleksjob', 'ordinary')
 ORDER BY l.participant, l.starts;

-- name: report_placements :one (programme: ProgrammeId, kind: PlacementKind, day: date) -> int
-- Placements of a kind that started by the day, of those who had been admitted by then.
SELECT count(*) AS n
  FROM placement l
  JOIN participant p ON p.tenant = l.tenant AND p.id = l.participant AND p.admitted <= :day
 WHERE l.tenant = :tenant AND l.programme = :programme AND l.kind = :kind AND l.starts <= :day;

-- name: report_activities :many(100) (programme: ProgrammeId, day: date) -> ReportActivity
-- What was planned and held by the day, and how many citizens came.
SELECT a.kind, count(*) AS planned, count(CASE WHEN a.held THEN 1 END) AS held,
       (SELECT count(*) FROM attendance t
          JOIN activity b ON b.tenant = t.tenant AND b.id = t.activity
         WHERE t.tenant = :tenant AND b.programme = :programme AND b.kind = a.kind AND b.day <= :day) AS told,
       (SELECT count(DISTINCT t.participant) FROM attendance t
          JOIN activity b ON b.tenant = t.tenant AND b.id = t.activity
         WHERE t.tenant = :tenant AND b.programme = :programme AND b.kind = a.kind AND b.day <= :day
           AND t.attended) AS attended
  FROM activity a
 WHERE a.tenant = :tenant AND a.programme = :programme AND a.day <= :day
 GROUP BY a.kind
 ORDER BY a.kind;

-- name: report_mentored :one (programme: ProgrammeId, day: date) -> int
-- Citizens who had been matched with a volunteer mentor by the day.
SELECT count(DISTINCT m.participant) AS n FROM mentor m
 WHERE m.tenant = :tenant AND m.programme = :programme AND m.participant IS NOT NULL AND m.matched <= :day;

-- name: report_fields :one (programme: ProgrammeId, day: date) -> ReportFields
-- For how many participants each piece of information is registered, of those who have not been erased.
SELECT count(*) AS people, count(p.phone) AS phone, count(p.email) AS email, count(p.municipality) AS municipality,
       count(p.contact_person) AS contact_person, count(p.wishes) AS wishes, count(p.considerations) AS considerations,
       count(CASE WHEN EXISTS (SELECT 1 FROM status s
                                WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :day) THEN 1 END) AS status
  FROM participant p
 WHERE p.tenant = :tenant AND p.programme = :programme AND p.admitted <= :day AND p.erased IS NULL;
