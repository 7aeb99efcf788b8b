#include "stats/logrank.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Freireich et al. 1963, as printed by Cox and Oakes (1984), table 1.1: weeks of remission under 6-MP (group 0) and
 * placebo (group 1); a negative time is censored. */
static const int treated[] = {
	6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35
};
static const int placebo[] = { 1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23 };

/* The textbooks' result (Kleinbaum and Klein, Survival Analysis, ch. 2): 9 observed and 19.25 expected under 6-MP, 21
 * and 10.75 under placebo, log-rank 16.79 with one degree of freedom. */
static void logrank_agrees_with_the_6mp_trial(void **state)
{
	(void)state;
	Arena *a = arena_new();
	Observation spells[42];
	for (int i = 0; i < 21; i++) {
		spells[i] = (Observation){ treated[i] < 0 ? -treated[i] : treated[i], treated[i] > 0, 0 };
		spells[21 + i] = (Observation){ placebo[i], 1, 1 };
	}
	LogRank r = logrank_test(a, spells, 42, 2, 0);
	assert_true(r.observed[0] == 9 && r.observed[1] == 21);
	assert_true(fabs(r.expected[0] - 19.25) < 0.005 && fabs(r.expected[1] - 10.75) < 0.005);
	assert_true(fabs(r.chisq - 16.79) < 0.005);
	assert_int_equal(r.df, 1);
	assert_true(r.p > 0.00004 && r.p < 0.00005);
	arena_free(a);
}

/* Four people, A at 1 and 3, B at 2 and 4, all with the event. Expected in A: 2/4 + 1/3 + 1/2 + 0 = 4/3; variance 1/4 +
 * 2/9 + 1/4 = 13/18; (2 - 4/3)² / (13/18) = 8/13. A third group, whose only one had left before, changes nothing; nor
 * does one whose time is impossible. */
static void groups_who_were_never_there_are_left_out(void **state)
{
	(void)state;
	static const Observation spells[] = { { 3, 1, 0 }, { 0.5, 0, 2 }, { 2, 2, 1 },
					      { 1, 2, 0 }, { 4, 1, 1 },   { -1, 1, 2 } };
	Arena *a = arena_new();
	LogRank r = logrank_test(a, spells, 6, 3, 0);
	assert_true(fabs(r.chisq - 8 / 13.0) < 1e-12);
	assert_int_equal(r.df, 1);
	assert_true(r.observed[2] == 0 && r.expected[2] == 0);
	/* Cause 2 struck at 1 and 2: expected in A 2/4 + 1/3, variance 1/4 + 2/9; (1/6)² / (17/36) = 1/17. */
	r = logrank_test(a, spells, 6, 3, 2);
	assert_true(r.observed[0] == 1 && r.observed[1] == 1);
	assert_true(fabs(r.chisq - 1 / 17.0) < 1e-12);
	arena_free(a);
}

static void assert_nothing_compared(LogRank r)
{
	assert_true(isnan(r.chisq) && isnan(r.p));
	assert_int_equal(r.df, 0);
}

static void what_cannot_differ_is_not_compared(void **state)
{
	(void)state;
	static const Observation together[] = { { 1, 1, 0 }, { 1, 1, 1 }, { 1, 1, 1 } };
	static const Observation censored[] = { { 1, 0, 0 }, { 2, 0, 1 } };
	Arena *a = arena_new();
	assert_nothing_compared(logrank_test(a, NULL, 0, 2, 0));
	assert_nothing_compared(logrank_test(a, together, 1, 1, 0));
	assert_nothing_compared(logrank_test(a, together, 3, 2, 0));
	assert_nothing_compared(logrank_test(a, censored, 2, 2, 0));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(logrank_agrees_with_the_6mp_trial),
		cmocka_unit_test(groups_who_were_never_there_are_left_out),
		cmocka_unit_test(what_cannot_differ_is_not_compared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
