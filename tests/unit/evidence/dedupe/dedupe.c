#include "evidence/dedupe/dedupe.h"

#include "evidence/dedupe/block.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { RECORDS_MOST = 3000 };

static Ctx c;
static DedupeRecord records[RECORDS_MOST];
static size_t count;
static DedupeResult result;

static int make(void **state)
{
	(void)state;
	ctx_init(&c);
	c.lang = LANG_EN;
	count = 0;
	memset(records, 0, sizeof records);
	return 0;
}

static int end(void **state)
{
	(void)state;
	ctx_release(&c);
	return 0;
}

static DedupeRecord *add(const char *title)
{
	records[count].field[DEDUPE_TITLE] = str_of(title);
	return &records[count++];
}

/* An article of 2010 with its place in print. */
static DedupeRecord *article(const char *title, const char *author, const char *volume, const char *pages)
{
	DedupeRecord *r = add(title);
	r->field[DEDUPE_AUTHOR] = str_of(author);
	r->field[DEDUPE_JOURNAL] = STR("Ugeskrift for Læger");
	r->field[DEDUPE_YEAR] = STR("2010");
	r->field[DEDUPE_VOLUME] = str_of(volume);
	r->field[DEDUPE_PAGES] = str_of(pages);
	return r;
}

static DedupeRecord *project(const char *title, const char *owner, const char *municipality, const char *period)
{
	DedupeRecord *r = add(title);
	r->field[DEDUPE_OWNER] = str_of(owner);
	r->field[DEDUPE_MUNICIPALITY] = str_of(municipality);
	r->field[DEDUPE_PERIOD] = str_of(period);
	return r;
}

static void assert_found(size_t groups, size_t pairs, size_t maybe)
{
	assert_int_equal(dedupe_find(&c, records, count, &result), OK);
	assert_int_equal(result.group_count, groups);
	assert_int_equal(result.pair_count, pairs);
	assert_int_equal(result.maybe_count, maybe);
}

static void assert_reason(const DedupePair *pair, const char *reason)
{
	assert_string_equal(str_z(c.arena, pair->reason), reason);
}

static void nothing_is_found_in_nothing(void **state)
{
	(void)state;
	assert_found(0, 0, 0);
	article("A title that stands alone", "Hansen, J.", "3", "1-9");
	assert_found(0, 0, 0);
}

static void the_same_place_in_print_is_the_same_work(void **state)
{
	(void)state;
	article("Rehabilitation efter apopleksi: et forsøg", "Sørensen, Jens", "12", "101-109");
	article("REHABILITATION EFTER APOPLEKSI.", "Soerensen J", "12 (3)", "101-9")->field[DEDUPE_JOURNAL] =
		STR("Ugeskr Laeger");
	assert_found(1, 1, 0);
	assert_reason(&result.pairs[0], "Same authors, journal, volume, first and last page");
	assert_int_equal(result.groups[0].members[0], 0);
	assert_int_equal(result.groups[0].members[1], 1);
}

static void an_abstract_and_its_article_are_for_somebody_to_look_at(void **state)
{
	(void)state;
	article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens", "12", "101-109");
	article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens", "11", "S44");
	assert_found(0, 0, 1);
	assert_reason(&result.maybe[0],
		      "Titles and authors agree, but not the place in print: perhaps an abstract and its article");
}

static void contradicting_dois_are_never_one(void **state)
{
	(void)state;
	DedupeRecord *a = article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens", "12", "101-109");
	(void)article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens", "12", "101-109");
	DedupeRecord *b = article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens", "12", "101-109");
	a->field[DEDUPE_DOI] = STR("10.1000/1");
	b->field[DEDUPE_DOI] = STR("https://doi.org/10.1000/2");
	/* The one between may be either, and goes with the first; it does not hold all three together. */
	assert_found(1, 1, 2);
	assert_int_equal(result.groups[0].count, 2);
	assert_reason(&result.maybe[0], "The DOIs contradict each other");
}

