#include "stats/samples.h"

#include "exact.h"

/* {1, 2} and {2, 3} have ranks 1, 2.5 and 2.5, 4. The six pairs of ranks add up to 3.5, 3.5, 5, 5, 6.5, 6.5, and the
 * first group's to 3.5: p = 2 · 2/6. Of its four comparisons one is a draw: U = 0.5, and the others' 3.5. */
static void ties_are_dealt_like_other_ranks(void **state)
{
	(void)state;
	const double x[] = { 2, 1 }, y[] = { 2, 3 };
	RankSum t = rank_sum_test(arena, x, 2, y, 2);
	assert_near(t.u, 0.5);
	assert_near(t.p, 4.0 / 6);
	assert_true(t.exact);
	t = rank_sum_test(arena, y, 2, x, 2);
	assert_near(t.u, 3.5);
	assert_near(t.p, 4.0 / 6);
}

/* One below three others: one of four ways, doubled, whichever group is the smaller. With ties the distribution leans:
 * 1, 1, 1 against 2: the single rank is 2, 2, 2 or 4; 4 or more is one of four. */
static void the_smaller_group_may_be_either(void **state)
{
	(void)state;
	const double one[] = { 1 }, three[] = { 4, 2, 3 }, ones[] = { 1, 1, 1 }, two[] = { 2 };
	assert_near(rank_sum_test(arena, one, 1, three, 3).p, 0.5);
	assert_near(rank_sum_test(arena, three, 3, one, 1).p, 0.5);
	assert_near(rank_sum_test(arena, three, 3, one, 1).u, 3);
	assert_near(rank_sum_test(arena, ones, 3, two, 1).p, 0.5);
	assert_near(rank_sum_test(arena, one, 1, ones, 3).p, 1);
	assert_true(isnan(rank_sum_test(arena, one, 1, NULL, 0).p));
}

/* A hundred all below another hundred: one of the 200!/100!² ways on each side. With one more the approximation: 100
 * and 101, no ties, U = 0, E = 5050, s² = 10100 · 202 / 12. All equal: nothing to tell, 1. */
static void the_ceiling_parts_exact_from_approximate(void **state)
{
	(void)state;
	double x[100], y[101], ways = 1;
	for (int i = 0; i < 101; i++)
		y[i] = 1000 + i;
	for (int i = 0; i < 100; i++) {
		x[i] = i;
		ways *= (101.0 + i) / (1 + i);
	}
	RankSum t = rank_sum_test(arena, x, 100, y, 100);
	assert_true(t.exact);
	assert_near(t.p, 2 / ways);
	t = rank_sum_test(arena, x, 100, y, 101);
	assert_false(t.exact);
	assert_near(t.p, erfc(5049.5 / sqrt(10100.0 * 202 / 12) / sqrt(2)));
	for (int i = 0; i < 101; i++)
		y[i] = x[i % 100] = 7;
	assert_near(rank_sum_test(arena, x, 100, y, 101).p, 1);
}

/* Mean ranks 1.5, 3.5, 5.5: H = 12/42 · 2(2² + 0 + 2²) = 32/7, and with two degrees p = e^(-H/2). With ties {1, 1}, {2,
 * 2}, {2, 3}: mean ranks 1.5, 4, 5, 12/42 · 2(2² + 0.5² + 1.5²) = 26/7, divided by 1 - (6 + 24)/210 = 6/7: 13/3. */
static void kruskal_wallis_by_hand(void **state)
{
	(void)state;
	const int groups[] = { 0, 1, 3, 0, 1, 3 };
	KruskalWallis t = kruskal_wallis(arena, (double[]){ 1, 3, 5, 2, 4, 6 }, groups, 6, 5);
	assert_near(t.h, 32.0 / 7);
	assert_near(t.p, exp(-16.0 / 7));
	assert_int_equal(t.df, 2);
	t = kruskal_wallis(arena, (double[]){ 1, 2, 2, 1, 2, 3 }, groups, 6, 4);
	assert_near(t.h, 13.0 / 3);
	t = kruskal_wallis(arena, (double[]){ 1, 1, 1, 1, 1, 1 }, groups, 6, 4);
	assert_near(t.p, 1);
	t = kruskal_wallis(arena, (double[]){ 1, 2, 3 }, (int[]){ 2, 2, 2 }, 3, 3);
	assert_near(t.p, 1);
	assert_int_equal(t.df, 0);
	assert_true(isnan(kruskal_wallis(arena, NULL, NULL, 0, 0).p));
}

/* {2, 4, 6} and {1, 3, 5}: both standard deviations 2, d = 1/2, V = 6/9 + 0.25/12 = 0.6875, J = 1 - 3/15 = 0.8. */
static void differences_by_hand(void **state)
{
	(void)state;
	Moments x = moments_of(arena, (double[]){ 6, 2, 4 }, 3), y = moments_of(arena, (double[]){ 1, 3, 5 }, 3);
	assert_near(x.mean, 4);
	assert_near(x.sd, 2);
	assert_near(x.median, 4);
	Standardised d = difference_d(x, y), g = difference_g(x, y);
	assert_near(d.value, 0.5);
	assert_near(d.interval.high, 0.5 + 1.959963984540054 * sqrt(0.6875));
	assert_near(g.value, 0.4);
	assert_near(g.interval.low, 0.8 * (0.5 - 1.959963984540054 * sqrt(0.6875)));
	Moments same = moments_of(arena, (double[]){ 3, 3 }, 2), one = moments_of(arena, (double[]){ 1 }, 1);
	assert_true(isnan(difference_d(same, same).value));
	assert_true(isnan(one.sd) && isnan(difference_d(one, one).value));
	/* The one's deviation is 0, those of {6, 2, 4} add up to 8, with two degrees: (1 - 4)/2. */
	assert_near(difference_d(one, x).value, -1.5);
	assert_true(isnan(moments_of(arena, NULL, 0).mean));
}

/* asin √1 = π/2, asin √(1/2) = π/4, asin √(1/4) = π/6. */
static void h_by_hand(void **state)
{
	(void)state;
	const double pi = acos(-1);
	assert_near(difference_h(4, 4, 0, 9).value, pi);
	Standardised h = difference_h(5, 10, 10, 40);
	assert_near(h.value, pi / 6);
	assert_near(h.interval.high, pi / 6 + 1.959963984540054 * sqrt(0.125));
	assert_true(isnan(difference_h(0, 0, 1, 2).value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ties_are_dealt_like_other_ranks),
		cmocka_unit_test(the_smaller_group_may_be_either),
		cmocka_unit_test(the_ceiling_parts_exact_from_approximate),
		cmocka_unit_test(kruskal_wallis_by_hand),
		cmocka_unit_test(differences_by_hand),
		cmocka_unit_test(h_by_hand),
	};
	return cmocka_run_group_tests(tests, make_arena, free_arena);
}
