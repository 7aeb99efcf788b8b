/* The walls in PostgreSQL (sql/pg): whoever has the program's connection and its statements no more still meets another
 * tenant's rows nowhere, changes no entry of the audit and no table; and no table stands outside the walls. */
#include "audit_sql.h"
#include "boxes.h"
#include "db/engine.h"
#include "db/vault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
	Database d;
	DbConn *raw; /* the program's login, for SQL that no .sql file holds */
	TenantId other;
} Case;

/* Two tenants, the test's and another, with an organisation and an entry of the audit each. */
static Err add_organisation(Ctx *c, void *arg)
{
	(void)arg;
	Str tenant = uuid_str(c->arena, c->tenant.v);
	const char *sql =
		str_printf(c->arena,
			   "INSERT INTO organisation (tenant, id, name, kind) VALUES ('%.*s', '%.*s', 'A', 'ngo')",
			   STR_ARG(tenant), STR_ARG(tenant))
			.ptr;
	/* What is bound says whose it is; here a statement with `tenant` has to run first. */
	AuditHead head;
	RETURN_IF_ERR(audit_head_lock(c, c->tenant, &head));
	RETURN_IF_ERR(c->conn->engine->script(c, c->conn, sql));
	return commit_audit(c, &(AuditEvent){ .action = STR("test.write") });
}

static int set_up_walls(void **state)
{
	static Case t;
	t = (Case){ 0 };
	Ctx *c = &t.d.c;
	database_make(&t.d, true, &db_migrations);
	ok(commit_start(c, t.d.db));
	ok(commit_run(c, add_organisation, NULL));
	TenantId own = c->tenant;
	c->tenant.v.b[0] ^= 0xff;
	t.other = c->tenant;
	ok(commit_run(c, add_organisation, NULL));
	c->tenant = own;
	ok(db_open_writer(c, t.d.db, &t.raw));
	*state = &t;
	return 0;
}

static int tear_down_walls(void **state)
{
	Case *t = *state;
	t->raw->engine->close(t->raw);
	database_remove(&t->d);
	return 0;
}

/* Runs the script as the program, in a transaction of the tenant (NULL: of none) that is then undone; `test.other`
 * names the other. */
static Err as_program(Case *t, const TenantId *tenant, const char *sql)
{
	Ctx *c = &t->d.c, quiet;
	ctx_clear(c);
	Str other = uuid_str(c->arena, t->other.v), named = STR("");
	if (tenant != NULL) {
		Str id = uuid_str(c->arena, tenant->v);
		named = str_printf(c->arena, "SET LOCAL rampe.tenant = '%.*s';", STR_ARG(id));
	}
	Str script = str_printf(c->arena, "BEGIN; SET LOCAL test.other = '%.*s'; %.*s %s", STR_ARG(other),
				STR_ARG(named), sql);
	Err e = t->raw->engine->script(c, t->raw, script.ptr);
	ctx_init(&quiet);
	assert_int_equal(t->raw->engine->script(&quiet, t->raw, "ROLLBACK"), OK);
	ctx_release(&quiet);
	return e;
}

static void refused(Case *t, const char *sql, const char *code)
{
	if (as_program(t, &t->d.c.tenant, sql) == OK)
		fail_msg("not refused: %s", sql);
	if (str_find_str(t->d.c.why, str_of(code)) == SIZE_MAX)
		fail_msg("%s: %.*s", sql, STR_ARG(t->d.c.why));
}

static void holds(Case *t, const TenantId *tenant, const char *sql)
{
	if (as_program(t, tenant, sql) != OK)
		fail_msg("%s: %.*s", sql, STR_ARG(t->d.c.why));
}

static const char wanted_denied[] = "42501", wanted_assertion[] = "P0004";

/* The number of rows of every table with a tenant, as the connection sees them. */
#define COUNT_ALL                                                                                          \
	"DO $$ DECLARE t text; n bigint; seen bigint := 0; BEGIN FOR t IN SELECT relname FROM pg_class c " \
	"JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant' WHERE c.relkind = 'r' AND "    \
	"relnamespace = 'public'::regnamespace LOOP EXECUTE format('SELECT count(*) FROM %I', t) INTO n; " \
	"seen := seen + n; END LOOP; ASSERT seen = "

