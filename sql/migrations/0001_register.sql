-- The register: programmes, people, what was done, asked and measured.
-- Every key starts with the tenant: distribution column, row-security column.
-- Types are neutral (docs/developer/sql.md); CLUSTERED keeps rows in key order.
-- BYTES hold what is sealed with the key of the person it is about (src/db/vault.h).

CREATE TABLE organisation (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  municipality INT,
  cvr TEXT,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE programme (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  owner UUID NOT NULL,
  funder UUID,
  starts DATE NOT NULL,
  ends DATE NOT NULL,
  intake_first DATE NOT NULL,
  intake_last DATE NOT NULL,
  status_date DATE NOT NULL,
  gap_days INT NOT NULL,
  retention_months INT NOT NULL,
  followup_job_months INT NOT NULL,
  followup_internship_days INT NOT NULL,
  made_up BOOL NOT NULL,
  version INT NOT NULL DEFAULT 1,
  changed TIME NOT NULL,
  changed_by TEXT,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, code),
  FOREIGN KEY (tenant, owner) REFERENCES organisation (tenant, id),
  FOREIGN KEY (tenant, funder) REFERENCES organisation (tenant, id)
);

CREATE TABLE programme_partner (
  tenant UUID NOT NULL,
  programme UUID NOT NULL,
  organisation UUID NOT NULL,
  staff_hours_week REAL,
  PRIMARY KEY (tenant, programme, organisation),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id),
  FOREIGN KEY (tenant, organisation) REFERENCES organisation (tenant, id)
);

-- Places per partner and date from which they apply: a revision never overwrites.
CREATE TABLE partner_places (
  tenant UUID NOT NULL,
  programme UUID NOT NULL,
  organisation UUID NOT NULL,
  valid_from DATE NOT NULL,
  places INT NOT NULL,
  why TEXT,
  PRIMARY KEY (tenant, programme, organisation, valid_from),
  FOREIGN KEY (tenant, programme, organisation) REFERENCES programme_partner (tenant, programme, organisation)
);

CREATE TABLE member (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  organisation UUID NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  email TEXT,
  since DATE NOT NULL,
  until DATE,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id),
  FOREIGN KEY (tenant, organisation) REFERENCES organisation (tenant, id)
);
CREATE INDEX member_by_programme ON member (tenant, programme);

CREATE TABLE participant (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  partner UUID NOT NULL,
  contact_person UUID,
  name BYTES NOT NULL,
  cpr BYTES NOT NULL,
  cpr_index BYTES NOT NULL,
  born DATE NOT NULL,
  gender TEXT NOT NULL,
  municipality INT,
  phone BYTES,
  email BYTES,
  admitted DATE NOT NULL,
  age_admitted INT NOT NULL,
  employed_at_admission BOOL NOT NULL,
  wishes BYTES,
  considerations BYTES,
  version INT NOT NULL DEFAULT 1,
  changed TIME NOT NULL,
  changed_by TEXT,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, programme, cpr_index),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id),
  FOREIGN KEY (tenant, partner) REFERENCES organisation (tenant, id),
  FOREIGN KEY (tenant, contact_person) REFERENCES member (tenant, id)
);
CREATE INDEX participant_by_admission ON participant (tenant, programme, admitted, id);
-- Blind indexes of names: the first letters of each word, keyed (vault.h), so that a name is found without being read.
CREATE TABLE participant_word (
  tenant UUID NOT NULL,
  programme UUID NOT NULL,
  word BYTES NOT NULL,
  participant UUID NOT NULL,
  PRIMARY KEY (tenant, programme, word, participant),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
) CLUSTERED;
CREATE INDEX participant_word_of ON participant_word (tenant, participant);

