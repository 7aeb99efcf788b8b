#include "stats/paired.h"

#include "exact.h"

/* Sizes 1, 2, 2, 3 have ranks 1, 2.5, 2.5, 4, all but the 1 rising: V = 9 of 10. Of the 16 ways to give signs the sums
 * 9 and 10 come once each, and 0 and 1 too: p = 4/16. (9 - 1)/10 = 0.8. */
static void ties_share_their_ranks(void **state)
{
	(void)state;
	SignedRank t = signed_rank_test(arena, (double[]){ 2, -1, 3, 2 }, 4, ZEROS_WILCOXON);
	assert_near(t.v, 9);
	assert_near(t.p, 0.25);
	assert_near(t.biserial, 0.8);
	assert_true(t.exact);
}

/* 0, 1, 2, -3. Wilcoxon leaves out the 0: ranks 1, 2, 3, V = 3 of 6; sums up to 3 are 0, 1, 2, 3, 1+2: 5 of 8, doubled
 * above 1. Pratt ranks it: 2, 3, 4, V = 5 of 9; sums of 4 or less, the smaller side, are 0, 2, 3, 4: 4 of 8, p = 1.
 * Where all rise it is one of 8 both times, p = 2/8. */
static void zeros_are_left_out_before_or_after_ranking(void **state)
{
	(void)state;
	const double mixed[] = { 0, 1, 2, -3 }, rises[] = { 3, 0, 1, 2 };
	SignedRank wilcoxon = signed_rank_test(arena, mixed, 4, ZEROS_WILCOXON);
	SignedRank pratt = signed_rank_test(arena, mixed, 4, ZEROS_PRATT);
	assert_near(wilcoxon.v, 3);
	assert_near(wilcoxon.p, 1);
	assert_near(pratt.v, 5);
	assert_near(pratt.p, 1);
	assert_near(pratt.biserial, 1.0 / 9);
	assert_near(signed_rank_test(arena, rises, 4, ZEROS_WILCOXON).p, 0.25);
	assert_near(signed_rank_test(arena, rises, 4, ZEROS_PRATT).p, 0.25);
	assert_near(signed_rank_test(arena, rises, 4, ZEROS_PRATT).v, 9);
}

/* Zeros can turn the answer: 0, 1, -2, -3, -4, 5 have ranks 1, 2, 3, 4, 5 without the 0, V = 6 of 15: sums up to 6 are
 * 1, 1, 1, 2, 2, 3, 3 = 13 of 32, p = 26/32. With it 2, 3, 4, 5, 6, V = 8 of 20: up to 8 are 0, 2, 3, 4, 5, 5, 6, 6, 7,
 * 7, 8, 8 = 12 of 32, p = 24/32. */
static void the_rules_for_zeros_differ(void **state)
{
	(void)state;
	const double x[] = { 0, 1, -2, -3, -4, 5 };
	assert_near(signed_rank_test(arena, x, 6, ZEROS_WILCOXON).v, 6);
	assert_near(signed_rank_test(arena, x, 6, ZEROS_WILCOXON).p, 26.0 / 32);
	assert_near(signed_rank_test(arena, x, 6, ZEROS_PRATT).v, 8);
	assert_near(signed_rank_test(arena, x, 6, ZEROS_PRATT).p, 24.0 / 32);
}

static void no_change_is_no_evidence_and_nobody_none_at_all(void **state)
{
	(void)state;
	SignedRank none = signed_rank_test(arena, (double[]){ 0, 0, 0 }, 3, ZEROS_PRATT);
	assert_near(none.p, 1);
	assert_true(none.v == 0 && isnan(none.biserial));
	none = signed_rank_test(arena, NULL, 0, ZEROS_WILCOXON);
	assert_true(isnan(none.p) && isnan(none.biserial));
	assert_true(isnan(paired_shift(arena, NULL, 0).value));
}

/* All 500 rise by different amounts: one way of 2^500 on each side. One more, and all rise by 1: 501 ranks of 251, V =
 * 125751, E half of it, s² = 501·251²/4; z = (62875.5 - 0.5)/2809.0498... */
