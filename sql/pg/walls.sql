-- What the program may do with each table, and whose rows it sees; run in PostgreSQL as the owner, after the migrations,
-- for every table there is: a new one needs nothing of its own. A table with a column `tenant` shows and takes only
-- the rows of the tenant that `rampe.tenant` names within the transaction (db_pg.c); where nothing is named, none.
-- A migration may say of a table what the program may do with it, where that is less than reading and writing:
--   COMMENT ON TABLE audit IS 'program: SELECT, INSERT';
-- and give a policy `across` to one whose rows are read across tenants on purpose (0005_walls.sql).
DO $walls$
DECLARE
	program text := current_database() || '_program';
	it record;
BEGIN
	FOR it IN SELECT c.oid, c.relname, c.relkind, obj_description(c.oid, 'pg_class') AS said,
			EXISTS (SELECT FROM pg_attribute a
				WHERE a.attrelid = c.oid AND a.attname = 'tenant' AND NOT a.attisdropped) AS has_tenant
		FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v')
	LOOP
		EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, %I', it.relname, program);
		EXECUTE format('GRANT %s ON %I TO %I',
			CASE WHEN it.relkind = 'v' THEN 'SELECT'
			ELSE coalesce(substring(it.said FROM '^program: ([A-Z, ]+)$'), 'SELECT, INSERT, UPDATE, DELETE')
			END, it.relname, program);
		CONTINUE WHEN it.relkind = 'v' OR NOT it.has_tenant;
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', it.relname);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', it.relname);
		IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = it.oid AND polname = 'tenant') THEN
			EXECUTE format('CREATE POLICY tenant ON %I USING '
				'(tenant = NULLIF(current_setting(''rampe.tenant'', true), '''')::uuid)', it.relname);
		END IF;
	END LOOP;
END
$walls$
