/* What a reader's process has to say is either what it read, or at least one problem in UTF-8, or no answer. */
#include "fuzz.h"

#include "base/utf8.h"
#include "convert/broker.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	Str output = STR_NONE;
	Err e = reader_answer(c, (Str){ (const char *)data, size }, &output);
	HOLDS(e == OK || e == ERR_INVALID || e == ERR_IO);
	HOLDS((e == OK) == !str_is_none(output));
	HOLDS(e != ERR_INVALID || c->problem_count > 0);
	HOLDS(c->problem_count <= PROBLEMS_MOST);
	for (size_t i = 0; i < c->problem_count; i++)
		HOLDS(utf8_valid(c->problems[i].message, NULL) && utf8_valid(c->problems[i].field, NULL));
	return 0;
}
