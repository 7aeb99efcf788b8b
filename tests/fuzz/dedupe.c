/* Any records are read and compared, and are found to be one or not, without a fault. */
#include "fuzz.h"

#include "base/utf8.h"
#include "evidence/dedupe/dedupe.h"

enum { INPUT_MOST = 512 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { RECORDS = 3 };
	Ctx *c = fuzz_ctx();
	DedupeRecord records[RECORDS] = { { { STR_NONE } } };
	DedupeResult result;
	Str rest = { (const char *)data, size }, field;
	if (!utf8_valid(rest, NULL))
		return 0;
	for (int i = 0; i < RECORDS * DEDUPE_FIELDS && str_split(&rest, '\n', &field); i++)
		records[i % RECORDS].field[i / RECORDS] = field;
	HOLDS(dedupe_find(c, records, RECORDS, &result) == OK);
	HOLDS(result.group_count <= 1 && result.pair_count < RECORDS);
	for (size_t i = 0; i < result.pair_count; i++)
		HOLDS(result.pairs[i].a < result.pairs[i].b && result.pairs[i].reason.len > 0);
	return 0;
}
