-- include: access/consent_codes.h
-- type: Consent {id: ConsentId, participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid?, receiver_name: sealed(consent.receiver_name, participant, id)?, tells_name: bool, tells_phone: bool, tells_wishes: bool, tells_considerations: bool, tells_situation: bool, since: date, until: date?, given: time, given_by: text, counts_from: time?}
-- type: ConsentLine {id: ConsentId, participant: ParticipantId, purpose: ConsentPurpose, company_name: text?, user_name: text?, receiver_name: sealed(consent.receiver_name, participant, id)?, tells_name: bool, tells_phone: bool, tells_wishes: bool, tells_considerations: bool, tells_situation: bool, since: date, until: date?, given: time, given_by: text, counts_from: time?, withdrawn: time?, withdrawn_by: text?}
-- type: Disclosed {id: ParticipantId, name: sealed(participant.name, id, id)?, phone: sealed(participant.phone, id, id)?, wishes: sealed(participant.wishes, id, id)?, considerations: sealed(participant.considerations, id, id)?, situation: text?}

-- type: Quoted {id: QuoteId, participant: ParticipantId, words: sealed(quote.words, participant, id), topic: text}

-- type: ConsentWho {participant: ParticipantId}
-- type: ConsentEarliest {admitted: date, withdrawn: time?, refused: time?, standing: time?, ended: time?}
-- type: ConsentReceiver {companies: int, mentors: int}
-- type: ConsentNaming {id: ConsentId}
-- type: ConsentAbout {purpose: ConsentPurpose, receiver: uuid?, withdrawn: time?}
-- type: ConsentNo {purpose: ConsentPurpose, receiver: uuid, receiver_name: text?, said: time, lifted: time?, alone: bool}
-- type: ConsentReach {receiver: uuid?, tells_name: bool, tells_phone: bool, tells_wishes: bool, tells_considerations: bool, tells_situation: bool, since: date, until: date?, given: time, withdrawn: time?}
-- type: ConsentLater {counts_from: time}
-- type: ConsentBar {said: time, lifted: time?}
-- type: ConsentCover {consents: int, refused: int, name: int, phone: int, wishes: int, considerations: int, situation: int}

-- name: consent_receiver :one (receiver: uuid) -> ConsentReceiver
-- Whether it is a company, or a user who is a mentor.
SELECT (SELECT count(*) FROM company v WHERE v.tenant = :tenant AND v.id = :receiver) AS companies,
       (SELECT count(*) FROM app_user u WHERE u.tenant = :tenant AND u.id = :receiver AND u.role = 'mentor') AS mentors;

-- name: consent_earliest :one (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid?, now: time) -> ConsentEarliest
-- When the citizen was admitted; when last a consent for the purpose was withdrawn that reached the receiver; until when a no
-- to the receiver stood (until now where it stands), and since when one stands; where nobody is named, when a yes to all was
-- withdrawn, if none was given after that.
SELECT p.admitted,
       (SELECT max(s.withdrawn) FROM consent s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.purpose = :purpose
           AND (s.receiver IS NULL OR s.receiver = :receiver)) AS withdrawn,
       (SELECT max(COALESCE(n.lifted, :now)) FROM consent_no n
         WHERE n.tenant = p.tenant AND n.participant = p.id AND n.purpose = :purpose
           AND n.receiver = :receiver) AS refused,
       (SELECT max(n.said) FROM consent_no n
         WHERE n.tenant = p.tenant AND n.participant = p.id AND n.purpose = :purpose
           AND n.receiver = :receiver AND n.lifted IS NULL) AS standing,
       (SELECT max(s.withdrawn) FROM consent s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.purpose = :purpose AND s.receiver IS NULL
           AND :receiver IS NULL
           AND NOT EXISTS (SELECT 1 FROM consent k
                            WHERE k.tenant = p.tenant AND k.participant = p.id AND k.purpose = :purpose
                              AND k.receiver IS NULL AND k.id <> s.id
                              AND k.given >= s.withdrawn)) AS ended
  FROM participant p
 WHERE p.tenant = :tenant AND p.id = :participant;

-- name: consent_insert :exec (Consent)
INSERT INTO consent (tenant, id, participant, purpose, receiver, receiver_name, tells_name, tells_phone, tells_wishes,
                     tells_considerations, tells_situation, since, until, given, given_by, counts_from)
VALUES (:tenant, :id, :participant, :purpose, :receiver, :receiver_name, :tells_name, :tells_phone, :tells_wishes,
        :tells_considerations, :tells_situation, :since, :until, :given, :given_by, :counts_from);

