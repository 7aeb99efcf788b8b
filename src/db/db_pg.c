/* PostgreSQL behind db.h. The only user of libpq-fe.h.
 *
 * Connections stay in pipeline mode: what is DB_LATER is sent with the next
 * statement, whose answer brings the answers of all before it.
 */
#include "db/pg_wire.h"

#include "base/buf.h"
#include "db/dump.h"
#include "db/engine.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

enum {
	UNREAD_MOST = 64, /* sent, not yet answered: more could fill both sockets */
	PAGE_ROWS = 500,
};

typedef enum { UNREAD_COMMAND, UNREAD_SYNC } Unread;

typedef struct {
	DbConn base;
	PGconn *pg;
	DbCache cache;
	unsigned made; /* statements and cursors, for their names */
	Unread unread[UNREAD_MOST + 8];
	int unread_count;
	DbWall wall; /* as the transaction has it */
	bool walled; /* it has one */
} Conn;

/* sql/pg/, NUL-terminated. */
extern const char pg_roles_script[], pg_walls_script[];

static Conn *of(DbConn *conn)
{
	return (Conn *)conn;
}

static Err err_of(const char *state)
{
	static const struct {
		const char *state;
		Err e;
	} known[] = {
		{ "23505", ERR_CONFLICT }, /* unique */
		{ "23503", ERR_CONFLICT }, /* foreign key */
		{ "40001", ERR_BUSY },     /* serialization */
		{ "40P01", ERR_BUSY },     /* deadlock */
		{ "55P03", ERR_BUSY },     /* lock timeout */
	};
	for (size_t i = 0; state != NULL && i < sizeof known / sizeof known[0]; i++)
		if (strcmp(state, known[i].state) == 0)
			return known[i].e;
	return ERR_DB;
}

static Err gone(Ctx *c, Conn *conn, const char *what)
{
	conn->base.broken = PQstatus(conn->pg) != CONNECTION_OK;
	conn->base.doomed = true;
	return fail(c, ERR_DB, "%s: %s", what, PQerrorMessage(conn->pg));
}

