#include "stats/share.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Shares of the programme's evaluations, computed by hand:
 * 61/125 = 0.488, 51/125 = 0.408, 78/80 = 0.975 (a half, up), 17/24 = 0.7083…, 59/80 = 0.7375. */
static void percentages_are_rounded_half_up_from_counts(void **state)
{
	(void)state;
	assert_int_equal(share_percent(61, 125), 49);
	assert_int_equal(share_percent(51, 125), 41);
	assert_int_equal(share_percent(78, 80), 98);
	assert_int_equal(share_percent(17, 24), 71);
	assert_int_equal(share_percent(59, 80), 74);
	assert_int_equal(share_percent_scaled(59, 80, 1), 738);
	assert_int_equal(share_percent_scaled(61, 125, 1), 488);
	assert_int_equal(share_percent_scaled(1, 3, 4), 333333);
	/* 2/3 = 66.6666666… %; the seventh digit lifts the sixth. */
	assert_int_equal(share_percent_scaled(2, 3, 6), 66666667);
	assert_int_equal(share_percent_scaled(SHARE_COUNT_MOST - 1, SHARE_COUNT_MOST, 6), 100000000);
	assert_int_equal(share_percent_scaled(SHARE_COUNT_MOST, 1, 4), SHARE_COUNT_MOST * 1000000);
	/* 1/200 = 0.5 %; 1/201 is less. */
	assert_int_equal(share_percent(1, 200), 1);
	assert_int_equal(share_percent(1, 201), 0);
	/* 0.285 is 0.28499… in binary; 57 of 200 is 28.5 % all the same. */
	assert_int_equal(share_percent(57, 200), 29);
	/* Growth: 22 after 8. */
	assert_int_equal(share_percent(22, 8), 275);
	assert_int_equal(share_percent(SHARE_COUNT_MOST, SHARE_COUNT_MOST), 100);
	assert_int_equal(share_percent_scaled(SHARE_COUNT_MOST, SHARE_COUNT_MOST, 4), 1000000);
}

static void nobody_has_no_share(void **state)
{
	(void)state;
	assert_int_equal(share_percent(0, 0), -1);
	assert_int_equal(share_percent_scaled(0, 0, 2), -1);
	assert_true(isnan(share_of(0, 0)));
	assert_true(isnan(share_wilson(0, 0).low));
	assert_true(isnan(share_wilson(0, 0).high));
}

static void assert_interval(int64_t k, int64_t n, double low, double high)
{
	Interval i = share_wilson(k, n);
	assert_true(fabs(i.low - low) < 0.00005);
	assert_true(fabs(i.high - high) < 0.00005);
}

/* Newcombe 1998, table I, method 3. */
static void wilson_agrees_with_newcombe(void **state)
{
	(void)state;
	assert_interval(81, 263, 0.2553, 0.3662);
	assert_interval(15, 148, 0.0624, 0.1605);
	assert_interval(0, 20, 0.0000, 0.1611);
	assert_interval(1, 29, 0.0061, 0.1718);
}

/* By hand, z² = 3.841459, n = 10, k = 5: centre 1/2; half-width
 * z·sqrt(0.025 + 3.841459/400)/(1 + 0.3841459) = 1.959964·0.186022/1.384146 = 0.263407. */
static void wilson_by_hand(void **state)
{
	(void)state;
	assert_interval(5, 10, 0.5 - 0.263407, 0.5 + 0.263407);
	assert_true(share_wilson(0, 20).low == 0);
	assert_true(share_wilson(20, 20).high == 1);
}

/* By hand. Of one in two, the ends are the shares p with which as many or more, and as few or fewer, come in 2.5 % of
 * all cases: 1 - (1 - p)² = 0.025 gives p = 1 - √0.975 = 0.012579117093425, and 1 - p² = 0.025 gives p = √0.975 =
 * 0.987420882906575. Of none in ten, (1 - p)^10 = 0.025 gives p = 1 - 0.025^(1/10) = 0.308497107819; of three in
 * three, p³ = 0.025 gives p = 0.292401773821. */
static void exact_by_hand(void **state)
{
	(void)state;
	static const struct {
		int64_t k, n;
		double low, high;
	} known[] = { { 1, 2, 0.012579117093425, 0.987420882906575 },
		      { 0, 10, 0, 0.308497107819 },
		      { 3, 3, 0.292401773821, 1 } };
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		Interval found = share_exact(known[i].k, known[i].n);
		assert_true(fabs(found.low - known[i].low) < 1e-12);
		assert_true(fabs(found.high - known[i].high) < 1e-12);
	}
	assert_true(isnan(share_exact(0, 0).low) && isnan(share_exact(0, 0).high));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percentages_are_rounded_half_up_from_counts),
		cmocka_unit_test(nobody_has_no_share),
		cmocka_unit_test(wilson_agrees_with_newcombe),
		cmocka_unit_test(wilson_by_hand),
		cmocka_unit_test(exact_by_hand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
