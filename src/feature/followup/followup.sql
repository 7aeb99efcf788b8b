-- include: feature/placement/placement_codes.h
-- include: feature/status/status_codes.h
-- type: FollowupRow {placement: PlacementId, participant: ParticipantId, participant_name: sealed(participant.name, participant, participant), contact_person: MemberId?, contact_person_name: text?, company: CompanyId, company_name: text, kind: PlacementKind, starts: date, status: StatusCode?, citizen_last: date?, company_last: date?}

-- name: followup_open :many(20000) (programme: ProgrammeId, partner: OrganisationId?, contact_person: MemberId?, day: date) -> FollowupRow
-- Placements that are open on the day, with the last follow-up of each side since their start.
SELECT l.id AS placement, l.participant, p.name AS participant_name, p.contact_person, m.name AS contact_person_name,
       l.company, v.name AS company_name, l.kind, l.starts,
       (SELECT s.code FROM status s
         WHERE s.tenant = l.tenant AND s.participant = l.participant AND s.since <= :day
         ORDER BY s.since DESC LIMIT 1) AS status,
       (SELECT max(k.day) FROM contact k
         WHERE k.tenant = l.tenant AND k.participant = l.participant AND k.follow_up AND k.purpose = 'citizen'
           AND k.day >= l.starts AND k.day <= :day AND (k.placement IS NULL OR k.placement = l.id)) AS citizen_last,
       (SELECT max(k.day) FROM contact k
         WHERE k.tenant = l.tenant AND k.participant = l.participant AND k.follow_up
           AND k.purpose IN ('company_retention', 'company_job_search')
           AND k.day >= l.starts AND k.day <= :day AND k.placement = l.id) AS company_last
  FROM placement l
  JOIN participant p ON p.tenant = l.tenant AND p.id = l.participant
  JOIN company v ON v.tenant = l.tenant AND v.id = l.company
  LEFT JOIN member m ON m.tenant = p.tenant AND m.id = p.contact_person
 WHERE l.tenant = :tenant AND l.programme = :programme
   AND l.starts <= :day AND (l.ends IS NULL OR l.ends >= :day) AND p.archived IS NULL
   AND (:partner IS NULL OR p.partner = :partner)
   AND (:contact_person IS NULL OR p.contact_person = :contact_person)
 ORDER BY l.starts, l.id;
