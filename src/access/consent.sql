-- include: access/consent_codes.h
-- type: Consent {id: ConsentId, participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid?, receiver_name: sealed(consent.receiver_name, participant, id)?, tells_name: bool, tells_phone: bool, tells_wishes: bool, tells_considerations: bool, tells_situation: bool, since: date, until: date?, given: time, given_by: text}
-- type: ConsentLine {id: ConsentId, participant: ParticipantId, purpose: ConsentPurpose, company_name: text?, user_name: text?, receiver_name: sealed(consent.receiver_name, participant, id)?, tells_name: bool, tells_phone: bool, tells_wishes: bool, tells_considerations: bool, tells_situation: bool, since: date, until: date?, given: time, given_by: text, withdrawn: time?, withdrawn_by: text?}
-- type: Disclosed {id: ParticipantId, name: sealed(participant.name, id, id)?, phone: sealed(participant.phone, id, id)?, wishes: sealed(participant.wishes, id, id)?, considerations: sealed(participant.considerations, id, id)?, situation: text?}

-- type: Quoted {id: QuoteId, participant: ParticipantId, words: sealed(quote.words, participant, id), topic: text}

-- type: ConsentEarliest {admitted: date, withdrawn: time?}
-- type: ConsentReceiver {companies: int, mentors: int}

-- name: consent_receiver :one (receiver: uuid) -> ConsentReceiver
-- Whether it is a company, or a user who is a mentor.
SELECT (SELECT count(*) FROM company v WHERE v.tenant = :tenant AND v.id = :receiver) AS companies,
       (SELECT count(*) FROM app_user u WHERE u.tenant = :tenant AND u.id = :receiver AND u.role = 'mentor') AS mentors;

-- name: consent_earliest :one (participant: ParticipantId, purpose: ConsentPurpose) -> ConsentEarliest
-- When the citizen was admitted, and when last a consent for the purpose was withdrawn.
SELECT p.admitted, (SELECT max(s.withdrawn) FROM consent s
                     WHERE s.tenant = p.tenant AND s.participant = p.id AND s.purpose = :purpose) AS withdrawn
  FROM participant p
 WHERE p.tenant = :tenant AND p.id = :participant;

-- name: consent_insert :exec (Consent)
INSERT INTO consent (tenant, id, participant, purpose, receiver, receiver_name, tells_name, tells_phone, tells_wishes,
                     tells_considerations, tells_situation, since, until, given, given_by)
VALUES (:tenant, :id, :participant, :purpose, :receiver, :receiver_name, :tells_name, :tells_phone, :tells_wishes,
        :tells_considerations, :tells_situation, :since, :until, :given, :given_by);

-- name: consent_set_withdrawn :count (id: ConsentId, participant: ParticipantId, withdrawn: time, withdrawn_by: text)
UPDATE consent SET withdrawn = :withdrawn, withdrawn_by = :withdrawn_by
 WHERE tenant = :tenant AND id = :id AND participant = :participant AND withdrawn IS NULL;

-- name: consent_forget_invited :exec (id: ConsentId)
-- Nobody can be invited by it again.
DELETE FROM network_person WHERE tenant = :tenant AND consent = :id;

-- name: consent_forget_diagnosis :count (id: ConsentId?, participant: ParticipantId, day: date)
-- When the consent (any, when none is named) was one to write it down, and none that stands allows it on the day.
DELETE FROM diagnosis
 WHERE tenant = :tenant AND participant = :participant
   AND (:id IS NULL
        OR EXISTS (SELECT 1 FROM consent w WHERE w.tenant = :tenant AND w.id = :id AND w.purpose = 'diagnoses'))
   AND NOT EXISTS (SELECT 1 FROM consent s
                    WHERE s.tenant = :tenant AND s.participant = :participant AND s.purpose = 'diagnoses'
                      AND s.withdrawn IS NULL AND s.since <= :day AND (s.until IS NULL OR s.until >= :day));

-- name: consent_forget_run_out :exec (participant: ParticipantId, day: date)
-- Whom a consent invited that has come to its end.
DELETE FROM network_person
 WHERE tenant = :tenant AND participant = :participant
   AND consent IN (SELECT s.id FROM consent s
                    WHERE s.tenant = :tenant AND s.participant = :participant AND s.until < :day);

