-- include: feature/status/status_codes.h
-- type: Status {participant: ParticipantId, since: date, code: StatusCode, note: sealed(status.note, participant, since)?, version: int, changed: time?, changed_by: text?}
-- type: StatusContext {programme: ProgrammeId, admitted: date, same_day: StatusCode?, before: StatusCode?, first: date?, deceased: date?, later: int, open_placements: int, last_talk: date?}
-- type: StatusCountRow {code: StatusCode?, n: int}

-- name: status_insert :exec (programme: ProgrammeId, Status)
INSERT INTO status (tenant, participant, since, programme, code, note, version, changed, changed_by)
VALUES (:tenant, :participant, :since, :programme, :code, :note, :version, :changed, :changed_by);

-- name: status_context :one (participant: ParticipantId, since: date) -> StatusContext
-- What the rules need to know before a status from `since` is added.
SELECT p.programme, p.admitted,
       (SELECT s.code FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since = :since) AS same_day,
       (SELECT s.code FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since < :since
         ORDER BY s.since DESC LIMIT 1) AS before,
       (SELECT min(s.since) FROM status s WHERE s.tenant = p.tenant AND s.participant = p.id) AS first,
       (SELECT min(s.since) FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.code = 'deceased') AS deceased,
       (SELECT count(*) FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since > :since) AS later,
       (SELECT count(*) FROM placement l
         WHERE l.tenant = p.tenant AND l.participant = p.id AND (l.ends IS NULL OR l.ends > :since)) AS open_placements,
       (SELECT max(k.day) FROM contact k
         WHERE k.tenant = p.tenant AND k.participant = p.id AND k.purpose = 'citizen') AS last_talk
  FROM participant p
 WHERE p.tenant = :tenant AND p.id = :participant;

-- name: status_timeline :many (participant: ParticipantId) -> Status
-- The participant's time line, newest first.
SELECT participant, since, code, note, version, changed, changed_by
  FROM status
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY since DESC;

-- name: status_at :one (participant: ParticipantId, day: date) -> Status
-- The one that holds on the day; NOT_FOUND before the first.
SELECT participant, since, code, note, version, changed, changed_by
  FROM status
 WHERE tenant = :tenant AND participant = :participant AND since <= :day
 ORDER BY since DESC
 LIMIT 1;

-- name: status_replace :count (Status)
-- Changes the one that still has `version`; the new one is version + 1.
UPDATE status
   SET code = :code, note = :note, version = :version + 1, changed = :changed, changed_by = :changed_by
 WHERE tenant = :tenant AND participant = :participant AND since = :since AND version = :version;

-- name: status_delete :exec (participant: ParticipantId, since: date)
DELETE FROM status
 WHERE tenant = :tenant AND participant = :participant AND since = :since;

-- name: status_counts :many (programme: ProgrammeId, partner: OrganisationId?, day: date) -> StatusCountRow
-- How many of those admitted by the day had which status then; none: no status registered.
SELECT code, count(*) AS n
  FROM (SELECT (SELECT s.code
                  FROM status s
                 WHERE s.tenant = p.tenant AND s.participant = p.id AND s.since <= :day
                 ORDER BY s.since DESC LIMIT 1) AS code
          FROM participant p
         WHERE p.tenant = :tenant AND p.programme = :programme AND p.admitted <= :day
           AND (:partner IS NULL OR p.partner = :partner)) AS everyone
 GROUP BY code;
