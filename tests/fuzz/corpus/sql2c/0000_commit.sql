-- What commit.h keeps: the audit trail, chained entry by entry, and where each tenant's chain stands.
CREATE TABLE audit (
	tenant UUID NOT NULL,
	seq INT NOT NULL,
	at TIME NOT NULL,
	actor UUID,
	actor_name TEXT,
	action TEXT NOT NULL,
	subject_kind TEXT,
	subject UUID,
	participant UUID,
	purpose TEXT,
	outcome TEXT NOT NULL,
	detail TEXT,
	hash BYTES NOT NULL,
	PRIMARY KEY (tenant, seq)
) CLUSTERED;
CREATE INDEX audit_participant ON audit (tenant, participant, seq) WHERE participant IS NOT NULL;
CREATE TABLE audit_head (
	tenant UUID NOT NULL PRIMARY KEY,
	seq INT NOT NULL,
	hash BYTES NOT NULL
) CLUSTERED;