static void rows__are_not_there_where_no_tenant_is_named(void **state)
{
	Case *t = *state;
	holds(t, &t->d.c.tenant, COUNT_ALL "3; END $$"); /* organisation, entry and head of the one */
	holds(t, &t->other, COUNT_ALL "3; END $$");
	holds(t, NULL, COUNT_ALL "0; END $$");
	holds(t, &(TenantId){ { { 9 } } }, COUNT_ALL "0; END $$");
	if (as_program(t, NULL, COUNT_ALL "6; END $$") == OK) /* that the counting can fail */
		fail_msg("rows of nobody were counted");
	assert_true(str_find_str(t->d.c.why, str_of(wanted_assertion)) != SIZE_MAX);
	/* The setting ends with its transaction. */
	holds(t, NULL, "DO $$ BEGIN ASSERT coalesce(current_setting('rampe.tenant', true), '') = ''; END $$");
}

#define OTHER "current_setting('test.other')::uuid"
#define CHANGES(sql, n)                                                                                   \
	"DO $$ DECLARE n bigint; BEGIN " sql " WHERE tenant = " OTHER "; GET DIAGNOSTICS n = ROW_COUNT; " \
	"ASSERT n = " #n "; END $$"

static void rows__of_another_tenant_are_neither_found_nor_changed_nor_added(void **state)
{
	Case *t = *state;
	const TenantId *own = &t->d.c.tenant, *other = &t->other;
	holds(t, own, "DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM organisation WHERE tenant = " OTHER "); END $$");
	holds(t, own, CHANGES("UPDATE organisation SET name = 'B'", 0));
	holds(t, own, CHANGES("DELETE FROM organisation", 0));
	holds(t, own, CHANGES("UPDATE audit_head SET seq = 0", 0));
	/* Whose they are, changes them. */
	holds(t, other, CHANGES("UPDATE organisation SET name = 'B'", 1));
	holds(t, other, CHANGES("DELETE FROM organisation", 1));
	holds(t, other, CHANGES("UPDATE audit_head SET seq = 0", 1));
	refused(t,
		"INSERT INTO organisation (tenant, id, name, kind) VALUES (" OTHER ", gen_random_uuid(), 'C', 'ngo')",
		"row-level security");
	refused(t, "UPDATE organisation SET tenant = " OTHER, "row-level security");
	/* A reference to another tenant's row is no way to learn that it is there. */
	refused(t,
		"INSERT INTO programme_partner (tenant, programme, organisation) VALUES "
		"(current_setting('rampe.tenant')::uuid, " OTHER ", " OTHER ")",
		"23503");
}

static void across_tenants__only_heads_are_seen_and_nothing_is_written(void **state)
{
	Case *t = *state;
	Ctx *c = &t->d.c;
	AuditTenantHeadList heads;
	ok(db_begin_read(c));
	ok(audit_heads(c, &heads));
	db_end_read(c);
	assert_int_equal(heads.n, 2);
	holds(t, NULL, "SET LOCAL rampe.across = 'on'; " COUNT_ALL "2; END $$");
	holds(t, NULL,
	      "SET LOCAL rampe.across = 'on'; DO $$ DECLARE n bigint; BEGIN UPDATE audit_head SET seq = 0; "
	      "GET DIAGNOSTICS n = ROW_COUNT; ASSERT n = 0; END $$");
	/* A statement of one tenant after it is of one tenant again. */
	ok(db_begin_read(c));
	AuditHead head;
	ok(audit_heads(c, &heads));
	ok(audit_head_get(c, &head));
	ok(audit_heads(c, &heads));
	db_end_read(c);
	assert_int_equal(heads.n, 2);
}

