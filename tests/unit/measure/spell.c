/* How long something lasted, counted by hand on a calendar. */
#include "measure/spell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Date day(const char *iso)
{
	Date d = DATE_NONE;
	if (iso[0] != '\0')
		assert_true(date_parse(str_of(iso), &d));
	return d;
}

/* "" as end: still going on. */
static Spell job(const char *from, const char *to)
{
	return (Spell){ PLACEMENT_FLEKSJOB, day(from), day(to) };
}

/* -1, 0, 1: shorter than, exactly, longer than; all four comparisons must agree. */
static int compared(Spell s, const char *on, int64_t n, LengthUnit unit)
{
	Compare k = { COMPARE_OVER, n, unit };
	bool over = spell_compares(&s, day(on), &k);
	k.op = COMPARE_UNDER;
	bool under = spell_compares(&s, day(on), &k);
	k.op = COMPARE_AT_LEAST;
	assert_int_equal(spell_compares(&s, day(on), &k), !under);
	k.op = COMPARE_AT_MOST;
	assert_int_equal(spell_compares(&s, day(on), &k), !over);
	k.op = COMPARE_NONE;
	assert_true(spell_compares(&s, day(on), &k));
	assert_false(over && under);
	return over - under;
}

#define END "2018-11-30"

/* 1 January to 30 June, both included, are six months. */
static void months__run_from_a_day_to_the_day_before(void **state)
{
	(void)state;
	assert_int_equal(compared(job("2018-01-01", "2018-06-29"), END, 6, UNIT_MONTHS), -1);
	assert_int_equal(compared(job("2018-01-01", "2018-06-30"), END, 6, UNIT_MONTHS), 0);
	assert_int_equal(compared(job("2018-01-01", "2018-07-01"), END, 6, UNIT_MONTHS), 1);
	assert_int_equal(compared(job("2018-01-15", "2018-02-14"), END, 1, UNIT_MONTHS), 0);
}

/* One month after 31 January is 28 February, in a leap year the 29th: the
 * month is full the day before. */
static void months__that_lack_the_day_end_with_their_last(void **state)
{
	(void)state;
	assert_int_equal(compared(job("2018-01-31", "2018-02-26"), END, 1, UNIT_MONTHS), -1);
	assert_int_equal(compared(job("2018-01-31", "2018-02-27"), END, 1, UNIT_MONTHS), 0);
	assert_int_equal(compared(job("2018-01-31", "2018-02-28"), END, 1, UNIT_MONTHS), 1);
	assert_int_equal(compared(job("2016-01-31", "2016-02-27"), END, 1, UNIT_MONTHS), -1);
	assert_int_equal(compared(job("2016-01-31", "2016-02-28"), END, 1, UNIT_MONTHS), 0);
	/* A year after 29 February is 28 February. */
	assert_int_equal(compared(job("2016-02-29", "2017-02-26"), END, 12, UNIT_MONTHS), -1);
	assert_int_equal(compared(job("2016-02-29", "2017-02-27"), END, 12, UNIT_MONTHS), 0);
}

/* 31 + 28 + 31 days and 1 April are 91 days, 13 weeks. */
static void weeks_and_days__are_counted_with_both_ends(void **state)
{
	(void)state;
	Spell s = job("2018-01-01", "2018-04-01");
	assert_int_equal(spell_days(&s, day(END)), 91);
	assert_int_equal(compared(s, END, 13, UNIT_WEEKS), 0);
	assert_int_equal(compared(s, END, 91, UNIT_DAYS), 0);
	assert_int_equal(compared(s, END, 90, UNIT_DAYS), 1);
	Spell one = job("2018-01-01", "2018-01-01");
	assert_int_equal(spell_days(&one, day(END)), 1);
}

/* 30 May to 29 November would be six months: on 30 November it is more. */
static void open_spell__lasts_until_the_day(void **state)
{
	(void)state;
	assert_int_equal(compared(job("2018-05-30", ""), "2018-11-29", 6, UNIT_MONTHS), 0);
	assert_int_equal(compared(job("2018-05-30", ""), "2018-11-30", 6, UNIT_MONTHS), 1);
	/* What happened after the day is not known on it. */
	assert_int_equal(compared(job("2018-05-30", "2019-12-31"), "2018-11-29", 6, UNIT_MONTHS), 0);
	Spell later = job("2018-12-01", "");
	assert_int_equal(spell_days(&later, day(END)), 0);
	assert_false(spell_is_open(&later, day(END)));
	Spell last = job("2018-11-01", END);
	assert_true(spell_is_open(&last, day(END)));
	assert_false(spell_is_open(&last, day("2018-12-01")));
	assert_int_equal(spell_last_day(&last, day("2018-12-01")), day(END));
}

