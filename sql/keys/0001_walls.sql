-- As sql/migrations/0005_walls.sql, for the key store.
-- pg:
COMMENT ON TABLE schema_version IS 'program: SELECT';
-- pg:
COMMENT ON TABLE key_store IS 'program: SELECT, INSERT';

-- When the keyring gets a new master key, the keys of all tenants are wrapped anew (db/vault.h).
-- pg:
CREATE POLICY across ON person_key FOR SELECT USING (current_setting('rampe.across', true) = 'on');
