-- type: Diagnosis {participant: ParticipantId, words: sealed(diagnosis.words, participant, participant), version: int, changed: time, changed_by: text}
-- type: DiagnosisWho {participant: ParticipantId}
-- type: DiagnosisSwitch {programme: ProgrammeId, seq: int, turned_on: bool, why: text, erased: int, at: time, changed_by: text}

-- name: diagnosis_may :one (participant: ParticipantId, day: date) -> int
-- One when the programme has it turned on and the citizen's consent covers the day.
SELECT count(*)
  FROM participant p
  JOIN diagnosis_switch w ON w.tenant = p.tenant AND w.programme = p.programme
 WHERE p.tenant = :tenant AND p.id = :participant AND w.turned_on
   AND w.seq = (SELECT max(l.seq) FROM diagnosis_switch l WHERE l.tenant = p.tenant AND l.programme = p.programme)
   AND EXISTS (SELECT 1 FROM consent s
                WHERE s.tenant = p.tenant AND s.participant = p.id AND s.purpose = 'diagnoses'
                  AND s.withdrawn IS NULL AND s.since <= :day AND (s.until IS NULL OR s.until >= :day));

-- name: diagnosis_read :one (participant: ParticipantId, day: date) -> Diagnosis
-- What the staff reads: nothing where diagnosis_may says no.
SELECT d.participant, d.words, d.version, d.changed, d.changed_by
  FROM diagnosis d
  JOIN participant p ON p.tenant = d.tenant AND p.id = d.participant
  JOIN diagnosis_switch w ON w.tenant = p.tenant AND w.programme = p.programme
 WHERE d.tenant = :tenant AND d.participant = :participant AND w.turned_on
   AND w.seq = (SELECT max(l.seq) FROM diagnosis_switch l WHERE l.tenant = p.tenant AND l.programme = p.programme)
   AND EXISTS (SELECT 1 FROM consent s
                WHERE s.tenant = p.tenant AND s.participant = p.id AND s.purpose = 'diagnoses'
                  AND s.withdrawn IS NULL AND s.since <= :day AND (s.until IS NULL OR s.until >= :day));

-- name: diagnosis_own :one (participant: ParticipantId) -> Diagnosis
-- For the citizen alone.
SELECT participant, words, version, changed, changed_by FROM diagnosis
 WHERE tenant = :tenant AND participant = :participant;

-- name: diagnosis_insert :exec (Diagnosis)
INSERT INTO diagnosis (tenant, participant, words, version, changed, changed_by)
VALUES (:tenant, :participant, :words, :version, :changed, :changed_by);

-- name: diagnosis_update :count (Diagnosis)
-- Changes the row that still has `version`; the new one is version + 1.
UPDATE diagnosis
   SET words = :words, version = :version + 1, changed = :changed, changed_by = :changed_by
 WHERE tenant = :tenant AND participant = :participant AND version = :version;

-- name: diagnosis_delete :count (participant: ParticipantId, version: int)
DELETE FROM diagnosis
 WHERE tenant = :tenant AND participant = :participant AND version = :version;

-- name: diagnosis_people :many(10000) (programme: ProgrammeId) -> DiagnosisWho
-- Of whom something is written down.
SELECT d.participant
  FROM diagnosis d
  JOIN participant p ON p.tenant = d.tenant AND p.id = d.participant
 WHERE d.tenant = :tenant AND p.programme = :programme
 ORDER BY d.participant
 LIMIT 10000;

-- name: diagnosis_delete_all :exec (programme: ProgrammeId)
DELETE FROM diagnosis
 WHERE tenant = :tenant
   AND participant IN (SELECT p.id FROM participant p WHERE p.tenant = :tenant AND p.programme = :programme);

-- name: diagnosis_switches :many(100) (programme: ProgrammeId) -> DiagnosisSwitch
-- Newest first; the first one counts. Who did it by name, or by login when the user is none of ours (the command line).
SELECT w.programme, w.seq, w.turned_on, w.why, w.erased, w.at, coalesce(u.name, w.changed_by) AS changed_by
  FROM diagnosis_switch w
  LEFT JOIN app_user u ON u.tenant = w.tenant AND u.login = w.changed_by
 WHERE w.tenant = :tenant AND w.programme = :programme
 ORDER BY w.seq DESC
 LIMIT 100;

-- name: diagnosis_switch_insert :exec (DiagnosisSwitch)
INSERT INTO diagnosis_switch (tenant, programme, seq, turned_on, why, erased, at, changed_by)
VALUES (:tenant, :programme, :seq, :turned_on, :why, :erased, :at, :changed_by);