/* 1 to 14 March are 14 days without a job, 1 to 15 March 15. */
static void gap__joins_up_to_its_days(void **state)
{
	(void)state;
	Spell near[] = { job("2018-01-01", "2018-02-28"), job("2018-03-15", "2018-06-30") };
	assert_int_equal(spell_join(near, 2, 14, day(END)), 1);
	assert_int_equal(near[0].starts, day("2018-01-01"));
	assert_int_equal(near[0].ends, day("2018-06-30"));
	Spell far[] = { job("2018-01-01", "2018-02-28"), job("2018-03-16", "2018-06-30") };
	assert_int_equal(spell_join(far, 2, 14, day(END)), 2);
	assert_int_equal(far[0].ends, day("2018-02-28"));
	Spell next[] = { job("2018-01-01", "2018-02-28"), job("2018-03-01", "") };
	assert_int_equal(spell_join(next, 2, 0, day(END)), 1);
	assert_int_equal(next[0].ends, DATE_NONE);
}

/* The rule speaks of the same kind of job. */
static void kinds__never_join(void **state)
{
	(void)state;
	Spell s[] = { job("2018-01-01", "2018-02-28"), job("2018-02-15", "2018-03-10"), job("2018-03-05", "") };
	s[1].kind = PLACEMENT_ORDINARY;
	assert_int_equal(spell_join(s, 3, 14, day(END)), 2);
	/* What lies between does not keep the two apart. */
	assert_int_equal(s[0].kind, PLACEMENT_FLEKSJOB);
	assert_int_equal(s[0].ends, DATE_NONE);
	assert_int_equal(s[1].kind, PLACEMENT_ORDINARY);
	assert_int_equal(s[1].ends, day("2018-03-10"));
}

static void shorter_within_longer__changes_nothing(void **state)
{
	(void)state;
	/* 1 to 4 January are 4 days between the first and the third. */
	Spell s[] = { job("2018-01-01", "2018-12-31"), job("2018-02-01", "2018-03-31"),
		      job("2019-01-05", "2019-02-01") };
	assert_int_equal(spell_join(s, 3, 7, day("2019-06-30")), 1);
	assert_int_equal(s[0].ends, day("2019-02-01"));
	Spell open[] = { job("2018-01-01", ""), job("2018-02-01", "2018-03-31") };
	assert_int_equal(spell_join(open, 2, 7, day(END)), 1);
	assert_int_equal(open[0].ends, DATE_NONE);
}

static void spells__that_start_later_are_not_known_yet(void **state)
{
	(void)state;
	Spell s[] = { job("2018-01-01", "2018-02-28"), job("2018-12-01", "") };
	assert_int_equal(spell_join(s, 2, 14, day(END)), 1);
	assert_int_equal(spell_join(s, 0, 14, day(END)), 0);
}

static void groups__are_what_people_mean_by_a_job(void **state)
{
	(void)state;
	static const bool in_job[] = { [PLACEMENT_INTERNSHIP] = false,
				       [PLACEMENT_WAGE_SUBSIDY] = false,
				       [PLACEMENT_FLEKSJOB] = true,
				       [PLACEMENT_ORDINARY] = true };
	for (int kind = 0; kind < 4; kind++) {
		assert_int_equal(spell_in_group((PlacementKind)kind, GROUP_JOB), in_job[kind]);
		assert_true(spell_in_group((PlacementKind)kind, GROUP_ANY));
		assert_int_equal(spell_in_group((PlacementKind)kind, GROUP_INTERNSHIP), kind == PLACEMENT_INTERNSHIP);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(months__run_from_a_day_to_the_day_before),
		cmocka_unit_test(months__that_lack_the_day_end_with_their_last),
		cmocka_unit_test(weeks_and_days__are_counted_with_both_ends),
		cmocka_unit_test(open_spell__lasts_until_the_day),
		cmocka_unit_test(gap__joins_up_to_its_days),
		cmocka_unit_test(kinds__never_join),
		cmocka_unit_test(shorter_within_longer__changes_nothing),
		cmocka_unit_test(spells__that_start_later_are_not_known_yet),
		cmocka_unit_test(groups__are_what_people_mean_by_a_job),
	};
	return cmocka_run_group_tests_name("measure/spell", tests, NULL, NULL);
}
