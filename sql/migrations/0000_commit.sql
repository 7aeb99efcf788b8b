-- What commit.h keeps: the audit trail, chained entry by entry, and where each tenant's chain stands. It is only ever
-- added to at its end: a second index, by participant, would cost every commit a page per entry.
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
CREATE TABLE audit_head (
	tenant UUID NOT NULL PRIMARY KEY,
	seq INT NOT NULL,
	hash BYTES NOT NULL
) CLUSTERED;
-- The name that the register shares with the store of its persons' keys (vault.h).
CREATE TABLE key_store (
	id UUID NOT NULL PRIMARY KEY
) CLUSTERED;