static void the_same_doi_is_one_only_with_titles_that_agree(void **state)
{
	(void)state;
	add("Rehabilitation efter apopleksi hos unge")->field[DEDUPE_DOI] = STR("10.1000/1");
	add("Rehabilitation efter apopleksi hos de unge")->field[DEDUPE_DOI] = STR("doi:10.1000/1");
	add("Noget helt andet i samme fil")->field[DEDUPE_DOI] = STR("10.1000/1");
	assert_found(1, 1, 2);
	assert_reason(&result.pairs[0], "Same DOI, and the titles agree");
	assert_reason(&result.maybe[0], "Same DOI, but the titles do not agree");
}

static void a_source_does_not_hold_one_work_twice(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens", "12", "101-109")
			->field[DEDUPE_SOURCE] = i == 1 ? STR("PubMed") : STR("Embase");
	assert_found(1, 1, 2);
	assert_int_equal(result.groups[0].members[1], 1);
	assert_reason(&result.maybe[0], "The same source has both");
	/* One source alone tells nothing. */
	records[1].field[DEDUPE_SOURCE] = STR("embase");
	assert_found(1, 2, 0);
}

/* Forty lists with one work, and the last of them has it twice: the group has forty members, not forty-one. */
static void a_source_is_not_forgotten_in_a_large_group(void **state)
{
	(void)state;
	for (int i = 0; i <= 40; i++)
		article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens", "12", "101-109")
			->field[DEDUPE_SOURCE] = str_printf(c.arena, "list %d", i < 40 ? i : 39);
	assert_int_equal(dedupe_find(&c, records, count, &result), OK);
	assert_int_equal(result.group_count, 1);
	assert_int_equal(result.pair_count, 39);
	assert_true(result.maybe_count > 0);
}

/* Forty copies without a DOI between two with other ones: the group is one DOI's, not both's. */
static void a_doi_is_not_forgotten_in_a_large_group(void **state)
{
	(void)state;
	for (int i = 0; i < 42; i++)
		article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens", "12", "101-109");
	records[40].field[DEDUPE_DOI] = STR("10.1000/1");
	records[41].field[DEDUPE_DOI] = STR("10.1000/2");
	assert_int_equal(dedupe_find(&c, records, count, &result), OK);
	assert_int_equal(result.group_count, 1);
	assert_int_equal(result.groups[0].count, 41);
	assert_true(result.maybe_count > 0);
	assert_reason(&result.maybe[0], "The DOIs contradict each other");
}

static void parts_numbered_apart_stay_apart(void **state)
{
	(void)state;
	article("Erfaringer med virksomhedspraktik. Del 1", "Hansen, Grete", "8", "20");
	article("Erfaringer med virksomhedspraktik. Del 2", "Hansen, Grete", "8", "25");
	assert_found(0, 0, 0);
}

static void a_correction_is_not_what_it_corrects(void **state)
{
	(void)state;
	article("Erfaringer med virksomhedspraktik for unge", "Hansen, Grete", "8", "20-29");
	article("Erratum: Erfaringer med virksomhedspraktik for unge", "Hansen, Grete", "8", "99");
	assert_found(0, 0, 0);
}

static void one_title_of_two_authors_in_two_places_is_two_works(void **state)
{
	(void)state;
	article("Review of memory rehabilitation", "Balon, Richard", "22", "139-140");
	article("Review of memory rehabilitation", "Merker, Brad", "23", "1099-1100");
	assert_found(0, 0, 0);
}

static void a_missing_title_is_never_decided(void **state)
{
	(void)state;
	article("New insights into a syndrome", "Zuber, J", "7", "23-35");
	article("", "Zuber, J.", "7", "23-35");
	assert_found(0, 0, 1);
	assert_reason(&result.maybe[0], "Same authors, volume and first page, but a title is missing");
}

static void a_project_is_known_by_title_owner_and_old_municipality(void **state)
{
	(void)state;
	project("Fastholdelse af unge på arbejdsmarkedet", "Foreningen Springbrættet", "Skagen", "2005-2007");
	project("Projekt Fastholdelse af unge p&aring; arbejdsmarkedet", "Springbrættet", "Frederikshavn Kommune",
		"2005-07");
	project("Kunst og kultur som vej til job", "Jobcenter Herning", "Herning", "2010-2012");
	assert_found(1, 1, 0);
	assert_reason(&result.pairs[0], "almost the same title, same owner, same municipality, same period");
	assert_true(result.pairs[0].bits != NULL && result.pairs[0].bits[0] > 0);
}

