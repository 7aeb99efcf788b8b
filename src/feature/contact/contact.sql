-- include: feature/contact/contact_codes.h
-- include: feature/contact/contact_line.h
-- type: Contact {id: ContactId, participant: ParticipantId, at: time, programme: ProgrammeId, partner: OrganisationId, day: date, kind: ContactKind, purpose: ContactPurpose, place: ContactPlace?, company: CompanyId?, placement: PlacementId?, follow_up: bool, minutes: int?, note: sealed(contact.note, participant, id)?, member: MemberId?, version: int}
-- type: ContactLine extern {id: ContactId, participant: ParticipantId, at: time, day: date, kind: ContactKind, purpose: ContactPurpose, place: ContactPlace?, company: CompanyId?, placement: PlacementId?, follow_up: bool, minutes: int?, note: sealed(contact.note, participant, id)?, member: MemberId?}
-- type: ContactName {name: text}
-- type: ContactContext {programme: ProgrammeId, partner: OrganisationId, starts: date, ends: date, deceased: date?, companies: int, placement_of: ParticipantId?, placement_company: CompanyId?, member_of: ProgrammeId?, registered: int}
-- type: ContactSum {month: int?, kind: ContactKind?, partner: OrganisationId?, purpose: ContactPurpose?, n: int}
-- type: ContactDayCount {programme: ProgrammeId, partner: OrganisationId, day: date, kind: ContactKind, purpose: ContactPurpose, n: int}
-- type: ContactCount {programme: ProgrammeId, partner: OrganisationId, month: int, kind: ContactKind, purpose: ContactPurpose, n: int}
-- type: ContactUnasked {id: ContactId, participant: ParticipantId, company: CompanyId, day: date, all_n: int}
-- type: ContactCompany {id: CompanyId, name: text, placed: int}

-- name: contact_insert :exec (Contact)
INSERT INTO contact (tenant, participant, at, id, programme, partner, day, kind, purpose, place, company, placement,
                     follow_up, minutes, note, member, version)
VALUES (:tenant, :participant, :at, :id, :programme, :partner, :day, :kind, :purpose, :place, :company, :placement,
        :follow_up, :minutes, :note, :member, :version);

-- name: contact_update :count (id: ContactId, participant: ParticipantId, old_at: time, at: time, day: date, kind: ContactKind, purpose: ContactPurpose, place: ContactPlace?, company: CompanyId?, placement: PlacementId?, follow_up: bool, minutes: int?, note: sealed(contact.note, participant, id)?, member: MemberId?, version: int)
-- Changes the row that still has `version`; the new one is version + 1. Whose it is and the partner of then stay.
UPDATE contact
   SET at = :at, day = :day, kind = :kind, purpose = :purpose, place = :place, company = :company,
       placement = :placement, follow_up = :follow_up, minutes = :minutes, note = :note, member = :member,
       version = :version + 1
 WHERE tenant = :tenant AND participant = :participant AND at = :old_at AND id = :id AND version = :version;

-- name: contact_count_add :exec (programme: ProgrammeId, partner: OrganisationId, month: int, kind: ContactKind, purpose: ContactPurpose)
-- One more contact of a month (201811).
INSERT INTO contact_count (tenant, programme, partner, month, kind, purpose, n)
VALUES (:tenant, :programme, :partner, :month, :kind, :purpose, 1)
    ON CONFLICT (tenant, programme, partner, month, kind, purpose) DO UPDATE SET n = contact_count.n + 1;

-- name: contact_delete :count (participant: ParticipantId, at: time, id: ContactId, version: int)
DELETE FROM contact
 WHERE tenant = :tenant AND participant = :participant AND at = :at AND id = :id AND version = :version;

-- name: contact_count_drop :count (programme: ProgrammeId, partner: OrganisationId, month: int, kind: ContactKind, purpose: ContactPurpose)
-- One contact of a month less.
UPDATE contact_count
   SET n = n - 1
 WHERE tenant = :tenant AND programme = :programme AND partner = :partner AND month = :month AND kind = :kind
   AND purpose = :purpose;

