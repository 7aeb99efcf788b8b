#include "text/stem.h"

#include "base/ctx.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Where Debian's snowball-data keeps Snowball's own vocabulary: 23,830 words and what becomes of each. */
#define VOCABULARY "/usr/share/snowball/data/danish/"

static void the_published_vocabulary_is_reproduced(void **state)
{
	Ctx c;
	Str words, stems, word, stem;
	size_t n = 0;
	(void)state;
	ctx_init(&c);
	if (file_read(&c, STR(VOCABULARY "voc.txt"), 1 << 22, &words) != OK) {
		ctx_release(&c);
		skip();
	}
	assert_int_equal(file_read(&c, STR(VOCABULARY "output.txt"), 1 << 22, &stems), OK);
	Stemmer *s = stem_new(c.arena);
	while (str_split(&words, '\n', &word)) {
		assert_true(str_split(&stems, '\n', &stem));
		if (!str_eq(stem_snowball(s, word), stem))
			fail_msg("%.*s becomes another stem than %.*s", STR_ARG(word), STR_ARG(stem));
		n++;
	}
	assert_int_equal(n, 23830 + 1); /* the last line ends */
	ctx_release(&c);
}

/* "a b c": all have one stem; "a | b": those on both sides have different ones. */
static void assert_stems(const char *words, bool same)
{
	Arena *a = arena_new();
	Stemmer *s = stem_new(a);
	Str rest = str_of(words), word, first = STR_NONE;
	while (str_split(&rest, ' ', &word)) {
		char out[STEM_MOST];
		Str made = stem_word(s, word, out), stem = str_dup(a, made);
		if (!str_is_none(first) && str_eq(stem, first) != same)
			fail_msg("%.*s: %.*s, but %.*s", STR_ARG(word), STR_ARG(stem), STR_ARG(first));
		first = stem;
	}
	arena_free(a);
}

/* Judged by hand: forms of one word. */
static void forms_of_a_word_have_one_stem(void **state)
{
	(void)state;
	assert_stems("praktik praktikken praktikker praktikkerne", true);
	assert_stems("borger borgere borgeren borgernes", true);
	assert_stems("arbejde arbejdet arbejder", true);
	assert_stems("bog bogen bøger bøgerne", true);
	assert_stems("barn barnet børn børnene", true);
	assert_stems("mand manden mænd mændenes", true);
	assert_stems("kraft kraften kræfter", true);
	assert_stems("middel midlet midler midlerne", true);
	assert_stems("center centret centre centrene centeret", true);
	assert_stems("søster søstre", true);
	assert_stems("fleksibel fleksible", true);
}

static void nouns_go_with_the_verbs_they_are_made_of(void **state)
{
	(void)state;
	assert_stems("afklaring afklare afklaret afklaringer", true);
	assert_stems("behandling behandle behandles", true);
	assert_stems("vejledning vejlede", true);
	assert_stems("aktivering aktivere aktiveret", true);
	assert_stems("motivation motivere motiveret", true);
	assert_stems("træning træne trænes", true);
	assert_stems("undervisning undervise", true);
}

static void what_snowball_confuses_is_told_apart(void **state)
{
	(void)state;
	assert_stems("talen tallet", false);
	assert_stems("ledige ledelse", false);
	assert_stems("ledig leder", false);
	assert_stems("virksomhed virksom", false);
	assert_stems("bøger bøg", false);
	assert_stems("unge under", false);
	assert_stems("tale talen taler", true);
	assert_stems("ledig ledige ledighed ledigheden", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_vocabulary_is_reproduced),
		cmocka_unit_test(forms_of_a_word_have_one_stem),
		cmocka_unit_test(nouns_go_with_the_verbs_they_are_made_of),
		cmocka_unit_test(what_snowball_confuses_is_told_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