-- name: consent_about :one (id: ConsentId, participant: ParticipantId) -> ConsentAbout
SELECT purpose, receiver, withdrawn FROM consent
 WHERE tenant = :tenant AND id = :id AND participant = :participant;

-- name: consent_naming :many (participant: ParticipantId, purpose: ConsentPurpose?, receiver: uuid, today: date) -> ConsentNaming
-- What names the receiver, for the purpose or (none) for any, and has not been withdrawn nor run out, oldest first.
SELECT id FROM consent
 WHERE tenant = :tenant AND participant = :participant AND receiver = :receiver AND withdrawn IS NULL
   AND (:purpose IS NULL OR purpose = :purpose) AND (until IS NULL OR until >= :today)
 ORDER BY given, id;

-- name: consent_to_all :many (participant: ParticipantId, purpose: ConsentPurpose) -> ConsentNaming
-- What names no company or mentor and has not been withdrawn, oldest first; what has run out too: a no leaves a trace.
SELECT id FROM consent
 WHERE tenant = :tenant AND participant = :participant AND receiver IS NULL AND withdrawn IS NULL
   AND purpose = :purpose
 ORDER BY given, id;

-- name: consent_same :one (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid?, tells_name: bool, tells_phone: bool, tells_wishes: bool, tells_considerations: bool, tells_situation: bool, since: date, until: date?, no: time?) -> ConsentNaming
-- One that says the same already, for as long and longer, has not been withdrawn, and is not older than a `no`. Whom it
-- invites is sealed: no two of those are the same.
SELECT id FROM consent
 WHERE tenant = :tenant AND participant = :participant AND purpose = :purpose AND purpose <> 'invite_network'
   AND (receiver = :receiver OR (receiver IS NULL AND :receiver IS NULL))
   AND tells_name = :tells_name AND tells_phone = :tells_phone AND tells_wishes = :tells_wishes
   AND tells_considerations = :tells_considerations AND tells_situation = :tells_situation
   AND since <= :since AND (until IS NULL OR until >= :until) AND withdrawn IS NULL AND (:no IS NULL OR given >= :no)
 ORDER BY given, id
 LIMIT 1;

-- name: consent_noes :many(100000) (participant: ParticipantId, all: bool, today: date) -> ConsentNo
-- Which companies and mentors the citizen has said no to, newest first; of those that stand the last to each, or all there
-- were; `alone` where one stands and a yes to that receiver alone counts today.
SELECT n.purpose, n.receiver, COALESCE(v.name, u.name) AS receiver_name, n.said, n.lifted,
       (n.lifted IS NULL
        AND EXISTS (SELECT 1 FROM consent s
                     WHERE s.tenant = n.tenant AND s.participant = n.participant AND s.purpose = n.purpose
                       AND s.receiver = n.receiver AND s.withdrawn IS NULL AND s.given >= n.said AND s.since <= :today
                       AND (s.until IS NULL OR s.until >= :today))) AS alone
  FROM consent_no n
  LEFT JOIN company v ON v.tenant = n.tenant AND v.id = n.receiver
  LEFT JOIN app_user u ON u.tenant = n.tenant AND u.id = n.receiver
 WHERE n.tenant = :tenant AND n.participant = :participant
   AND (:all
        OR (n.lifted IS NULL
            AND NOT EXISTS (SELECT 1 FROM consent_no m
                             WHERE m.tenant = n.tenant AND m.participant = n.participant AND m.purpose = n.purpose
                               AND m.receiver = n.receiver AND m.lifted IS NULL AND m.said > n.said)))
 ORDER BY n.said DESC, n.purpose, n.receiver;

-- name: consent_no_say :exec (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid, said: time)
-- Where none stands already that no yes to the receiver alone was given after: what is said again for itself is not taken
-- back with what was said together with another.
INSERT INTO consent_no (tenant, participant, purpose, receiver, said)
SELECT :tenant, p.id, :purpose, :receiver, :said
  FROM participant p
 WHERE p.tenant = :tenant AND p.id = :participant
   AND NOT EXISTS (SELECT 1 FROM consent_no n
                    WHERE n.tenant = :tenant AND n.participant = :participant AND n.purpose = :purpose
                      AND n.receiver = :receiver AND n.lifted IS NULL
                      AND NOT EXISTS (SELECT 1 FROM consent s
                                       WHERE s.tenant = n.tenant AND s.participant = n.participant
                                         AND s.purpose = n.purpose AND s.receiver = n.receiver AND s.given >= n.said))
    ON CONFLICT (tenant, participant, purpose, receiver, said) DO UPDATE SET lifted = NULL;

