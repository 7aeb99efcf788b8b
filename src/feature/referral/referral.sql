-- include: feature/referral/referral_codes.h
-- type: Referral {id: ParticipantId, programme: ProgrammeId, partner: OrganisationId, made: time, made_by: UserId?, name: sealed(referral.name, id, id)?, cpr: sealed(referral.cpr, id, id)?, cpr_index: bytes?, municipality: int?, phone: sealed(referral.phone, id, id)?, email: sealed(referral.email, id, id)?, why: sealed(referral.why, id, id)?, state: ReferralState, agreed: time?, archived: time?}
-- type: ReferralLine {id: ParticipantId, name: sealed(referral.name, id, id)?, partner_name: text, made: time, user_name: text?, state: ReferralState, decided: time}
-- type: ReferralStep {id: ReferralStepId, referral: ParticipantId, state: ReferralState, at: time, made_by: text?, reason: sealed(referral_step.reason, referral, id)?}
-- type: ReferralOrigin {id: ParticipantId, made: time, user_name: text?, why: sealed(referral.why, id, id)?}

-- name: referral_insert :exec (Referral)
INSERT INTO referral (tenant, id, programme, partner, made, made_by, name, cpr, cpr_index, municipality, phone, email,
                      why, state, agreed)
VALUES (:tenant, :id, :programme, :partner, :made, :made_by, :name, :cpr, :cpr_index, :municipality, :phone, :email,
        :why, :state, :agreed);

-- name: referral_step_insert :exec (ReferralStep)
INSERT INTO referral_step (tenant, id, referral, state, at, made_by, reason)
VALUES (:tenant, :id, :referral, :state, :at, :made_by, :reason);

-- name: referral_get :one (id: ParticipantId, programme: ProgrammeId?, partner: OrganisationId?, made_by: UserId?) -> Referral
-- One that has not led to an admission, within the scope; ids that are none do not restrict. Whoever was archived is
-- found by those who reach the whole programme.
SELECT id, programme, partner, made, made_by, name, cpr, cpr_index, municipality, phone, email, why, state, agreed,
       archived
  FROM referral
 WHERE tenant = :tenant AND id = :id AND erased IS NULL AND state <> 'admitted'
   AND (archived IS NULL OR (:partner IS NULL AND :made_by IS NULL))
   AND (:programme IS NULL OR programme = :programme)
   AND (:partner IS NULL OR partner = :partner)
   AND (:made_by IS NULL OR made_by = :made_by);

-- name: referral_waiting :many(500) (programme: ProgrammeId?, partner: OrganisationId?) -> ReferralLine
-- What the team has still to decide: first what is open, then what is on standby, the oldest first.
SELECT r.id, r.name, o.name AS partner_name, r.made, u.name AS user_name, r.state,
       (SELECT max(s.at) FROM referral_step s WHERE s.tenant = r.tenant AND s.referral = r.id) AS decided
  FROM referral r
  JOIN organisation o ON o.tenant = r.tenant AND o.id = r.partner
  LEFT JOIN app_user u ON u.tenant = r.tenant AND u.id = r.made_by
 WHERE r.tenant = :tenant AND r.erased IS NULL AND r.archived IS NULL AND r.state IN ('open', 'standby')
   AND (:programme IS NULL OR r.programme = :programme)
   AND (:partner IS NULL OR r.partner = :partner)
 ORDER BY r.state, r.made, r.id
 LIMIT 500;

-- name: referral_declined :many(500) (programme: ProgrammeId?, partner: OrganisationId?) -> ReferralLine
-- What came to nothing, the newest first; what was archived, for those who reach the whole programme.
SELECT r.id, r.name, o.name AS partner_name, r.made, u.name AS user_name, r.state,
       (SELECT max(s.at) FROM referral_step s WHERE s.tenant = r.tenant AND s.referral = r.id) AS decided
  FROM referral r
  JOIN organisation o ON o.tenant = r.tenant AND o.id = r.partner
  LEFT JOIN app_user u ON u.tenant = r.tenant AND u.id = r.made_by
 WHERE r.tenant = :tenant AND r.erased IS NULL
   AND (r.archived IS NULL AND r.state IN ('declined', 'citizen_declined')
        OR r.archived IS NOT NULL AND r.state <> 'admitted' AND :partner IS NULL)
   AND (:programme IS NULL OR r.programme = :programme)
   AND (:partner IS NULL OR r.partner = :partner)
 ORDER BY decided DESC, r.id
 LIMIT 500;

