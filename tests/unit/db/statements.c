/* Every statement of the program can be prepared on both engines, and gives the columns that its row has. */
#include "database.h"
#include "db/engine.h"
#include "db/vault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int wrong(const DbStatementFile *file, const DbStatement *s, const char *why)
{
	print_error("%s.sql: %s: %s\n", file->name, s->name, why);
	return 1;
}

/* 0 when the statement gives what is declared. */
static int check_shape(Ctx *c, const DbStatementFile *file, const DbStatement *s)
{
	DbShape shape = { 0 };
	if (c->conn->engine->shape(c, c->conn, s, &shape) != OK)
		return wrong(file, s, str_z(c->arena, c->why));
	if (shape.columns != s->column_count)
		return wrong(file, s, "another number of columns");
	for (int i = 0; i < s->column_count; i++)
		if (s->columns[i].name[0] != '\0' && strcmp(s->columns[i].name, shape.names[i]) != 0)
			return wrong(file, s, shape.names[i]);
	return 0;
}

/* Those of the key store (db/vault.sql) run in a database of its own. */
static int check_all(bool pg, bool store)
{
	Database d;
	int bad = 0, checked = 0;
	database_make(&d, pg, store ? &key_migrations : &db_migrations);
	for (int f = 0; db_statement_files[f] != NULL; f++) {
		if ((strcmp(db_statement_files[f]->name, "vault") == 0) != store)
			continue;
		for (int i = 0; i < db_statement_files[f]->n; i++, checked++) {
			assert_int_equal(db_begin_read(&d.c), OK);
			bad += check_shape(&d.c, db_statement_files[f], &db_statement_files[f]->statements[i]);
			db_end_read(&d.c);
			ctx_clear(&d.c);
		}
	}
	database_remove(&d);
	assert_true(checked > 0);
	return bad;
}

static void every_statement_fits_sqlite(void **state)
{
	(void)state;
	assert_int_equal(check_all(false, false) + check_all(false, true), 0);
}

static void every_statement_fits_postgresql(void **state)
{
	(void)state;
	assert_true(database_pg_start());
	int bad = check_all(true, false) + check_all(true, true);
	database_pg_stop();
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_fits_sqlite),
		cmocka_unit_test(every_statement_fits_postgresql),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
