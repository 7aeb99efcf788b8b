/* distribution: quantiles and tails of the usual distributions, from R's own library.
 *
 * No other file knows libRmath. It is not safe between threads, so one lock
 * stands around every call. Arguments outside their range give NaN.
 */
#ifndef STATS_DISTRIBUTION_H
#define STATS_DISTRIBUTION_H

/* 97.5 % quantile of the normal distribution. */
#define NORMAL_975 1.959963984540054

/* Quantile of the beta distribution at `p` in [0, 1]; `a`, `b` > 0. */
double beta_quantile(double p, double a, double b);

/* Quantile of the F distribution at `p` in [0, 1]; degrees of freedom > 0. */
double f_quantile(double p, double df1, double df2);

/* P(X >= x) of chi-square with `df` > 0 degrees of freedom. */
double chi_square_tail(double x, double df);

#endif
