-- include: feature/sheet/sheet_codes.h
-- type: Sheet {id: SheetId, participant: ParticipantId, company: CompanyId, made: time, made_by: text?}
-- type: SheetLine {id: SheetId, participant: ParticipantId, company: CompanyId, company_name: text, made: time, answer: SheetAnswer?, answer_note: sealed(sheet.answer_note, participant, id)?, answered: time?}

-- name: sheet_insert :exec (Sheet)
INSERT INTO sheet (tenant, id, participant, company, made, made_by)
VALUES (:tenant, :id, :participant, :company, :made, :made_by);

-- name: sheet_archived :one (participant: ParticipantId) -> time?
SELECT archived FROM participant
 WHERE tenant = :tenant AND id = :participant;

-- name: sheet_get :one (id: SheetId, participant: ParticipantId) -> SheetLine
SELECT s.id, s.participant, s.company, v.name AS company_name, s.made, s.answer, s.answer_note, s.answered
  FROM sheet s
  JOIN company v ON v.tenant = s.tenant AND v.id = s.company
 WHERE s.tenant = :tenant AND s.id = :id AND s.participant = :participant;

-- name: sheet_between :many(50) (participant: ParticipantId, company: CompanyId) -> SheetLine
-- Newest first.
SELECT s.id, s.participant, s.company, v.name AS company_name, s.made, s.answer, s.answer_note, s.answered
  FROM sheet s
  JOIN company v ON v.tenant = s.tenant AND v.id = s.company
 WHERE s.tenant = :tenant AND s.participant = :participant AND s.company = :company
 ORDER BY s.made DESC, s.id DESC
 LIMIT 50;

-- name: sheet_set_answer :count (id: SheetId, participant: ParticipantId, answer: SheetAnswer, answer_note: sealed(sheet.answer_note, participant, id)?, answered: time)
UPDATE sheet SET answer = :answer, answer_note = :answer_note, answered = :answered
 WHERE tenant = :tenant AND id = :id AND participant = :participant AND answered IS NULL;
