-- type: NetworkCount {n: int, by_consent: int}
-- type: NetworkPerson {id: NetworkId, participant: ParticipantId, consent: ConsentId, name: sealed(network_person.name, participant, id), relation: sealed(network_person.relation, participant, id), phone: sealed(network_person.phone, participant, id)?, email: sealed(network_person.email, participant, id)?, added: time, added_by: text}

-- name: network_insert :exec (NetworkPerson)
INSERT INTO network_person (tenant, id, participant, consent, name, relation, phone, email, added, added_by)
VALUES (:tenant, :id, :participant, :consent, :name, :relation, :phone, :email, :added, :added_by);

-- name: network_delete :count (id: NetworkId, participant: ParticipantId)
DELETE FROM network_person
 WHERE tenant = :tenant AND id = :id AND participant = :participant;

-- name: network_count :one (participant: ParticipantId, consent: ConsentId) -> NetworkCount
-- How many stand with the citizen, and how many by the consent.
SELECT count(*) AS n, CAST(coalesce(sum(CASE WHEN consent = :consent THEN 1 ELSE 0 END), 0) AS BIGINT) AS by_consent
  FROM network_person
 WHERE tenant = :tenant AND participant = :participant;

-- name: network_consents :one (participant: ParticipantId, consent: ConsentId, day: date) -> int
-- One when it is the citizen's and invites somebody on the day.
SELECT count(*) FROM consent
 WHERE tenant = :tenant AND id = :consent AND participant = :participant AND purpose = 'invite_network'
   AND withdrawn IS NULL AND since <= :day AND (until IS NULL OR until >= :day);

-- name: network_invited :many(20) (participant: ParticipantId, day: date) -> NetworkPerson
-- Those whom a consent invites on the day, and nobody else: all that the staff ever reads.
SELECT n.id, n.participant, n.consent, n.name, n.relation, n.phone, n.email, n.added, n.added_by
  FROM network_person n
  JOIN consent s ON s.tenant = n.tenant AND s.id = n.consent AND s.participant = n.participant
 WHERE n.tenant = :tenant AND n.participant = :participant AND s.purpose = 'invite_network' AND s.withdrawn IS NULL
   AND s.since <= :day AND (s.until IS NULL OR s.until >= :day)
 ORDER BY n.added, n.id
 LIMIT 20;

-- name: network_of :many(20) (participant: ParticipantId) -> NetworkPerson
-- All that stand, for the citizen alone.
SELECT id, participant, consent, name, relation, phone, email, added, added_by
  FROM network_person
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY added, id
 LIMIT 20;