static bool is_good(const PGresult *r)
{
	ExecStatusType status = PQresultStatus(r);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static Err refused(Ctx *c, Conn *conn, const char *what, const PGresult *r)
{
	if (PQstatus(conn->pg) != CONNECTION_OK)
		return gone(c, conn, what);
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	return fail(c, err_of(state), "%s: %s (%s)", what, message == NULL ? PQresultErrorMessage(r) : message,
		    state == NULL ? "-" : state);
}

static void sent(Conn *conn, Unread what)
{
	conn->unread[conn->unread_count++] = what;
}

/* Reads all answers. The last `mine` commands are the caller's; an error before
 * them is nobody's own and dooms the transaction. *last is the last command's
 * result, to be cleared by the caller. */
static Err drain(Ctx *c, Conn *conn, const char *what, int mine, PGresult **last)
{
	Err e = OK;
	int commands = 0;
	*last = NULL;
	for (int i = 0; i < conn->unread_count; i++)
		commands += conn->unread[i] == UNREAD_COMMAND;
	for (int i = 0; i < conn->unread_count; i++) {
		PGresult *r = PQgetResult(conn->pg);
		if (r == NULL) {
			conn->unread_count = 0;
			return gone(c, conn, what);
		}
		if (conn->unread[i] == UNREAD_SYNC) {
			PQclear(r);
			continue;
		}
		commands--;
		if (!is_good(r) && e == OK) {
			conn->base.doomed = conn->base.doomed || commands >= mine;
			e = refused(c, conn, what, r);
		}
		PQclear(PQgetResult(conn->pg)); /* NULL ends each command */
		PQclear(*last);
		*last = r;
	}
	conn->unread_count = 0;
	/* Without BEGIN, what is sent between two syncs is a transaction. */
	conn->walled = conn->walled && PQtransactionStatus(conn->pg) != PQTRANS_IDLE;
	return e;
}

/* Asks for the answers of everything sent and reads them. */
static Err settle(Ctx *c, Conn *conn, const char *what, int mine, PGresult **last)
{
	*last = NULL;
	if (PQpipelineSync(conn->pg) != 1)
		return gone(c, conn, what);
	sent(conn, UNREAD_SYNC);
	return drain(c, conn, what, mine, last);
}

static Err settle_all(Ctx *c, Conn *conn, const char *what)
{
	PGresult *last = NULL;
	Err e = conn->unread_count == 0 ? OK : settle(c, conn, what, 0, &last);
	PQclear(last);
	return e;
}

static void ignore_notice(void *arg, const PGresult *r)
{
	(void)arg;
	(void)r;
}

static void pg_close(DbConn *base)
{
	PQfinish(of(base)->pg);
	arena_free(base->arena);
}

static Err pg_script(Ctx *c, DbConn *base, const char *sql)
{
	Conn *conn = of(base);
	RETURN_IF_ERR(settle_all(c, conn, "script"));
	if (PQexitPipelineMode(conn->pg) != 1)
		return gone(c, conn, "script");
	PGresult *r = PQexec(conn->pg, sql);
	Err e = is_good(r) ? OK : refused(c, conn, "script", r);
	PQclear(r);
	if (PQenterPipelineMode(conn->pg) != 1)
		return gone(c, conn, "script");
	return e;
}

/* Whatever it logs in as, the program works as the role that only reads and
 * writes rows, once `rampe migrate` has made it (sql/pg/roles.sql). */
static const char open_script[] =
	"SET lock_timeout = %d; SET TimeZone = 'UTC'; "
	"PREPARE wall (text, text) AS"
	" SELECT set_config('rampe.tenant', $1, true), set_config('rampe.across', $2, true); "
	"SELECT set_config('role', rolname, false) FROM pg_roles"
	" WHERE rolname = current_database() || '_program' AND pg_has_role(session_user, oid, 'MEMBER')";

static Err pg_open(Ctx *c, Db *db, bool writer, DbConn **out)
{
	Arena *arena = arena_new();
	Conn *conn = ARENA_NEW(arena, Conn);
	conn->base = (DbConn){ .engine = &db_engine_pg, .arena = arena, .db = db, .writer = writer };
	conn->cache.arena = arena;
	conn->pg = PQconnectdb(db->url);
	Err e = OK;
	if (PQstatus(conn->pg) != CONNECTION_OK)
		e = fail(c, ERR_DB, "%s", PQerrorMessage(conn->pg)); /* names host and user, never the password */
	if (e == OK && PQserverVersion(conn->pg) < 150000)
		e = fail(c, ERR_DB, "PostgreSQL %d is too old: 15 is needed", PQserverVersion(conn->pg) / 10000);
	if (e == OK && (PQsetClientEncoding(conn->pg, "UTF8") != 0 || PQenterPipelineMode(conn->pg) != 1))
		e = gone(c, conn, "opening");
	PQsetNoticeReceiver(conn->pg, ignore_notice, NULL);
	if (e == OK)
		e = pg_script(c, &conn->base, str_printf(arena, open_script, db->options.wait_ms).ptr);
	if (e != OK)
		pg_close(&conn->base);
	else
		*out = &conn->base;
	return e;
}

static bool send_command(Conn *conn, const char *sql)
{
	if (PQsendQueryParams(conn->pg, sql, 0, NULL, NULL, NULL, NULL, 1) != 1)
		return false;
	sent(conn, UNREAD_COMMAND);
	return true;
}

static Err pg_command(Ctx *c, DbConn *base, const char *sql, DbWhen when)
{
	Conn *conn = of(base);
	PGresult *r = NULL;
	if (!send_command(conn, sql))
		return gone(c, conn, sql);
	/* Another transaction, or a savepoint from before the wall stood. */
	if (strncmp(sql, "BEGIN", 5) == 0 || strncmp(sql, "ROLLBACK", 8) == 0)
		conn->walled = false;
	if (when == DB_LATER)
		return conn->unread_count < UNREAD_MOST ? OK : settle_all(c, conn, sql);
	Err e = settle(c, conn, sql, 1, &r);
	/* A transaction that has failed answers COMMIT with ROLLBACK. */
	if (e == OK && strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(r), "COMMIT") != 0)
		e = fail(c, ERR_DB, "COMMIT was answered by %s", PQcmdStatus(r));
	PQclear(r);
	return e;
}

/* Parameters as libpq takes them, without allocation. */
typedef struct {
	PgParam params[100];
	const char *values[100];
	int lengths[100], formats[100];
} Bound;

static void bind(const DbStatement *s, const DbValue *params, Bound *out)
{
	for (int i = 0; i < s->param_count; i++) {
		pg_encode(&s->params[i], &params[i], &out->params[i]);
		out->values[i] = out->params[i].at;
		out->lengths[i] = out->params[i].len;
		out->formats[i] = 1;
	}
}

