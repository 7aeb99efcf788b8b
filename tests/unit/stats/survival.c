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
		assert_true(step->time == rows[i].time);
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
	assert_true(s.median == 23);
	assert_true(s.median_low == 13);
	assert_true(isnan(s.median_high));
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
	assert_true(s.median == 23);
	assert_int_equal(s.count, 16);
	assert_int_equal(s.steps[0].at_risk, 21);
	s = survival_estimate(a, spells, 3);
	assert_int_equal(s.impossible, 3);
	assert_int_equal(s.total, 0);
	assert_int_equal(s.count, 0);
	assert_true(isnan(s.median));
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
	assert_true(s.median == 5);
	assert_true(s.steps[9].survival == 0);
	assert_true(isnan(s.steps[9].se) && isnan(s.steps[9].low) && isnan(s.steps[9].high));
	arena_free(a);
}

static void nobody_has_no_curve(void **state)
{
	(void)state;
	Survival s = survival_estimate(NULL, NULL, 0);
	assert_int_equal(s.count, 0);
	assert_true(isnan(s.median));
	assert_int_equal(s.total, 0);
}

/* At 6 the numbers are that step's; at 12, when 3 had relapsed at 6, 1 at 7 and 1 at 10, and 1 each been lost at 6, 9,
 * 10 and 11, between two, the 12 who are seen on and the survival since 10; before the
 * first time all 21; after the last, 35, nobody was seen, and survival had not come to 0. */
static void any_time_can_be_asked_for(void **state)
{
	(void)state;
	Arena *a = arena_new();
	Survival s = six_mp_estimate(a);
	SurvivalStep step = survival_at(&s, 6);
	assert_int_equal(step.at_risk, 21);
	assert_int_equal(step.events, 3);
	step = survival_at(&s, 12);
	assert_true(step.time == 12);
	assert_int_equal(step.at_risk, 12);
	assert_int_equal(step.events, 5);
	assert_int_equal(step.censored, 4);
	assert_true(step.survival == s.steps[3].survival && step.low == s.steps[3].low);
	step = survival_at(&s, 0);
	assert_int_equal(step.at_risk, 21);
	assert_true(step.survival == 1 && step.se == 0 && step.low == 1);
	step = survival_at(&s, 35);
	assert_int_equal(step.at_risk, 1);
	assert_true(fabs(step.survival - 0.4482) < 0.00006);
	step = survival_at(&s, 35.5);
	assert_int_equal(step.at_risk, 0);
	assert_true(isnan(step.survival) && isnan(step.low));
	arena_free(a);
}

/* Sorting is by digits of the number's bits: small and large, fractions, both zeros, negative, equal ones in their
 * order. */
static void times_are_sorted_whatever_they_are(void **state)
{
	(void)state;
	static const double times[] = { 3, 0.5, -0.0, 1e15, 0, 1e-300, 3, 2.5, 0.5000000000000001, -1, 3 };
	static const double sorted[] = { 0, 0, 1e-300, 0.5, 0.5000000000000001, 2.5, 3, 3, 3, 1e15 };
	static const int order[] = { 2, 4, 5, 1, 8, 7, 0, 6, 10, 3 };
	Arena *a = arena_new();
	Observation spells[11];
	size_t n = 11;
	for (int i = 0; i < 11; i++)
		spells[i] = (Observation){ times[i], 1, i };
	const Observation *s = survival_sorted(a, spells, &n);
	assert_int_equal(n, 10);
	for (size_t i = 0; i < n; i++) {
		assert_true(s[i].time == sorted[i]);
		assert_int_equal(s[i].group, order[i]);
	}
	assert_ptr_equal(survival_sorted(a, s, &n), s);
	arena_free(a);
}

