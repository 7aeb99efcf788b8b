-- include: feature/survey/survey_codes.h
-- type: Question {id: QuestionId, programme: ProgrammeId, code: text, position: int, kind: QuestionKind, wording: text, wording_en: text?, shown_if_question: QuestionId?, shown_if_option: text?}
-- type: QuestionOption {question: QuestionId, code: text, position: int, label: text, label_en: text?, on_scale: bool}
-- type: Wave {id: WaveId, programme: ProgrammeId, code: text, respondent: Respondent}
-- type: WaveRow {id: WaveId, code: text, respondent: Respondent, invited: int, answered: int, incomplete: int}
-- type: Response {id: ResponseId, wave: WaveId, participant: ParticipantId?, company: CompanyId?, invited: date, answered: date?, complete: bool}
-- type: AnswerRow {respondent: uuid, question: QuestionId, choice: text, number: real?, words: sealed(answer.words, respondent, question)?}
-- type: AskedRow {id: QuestionId, kind: QuestionKind, code: text, shown_if_question: QuestionId?, shown_if_option: text?}
-- type: OptionCount {code: text, position: int, label: text, label_en: text?, on_scale: bool, n: int}

-- name: question_insert :exec (Question)
INSERT INTO question (tenant, id, programme, code, position, kind, wording, wording_en, shown_if_question,
                      shown_if_option)
VALUES (:tenant, :id, :programme, :code, :position, :kind, :wording, :wording_en, :shown_if_question,
        :shown_if_option);

-- name: question_get :one (id: QuestionId) -> Question
SELECT id, programme, code, position, kind, wording, wording_en, shown_if_question, shown_if_option
  FROM question
 WHERE tenant = :tenant AND id = :id;

-- name: question_by_code :one (programme: ProgrammeId, code: text) -> Question
SELECT id, programme, code, position, kind, wording, wording_en, shown_if_question, shown_if_option
  FROM question
 WHERE tenant = :tenant AND programme = :programme AND code = :code;

-- name: question_all :many (programme: ProgrammeId) -> Question
-- Every question of the programme, in order.
SELECT id, programme, code, position, kind, wording, wording_en, shown_if_question, shown_if_option
  FROM question
 WHERE tenant = :tenant AND programme = :programme
 ORDER BY position, code;

-- name: question_option_insert :exec (QuestionOption)
INSERT INTO question_option (tenant, question, code, position, label, label_en, on_scale)
VALUES (:tenant, :question, :code, :position, :label, :label_en, :on_scale);

-- name: question_options :many (question: QuestionId) -> QuestionOption
SELECT question, code, position, label, label_en, on_scale
  FROM question_option
 WHERE tenant = :tenant AND question = :question
 ORDER BY position, code;

-- name: question_option_count :one (question: QuestionId, code: text) -> int
SELECT count(*)
  FROM question_option
 WHERE tenant = :tenant AND question = :question AND code = :code;

-- name: wave_insert :exec (Wave)
INSERT INTO wave (tenant, id, programme, code, respondent)
VALUES (:tenant, :id, :programme, :code, :respondent);

-- name: wave_get :one (id: WaveId) -> Wave
SELECT id, programme, code, respondent
  FROM wave
 WHERE tenant = :tenant AND id = :id;

-- name: wave_by_code :one (programme: ProgrammeId, code: text, respondent: Respondent) -> Wave
SELECT id, programme, code, respondent
  FROM wave
 WHERE tenant = :tenant AND programme = :programme AND code = :code AND respondent = :respondent;

-- name: wave_all :many (programme: ProgrammeId) -> WaveRow
-- Every wave with how many were invited, have answered, and have answered incompletely.
SELECT w.id, w.code, w.respondent,
       (SELECT count(*) FROM response r WHERE r.tenant = w.tenant AND r.wave = w.id) AS invited,
       (SELECT count(*) FROM response r
         WHERE r.tenant = w.tenant AND r.wave = w.id AND r.answered IS NOT NULL AND r.complete) AS answered,
       (SELECT count(*) FROM response r
         WHERE r.tenant = w.tenant AND r.wave = w.id AND r.answered IS NOT NULL AND NOT r.complete) AS incomplete
  FROM wave w
 WHERE w.tenant = :tenant AND w.programme = :programme
 ORDER BY w.respondent, w.code;

-- name: wave_question_insert :exec (wave: WaveId, question: QuestionId, position: int)
INSERT INTO wave_question (tenant, wave, question, position)
VALUES (:tenant, :wave, :question, :position);

-- name: wave_questions :many (wave: WaveId) -> AskedRow
-- What the wave asks, in order.
SELECT q.id, q.kind, q.code, q.shown_if_question, q.shown_if_option
  FROM wave_question wq
  JOIN question q ON q.tenant = wq.tenant AND q.id = wq.question
 WHERE wq.tenant = :tenant AND wq.wave = :wave
 ORDER BY wq.position, q.code;

-- name: response_insert :exec (Response)
INSERT INTO response (tenant, id, wave, participant, company, invited, answered, complete)
VALUES (:tenant, :id, :wave, :participant, :company, :invited, :answered, :complete);

-- name: response_get :one (id: ResponseId) -> Response
SELECT id, wave, participant, company, invited, answered, complete
  FROM response
 WHERE tenant = :tenant AND id = :id;

-- name: response_of_participant :one (wave: WaveId, participant: ParticipantId) -> ResponseId
SELECT id
  FROM response
 WHERE tenant = :tenant AND wave = :wave AND participant = :participant;

-- name: response_set_answered :count (id: ResponseId, answered: date, complete: bool)
UPDATE response
   SET answered = :answered, complete = :complete
 WHERE tenant = :tenant AND id = :id;

-- name: answer_insert :exec (response: ResponseId, AnswerRow)
-- The respondent is the citizen it is about; without one the response stands for whoever answered.
INSERT INTO answer (tenant, response, respondent, question, choice, number, words)
VALUES (:tenant, :response, :respondent, :question, :choice, :number, :words);

-- name: answer_delete_all :exec (response: ResponseId)
DELETE FROM answer WHERE tenant = :tenant AND response = :response;

-- name: answer_of :many (response: ResponseId) -> AnswerRow
SELECT respondent, question, choice, number, words
  FROM answer
 WHERE tenant = :tenant AND response = :response
 ORDER BY question, choice;

-- name: survey_option_counts :many (wave: WaveId, question: QuestionId) -> OptionCount
-- How often each option was chosen in complete answers, in the question's order.
SELECT o.code, o.position, o.label, o.label_en, o.on_scale,
       (SELECT count(*)
          FROM answer a
          JOIN response r ON r.tenant = a.tenant AND r.id = a.response
         WHERE a.tenant = o.tenant AND a.question = o.question AND a.choice = o.code AND r.wave = :wave
           AND r.answered IS NOT NULL AND r.complete) AS n
  FROM question_option o
 WHERE o.tenant = :tenant AND o.question = :question
 ORDER BY o.position, o.code;

-- name: survey_answered :one (wave: WaveId, question: QuestionId) -> int
-- How many complete responses answered the question: the n of its figures.
SELECT count(DISTINCT a.response)
  FROM answer a
  JOIN response r ON r.tenant = a.tenant AND r.id = a.response
 WHERE a.tenant = :tenant AND a.question = :question AND r.wave = :wave AND r.answered IS NOT NULL AND r.complete;
