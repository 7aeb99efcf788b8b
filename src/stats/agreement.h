/* agreement: how far several questions measure one thing, and how far two
 * people judge alike.
 *
 * Intervals are at 95 %. What cannot be told is NaN. Results live in the arena.
 * Pure.
 */
#ifndef STATS_AGREEMENT_H
#define STATS_AGREEMENT_H

#include "base/arena.h"
#include "stats/share.h"

/* One question of a scale. */
typedef struct {
	double mean, sd;
	double rest_correlation; /* Pearson's, with the sum of the other items; NaN where one of them never varies */
	double alpha_without;    /* of the other items; NaN where that is only one */
} AlphaItem;

typedef struct {
	double alpha;
	Interval interval;
	AlphaItem *items;
} Alpha;

/* Cronbach's alpha (1951, Psychometrika 16:297–334) of k = `items` >= 2 columns: k/(k - 1) (1 - sum of the items'
 * variances / variance of their sum); below 0 when items run against each other. Interval: 1 - (1 - alpha) F at the
 * 97.5 % and 2.5 % quantile of F with n - 1 and (n - 1)(k - 1) degrees of freedom (Feldt 1965, Psychometrika
 * 30:357–370). `answers` are finite, row by row, none missing. Everything is NaN with no rows, all but means with
 * one; alpha where the sum does not vary. Variances that are nothing but rounding are 0. */
Alpha agreement_alpha(Arena *a, const double *answers, size_t rows, size_t items);

typedef enum { KAPPA_UNWEIGHTED, KAPPA_LINEAR, KAPPA_QUADRATIC } KappaWeights;

typedef struct {
	int64_t n;
	double observed, expected; /* agreement, in [0, 1], weighted */
	double kappa, se;
	Interval interval;
} Kappa;

/* Cohen's kappa (1960, Educ. Psychol. Meas. 20:37–46; weighted: 1968, Psychol. Bull. 70:213–220) of a square table:
 * counts[i * m + j] things that the one put in category i and the other in j. (observed - expected) / (1 - expected),
 * where categories i and j agree by 1 - (|i - j| / (m - 1)) to the power of 1 (linear) or 2 (quadratic): neighbours
 * in the order are equally far apart. Large-sample standard error by Fleiss, Cohen and Everitt (1969, Psychol. Bull.
 * 72:323–327); the interval is kappa ± 1.96 se, cut at -1 and 1, and NaN where se is 0: all agree, or there is one
 * thing, which says nothing of how uncertain kappa is. Sum of counts at most SHARE_COUNT_MOST. All is NaN
 * without things; kappa, when both put everything in the same one category. */
Kappa agreement_kappa(Arena *a, const int64_t *counts, size_t m, KappaWeights weights);

#endif
