-- include: feature/activity/activity_codes.h
-- type: Activity {id: ActivityId, programme: ProgrammeId, organisation: OrganisationId?, kind: ActivityKind, title: text, day: date, sessions: int, held: bool}
-- type: ActivityContext {sessions: int, same_programme: int}

-- name: activity_insert :exec (Activity)
INSERT INTO activity (tenant, id, programme, organisation, kind, title, day, sessions, held)
VALUES (:tenant, :id, :programme, :organisation, :kind, :title, :day, :sessions, :held);

-- name: activity_context :one (id: ActivityId, participant: ParticipantId) -> ActivityContext
-- What the rules need to know before an attendance is stored.
SELECT a.sessions,
       (SELECT count(*) FROM participant p
         WHERE p.tenant = a.tenant AND p.id = :participant AND p.programme = a.programme) AS same_programme
  FROM activity a
 WHERE a.tenant = :tenant AND a.id = :id;

-- name: attendance_put :exec (activity: ActivityId, participant: ParticipantId, session: int, attended: bool)
INSERT INTO attendance (tenant, activity, participant, session, attended)
VALUES (:tenant, :activity, :participant, :session, :attended)
    ON CONFLICT (tenant, activity, participant, session) DO UPDATE SET attended = :attended;