-- name: consent_of :many(100000) (participant: ParticipantId) -> ConsentLine
-- The citizen's whole history, newest first.
SELECT s.id, s.participant, s.purpose, v.name AS company_name, u.name AS user_name, s.receiver_name, s.tells_name,
       s.tells_phone, s.tells_wishes, s.tells_considerations, s.tells_situation, s.since, s.until, s.given, s.given_by,
       s.withdrawn, s.withdrawn_by
  FROM consent s
  LEFT JOIN company v ON v.tenant = s.tenant AND v.id = s.receiver
  LEFT JOIN app_user u ON u.tenant = s.tenant AND u.id = s.receiver
 WHERE s.tenant = :tenant AND s.participant = :participant
 ORDER BY s.given DESC, s.id DESC
 LIMIT 1000;

-- name: consent_covering :one (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid?, day: date) -> int
-- How many consents cover the purpose and receiver on the day; one that names no receiver covers any but the company that
-- the citizen has said no to.
SELECT count(*) FROM consent
 WHERE tenant = :tenant AND participant = :participant AND purpose = :purpose AND withdrawn IS NULL
   AND since <= :day AND (until IS NULL OR until >= :day)
   AND (receiver = :receiver
        OR (receiver IS NULL
            AND NOT EXISTS (SELECT 1 FROM wish w
                             WHERE w.tenant = :tenant AND w.participant = :participant AND w.company = :receiver
                               AND w.decision = 'no')));

-- name: consent_covering_at :one (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid?, day: date, at: time) -> int
-- The same for a moment of the day: what has been withdrawn since counted then.
SELECT count(*) FROM consent
 WHERE tenant = :tenant AND participant = :participant AND purpose = :purpose
   AND (withdrawn IS NULL OR withdrawn > :at)
   AND since <= :day AND (until IS NULL OR until >= :day)
   AND (receiver = :receiver
        OR (receiver IS NULL
            AND NOT EXISTS (SELECT 1 FROM wish w
                             WHERE w.tenant = :tenant AND w.participant = :participant AND w.company = :receiver
                               AND w.decision = 'no' AND w.decided <= :at)));

-- name: consent_quoted :many (programme: ProgrammeId, day: date, today: date) -> Quoted
-- What citizens have said by the day, of those alone whose consent to publish it covers the day and has neither ended
-- nor been withdrawn today.
SELECT q.id, q.participant, q.words, q.topic
  FROM participant p
  JOIN quote q ON q.tenant = p.tenant AND q.participant = p.id
 WHERE p.tenant = :tenant AND p.programme = :programme AND p.erased IS NULL AND q.said <= :day
   AND EXISTS (SELECT 1 FROM consent s
                WHERE s.tenant = p.tenant AND s.participant = p.id AND s.purpose = 'quotes' AND s.withdrawn IS NULL
                  AND s.since <= :day AND (s.until IS NULL OR (s.until >= :day AND s.until >= :today)))
 ORDER BY q.topic, q.id;

-- name: consent_disclosed :one (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid?, day: date) -> Disclosed
-- Of a citizen what consents for the purpose and receiver cover on the day, and nothing else.
SELECT p.id, CASE WHEN t.name > 0 THEN p.name END AS name, CASE WHEN t.phone > 0 THEN p.phone END AS phone,
       CASE WHEN t.wishes > 0 THEN p.wishes END AS wishes,
       CASE WHEN t.considerations > 0 THEN p.considerations END AS considerations,
       CASE WHEN t.situation > 0
            THEN (SELECT a.code FROM status a
                   WHERE a.tenant = p.tenant AND a.participant = p.id AND a.since <= :day
                   ORDER BY a.since DESC LIMIT 1) END AS situation
  FROM participant p
 CROSS JOIN (SELECT sum(CASE WHEN tells_name THEN 1 ELSE 0 END) AS name,
                    sum(CASE WHEN tells_phone THEN 1 ELSE 0 END) AS phone,
                    sum(CASE WHEN tells_wishes THEN 1 ELSE 0 END) AS wishes,
                    sum(CASE WHEN tells_considerations THEN 1 ELSE 0 END) AS considerations,
                    sum(CASE WHEN tells_situation THEN 1 ELSE 0 END) AS situation
               FROM consent
              WHERE tenant = :tenant AND participant = :participant AND purpose = :purpose AND withdrawn IS NULL
                AND since <= :day AND (until IS NULL OR until >= :day)
                AND (receiver = :receiver
                     OR (receiver IS NULL
                         AND NOT EXISTS (SELECT 1 FROM wish w
                                          WHERE w.tenant = :tenant AND w.participant = :participant
                                            AND w.company = :receiver AND w.decision = 'no')))) t
 WHERE p.tenant = :tenant AND p.id = :participant;
