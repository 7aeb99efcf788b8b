/* db: one database, SQLite or PostgreSQL, behind the same typed statements.
 *
 * Owns connections: a pool of readers and (commit.h) one writer. Statements
 * are written in NAME.sql and called as C functions (docs/developer/sql.md).
 * They run on c->conn: inside db_begin_read/db_end_read that is a reader with
 * a consistent snapshot, inside a commit job the writer. There is no other way
 * to write than commit.h.
 * Threads: a Db is shared by all threads; a connection belongs to one Ctx at a
 * time. Errors: ERR_BUSY when no reader comes free in time, ERR_DB otherwise;
 * the detail stands in c->why and never holds a password.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/ctx.h"

#include <math.h>

typedef struct Db Db;
typedef struct DbConn DbConn;

/* "No value" (SQL NULL) of the types that lack one of their own; texts have
 * STR_NONE, dates DATE_NONE, times TIME_NONE, ids UUID_NONE, enums ENUM_NONE. */
#define INT_NONE INT64_MIN
#define REAL_NONE ((double)NAN)
#define BOOL_NONE (-1)

typedef struct {
	int readers; /* most read connections, 1 to 64 */
	int wait_ms; /* how long to wait for a lock or a free reader */
} DbOptions;

#define DB_OPTIONS ((DbOptions){ .readers = 8, .wait_ms = 10000 })

/* Opens "sqlite:PATH" (the file is made when missing) or "postgres://…" (a
 * libpq URI). `options` may be NULL. Afterwards set c->db; migrate (migrate.h)
 * before anything else. ERR_INVALID: neither kind of address. */
Err db_open(Ctx *c, Str url, const DbOptions *options, Db **out) MUST_USE;
/* Stops the writer (commit.h) if it runs, then closes everything. No read may
 * be going on. NULL does nothing. */
void db_close(Db *db);

/* Runs a script of the engine's own on a connection of its own, outside every
 * transaction: what tidies up behind an erasure (feature/erasure). */
Err db_tidy(Ctx *c, Db *db, const char *sqlite, const char *pg) MUST_USE;

/* "sqlite" or "postgres". */
const char *db_engine_name(const Db *db);

/* From here to db_end_read every statement of `c` sees the same state of the
 * database. Nests: inside another read, or a commit job, it joins that one.
 * Clearing c->arena ends a read that was forgotten on the way out, so the Ctx
 * may not be gone by then. End the read before committing: a held snapshot
 * makes the log grow. */
Err db_begin_read(Ctx *c) MUST_USE;
void db_end_read(Ctx *c);

#endif