static void audit__is_added_to_and_never_changed(void **state)
{
	Case *t = *state;
	refused(t, "UPDATE audit SET action = 'x'", wanted_denied);
	refused(t, "DELETE FROM audit", wanted_denied);
	refused(t, "TRUNCATE audit", wanted_denied);
	refused(t, "SELECT FROM audit FOR UPDATE", wanted_denied);
	refused(t, "INSERT INTO audit SELECT * FROM audit ON CONFLICT (tenant, seq) DO UPDATE SET action = 'x'",
		wanted_denied);
	refused(t, "DELETE FROM audit_head", wanted_denied);
	refused(t, "TRUNCATE organisation", wanted_denied);
	refused(t, "UPDATE schema_version SET version = 0", wanted_denied);
	refused(t, "INSERT INTO schema_version VALUES (99, 'x', 'x', now())", wanted_denied);
	holds(t, &t->d.c.tenant,
	      "INSERT INTO audit (tenant, seq, at, action, outcome, hash) VALUES "
	      "(current_setting('rampe.tenant')::uuid, 2, now(), 'x', 'done', '')");
}

static void tables__are_not_the_programs_to_change(void **state)
{
	Case *t = *state;
	static const char *const changes[] = {
		"CREATE TABLE mine (x int)",
		"CREATE TEMPORARY TABLE mine (x int)",
		"CREATE VIEW mine AS SELECT * FROM organisation",
		"CREATE SCHEMA mine",
		"CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"DROP TABLE mentor",
		"ALTER TABLE organisation DISABLE ROW LEVEL SECURITY",
		"ALTER TABLE organisation NO FORCE ROW LEVEL SECURITY",
		"CREATE POLICY mine ON organisation USING (true)",
		"DROP POLICY tenant ON organisation",
		"SET LOCAL ROLE register_owner",
		"SET LOCAL ROLE administrator",
		"SET LOCAL session_replication_role = replica",
		"ALTER ROLE rampe BYPASSRLS",
	};
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
		refused(t, changes[i], "");
	/* Which is a warning only, and gives nothing. */
	refused(t, "GRANT UPDATE ON audit TO rampe; UPDATE audit SET action = 'x'", wanted_denied);
	refused(t, "SET LOCAL row_security = off; TABLE organisation", "row-level security");
	/* Behind SET ROLE the login has no more than the role. */
	refused(t, "RESET ROLE; CREATE TABLE mine (x int)", wanted_denied);
}

static void owner__cannot_log_in_and_is_held_too(void **state)
{
	Case *t = *state;
	Ctx *c = &t->d.c;
	Db *db = NULL;
	assert_int_equal(db_open(c, database_url(&t->d, "register_owner", "register"), NULL, &db), ERR_DB);
	assert_true(str_find_str(c->why, STR("not permitted to log in")) != SIZE_MAX);
	assert_int_equal(db_open(c, database_url(&t->d, "register_program", "register"), NULL, &db), ERR_DB);
	database_script(&t->d, "", "SET ROLE register_owner; " COUNT_ALL "0; END $$; RESET ROLE");
	/* Let in by mistake, it is locked out by the next `rampe migrate`. */
	database_script(&t->d, "", "ALTER ROLE register_owner LOGIN");
	ok(db_migrate(c, t->d.admin, &db_migrations));
	ctx_clear(c);
	assert_int_equal(db_open(c, database_url(&t->d, "register_owner", "register"), NULL, &db), ERR_DB);
}

typedef struct {
	Str name;
} Named;
static const DbField named_columns[] = { { "name", DB_TEXT, false, offsetof(Named, name), NULL, { 0 } } };

#define STATEMENT(sql)                                                                                             \
	{                                                                                                          \
		.name = "find", .pg = sql, .columns = named_columns, .column_count = 1, .row_size = sizeof(Named), \
		.any_tenant = true                                                                                 \
	}

/* How many the statement gives to whom no wall stops. */
static size_t find(Database *d, const DbStatement *s)
{
	Ctx *c = &d->c;
	Named *names;
	size_t n = 0;
	c->conn = database_intruder(d);
	Err e = db_many(c, s, NULL, 1000, (void **)&names, &n);
	c->conn = NULL;
	ok(e);
	return n;
}

