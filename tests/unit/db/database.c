#include "database.h"

#include "db/engine.h"
#include "db/vault.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char pg_url[512], pg_admin[512];
static pid_t pg_server;
static int pg_alive = -1; /* tests/pg stops the server when this closes, however the test ends */
static Db *pg_administrator;
static const DbMigrations *pg_made; /* what the tables are of; NULL: none, or not known */

/* Starts tests/pg between two pipes; what it prints is read from *said. */
static bool start_server(int *said)
{
	int in[2], out[2];
	char path[] = TESTS_FOLDER "/pg";
	char *arguments[] = { path, NULL };
	posix_spawn_file_actions_t actions;
	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		return false;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	bool started = posix_spawn(&pg_server, path, &actions, NULL, arguments, environ) == 0;
	posix_spawn_file_actions_destroy(&actions);
	close(in[0]);
	close(out[1]);
	pg_alive = in[1];
	*said = out[0];
	return started;
}

static bool read_line(int from, char *to, size_t room)
{
	size_t n = 0;
	while (n + 1 < room && read(from, to + n, 1) == 1 && to[n] != '\n')
		n++;
	to[n] = '\0';
	return n > 0;
}

bool database_pg_start(void)
{
	const char *given = getenv("RAMPE_TEST_PG"), *admin = getenv("RAMPE_TEST_PG_ADMIN");
	if (given != NULL && *given != '\0' && admin != NULL) {
		snprintf(pg_url, sizeof pg_url, "%s", given);
		snprintf(pg_admin, sizeof pg_admin, "%s", admin);
		return true;
	}
	int said = -1;
	if (!start_server(&said))
		return false;
	bool both = read_line(said, pg_url, sizeof pg_url) && read_line(said, pg_admin, sizeof pg_admin);
	close(said);
	return both;
}

void database_pg_stop(void)
{
	db_close(pg_administrator);
	pg_administrator = NULL;
	pg_made = NULL;
	if (pg_server == 0)
		return;
	close(pg_alive);
	kill(pg_server, SIGTERM); /* a child of a test that failed may hold the pipe open */
	waitpid(pg_server, NULL, 0);
	pg_server = 0;
}

bool on_pg;

static bool runs_on(const char *engine)
{
	const char *only = getenv("RAMPE_TEST_ENGINE");
	return only == NULL || strcmp(only, engine) == 0;
}

int on_both_engines(int (*run)(const char *engine))
{
	int failed = 0;
	on_pg = false;
	if (runs_on("sqlite"))
		failed = run("sqlite");
	if (!runs_on("postgres"))
		return failed;
	on_pg = true;
	if (!database_pg_start()) {
		fputs("no PostgreSQL server could be started\n", stderr);
		return failed + 1;
	}
	failed += run("postgres");
	database_pg_stop();
	return failed;
}

static Db *open_at(Database *d, Str url)
{
	Db *db = NULL;
	Err e = db_open(&d->c, url, NULL, &db);
	if (e != OK)
		fail_msg("%.*s: %.*s", STR_ARG(url), STR_ARG(d->c.why));
	return db;
}

Db *database_open(Database *d)
{
	return open_at(d, d->url);
}

static void attach_vault(Database *d)
{
	Ctx *c = &d->c;
	Str keyring = str_printf(c->arena, "%s/test.keyring", d->directory);
	Str keys = str_printf(c->arena, "sqlite:%s/test.keys", d->directory);
	if (keyring_make(c, keyring) != OK || vault_attach(c, d->db, keys, keyring) != OK)
		fail_msg("%.*s", STR_ARG(c->why));
}

/* PostgreSQL's tables stay from one test to the next, emptied, as long as they are those of the same migrations:
 * making them takes longer than most tests. */
static void empty_pg(Database *d)
{
	database_script(d, "",
			"DO $$ DECLARE t text; BEGIN SET LOCAL session_replication_role = replica;"
			" FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP"
			" IF t LIKE 'keep\\_%' THEN EXECUTE 'DROP TABLE ' || t;"
			" ELSIF t <> 'schema_version' THEN EXECUTE 'DELETE FROM ' || t;"
			" END IF; END LOOP; END $$");
}

