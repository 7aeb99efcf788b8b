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
