/* Whatever is typed as an indicator is either understood, and then can be said in words, or refused at a place within
 * the text. */
#include "fuzz.h"

#include "base/utf8.h"
#include "measure/indicator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	Indicator *in = NULL;
	Str text = { (const char *)data, size };
	Err e = indicator_parse(c, "expression", text, &in);
	HOLDS(e == OK || e == ERR_INVALID);
	if (e == OK) {
		HOLDS(c->problem_count == 0);
		for (int lang = LANG_DA; lang <= LANG_EN; lang++) {
			c->lang = (Lang)lang;
			Str words = indicator_words(c, in);
			HOLDS(words.len > 0 && utf8_valid(words, NULL));
			HOLDS(words.ptr[words.len - 1] == '.');
		}
	} else {
		HOLDS(c->problem_count == 1);
		HOLDS(utf8_valid(c->problems[0].message, NULL));
		HOLDS(c->problems[0].column >= 0 && c->problems[0].column <= (int64_t)size + 1);
	}
	return 0;
}
