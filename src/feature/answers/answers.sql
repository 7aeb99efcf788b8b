-- include: feature/survey/survey_codes.h
-- type: AnswersRound {id: WaveId, code: text, answered: int, given: int}
-- type: GivenAnswer {response: ResponseId, participant: ParticipantId, answered: date, complete: bool, question: QuestionId?, choice: text?, number: real?}

-- name: answers_rounds :many(200) (programme: ProgrammeId, day: date) -> AnswersRound
-- The citizens' rounds: how many have answered, and how many of those give their answers to the evaluator.
SELECT w.id, w.code, count(r.id) AS answered,
       count(r.id) FILTER (WHERE EXISTS (SELECT 1 FROM consent s
                                          WHERE s.tenant = r.tenant AND s.participant = r.participant
                                            AND s.purpose = 'answers' AND s.withdrawn IS NULL AND s.since <= :day
                                            AND (s.until IS NULL OR s.until >= :day))) AS given
  FROM wave w
  LEFT JOIN response r ON r.tenant = w.tenant AND r.wave = w.id AND r.answered IS NOT NULL
 WHERE w.tenant = :tenant AND w.programme = :programme AND w.respondent = 'citizen'
 GROUP BY w.id, w.code
 ORDER BY w.code
 LIMIT 200;

-- name: answers_given :each (wave: WaveId, day: date) -> GivenAnswer
-- The answers of citizens whose consent to give them covers the day, and of nobody else; what was said in words is not
-- among them. One row for each answer, one without a question where nothing was answered.
SELECT r.id AS response, r.participant, r.answered, r.complete, a.question, a.choice, a.number
  FROM response r
  JOIN wave w ON w.tenant = r.tenant AND w.id = r.wave
  LEFT JOIN answer a ON a.tenant = r.tenant AND a.response = r.id
 WHERE r.tenant = :tenant AND r.wave = :wave AND w.respondent = 'citizen' AND r.answered IS NOT NULL
   AND r.participant IS NOT NULL
   AND EXISTS (SELECT 1 FROM consent s
                WHERE s.tenant = r.tenant AND s.participant = r.participant AND s.purpose = 'answers'
                  AND s.withdrawn IS NULL AND s.since <= :day AND (s.until IS NULL OR s.until >= :day))
 ORDER BY r.id, a.question, a.choice;