-- name: consent_no_ever :one (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid) -> int
-- How many were said to the receiver, those taken back included.
SELECT count(*) FROM consent_no
 WHERE tenant = :tenant AND participant = :participant AND purpose = :purpose AND receiver = :receiver;

-- name: consent_no_lift :count (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid, lifted: time)
-- Every no to the receiver that is not taken back yet: from now on, or from when it was said where that clock was ahead.
UPDATE consent_no SET lifted = CASE WHEN said > :lifted THEN said ELSE :lifted END
 WHERE tenant = :tenant AND participant = :participant AND purpose = :purpose AND receiver = :receiver
   AND (lifted IS NULL OR lifted > :lifted);

-- name: consent_no_lift_told :exec (participant: ParticipantId, company: uuid, lifted: time)
-- The no to telling that was said together with one to contacting; one that was said for itself stays.
UPDATE consent_no SET lifted = CASE WHEN said > :lifted THEN said ELSE :lifted END
 WHERE tenant = :tenant AND participant = :participant AND purpose = 'tell_company' AND receiver = :company
   AND (lifted IS NULL OR lifted > :lifted)
   AND EXISTS (SELECT 1 FROM consent_no n
                WHERE n.tenant = :tenant AND n.participant = :participant AND n.purpose = 'contact_company'
                  AND n.receiver = :company AND n.said = consent_no.said);

-- name: consent_wish :one (participant: ParticipantId, company: uuid) -> WishId
-- Where the company stands on the citizen's list.
SELECT id FROM wish
 WHERE tenant = :tenant AND participant = :participant AND company = :company;

-- name: consent_wish_add :exec (id: WishId, participant: ParticipantId, company: uuid, made: time, made_by: text)
-- A company that nobody had asked about.
INSERT INTO wish (tenant, id, participant, company, made, made_by)
VALUES (:tenant, :id, :participant, :company, :made, :made_by);

-- name: consent_set_withdrawn :count (id: ConsentId, participant: ParticipantId, withdrawn: time, withdrawn_by: text)
UPDATE consent SET withdrawn = :withdrawn, withdrawn_by = :withdrawn_by
 WHERE tenant = :tenant AND id = :id AND participant = :participant AND withdrawn IS NULL;

-- name: consent_forget_invited :count (id: ConsentId)
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

-- name: consent_forget_run_out :count (participant: ParticipantId, day: date)
-- Whom a consent invited that has come to its end.
DELETE FROM network_person
 WHERE tenant = :tenant AND participant = :participant
   AND consent IN (SELECT s.id FROM consent s
                    WHERE s.tenant = :tenant AND s.participant = :participant AND s.until < :day);

-- name: consent_run_out :many(100) (day: date) -> ConsentWho
-- Of whom something stands by a consent that has come to its end; the rest by the next call.
SELECT n.participant
  FROM network_person n
  JOIN consent s ON s.tenant = n.tenant AND s.id = n.consent
 WHERE n.tenant = :tenant AND s.until < :day
 UNION
SELECT d.participant
  FROM diagnosis d
 WHERE d.tenant = :tenant
   AND NOT EXISTS (SELECT 1 FROM consent s
                    WHERE s.tenant = d.tenant AND s.participant = d.participant AND s.purpose = 'diagnoses'
                      AND s.withdrawn IS NULL AND s.since <= :day AND (s.until IS NULL OR s.until >= :day))
 ORDER BY 1
 LIMIT 100;

-- name: consent_of :many(100000) (participant: ParticipantId) -> ConsentLine
-- The citizen's whole history, newest first.
SELECT s.id, s.participant, s.purpose, v.name AS company_name, u.name AS user_name, s.receiver_name, s.tells_name,
       s.tells_phone, s.tells_wishes, s.tells_considerations, s.tells_situation, s.since, s.until, s.given, s.given_by,
       s.counts_from, s.withdrawn, s.withdrawn_by
  FROM consent s
  LEFT JOIN company v ON v.tenant = s.tenant AND v.id = s.receiver
  LEFT JOIN app_user u ON u.tenant = s.tenant AND u.id = s.receiver
 WHERE s.tenant = :tenant AND s.participant = :participant
 ORDER BY s.given DESC, s.id DESC;