/* Whose rows a statement is about: the tenant's that is bound to it; without one
 * it looks across them, and no policy but `across` lets it see anything. */
static DbWall wall_of(const DbStatement *s, const DbValue *params)
{
	for (int i = 0; i < s->param_count; i++)
		if (s->params[i].type == DB_UUID && strcmp(s->params[i].name, "tenant") == 0)
			return (DbWall){ .tenant = { params[i].u } };
	return (DbWall){ .across = true };
}

/* Sends who may be seen from here on, unless the transaction knows: row security
 * stands behind what a statement says itself. */
static bool send_wall(Conn *conn, const DbWall *wall)
{
	if (conn->walled && conn->wall.across == wall->across && uuid_eq(conn->wall.tenant.v, wall->tenant.v))
		return true;
	char tenant[36 + 1] = "";
	if (!wall->across)
		uuid_write(wall->tenant.v, tenant);
	const char *const values[] = { tenant, wall->across ? "on" : "" };
	if (PQsendQueryPrepared(conn->pg, "wall", 2, values, NULL, NULL, 1) != 1)
		return false;
	sent(conn, UNREAD_COMMAND);
	conn->wall = *wall;
	conn->walled = true;
	return true;
}

static bool send_prepare(Conn *conn, const DbStatement *s, const char *name)
{
	if (PQsendPrepare(conn->pg, name, s->pg, 0, NULL) != 1)
		return false;
	sent(conn, UNREAD_COMMAND);
	return true;
}

static const char *new_name(Conn *conn)
{
	return str_printf(conn->base.arena, "s%u", ++conn->made).ptr;
}

static bool send_prepared(Conn *conn, const DbStatement *s, const char *name, const Bound *b)
{
	if (PQsendQueryPrepared(conn->pg, name, s->param_count, b->values, b->lengths, b->formats, 1) != 1)
		return false;
	sent(conn, UNREAD_COMMAND);
	return true;
}

static Err run(Ctx *c, Conn *conn, const DbStatement *s, const Bound *b, DbCursor *out)
{
	DbPrepared *p = db_cache_slot(&conn->cache, s);
	const char *name = p->handle;
	PGresult *r = NULL;
	int mine = name == NULL ? 2 : 1;
	if (name == NULL) {
		name = new_name(conn);
		if (!send_prepare(conn, s, name))
			return gone(c, conn, s->name);
	}
	if (!send_prepared(conn, s, name, b))
		return gone(c, conn, s->name);
	Err e = settle(c, conn, s->name, mine, &r);
	if (e != OK) {
		PQclear(r);
		return e;
	}
	p->handle = (void *)(uintptr_t)name;
	out->handle = r;
	return OK;
}

static Err fetch_page(Ctx *c, DbCursor *cur)
{
	Conn *conn = of(cur->conn);
	PGresult *r = NULL;
	char sql[60];
	snprintf(sql, sizeof sql, "FETCH %d FROM page%u", PAGE_ROWS, cur->number);
	PQclear(cur->handle);
	cur->handle = NULL;
	/* Another statement may have run since the last page. */
	if (!send_wall(conn, &cur->wall) || !send_command(conn, sql))
		return gone(c, conn, cur->statement->name);
	Err e = settle(c, conn, cur->statement->name, 1, &r);
	if (e != OK) {
		PQclear(r);
		return e;
	}
	cur->handle = r;
	cur->row = -1;
	cur->rows = PQntuples(r);
	return OK;
}

static Err run_paged(Ctx *c, Conn *conn, const DbStatement *s, const Bound *b, DbCursor *out)
{
	out->number = ++conn->made;
	out->paged = true;
	const char *sql = str_printf(c->scratch, "DECLARE page%u NO SCROLL CURSOR FOR %s", out->number, s->pg).ptr;
	if (PQsendQueryParams(conn->pg, sql, s->param_count, NULL, b->values, b->lengths, b->formats, 1) != 1)
		return gone(c, conn, s->name);
	sent(conn, UNREAD_COMMAND);
	return OK;
}

