/* dump: a whole database as one file, and what is needed to make it one again.
 *
 * SQLite copies itself (VACUUM INTO): one state of the database, compact,
 * without anything that was deleted, while others go on reading and writing.
 * PostgreSQL has programs of its own for it (pg_dump, pg_restore), which
 * src/app/pg_program.h runs; here stands how they reach the server.
 */
#ifndef DB_DUMP_H
#define DB_DUMP_H

#include "db/db.h"

/* One state of an SQLite database in the new file `to`. DB, IO. */
Err dump_sqlite(Ctx *c, Db *db, Str to) MUST_USE;
/* Whether there is no table in it. */
Err dump_is_empty(Ctx *c, Db *db, bool *out) MUST_USE;

enum { PG_SETTINGS_MOST = 12 };

/* Where a PostgreSQL address leads, as its programs read it from their
 * environment ("PGHOST=…", ended by NULL): a password stands on no command line. */
typedef struct {
	const char *at[PG_SETTINGS_MOST + 1];
	const char *database;
} PgEnvironment;
/* INVALID: no such address. */
Err dump_pg_environment(Ctx *c, Str url, PgEnvironment *out) MUST_USE;
/* The address of another database of the same server. */
Err dump_pg_beside(Ctx *c, Str url, const char *database, Str *out) MUST_USE;

#endif
