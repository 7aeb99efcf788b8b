-- Who was erased or archived, and what becomes of a programme's people when it is over (src/feature/erasure).

ALTER TABLE participant ADD COLUMN erased TIME;
ALTER TABLE participant ADD COLUMN archived TIME;
ALTER TABLE mentor ADD COLUMN erased TIME;

CREATE TABLE retention_rule (
  tenant UUID NOT NULL,
  programme UUID NOT NULL,
  months INT NOT NULL,
  counted_from TEXT NOT NULL,
  what TEXT NOT NULL,
  keeps TEXT NOT NULL,
  authority TEXT,
  version INT NOT NULL DEFAULT 1,
  changed TIME NOT NULL,
  changed_by TEXT,
  PRIMARY KEY (tenant, programme),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id)
);

-- Where somebody worked, and when, tells who it is: a placement of an erased person has no company.
-- pg:
ALTER TABLE placement ALTER COLUMN company DROP NOT NULL;
-- sqlite:
CREATE TABLE placement_new (
  tenant BLOB NOT NULL,
  id BLOB NOT NULL,
  programme BLOB NOT NULL,
  participant BLOB NOT NULL,
  company BLOB,
  kind TEXT NOT NULL,
  starts INTEGER NOT NULL,
  planned_end INTEGER,
  ends INTEGER,
  hours_week REAL,
  job_expected INTEGER NOT NULL,
  end_reason BLOB,
  version INTEGER NOT NULL DEFAULT 1,
  changed INTEGER NOT NULL,
  changed_by TEXT,
  PRIMARY KEY (tenant, id),
  CHECK (ends IS NULL OR ends >= starts),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id),
  FOREIGN KEY (tenant, company) REFERENCES company (tenant, id)
) STRICT;
-- sqlite:
INSERT INTO placement_new SELECT tenant, id, programme, participant, company, kind, starts, planned_end, ends,
  hours_week, job_expected, end_reason, version, changed, changed_by FROM placement;
-- sqlite:
DROP TABLE placement;
-- sqlite:
ALTER TABLE placement_new RENAME TO placement;
-- sqlite:
CREATE INDEX placement_by_participant ON placement (tenant, participant, starts);
-- sqlite:
CREATE INDEX placement_by_programme ON placement (tenant, programme, kind, starts);
-- sqlite:
CREATE INDEX placement_by_company ON placement (tenant, company);

-- What somebody answers in words describes that person: sealed, as notes are. No version has taken any before.
ALTER TABLE answer DROP COLUMN words;
ALTER TABLE answer ADD COLUMN words BYTES;
ALTER TABLE answer ADD COLUMN respondent UUID;
UPDATE answer
   SET respondent = (SELECT coalesce(r.participant, r.id)
                       FROM response r
                      WHERE r.tenant = answer.tenant AND r.id = answer.response);
