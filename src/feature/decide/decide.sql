-- include: feature/decide/decide_codes.h
-- type: Wish {id: WishId, participant: ParticipantId, company: CompanyId?, name: sealed(wish.name, participant, id)?, made: time, made_by: text}
-- type: WishLine {id: WishId, participant: ParticipantId, company: CompanyId?, company_name: text?, name: sealed(wish.name, participant, id)?, made: time, decision: WishDecision}
-- type: Preference {participant: ParticipantId, every_weeks: int?, talk: sealed(preference.talk, participant, participant)?, changed: time}
-- type: CitizenRequest {id: RequestId, programme: ProgrammeId, participant: ParticipantId, kind: text, made: time}
-- type: RequestLine {id: RequestId, participant: ParticipantId, name: sealed(participant.name, participant, participant)?, kind: text, made: time}

-- name: wish_insert :exec (Wish)
INSERT INTO wish (tenant, id, participant, company, name, made, made_by)
VALUES (:tenant, :id, :participant, :company, :name, :made, :made_by);

-- name: wish_of :many(100000) (participant: ParticipantId, today: date) -> WishLine
-- What waits for the citizen first, then the newest. The answer follows from the consents: yes while one names the
-- company, no while a no to it stands, as to all while there is a yes to all; otherwise the citizen is asked.
SELECT l.id, l.participant, l.company, l.company_name, l.name, l.made, l.decision
  FROM (SELECT w.id, w.participant, w.company, v.name AS company_name, w.name, w.made,
               CASE WHEN w.company IS NULL THEN 'own'
                    WHEN EXISTS (SELECT 1 FROM consent s
                                  WHERE s.tenant = w.tenant AND s.participant = w.participant AND s.receiver = w.company
                                    AND s.purpose = 'contact_company' AND s.withdrawn IS NULL AND s.since <= :today
                                    AND (s.until IS NULL OR s.until >= :today))
                    THEN 'yes'
                    WHEN EXISTS (SELECT 1 FROM consent_no n
                                  WHERE n.tenant = w.tenant AND n.participant = w.participant AND n.receiver = w.company
                                    AND n.purpose = 'contact_company' AND n.lifted IS NULL)
                    THEN 'no'
                    WHEN EXISTS (SELECT 1 FROM consent s
                                  WHERE s.tenant = w.tenant AND s.participant = w.participant AND s.receiver IS NULL
                                    AND s.purpose = 'contact_company' AND s.withdrawn IS NULL AND s.since <= :today
                                    AND (s.until IS NULL OR s.until >= :today))
                    THEN 'as_all'
                    ELSE 'asked' END AS decision
          FROM wish w
          LEFT JOIN company v ON v.tenant = w.tenant AND v.id = w.company
         WHERE w.tenant = :tenant AND w.participant = :participant) l
 ORDER BY CASE WHEN l.decision = 'asked' THEN 0 ELSE 1 END, l.made DESC, l.id DESC;

-- name: wish_count :one (participant: ParticipantId, company: CompanyId?) -> int
-- How many stand on the list, of the company where one is named.
SELECT count(*) FROM wish
 WHERE tenant = :tenant AND participant = :participant AND (:company IS NULL OR company = :company);

-- name: wish_delete_own :count (id: WishId, participant: ParticipantId)
-- Words of the citizen's own, that nobody was asked about.
DELETE FROM wish
 WHERE tenant = :tenant AND id = :id AND participant = :participant AND company IS NULL;

-- name: wish_company_known :one (company: CompanyId) -> int
SELECT count(*) FROM company
 WHERE tenant = :tenant AND id = :company;

-- name: preference_get :one (participant: ParticipantId) -> Preference
SELECT participant, every_weeks, talk, changed FROM preference
 WHERE tenant = :tenant AND participant = :participant;

-- name: preference_set :exec (Preference)
INSERT INTO preference (tenant, participant, every_weeks, talk, changed)
VALUES (:tenant, :participant, :every_weeks, :talk, :changed)
    ON CONFLICT (tenant, participant) DO UPDATE
   SET every_weeks = excluded.every_weeks, talk = excluded.talk, changed = excluded.changed;

-- name: citizen_request_insert :exec (CitizenRequest)
INSERT INTO citizen_request (tenant, id, programme, participant, kind, made)
VALUES (:tenant, :id, :programme, :participant, :kind, :made);

-- name: citizen_request_count :one (participant: ParticipantId, kind: text) -> int
-- How many of the citizen's wait.
SELECT count(*) FROM citizen_request
 WHERE tenant = :tenant AND participant = :participant AND kind = :kind AND handled IS NULL;

-- name: citizen_request_waiting :one (programme: ProgrammeId) -> int
SELECT count(*) FROM citizen_request
 WHERE tenant = :tenant AND programme = :programme AND handled IS NULL;

-- name: citizen_request_open :many(200) (programme: ProgrammeId) -> RequestLine
-- What waits in the programme, oldest first.
SELECT r.id, r.participant, p.name, r.kind, r.made
  FROM citizen_request r
  JOIN participant p ON p.tenant = r.tenant AND p.id = r.participant
 WHERE r.tenant = :tenant AND r.programme = :programme AND r.handled IS NULL
 ORDER BY r.made, r.id
 LIMIT 200;

-- name: citizen_request_whose :one (id: RequestId, programme: ProgrammeId) -> ParticipantId
-- Of one that waits.
SELECT participant FROM citizen_request
 WHERE tenant = :tenant AND id = :id AND programme = :programme AND handled IS NULL;

-- name: citizen_request_about :one (id: RequestId) -> ParticipantId
-- Whichever programme it is of.
SELECT participant FROM citizen_request WHERE tenant = :tenant AND id = :id;

-- name: citizen_request_set_handled :count (id: RequestId, programme: ProgrammeId, handled: time, handled_by: text)
UPDATE citizen_request SET handled = :handled, handled_by = :handled_by
 WHERE tenant = :tenant AND id = :id AND programme = :programme AND handled IS NULL;

-- name: decide_programme :one (id: ParticipantId) -> ProgrammeId
SELECT programme FROM participant
 WHERE tenant = :tenant AND id = :id;
