#include "fates.h"

#include "base/file.h"
#include "db/engine.h"

#include <fts.h>
#include <string.h>
#include <sys/stat.h>

enum { TEXT_BYTES_MOST = 1 << 16, FILE_BYTES_MOST = 1 << 30 };

static bool on_sqlite(TestRegister *r)
{
	return r->c->db->engine->is_sqlite;
}

SchemaColumns schema_columns(TestRegister *r)
{
	static const DbField columns[] = { { "table", DB_TEXT, false, offsetof(SchemaColumn, table), NULL, { 0 } },
					   { "column", DB_TEXT, false, offsetof(SchemaColumn, column), NULL, { 0 } } };
	static const DbStatement statement = {
		.name = "test_columns",
		.sqlite = "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p"
			  " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'schema_version'",
		.pg = "SELECT table_name::text, column_name::text FROM information_schema.columns"
		      " WHERE table_schema = 'public' AND table_name <> 'schema_version'",
		.columns = columns,
		.column_count = 2,
		.row_size = sizeof(SchemaColumn),
		.any_tenant = true,
	};
	void *rows;
	SchemaColumns out;
	r->c->conn = database_intruder(&r->d);
	assert_ok(db_many(r->c, &statement, NULL, 10000, &rows, &out.n));
	r->c->conn = NULL;
	out.at = rows;
	return out;
}

/* One value of one row, by a statement that is made here. */
static void ask(TestRegister *r, const char *what, const char *pg_what, DbType type, const char *table, const char *who,
		Uuid person, void *out)
{
	Ctx *c = r->c;
	const DbField column = { "value", type, true, 0, NULL, { 0 } };
	const DbField param = { "person", DB_UUID, false, 0, NULL, { 0 } };
	const DbValue value = db_of_uuid(person);
	DbStatement *s = ARENA_NEW(r->d.db->arena, DbStatement); /* prepared by its address */
	*s = (DbStatement){
		.name = "test_value",
		.sqlite = str_printf(r->d.db->arena, "SELECT %s FROM %s WHERE %s = ?1", what, table, who).ptr,
		.pg = str_printf(r->d.db->arena, "SELECT %s FROM %s WHERE %s = $1::uuid", pg_what, table, who).ptr,
		.params = arena_copy(r->d.db->arena, &param, sizeof param),
		.param_count = 1,
		.columns = arena_copy(r->d.db->arena, &column, sizeof column),
		.column_count = 1,
		.row_size = type == DB_INT ? sizeof(int64_t) : sizeof(Str),
		.any_tenant = true
	};
	c->conn = database_intruder(&r->d);
	if (db_one(c, s, &value, out) != OK)
		fail_msg("%s: %.*s", s->sqlite, STR_ARG(c->why));
	c->conn = NULL;
}

int64_t rows_filled(TestRegister *r, const char *table, const char *column, const char *who, Uuid person)
{
	Arena *a = r->c->arena;
	int64_t n = 0;
	ask(r, str_printf(a, "count(CASE WHEN length(CAST(%s AS BLOB)) > 0 THEN 1 END)", column).ptr,
	    str_printf(a, "count(CASE WHEN %s::text NOT IN ('', '\\x') THEN 1 END)", column).ptr, DB_INT, table, who,
	    person, &n);
	return n;
}

Str rows_text(TestRegister *r, const char *table, const char *column, const char *who, Uuid person)
{
	Arena *a = r->c->arena;
	Str text = STR_NONE;
	ask(r,
	    str_printf(a, "max((SELECT group_concat(v) FROM (SELECT quote(%s) AS v FROM %s WHERE %s = ?1 ORDER BY 1)))",
		       column, table, who)
		    .ptr,
	    str_printf(a, "string_agg(%s::text, ',' ORDER BY %s::text)", column, column).ptr, DB_TEXT, table, who,
	    person, &text);
	return text;
}

Str rows_bytes(TestRegister *r, const char *table, const char *column, const char *who, Uuid person)
{
	Str bytes = STR_NONE;
	ask(r, column, column, DB_BYTES, table, who, person, &bytes);
	return str_dup(r->c->arena, bytes);
}

static bool file_holds(Ctx *c, const char *path, Str bytes)
{
	Str whole;
	if (file_read(c, str_of(path), FILE_BYTES_MOST, &whole) != OK)
		return false;
	return str_find_str(whole, bytes) != SIZE_MAX;
}

static bool folder_holds(Ctx *c, char *folder, const char *name, Str bytes)
{
	char *const roots[] = { folder, NULL };
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	bool found = false;
	int files = 0;
	assert_non_null(tree);
	for (FTSENT *at = fts_read(tree); at != NULL && !found; at = fts_read(tree)) {
		if (at->fts_info != FTS_F || strncmp(at->fts_name, name, strlen(name)) != 0)
			continue;
		files++;
		found = file_holds(c, at->fts_path, bytes);
	}
	fts_close(tree);
	assert_true(files > 0);
	return found;
}

/* Where the server of the tests keeps its files; it runs on this machine. */
static char *pg_folder(TestRegister *r)
{
	static const DbField column = { "folder", DB_TEXT, false, 0, NULL, { 0 } };
	static const DbStatement statement = { .name = "test_folder",
					       .sqlite = "SELECT ''",
					       .pg = "SELECT current_setting('data_directory')",
					       .columns = &column,
					       .column_count = 1,
					       .row_size = sizeof(Str),
					       .any_tenant = true };
	Str folder = STR_NONE;
	r->c->conn = database_intruder(&r->d);
	assert_ok(db_one(r->c, &statement, NULL, &folder));
	r->c->conn = NULL;
	Str base = str_printf(r->d.db->arena, "%.*s/base", STR_ARG(folder));
	return (char *)(uintptr_t)base.ptr;
}

bool rows_in_files(TestRegister *r, Str bytes)
{
	if (on_sqlite(r))
		return folder_holds(r->c, r->d.directory, "test.db", bytes);
	database_script(&r->d, "", "CHECKPOINT");
	return folder_holds(r->c, pg_folder(r), "", bytes);
}

bool rows_in_key_store(TestRegister *r, Str bytes)
{
	return folder_holds(r->c, r->d.directory, "test.keys", bytes);
}
