-- type: Person {id: ParticipantId, programme: ProgrammeId, name: sealed(participant.name, id, id)}

-- name: feature_person :one (id: ParticipantId, programme: ProgrammeId?, partner: OrganisationId?) -> Person
-- A participant within the scope; NOT_FOUND outside. Ids that are none do not restrict.
SELECT id, programme, name
  FROM participant
 WHERE tenant = :tenant AND id = :id
   AND (:programme IS NULL OR programme = :programme)
   AND (:partner IS NULL OR partner = :partner);
