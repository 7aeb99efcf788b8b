-- Second walls in PostgreSQL: what sql/pg/walls.sql cannot know by itself. That this step is missing is how the program
-- tells a database without walls.

-- Entries are added, never changed and never taken away.
-- pg:
COMMENT ON TABLE audit IS 'program: SELECT, INSERT';
-- pg:
COMMENT ON TABLE audit_head IS 'program: SELECT, INSERT, UPDATE';
-- pg:
COMMENT ON TABLE schema_version IS 'program: SELECT';
-- pg:
COMMENT ON TABLE key_store IS 'program: SELECT, INSERT';

-- The heads of all tenants are noted outside the database (db/witness.h).
-- pg:
CREATE POLICY across ON audit_head FOR SELECT USING (current_setting('rampe.across', true) = 'on');
