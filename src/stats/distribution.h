/* distribution: quantiles and tails of the usual distributions, from R's own library.
 *
 * No other file knows libRmath. It is not safe between threads, so one lock
 * stands around every call. Arguments outside their range give NaN.
 */
#ifndef STATS_DISTRIBUTION_H
#define STATS_DISTRIBUTION_H

#include <stdint.h>

/* 97.5 % quantile of the normal distribution. */
#define NORMAL_975 1.959963984540054

/* Quantile of the beta distribution at `p` in [0, 1]; `a`, `b` > 0. */
double beta_quantile(double p, double a, double b);

/* P(X <= k) of k in n trials with probability `p` in [0, 1]; 0 <= k <= n. */
double binomial_tail(int64_t k, int64_t n, double p);
/* Quantile of the F distribution at `p` in [0, 1]; degrees of freedom > 0. */
double f_quantile(double p, double df1, double df2);

/* P(X >= x) of chi-square with `df` > 0 degrees of freedom. */
double chi_square_tail(double x, double df);

/* Two-sided p of a distance from the mean, in steps of 1, under a normal distribution with that standard deviation,
 * with correction for continuity as R's wilcox.test has it: half a step nearer the mean, unless the distance is 0. `sd`
 * 0: everything is at the mean, 1. */
double normal_corrected_p(double distance, double sd);

#endif
