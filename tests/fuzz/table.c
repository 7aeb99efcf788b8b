/* Every row of an accepted file is in one cell and in its totals. What is counted by stands in the input's first line;
 * the file, in the rest. */
#include "fuzz.h"

#include "analysis/table.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	Csv csv;
	TableSet set;
	Str rest = { (const char *)data, size }, by;
	if (!str_split(&rest, '\n', &by) || !utf8_valid(by, NULL))
		return 0;
	Err e = csv_open(c, rest, NULL, &csv);
	if (e == OK)
		e = tables_read(&csv, &by, 1, STR_NONE, &set);
	HOLDS(e == OK || e == ERR_INVALID);
	HOLDS((e == OK) == (c->problem_count == 0));
	int64_t inner = 0, all = 0;
	for (size_t i = 0; e == OK && i < set.tables[0].n; i++) {
		const TableCell *cell = &set.tables[0].cells[i];
		size_t totals = 0;
		for (size_t k = 0; k < set.tables[0].key_count; k++) {
			totals += cell->at[k] == TABLE_TOTAL;
			HOLDS(cell->at[k] == TABLE_TOTAL || cell->at[k] < set.tables[0].keys[k]->n);
		}
		inner += totals == 0 ? cell->n : 0;
		all += totals == set.tables[0].key_count ? cell->n : 0;
	}
	HOLDS(e != OK || (inner == set.rows && all == set.rows));
	if (e == OK)
		table_put_text(c, &set, &set.tables[0], buf_new(c->arena, 1 << 20));
	return 0;
}
