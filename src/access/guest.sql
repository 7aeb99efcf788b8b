-- include: access/actor.h
-- type: GuestCode {id: GuestCodeId, hash: bytes, role: Role, participant: ParticipantId, sheet: SheetId?, made: time, made_by: UserId?, expires: time, tries: int}
-- type: GuestSession {hash: bytes, code: GuestCodeId, csrf: bytes, created: time, expires: time}
-- type: GuestKnown {csrf: bytes, expires: time, code: GuestCodeId, role: Role, participant: ParticipantId, sheet: SheetId?, proved: time?}

-- name: guest_code_insert :exec (GuestCode)
INSERT INTO guest_code (tenant, id, hash, role, participant, sheet, made, made_by, expires, tries)
VALUES (:tenant, :id, :hash, :role, :participant, :sheet, :made, :made_by, :expires, :tries);

-- name: guest_code_get :one (hash: bytes, now: time) -> GuestCode
-- A code that can still be used: of an archived citizen only the citizen's own.
SELECT k.id, k.hash, k.role, k.participant, k.sheet, k.made, k.made_by, k.expires, k.tries
  FROM guest_code k
  JOIN participant p ON p.tenant = k.tenant AND p.id = k.participant
 WHERE k.tenant = :tenant AND k.hash = :hash AND k.ended IS NULL AND k.expires > :now
   AND (p.archived IS NULL OR k.role = 'citizen');

-- name: guest_code_count :one (hash: bytes) -> int
-- Whether there is such a code, of use or not.
SELECT count(*) FROM guest_code WHERE tenant = :tenant AND hash = :hash;

-- name: guest_code_end :exec (participant: ParticipantId, role: Role, sheet: SheetId?, ended: time)
-- Those of the citizen in the role, and of the sheet where one is named.
UPDATE guest_code SET ended = :ended
 WHERE tenant = :tenant AND participant = :participant AND role = :role AND ended IS NULL
   AND (:sheet IS NULL OR sheet = :sheet);

-- name: guest_code_end_all :exec (now: time)
UPDATE guest_code SET ended = :now
 WHERE tenant = :tenant AND ended IS NULL;

-- name: guest_code_use :exec (id: GuestCodeId, tries: int, ended: time?)
UPDATE guest_code SET tries = :tries, ended = :ended
 WHERE tenant = :tenant AND id = :id;

-- name: guest_born :one (participant: ParticipantId) -> date?
SELECT born FROM participant
 WHERE tenant = :tenant AND id = :participant;

-- name: guest_session_insert :exec (GuestSession)
INSERT INTO guest_session (tenant, hash, code, csrf, created, expires)
VALUES (:tenant, :hash, :code, :csrf, :created, :expires);

-- name: guest_session_get :one (hash: bytes, now: time) -> GuestKnown
-- Proved: when a code was shown; one that was made used up stands for a provider's word.
SELECT s.csrf, s.expires, k.id AS code, k.role, k.participant, k.sheet,
       CASE WHEN k.expires > k.made THEN s.created END AS proved
  FROM guest_session s
  JOIN guest_code k ON k.tenant = s.tenant AND k.id = s.code
  JOIN participant p ON p.tenant = k.tenant AND p.id = k.participant
 WHERE s.tenant = :tenant AND s.hash = :hash AND s.expires > :now AND (p.archived IS NULL OR k.role = 'citizen');

-- name: guest_session_delete :exec (hash: bytes)
DELETE FROM guest_session
 WHERE tenant = :tenant AND hash = :hash;

-- name: guest_session_delete_of :exec (participant: ParticipantId, role: Role, kept: bytes?)
-- Those of the citizen in the role, but for one.
DELETE FROM guest_session
 WHERE tenant = :tenant AND (:kept IS NULL OR hash <> :kept)
   AND code IN (SELECT k.id FROM guest_code k
                 WHERE k.tenant = :tenant AND k.participant = :participant AND k.role = :role);

-- name: guest_session_delete_all :exec ()
DELETE FROM guest_session
 WHERE tenant = :tenant;

-- name: guest_session_delete_ended :exec (now: time)
DELETE FROM guest_session
 WHERE tenant = :tenant AND expires <= :now;