static Err pg_start(Ctx *c, DbConn *base, const DbStatement *s, const DbValue *params, bool paged, DbCursor *out)
{
	Conn *conn = of(base);
	Bound b;
	bind(s, params, &b);
	out->row = -1;
	out->wall = wall_of(s, params);
	if (!send_wall(conn, &out->wall))
		return gone(c, conn, s->name);
	if (paged) {
		/* What was sent before is answered for before an error can be the cursor's. */
		RETURN_IF_ERR(settle_all(c, conn, s->name));
		RETURN_IF_ERR(run_paged(c, conn, s, &b, out));
		PGresult *r = NULL;
		Err e = settle(c, conn, s->name, 1, &r);
		PQclear(r);
		return e;
	}
	RETURN_IF_ERR(run(c, conn, s, &b, out));
	const PGresult *r = out->handle;
	out->rows = PQntuples(r);
	int64_t changed = 0;
	if (str_to_int(str_of(PQcmdTuples((PGresult *)(uintptr_t)r)), &changed))
		out->changed = changed;
	return OK;
}

static Err pg_later(Ctx *c, DbConn *base, const DbStatement *s, const DbValue *params)
{
	Conn *conn = of(base);
	Bound b;
	bind(s, params, &b);
	const DbWall wall = wall_of(s, params);
	DbPrepared *p = db_cache_slot(&conn->cache, s);
	if (!send_wall(conn, &wall))
		return gone(c, conn, s->name);
	if (p->handle == NULL) {
		DbCursor cur = { .conn = base, .statement = s };
		Err e = run(c, conn, s, &b, &cur);
		PQclear(cur.handle);
		return e;
	}
	if (!send_prepared(conn, s, p->handle, &b))
		return gone(c, conn, s->name);
	return conn->unread_count < UNREAD_MOST ? OK : settle_all(c, conn, s->name);
}

static Err pg_next(Ctx *c, DbCursor *cur, bool *row)
{
	if (cur->paged && (cur->handle == NULL || (cur->row + 1 == cur->rows && cur->rows == PAGE_ROWS)))
		RETURN_IF_ERR(fetch_page(c, cur));
	*row = cur->row + 1 < cur->rows;
	if (*row)
		cur->row++;
	return OK;
}

static Err pg_column(Ctx *c, const DbCursor *cur, int column, DbValue *out)
{
	const PGresult *r = cur->handle;
	const DbField *f = &cur->statement->columns[column];
	*out = (DbValue){ .none = PQgetisnull(r, cur->row, column) == 1 };
	if (out->none)
		return OK;
	Str bytes = { PQgetvalue(r, cur->row, column), (size_t)PQgetlength(r, cur->row, column) };
	if (!pg_decode(f->type, PQftype(r, column), bytes, out))
		return fail(c, ERR_DB, "%s: column %d (%s) is stored in another type", cur->statement->name, column + 1,
			    f->name);
	return OK;
}

static void pg_finish(DbCursor *cur)
{
	Conn *conn = of(cur->conn);
	PQclear(cur->handle);
	cur->handle = NULL;
	char sql[40];
	snprintf(sql, sizeof sql, "CLOSE page%u", cur->number);
	/* In a failed transaction the cursor is gone already. */
	if (cur->paged && PQtransactionStatus(conn->pg) == PQTRANS_INTRANS && conn->unread_count < UNREAD_MOST)
		send_command(conn, sql);
}

static Err pg_shape(Ctx *c, DbConn *base, const DbStatement *s, DbShape *out)
{
	Conn *conn = of(base);
	PGresult *r = NULL;
	const char *name = new_name(conn);
	RETURN_IF_ERR(settle_all(c, conn, s->name));
	if (!send_prepare(conn, s, name) || PQsendDescribePrepared(conn->pg, name) != 1)
		return gone(c, conn, s->name);
	sent(conn, UNREAD_COMMAND);
	Err e = settle(c, conn, s->name, 2, &r);
	out->columns = PQnfields(r);
	for (int i = 0; e == OK && i < out->columns && i < s->column_count; i++) {
		out->names[i] = str_dup(base->arena, str_of(PQfname(r, i))).ptr;
		if (!pg_reads(s->columns[i].type, PQftype(r, i)))
			e = fail(c, ERR_DB, "%s: column %d (%s) has type %u", s->name, i + 1, out->names[i],
				 PQftype(r, i));
	}
	if (e == OK && PQnparams(r) != s->param_count)
		e = fail(c, ERR_DB, "%s: %d parameters, not %d", s->name, PQnparams(r), s->param_count);
	PQclear(r);
	return e;
}

