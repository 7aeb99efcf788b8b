/* engine: what SQLite and PostgreSQL each do, behind one small table.
 *
 * Only for the files of this room (and tests that make a step fail by putting
 * a table of their own into DbConn.engine). A connection belongs to one thread
 * at a time. Errors as in statement.h; the detail goes to c->why.
 */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "crypto/seal.h"
#include "db/migrate.h"
#include "db/statement.h"

#include <pthread.h>
#include <time.h>

typedef struct DbEngine DbEngine;

/* Whose rows the engine lets a statement see: a tenant's, or `across` tenants
 * what may be seen so (sql/pg/walls.sql). */
typedef struct {
	TenantId tenant;
	bool across;
} DbWall;

/* A statement that is running. */
typedef struct {
	DbConn *conn;
	const DbStatement *statement;
	void *handle;    /* sqlite3_stmt, PGresult */
	int row, rows;   /* of a PGresult */
	unsigned number; /* of a server-side cursor */
	bool temporary;  /* the handle is not in the cache */
	bool paged;      /* more rows are fetched as they are needed */
	Arena *opened;   /* of db_each: what was sealed in the row at hand; NULL: nothing is */
	DbWall wall;     /* what it runs behind */
	int64_t changed;
} DbCursor;

typedef enum {
	DB_NOW,   /* wait for the answer */
	DB_LATER, /* an error may come with the next DB_NOW or statement */
} DbWhen;

/* The key of the person last asked for on a connection: a page's rows are mostly of one. */
typedef struct {
	bool used;
	TenantId tenant;
	Uuid person;
	SealKey key;
} DbKeyAtHand;

struct DbConn {
	const DbEngine *engine;
	Arena *arena; /* the connection itself and its cache */
	Db *db;
	DbConn *next; /* in the pool */
	int depth;    /* nested db_begin_read */
	bool writer;
	bool failed;         /* a statement has failed since this was last cleared */
	bool broken;         /* to be closed instead of used again */
	bool doomed;         /* the whole transaction can only be rolled back */
	bool later;          /* statements without rows are sent, not waited for */
	uint64_t reads;      /* which read this is, so that a late clean-up knows */
	DbKeyAtHand at_hand; /* forgotten when the read or the job ends */
};

/* What a prepared statement will give. */
typedef struct {
	int columns;
	const char *names[100]; /* valid until the next use of the connection */
} DbShape;

struct DbEngine {
	const char *name;
	bool is_sqlite; /* its migrations, its checkpoint */
	Err (*open)(Ctx *c, Db *db, bool writer, DbConn **out);
	void (*close)(DbConn *conn);
	/* One command without values: BEGIN, SAVEPOINT, COMMIT, ... */
	Err (*command)(Ctx *c, DbConn *conn, const char *sql, DbWhen when);
	/* Several statements, as migrations have them. */
	Err (*script)(Ctx *c, DbConn *conn, const char *sql);
	/* Runs up to the first row; `paged`: rows may be many. Everything that
	 * was DB_LATER has been answered when it returns OK. */
	Err (*start)(Ctx *c, DbConn *conn, const DbStatement *s, const DbValue *params, bool paged, DbCursor *out);
	/* Sends a statement without rows whose answer is not needed yet. */
	Err (*later)(Ctx *c, DbConn *conn, const DbStatement *s, const DbValue *params);
	Err (*next)(Ctx *c, DbCursor *cur, bool *row);
	/* Texts point into the engine's memory until `next` or `finish`. */
	Err (*column)(Ctx *c, const DbCursor *cur, int column, DbValue *out);
	void (*finish)(DbCursor *cur);
	/* Prepares only, and tells the columns. */
	Err (*shape)(Ctx *c, DbConn *conn, const DbStatement *s, DbShape *out);
	/* Ends whatever transaction is open; false: the connection is gone. */
	bool (*reset)(DbConn *conn);
	const char *begin_read;
	const char *begin_write;
	/* Scripts within the transaction that migrates, before and after; NULL: there
	 * are no roles and no walls. */
	const char *migrate_before, *migrate_after;
	/* Script that samples what the tables hold, for the planner; NULL: the
	 * server does it by itself. */
	const char *sample;
};

extern const DbEngine db_engine_sqlite;
extern const DbEngine db_engine_pg;

typedef struct Commit Commit;
typedef struct Witness Witness;
typedef struct Vault Vault;

struct Db {
	Arena *arena; /* of the thread that opens and closes */
	const DbEngine *engine;
	const char *url;
	DbOptions options;
	Commit *commit;       /* NULL: not started */
	Witness *witness;     /* NULL: not started */
	Vault *vault;         /* NULL: nothing sealed can be read or written */
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t freed;
	DbConn *idle;
	int open;
	uint64_t reads;
};

/* Runs on c->conn and keeps `failed`. */
Err db_start(Ctx *c, const DbStatement *s, const DbValue *params, bool paged, DbCursor *out) MUST_USE;
Err db_command(Ctx *c, DbConn *conn, const char *sql, DbWhen when) MUST_USE;
/* Refuses values that the statement's parameters do not allow. */
Err db_check_params(Ctx *c, const DbStatement *s, const DbValue *params) MUST_USE;

/* Stops the writer and forgets it; db_close does that. */
void commit_release(Db *db);
/* Notes the last heads and ends; db_close does that, after the writer. */
void witness_release(Db *db);
/* Overwrites the key at hand. */
void vault_put_away(DbConn *conn);
/* Closes the key store and forgets the keys; db_close does that, last. */
void vault_release(Db *db);

/* A new connection that may write; the caller closes it with engine->close. */
Err db_open_writer(Ctx *c, Db *db, DbConn **out) MUST_USE;

/* Prepared statements by the address of their DbStatement: open addressing,
 * grown at half. Handles are the engine's; `at` finds the slot. */
typedef struct {
	const DbStatement *statement;
	void *handle;
	bool busy;
} DbPrepared;

typedef struct {
	Arena *arena;
	DbPrepared *slots;
	size_t size; /* power of two */
	size_t used;
} DbCache;

/* The slot of `s`, made empty (handle NULL) when new. Valid until the next call. */
DbPrepared *db_cache_slot(DbCache *cache, const DbStatement *s);

/* A moment `ms` from now on the monotonic clock, for timed waits. */
struct timespec db_deadline(int ms);
/* A condition that waits by the monotonic clock. */
void db_cond_init(pthread_cond_t *cond);

#endif
