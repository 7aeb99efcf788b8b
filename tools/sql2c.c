/* sql2c statements FILE.sql NAME OUT.h OUT.c    NAME: how messages call the file
 * sql2c list OUT.c FILE.sql...                  the table of all statement files
 * sql2c migrations SYMBOL OUT.c NNNN_name.sql... */
#include "sql2c.h"

#include <stdio.h>
#include <string.h>

enum { FILE_MOST = 4 * 1024 * 1024, OUT_MOST = 64 * 1024 * 1024 };

static bool read_file(const char *path, Buf *out)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL) {
		perror(path);
		return false;
	}
	char *room = buf_room(out, FILE_MOST);
	size_t n = fread(room, 1, FILE_MOST, f);
	bool ok = !ferror(f) && n < FILE_MOST;
	fclose(f);
	out->len += n;
	if (!ok)
		fprintf(stderr, "%s: cannot be read, or larger than %d bytes\n", path, FILE_MOST);
	return ok;
}

static bool write_file(const char *path, const Buf *out)
{
	if (out->failed) {
		fprintf(stderr, "%s: more than %d bytes\n", path, OUT_MOST);
		return false;
	}
	FILE *f = fopen(path, "wb");
	if (f == NULL) {
		perror(path);
		return false;
	}
	bool ok = fwrite(out->ptr, 1, out->len, f) == out->len;
	if (fclose(f) != 0 || !ok) {
		perror(path);
		return false;
	}
	return true;
}

static Str base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return str_of(slash == NULL ? path : slash + 1);
}

static Str stem_of(const char *path)
{
	Str name = base_name(path);
	return str_ends(name, STR(".sql")) ? str_sub(name, 0, name.len - 4) : name;
}

static bool statements(Arena *a, char **argv)
{
	Buf *text = buf_new(a, FILE_MOST), *h = buf_new(a, OUT_MOST), *c = buf_new(a, OUT_MOST);
	if (!read_file(argv[0], text))
		return false;
	Module m = { .arena = a, .file = str_of(argv[1]), .stem = stem_of(argv[0]) };
	if (!sql2c_read(&m, buf_str(text))) {
		fprintf(stderr, "%.*s\n", STR_ARG(m.error));
		return false;
	}
	sql2c_write_h(&m, h);
	sql2c_write_c(&m, c);
	return write_file(argv[2], h) && write_file(argv[3], c);
}

static bool list(Arena *a, int argc, char **argv)
{
	Buf *c = buf_new(a, OUT_MOST);
	buf_z(c, "/* Made by sql2c: every file of statements in the program. */\n#include \"db/statement.h\"\n\n");
	for (int i = 1; i < argc; i++) {
		Str stem = stem_of(argv[i]);
		buf_printf(c, "extern const DbStatementFile %.*s_sql_file;\n", STR_ARG(stem));
	}
	buf_z(c, "\nconst DbStatementFile *const db_statement_files[] = {\n");
	for (int i = 1; i < argc; i++) {
		Str stem = stem_of(argv[i]);
		buf_printf(c, "\t&%.*s_sql_file,\n", STR_ARG(stem));
	}
	buf_z(c, "\tNULL,\n};\n");
	return write_file(argv[0], c);
}

static bool migration(Arena *a, const char *path, int64_t *last, Buf *out)
{
	Str name = stem_of(path);
	int64_t version = 0;
	if (name.len < 6 || name.ptr[4] != '_' || !str_to_int(str_sub(name, 0, 4), &version) || version <= *last) {
		fprintf(stderr, "%s: migrations are named NNNN_name.sql and given in ascending order\n", path);
		return false;
	}
	*last = version;
	Buf *text = buf_new(a, FILE_MOST), *sqlite = buf_new(a, OUT_MOST), *pg = buf_new(a, OUT_MOST);
	if (!read_file(path, text))
		return false;
	Module m = { .arena = a, .file = base_name(path) };
	uint64_t checksum = 0;
	if (!sql2c_translate(&m, buf_str(text), sqlite, pg, &checksum)) {
		fprintf(stderr, "%.*s\n", STR_ARG(m.error));
		return false;
	}
	Str number = str_sub(name, 5, name.len);
	buf_printf(out, "\t{ %lld, \"%.*s\", \"%016llx\",\n\t  ", (long long)version, STR_ARG(number),
		   (unsigned long long)checksum);
	sql2c_literal(out, buf_str(sqlite));
	buf_z(out, ",\n\t  ");
	sql2c_literal(out, buf_str(pg));
	buf_z(out, " },\n");
	return true;
}

static bool migrations(Arena *a, int argc, char **argv)
{
	Buf *c = buf_new(a, OUT_MOST);
	buf_z(c, "/* Made by sql2c: the schema, step by step. */\n#include \"db/migrate.h\"\n\n"
		 "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\nstatic const DbMigration list[] = {\n");
	int64_t last = -1;
	for (int i = 2; i < argc; i++)
		if (!migration(a, argv[i], &last, c))
			return false;
	buf_printf(c, "};\n\nextern const DbMigrations %s;\nconst DbMigrations %s = { list, %d };\n", argv[0], argv[0],
		   argc - 2);
	return write_file(argv[1], c);
}

int main(int argc, char **argv)
{
	Arena *a = arena_new();
	bool ok = false;
	if (argc == 6 && strcmp(argv[1], "statements") == 0)
		ok = statements(a, argv + 2);
	else if (argc >= 3 && strcmp(argv[1], "list") == 0)
		ok = list(a, argc - 2, argv + 2);
	else if (argc >= 5 && strcmp(argv[1], "migrations") == 0)
		ok = migrations(a, argc - 2, argv + 2);
	else
		fputs("usage: sql2c statements FILE.sql NAME OUT.h OUT.c | list OUT.c FILE.sql... | "
		      "migrations SYMBOL OUT.c NNNN_name.sql...\n",
		      stderr);
	arena_free(a);
	return ok ? 0 : 1;
}