/* Tables with a tenant that are not behind row security, their owner included, or whose policy is another. */
static const DbStatement outside = STATEMENT(
	"SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant'"
	" WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND"
	" c.relforcerowsecurity AND pg_get_userbyid(c.relowner) = 'register_owner' AND EXISTS (SELECT FROM pg_policies "
	"p"
	" WHERE p.tablename = c.relname AND p.policyname = 'tenant' AND p.cmd = 'ALL' AND p.permissive = 'PERMISSIVE' "
	"AND"
	" p.qual = '(tenant = (NULLIF(current_setting(''rampe.tenant''::text, true), ''''::text))::uuid)'"
	" AND p.with_check IS NULL)) UNION ALL"
	" SELECT tablename || '.' || policyname FROM pg_policies WHERE policyname <> 'tenant' AND NOT"
	" (policyname = 'across' AND tablename IN ('audit_head', 'person_key') AND cmd = 'SELECT') ORDER BY 1");
static const DbStatement walled = STATEMENT("SELECT tablename AS name FROM pg_policies WHERE policyname = 'tenant'");
static const DbStatement far =
	STATEMENT("SELECT conname AS name FROM pg_constraint WHERE contype = 'f' AND pg_get_constraintdef(oid) !~"
		  " '^FOREIGN KEY \\(tenant, .*REFERENCES [a-z_]+\\(tenant, '");
static const DbStatement bad_table = STATEMENT("SELECT relname AS name FROM pg_class WHERE relname = 'keep_bad'");

static void table__with_a_tenant_stands_behind_the_wall(void **state)
{
	Case *t = *state;
	assert_int_equal(find(&t->d, &outside), 0);
	assert_true(find(&t->d, &walled) > 25);
	/* What stands outside is found, whatever of it is missing. */
	static const char *const holes[] = {
		"ALTER TABLE mentor NO FORCE ROW LEVEL SECURITY", "ALTER TABLE mentor DISABLE ROW LEVEL SECURITY",
		"ALTER POLICY tenant ON mentor USING (true)",     "DROP POLICY tenant ON mentor",
		"CREATE POLICY more ON mentor USING (true)",      "ALTER TABLE mentor OWNER TO rampe"
	};
	for (size_t i = 0; i < sizeof holes / sizeof holes[0]; i++) {
		database_script(&t->d, "", "BEGIN");
		database_script(&t->d, "", holes[i]);
		size_t found = find(&t->d, &outside);
		database_script(&t->d, "", "ROLLBACK");
		if (found != 1)
			fail_msg("not found: %s", holes[i]);
	}
	/* Citus: a table that is distributed by tenant refers within the tenant only. */
	assert_int_equal(find(&t->d, &far), 0);
}

/* A migration that knows nothing of walls: its table stands behind them, and the next one's too. */
static void table__that_a_migration_adds_is_walled_by_itself(void **state)
{
	Case *t = *state;
	Ctx *c = &t->d.c;
	const DbMigration fresh = { 9998, "fresh", "01", "",
				    "CREATE TABLE keep_fresh (tenant uuid NOT NULL PRIMARY KEY)" };
	const DbMigration bad = { 9999, "bad", "02", "", "CREATE TABLE keep_bad (tenant text NOT NULL PRIMARY KEY)" };
	DbMigration list[100];
	assert_true(db_migrations.n + 2 <= 100);
	memcpy(list, db_migrations.list, (size_t)db_migrations.n * sizeof *list);
	list[db_migrations.n] = fresh;
	list[db_migrations.n + 1] = bad;
	ok(db_migrate(c, t->d.admin, &(DbMigrations){ list, db_migrations.n + 1 }));
	assert_int_equal(find(&t->d, &outside), 0);
	holds(t, &c->tenant, "INSERT INTO keep_fresh VALUES (current_setting('rampe.tenant')::uuid)");
	refused(t, "INSERT INTO keep_fresh VALUES (gen_random_uuid())", "row-level security");
	/* A tenant that is none is found when it is migrated, and nothing of it stays. */
	assert_int_equal(db_migrate(c, t->d.admin, &(DbMigrations){ list, db_migrations.n + 2 }), ERR_DB);
	assert_int_equal(find(&t->d, &bad_table), 0);
	database_script(&t->d, "", "DROP TABLE keep_fresh; DELETE FROM schema_version WHERE version = 9998");
}

