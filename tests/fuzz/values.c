/* Dates, times, numbers, ids and UTF-8 as people type them: what is accepted reads back as itself. */
#include "fuzz.h"

#include "base/danish.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/uuid.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *a = fuzz_ctx()->arena;
	Str s = { (const char *)data, size };
	Date day;
	Time at;
	Uuid id;
	Cpr cpr;
	char cvr[9], p_number[11];
	double x;
	int64_t n;
	size_t bad = 0;
	if (date_parse(s, &day)) {
		Date again;
		Str text = date_iso(a, day);
		HOLDS(date_parse(text, &again) && again == day);
	}
	(void)time_parse(s, &at);
	if (uuid_parse(s, &id)) {
		Uuid again;
		HOLDS(uuid_parse(uuid_str(a, id), &again) && uuid_eq(id, again));
	}
	(void)cpr_parse(s, &cpr);
	(void)cvr_parse(s, cvr);
	(void)p_number_parse(s, p_number);
	(void)text_parse_real(LANG_DA, s, &x);
	(void)text_parse_real(LANG_EN, s, &x);
	(void)str_to_real(s, &x);
	if (str_to_int(s, &n)) {
		int64_t again;
		HOLDS(str_to_int(str_printf(a, "%lld", (long long)n), &again) && again == n);
	}
	if (utf8_valid(s, &bad)) {
		Str folded = utf8_fold(a, s);
		HOLDS(utf8_valid(folded, NULL) && utf8_length(s) <= s.len);
		HOLDS(str_eq(folded, utf8_fold(a, folded)));
	} else {
		HOLDS(bad < s.len);
	}
	return 0;
}
