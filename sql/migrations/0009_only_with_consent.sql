-- What is kept only while a citizen's consent stands.

-- Somebody close to the citizen whom one consent invites; gone with it.
CREATE TABLE network_person (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  participant UUID NOT NULL,
  consent UUID NOT NULL,
  name BYTES NOT NULL,
  relation BYTES NOT NULL,
  phone BYTES,
  email BYTES,
  added TIME NOT NULL,
  added_by TEXT NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id),
  FOREIGN KEY (tenant, consent) REFERENCES consent (tenant, id)
);
CREATE INDEX network_person_of ON network_person (tenant, participant);
CREATE INDEX network_person_by_consent ON network_person (tenant, consent);

-- Whether a programme's citizens may have their diagnoses written down; none yet: no.
CREATE TABLE diagnosis_switch (
  tenant UUID NOT NULL,
  programme UUID NOT NULL,
  seq INT NOT NULL,
  turned_on BOOL NOT NULL,
  why TEXT NOT NULL,
  erased INT NOT NULL,
  at TIME NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (tenant, programme, seq),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id)
) CLUSTERED;

-- There while the programme allows it and the citizen's consent stands.
CREATE TABLE diagnosis (
  tenant UUID NOT NULL,
  participant UUID NOT NULL,
  words BYTES NOT NULL,
  version INT NOT NULL,
  changed TIME NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (tenant, participant),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
) CLUSTERED;
