-- type: OwnAnswer {day: date?, asked: text, answer: text}

-- name: own_answers :many(2000) (participant: ParticipantId) -> OwnAnswer
-- What the citizen has answered, with the questions' own words, newest first.
SELECT r.answered AS day, q.wording AS asked, coalesce(o.label, a.words, CAST(a.number AS TEXT), a.choice) AS answer
  FROM response r
  JOIN answer a ON a.tenant = r.tenant AND a.response = r.id
  JOIN question q ON q.tenant = a.tenant AND q.id = a.question
  LEFT JOIN question_option o ON o.tenant = a.tenant AND o.question = a.question AND o.code = a.choice
 WHERE r.tenant = :tenant AND r.participant = :participant
 ORDER BY r.answered DESC, r.id, q.position, a.choice
 LIMIT 2000;
