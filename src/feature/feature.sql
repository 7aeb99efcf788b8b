-- type: Person {id: ParticipantId, programme: ProgrammeId, partner: OrganisationId, name: sealed(participant.name, id, id)}

-- name: feature_person :one (id: ParticipantId, programme: ProgrammeId?, partner: OrganisationId?) -> Person
-- A participant within the scope; NOT_FOUND outside. Ids that are none do not restrict. Whoever was erased is no
-- person any more; whoever was archived is one for those who reach the whole programme.
SELECT id, programme, partner, name
  FROM participant
 WHERE tenant = :tenant AND id = :id AND erased IS NULL AND (archived IS NULL OR :partner IS NULL)
   AND (:programme IS NULL OR programme = :programme)
   AND (:partner IS NULL OR partner = :partner);
