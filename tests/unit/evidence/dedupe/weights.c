#include "evidence/dedupe/weights.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static uint32_t pattern(Alike title, Alike owner)
{
	Comparison c = { { ALIKE_UNKNOWN } };
	c.at[COMPARE_TITLE] = (uint8_t)title;
	c.at[COMPARE_OWNER] = (uint8_t)owner;
	return weights_pattern(&c);
}

/* Titles only: same for 0.9 of those that are one, and for 0.1 of others; half of the pairs are one. */
static Weights simple(void)
{
	Weights w = { .share = 0.5 };
	w.m[0][ALIKE_SAME] = w.u[0][ALIKE_DIFFERS] = 0.9;
	w.m[0][ALIKE_DIFFERS] = w.u[0][ALIKE_SAME] = 0.1;
	return w;
}

static void assert_near(double a, double b)
{
	assert_true(fabs(a - b) < 1e-12);
}

/* 30 pairs with the same title, 10 with another. A same pair is one with 0.9·0.5 / (0.9·0.5 + 0.1·0.5) = 0.9, another
 * with 0.1: 27 + 1 = 28 of 40 are one, s = 0.7; of the 28, 27 have the same title, of the 12 others 3: m = 27/28, u =
 * 3/12. */
static void one_round_is_what_a_hand_computes(void **state)
{
	(void)state;
	const WeightsCount counts[] = { { pattern(ALIKE_SAME, ALIKE_UNKNOWN), 30 },
					{ pattern(ALIKE_DIFFERS, ALIKE_UNKNOWN), 10 } };
	Weights start = simple(), next = weights_round(&start, &start, 0, 0, counts, 2);
	assert_near(next.share, 0.7);
	assert_near(next.m[0][ALIKE_SAME], 27.0 / 28);
	assert_near(next.m[0][ALIKE_DIFFERS], 1.0 / 28);
	assert_near(next.u[0][ALIKE_SAME], 0.25);
	assert_near(next.u[0][ALIKE_DIFFERS], 0.75);
	/* 0.7·27/28 = 0.675 against 0.3·0.25 = 0.075: 0.9 again, so the next round changes nothing. */
	assert_near(weights_probability(&next, counts[0].pattern), 0.9);
	Weights third = weights_round(&next, &start, 0, 0, counts, 2);
	assert_near(third.share, 0.7);
	assert_near(third.m[0][ALIKE_SAME], 27.0 / 28);
}

/* The start counts as 10 pairs that are one and 20 that are not: s = (28 + 10·0.5)/(40 + 10), m = (27 + 10·0.9)/(28 +
 * 10), u = (3 + 20·0.1)/(12 + 20). */
static void the_start_counts_as_so_many_pairs(void **state)
{
	(void)state;
	const WeightsCount counts[] = { { pattern(ALIKE_SAME, ALIKE_UNKNOWN), 30 },
					{ pattern(ALIKE_DIFFERS, ALIKE_UNKNOWN), 10 } };
	Weights start = simple(), next = weights_round(&start, &start, 10, 20, counts, 2);
	assert_near(next.share, 33.0 / 50);
	assert_near(next.m[0][ALIKE_SAME], 36.0 / 38);
	assert_near(next.u[0][ALIKE_SAME], 5.0 / 32);
}

static void what_is_unknown_says_nothing(void **state)
{
	(void)state;
	Weights w = weights_start();
	uint32_t title = pattern(ALIKE_SAME, ALIKE_UNKNOWN), both = pattern(ALIKE_SAME, ALIKE_SAME);
	assert_near(weights_field(&w, title, 4), 0);
	assert_true(weights_probability(&w, both) > weights_probability(&w, title));
	assert_near(weights_probability(&w, pattern(ALIKE_UNKNOWN, ALIKE_UNKNOWN)), w.share);
	/* log2(0.45/0.04) */
	assert_near(weights_field(&w, both, 4), log2(0.45 / 0.04));
}

static void levels_of_the_start_add_up_to_one(void **state)
{
	(void)state;
	Weights w = weights_start();
	for (int f = 0; f < WEIGHTS_FIELDS; f++) {
		double m = 0, u = 0;
		for (int l = 0; l < ALIKE_LEVELS; l++) {
			m += w.m[f][l];
			u += w.u[f][l];
		}
		assert_near(m, 1);
		assert_near(u, 1);
	}
}

static void nothing_compared_leaves_the_start(void **state)
{
	(void)state;
	Weights start = weights_start(), w = weights_estimate(NULL, 0);
	assert_near(w.share, start.share);
	assert_near(w.m[0][ALIKE_SAME], start.m[0][ALIKE_SAME]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_round_is_what_a_hand_computes),
		cmocka_unit_test(the_start_counts_as_so_many_pairs),
		cmocka_unit_test(what_is_unknown_says_nothing),
		cmocka_unit_test(levels_of_the_start_add_up_to_one),
		cmocka_unit_test(nothing_compared_leaves_the_start),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
