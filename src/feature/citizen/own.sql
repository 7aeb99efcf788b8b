-- include: access/consent_codes.h
-- include: access/policy.h
-- include: feature/activity/activity_codes.h
-- include: feature/message/message_codes.h
-- include: feature/survey/survey_codes.h
-- type: OwnAnswerRow {day: date?, by: Respondent, company_name: text?, asked: text, label: text?, respondent: uuid, question: QuestionId, number: real?, choice: text, words: sealed(answer.words, respondent, question)?}
-- type: OwnRound {round: text, by: Respondent, company_name: text?, invited: date, answered: date?, complete: bool}
-- type: OwnSheet {id: SheetId, participant: ParticipantId, company: CompanyId, company_name: text, made: time, opened_until: time?, answer: text?, answer_note: sealed(sheet.answer_note, participant, id)?, answered: time?}
-- type: OwnRelation {id: RelationId, participant: ParticipantId, kind: RelationKind, since: time, until: time?, reason: sealed(relation.reason, participant, id)?, reviewed: time?}
-- type: OwnAttendance {title: text, kind: ActivityKind, day: date, session: int, attended: bool}
-- type: OwnMatch {matched: date?}
-- type: OwnCode {role: Role, by_login: bool, made: time, expires: time, ended: time?}
-- type: OwnMessage {kind: MessageKind, channel: MessageChannel, made: time, state: MessageState, changed: time}
-- type: OwnRequest {kind: text, made: time, handled: time?}

-- name: own_answers :many(100000) (participant: ParticipantId) -> OwnAnswerRow
-- What the citizen has answered, or a company about the citizen, with the questions' own words, newest first.
SELECT r.answered AS day, w.respondent AS by, v.name AS company_name, q.wording AS asked, o.label, a.respondent,
       a.question, a.number, a.choice, a.words
  FROM response r
  JOIN wave w ON w.tenant = r.tenant AND w.id = r.wave
  JOIN answer a ON a.tenant = r.tenant AND a.response = r.id
  JOIN question q ON q.tenant = a.tenant AND q.id = a.question
  LEFT JOIN company v ON v.tenant = r.tenant AND v.id = r.company
  LEFT JOIN question_option o ON o.tenant = a.tenant AND o.question = a.question AND o.code = a.choice
 WHERE r.tenant = :tenant AND r.participant = :participant
 ORDER BY r.answered DESC, r.id, q.position, a.choice;

-- name: own_rounds :many(100000) (participant: ParticipantId) -> OwnRound
-- What was asked about the citizen, answered or not.
SELECT w.code AS round, w.respondent AS by, v.name AS company_name, r.invited, r.answered, r.complete
  FROM response r
  JOIN wave w ON w.tenant = r.tenant AND w.id = r.wave
  LEFT JOIN company v ON v.tenant = r.tenant AND v.id = r.company
 WHERE r.tenant = :tenant AND r.participant = :participant
 ORDER BY r.invited DESC, r.id;

-- name: own_sheets :many(100000) (participant: ParticipantId) -> OwnSheet
-- Newest first; until when the company's link has opened it, or opens it.
SELECT s.id, s.participant, s.company, v.name AS company_name, s.made,
       (SELECT max(COALESCE(k.ended, k.expires)) FROM guest_code k
         WHERE k.tenant = s.tenant AND k.sheet = s.id) AS opened_until,
       s.answer, s.answer_note, s.answered
  FROM sheet s
  JOIN company v ON v.tenant = s.tenant AND v.id = s.company
 WHERE s.tenant = :tenant AND s.participant = :participant
 ORDER BY s.made DESC, s.id DESC;

-- name: own_relations :many(100000) (participant: ParticipantId) -> OwnRelation
-- Who has worked with the citizen from outside the unit, and who has broken the glass: newest first, without a name.
SELECT id, participant, kind, since, until, reason, reviewed
  FROM relation
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY since DESC, id DESC;

-- name: own_attendance :many(100000) (participant: ParticipantId) -> OwnAttendance
-- Newest first.
SELECT a.title, a.kind, a.day, t.session, t.attended
  FROM attendance t
  JOIN activity a ON a.tenant = t.tenant AND a.id = t.activity
 WHERE t.tenant = :tenant AND t.participant = :participant
 ORDER BY a.day DESC, a.id, t.session;

-- name: own_matches :many(100000) (participant: ParticipantId) -> OwnMatch
-- Since when the citizen has a volunteer as mentor.
SELECT matched FROM mentor
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY matched DESC, id;

-- name: own_codes :many(100000) (participant: ParticipantId) -> OwnCode
-- What somebody could come in by, or the citizen has by a login (guest_enter_named), newest first.
SELECT role, expires = made AS by_login, made, expires, ended FROM guest_code
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY made DESC, id DESC;

-- name: own_messages :many(100000) (participant: ParticipantId) -> OwnMessage
-- Newest first.
SELECT kind, channel, made, state, changed FROM message
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY made DESC, id DESC;

-- name: own_requests :many(100000) (participant: ParticipantId) -> OwnRequest
-- Newest first.
SELECT kind, made, handled FROM citizen_request
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY made DESC, id DESC;
