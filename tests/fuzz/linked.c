/* Tables of counts that are accepted add up, in every sum; those that are refused say why. */
#include "fuzz.h"

#include "analysis/linked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	Csv csv;
	LinkedTables t;
	Err e = csv_open(c, (Str){ (const char *)data, size }, NULL, &csv);
	if (e == OK)
		e = linked_read(&csv, &t);
	HOLDS(e == OK || e == ERR_INVALID);
	HOLDS((e == OK) == (c->problem_count == 0));
	for (size_t i = 0; e == OK && i < t.counts.sum_count; i++) {
		const DisclosureSum *s = &t.counts.sums[i];
		int64_t sum = 0;
		for (size_t k = 0; k < s->count; k++) {
			HOLDS(s->parts[k] < t.counts.cells && s->parts[k] != s->total);
			sum += t.counts.counts[s->parts[k]];
		}
		HOLDS(sum == t.counts.counts[s->total]);
	}
	for (size_t i = 0; e == OK && i < t.counts.cells; i++)
		for (size_t side = 0; side < t.sides; side++)
			HOLDS(str_is_none(linked_value(&t, i, side)) || linked_value(&t, i, side).len > 0);
	return 0;
}
