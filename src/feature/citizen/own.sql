-- type: OwnAnswerRow {day: date?, asked: text, label: text?, respondent: uuid, question: QuestionId, number: real?, choice: text, words: sealed(answer.words, respondent, question)?}

-- name: own_answers :many(2000) (participant: ParticipantId) -> OwnAnswerRow
-- What the citizen has answered, with the questions' own words, newest first.
SELECT r.answered AS day, q.wording AS asked, o.label, a.respondent, a.question, a.number, a.choice, a.words
  FROM response r
  JOIN answer a ON a.tenant = r.tenant AND a.response = r.id
  JOIN question q ON q.tenant = a.tenant AND q.id = a.question
  LEFT JOIN question_option o ON o.tenant = a.tenant AND o.question = a.question AND o.code = a.choice
 WHERE r.tenant = :tenant AND r.participant = :participant
 ORDER BY r.answered DESC, r.id, q.position, a.choice
 LIMIT 2000;