/* Three rows of one generic title may be three projects; so may three of a title that says something. */
static void a_title_alone_is_never_certain(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		add("Evaluering af projekt");
	assert_found(0, 0, 3);
	assert_reason(&result.maybe[0], "The titles do not say what it is about");
	assert_true(result.maybe[0].score < 0.95);
	count = 0;
	for (int i = 0; i < 3; i++)
		add("Fastholdelse af unge i Skagen"); /* which names the place twice, and tells nothing more */
	assert_found(0, 0, 3);
	assert_reason(&result.maybe[0], "same title; nothing else is told");
	records[0].field[DEDUPE_OWNER] = records[1].field[DEDUPE_OWNER] = STR("Foreningen Springbrættet");
	records[2].field[DEDUPE_OWNER] = STR("");
	assert_found(1, 1, 2);
	assert_reason(&result.pairs[0], "same title, same owner; nothing else is told");
}

/* A grant of one year goes to many under one title. */
static void a_year_alone_does_not_make_a_title_certain(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++)
		add("Mentor for unge i arbejde")->field[DEDUPE_YEAR] = STR("2009");
	assert_found(0, 0, 1);
	assert_reason(&result.maybe[0], "same title, same year; nothing else is told");
	for (int i = 0; i < 2; i++)
		records[i].field[DEDUPE_TITLE] = STR("Mentor for unge kvinder fra Somalia i arbejde");
	assert_found(1, 1, 0);
	for (int i = 0; i < 2; i++)
		records[i].field[DEDUPE_TITLE] = STR("Mentor for unge");
	for (int i = 0; i < 2; i++)
		records[i].field[DEDUPE_FUNDER] = i == 0 ? STR("AMS") : STR("Arbejdsmarkedsstyrelsen");
	assert_found(1, 1, 0);
}

static void a_title_without_a_subject_is_never_certain(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++)
		project("Slutrapport 2009", "Jobcenter Viborg", "Viborg", "2009-2011");
	assert_found(0, 0, 1);
	/* Little words alone may be a name. */
	count = 0;
	for (int i = 0; i < 2; i++)
		project("Fra A til Å", "Jobcenter Viborg", "Viborg", "2009-2011");
	assert_found(1, 1, 0);
}

static void a_report_without_a_subject_is_not_its_authors_next(void **state)
{
	(void)state;
	article("Slutrapport", "Hansen, Grete", "", "");
	article("Slutrapport", "Hansen, Grete", "", "");
	assert_found(0, 0, 1);
}

static void a_part_whose_name_goes_on_is_one_with_the_same_owner_and_place(void **state)
{
	(void)state;
	project("Joballiancen: Fra jobstrategi til job (Handicap og job)", "Joballiancen", "Gentofte", "2008-2009");
	project("Joballiancen - Fra jobstrategi til job", "Joballiancen", "Gentofte", "2008-2009");
	assert_found(1, 1, 0);
	records[1].field[DEDUPE_OWNER] = STR("Jobcenter Rudersdal");
	assert_found(0, 0, 1);
}

static void an_owner_in_brackets_is_no_part_of_the_title(void **state)
{
	(void)state;
	project("Jobformidlingen for alle (LEV)", "Landsforeningen LEV", "", "");
	project("Jobformidlingen for alle", "LEV", "", "2006-2010");
	assert_found(1, 1, 0);
	assert_reason(&result.pairs[0], "almost the same title, same owner; nothing else is told");
}

static void an_owner_written_apart_is_the_same(void **state)
{
	(void)state;
	project("Hovedhuset", "Hovedhuset", "", "2006-2009");
	project("Hoved-Huset", "Hoved-Huset", "København", "2006-2009");
	assert_found(1, 1, 0);
}

static void a_roman_number_is_a_number(void **state)
{
	(void)state;
	project("Tegnsprog ml. kolleger II", "Castberggård", "Hedensted", "2008-2009");
	project("Tegnsprog mellem kolleger 2", "Castberggård", "Hedensted", "2008-2009");
	project("Tegnsprog mellem kolleger 3", "Castberggård", "Hedensted", "2008-2009");
	assert_found(1, 1, 0);
}

