-- include: feature/programme/programme_codes.h
-- type: Programme {id: ProgrammeId, code: text, name: text, owner: OrganisationId, funder: OrganisationId?, starts: date, ends: date, intake_first: date, intake_last: date, status_date: date, gap_days: int, retention_months: int, followup_job_months: int, followup_internship_days: int, made_up: bool, version: int, changed: time, changed_by: text?}
-- type: ProgrammeHeld {first_admitted: date?, last_admitted: date?, first_contact: date?, last_contact: date?, last_placement: date?}
-- type: PartnerRow {organisation: OrganisationId, name: text, municipality: int?, staff_hours_week: real?, places: int?, admitted: int}
-- type: PlacesRow {organisation: OrganisationId, name: text, valid_from: date, places: int, why: text?}
-- type: Member {id: MemberId, programme: ProgrammeId, organisation: OrganisationId, name: text, role: MemberRole, email: text?, since: date, until: date?, version: int}

-- name: programme_insert :exec (Programme)
INSERT INTO programme (tenant, id, code, name, owner, funder, starts, ends, intake_first, intake_last, status_date,
                       gap_days, retention_months, followup_job_months, followup_internship_days, made_up,
                       version, changed, changed_by)
VALUES (:tenant, :id, :code, :name, :owner, :funder, :starts, :ends, :intake_first, :intake_last, :status_date,
        :gap_days, :retention_months, :followup_job_months, :followup_internship_days, :made_up,
        :version, :changed, :changed_by);

-- name: programme_update :count (Programme)
-- Changes the row that still has `version`; the new one is version + 1.
UPDATE programme
   SET code = :code, name = :name, owner = :owner, funder = :funder, starts = :starts, ends = :ends,
       intake_first = :intake_first, intake_last = :intake_last, status_date = :status_date,
       gap_days = :gap_days, retention_months = :retention_months, followup_job_months = :followup_job_months,
       followup_internship_days = :followup_internship_days, made_up = :made_up,
       version = :version + 1, changed = :changed, changed_by = :changed_by
 WHERE tenant = :tenant AND id = :id AND version = :version;

-- name: programme_get :one (id: ProgrammeId) -> Programme
SELECT id, code, name, owner, funder, starts, ends, intake_first, intake_last, status_date, gap_days,
       retention_months, followup_job_months, followup_internship_days, made_up, version, changed, changed_by
  FROM programme
 WHERE tenant = :tenant AND id = :id;

-- name: programme_by_code :one (code: text) -> Programme
SELECT id, code, name, owner, funder, starts, ends, intake_first, intake_last, status_date, gap_days,
       retention_months, followup_job_months, followup_internship_days, made_up, version, changed, changed_by
  FROM programme
 WHERE tenant = :tenant AND code = :code;

-- name: programme_all :many () -> Programme
-- Newest first.
SELECT id, code, name, owner, funder, starts, ends, intake_first, intake_last, status_date, gap_days,
       retention_months, followup_job_months, followup_internship_days, made_up, version, changed, changed_by
  FROM programme
 WHERE tenant = :tenant
 ORDER BY starts DESC, id;

-- name: programme_held :one (programme: ProgrammeId) -> ProgrammeHeld
-- The days that a programme's period must go on holding.
SELECT (SELECT min(p.admitted) FROM participant p
         WHERE p.tenant = :tenant AND p.programme = :programme) AS first_admitted,
       (SELECT max(p.admitted) FROM participant p
         WHERE p.tenant = :tenant AND p.programme = :programme) AS last_admitted,
       (SELECT min(k.day) FROM contact k JOIN participant p ON p.tenant = k.tenant AND p.id = k.participant
         WHERE p.tenant = :tenant AND p.programme = :programme) AS first_contact,
       (SELECT max(k.day) FROM contact k JOIN participant p ON p.tenant = k.tenant AND p.id = k.participant
         WHERE p.tenant = :tenant AND p.programme = :programme) AS last_contact,
       (SELECT max(l.starts) FROM placement l
         WHERE l.tenant = :tenant AND l.programme = :programme) AS last_placement;

