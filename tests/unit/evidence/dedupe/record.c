#include "evidence/dedupe/record.h"

#include "evidence/dedupe/names.h"
#include "evidence/dedupe/organisations.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static Arena *arena;
static Words words;
static const Municipalities *places;

static int make(void **state)
{
	(void)state;
	arena = arena_new();
	words = words_new(arena);
	places = municipalities_new(arena);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void assert_first_page(const char *pages, const char *first)
{
	assert_string_equal(str_z(arena, record_first_page(arena, str_of(pages))), first);
}

static void pages_are_read_in_their_many_forms(void **state)
{
	(void)state;
	assert_first_page("675-685", "675");
	assert_first_page("pp. 0075–82", "75");
	assert_first_page("e1129-38", "e1129");
	assert_first_page("S99", "s99");
	assert_first_page("1-113, iii-iv", "1");
	assert_first_page("62 p", "");
	assert_first_page("94 pages", "");
	assert_first_page("No Pagination Specified", "");
	assert_int_equal(record_last_page(STR("675-685")), 685);
	assert_int_equal(record_last_page(STR("901-7; quiz 907")), 907);
	assert_int_equal(record_last_page(STR("1298-301")), 1301); /* 298 to 301: the thousands stay */
}

static void a_last_page_lies_behind_the_first(void **state)
{
	(void)state;
	assert_int_equal(record_last_page(STR("12")), RECORD_NONE);
	assert_int_equal(record_last_page(STR("12-12")), RECORD_NONE);
	assert_int_equal(record_last_page(STR("12; 15")), RECORD_NONE);
	assert_int_equal(record_last_page(STR("")), RECORD_NONE);
}

static void volumes_and_issues_are_their_first_number(void **state)
{
	(void)state;
	assert_int_equal(record_first_number(STR("35 Suppl 1")), 35);
	assert_int_equal(record_first_number(STR("SUPPL.1")), RECORD_NONE);
	assert_int_equal(record_first_number(STR("7-8")), 7);
	assert_int_equal(record_first_number(STR("Ph.D.")), RECORD_NONE);
	assert_int_equal(record_first_number(STR("123456")), RECORD_NONE);
}

static void a_year_has_four_digits(void **state)
{
	(void)state;
	assert_int_equal(record_year(STR("c2010")), 2010);
	assert_int_equal(record_year(STR("2010-05-01")), 2010);
	assert_int_equal(record_year(STR("20105")), RECORD_NONE);
	assert_int_equal(record_year(STR("in press")), RECORD_NONE);
	assert_int_equal(record_year(STR("2009-03")), 2009);
	assert_int_equal(record_year(STR("marts 2009")), 2009);
	assert_int_equal(record_year(STR("2009/2010")), 2009);
	assert_int_equal(record_year(STR("20090301")), 2009);
	assert_int_equal(record_year(STR("20091301")), RECORD_NONE);
}

static void assert_period(const char *period, int first, int last)
{
	int from, to;
	record_period(str_of(period), &from, &to);
	assert_int_equal(from, first);
	assert_int_equal(to, last);
}

static void a_period_has_two_years_in_many_forms(void **state)
{
	(void)state;
	assert_period("2005-2007", 2005, 2007);
	assert_period("2005-07", 2005, 2007);
	assert_period("2005 / 07", 2005, 2007);
	assert_period("1.1.2005 – 31.12.2007", 2005, 2007);
	assert_period("20050101-20071231", 2005, 2007);
	assert_period("2005", 2005, 2005);
	/* A month: nothing ends before it begins. */
	assert_period("2009-03", 2009, 2009);
	assert_period("2009-03 - 2010-11", 2009, 2010);
	assert_period("2009-12-01", 2009, 2009);
	assert_period("fra i fjor", RECORD_NONE, RECORD_NONE);
}

static bool same_person(const char *a, const char *b)
{
	RecordName x[RECORD_AUTHORS_MOST], y[RECORD_AUTHORS_MOST];
	assert_int_equal(names_read(&words, str_of(a), x), 1);
	assert_int_equal(names_read(&words, str_of(b), y), 1);
	return names_match(&words, &x[0], &y[0]);
}

static void names_match_in_their_many_forms(void **state)
{
	(void)state;
	assert_true(same_person("Sørensen, Jens Peter", "Soerensen, J. P."));
	assert_true(same_person("Jens Hansen", "Hansen, Jens"));
	assert_true(same_person("Hansen J", "Hansen, Jens"));
	assert_true(same_person("Wu, Ching-yi", "Ching-yi, Wu"));
	assert_true(same_person("van Wijck, F.", "Wijck, F."));
	assert_true(same_person("Marquez de la Plata, C.", "Plata, C."));
	assert_true(same_person("Prokopenko, S.", "Prokopenco, S."));
	assert_false(same_person("Prokopenko, S.", "Prokopenco, V."));
	assert_false(same_person("Hansen, Jens", "Jensen, Hans"));
}

static void lists_of_names_are_parted_as_they_are_written(void **state)
{
	(void)state;
	RecordName names[RECORD_AUTHORS_MOST];
	assert_int_equal(names_read(&words, STR("Zuna, R E and Wang, S S and Solomon, D"), names), 3);
	assert_int_equal(names_read(&words, STR("Zuna RE, Wang SS, Solomon D"), names), 3);
	assert_int_equal(names_read(&words, STR("Jens Hansen; Grete Olsen"), names), 2);
	assert_int_equal(names_read(&words, STR("Hansen, J. and et al"), names), 1);
	assert_int_equal(names_read(&words, STR(""), names), 0);
}

static Record read_title(const char *title)
{
	DedupeRecord from = { { STR_NONE } };
	from.field[DEDUPE_TITLE] = str_of(title);
	return record_read(&words, places, &from);
}

static void numbers_in_titles_are_found_roman_ones_too(void **state)
{
	(void)state;
	Record a = read_title("Tegnsprog mellem kolleger II"), b = read_title("Tegnsprog mellem kolleger 2");
	assert_int_equal(a.number_count, 1);
	assert_int_equal(a.numbers[0], b.numbers[0]);
	assert_int_equal(read_title("Alpha2 and 24 months").number_count, 2);
	assert_int_equal(read_title("I job med ADHD").number_count, 0);
}

static void a_language_in_brackets_is_no_part_of_a_title(void **state)
{
	(void)state;
	assert_true(read_title("[Efficacy of all]. [Chinese]").title_joined ==
		    read_title("Efficacy of all").title_joined);
	assert_true(read_title("Efficacy (adults)").title_joined != read_title("Efficacy").title_joined);
}

static void assert_places(const char *text, bool all, int code)
{
	int codes[RECORD_PLACES_MOST];
	uint32_t n = municipalities_named(places, arena, str_of(text), all, codes, RECORD_PLACES_MOST);
	assert_int_equal(n, code == 0 ? 0 : 1);
	if (code != 0)
		assert_int_equal(codes[0], code);
}

/* Codes of Danmarks Statistik; the mergers of 1 January 2007. */
static void municipalities_before_and_after_the_reform_are_one(void **state)
{
	(void)state;
	assert_places("Aarhus", true, 751);
	assert_places("Århus Kommune", true, 751);
	assert_places("Skagen", true, 813);
	assert_places("Frederikshavn", true, 813);
	assert_places("Nykøbing-Falster", true, 376);
	assert_places("Københavns Kommune", true, 101);
	assert_places("Vesthimmerland", true, 820);
	assert_places("Ringkøbing-Skjern", true, 760);
}

static void in_running_text_a_municipality_says_that_it_is_one(void **state)
{
	(void)state;
	assert_places("Vejen frem - tilbage til arbejde", false, 0);
	assert_places("Et projekt i Vejen Kommune", false, 575);
	assert_places("Jobcenter Struer", false, 671);
	assert_places("", true, 0);
}

static void several_municipalities_are_all_found(void **state)
{
	(void)state;
	int codes[RECORD_PLACES_MOST];
	assert_int_equal(municipalities_named(places, arena, STR("Odense, Nibe og Herning"), true, codes, 6), 3);
	assert_int_equal(codes[0], 461);
	assert_int_equal(codes[1], 657);
	assert_int_equal(codes[2], 851);
	assert_int_equal(municipalities_named(places, arena, STR("Odense, Nibe og Herning"), true, codes, 2), 2);
}

static void an_authority_goes_by_its_name_of_today(void **state)
{
	(void)state;
	assert_string_equal(str_z(arena, organisation_today(arena, STR("AMS"))), "STAR");
	assert_string_equal(str_z(arena, organisation_today(arena, STR("Arbejdsmarkedsstyrelsen"))), "STAR");
	assert_string_equal(str_z(arena, organisation_today(arena, STR("Jobbasen"))), "Jobbasen");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_read_in_their_many_forms),
		cmocka_unit_test(a_last_page_lies_behind_the_first),
		cmocka_unit_test(volumes_and_issues_are_their_first_number),
		cmocka_unit_test(a_year_has_four_digits),
		cmocka_unit_test(a_period_has_two_years_in_many_forms),
		cmocka_unit_test(names_match_in_their_many_forms),
		cmocka_unit_test(lists_of_names_are_parted_as_they_are_written),
		cmocka_unit_test(numbers_in_titles_are_found_roman_ones_too),
		cmocka_unit_test(a_language_in_brackets_is_no_part_of_a_title),
		cmocka_unit_test(municipalities_before_and_after_the_reform_are_one),
		cmocka_unit_test(in_running_text_a_municipality_says_that_it_is_one),
		cmocka_unit_test(several_municipalities_are_all_found),
		cmocka_unit_test(an_authority_goes_by_its_name_of_today),
	};
	return cmocka_run_group_tests(tests, make, end);
}
