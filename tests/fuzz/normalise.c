/* The normal form of any text is valid UTF-8, of words one blank apart, and its own normal form. */
#include "fuzz.h"

#include "base/utf8.h"
#include "evidence/dedupe/normalise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Str text = { (const char *)data, size };
	if (!utf8_valid(text, NULL))
		return 0;
	Arena *a = fuzz_ctx()->arena;
	Str form = normalise_words(a, text);
	HOLDS(utf8_valid(form, NULL));
	HOLDS(form.len == 0 || (form.ptr[0] != ' ' && form.ptr[form.len - 1] != ' '));
	HOLDS(str_find_str(form, STR("  ")) == SIZE_MAX);
	HOLDS(str_eq(normalise_words(a, form), form));
	HOLDS(utf8_valid(normalise_abbreviated(a, text), NULL));
	HOLDS(utf8_valid(normalise_plain(a, text), NULL));
	return 0;
}