-- name: contact_days_of :many(100000) (participant: ParticipantId) -> ContactDayCount
-- What the counters hold of one citizen.
SELECT programme, partner, day, kind, purpose, count(*) AS n
  FROM contact
 WHERE tenant = :tenant AND participant = :participant
 GROUP BY programme, partner, day, kind, purpose
 ORDER BY day, kind, purpose;

-- name: contact_delete_all :exec (participant: ParticipantId)
DELETE FROM contact
 WHERE tenant = :tenant AND participant = :participant;

-- name: contact_get :one (id: ContactId) -> Contact
SELECT id, participant, at, programme, partner, day, kind, purpose, place, company, placement, follow_up, minutes,
       note, member, version
  FROM contact
 WHERE tenant = :tenant AND id = :id;

-- name: contact_context :one (participant: ParticipantId, company: CompanyId?, placement: PlacementId?, member: MemberId?, id: ContactId?) -> ContactContext
-- What the rules need to know before a contact is stored.
SELECT p.programme, p.partner, g.starts, g.ends,
       (SELECT min(s.since) FROM status s
         WHERE s.tenant = p.tenant AND s.participant = p.id AND s.code = 'deceased') AS deceased,
       (SELECT count(*) FROM company v WHERE v.tenant = p.tenant AND v.id = :company) AS companies,
       (SELECT l.participant FROM placement l WHERE l.tenant = p.tenant AND l.id = :placement) AS placement_of,
       (SELECT l.company FROM placement l WHERE l.tenant = p.tenant AND l.id = :placement) AS placement_company,
       (SELECT m.programme FROM member m WHERE m.tenant = p.tenant AND m.id = :member) AS member_of,
       (SELECT count(*) FROM contact k WHERE k.tenant = p.tenant AND k.id = :id) AS registered
  FROM participant p
  JOIN programme g ON g.tenant = p.tenant AND g.id = p.programme
 WHERE p.tenant = :tenant AND p.id = :participant;

-- name: contact_placement_at :one (participant: ParticipantId, company: CompanyId, day: date) -> PlacementId
-- The placement at the company that is open on the day, the newest of several.
SELECT id
  FROM placement
 WHERE tenant = :tenant AND participant = :participant AND company = :company
   AND starts <= :day AND (ends IS NULL OR ends >= :day)
 ORDER BY starts DESC, id DESC
 LIMIT 1;

-- name: contact_unlink_placement :exec (placement: PlacementId, participant: ParticipantId, company: CompanyId, starts: date, ends: date?)
-- Contacts that the placement, as it is now, does not cover: of another company, or with it on another day.
UPDATE contact
   SET placement = NULL
 WHERE tenant = :tenant AND participant = :participant AND placement = :placement
   AND (company <> :company
        OR (purpose IN ('company_retention', 'company_job_search')
            AND (day < :starts OR (:ends IS NOT NULL AND day > :ends))));

-- name: contact_link_placements :exec (participant: ParticipantId)
-- Contacts with a company that belong to no placement go to the one that was open there that day, the newest of several.
UPDATE contact
   SET placement = (SELECT l.id
                      FROM placement l
                     WHERE l.tenant = contact.tenant AND l.participant = contact.participant
                       AND l.company = contact.company AND l.starts <= contact.day
                       AND (l.ends IS NULL OR l.ends >= contact.day)
                     ORDER BY l.starts DESC, l.id DESC
                     LIMIT 1)
 WHERE tenant = :tenant AND participant = :participant AND placement IS NULL
   AND purpose IN ('company_retention', 'company_job_search');

-- name: contact_lines :many(1000) (participant: ParticipantId, before_at: time, before_id: ContactId?, most: int) -> ContactLine
-- The participant's contacts before (before_at, before_id), newest first. contact_page fills the names in: a page has
-- few different ones, and a join would look them up for every line.
SELECT id, participant, at, day, kind, purpose, place, company, placement, follow_up, minutes, note, member
  FROM contact
 WHERE tenant = :tenant AND participant = :participant AND (at, id) < (:before_at, :before_id)
 ORDER BY at DESC, id DESC
 LIMIT :most;

-- name: contact_company_name :one (id: CompanyId) -> ContactName
SELECT name
  FROM company
 WHERE tenant = :tenant AND id = :id;

