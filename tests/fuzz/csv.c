/* A table that is accepted has as many fields in every row as in its heading, all of them text; one that is refused
 * says why. Only what is no UTF-8 is taken for Windows-1252, and all that is recognised as it. */
#include "fuzz.h"

#include "base/utf8.h"
#include "format/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	Csv csv;
	bool more = true;
	Err e = csv_open(c, (Str){ (const char *)data, size }, NULL, &csv);
	bool valid = utf8_valid((Str){ (const char *)data, size }, NULL);
	HOLDS(!csv.windows_1252 || (!valid && csv_is_windows_1252((Str){ (const char *)data, size })));
	HOLDS(e != OK || valid || csv.windows_1252);
	int64_t row = 0;
	while (e == OK && more) {
		e = csv_next(&csv, &more);
		HOLDS(e != OK || !more || csv.row > row);
		row = csv.row;
		for (size_t i = 0; e == OK && more && i < csv.columns; i++)
			HOLDS(utf8_valid(csv_field(&csv, (int)i), NULL) &&
			      csv_field(&csv, (int)i).len <= csv_limits.field);
	}
	HOLDS(e == OK || e == ERR_INVALID);
	HOLDS((e == OK) == (c->problem_count == 0));
	return 0;
}
