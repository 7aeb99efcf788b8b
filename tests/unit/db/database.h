/* database: an empty database for a test, on either engine.
 *
 * SQLite gets a file in a directory of its own. PostgreSQL is the server named
 * by RAMPE_TEST_PG and RAMPE_TEST_PG_ADMIN, or a private one that tests/pg
 * starts once per program and that ends with it; each test finds it empty. An
 * administrator makes the tables, the test works as the program's own login.
 */
#ifndef TEST_DATABASE_H
#define TEST_DATABASE_H

#include "db/migrate.h"

typedef struct {
	Db *db;
	Ctx c;
	Str url;
	char directory[64]; /* of the SQLite file, the keyring and the key store */
	char file[100];
	Db *admin;        /* the same database by the administrator's login; in SQLite `db` */
	DbConn *intruder; /* of database_script; NULL: not opened yet */
} Database;

/* Opens an empty database and migrates it; c->tenant is set. */
void database_make(Database *d, bool pg, const DbMigrations *m);
void database_remove(Database *d);
/* Opens the same database once more. */
Db *database_open(Database *d);
/* Runs statements past every rule, as an intruder would. */
void database_script(Database *d, const char *sqlite, const char *pg);
/* The same in the store of the persons' keys. */
void database_keys_script(Database *d, const char *sql);
/* The connection of database_script, for statements that no wall may stop. */
DbConn *database_intruder(Database *d);
/* The private server's address with another login and database. */
Str database_url(Database *d, const char *login, const char *name);
/* False: no server can be started here; says why. */
bool database_pg_start(void);
void database_pg_stop(void);

/* Which engine the tests run on now. */
extern bool on_pg;
/* Runs the tests on SQLite, then on PostgreSQL, or on the one that RAMPE_TEST_ENGINE names (sqlite, postgres), and is
 * told its name; how many failed. */
int on_both_engines(int (*run)(const char *engine));

#endif
