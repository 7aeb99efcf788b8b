-- Everything that a migration allows.
CREATE TABLE thing (
	tenant UUID NOT NULL, -- the first
	id UUID NOT NULL,
	n INT NOT NULL DEFAULT 0 CHECK (n >= 0),
	x REAL, b BOOL, name TEXT NOT NULL DEFAULT 'INT; TEXT', file BYTES, day DATE, at TIME,
	PRIMARY KEY (tenant, id)
) CLUSTERED;
CREATE TABLE note (tenant UUID NOT NULL, id UUID NOT NULL, text TEXT, PRIMARY KEY (tenant, id));
CREATE INDEX thing_day ON thing (tenant, day) WHERE day IS NOT NULL;
ALTER TABLE note ADD COLUMN at TIME;
-- sqlite:
CREATE VIEW engine AS SELECT CAST('sqlite' AS TEXT) AS name;
-- pg:
ALTER TABLE thing ENABLE ROW LEVEL SECURITY;
INSERT INTO note (tenant, id, text) SELECT tenant, id, name FROM thing;