/* The server may still be ending what the test before has left, and hold its tables in another order. */
static void migrate_pg(Database *d, const DbMigrations *m)
{
	Err e = ERR_BUSY;
	for (int tries = 0; e == ERR_BUSY && tries < 5; tries++) {
		ctx_clear(&d->c);
		e = db_migrate(&d->c, d->admin, m);
	}
	if (e != OK)
		fail_msg("%.*s", STR_ARG(d->c.why));
}

static void make_pg(Database *d, const DbMigrations *m)
{
	if (pg_administrator == NULL)
		pg_administrator = open_at(d, str_of(pg_admin));
	d->admin = pg_administrator;
	if (m != NULL && m == pg_made) {
		empty_pg(d);
		return;
	}
	pg_made = NULL;
	database_script(d, "", "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
	if (m != NULL)
		migrate_pg(d, m);
	pg_made = m;
}

void database_make(Database *d, bool pg, const DbMigrations *m)
{
	bool memory = access("/dev/shm", W_OK) == 0; /* none of it has to outlive the machine */
	*d = (Database){ 0 };
	snprintf(d->directory, sizeof d->directory, "%s/rampe-test-XXXXXX", memory ? "/dev/shm" : "/tmp");
	ctx_init(&d->c);
	random_bytes(random_system(), d->c.tenant.v.b, sizeof d->c.tenant.v.b);
	assert_non_null(mkdtemp(d->directory));
	if (pg) {
		d->url = str_of(pg_url);
	} else {
		snprintf(d->file, sizeof d->file, "sqlite:%s/test.db", d->directory);
		d->url = str_of(d->file);
	}
	if (pg)
		make_pg(d, m);
	d->db = database_open(d);
	d->c.db = d->db;
	if (!pg)
		d->admin = d->db;
	if (m != NULL && db_migrate(&d->c, d->db, m) != OK)
		fail_msg("%.*s", STR_ARG(d->c.why));
	if (m != NULL)
		attach_vault(d);
}

DbConn *database_intruder(Database *d)
{
	if (d->intruder != NULL)
		return d->intruder;
	assert_int_equal(db_open_writer(&d->c, d->admin, &d->intruder), OK);
	const DbEngine *engine = d->intruder->engine;
	assert_true(engine->is_sqlite || engine->script(&d->c, d->intruder, "RESET ROLE") == OK);
	return d->intruder;
}

void database_script(Database *d, const char *sqlite, const char *pg)
{
	const DbEngine *engine = database_intruder(d)->engine;
	if (engine->script(&d->c, d->intruder, engine->is_sqlite ? sqlite : pg) != OK)
		fail_msg("%.*s", STR_ARG(d->c.why));
}

void database_keys_script(Database *d, const char *sql)
{
	Db *store = NULL;
	Str url = str_printf(d->c.arena, "sqlite:%s/test.keys", d->directory);
	if (db_open(&d->c, url, NULL, &store) != OK || db_tidy(&d->c, store, sql, sql) != OK)
		fail_msg("%.*s", STR_ARG(d->c.why));
	db_close(store);
}

Str database_url(Database *d, const char *login, const char *name)
{
	Str server = str_sub(d->url, str_find(d->url, '?', 0), d->url.len);
	return str_printf(d->c.arena, "postgres://%s@/%s%.*s", login, name, STR_ARG(server));
}

void database_remove(Database *d)
{
	static const char *const files[] = { "test.db",   "test.db-wal",   "test.db-shm",   "test.keyring",
					     "test.keys", "test.keys-wal", "test.keys-shm", "test.erasures" };
	if (d->intruder != NULL)
		d->intruder->engine->close(d->intruder);
	db_close(d->db);
	ctx_release(&d->c);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		char path[100];
		snprintf(path, sizeof path, "%s/%s", d->directory, files[i]);
		unlink(path);
	}
	rmdir(d->directory);
}
