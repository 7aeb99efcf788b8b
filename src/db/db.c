#include "db/engine.h"

#include <errno.h>
#include <string.h>

struct timespec db_deadline(int ms)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += ms / 1000;
	at.tv_nsec += (long)(ms % 1000) * 1000000;
	if (at.tv_nsec >= 1000000000) {
		at.tv_sec++;
		at.tv_nsec -= 1000000000;
	}
	return at;
}

void db_cond_init(pthread_cond_t *cond)
{
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(cond, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

Err db_open(Ctx *c, Str url, const DbOptions *options, Db **out)
{
	const DbEngine *engine = NULL;
	if (str_starts(url, STR("sqlite:")) && url.len > strlen("sqlite:"))
		engine = &db_engine_sqlite;
	else if (str_starts(url, STR("postgres://")) || str_starts(url, STR("postgresql://")))
		engine = &db_engine_pg;
	if (engine == NULL)
		return refuse(c, "db", "%s", T(c->lang, "A database is sqlite:PATH or postgres://…"));
	Arena *arena = arena_new();
	Db *db = ARENA_NEW(arena, Db);
	db->arena = arena;
	db->engine = engine;
	db->url = str_z(arena, url);
	db->options = options != NULL ? *options : DB_OPTIONS;
	pthread_mutex_init(&db->lock, NULL);
	db_cond_init(&db->freed);
	/* The first connection shows that the database can be reached. */
	DbConn *first = NULL;
	Err e = engine->open(c, db, true, &first);
	if (e != OK) {
		db_close(db);
		return e;
	}
	engine->close(first);
	*out = db;
	return OK;
}

void db_close(Db *db)
{
	if (db == NULL)
		return;
	commit_release(db);
	witness_release(db);
	vault_release(db);
	for (DbConn *conn = db->idle; conn != NULL;) {
		DbConn *next = conn->next;
		conn->engine->close(conn);
		conn = next;
	}
	pthread_cond_destroy(&db->freed);
	pthread_mutex_destroy(&db->lock);
	arena_free(db->arena);
}

const char *db_engine_name(const Db *db)
{
	return db->engine->name;
}

Err db_tidy(Ctx *c, Db *db, const char *sqlite, const char *pg)
{
	DbConn *conn = NULL;
	RETURN_IF_ERR(db_open_writer(c, db, &conn));
	Err e = conn->engine->is_sqlite
			? OK
			: conn->engine->script(c, conn, "RESET ROLE"); /* the program's, which may not */
	if (e == OK)
		e = conn->engine->script(c, conn, conn->engine->is_sqlite ? sqlite : pg);
	conn->engine->close(conn);
	return e;
}

Err db_open_writer(Ctx *c, Db *db, DbConn **out)
{
	return db->engine->open(c, db, true, out);
}

/* An idle reader, the right to open one (*out NULL), or ERR_BUSY. */
static Err reader_wait(Ctx *c, Db *db, DbConn **out, uint64_t *number)
{
	struct timespec until = db_deadline(db->options.wait_ms);
	Err e = OK;
	pthread_mutex_lock(&db->lock);
	while (db->idle == NULL && db->open >= db->options.readers && e == OK)
		if (pthread_cond_timedwait(&db->freed, &db->lock, &until) == ETIMEDOUT && db->idle == NULL)
			e = ERR_BUSY;
	*out = e == OK ? db->idle : NULL;
	if (*out != NULL)
		db->idle = (*out)->next;
	else if (e == OK)
		db->open++;
	*number = ++db->reads;
	pthread_mutex_unlock(&db->lock);
	return e == OK ? OK : fail(c, e, "no reader came free in %d ms", db->options.wait_ms);
}

static void reader_forget(Db *db)
{
	pthread_mutex_lock(&db->lock);
	db->open--;
	pthread_cond_signal(&db->freed);
	pthread_mutex_unlock(&db->lock);
}

static void reader_give(DbConn *conn)
{
	Db *db = conn->db;
	vault_put_away(conn);
	if (!conn->engine->reset(conn) || conn->broken) {
		conn->engine->close(conn);
		reader_forget(db);
		return;
	}
	pthread_mutex_lock(&db->lock);
	conn->next = db->idle;
	db->idle = conn;
	pthread_cond_signal(&db->freed);
	pthread_mutex_unlock(&db->lock);
}

static Err reader_take(Ctx *c, Db *db, DbConn **out)
{
	uint64_t number = 0;
	RETURN_IF_ERR(reader_wait(c, db, out, &number));
	if (*out == NULL) {
		Err e = db->engine->open(c, db, false, out);
		if (e != OK) {
			reader_forget(db);
			return e;
		}
	}
	(*out)->reads = number;
	(*out)->depth = 0;
	(*out)->failed = false;
	return OK;
}

/* A read that clearing the arena would have to end. */
typedef struct {
	Ctx *c;
	DbConn *conn;
	uint64_t number;
} Forgotten;

static void end_forgotten(void *arg)
{
	Forgotten *f = arg;
	if (f->c->conn != f->conn || f->conn == NULL || f->conn->writer || f->conn->reads != f->number)
		return;
	f->c->conn = NULL;
	reader_give(f->conn);
}

Err db_begin_read(Ctx *c)
{
	if (c->conn != NULL) {
		c->conn->depth++;
		return OK;
	}
	if (c->db == NULL)
		return fail(c, ERR_INTERNAL, "no database to read from");
	DbConn *conn = NULL;
	RETURN_IF_ERR(reader_take(c, c->db, &conn));
	Err e = conn->engine->command(c, conn, conn->engine->begin_read, DB_LATER);
	if (e != OK) {
		conn->broken = true;
		reader_give(conn);
		return e;
	}
	c->conn = conn;
	Forgotten *f = ARENA_NEW(c->arena, Forgotten);
	*f = (Forgotten){ c, conn, conn->reads };
	arena_defer(c->arena, end_forgotten, f);
	return OK;
}

void db_end_read(Ctx *c)
{
	if (c->conn == NULL)
		return;
	if (c->conn->depth > 0) {
		c->conn->depth--;
		return;
	}
	if (c->conn->writer)
		return;
	DbConn *conn = c->conn;
	c->conn = NULL;
	reader_give(conn);
}

static size_t slot_of(const DbCache *cache, const DbStatement *s)
{
	uint64_t h = (uint64_t)(uintptr_t)s * 0x9E3779B97F4A7C15u;
	size_t i = (size_t)(h >> 32) & (cache->size - 1);
	while (cache->slots[i].statement != NULL && cache->slots[i].statement != s)
		i = (i + 1) & (cache->size - 1);
	return i;
}

DbPrepared *db_cache_slot(DbCache *cache, const DbStatement *s)
{
	if (cache->used * 2 >= cache->size) {
		DbCache bigger = { .arena = cache->arena, .size = cache->size == 0 ? 64 : cache->size * 2 };
		bigger.slots = ARENA_ARRAY(bigger.arena, bigger.size, DbPrepared);
		bigger.used = cache->used;
		for (size_t i = 0; i < cache->size; i++)
			if (cache->slots[i].statement != NULL)
				bigger.slots[slot_of(&bigger, cache->slots[i].statement)] = cache->slots[i];
		*cache = bigger;
	}
	DbPrepared *p = &cache->slots[slot_of(cache, s)];
	if (p->statement == NULL) {
		p->statement = s;
		cache->used++;
	}
	return p;
}
