/* share: k of n, as a number that can be defended.
 *
 * Shares are computed from counts and rounded once. Percentages for people are
 * rounded half up from the counts in integer arithmetic, as published figures
 * are, so that no binary fraction decides between 72 and 73. Pure.
 */
#ifndef STATS_SHARE_H
#define STATS_SHARE_H

#include <stdint.h>

/* Largest count; with it nothing here overflows. */
#define SHARE_COUNT_MOST 1000000000000

typedef struct {
	double low, high;
} Interval;

/* k / n; NaN when n is 0. */
double share_of(int64_t k, int64_t n);

/* Per cent of k in n, rounded half up: 61 of 125 is 49. 0 <= k, n <=
 * SHARE_COUNT_MOST; k may exceed n (growth). -1 when n is 0. */
int64_t share_percent(int64_t k, int64_t n);

/* Digits after the point; with growth (k above n) at most 4, so that nothing overflows. */
#define SHARE_DECIMALS_MOST 6

/* The same with `decimals` (0–SHARE_DECIMALS_MOST) digits, as a whole number of
 * units in the last place: 61 of 125 with one decimal is 488, that is 48.8. -1
 * when n is 0. */
int64_t share_percent_scaled(int64_t k, int64_t n, int decimals);

/* Wilson's score interval for a share at 95 % (Wilson 1927; without continuity
 * correction, method 3 in Newcombe 1998, Statistics in Medicine 17:857–872).
 * 0 <= k <= n. Both ends NaN when n is 0: nothing is known. */
Interval share_wilson(int64_t k, int64_t n);

/* The exact interval at 95 % (Clopper and Pearson 1934, Biometrika 26:404–413): the 2.5 % quantile of beta(k, n - k +
 * 1) and the 97.5 % quantile of beta(k + 1, n - k); 0 where k is 0, 1 where k is n. 0 <= k <= n. Both ends NaN when n
 * is 0. */
Interval share_exact(int64_t k, int64_t n);

#endif