static void parts_of_a_programme_stay_apart(void **state)
{
	(void)state;
	project("Nyfleks - fleks Fokus", "Jobcenter Viborg", "Viborg", "2009-2011");
	project("Nyfleks - fleksJOB-fokus", "Jobcenter Viborg", "Viborg", "2009-2011");
	project("Nyfleks - hurtigt i fleksjob", "Jobcenter Viborg", "Viborg", "2009-2011");
	assert_found(0, 0, 0);
}

static void one_title_in_two_municipalities_is_two_projects(void **state)
{
	(void)state;
	project("Unges vej til arbejde og uddannelse", "Jobcenter Viborg", "Viborg", "2009-2011");
	project("Unges vej til arbejde og uddannelse", "Jobcenter Skive", "Skive", "2009-2011");
	assert_found(0, 0, 0);
}

/* All records in one block of every key: no key may give more than BLOCK_MOST pairs a record. */
static void a_block_that_is_too_large_is_never_compared_all_with_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < RECORDS_MOST; i++)
		article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens", "12", "101-109");
	assert_found(1, RECORDS_MOST - 1, 0);
	assert_true(result.compared <= (size_t)RECORDS_MOST * BLOCK_MOST);
	assert_int_equal(result.groups[0].count, RECORDS_MOST);
}

static void a_record_has_only_so_many_doubts(void **state)
{
	(void)state;
	for (size_t i = 0; i < 20; i++)
		article("Rehabilitation efter apopleksi hos unge", "Sørensen, Jens",
			str_z(c.arena, str_printf(c.arena, "%zu", i + 1)),
			str_z(c.arena, str_printf(c.arena, "%zu", 100 + i)));
	assert_found(0, 0, 10 * 10 + 9 * 10 / 2); /* the first ten have ten each, the others all that follow them */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_found_in_nothing, make, end),
		cmocka_unit_test_setup_teardown(the_same_place_in_print_is_the_same_work, make, end),
		cmocka_unit_test_setup_teardown(an_abstract_and_its_article_are_for_somebody_to_look_at, make, end),
		cmocka_unit_test_setup_teardown(contradicting_dois_are_never_one, make, end),
		cmocka_unit_test_setup_teardown(the_same_doi_is_one_only_with_titles_that_agree, make, end),
		cmocka_unit_test_setup_teardown(a_source_does_not_hold_one_work_twice, make, end),
		cmocka_unit_test_setup_teardown(a_source_is_not_forgotten_in_a_large_group, make, end),
		cmocka_unit_test_setup_teardown(a_doi_is_not_forgotten_in_a_large_group, make, end),
		cmocka_unit_test_setup_teardown(parts_numbered_apart_stay_apart, make, end),
		cmocka_unit_test_setup_teardown(a_correction_is_not_what_it_corrects, make, end),
		cmocka_unit_test_setup_teardown(one_title_of_two_authors_in_two_places_is_two_works, make, end),
		cmocka_unit_test_setup_teardown(a_missing_title_is_never_decided, make, end),
		cmocka_unit_test_setup_teardown(a_project_is_known_by_title_owner_and_old_municipality, make, end),
		cmocka_unit_test_setup_teardown(a_title_alone_is_never_certain, make, end),
		cmocka_unit_test_setup_teardown(a_year_alone_does_not_make_a_title_certain, make, end),
		cmocka_unit_test_setup_teardown(a_title_without_a_subject_is_never_certain, make, end),
		cmocka_unit_test_setup_teardown(a_report_without_a_subject_is_not_its_authors_next, make, end),
		cmocka_unit_test_setup_teardown(a_part_whose_name_goes_on_is_one_with_the_same_owner_and_place, make,
						end),
		cmocka_unit_test_setup_teardown(an_owner_in_brackets_is_no_part_of_the_title, make, end),
		cmocka_unit_test_setup_teardown(an_owner_written_apart_is_the_same, make, end),
		cmocka_unit_test_setup_teardown(a_roman_number_is_a_number, make, end),
		cmocka_unit_test_setup_teardown(parts_of_a_programme_stay_apart, make, end),
		cmocka_unit_test_setup_teardown(one_title_in_two_municipalities_is_two_projects, make, end),
		cmocka_unit_test_setup_teardown(a_block_that_is_too_large_is_never_compared_all_with_all, make, end),
		cmocka_unit_test_setup_teardown(a_record_has_only_so_many_doubts, make, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