-- name: partner_insert :exec (programme: ProgrammeId, organisation: OrganisationId, staff_hours_week: real?)
INSERT INTO programme_partner (tenant, programme, organisation, staff_hours_week)
VALUES (:tenant, :programme, :organisation, :staff_hours_week);

-- name: partner_count :one (programme: ProgrammeId, organisation: OrganisationId) -> int
-- 1 when the organisation is a partner, else 0.
SELECT count(*)
  FROM programme_partner
 WHERE tenant = :tenant AND programme = :programme AND organisation = :organisation;

-- name: places_count :one (programme: ProgrammeId, organisation: OrganisationId, valid_from: date) -> int
SELECT count(*)
  FROM partner_places
 WHERE tenant = :tenant AND programme = :programme AND organisation = :organisation AND valid_from = :valid_from;

-- name: places_insert :exec (programme: ProgrammeId, organisation: OrganisationId, valid_from: date, places: int, why: text?)
INSERT INTO partner_places (tenant, programme, organisation, valid_from, places, why)
VALUES (:tenant, :programme, :organisation, :valid_from, :places, :why);

-- name: programme_partners :many (programme: ProgrammeId, day: date) -> PartnerRow
-- Partners by name, with the places that apply on the day and how many had been admitted by then.
SELECT o.id AS organisation, o.name, o.municipality, pp.staff_hours_week,
       (SELECT pl.places
          FROM partner_places pl
         WHERE pl.tenant = pp.tenant AND pl.programme = pp.programme AND pl.organisation = pp.organisation
           AND pl.valid_from <= :day
         ORDER BY pl.valid_from DESC LIMIT 1) AS places,
       (SELECT count(*)
          FROM participant p
         WHERE p.tenant = pp.tenant AND p.programme = pp.programme AND p.partner = pp.organisation
           AND p.admitted <= :day) AS admitted
  FROM programme_partner pp
  JOIN organisation o ON o.tenant = pp.tenant AND o.id = pp.organisation
 WHERE pp.tenant = :tenant AND pp.programme = :programme
 ORDER BY o.name, o.id;

-- name: places_history :many (programme: ProgrammeId) -> PlacesRow
-- Every number of places a partner has had, oldest first.
SELECT pl.organisation, o.name, pl.valid_from, pl.places, pl.why
  FROM partner_places pl
  JOIN organisation o ON o.tenant = pl.tenant AND o.id = pl.organisation
 WHERE pl.tenant = :tenant AND pl.programme = :programme
 ORDER BY o.name, o.id, pl.valid_from;

-- name: member_insert :exec (Member)
INSERT INTO member (tenant, id, programme, organisation, name, role, email, since, until, version)
VALUES (:tenant, :id, :programme, :organisation, :name, :role, :email, :since, :until, :version);

-- name: member_get :one (id: MemberId) -> Member
SELECT id, programme, organisation, name, role, email, since, until, version
  FROM member
 WHERE tenant = :tenant AND id = :id;

-- name: programme_team :many (programme: ProgrammeId) -> Member
-- Everybody who is or was on the team, by name.
SELECT id, programme, organisation, name, role, email, since, until, version
  FROM member
 WHERE tenant = :tenant AND programme = :programme
 ORDER BY name, id;

-- name: member_update :count (Member)
-- Changes the row that still has `version`; the new one is version + 1. The programme stays.
UPDATE member
   SET organisation = :organisation, name = :name, role = :role, email = :email, since = :since, until = :until,
       version = :version + 1
 WHERE tenant = :tenant AND id = :id AND version = :version AND programme = :programme;

-- name: member_citizens :one (member: MemberId) -> int
-- How many citizens have the member as contact person.
SELECT count(*)
  FROM participant
 WHERE tenant = :tenant AND contact_person = :member;
