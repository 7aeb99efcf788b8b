/* Whatever stands in a word list's rules, it is understood or refused; the forms of a word are text put together of it
 * and of them. The input's first line is a word with its flags, the rest the rules. */
#include "fuzz.h"

#include "affix.h"

enum { INPUT_MOST = 160 }; /* rules that lead to each other make many forms of one word */

static void check_form(void *to, Str form, const Flags *flags)
{
	const size_t *most = to;
	HOLDS(form.len <= *most && flags->n <= FLAGS_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *a = fuzz_ctx()->arena;
	Str rest = { (const char *)data, size }, entry, word;
	Affixes rules;
	Flags flags;
	if (!str_split(&rest, '\n', &entry) || affix_read(a, rest, &rules) != NULL)
		return 0;
	(void)str_split(&entry, '/', &word);
	if (affix_flags(entry, &flags))
		affix_forms(a, &rules, word, &flags, check_form, &(size_t){ 5 * size });
	return 0;
}
