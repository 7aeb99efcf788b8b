/* A table that is accepted, written again and read again is the same table. */
#include "fuzz.h"

#include "format/csv.h"

#include <string.h>

enum { ROWS_MOST = 64 };

typedef struct {
	size_t columns, rows;
	const Str *heads;
	Str *fields;
} Table;

static bool read_table(Ctx *c, Str bytes, Table *t)
{
	Csv csv;
	bool more = true;
	if (csv_open(c, bytes, NULL, &csv) != OK)
		return false;
	*t = (Table){ .columns = csv.columns, .heads = csv.heads };
	t->fields = ARENA_ARRAY(c->arena, ROWS_MOST * csv.columns, Str);
	while (t->rows < ROWS_MOST) {
		if (csv_next(&csv, &more) != OK)
			return false;
		if (!more)
			return true;
		for (size_t i = 0; i < t->columns; i++)
			t->fields[t->rows * t->columns + i] = csv.fields[i];
		t->rows++;
	}
	return false;
}

/* The writer guards texts that a spreadsheet would run, and a byte order mark is only one at the beginning of a file;
 * those texts do not come back unchanged. */
static bool guarded(Str s)
{
	return (s.len > 0 && memchr("=+-@\t\r", s.ptr[0], 6) != NULL) || str_starts(s, STR("\xEF\xBB\xBF"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx c;
	Table first, second;
	ctx_init(&c);
	if (read_table(&c, (Str){ (const char *)data, size }, &first)) {
		bool same = true;
		Buf *again = buf_new(c.arena, 1 << 20);
		CsvWriter w = csv_writer(again, CSV_PLAIN);
		for (size_t i = 0; i < first.columns; i++) {
			same = same && !guarded(first.heads[i]);
			csv_put_text(&w, first.heads[i]);
		}
		csv_end_row(&w);
		for (size_t i = 0; i < first.rows * first.columns; i++) {
			same = same && !guarded(first.fields[i]);
			csv_put_text(&w, first.fields[i]);
			if (i % first.columns == first.columns - 1)
				csv_end_row(&w);
		}
		HOLDS(!again->failed);
		HOLDS(read_table(&c, buf_str(again), &second) || !same);
		if (same) {
			HOLDS(first.columns == second.columns && first.rows == second.rows);
			for (size_t i = 0; i < first.rows * first.columns; i++)
				HOLDS(str_eq(first.fields[i], second.fields[i]));
		}
	}
	ctx_release(&c);
	return 0;
}
