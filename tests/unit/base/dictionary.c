#include "base/dictionary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void words_are_numbered_as_they_come(void **state)
{
	(void)state;
	Arena *a = arena_new();
	Dictionary d = { .n = 0 };
	assert_int_equal(dictionary_find(&d, STR("job")), DICTIONARY_NONE);
	assert_int_equal(dictionary_number(a, &d, STR("job")), 0);
	assert_int_equal(dictionary_number(a, &d, STR("")), 1);
	assert_int_equal(dictionary_number(a, &d, STR("job")), 0);
	assert_int_equal(dictionary_find(&d, STR("")), 1);
	assert_int_equal(dictionary_find(&d, STR("jobs")), DICTIONARY_NONE);
	assert_int_equal(d.n, 2);
	arena_free(a);
}

/* Of all lengths around eight and sixteen, where comparing changes its way, and differing in one letter anywhere. */
static void words_that_differ_in_a_letter_are_two(void **state)
{
	enum { LONGEST = 20 };
	(void)state;
	Arena *a = arena_new();
	Dictionary d = { .n = 0 };
	for (size_t len = 1; len <= LONGEST; len++)
		for (size_t at = 0; at <= len; at++) {
			char word[LONGEST];
			for (size_t i = 0; i < len; i++)
				word[i] = i == at ? 'b' : 'a';
			assert_int_equal(dictionary_find(&d, (Str){ word, len }), DICTIONARY_NONE);
			(void)dictionary_number(a, &d, (Str){ word, len });
		}
	assert_int_equal(d.n, LONGEST * (LONGEST + 3) / 2); /* Σ (len + 1) */
	arena_free(a);
}

static void copies_stay_where_they_are(void **state)
{
	enum { WORDS = 100000 };
	(void)state;
	Arena *a = arena_new();
	Dictionary d = { .n = 0 };
	(void)dictionary_number(a, &d, STR("first"));
	const char *first = d.at[0].ptr;
	for (int i = 0; i < WORDS; i++)
		assert_int_equal(dictionary_number(a, &d, str_printf(a, "w%d", i)), i + 1);
	assert_ptr_equal(d.at[0].ptr, first);
	for (int i = 0; i < WORDS; i++)
		assert_int_equal(dictionary_find(&d, str_printf(a, "w%d", i)), i + 1);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_numbered_as_they_come),
		cmocka_unit_test(words_that_differ_in_a_letter_are_two),
		cmocka_unit_test(copies_stay_where_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
