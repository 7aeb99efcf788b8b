-- What a citizen has said, to be published while the citizen's consent lasts (src/feature/quote).
CREATE TABLE quote (
  tenant UUID NOT NULL,
  id UUID NOT NULL,
  participant UUID NOT NULL,
  words BYTES NOT NULL,
  topic TEXT NOT NULL,
  occasion TEXT NOT NULL,
  said DATE NOT NULL,
  made TIME NOT NULL,
  made_by TEXT,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, participant) REFERENCES participant (tenant, id)
);
CREATE INDEX quote_of ON quote (tenant, participant);
