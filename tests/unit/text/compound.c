#include "text/compound.h"

#include "base/ctx.h"
#include "base/file.h"
#include "format/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The smallest parts as they stand, "arbejds|marked"; the word itself where it is whole. */
static const char *split(Arena *a, Str word)
{
	Compound c = compound_split_wholly(&lexicon_danish, word);
	Str said = c.n == 0 ? word : STR("");
	for (size_t i = 0; i < c.n; i++)
		said = str_printf(a, "%.*s%s%.*s", STR_ARG(said), i > 0 ? "|" : "", STR_ARG(c.parts[i].form));
	return str_z(a, said);
}

static void assert_split(const char *word, const char *parts)
{
	Arena *a = arena_new();
	assert_string_equal(split(a, str_of(word)), parts);
	arena_free(a);
}

static void compounds_are_split_where_they_are_joined(void **state)
{
	(void)state;
	assert_split("virksomhedspraktik", "virksomheds|praktik");
	assert_split("fleksjob", "fleks|job");
	assert_split("jobcentermedarbejder", "job|center|medarbejder");
	assert_split("handicapkompenserende", "handicap|kompenserende");
	assert_split("arbejdsmarkedspolitik", "arbejds|markeds|politik");
	assert_split("børnefamilier", "børne|familier");
	assert_split("kvindekrisecenter", "kvinde|krise|center");
	assert_split("træningskøkken", "trænings|køkken");
}

static void what_only_looks_like_a_compound_is_whole(void **state)
{
	static const char *const whole[] = {
		"kartoffel", "banan",    "kaptajn", "mandag",      "virksomhed", "venskab",      "barndom",
		"udvikling", "mulighed", "indsats", "medarbejder", "kommune",    "undervisning", "afdeling",
		"efter",     "hvordan",  "mentor",  "arbejdsløs",  "værdifuld",  "københavn",    "xyzzy",
		"a",         ""
	};
	(void)state;
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		assert_split(whole[i], whole[i]);
}

static void a_part_knows_its_word(void **state)
{
	char out[COMPOUND_WORD_MOST];
	Compound c = compound_split(&lexicon_danish, STR("arbejdsmarked"));
	(void)state;
	assert_int_equal(c.n, 2);
	assert_true(str_eq_z(compound_part_word(&c.parts[0], out), "arbejde"));
	c = compound_split(&lexicon_danish, STR("virksomhedspraktik"));
	assert_true(str_eq_z(compound_part_word(&c.parts[0], out), "virksomhed"));
	c = compound_split(&lexicon_danish, STR("kvindekrisecenter"));
	assert_true(str_eq_z(compound_part_word(&c.parts[0], out), "kvinde"));
}

static void no_word_is_too_long(void **state)
{
	char word[4 * COMPOUND_WORD_MOST];
	(void)state;
	for (size_t i = 0; i < sizeof word; i++)
		word[i] = "job"[i % 3];
	for (size_t n = 0; n <= sizeof word; n++) {
		Compound c = compound_split_wholly(&lexicon_danish, (Str){ word, n });
		size_t length = 0;
		for (size_t i = 0; i < c.n; i++)
			length += c.parts[i].form.len;
		assert_true(c.n == 0 || length == n);
	}
}

/* "virksomhed(s)+praktik" as split() says it: brackets stand around linking letters. */
static const char *labelled(Arena *a, Str parts)
{
	char *out = arena_alloc(a, parts.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < parts.len; i++)
		if (parts.ptr[i] != '(' && parts.ptr[i] != ')')
			out[n++] = parts.ptr[i] == '+' ? '|' : parts.ptr[i];
	return out;
}

/* Words of the field with their parts, by somebody who did not write this (tests/sets/README.md). */
static void nine_in_ten_words_of_the_field_are_split_as_people_do(void **state)
{
	Ctx c;
	Str bytes;
	Csv csv;
	int word, parts, n = 0, right = 0;
	bool more = true;
	(void)state;
	ctx_init(&c);
	assert_int_equal(file_read(&c, STR(TESTS_FOLDER "/sets/compounds.csv"), csv_limits.bytes, &bytes), OK);
	assert_int_equal(csv_open(&c, bytes, NULL, &csv), OK);
	assert_int_equal(csv_column_required(&csv, "word", &word), OK);
	assert_int_equal(csv_column_required(&csv, "parts", &parts), OK);
	for (;; n++) {
		assert_int_equal(csv_next(&csv, &more), OK);
		if (!more)
			break;
		right += strcmp(labelled(c.arena, csv_field(&csv, parts)), split(c.arena, csv_field(&csv, word))) == 0;
	}
	print_message("%d of %d words are split as labelled\n", right, n);
	assert_true(n >= 300);
	assert_true(right * 100 >= n * 92);
	ctx_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compounds_are_split_where_they_are_joined),
		cmocka_unit_test(what_only_looks_like_a_compound_is_whole),
		cmocka_unit_test(a_part_knows_its_word),
		cmocka_unit_test(no_word_is_too_long),
		cmocka_unit_test(nine_in_ten_words_of_the_field_are_split_as_people_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
