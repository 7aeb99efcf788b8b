/* Whatever stands in a .sql file or a migration: it is translated, or refused with file, line and reason. */
#include "fuzz.h"

#include "../../tools/sql2c.h"

enum { OUT_MOST = 1 << 24, INPUT_MOST = 512 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *a = fuzz_ctx()->arena;
	Str text = { (const char *)data, size };
	Module statements = { .arena = a, .file = STR("page.sql"), .stem = STR("page") };
	if (sql2c_read(&statements, text)) {
		Buf *header = buf_new(a, OUT_MOST), *code = buf_new(a, OUT_MOST);
		sql2c_write_h(&statements, header);
		sql2c_write_c(&statements, code);
		HOLDS(!header->failed && !code->failed && str_is_empty(statements.error));
	} else {
		HOLDS(str_starts(statements.error, STR("page.sql:")));
	}
	Module migration = { .arena = a, .file = STR("0001_page.sql") };
	Buf *sqlite = buf_new(a, OUT_MOST), *pg = buf_new(a, OUT_MOST);
	uint64_t checksum = 0;
	if (sql2c_translate(&migration, text, sqlite, pg, &checksum))
		HOLDS(!sqlite->failed && !pg->failed);
	else
		HOLDS(str_starts(migration.error, STR("0001_page.sql:")));
	return 0;
}
