-- What people edit has a version, so that nobody silently overwrites what somebody else has changed.
ALTER TABLE contact ADD COLUMN version INT NOT NULL DEFAULT 1;
ALTER TABLE theory_node ADD COLUMN version INT NOT NULL DEFAULT 1;
