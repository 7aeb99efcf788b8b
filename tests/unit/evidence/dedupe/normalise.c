#include "evidence/dedupe/normalise.h"

#include "evidence/dedupe/similar.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static Arena *arena;

static int make(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void assert_form(const char *text, const char *form)
{
	assert_string_equal(str_z(arena, normalise_words(arena, str_of(text))), form);
}

static void danish_letters_are_one_however_they_are_written(void **state)
{
	(void)state;
	assert_form("Århus", "arhus");
	assert_form("Aarhus", "arhus");
	assert_form("A\xCC\x8Arhus", "arhus"); /* A and a ring that stands by itself */
	assert_form("SØRENSEN", "sorensen");
	assert_form("Soerensen", "sorensen");
	assert_form("Læge", "lage");
	assert_form("laege", "lage");
	assert_form("Grundström", "grundstrom");
}

static void accents_punctuation_and_blanks_are_forgotten(void **state)
{
	(void)state;
	assert_form("  Café –\tKolind:  (24-7) ", "cafe kolind 24 7");
	assert_form("Alzheimer's and Alzheimer’s", "alzheimers and alzheimers");
	assert_form("Łódź, Čapek & Ñandú", "lodz capek nandu");
	assert_form("straße", "strasse");
	assert_form("IFN-γ and H₂O²", "ifn gamma and h2o2");
	assert_form("ЖУРНАЛ", "журнал");
	assert_form("soft\xC2\xADhyphen", "softhyphen");
	assert_form("", "");
	assert_form(" . ", "");
	assert_int_equal(normalise_words(arena, STR_NONE).len, 0);
}

static void html_of_an_export_is_forgotten(void **state)
{
	(void)state;
	assert_form("l&aelig;ge &amp; sygehus", "lage sygehus");
	assert_form("K&amp;oslash;benhavn", "kobenhavn"); /* encoded twice */
	assert_form("&#230;&#xE6;x", "ax");               /* æ and æ: one a, as in aa */
	assert_form("H<sub>2</sub>O<br/>and <i>more</i>", "h2o and more");
	assert_form("p < 0.05 and x<y", "p 0 05 and x y");
	assert_form("&unknown; &#1; &#xD800; &", "unknown 1 xd800");
}

static void a_full_stop_behind_a_word_that_goes_on_marks_an_abbreviation(void **state)
{
	(void)state;
	assert_string_equal(str_z(arena, normalise_abbreviated(arena, STR("Besk. f. ledige."))), "besk. f. ledige");
	assert_string_equal(str_z(arena, normalise_abbreviated(arena, STR("version 2. og 3.5"))), "version 2 og 3 5");
}

static void joined_letters_ignore_where_words_part(void **state)
{
	(void)state;
	assert_true(normalise_joined(STR("meta analysis")) == normalise_joined(STR("metaanalysis")));
	assert_true(normalise_joined(STR("meta analyses")) != normalise_joined(STR("metaanalysis")));
	assert_true(normalise_joined(STR("")) == 0);
}

static void a_doi_is_one_whatever_stands_before_it(void **state)
{
	(void)state;
	static const char *const same[] = { "10.1000/AbC", "doi:10.1000/abc", "https://doi.org/10.1000/ABC.",
					    "http://dx.doi.org/10.1000/abc [doi]" };
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		assert_string_equal(str_z(arena, normalise_doi(arena, str_of(same[i]))), "10.1000/abc");
	assert_true(str_is_none(normalise_doi(arena, STR("n/a"))));
	assert_true(str_is_none(normalise_doi(arena, STR("pages 10.12"))));
}

/* Winkler, W. E. (2006), Overview of record linkage and current research directions, Research Report Series RRS2006-02,
 * U.S. Census Bureau, table 6. */
static void jaro_and_winkler_agree_with_winklers_table(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		double jaro, winkler;
	} table[] = {
		{ "SHACKLEFORD", "SHACKELFORD", 0.970, 0.982 },
		{ "DUNNINGHAM", "CUNNIGHAM", 0.896, 0.896 },
		{ "NICHLESON", "NICHULSON", 0.926, 0.956 },
		{ "JONES", "JOHNSON", 0.790, 0.832 },
		{ "MASSEY", "MASSIE", 0.889, 0.933 },
		{ "ABROMS", "ABRAMS", 0.889, 0.922 },
		{ "JERALDINE", "GERALDINE", 0.926, 0.926 },
		{ "MARHTA", "MARTHA", 0.944, 0.961 },
		{ "MICHELLE", "MICHAEL", 0.869, 0.921 },
		{ "JULIES", "JULIUS", 0.889, 0.933 },
		{ "TANYA", "TONYA", 0.867, 0.880 },
		{ "DWAYNE", "DUANE", 0.822, 0.840 },
		{ "SEAN", "SUSAN", 0.783, 0.805 },
		{ "JON", "JOHN", 0.917, 0.933 },
	};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		Str a = str_of(table[i].a), b = str_of(table[i].b);
		assert_true(fabs(similar_jaro(a, b) - table[i].jaro) < 0.0006);
		assert_true(fabs(similar_jaro(b, a) - table[i].jaro) < 0.0006);
		assert_true(fabs(similar_jaro_winkler(a, b) - table[i].winkler) < 0.0006);
	}
	/* Letters agree only within half the longer length, less one: in "ab" and "ba" none do. */
	assert_true(similar_jaro(STR("ab"), STR("ba")) == 0);
	assert_true(similar_jaro(STR("ITMAN"), STR("xyz")) == 0);
	assert_true(similar_jaro(STR(""), STR("")) == 1);
	assert_true(similar_jaro(STR(""), STR("a")) == 0);
}

static void another_number_is_no_slip_of_the_pen(void **state)
{
	(void)state;
	assert_true(similar_slip(STR("arbejde"), STR("arbjede"), 0.92));
	assert_false(similar_slip(STR("covid19"), STR("covid18"), 0.92));
	assert_false(similar_slip(STR("fleks"), STR("fleksjob"), 0.92));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(danish_letters_are_one_however_they_are_written),
		cmocka_unit_test(accents_punctuation_and_blanks_are_forgotten),
		cmocka_unit_test(html_of_an_export_is_forgotten),
		cmocka_unit_test(a_full_stop_behind_a_word_that_goes_on_marks_an_abbreviation),
		cmocka_unit_test(joined_letters_ignore_where_words_part),
		cmocka_unit_test(a_doi_is_one_whatever_stands_before_it),
		cmocka_unit_test(jaro_and_winkler_agree_with_winklers_table),
		cmocka_unit_test(another_number_is_no_slip_of_the_pen),
	};
	return cmocka_run_group_tests(tests, make, end);
}