static void the_ceiling_parts_exact_from_approximate(void **state)
{
	(void)state;
	double *x = ARENA_ARRAY(arena, SIGNED_RANK_EXACT_MOST + 1, double);
	for (int i = 0; i <= SIGNED_RANK_EXACT_MOST; i++)
		x[i] = i + 1;
	SignedRank t = signed_rank_test(arena, x, SIGNED_RANK_EXACT_MOST, ZEROS_WILCOXON);
	assert_true(t.exact);
	assert_near(t.p, ldexp(2, -SIGNED_RANK_EXACT_MOST));
	for (int i = 0; i <= SIGNED_RANK_EXACT_MOST; i++)
		x[i] = 1;
	t = signed_rank_test(arena, x, SIGNED_RANK_EXACT_MOST + 1, ZEROS_WILCOXON);
	assert_false(t.exact);
	assert_near(t.v, 125751);
	assert_near(t.p, erfc(62875 / (251 * sqrt(501) / 2) / sqrt(2)));
}

/* In binary 0.3 - 0.1 is less than 0.2, and 0.8 - 0.6 more: without mending they would be three sizes. */
static void decimals_leave_no_traces(void **state)
{
	(void)state;
	const double before[] = { 0.1, 0, 0.6, 0.7, 0.1 }, after[] = { 0.3, 0.2, 0.8, 0.5, 0.1 };
	assert_true(after[0] - before[0] != after[2] - before[2]);
	const double *x = paired_changes(arena, before, after, 5);
	assert_true(x[0] == x[1] && x[1] == x[2] && x[3] == -x[0]);
	assert_true(x[4] == 0);
	assert_true(fabs(x[0] - 0.2) < 1e-15);
}

/* Beside 4e14 the double next to 0.25 lies further off than 0.25 and 0.3 from each other, but they are other people's.
 */
static void a_large_number_makes_no_small_changes_equal(void **state)
{
	(void)state;
	const double before[] = { 0, 0, 4e14, 1000.1, 0.1 }, after[] = { 0.25, 0.3, 4e14, 1000.3, 0.3 };
	const double *x = paired_changes(arena, before, after, 5);
	assert_true(x[0] == 0.25 && x[1] == 0.3 && x[2] == 0);
	assert_true(x[3] == 0.2 && x[4] == 0.2); /* binary: 0.19999999999993 and 0.19999999999999998 */
}

/* 8 of 10: (1 + 10 + 45)/1024 doubled. McNemar's of 0 and 6: 2/64. Half of an even number: 1. */
static void coins_by_hand(void **state)
{
	(void)state;
	assert_near(coin_test(8, 10), 112.0 / 1024);
	assert_near(coin_test(2, 10), 112.0 / 1024);
	assert_near(coin_test(0, 6), 2.0 / 64);
	assert_near(coin_test(5, 10), 1);
	assert_near(coin_test(0, 0), 1);
}

/* 1, 2, 4: means of two are 1, 1.5, 2, 2.5, 3, 4, their median 2.25. Six pairs 1, 2, 4, 8, 16, 32: V is 0 with
 * probability 1/64 = 0.0156, 1 or less with 2/64, so q = 1 and the interval is from the smallest to the largest; the
 * 21 means sorted are 1 1.5 2 2.5 3 4 4.5 5 6 8 8.5 9 ...: the eleventh is 8.5. Five pairs: 1/32 is more than 2.5 %. */
static void the_typical_change_is_the_middle_mean_of_two(void **state)
{
	(void)state;
	const double x[] = { 4, 1, 2, 32, 8, 16 };
	Shift three = paired_shift(arena, x, 3), six = paired_shift(arena, x, 6);
	assert_near(three.value, 2.25);
	assert_true(isnan(three.interval.low) && isnan(three.interval.high));
	assert_near(six.value, 8.5);
	assert_near(six.interval.low, 1);
	assert_near(six.interval.high, 32);
	assert_true(isnan(paired_shift(arena, x, 5).interval.low));
	assert_near(paired_shift(arena, (double[]){ -3, -1 }, 2).value, -2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ties_share_their_ranks),
		cmocka_unit_test(zeros_are_left_out_before_or_after_ranking),
		cmocka_unit_test(the_rules_for_zeros_differ),
		cmocka_unit_test(no_change_is_no_evidence_and_nobody_none_at_all),
		cmocka_unit_test(the_ceiling_parts_exact_from_approximate),
		cmocka_unit_test(decimals_leave_no_traces),
		cmocka_unit_test(a_large_number_makes_no_small_changes_equal),
		cmocka_unit_test(coins_by_hand),
		cmocka_unit_test(the_typical_change_is_the_middle_mean_of_two),
	};
	return cmocka_run_group_tests(tests, make_arena, free_arena);
}