-- name: referral_own :many(500) (programme: ProgrammeId, made_by: UserId) -> ReferralLine
-- A caseworker's own that have not led to an admission, the newest first.
SELECT r.id, r.name, o.name AS partner_name, r.made, u.name AS user_name, r.state,
       (SELECT max(s.at) FROM referral_step s WHERE s.tenant = r.tenant AND s.referral = r.id) AS decided
  FROM referral r
  JOIN organisation o ON o.tenant = r.tenant AND o.id = r.partner
  LEFT JOIN app_user u ON u.tenant = r.tenant AND u.id = r.made_by
 WHERE r.tenant = :tenant AND r.programme = :programme AND r.made_by = :made_by AND r.erased IS NULL
   AND r.archived IS NULL AND r.state <> 'admitted'
 ORDER BY r.made DESC, r.id
 LIMIT 500;

-- name: referral_count_open :one (programme: ProgrammeId?, partner: OrganisationId?) -> int
SELECT count(*)
  FROM referral
 WHERE tenant = :tenant AND erased IS NULL AND archived IS NULL AND state = 'open'
   AND (:programme IS NULL OR programme = :programme)
   AND (:partner IS NULL OR partner = :partner);

-- name: referral_same :one (programme: ProgrammeId, made_by: UserId?, cpr_index: bytes) -> int
-- How many of one caseworker's are about the same person and have not been answered with a no.
SELECT count(*)
  FROM referral
 WHERE tenant = :tenant AND programme = :programme AND made_by = :made_by AND cpr_index = :cpr_index
   AND erased IS NULL AND archived IS NULL AND state IN ('open', 'standby');

-- name: referral_waiting_about :one (programme: ProgrammeId, partner: OrganisationId, cpr_index: bytes) -> Referral
-- The oldest about a person that waits for the partner's answer, and that the citizen agrees to.
SELECT id, programme, partner, made, made_by, name, cpr, cpr_index, municipality, phone, email, why, state, agreed,
       archived
  FROM referral
 WHERE tenant = :tenant AND programme = :programme AND partner = :partner AND cpr_index = :cpr_index
   AND erased IS NULL AND archived IS NULL AND state IN ('open', 'standby') AND agreed IS NOT NULL
 ORDER BY made, id
 LIMIT 1;

-- name: referral_steps :many(200) (referral: ParticipantId) -> ReferralStep
-- Oldest first.
SELECT id, referral, state, at, made_by, reason
  FROM referral_step
 WHERE tenant = :tenant AND referral = :referral
 ORDER BY at, id
 LIMIT 200;

-- name: referral_origin :one (id: ParticipantId) -> ReferralOrigin
-- How a participant was referred.
SELECT r.id, r.made, u.name AS user_name, r.why
  FROM referral r
  LEFT JOIN app_user u ON u.tenant = r.tenant AND u.id = r.made_by
 WHERE r.tenant = :tenant AND r.id = :id AND r.erased IS NULL AND r.state = 'admitted';

-- name: referral_set_state :count (id: ParticipantId, state: ReferralState, agreed: time?)
UPDATE referral SET state = :state, agreed = :agreed
 WHERE tenant = :tenant AND id = :id AND state <> :state AND state <> 'admitted' AND erased IS NULL
   AND archived IS NULL;

-- name: referral_set_withdrawn :count (id: ParticipantId)
-- By the citizen, while nobody has answered.
UPDATE referral SET state = 'citizen_declined', agreed = NULL
 WHERE tenant = :tenant AND id = :id AND state IN ('open', 'standby') AND erased IS NULL
   AND archived IS NULL;

-- name: referral_set_admitted :count (id: ParticipantId)
-- Who it is stands with the participant from now on. None is admitted who has got, or given, a no.
UPDATE referral
   SET state = 'admitted', name = NULL, cpr = NULL, cpr_index = NULL, municipality = NULL, phone = NULL, email = NULL
 WHERE tenant = :tenant AND id = :id AND state IN ('open', 'standby') AND agreed IS NOT NULL AND erased IS NULL
   AND archived IS NULL;
