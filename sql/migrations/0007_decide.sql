-- What citizens decide, and who may work with one of them.

-- A user who works with one citizen without being of the citizen's unit.
CREATE TABLE relation (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  app_user UUID NOT NULL,
  participant UUID NOT NULL,
  kind TEXT NOT NULL,
  since TIME NOT NULL,
  until TIME,
  reason BYTES,
  reviewed TIME,
  reviewed_by UUID,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, app_user) REFERENCES app_user (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
);
CREATE INDEX relation_of_user ON relation (tenant, app_user, participant);
CREATE INDEX relation_of_participant ON relation (tenant, participant);

-- What a citizen has said yes to. A row is only ever added, and withdrawn.
CREATE TABLE consent (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  participant UUID NOT NULL,
  purpose TEXT NOT NULL,
  receiver UUID,
  receiver_name BYTES,
  tells_name BOOL NOT NULL,
  tells_phone BOOL NOT NULL,
  tells_wishes BOOL NOT NULL,
  tells_considerations BOOL NOT NULL,
  tells_situation BOOL NOT NULL,
  since DATE NOT NULL,
  until DATE,
  given TIME NOT NULL,
  given_by TEXT NOT NULL,
  withdrawn TIME,
  withdrawn_by TEXT,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
);
CREATE INDEX consent_of ON consent (tenant, participant, purpose);

-- Codes that let somebody in who is no user: only their hashes are stored.
CREATE TABLE guest_code (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  hash BYTES NOT NULL,
  role TEXT NOT NULL,
  participant UUID NOT NULL,
  sheet UUID,
  made TIME NOT NULL,
  made_by UUID,
  expires TIME NOT NULL,
  ended TIME,
  tries INT NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, hash),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
);
CREATE INDEX guest_code_of ON guest_code (tenant, participant);
CREATE TABLE guest_session (
  tenant UUID NOT NULL,
  hash BYTES NOT NULL,
  code UUID NOT NULL,
  csrf BYTES NOT NULL,
  created TIME NOT NULL,
  expires TIME NOT NULL,
  PRIMARY KEY (tenant, hash),
  FOREIGN KEY (tenant, code) REFERENCES guest_code (tenant, id)
);

-- A sheet about a citizen for one company, made of what the citizen has consented to, and the company's answer.
CREATE TABLE sheet (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  participant UUID NOT NULL,
  company UUID NOT NULL,
  made TIME NOT NULL,
  made_by TEXT,
  answer TEXT,
  answer_note BYTES,
  answered TIME,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id),
  FOREIGN KEY (tenant, company) REFERENCES company (tenant, id)
);
CREATE INDEX sheet_of ON sheet (tenant, participant);

-- Companies on a citizen's list: wished for by the citizen, or suggested by the staff for the citizen to decide.
CREATE TABLE wish (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  participant UUID NOT NULL,
  company UUID,
  name BYTES,
  made TIME NOT NULL,
  made_by TEXT NOT NULL,
  decision TEXT NOT NULL,
  decided TIME,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id),
  FOREIGN KEY (tenant, company) REFERENCES company (tenant, id)
);
CREATE INDEX wish_of ON wish (tenant, participant);

-- How the citizen would like it.
CREATE TABLE preference (
  tenant UUID NOT NULL,
  participant UUID NOT NULL,
  every_weeks INT,
  talk BYTES,
  changed TIME NOT NULL,
  PRIMARY KEY (tenant, participant),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
) CLUSTERED;

-- What a citizen has asked for, and when it was dealt with.
CREATE TABLE citizen_request (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  participant UUID NOT NULL,
  kind TEXT NOT NULL,
  made TIME NOT NULL,
  handled TIME,
  handled_by TEXT,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
);
CREATE INDEX citizen_request_open ON citizen_request (tenant, programme, handled);
