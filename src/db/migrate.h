/* migrate: brings a database to the schema this program was built with.
 *
 * sql/migrations/NNNN_name.sql in neutral types are translated for both
 * engines by tools/sql2c and embedded. Forward only; all that is missing runs
 * in one transaction, so that a failure leaves the database as it was. Table
 * schema_version keeps what was applied, with a checksum.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

typedef struct {
	int64_t version;      /* of the file name: 0001_register.sql is 1 */
	const char *name;     /* "register" */
	const char *checksum; /* of the neutral text without comments, hexadecimal */
	const char *sqlite;
	const char *pg;
} DbMigration;

typedef struct {
	const DbMigration *list; /* ascending by version */
	int n;
} DbMigrations;

/* The program's own, from sql/migrations. */
extern const DbMigrations db_migrations;

/* Applies what is missing; in PostgreSQL also makes the roles, and puts every
 * table behind its walls (sql/pg), which takes an administrator's login: with
 * another one it only looks whether anything is to be done. ERR_CONFLICT: the
 * database is newer than `m`, or what was applied differs from `m`, or
 * something is missing that the login may not make; nothing is changed then.
 * Not while the writer (commit.h) runs. */
Err db_migrate(Ctx *c, Db *db, const DbMigrations *m) MUST_USE;
/* ERR_CONFLICT when db_migrate would have something to do or to refuse. */
Err db_check_version(Ctx *c, Db *db, const DbMigrations *m) MUST_USE;
/* ERR_CONFLICT when the database is a server's and the login may change its
 * tables or see past its row security: what serves people must not. */
Err db_check_login(Ctx *c, Db *db) MUST_USE;

#endif
