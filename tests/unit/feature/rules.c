/* The rules that need no database: places, follow-up days. */
#include "base/danish.h"
#include "feature/company/company.h"
#include "feature/contact/contact.h"
#include "feature/followup/followup.h"
#include "feature/placement/placement.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Date day(const char *iso)
{
	Date d = DATE_NONE;
	assert_true(date_parse(str_of(iso), &d));
	return d;
}

/* danish-rules.md, section 2: places by ordinary full-time equivalents. */
static void places_follow_the_regulation(void **state)
{
	(void)state;
	static const struct {
		double employees;
		int64_t places;
	} table[] = { { 4, 1 },   { 9.99, 1 }, { 10, 2 },   { 49.9, 9 }, { 50, 10 },
		      { 59, 10 }, { 60, 11 },  { 137, 18 }, { 0.5, 1 },  { 5, 1 } };
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		assert_int_equal(company_places(table[i].employees), table[i].places);
	assert_int_equal(company_places(0), 0);
	assert_int_equal(company_places((double)NAN), -1);
}

static void the_ratio_counts_those_from_elsewhere_too(void **state)
{
	(void)state;
	CompanyRatio r = company_ratio_of(10, 1, 1); /* 2 places, 2 people */
	assert_int_equal(r.places, 2);
	assert_int_equal(r.used, 2);
	assert_false(r.exceeded);
	assert_true(company_ratio_of(10, 1, 2).exceeded);
	assert_true(company_ratio_of(10, INT_NONE, 3).exceeded);
	assert_false(company_ratio_of((double)NAN, 50, 50).exceeded); /* unknown: no warning */
}

static void only_fleksjob_and_ordinary_are_jobs(void **state)
{
	(void)state;
	assert_true(placement_is_job(PLACEMENT_FLEKSJOB));
	assert_true(placement_is_job(PLACEMENT_ORDINARY));
	assert_false(placement_is_job(PLACEMENT_WAGE_SUBSIDY));
	assert_false(placement_is_job(PLACEMENT_INTERNSHIP));
	assert_true(placement_takes_place(PLACEMENT_WAGE_SUBSIDY));
	assert_true(placement_takes_place(PLACEMENT_INTERNSHIP));
	assert_false(placement_takes_place(PLACEMENT_FLEKSJOB));
}

/* Started Thursday 2018-02-01: three months later is Tuesday 1 May, an
 * ordinary working day by law. Last talk 2018-02-10: 10 May 2018 is Ascension
 * Day (a Thursday), so Friday the 11th. */
static void a_job_is_followed_up_every_three_months(void **state)
{
	(void)state;
	FollowupRules rules = { 3, 21 };
	assert_int_equal(followup_due(rules, PLACEMENT_FLEKSJOB, day("2018-02-01"), DATE_NONE), day("2018-05-01"));
	assert_int_equal(followup_due(rules, PLACEMENT_FLEKSJOB, day("2018-02-01"), day("2018-02-10")),
			 day("2018-05-11"));
	assert_int_equal(followup_due(rules, PLACEMENT_ORDINARY, day("2018-01-07"), DATE_NONE), day("2018-04-09"));
}

/* 21 days after Friday 2018-03-09 is Good Friday 30 March 2018; the next
 * working day is Tuesday 3 April (Easter Monday is the 2nd). */
static void an_internship_is_followed_up_once(void **state)
{
	(void)state;
	FollowupRules rules = { 3, 21 };
	assert_int_equal(followup_due(rules, PLACEMENT_INTERNSHIP, day("2018-03-09"), DATE_NONE), day("2018-04-03"));
	assert_int_equal(followup_due(rules, PLACEMENT_INTERNSHIP, day("2018-03-09"), day("2018-03-20")), DATE_NONE);
}

static void followups_are_overdue_from_the_day_after(void **state)
{
	(void)state;
	Date today = day("2018-11-30");
	assert_int_equal(followup_state(today - 1, today), FOLLOWUP_OVERDUE);
	assert_int_equal(followup_state(today, today), FOLLOWUP_DUE);
	assert_int_equal(followup_state(today + 7, today), FOLLOWUP_DUE);
	assert_int_equal(followup_state(today + 8, today), FOLLOWUP_SOON);
	assert_int_equal(followup_state(today + 28, today), FOLLOWUP_SOON);
	assert_int_equal(followup_state(today + 29, today), FOLLOWUP_LATER);
}

static void a_summary_is_divided_by_known_words_only(void **state)
{
	(void)state;
	ContactBy by;
	assert_true(contact_by_parse(STR("month,kind"), &by));
	assert_true(by.month && by.kind && !by.partner && !by.purpose);
	assert_true(contact_by_parse(STR("purpose,partner"), &by));
	assert_true(!by.month && !by.kind && by.partner && by.purpose);
	assert_false(contact_by_parse(STR("month;kind"), &by));
	assert_false(contact_by_parse(STR("month,"), &by));
}

/* The Danish alphabet ends z, æ, ø, å; aa in names is å (Retskrivningsordbogen, section 3). */
static void names_sort_as_danes_expect(void **state)
{
	(void)state;
	static const char *const names[] = { "Ane", "Zita", "Ærø", "Øjvind", "Aage", "Åse" };
	Arena *a = arena_new();
	for (int i = 1; i < 6; i++)
		assert_true(str_cmp(danish_sort_key(a, str_of(names[i - 1])), danish_sort_key(a, str_of(names[i]))) <
			    0);
	assert_true(str_eq(danish_sort_key(a, STR("ÅSE")), danish_sort_key(a, STR("åse"))));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_follow_the_regulation),
		cmocka_unit_test(the_ratio_counts_those_from_elsewhere_too),
		cmocka_unit_test(only_fleksjob_and_ordinary_are_jobs),
		cmocka_unit_test(a_job_is_followed_up_every_three_months),
		cmocka_unit_test(an_internship_is_followed_up_once),
		cmocka_unit_test(followups_are_overdue_from_the_day_after),
		cmocka_unit_test(a_summary_is_divided_by_known_words_only),
		cmocka_unit_test(names_sort_as_danes_expect),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
