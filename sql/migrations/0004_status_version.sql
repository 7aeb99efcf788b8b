-- Who corrects a status says which state of it was seen: two who have opened
-- the same one do not overwrite each other. What was stored before has not been corrected.
ALTER TABLE status ADD COLUMN version INT NOT NULL DEFAULT 1;
ALTER TABLE status ADD COLUMN changed TIME;
ALTER TABLE status ADD COLUMN changed_by TEXT;