CREATE TABLE company (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  cvr TEXT,
  p_number TEXT,
  branch TEXT,
  municipality INT,
  ordinary_employees REAL,
  subsidised_now INT,
  phone TEXT,
  email TEXT,
  version INT NOT NULL DEFAULT 1,
  changed TIME NOT NULL,
  changed_by TEXT,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX company_by_name ON company (tenant, name_sort, id);

CREATE TABLE placement (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  participant UUID NOT NULL,
  company UUID NOT NULL,
  kind TEXT NOT NULL,
  starts DATE NOT NULL,
  planned_end DATE,
  ends DATE,
  hours_week REAL,
  job_expected BOOL NOT NULL,
  end_reason BYTES,
  version INT NOT NULL DEFAULT 1,
  changed TIME NOT NULL,
  changed_by TEXT,
  PRIMARY KEY (tenant, id),
  CHECK (ends IS NULL OR ends >= starts),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id),
  FOREIGN KEY (tenant, company) REFERENCES company (tenant, id)
);
CREATE INDEX placement_by_participant ON placement (tenant, participant, starts);
CREATE INDEX placement_by_programme ON placement (tenant, programme, kind, starts);
CREATE INDEX placement_by_company ON placement (tenant, company);

-- A status holds from its day until the next one of the same person: on any
-- day there is at most one, and an open one always exactly once.
CREATE TABLE status (
  tenant UUID NOT NULL,
  participant UUID NOT NULL,
  since DATE NOT NULL,
  programme UUID NOT NULL,
  code TEXT NOT NULL,
  note BYTES,
  version INT NOT NULL DEFAULT 1,
  changed TIME,
  changed_by TEXT,
  PRIMARY KEY (tenant, participant, since),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
);
CREATE INDEX status_by_programme ON status (tenant, programme, since);

-- Read per participant, newest first: kept in that order.
CREATE TABLE contact (
  tenant UUID NOT NULL,
  participant UUID NOT NULL,
  at TIME NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  partner UUID NOT NULL,
  day DATE NOT NULL,
  kind TEXT NOT NULL,
  purpose TEXT NOT NULL,
  place TEXT,
  company UUID,
  placement UUID,
  follow_up BOOL NOT NULL,
  minutes INT,
  note BYTES,
  member UUID,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, participant, at, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
) CLUSTERED;
CREATE UNIQUE INDEX contact_by_id ON contact (tenant, id);
CREATE INDEX contact_follow_up ON contact (tenant, participant, purpose, day) WHERE follow_up;
CREATE INDEX contact_by_company ON contact (tenant, company, day) WHERE company IS NOT NULL;

-- How many contacts there are, kept by the commit that registers one. `month`
-- is 201811. Never computed while somebody waits; checked against a full count.
CREATE TABLE contact_count (
  tenant UUID NOT NULL,
  programme UUID NOT NULL,
  partner UUID NOT NULL,
  month INT NOT NULL,
  kind TEXT NOT NULL,
  purpose TEXT NOT NULL,
  n INT NOT NULL,
  PRIMARY KEY (tenant, programme, partner, month, kind, purpose)
) CLUSTERED;

-- What the programme holds for many: courses, training, meetings.
CREATE TABLE activity (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  organisation UUID,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  day DATE NOT NULL,
  sessions INT NOT NULL,
  held BOOL NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id)
);
CREATE INDEX activity_by_programme ON activity (tenant, programme, kind);

CREATE TABLE attendance (
  tenant UUID NOT NULL,
  activity UUID NOT NULL,
  participant UUID NOT NULL,
  session INT NOT NULL,
  attended BOOL NOT NULL,
  PRIMARY KEY (tenant, activity, participant, session),
  FOREIGN KEY (tenant, activity) REFERENCES activity (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
);

CREATE TABLE mentor (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  name BYTES NOT NULL,
  participant UUID,
  matched DATE,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
);

-- Asking. A wave is one round of one questionnaire to one kind of respondent.
CREATE TABLE question (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  code TEXT NOT NULL,
  position INT NOT NULL,
  kind TEXT NOT NULL,
  wording TEXT NOT NULL,
  wording_en TEXT,
  shown_if_question UUID,
  shown_if_option TEXT,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, programme, code),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id)
);

CREATE TABLE question_option (
  tenant UUID NOT NULL,
  question UUID NOT NULL,
  code TEXT NOT NULL,
  position INT NOT NULL,
  label TEXT NOT NULL,
  label_en TEXT,
  on_scale BOOL NOT NULL,
  PRIMARY KEY (tenant, question, code),
  FOREIGN KEY (tenant, question) REFERENCES question (tenant, id)
);

