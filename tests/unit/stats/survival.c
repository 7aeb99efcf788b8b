#include "stats/survival.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Weeks of remission under 6-MP, Freireich et al. 1963, as printed by Cox and
 * Oakes (1984), table 1.1; a negative time is censored. Unsorted on purpose. */
static const int six_mp[] = {
	10, 7, -32, 23, 22, 6, 16, -34, -32, -25, -11, -20, -19, 6, -17, -35, 6, 13, -9, -6, -10
};

static Survival six_mp_estimate(Arena *a)
{
	Observation spells[21];
	for (int i = 0; i < 21; i++)
		spells[i] = (Observation){ six_mp[i] < 0 ? -six_mp[i] : six_mp[i], six_mp[i] > 0 };
	return survival_estimate(a, spells, 21);
}

/* The survival table that textbooks print for these data (Kleinbaum and Klein,
 * Survival Analysis, ch. 2; the intervals are Stata's `sts list`), e.g.
 * S(6) = 18/21 = 0.8571, S(7) = 0.8571·16/17 = 0.8067, se(6) = sqrt(18·3/21³) = 0.0764. */
static void survival_agrees_with_the_6mp_table(void **state)
{
	(void)state;
	static const struct {
		int time, at_risk, events, censored;
		double survival, se, low, high;
	} rows[] = {
		{ 6, 21, 3, 1, 0.8571, 0.0764, 0.6197, 0.9516 },  { 7, 17, 1, 0, 0.8067, 0.0869, 0.5631, 0.9228 },
		{ 9, 16, 0, 1, 0.8067, 0.0869, 0.5631, 0.9228 },  { 10, 15, 1, 1, 0.7529, 0.0963, 0.5032, 0.8894 },
		{ 11, 13, 0, 1, 0.7529, 0.0963, 0.5032, 0.8894 }, { 13, 12, 1, 0, 0.6902, 0.1068, 0.4316, 0.8491 },
		{ 16, 11, 1, 0, 0.6275, 0.1141, 0.3675, 0.8049 }, { 17, 10, 0, 1, 0.6275, 0.1141, 0.3675, 0.8049 },
		{ 19, 9, 0, 1, 0.6275, 0.1141, 0.3675, 0.8049 },  { 20, 8, 0, 1, 0.6275, 0.1141, 0.3675, 0.8049 },
		{ 22, 7, 1, 0, 0.5378, 0.1282, 0.2678, 0.7468 },  { 23, 6, 1, 0, 0.4482, 0.1346, 0.1881, 0.6801 },
		{ 25, 5, 0, 1, 0.4482, 0.1346, 0.1881, 0.6801 },  { 32, 4, 0, 2, 0.4482, 0.1346, 0.1881, 0.6801 },
		{ 34, 2, 0, 1, 0.4482, 0.1346, 0.1881, 0.6801 },  { 35, 1, 0, 1, 0.4482, 0.1346, 0.1881, 0.6801 },
	};
	Arena *a = arena_new();
	Survival s = six_mp_estimate(a);
	assert_int_equal(s.count, sizeof rows / sizeof rows[0]);
	assert_int_equal(s.total, 21);
	assert_int_equal(s.events, 9);
	for (size_t i = 0; i < s.count; i++) {
		const SurvivalStep *step = &s.steps[i];
		assert_int_equal(step->time, rows[i].time);
		assert_int_equal(step->at_risk, rows[i].at_risk);
		assert_int_equal(step->events, rows[i].events);
		assert_int_equal(step->censored, rows[i].censored);
		assert_true(fabs(step->survival - rows[i].survival) < 0.00006);
		assert_true(fabs(step->se - rows[i].se) < 0.00006);
		assert_true(fabs(step->low - rows[i].low) < 0.00006);
		assert_true(fabs(step->high - rows[i].high) < 0.00006);
	}
	arena_free(a);
}

/* Median 23 weeks, 95 % interval from 13, no upper end (Stata's `stci`): the
 * table's lower ends pass 1/2 at 13, its upper ends never do. */
static void median_and_its_interval_come_from_the_curve(void **state)
{
	(void)state;
	Arena *a = arena_new();
	Survival s = six_mp_estimate(a);
	assert_int_equal(s.median, 23);
	assert_int_equal(s.median_low, 13);
	assert_int_equal(s.median_high, -1);
	arena_free(a);
}

/* The 21 above and three whose watching ended before it began: as if these were not there. */
static void impossible_times_are_left_out_and_counted(void **state)
{
	(void)state;
	Arena *a = arena_new();
	Observation spells[24] = { { -1, false }, { -400, true }, { -2147483647, false } };
	for (int i = 0; i < 21; i++)
		spells[3 + i] = (Observation){ six_mp[i] < 0 ? -six_mp[i] : six_mp[i], six_mp[i] > 0 };
	Survival s = survival_estimate(a, spells, 24);
	assert_int_equal(s.impossible, 3);
	assert_int_equal(s.total, 21);
	assert_int_equal(s.events, 9);
	assert_int_equal(s.median, 23);
	assert_int_equal(s.count, 16);
	assert_int_equal(s.steps[0].at_risk, 21);
	s = survival_estimate(a, spells, 3);
	assert_int_equal(s.impossible, 3);
	assert_int_equal(s.total, 0);
	assert_int_equal(s.count, 0);
	assert_int_equal(s.median, -1);
	arena_free(a);
}

/* Ten people, one event after the other: S after the fifth is 1/2 exactly. */
static void median_is_found_where_survival_is_exactly_half(void **state)
{
	(void)state;
	Arena *a = arena_new();
	Observation spells[10];
	for (int i = 0; i < 10; i++)
		spells[i] = (Observation){ i + 1, true };
	Survival s = survival_estimate(a, spells, 10);
	assert_int_equal(s.median, 5);
	assert_true(s.steps[9].survival == 0);
	assert_true(isnan(s.steps[9].se) && isnan(s.steps[9].low) && isnan(s.steps[9].high));
	arena_free(a);
}

static void nobody_has_no_curve(void **state)
{
	(void)state;
	Survival s = survival_estimate(NULL, NULL, 0);
	assert_int_equal(s.count, 0);
	assert_int_equal(s.median, -1);
	assert_int_equal(s.total, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(survival_agrees_with_the_6mp_table),
		cmocka_unit_test(median_and_its_interval_come_from_the_curve),
		cmocka_unit_test(impossible_times_are_left_out_and_counted),
		cmocka_unit_test(median_is_found_where_survival_is_exactly_half),
		cmocka_unit_test(nobody_has_no_curve),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
