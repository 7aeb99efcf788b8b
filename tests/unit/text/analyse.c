#include "text/analyse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_word(Analyser *an, const char *raw, const char *folded, const char *parts)
{
	const Word *w = analyse_word(an, str_of(raw));
	char said[200] = "";
	size_t n = 0;
	assert_non_null(w);
	assert_true(str_eq_z(w->folded, folded));
	for (size_t i = 0; i < w->part_count; i++) {
		memcpy(said + n, w->parts[i].ptr, w->parts[i].len);
		n += w->parts[i].len;
		said[n++] = ' ';
	}
	assert_string_equal(said, parts);
}

static void parts_are_stems_and_parts_of_parts_too(void **state)
{
	Arena *a = arena_new();
	Analyser *an = analyse_new(a);
	(void)state;
	assert_word(an, "Virksomhedspraktikker", "virksomhedspraktikker", "virksomhed praktik ");
	assert_word(an, "arbejdsmarkedspolitik", "arbejdsmarkedspolitik", "arbejdsmarked politik arbejd marked ");
	assert_word(an, "håndbøger", "håndbøger", "hånd bog ");
	assert_word(an, "praktik", "praktik", "");
	assert_true(str_eq_z(analyse_word(an, STR("håndbøger"))->stem, "håndbog"));
	assert_true(str_eq_z(analyse_word(an, STR("håndbogen"))->stem, "håndbog"));
	arena_free(a);
}

static void ae_and_oe_are_letters_unless_the_word_is_spelled_so(void **state)
{
	Arena *a = arena_new();
	Analyser *an = analyse_new(a);
	(void)state;
	assert_word(an, "laere", "lære", "");
	assert_word(an, "stoette", "støtte", "");
	assert_word(an, "poesi", "poesi", "");
	assert_word(an, "Israel", "israel", "");
	assert_word(an, "radioen", "radioen", "");
	arena_free(a);
}

static void what_is_folded_alike_is_one_word(void **state)
{
	Arena *a = arena_new();
	Analyser *an = analyse_new(a);
	Str raw;
	size_t at = 0, n = 0;
	(void)state;
	const Word *first = analyse_word(an, STR("Aarhus"));
	for (const Word *w; (w = analyse_next(an, STR("Århus, århus \xCC\x81 AARHUS"), &at, &raw)) != NULL; n++)
		assert_ptr_equal(w, first);
	assert_int_equal(n, 3);
	assert_int_equal(analyse_count(an), 1);
	assert_ptr_equal(analyse_at(an, first->id), first);
	arena_free(a);
}

static void many_words_are_remembered(void **state)
{
	Arena *a = arena_new();
	Analyser *an = analyse_new(a);
	(void)state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 20000; i++) {
			Str word = str_printf(a, "ord%d", i);
			assert_int_equal(analyse_word(an, word)->id, i);
		}
	assert_int_equal(analyse_count(an), 20000);
	arena_free(a);
}

static void small_words_are_known(void **state)
{
	Arena *a = arena_new();
	Analyser *an = analyse_new(a);
	(void)state;
	assert_true(word_is_small(analyse_word(an, STR("Og"))));
	assert_true(word_is_small(analyse_word(an, STR("hvordan"))));
	assert_false(word_is_small(analyse_word(an, STR("job"))));
	assert_false(word_is_small(analyse_word(an, STR("virksomhedspraktik"))));
	arena_free(a);
}

/* On which rests that what is written as it is folded is looked up but once. Words are strung together of what folding
 * changes: letters that double, marks alone, ligatures, the Turkish i, a soft hyphen. */
static void what_is_folded_is_its_own_folded_form(void **state)
{
	static const char *const pieces[] = { "a",        "e",        "o", "å", "Å",        "æ",
					      "ä",        "ø",        "ö", "é", "ß",        "\xEF\xAC\x81",
					      "\xCC\x8A", "\xCC\x88", "İ", "ı", "\xC2\xAD", "K",
					      "bo",       "s" };
	enum { PIECES = sizeof pieces / sizeof pieces[0], LENGTH = 4 };
	(void)state;
	for (int first = 0; first < PIECES; first++) {
		Arena *a = arena_new();
		Analyser *an = analyse_new(a), *other = analyse_new(a);
		for (int i = 0; i < PIECES * PIECES * PIECES; i++) {
			const char *at[LENGTH] = { pieces[first], pieces[i % PIECES], pieces[i / PIECES % PIECES],
						   pieces[i / PIECES / PIECES] };
			const Word *w = analyse_word(an, str_printf(a, "%s%s%s%s", at[0], at[1], at[2], at[3]));
			if (w != NULL)
				assert_true(str_eq(analyse_word(other, w->folded)->folded, w->folded));
		}
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_stems_and_parts_of_parts_too),
		cmocka_unit_test(ae_and_oe_are_letters_unless_the_word_is_spelled_so),
		cmocka_unit_test(what_is_folded_alike_is_one_word),
		cmocka_unit_test(what_is_folded_is_its_own_folded_form),
		cmocka_unit_test(many_words_are_remembered),
		cmocka_unit_test(small_words_are_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
