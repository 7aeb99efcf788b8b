#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_folded(const char *word, const char *folded)
{
	char out[FOLD_MOST + 1];
	out[fold_word(str_of(word), out)] = '\0';
	assert_string_equal(out, folded);
}

static void case_and_marks_do_not_matter(void **state)
{
	(void)state;
	assert_folded("PRAKTIK", "praktik");
	assert_folded("idé", "ide");
	assert_folded("Müller", "muller");
	assert_folded("STRASSE", "strasse");
	assert_folded("Straße", "strasse");
	assert_folded("ŁÓDŹ", "łodz");
	assert_folded("ﬁnansiering", "finansiering"); /* the ligature fi */
	assert_folded("４２", "42");                  /* wide digits */
}

static void the_danish_letters_stay_and_have_one_spelling(void **state)
{
	(void)state;
	assert_folded("ÆRØ", "ærø");
	assert_folded("Århus", "århus");
	assert_folded("Aarhus", "århus");
	assert_folded("Malmö", "malmø");
	assert_folded("Dänemark", "dænemark");
	/* å as a file name of macOS has it: a, then U+030A. */
	assert_folded("A\xCC\x8A"
		      "r",
		      "år");
	/* What only a list of words can tell is left as it is. */
	assert_folded("poesi", "poesi");
}

static void what_nobody_sees_is_nothing(void **state)
{
	char out[FOLD_MOST];
	(void)state;
	assert_folded("virk\xC2\xADsomhed", "virksomhed");    /* a soft hyphen */
	assert_int_equal(fold_word(STR("\xCC\x81"), out), 0); /* an accent over nothing */
	assert_int_equal(fold_word(STR(""), out), 0);
}

static void a_word_of_any_length_is_cut_at_a_letter(void **state)
{
	char word[2 * FOLD_MOST], out[FOLD_MOST];
	(void)state;
	word[0] = 'x';
	for (size_t i = 1; i + 1 < sizeof word; i += 2)
		memcpy(word + i, "ø", 2);
	assert_int_equal(fold_word((Str){ word, sizeof word - 1 }, out), FOLD_MOST - 1);
}

static void words_are_slices_of_the_text(void **state)
{
	static const char *const expected[] = { "it", "uddannelse", "EU", "s", "4K" };
	Str text = STR("  it-uddannelse; EU's 4K!"), word;
	size_t at = 0;
	(void)state;
	for (int i = 0; i < 5; i++) {
		assert_true(fold_next_word(text, &at, &word));
		assert_true(str_eq_z(word, expected[i]));
		assert_true(word.ptr >= text.ptr && word.ptr + word.len <= text.ptr + text.len);
	}
	assert_false(fold_next_word(text, &at, &word));
	assert_int_equal(at, text.len);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(case_and_marks_do_not_matter),
		cmocka_unit_test(the_danish_letters_stay_and_have_one_spelling),
		cmocka_unit_test(what_nobody_sees_is_nothing),
		cmocka_unit_test(a_word_of_any_length_is_cut_at_a_letter),
		cmocka_unit_test(words_are_slices_of_the_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