/* Rows of tenants that nobody has named: a migration reaches them, and the walls stand again after it. */
static void migration__changes_the_rows_of_every_tenant(void **state)
{
	Case *t = *state;
	Ctx *c = &t->d.c;
	const DbMigration made = {
		9998, "made", "01", "",
		"CREATE TABLE keep_rows (tenant uuid NOT NULL PRIMARY KEY, reached boolean NOT NULL DEFAULT false)"
	};
	const DbMigration changed = { 9999, "changed", "02", "", "UPDATE keep_rows SET reached = true" };
	DbMigration list[100];
	assert_true(db_migrations.n + 2 <= 100);
	memcpy(list, db_migrations.list, (size_t)db_migrations.n * sizeof *list);
	list[db_migrations.n] = made;
	list[db_migrations.n + 1] = changed;
	ok(db_migrate(c, t->d.admin, &(DbMigrations){ list, db_migrations.n + 1 }));
	database_script(&t->d, "", "INSERT INTO keep_rows VALUES (gen_random_uuid()), (gen_random_uuid())");
	ok(db_migrate(c, t->d.admin, &(DbMigrations){ list, db_migrations.n + 2 }));
	database_script(&t->d, "",
			"DO $$ BEGIN IF (SELECT count(*) FROM keep_rows WHERE reached) <> 2 THEN"
			" RAISE EXCEPTION 'not all were reached'; END IF; END $$");
	assert_int_equal(find(&t->d, &outside), 0);
	database_script(&t->d, "", "DROP TABLE keep_rows; DELETE FROM schema_version WHERE version >= 9998");
}

static void login__that_is_more_than_the_program_does_not_serve(void **state)
{
	Case *t = *state;
	Ctx *c = &t->d.c;
	ok(db_check_login(c, t->d.db));
	assert_int_equal(db_check_login(c, t->d.admin), ERR_CONFLICT);
	static const char *const more[] = { "ALTER ROLE rampe BYPASSRLS", "ALTER ROLE rampe NOBYPASSRLS CREATEROLE",
					    "ALTER ROLE rampe NOCREATEROLE; GRANT register_owner TO rampe" };
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
		database_script(&t->d, "", more[i]);
		assert_int_equal(db_check_login(c, t->d.db), ERR_CONFLICT);
	}
	database_script(&t->d, "", "REVOKE register_owner FROM rampe");
	ctx_clear(c);
	ok(db_check_login(c, t->d.db));
	/* And what serves does not migrate. */
	const DbMigrations fewer = { db_migrations.list, db_migrations.n - 1 };
	ok(db_migrate(c, t->d.db, &db_migrations));
	assert_int_equal(db_migrate(c, t->d.db, &fewer), ERR_CONFLICT);
	database_script(&t->d, "",
			"DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)");
	ctx_clear(c);
	Err e = db_migrate(c, t->d.db, &db_migrations);
	Str why = c->why;
	database_script(&t->d, "", "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	ok(db_migrate(c, t->d.admin, &db_migrations));
	assert_int_equal(e, ERR_CONFLICT);
	assert_true(str_find_str(why, STR("PostgreSQL")) != SIZE_MAX);
}

/* A walk goes on as its tenant, whatever is asked on the way. */
static Err ask_across(void *arg, const AuditRow *row)
{
	Ctx *c = arg;
	AuditTenantHeadList heads;
	RETURN_IF_ERR(audit_heads(c, &heads));
	c->tenant.v.b[15] = (unsigned char)(c->tenant.v.b[15] + (row->seq > 0));
	return OK;
}

static void walk__goes_on_behind_its_own_wall(void **state)
{
	Case *t = *state;
	Ctx *c = &t->d.c;
	enum { ENTRIES = 1200 };
	char sql[300];
	TenantId own = c->tenant;
	snprintf(sql, sizeof sql,
		 "INSERT INTO audit (tenant, seq, at, action, outcome, hash) SELECT '%s', n, now(), 'x', 'done', '' "
		 "FROM generate_series(2, %d) n",
		 uuid_str(c->arena, own.v).ptr, ENTRIES);
	database_script(&t->d, "", sql);
	ok(db_begin_read(c));
	ok(audit_walk(c, ask_across, c));
	db_end_read(c);
	/* One step for each entry: the walk saw them all. */
	assert_int_equal((unsigned char)(c->tenant.v.b[15] - own.v.b[15]), ENTRIES % 256);
	c->tenant = own;
}

