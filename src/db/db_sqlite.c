/* SQLite behind db.h. The only user of sqlite3.h. */
#include "db/db_sqlite.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

typedef struct {
	DbConn base;
	sqlite3 *db;
	DbCache cache;
	int log_frames; /* in the log after the last commit of this connection */
} Conn;

static Conn *of(DbConn *conn)
{
	return (Conn *)conn;
}

static Err err_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return ERR_BUSY;
	case SQLITE_CONSTRAINT:
		switch (rc) {
		case SQLITE_CONSTRAINT_UNIQUE:
		case SQLITE_CONSTRAINT_PRIMARYKEY:
		case SQLITE_CONSTRAINT_ROWID:
		case SQLITE_CONSTRAINT_FOREIGNKEY: return ERR_CONFLICT;
		default: return ERR_DB;
		}
	default: return ERR_DB;
	}
}

/* The kernel has dropped the pages: trying again would lie. */
static _Noreturn void stop_process(void)
{
	static const char gone[] = "rampe: fsync failed, stopping: the last commits may not be durable\n";
	(void)!write(STDERR_FILENO, gone, sizeof gone - 1);
	_exit(4);
}

static Err trouble(Ctx *c, Conn *conn, const char *what)
{
	int rc = sqlite3_extended_errcode(conn->db);
	if (rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC)
		stop_process();
	return fail(c, err_of(rc), "%s: %s (%d)", what, sqlite3_errmsg(conn->db), rc);
}

static int on_commit(void *arg, sqlite3 *db, const char *schema, int frames)
{
	(void)db;
	(void)schema;
	((Conn *)arg)->log_frames = frames;
	return SQLITE_OK;
}

static void sqlite_close(DbConn *base)
{
	Conn *conn = of(base);
	for (size_t i = 0; i < conn->cache.size; i++)
		sqlite3_finalize(conn->cache.slots[i].handle);
	sqlite3_close(conn->db);
	arena_free(base->arena);
}

/* What somebody who names the wrong file meets, in words. */
static Err cannot_open(Ctx *c, Conn *conn)
{
	switch (sqlite3_errcode(conn->db)) {
	case SQLITE_NOTADB: return fail(c, ERR_DB, "%s", T(c->lang, "the file is no SQLite database"));
	case SQLITE_READONLY: return fail(c, ERR_DB, "%s", T(c->lang, "the file or its folder may not be written to"));
	default: return trouble(c, conn, "opening");
	}
}

