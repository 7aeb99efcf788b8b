-- Ways in: citizens whom a caseworker proposes, and links that are sent to citizens.

-- The identifier is the one that the participant gets, and the person's key is made with it: whoever is admitted stays
-- the same person. What the participant's row holds afterwards is emptied here.
CREATE TABLE referral (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  programme UUID NOT NULL,
  partner UUID NOT NULL,
  made TIME NOT NULL,
  made_by UUID,
  name BYTES,
  cpr BYTES,
  cpr_index BYTES,
  municipality INT,
  phone BYTES,
  email BYTES,
  why BYTES,
  state TEXT NOT NULL,
  erased TIME,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, programme) REFERENCES programme (tenant, id),
  FOREIGN KEY (tenant, partner) REFERENCES organisation (tenant, id),
  FOREIGN KEY (tenant, made_by) REFERENCES app_user (tenant, id)
);
CREATE INDEX referral_by_state ON referral (tenant, programme, state);
CREATE INDEX referral_by_user ON referral (tenant, made_by);

-- What was decided about a referral. A row is only ever added.
CREATE TABLE referral_step (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  referral UUID NOT NULL,
  state TEXT NOT NULL,
  at TIME NOT NULL,
  made_by TEXT,
  reason BYTES,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, referral) REFERENCES referral (tenant, id)
);
CREATE INDEX referral_step_of ON referral_step (tenant, referral, at);

-- Links that are sent to citizens: what waits, and what came of it. `recipient` and `link` are emptied when it is over.
CREATE TABLE message (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  participant UUID NOT NULL,
  code UUID NOT NULL,
  channel TEXT NOT NULL,
  recipient BYTES,
  link BYTES,
  made TIME NOT NULL,
  made_by TEXT,
  state TEXT NOT NULL,
  tries INT NOT NULL,
  due TIME NOT NULL,
  changed TIME NOT NULL,
  fault TEXT,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id),
  FOREIGN KEY (tenant, code) REFERENCES guest_code (tenant, id)
);
CREATE INDEX message_of ON message (tenant, participant);
CREATE INDEX message_due ON message (tenant, state, due);