/* The key store in a database of its own, made by an administrator who is no superuser. */
static void key_store__stands_behind_walls_of_its_own(void **state)
{
	Case *t = *state;
	Database *d = &t->d;
	Ctx *c = &d->c;
	Db *admin = NULL, *keys = NULL, *here = NULL;
	DbConn *raw = NULL;
	database_script(d, "", "CREATE ROLE keeper LOGIN CREATEROLE");
	database_script(d, "", "CREATE DATABASE vault OWNER keeper");
	ok(db_open(c, database_url(d, "keeper", "vault"), NULL, &admin));
	ok(db_migrate(c, admin, &key_migrations));
	ok(db_migrate(c, admin, &key_migrations));
	db_close(admin);
	/* Who is not of the program's role does not get in. */
	assert_int_equal(db_open(c, database_url(d, "rampe", "vault"), NULL, &keys), ERR_DB);
	database_script(d, "", "GRANT vault_program TO rampe");
	here = database_open(d);
	/* The register bears the name of its first store: this one is in its place. */
	database_script(d, "", "DELETE FROM key_store");
	Str keyring = str_printf(c->arena, "%s/test.keyring", d->directory);
	ok(vault_attach(c, here, database_url(d, "rampe", "vault"), keyring));
	Db *outer = c->db;
	c->db = here;
	const SealedPlace at = { .place = "contact.note", .person = { { 1, 2 } }, .row_len = 16 };
	Str sealed, text;
	int64_t changed = 0;
	ok(vault_make_key(c, at.person));
	ok(db_begin_read(c));
	ok(vault_seal(c, &at, STR("x"), &sealed));
	ok(vault_open(c, c->arena, &at, sealed, &text));
	db_end_read(c);
	assert_true(str_eq_z(text, "x"));
	TenantId own = c->tenant;
	c->tenant = t->other;
	ok(vault_make_key(c, at.person));
	c->tenant = own;
	ok(keyring_add_master(c, keyring));
	ok(vault_rewrap(c, &changed));
	assert_int_equal(changed, 2); /* of both tenants */
	c->db = outer;
	db_close(here);
	ok(db_open(c, database_url(d, "rampe", "vault"), NULL, &keys));
	ok(db_open_writer(c, keys, &raw));
	ok(raw->engine->script(c, raw, "DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM person_key); END $$"));
	assert_int_equal(raw->engine->script(c, raw, "DELETE FROM key_store"), ERR_DB);
	assert_int_equal(raw->engine->script(c, raw, "CREATE TABLE mine (x int)"), ERR_DB);
	raw->engine->close(raw);
	db_close(keys);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, set_up_walls, tear_down_walls)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(rows__are_not_there_where_no_tenant_is_named),
		ON(rows__of_another_tenant_are_neither_found_nor_changed_nor_added),
		ON(across_tenants__only_heads_are_seen_and_nothing_is_written),
		ON(audit__is_added_to_and_never_changed),
		ON(tables__are_not_the_programs_to_change),
		ON(owner__cannot_log_in_and_is_held_too),
		ON(table__with_a_tenant_stands_behind_the_wall),
		ON(table__that_a_migration_adds_is_walled_by_itself),
		ON(migration__changes_the_rows_of_every_tenant),
		ON(walk__goes_on_behind_its_own_wall),
		ON(key_store__stands_behind_walls_of_its_own),
		ON(login__that_is_more_than_the_program_does_not_serve),
	};
	if (!database_pg_start()) {
		fputs("no PostgreSQL server could be started\n", stderr);
		return 1;
	}
	int failed = cmocka_run_group_tests_name("postgres", tests, NULL, NULL);
	database_pg_stop();
	return failed;
}