-- name: consent_covering :one (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid?, day: date, at: time?) -> ConsentCover
-- How many consents cover the purpose and receiver on the day, at the moment `at` of it, and how many of them tell what.
-- Without a moment: now, whatever the clock said when something was given, withdrawn, refused or taken back. While a no to the
-- receiver stands, nothing covers but what names the receiver and was given after it; `refused` counts such noes.
SELECT count(*) AS consents,
       (SELECT count(*) FROM consent_no n
         WHERE n.tenant = :tenant AND n.participant = :participant AND n.purpose = :purpose AND n.receiver = :receiver
           AND (:at IS NULL OR n.said <= :at)
           AND (n.lifted IS NULL OR n.lifted > :at)) AS refused,
       count(*) FILTER (WHERE k.tells_name) AS name,
       count(*) FILTER (WHERE k.tells_phone) AS phone, count(*) FILTER (WHERE k.tells_wishes) AS wishes,
       count(*) FILTER (WHERE k.tells_considerations) AS considerations,
       count(*) FILTER (WHERE k.tells_situation) AS situation
  FROM consent k
 WHERE k.tenant = :tenant AND k.participant = :participant AND k.purpose = :purpose
   AND (k.receiver IS NULL OR k.receiver = :receiver)
   AND k.since <= :day AND (k.until IS NULL OR k.until >= :day)
   AND (k.withdrawn IS NULL OR k.withdrawn > :at)
   AND (k.counts_from IS NULL OR :at IS NULL OR k.counts_from <= :at)
   AND NOT EXISTS (SELECT 1 FROM consent_no n
                    WHERE n.tenant = :tenant AND n.participant = :participant AND n.purpose = :purpose
                      AND n.receiver = :receiver
                      AND (:at IS NULL OR n.said <= :at)
                      AND (n.lifted IS NULL OR n.lifted > :at)
                      AND (k.receiver IS NULL OR k.given < n.said OR k.given > :at));

-- name: consent_counts_later :one (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid?, day: date, at: time) -> ConsentLater
-- Where something was withdrawn before the moment: from when what would cover its day counts, if that is later, the soonest
-- that no no keeps away.
SELECT k.counts_from
  FROM consent k
 WHERE k.tenant = :tenant AND k.participant = :participant AND k.purpose = :purpose
   AND (k.receiver IS NULL OR k.receiver = :receiver) AND k.since <= :day AND (k.until IS NULL OR k.until >= :day)
   AND (k.withdrawn IS NULL OR k.withdrawn > :at) AND k.counts_from > :at
   AND EXISTS (SELECT 1 FROM consent s
                WHERE s.tenant = :tenant AND s.participant = :participant AND s.purpose = :purpose
                  AND (s.receiver IS NULL OR s.receiver = :receiver) AND s.withdrawn <= :at)
   AND NOT EXISTS (SELECT 1 FROM consent_no n
                    WHERE n.tenant = :tenant AND n.participant = :participant AND n.purpose = :purpose
                      AND n.receiver = :receiver AND n.said <= k.counts_from
                      AND (n.lifted IS NULL OR n.lifted > k.counts_from) AND (k.receiver IS NULL OR k.given < n.said))
 ORDER BY k.counts_from
 LIMIT 1;

-- name: consent_reaching :many(100000) (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid, written: time) -> ConsentReach
-- What reaches the receiver at any time, of all that was given by `written`.
SELECT receiver, tells_name, tells_phone, tells_wishes, tells_considerations, tells_situation, since, until, given,
       withdrawn
  FROM consent
 WHERE tenant = :tenant AND participant = :participant AND purpose = :purpose
   AND (receiver IS NULL OR receiver = :receiver) AND given <= :written
 ORDER BY given, id;

-- name: consent_barring :many(100000) (participant: ParticipantId, purpose: ConsentPurpose, receiver: uuid) -> ConsentBar
-- Every no to the receiver there was, oldest first.
SELECT said, lifted
  FROM consent_no
 WHERE tenant = :tenant AND participant = :participant AND purpose = :purpose AND receiver = :receiver
 ORDER BY said;

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

-- name: consent_disclosed :one (participant: ParticipantId, day: date, name: bool, phone: bool, wishes: bool, considerations: bool, situation: bool) -> Disclosed
-- Of a citizen what is said yes to (see consent_covering), and nothing else.
SELECT p.id, CASE WHEN :name THEN p.name END AS name, CASE WHEN :phone THEN p.phone END AS phone,
       CASE WHEN :wishes THEN p.wishes END AS wishes,
       CASE WHEN :considerations THEN p.considerations END AS considerations,
       CASE WHEN :situation
            THEN (SELECT a.code FROM status a
                   WHERE a.tenant = p.tenant AND a.participant = p.id AND a.since <= :day
                   ORDER BY a.since DESC LIMIT 1) END AS situation
  FROM participant p
 WHERE p.tenant = :tenant AND p.id = :participant;
