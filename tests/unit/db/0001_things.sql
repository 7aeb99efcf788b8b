CREATE TABLE box (
	tenant UUID NOT NULL,
	id UUID NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (tenant, id)
);
CREATE TABLE thing (
	tenant UUID NOT NULL,
	id UUID NOT NULL,
	u UUID NOT NULL, i INT NOT NULL, r REAL NOT NULL, b BOOL NOT NULL, t TEXT NOT NULL, y BYTES NOT NULL,
	d DATE NOT NULL, m TIME NOT NULL, k TEXT NOT NULL,
	nu UUID, ni INT, nr REAL, nb BOOL, nt TEXT, ny BYTES, nd DATE, nm TIME, nk TEXT,
	PRIMARY KEY (tenant, id)
);
CREATE TABLE item (
	tenant UUID NOT NULL,
	box UUID NOT NULL,
	n INT NOT NULL CHECK (n >= 0),
	label TEXT NOT NULL,
	PRIMARY KEY (tenant, box, n),
	FOREIGN KEY (tenant, box) REFERENCES box (tenant, id)
) CLUSTERED;
-- sqlite:
CREATE VIEW engine AS SELECT 'sqlite' AS name;
-- pg:
CREATE VIEW engine AS SELECT 'postgres'::text AS name;