CREATE TABLE wave (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  code TEXT NOT NULL,
  respondent TEXT NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, programme, code, respondent),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id)
);

CREATE TABLE wave_question (
  tenant UUID NOT NULL,
  wave UUID NOT NULL,
  question UUID NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (tenant, wave, question),
  FOREIGN KEY (tenant, wave) REFERENCES wave (tenant, id),
  FOREIGN KEY (tenant, question) REFERENCES question (tenant, id)
);

CREATE TABLE response (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  wave UUID NOT NULL,
  participant UUID,
  company UUID,
  invited DATE NOT NULL,
  answered DATE,
  complete BOOL NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, wave) REFERENCES wave (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id),
  FOREIGN KEY (tenant, company) REFERENCES company (tenant, id)
);
CREATE INDEX response_by_wave ON response (tenant, wave);
CREATE INDEX response_by_participant ON response (tenant, participant, wave) WHERE participant IS NOT NULL;

CREATE TABLE answer (
  tenant UUID NOT NULL,
  response UUID NOT NULL,
  question UUID NOT NULL,
  choice TEXT NOT NULL,
  number REAL,
  words TEXT,
  PRIMARY KEY (tenant, response, question, choice),
  FOREIGN KEY (tenant, response) REFERENCES response (tenant, id)
) CLUSTERED;
CREATE INDEX answer_by_question ON answer (tenant, question, choice);

-- Measuring.
CREATE TABLE theory_node (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  code TEXT NOT NULL,
  level TEXT NOT NULL,
  position INT NOT NULL,
  label TEXT NOT NULL,
  label_en TEXT,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, programme, code),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id)
);

CREATE TABLE theory_arrow (
  tenant UUID NOT NULL,
  cause UUID NOT NULL,
  effect UUID NOT NULL,
  assumption TEXT,
  assumption_en TEXT,
  PRIMARY KEY (tenant, cause, effect),
  FOREIGN KEY (tenant, cause) REFERENCES theory_node (tenant, id),
  FOREIGN KEY (tenant, effect) REFERENCES theory_node (tenant, id)
);

CREATE TABLE goal (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  code TEXT NOT NULL,
  level TEXT NOT NULL,
  position INT NOT NULL,
  wording TEXT NOT NULL,
  wording_en TEXT,
  unit TEXT NOT NULL,
  proxy TEXT,
  proxy_en TEXT,
  node UUID,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, programme, code),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id),
  FOREIGN KEY (tenant, node) REFERENCES theory_node (tenant, id)
);

CREATE TABLE goal_target (
  tenant UUID NOT NULL,
  goal UUID NOT NULL,
  valid_from DATE NOT NULL,
  value REAL NOT NULL,
  decided_by TEXT NOT NULL,
  why TEXT,
  why_en TEXT,
  decided_by_en TEXT,
  PRIMARY KEY (tenant, goal, valid_from),
  FOREIGN KEY (tenant, goal) REFERENCES goal (tenant, id)
);

-- Every definition an indicator has had; `position` 1 is the one that counts.
CREATE TABLE goal_definition (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  goal UUID NOT NULL,
  position INT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT,
  expression TEXT NOT NULL,
  valid_from DATE NOT NULL,
  decided_by TEXT NOT NULL,
  why TEXT,
  why_en TEXT,
  decided_by_en TEXT,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, goal) REFERENCES goal (tenant, id)
);
CREATE INDEX definition_by_goal ON goal_definition (tenant, goal, position);

CREATE TABLE goal_judgement (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  goal UUID NOT NULL,
  day DATE NOT NULL,
  judged_by TEXT NOT NULL,
  verdict TEXT NOT NULL,
  value REAL,
  reason TEXT,
  reason_en TEXT,
  judged_by_en TEXT,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, goal) REFERENCES goal (tenant, id)
);
CREATE INDEX judgement_by_goal ON goal_judgement (tenant, goal, day);