/* Six people: cause 1 at 1, cause 2 at 2, a censoring at 3, cause 1 twice at 4, the last one censored at 5.
 * S: 5/6, 5/6·4/5 = 2/3, then 2/3·1/3 = 2/9. F1: 1/6, then 1/6 + 2/3·2/3 = 11/18. F2: 5/6·1/5 = 1/6. They add up to 1:
 * 4/18 + 11/18 + 3/18.
 * Variance of F2 at 2, by Gaynor's formula: sum over times of (F2 - F2(t))² d/(m(m - d)) + S(t-)² k(m - k)/m³ -
 * 2 (F2 - F2(t)) S(t-) k/m²: at 1, (1/6)²/30; at 2, (5/6)²·4/125: 1/1080 + 1/45 = 25/1080.
 * Of F1 at 4: at 1, (4/9)²/30 + 5/216 - 2·4/9/36 = 0.006584 + 0.023148 - 0.024691 = 0.005041; at 2, (4/9)²/20 =
 * 0.009877; at 4, (2/3)²·2/27 = 0.032922; together 0.047840. */
static void incidences_of_competing_causes_by_hand(void **state)
{
	(void)state;
	static const Observation spells[] = { { 4, 1, 0 }, { 1, 1, 0 }, { 5, 0, 0 },
					      { 2, 2, 0 }, { 3, 0, 0 }, { 4, 1, 0 } };
	Arena *a = arena_new();
	Incidence one = survival_incidence(a, spells, 6, 1), two = survival_incidence(a, spells, 6, 2);
	Survival s = survival_estimate(a, spells, 6);
	assert_int_equal(one.count, 2);
	assert_int_equal(one.events, 3);
	assert_int_equal(two.count, 1);
	assert_int_equal(one.steps[1].at_risk, 3);
	assert_int_equal(one.steps[1].events, 2);
	assert_true(fabs(one.steps[0].incidence - 1 / 6.0) < 1e-12);
	assert_true(fabs(one.steps[1].incidence - 11 / 18.0) < 1e-12);
	assert_true(fabs(two.steps[0].incidence - 1 / 6.0) < 1e-12);
	assert_true(fabs(s.steps[3].survival - 2 / 9.0) < 1e-12);
	assert_true(fabs(two.steps[0].se - sqrt(25 / 1080.0)) < 1e-12);
	assert_true(fabs(one.steps[1].se - sqrt(0.047840)) < 1e-5);
	IncidenceStep at = survival_incidence_at(&one, &s, 3.5);
	assert_int_equal(at.at_risk, 3);
	assert_int_equal(at.events, 1);
	assert_true(at.incidence == one.steps[0].incidence && at.se == one.steps[0].se);
	at = survival_incidence_at(&two, &s, 1);
	assert_true(at.incidence == 0 && at.low == 0 && at.high == 0);
	assert_true(isnan(survival_incidence_at(&one, &s, 6).incidence));
	arena_free(a);
}

/* Three people, each with the event: 1/3, 2/3, all; nothing competes, so it is what survival lacks to 1. */
static void an_incidence_ends_at_all_when_nothing_competes(void **state)
{
	(void)state;
	static const Observation spells[] = { { 1, 1, 0 }, { 2, 1, 0 }, { 3, 1, 0 } };
	Arena *a = arena_new();
	Incidence f = survival_incidence(a, spells, 3, 1);
	assert_int_equal(f.count, 3);
	assert_true(f.steps[2].incidence == 1 && isnan(f.steps[2].se) && isnan(f.steps[2].high));
	assert_int_equal(survival_incidence(a, spells, 3, 2).count, 0);
	assert_int_equal(survival_incidence(a, NULL, 0, 1).count, 0);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(survival_agrees_with_the_6mp_table),
		cmocka_unit_test(median_and_its_interval_come_from_the_curve),
		cmocka_unit_test(impossible_times_are_left_out_and_counted),
		cmocka_unit_test(median_is_found_where_survival_is_exactly_half),
		cmocka_unit_test(nobody_has_no_curve),
		cmocka_unit_test(any_time_can_be_asked_for),
		cmocka_unit_test(times_are_sorted_whatever_they_are),
		cmocka_unit_test(incidences_of_competing_causes_by_hand),
		cmocka_unit_test(an_incidence_ends_at_all_when_nothing_competes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
