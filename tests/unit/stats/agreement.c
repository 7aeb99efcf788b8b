#include "stats/agreement.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_near(double x, double expected, double within)
{
	assert_true(fabs(x - expected) < within);
}

/* Four people, three questions, by hand. Sums of squares around the means: (1 2 3 4) 5, (2 2 4 4) 4, (1 3 2 4) 5; the
 * sums 4 7 9 12 have 34. alpha = 3/2 (1 - 14/34) = 15/17. Without the first: sums 3 5 6 8 have 13, 2 (1 - 9/13) = 8/13,
 * and the first runs with them by 8/sqrt(5·13). Feldt with 3 and 6 degrees of freedom, whose quantiles are 6.599 at
 * 97.5 % (any table) and 1/14.735 at 2.5 % (14.735: 97.5 % for 6 and 3): 1 - 2/17·6.599 = 0.2236, 1 - 2/17/14.735 =
 * 0.9920. */
static void alpha_by_hand(void **state)
{
	(void)state;
	static const double answers[] = { 1, 2, 1, 2, 2, 3, 3, 4, 2, 4, 4, 4 };
	Arena *a = arena_new();
	Alpha r = agreement_alpha(a, answers, 4, 3);
	assert_near(r.alpha, 15 / 17.0, 1e-12);
	assert_near(r.interval.low, 0.2236, 0.0001);
	assert_near(r.interval.high, 0.9920, 0.0001);
	assert_near(r.items[0].mean, 2.5, 1e-12);
	assert_near(r.items[0].sd, sqrt(5 / 3.0), 1e-12);
	assert_near(r.items[0].alpha_without, 8 / 13.0, 1e-12);
	assert_near(r.items[0].rest_correlation, 8 / sqrt(65), 1e-12);
	arena_free(a);
}

/* 0.1 added up six times and divided by six is not 0.1 in binary. */
static void what_never_varies_has_no_correlation(void **state)
{
	(void)state;
	static const double constant[] = { 0.1, 1, 0.1, 2, 0.1, 4, 0.1, 1, 0.1, 1, 0.1, 3 };
	static const double mirrored[] = { 0.1, 0.6, 0.2, 0.5, 0.4, 0.3 };
	Arena *a = arena_new();
	Alpha r = agreement_alpha(a, constant, 6, 2);
	assert_true(r.items[0].sd == 0);
	assert_true(isnan(r.items[0].rest_correlation) && isnan(r.items[1].rest_correlation));
	assert_true(isnan(r.items[0].alpha_without));
	assert_near(r.alpha, 0, 1e-12);
	r = agreement_alpha(a, mirrored, 3, 2);
	assert_true(isnan(r.alpha) && isnan(r.interval.low));
	assert_near(r.items[0].rest_correlation, -1, 1e-12);
	arena_free(a);
}

static void few_people_have_no_alpha(void **state)
{
	(void)state;
	static const double one[] = { 3, 4 };
	Arena *a = arena_new();
	Alpha r = agreement_alpha(a, one, 1, 2);
	assert_true(isnan(r.alpha) && isnan(r.interval.high) && isnan(r.items[0].sd));
	assert_true(r.items[1].mean == 4);
	r = agreement_alpha(a, one, 0, 2);
	assert_true(isnan(r.alpha) && isnan(r.items[0].mean) && isnan(r.items[0].sd));
	arena_free(a);
}

/* 50 applications read by two, both yes 20, first only 5, second only 10, both no 15: 0.7 observed, 0.25·0.6·… =
 * 0.5·0.6
 * + 0.5·0.4 = 0.5 expected, kappa 0.4. With two categories the standard error is that of Fleiss, Cohen and Everitt:
 * A = 0.4 (1 - (0.5 + 0.6) 0.6)² + 0.3 (1 - (0.5 + 0.4) 0.6)² = 0.04624 + 0.06348 = 0.10972,
 * B = 0.36 (0.1 (0.6 + 0.5)² + 0.2 (0.4 + 0.5)²) = 0.36·0.283 = 0.10188, C = (0.4 - 0.5·0.6)² = 0.01;
 * sqrt(A + B - C) / (0.5 sqrt(50)) = 0.4489989 / 3.5355339 = 0.126996. */
static void kappa_by_hand(void **state)
{
	(void)state;
	static const int64_t counts[] = { 20, 5, 10, 15 };
	Arena *a = arena_new();
	Kappa k = agreement_kappa(a, counts, 2, KAPPA_UNWEIGHTED);
	assert_int_equal(k.n, 50);
	assert_near(k.observed, 0.7, 1e-12);
	assert_near(k.expected, 0.5, 1e-12);
	assert_near(k.kappa, 0.4, 1e-12);
	assert_near(k.se, 0.126996, 0.000001);
	assert_near(k.interval.low, 0.4 - 1.959964 * 0.126996, 0.00001);
	/* Two categories are as far apart by any weights. */
	assert_near(agreement_kappa(a, counts, 2, KAPPA_QUADRATIC).se, k.se, 1e-12);
	arena_free(a);
}

/* Three ordered categories, 10 things: on the diagonal 3, 2, 2, one step apart 1 and 1, two steps 1. Distances in
 * steps: observed (1 + 1 + 2)/10 = 0.4. Margins rows 4 3 3, columns 4 3 3 of 10: expected (2·12·1 + 2·9·1 + 2·12·2)/100
 * = 0.9. Linear: 1 - 4/9. Quadratic: (1 + 1 + 4)/10 = 0.6, (24 + 18 + 2·12·4)/100 = 1.38: 1 - 60/138. */
static void weighted_kappa_by_hand(void **state)
{
	(void)state;
	static const int64_t counts[] = { 3, 0, 1, 1, 2, 0, 0, 1, 2 };
	Arena *a = arena_new();
	assert_near(agreement_kappa(a, counts, 3, KAPPA_LINEAR).kappa, 5 / 9.0, 1e-12);
	assert_near(agreement_kappa(a, counts, 3, KAPPA_QUADRATIC).kappa, 78 / 138.0, 1e-12);
	arena_free(a);
}

static void full_agreement_has_no_error_and_one_category_no_kappa(void **state)
{
	(void)state;
	static const int64_t full[] = { 7, 0, 0, 3 };
	static const int64_t one[] = { 7 };
	Arena *a = arena_new();
	Kappa k = agreement_kappa(a, full, 2, KAPPA_UNWEIGHTED);
	assert_true(k.kappa == 1 && k.se == 0 && isnan(k.interval.low) && isnan(k.interval.high));
	k = agreement_kappa(a, one, 1, KAPPA_LINEAR);
	assert_true(k.observed == 1 && k.expected == 1 && isnan(k.kappa) && isnan(k.se) && isnan(k.interval.low));
	k = agreement_kappa(a, NULL, 0, KAPPA_UNWEIGHTED);
	assert_true(k.n == 0 && isnan(k.observed) && isnan(k.kappa));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alpha_by_hand),
		cmocka_unit_test(what_never_varies_has_no_correlation),
		cmocka_unit_test(few_people_have_no_alpha),
		cmocka_unit_test(kappa_by_hand),
		cmocka_unit_test(weighted_kappa_by_hand),
		cmocka_unit_test(full_agreement_has_no_error_and_one_category_no_kappa),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