-- name: contact_member_name :one (id: MemberId) -> ContactName
SELECT name
  FROM member
 WHERE tenant = :tenant AND id = :id;

-- name: contact_companies :many(50) (participant: ParticipantId, today: date) -> ContactCompany
-- Companies that there has been something with on the citizen's behalf, or that the citizen says yes to, by name.
SELECT v.id, v.name,
       (SELECT count(*) FROM placement l
         WHERE l.tenant = v.tenant AND l.participant = :participant AND l.company = v.id) AS placed
  FROM company v
 WHERE v.tenant = :tenant
   AND v.id IN (SELECT l.company FROM placement l WHERE l.tenant = :tenant AND l.participant = :participant
                UNION
                SELECT k.company FROM contact k WHERE k.tenant = :tenant AND k.participant = :participant
                UNION
                SELECT s.receiver FROM consent s
                 WHERE s.tenant = :tenant AND s.participant = :participant AND s.purpose = 'contact_company'
                   AND s.receiver IS NOT NULL AND s.withdrawn IS NULL AND s.since <= :today
                   AND (s.until IS NULL OR s.until >= :today))
 ORDER BY v.name_sort, v.id
 LIMIT 50;

-- name: contact_sums :many(100000) (programme: ProgrammeId, partner: OrganisationId?, by_month: bool, by_kind: bool, by_partner: bool, by_purpose: bool) -> ContactSum
-- Contacts of a programme from the counters; what is not asked for is none and added up.
SELECT month, kind, partner, purpose, CAST(sum(n) AS BIGINT) AS n
  FROM (SELECT CASE WHEN :by_month THEN month END AS month,
               CASE WHEN :by_kind THEN kind END AS kind,
               CASE WHEN :by_partner THEN partner END AS partner,
               CASE WHEN :by_purpose THEN purpose END AS purpose, n
          FROM contact_count
         WHERE tenant = :tenant AND programme = :programme AND n > 0
           AND (:partner IS NULL OR partner = :partner)) AS counted
 GROUP BY month, kind, partner, purpose
 ORDER BY month, kind, partner, purpose;

-- name: contact_counters :many(1000000) () -> ContactCount
SELECT programme, partner, month, kind, purpose, n
  FROM contact_count
 WHERE tenant = :tenant
 ORDER BY programme, partner, month, kind, purpose;

-- name: contact_full_count :each () -> ContactDayCount
-- What the counters should say, by day, from every contact there is.
SELECT programme, partner, day, kind, purpose, count(*) AS n
  FROM contact
 WHERE tenant = :tenant
 GROUP BY programme, partner, day, kind, purpose
 ORDER BY programme, partner, day, kind, purpose;

-- name: contact_with_company :one () -> int
SELECT count(*) FROM contact WHERE tenant = :tenant AND company IS NOT NULL;

-- name: contact_unasked :many(20) () -> ContactUnasked
-- Contacts that name a company and that no consent covers, by consent_covering's rule, the newest first; how many there
-- are stands in each.
SELECT k.id, k.participant, k.company, k.day, count(*) OVER () AS all_n
  FROM contact k
 WHERE k.tenant = :tenant AND k.company IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM consent s
                    WHERE s.tenant = k.tenant AND s.participant = k.participant AND s.purpose = 'contact_company'
                      AND (s.receiver IS NULL OR s.receiver = k.company)
                      AND s.since <= k.day AND (s.until IS NULL OR s.until >= k.day)
                      AND (s.withdrawn IS NULL OR s.withdrawn > k.at)
                      AND (s.counts_from IS NULL OR s.counts_from <= k.at)
                      AND NOT EXISTS (SELECT 1 FROM consent_no n
                                       WHERE n.tenant = k.tenant AND n.participant = k.participant
                                         AND n.purpose = 'contact_company' AND n.receiver = k.company
                                         AND n.said <= k.at AND (n.lifted IS NULL OR n.lifted > k.at)
                                         AND (s.receiver IS NULL OR s.given < n.said OR s.given > k.at)))
 ORDER BY k.day DESC, k.id
 LIMIT 20;
