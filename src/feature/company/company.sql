-- type: Company {id: CompanyId, name: text, name_sort: text, cvr: text?, p_number: text?, branch: text?, municipality: int?, ordinary_employees: real?, subsidised_now: int?, phone: text?, email: text?, version: int, changed: time, changed_by: text?}
-- type: CompanyRow {id: CompanyId, name: text, cvr: text?, p_number: text?, branch: text?, municipality: int?, ordinary_employees: real?, subsidised_now: int?, here: int, places_used: int, last_contact: date?}
-- include: feature/placement/placement_codes.h
-- include: feature/contact/contact_codes.h
-- type: CompanyPerson {id: PlacementId, participant: ParticipantId, participant_name: sealed(participant.name, participant, participant), kind: PlacementKind, starts: date, ends: date?, hours_week: real?}
-- type: CompanyContact {participant: ParticipantId, participant_name: sealed(participant.name, participant, participant), at: time, kind: ContactKind, purpose: ContactPurpose, member_name: text?}
-- type: CompanyName {id: CompanyId, name: text}

-- name: company_insert :exec (Company)
INSERT INTO company (tenant, id, name, name_sort, cvr, p_number, branch, municipality, ordinary_employees,
                     subsidised_now, phone, email, version, changed, changed_by)
VALUES (:tenant, :id, :name, :name_sort, :cvr, :p_number, :branch, :municipality, :ordinary_employees,
        :subsidised_now, :phone, :email, :version, :changed, :changed_by);

-- name: company_update :count (Company)
-- Changes the row that still has `version`; the new one is version + 1.
UPDATE company
   SET name = :name, name_sort = :name_sort, cvr = :cvr, p_number = :p_number, branch = :branch,
       municipality = :municipality, ordinary_employees = :ordinary_employees, subsidised_now = :subsidised_now,
       phone = :phone, email = :email, version = :version + 1, changed = :changed, changed_by = :changed_by
 WHERE tenant = :tenant AND id = :id AND version = :version;

-- name: company_get :one (id: CompanyId) -> Company
SELECT id, name, name_sort, cvr, p_number, branch, municipality, ordinary_employees, subsidised_now, phone, email,
       version, changed, changed_by
  FROM company
 WHERE tenant = :tenant AND id = :id;

-- name: company_same :many(100) (cvr: text) -> Company
-- Companies and their units with this CVR number.
SELECT id, name, name_sort, cvr, p_number, branch, municipality, ordinary_employees, subsidised_now, phone, email,
       version, changed, changed_by
  FROM company
 WHERE tenant = :tenant AND cvr = :cvr
 ORDER BY p_number, id
 LIMIT 100;

-- name: company_list :many(500) (text: text?, cvr: text?, day: date, most: int, skip: int) -> CompanyRow
-- order: by_name = name_sort, id | by_last_contact = last_contact DESC NULLS LAST, name_sort, id
-- `text` is from feature_like; how many are there on the day, and how many of them take up a place.
SELECT id, name, cvr, p_number, branch, municipality, ordinary_employees, subsidised_now, here, places_used,
       last_contact
  FROM (SELECT v.id, v.name, v.name_sort, v.cvr, v.p_number, v.branch, v.municipality, v.ordinary_employees,
               v.subsidised_now,
               (SELECT count(*)
                  FROM placement l
                 WHERE l.tenant = v.tenant AND l.company = v.id AND l.starts <= :day
                   AND (l.ends IS NULL OR l.ends >= :day)) AS here,
               (SELECT count(*)
                  FROM placement l
                 WHERE l.tenant = v.tenant AND l.company = v.id AND l.starts <= :day
                   AND (l.ends IS NULL OR l.ends >= :day) AND l.kind IN ('internship', 'wage_subsidy')) AS places_used,
               (SELECT max(k.day) FROM contact k WHERE k.tenant = v.tenant AND k.company = v.id) AS last_contact
          FROM company v
         WHERE v.tenant = :tenant
           AND (:text IS NULL OR replace(v.name_sort, '}', 'aa') LIKE '%' || :text || '%' ESCAPE '!')
           AND (:cvr IS NULL OR v.cvr = :cvr)) AS everything
 ORDER BY {order}
 LIMIT :most OFFSET :skip;

-- name: company_count :one (text: text?, cvr: text?) -> int
SELECT count(*)
  FROM company v
 WHERE v.tenant = :tenant
   AND (:text IS NULL OR replace(v.name_sort, '}', 'aa') LIKE '%' || :text || '%' ESCAPE '!')
   AND (:cvr IS NULL OR v.cvr = :cvr);

-- name: company_choices :many(100) (text: text?, cvr: text?, chosen: CompanyId?, most: int) -> CompanyName
-- For choosing one: the chosen one before all others, then those that fit, by name; `text` is from feature_like.
SELECT id, name
  FROM company
 WHERE tenant = :tenant
   AND (id = :chosen
        OR ((:text IS NULL OR replace(name_sort, '}', 'aa') LIKE '%' || :text || '%' ESCAPE '!')
            AND (:cvr IS NULL OR cvr = :cvr)))
 ORDER BY CASE WHEN id = :chosen THEN 0 ELSE 1 END, name_sort, id
 LIMIT :most;

-- name: company_places_used :one (company: CompanyId, day: date) -> int
-- Open placements of Rampe's own that take up a place under the reasonableness ratio.
SELECT count(*)
  FROM placement
 WHERE tenant = :tenant AND company = :company AND starts <= :day AND (ends IS NULL OR ends >= :day)
   AND kind IN ('internship', 'wage_subsidy');

-- name: company_people :many(200) (company: CompanyId, programme: ProgrammeId?, partner: OrganisationId?) -> CompanyPerson
-- Placements at a company of participants within the scope, newest first.
SELECT l.id, l.participant, p.name AS participant_name, l.kind, l.starts, l.ends, l.hours_week
  FROM placement l
  JOIN participant p ON p.tenant = l.tenant AND p.id = l.participant
 WHERE l.tenant = :tenant AND l.company = :company
   AND (:programme IS NULL OR p.programme = :programme)
   AND (:partner IS NULL OR p.partner = :partner)
   AND (p.archived IS NULL OR :partner IS NULL)
 ORDER BY l.starts DESC, l.id DESC
 LIMIT 200;

-- name: company_contacts :many(30) (company: CompanyId, programme: ProgrammeId?, partner: OrganisationId?) -> CompanyContact
-- The last contacts with a company about participants within the scope, newest first.
SELECT k.participant, p.name AS participant_name, k.at, k.kind, k.purpose, m.name AS member_name
  FROM contact k
  JOIN participant p ON p.tenant = k.tenant AND p.id = k.participant
  LEFT JOIN member m ON m.tenant = k.tenant AND m.id = k.member
 WHERE k.tenant = :tenant AND k.company = :company
   AND (:programme IS NULL OR p.programme = :programme)
   AND (:partner IS NULL OR p.partner = :partner)
   AND (p.archived IS NULL OR :partner IS NULL)
 ORDER BY k.day DESC, k.at DESC
 LIMIT 30;
