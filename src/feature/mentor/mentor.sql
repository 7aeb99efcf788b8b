-- type: Mentor {id: MentorId, programme: ProgrammeId, name: sealed(mentor.name, id, id), participant: ParticipantId?, matched: date?}

-- name: mentor_insert :exec (Mentor)
INSERT INTO mentor (tenant, id, programme, name, participant, matched)
VALUES (:tenant, :id, :programme, :name, :participant, :matched);

-- name: mentor_get :one (id: MentorId) -> Mentor
SELECT id, programme, name, participant, matched
  FROM mentor
 WHERE tenant = :tenant AND id = :id;

-- name: mentor_set_match :count (id: MentorId, participant: ParticipantId, matched: date)
UPDATE mentor
   SET participant = :participant, matched = :matched
 WHERE tenant = :tenant AND id = :id AND participant IS NULL;

-- name: mentor_citizen :one (participant: ParticipantId, programme: ProgrammeId) -> date
-- When the citizen was admitted; NOT_FOUND in another programme.
SELECT admitted
  FROM participant
 WHERE tenant = :tenant AND id = :participant AND programme = :programme;
