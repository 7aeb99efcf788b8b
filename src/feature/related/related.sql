-- include: feature/status/status_codes.h
-- type: Referred {id: ParticipantId, name: sealed(participant.name, id, id), partner_name: text, contact_person_name: text?, admitted: date, status: StatusCode?}

-- name: related_referred :one (id: ParticipantId, day: date) -> Referred
-- What the caseworker who referred a citizen follows: no notes, no wishes.
SELECT p.id, p.name, o.name AS partner_name, m.name AS contact_person_name, p.admitted,
       (SELECT s.code FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :day
         ORDER BY s.since DESC LIMIT 1) AS status
  FROM participant p
  JOIN organisation o ON o.tenant = p.tenant AND o.id = p.partner
  LEFT JOIN member m ON m.tenant = p.tenant AND m.id = p.contact_person
 WHERE p.tenant = :tenant AND p.id = :id;