/* A reader's end is sent and not waited for, unless something was wrong. */
static bool pg_reset(DbConn *base)
{
	Conn *conn = of(base);
	if (PQstatus(conn->pg) != CONNECTION_OK || base->broken)
		return false;
	if (conn->unread_count < UNREAD_MOST && !base->doomed && !base->writer && send_command(conn, "ROLLBACK") &&
	    PQpipelineSync(conn->pg) == 1) {
		sent(conn, UNREAD_SYNC);
		return true;
	}
	Ctx c;
	ctx_init(&c);
	Err before = settle_all(&c, conn, "reset");
	(void)before; /* what failed has been told already */
	Err e = pg_command(&c, base, "ROLLBACK", DB_NOW);
	ctx_release(&c);
	base->doomed = false;
	return e == OK;
}

const DbEngine db_engine_pg = {
	.name = "postgres",
	.open = pg_open,
	.close = pg_close,
	.command = pg_command,
	.script = pg_script,
	.start = pg_start,
	.later = pg_later,
	.next = pg_next,
	.column = pg_column,
	.finish = pg_finish,
	.shape = pg_shape,
	.reset = pg_reset,
	.migrate_before = pg_roles_script,
	.migrate_after = pg_walls_script,
	.begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
	.begin_write = "BEGIN",
};

/* What libpq calls a setting, and its programs' environment. */
static const struct {
	const char *keyword, *variable;
} settings[] = {
	{ "host", "PGHOST" },       { "hostaddr", "PGHOSTADDR" },       { "port", "PGPORT" },
	{ "user", "PGUSER" },       { "password", "PGPASSWORD" },       { "passfile", "PGPASSFILE" },
	{ "sslmode", "PGSSLMODE" }, { "sslrootcert", "PGSSLROOTCERT" }, { "sslcert", "PGSSLCERT" },
	{ "sslkey", "PGSSLKEY" },   { "dbname", "PGDATABASE" },
};
enum { SETTINGS = sizeof settings / sizeof settings[0] };
_Static_assert((int)SETTINGS <= (int)PG_SETTINGS_MOST, "they have room");

/* The settings that the address names, in the arena; NULL where it does not. */
static Err read_settings(Ctx *c, Str url, const char *out[SETTINGS])
{
	PQconninfoOption *options = PQconninfoParse(str_z(c->arena, url), NULL);
	if (options == NULL)
		return refuse(c, "db", "%s", T(c->lang, "A database is sqlite:PATH or postgres://…"));
	for (size_t i = 0; i < SETTINGS; i++) {
		out[i] = NULL;
		for (const PQconninfoOption *o = options; o->keyword != NULL; o++)
			if (o->val != NULL && strcmp(o->keyword, settings[i].keyword) == 0)
				out[i] = str_z(c->arena, str_of(o->val));
	}
	PQconninfoFree(options);
	return OK;
}

Err dump_pg_environment(Ctx *c, Str url, PgEnvironment *out)
{
	const char *values[SETTINGS];
	size_t n = 0;
	*out = (PgEnvironment){ 0 };
	RETURN_IF_ERR(read_settings(c, url, values));
	for (size_t i = 0; i < SETTINGS; i++)
		if (values[i] != NULL)
			out->at[n++] = str_printf(c->arena, "%s=%s", settings[i].variable, values[i]).ptr;
	out->database = values[SETTINGS - 1];
	return OK;
}

/* Letters, digits and what never means anything stay; the rest by its number. */
static Str in_address(Ctx *c, const char *value)
{
	Buf *b = buf_new(c->arena, 65536);
	for (; *value != '\0'; value++) {
		unsigned char ch = (unsigned char)*value;
		bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
			     ch == '-' || ch == '_' || ch == '.';
		buf_printf(b, plain ? "%c" : "%%%02X", ch);
	}
	return buf_str(b);
}

Err dump_pg_beside(Ctx *c, Str url, const char *database, Str *out)
{
	const char *values[SETTINGS];
	Buf *b = buf_new(c->arena, 65536);
	char before = '?';
	RETURN_IF_ERR(read_settings(c, url, values));
	buf_printf(b, "postgresql:///%s", database);
	for (size_t i = 0; i + 1 < SETTINGS; i++) {
		if (values[i] == NULL)
			continue;
		Str value = in_address(c, values[i]);
		buf_printf(b, "%c%s=%.*s", before, settings[i].keyword, STR_ARG(value));
		before = '&';
	}
	*out = buf_str(b);
	return OK;
}
