#include "db/engine.h"

#include "migrate_sql.h"

#include <string.h>

static const char make_version_table[] =
	"CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
	"checksum TEXT NOT NULL, applied_at %s NOT NULL)";

/* Compares what was applied with what the program knows; *known is how many of
 * `m` are in the database already. */
static Err compare(Ctx *c, const DbMigrations *m, const AppliedList *applied, int *known)
{
	for (size_t i = 0; i < applied->n; i++) {
		const Applied *a = &applied->at[i];
		if (i >= (size_t)m->n)
			return fail(c, ERR_CONFLICT,
				    T(c->lang, "it is newer than the program: it has step %lld (%.*s)"),
				    (long long)a->version, STR_ARG(a->name));
		const DbMigration *want = &m->list[i];
		if (a->version != want->version || !str_eq_z(a->checksum, want->checksum))
			return fail(c, ERR_CONFLICT,
				    T(c->lang, "its step %lld (%.*s) differs from the program's step %lld (%s)"),
				    (long long)a->version, STR_ARG(a->name), (long long)want->version, want->name);
	}
	*known = (int)applied->n;
	return OK;
}

static Err apply(Ctx *c, const DbMigrations *m, int from)
{
	bool sqlite = c->conn->engine->is_sqlite;
	for (int i = from; i < m->n; i++) {
		const DbMigration *step = &m->list[i];
		Err e = c->conn->engine->script(c, c->conn, sqlite ? step->sqlite : step->pg);
		if (e != OK) {
			c->why = str_printf(c->arena, "step %lld (%s): %.*s", (long long)step->version, step->name,
					    STR_ARG(c->why));
			return e;
		}
		const Applied row = { step->version, str_of(step->name), str_of(step->checksum) };
		RETURN_IF_ERR(schema_version_add(c, &row, clock_now(c->clock)));
	}
	return OK;
}

static Err run_script(Ctx *c, const char *sql)
{
	return sql == NULL ? OK : c->conn->engine->script(c, c->conn, sql);
}

static Err migrate_inside(Ctx *c, const DbMigrations *m)
{
	bool sqlite = c->conn->engine->is_sqlite;
	const char *time_type = sqlite ? "BIGINT" : "timestamptz";
	AppliedList applied = { 0 };
	int known = 0;
	RETURN_IF_ERR(run_script(c, c->conn->engine->migrate_before));
	RETURN_IF_ERR(run_script(c, str_printf(c->arena, make_version_table, time_type).ptr));
	RETURN_IF_ERR(schema_version_all(c, &applied));
	RETURN_IF_ERR(compare(c, m, &applied, &known));
	RETURN_IF_ERR(apply(c, m, known));
	return run_script(c, c->conn->engine->migrate_after);
}

/* Two programs that start at once: PostgreSQL's catalogue would let both
 * migrate; SQLite's BEGIN IMMEDIATE is lock enough. */
static Err lock_out_others(Ctx *c)
{
	if (c->conn->engine->is_sqlite)
		return OK;
	return c->conn->engine->script(c, c->conn, "SELECT pg_advisory_xact_lock(7213005)");
}

static Err migrate_on(Ctx *c, const DbMigrations *m)
{
	RETURN_IF_ERR(db_command(c, c->conn, c->conn->engine->begin_write, DB_NOW));
	RETURN_IF_ERR(lock_out_others(c));
	RETURN_IF_ERR(migrate_inside(c, m));
	return db_command(c, c->conn, "COMMIT", DB_NOW);
}

static Err check_applied(Ctx *c, Db *db, const DbMigrations *m, const char *older)
{
	Db *outer = c->db;
	AppliedList applied = { 0 };
	int known = 0;
	c->db = db;
	Err e = db_begin_read(c);
	if (e == OK) {
		e = schema_version_all(c, &applied);
		db_end_read(c);
	}
	c->db = outer;
	if (e != OK) {
		c->why = STR_NONE; /* which statement met no table helps nobody */
		return fail(
			c, ERR_CONFLICT, "%s",
			T(c->lang,
			  "Rampe's tables are not in it, or its login may not read them: make them with `rampe init`"));
	}
	RETURN_IF_ERR(compare(c, m, &applied, &known));
	return known == m->n ? OK : fail(c, ERR_CONFLICT, "%s", older);
}

Err db_migrate(Ctx *c, Db *db, const DbMigrations *m)
{
	DbConn *outer = c->conn, *conn = NULL;
	bool administers = false;
	RETURN_IF_ERR(db_open_writer(c, db, &conn));
	c->conn = conn;
	Err e = login_administers(c, &administers);
	if (e == OK && administers && !conn->engine->is_sqlite)
		e = conn->engine->script(c, conn, "RESET ROLE"); /* the program's, which may not */
	if (e == OK && administers)
		e = migrate_on(c, m);
	c->conn = outer;
	conn->engine->close(conn); /* what is not committed is undone */
	if (e != OK || administers)
		return e;
	return check_applied(c, db, m,
			     T(c->lang, "it is older than the program, and this login may not change its tables: run "
					"`rampe migrate` as an administrator of PostgreSQL"));
}

Err db_check_login(Ctx *c, Db *db)
{
	Db *outer = c->db;
	bool administers = false;
	if (db->engine->is_sqlite)
		return OK;
	c->db = db;
	Err e = db_begin_read(c);
	if (e == OK) {
		e = login_administers(c, &administers);
		db_end_read(c);
	}
	c->db = outer;
	if (e == OK && administers)
		e = fail(c, ERR_CONFLICT, "%s",
			 T(c->lang,
			   "its login may change tables and see past row security: serve with one that is only a "
			   "member of the program's role (man rampe)"));
	return e;
}

Err db_check_version(Ctx *c, Db *db, const DbMigrations *m)
{
	return check_applied(c, db, m, T(c->lang, "it is older than the program: run `rampe migrate`"));
}
