-- Who the tables belong to and who may use them; run in PostgreSQL by an administrator's `rampe migrate`, before the
-- migrations. For a database `rampe` that is
--   rampe_owner    owns schema and tables, cannot log in, and is held by row security too (walls.sql);
--   rampe_program  may read and write rows as walls.sql says. What the program logs in as is a member of it.
-- Ends as the owner until the transaction does, and until the walls stand again (walls.sql) the owner sees every row, so
-- that a migration changes those of all tenants.
DO $roles$
DECLARE
	owner text := current_database() || '_owner';
	program text := current_database() || '_program';
	it record;
BEGIN
	IF octet_length(program) > 63 THEN
		RAISE EXCEPTION 'the name of the database is too long';
	END IF;
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = owner) THEN
		EXECUTE format('CREATE ROLE %I NOLOGIN', owner);
	END IF;
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = program) THEN
		EXECUTE format('CREATE ROLE %I NOLOGIN', program);
	END IF;
	IF EXISTS (SELECT FROM pg_roles WHERE rolname = owner AND rolcanlogin) THEN
		EXECUTE format('ALTER ROLE %I NOLOGIN', owner);
	END IF;
	IF NOT pg_has_role(current_user, owner, 'MEMBER') THEN
		EXECUTE format('GRANT %I TO CURRENT_USER', owner);
	END IF;
	EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
	EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), program);
	EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC, %I', current_schema(), program);
	EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', current_schema(), owner);
	EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), program);
	-- Tables of a time when the program made its own.
	FOR it IN SELECT relname FROM pg_class
		WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v')
		AND pg_get_userbyid(relowner) <> owner
	LOOP
		EXECUTE format('ALTER TABLE %I OWNER TO %I', it.relname, owner);
	END LOOP;
	FOR it IN SELECT relname FROM pg_class
		WHERE relnamespace = current_schema()::regnamespace AND relforcerowsecurity
	LOOP
		EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', it.relname);
	END LOOP;
	PERFORM set_config('role', owner, true);
END
$roles$