static Err configure(Ctx *c, Conn *conn, bool writer)
{
	static const char both[] = "PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF;"
				   "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;";
	/* A new database's page is twice the usual: sealed rows are long, and fewer pages are split and logged. */
	static const char writing[] = "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
				      "PRAGMA cache_size=-16384; PRAGMA journal_size_limit=67108864;"
				      "PRAGMA secure_delete=ON;";
	static const char reading[] = "PRAGMA query_only=ON; PRAGMA cache_size=-4096;";
	if (sqlite3_exec(conn->db, both, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(conn->db, writer ? writing : reading, NULL, NULL, NULL) != SQLITE_OK)
		return cannot_open(c, conn);
	if (writer)
		sqlite3_wal_hook(conn->db, on_commit, conn);
	return OK;
}

/* SQLite's count of its memory is one lock that all threads pass for every
 * allocation, and nobody reads it. */
static void forget_memory_statistics(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static Err sqlite_open(Ctx *c, Db *db, bool writer, DbConn **out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	(void)pthread_once(&once, forget_memory_statistics);
	Arena *arena = arena_new();
	Conn *conn = ARENA_NEW(arena, Conn);
	conn->base = (DbConn){ .engine = &db_engine_sqlite, .arena = arena, .db = db, .writer = writer };
	conn->cache.arena = arena;
	const char *path = db->url + strlen("sqlite:");
	int flags =
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (writer ? SQLITE_OPEN_CREATE : 0);
	if (sqlite3_open_v2(path, &conn->db, flags, NULL) != SQLITE_OK) {
		Err e = fail(c, ERR_DB, "%s: %s", path, sqlite3_errmsg(conn->db));
		sqlite_close(&conn->base);
		return e;
	}
	sqlite3_busy_timeout(conn->db, db->options.wait_ms);
	sqlite3_db_config(conn->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	Err e = configure(c, conn, writer);
	if (e != OK) {
		sqlite_close(&conn->base);
		return e;
	}
	*out = &conn->base;
	return OK;
}

static Err sqlite_script(Ctx *c, DbConn *base, const char *sql)
{
	Conn *conn = of(base);
	if (sqlite3_exec(conn->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return trouble(c, conn, "script");
	return OK;
}

static Err prepare(Ctx *c, Conn *conn, const DbStatement *s, unsigned flags, sqlite3_stmt **out)
{
	if (sqlite3_prepare_v3(conn->db, s->sqlite, -1, flags, out, NULL) != SQLITE_OK)
		return trouble(c, conn, s->name);
	return OK;
}

/* Commands such as SAVEPOINT come thousands of times a second: their text's
 * address serves as the key of the cache. */
/* Prepared once per connection and literal. */
static bool run_literal(Conn *conn, const char *sql)
{
	DbPrepared *p = db_cache_slot(&conn->cache, (const DbStatement *)(const void *)sql);
	if (p->handle == NULL) {
		sqlite3_stmt *made = NULL;
		if (sqlite3_prepare_v3(conn->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL) != SQLITE_OK)
			return false;
		p->handle = made;
	}
	int rc = sqlite3_step(p->handle);
	sqlite3_reset(p->handle);
	return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

static Err sqlite_command(Ctx *c, DbConn *base, const char *sql, DbWhen when)
{
	(void)when;
	return run_literal(of(base), sql) ? OK : trouble(c, of(base), sql);
}

static int bind(sqlite3_stmt *stmt, int at, const DbField *f, const DbValue *v)
{
	if (v->none)
		return sqlite3_bind_null(stmt, at);
	switch (f->type) {
	case DB_UUID: return sqlite3_bind_blob(stmt, at, v->u.b, sizeof v->u.b, SQLITE_STATIC);
	case DB_INT:
	case DB_BOOL:
	case DB_DATE:
	case DB_TIME: return sqlite3_bind_int64(stmt, at, v->i);
	case DB_REAL: return sqlite3_bind_double(stmt, at, v->r);
	case DB_TEXT: return sqlite3_bind_text64(stmt, at, v->s.ptr, v->s.len, SQLITE_STATIC, SQLITE_UTF8);
	case DB_SEALED:
	case DB_BYTES: return sqlite3_bind_blob64(stmt, at, v->s.ptr, v->s.len, SQLITE_STATIC);
	case DB_ENUM: return sqlite3_bind_text(stmt, at, f->values->rows[v->i].code, -1, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

static void sqlite_finish(DbCursor *cur)
{
	sqlite3_stmt *stmt = cur->handle;
	if (stmt == NULL)
		return;
	cur->handle = NULL;
	if (cur->temporary) {
		sqlite3_finalize(stmt);
		return;
	}
	sqlite3_reset(stmt);
	db_cache_slot(&of(cur->conn)->cache, cur->statement)->busy = false;
}

static Err sqlite_start(Ctx *c, DbConn *base, const DbStatement *s, const DbValue *params, bool paged, DbCursor *out)
{
	(void)paged; /* rows are always read one by one */
	Conn *conn = of(base);
	DbPrepared *p = db_cache_slot(&conn->cache, s);
	sqlite3_stmt *stmt = p->handle;
	out->temporary = p->busy; /* running already, further out: a second copy */
	if (stmt == NULL || p->busy)
		RETURN_IF_ERR(prepare(c, conn, s, p->busy ? 0 : SQLITE_PREPARE_PERSISTENT, &stmt));
	if (!p->busy) {
		p->handle = stmt;
		p->busy = true;
	}
	out->handle = stmt;
	for (int i = 0; i < s->param_count; i++) {
		if (bind(stmt, i + 1, &s->params[i], &params[i]) != SQLITE_OK) {
			Err e = trouble(c, conn, s->name);
			sqlite_finish(out);
			return e;
		}
	}
	return OK;
}

static Err sqlite_next(Ctx *c, DbCursor *cur, bool *row)
{
	Conn *conn = of(cur->conn);
	int rc = sqlite3_step(cur->handle);
	*row = rc == SQLITE_ROW;
	if (rc == SQLITE_DONE)
		cur->changed = sqlite3_changes64(conn->db);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : trouble(c, conn, cur->statement->name);
}

static Err sqlite_later(Ctx *c, DbConn *base, const DbStatement *s, const DbValue *params)
{
	DbCursor cur = { .conn = base, .statement = s };
	RETURN_IF_ERR(sqlite_start(c, base, s, params, false, &cur));
	bool row = false;
	Err e = sqlite_next(c, &cur, &row);
	sqlite_finish(&cur);
	return e;
}

static Str bytes_of(sqlite3_value *v, bool text)
{
	const void *p = text ? sqlite3_value_text(v) : sqlite3_value_blob(v);
	return (Str){ p == NULL ? "" : p, (size_t)sqlite3_value_bytes(v) };
}

static Err wrong_type(Ctx *c, const DbCursor *cur, int column)
{
	return fail(c, ERR_DB, "%s: column %d (%s) is stored in another type", cur->statement->name, column + 1,
		    cur->statement->columns[column].name);
}

static Err sqlite_column(Ctx *c, const DbCursor *cur, int column, DbValue *out)
{
	sqlite3_value *v = sqlite3_column_value(cur->handle, column);
	int stored = sqlite3_value_type(v);
	*out = (DbValue){ .none = stored == SQLITE_NULL };
	if (out->none)
		return OK;
	switch (cur->statement->columns[column].type) {
	case DB_INT:
	case DB_BOOL:
	case DB_DATE:
	case DB_TIME:
		out->i = sqlite3_value_int64(v);
		return stored == SQLITE_INTEGER ? OK : wrong_type(c, cur, column);
	case DB_REAL:
		out->r = sqlite3_value_double(v);
		return stored == SQLITE_FLOAT || stored == SQLITE_INTEGER ? OK : wrong_type(c, cur, column);
	case DB_TEXT:
	case DB_ENUM: out->s = bytes_of(v, true); return stored == SQLITE_TEXT ? OK : wrong_type(c, cur, column);
	case DB_SEALED:
	case DB_BYTES: out->s = bytes_of(v, false); return stored == SQLITE_BLOB ? OK : wrong_type(c, cur, column);
	case DB_UUID: break;
	}
	Str raw = bytes_of(v, false);
	if (stored != SQLITE_BLOB || raw.len != sizeof out->u.b)
		return wrong_type(c, cur, column);
	memcpy(out->u.b, raw.ptr, sizeof out->u.b);
	return OK;
}

static Err sqlite_shape(Ctx *c, DbConn *base, const DbStatement *s, DbShape *out)
{
	Conn *conn = of(base);
	DbPrepared *p = db_cache_slot(&conn->cache, s);
	if (p->handle == NULL) {
		sqlite3_stmt *made = NULL;
		RETURN_IF_ERR(prepare(c, conn, s, SQLITE_PREPARE_PERSISTENT, &made));
		p->handle = made;
	}
	out->columns = sqlite3_column_count(p->handle);
	for (int i = 0; i < out->columns && i < (int)(sizeof out->names / sizeof out->names[0]); i++)
		out->names[i] = sqlite3_column_name(p->handle, i);
	if (sqlite3_bind_parameter_count(p->handle) != s->param_count)
		return fail(c, ERR_DB, "%s: %d parameters, not %d", s->name, sqlite3_bind_parameter_count(p->handle),
			    s->param_count);
	return OK;
}

static bool sqlite_reset(DbConn *base)
{
	static const char rollback[] = "ROLLBACK";
	Conn *conn = of(base);
	for (size_t i = 0; i < conn->cache.size; i++) {
		if (conn->cache.slots[i].busy)
			sqlite3_reset(conn->cache.slots[i].handle);
		conn->cache.slots[i].busy = false;
	}
	if (!sqlite3_get_autocommit(conn->db))
		return run_literal(conn, rollback);
	return true;
}

const DbEngine db_engine_sqlite = {
	.name = "sqlite",
	.is_sqlite = true,
	.open = sqlite_open,
	.close = sqlite_close,
	.command = sqlite_command,
	.script = sqlite_script,
	.start = sqlite_start,
	.later = sqlite_later,
	.next = sqlite_next,
	.column = sqlite_column,
	.finish = sqlite_finish,
	.shape = sqlite_shape,
	.reset = sqlite_reset,
	.begin_read = "BEGIN",
	.begin_write = "BEGIN IMMEDIATE",
	.sample = "PRAGMA analysis_limit = 1000; ANALYZE;",
};

int sqlite_log_frames(DbConn *writer)
{
	return of(writer)->log_frames;
}

bool sqlite_checkpoint(DbConn *base, int *log, int *moved)
{
	int rc = sqlite3_wal_checkpoint_v2(of(base)->db, "main", SQLITE_CHECKPOINT_PASSIVE, log, moved);
	if (rc == SQLITE_IOERR_FSYNC)
		stop_process();
	return rc == SQLITE_OK;
}

void sqlite_sync_file(DbConn *base)
{
	sqlite3_file *file = NULL;
	sqlite3_file_control(of(base)->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	if (file != NULL && file->pMethods != NULL && file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) != SQLITE_OK)
		stop_process();
}

Err sqlite_copy(Ctx *c, DbConn *base, const char *to)
{
	Conn *conn = of(base);
	sqlite3_stmt *stmt = NULL;
	bool done = sqlite3_prepare_v2(conn->db, "VACUUM INTO ?1", -1, &stmt, NULL) == SQLITE_OK &&
		    sqlite3_bind_text(stmt, 1, to, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_DONE;
	Err e = done ? OK : trouble(c, conn, to);
	sqlite3_finalize(stmt);
	return e;
}
