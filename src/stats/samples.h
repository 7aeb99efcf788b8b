/* samples: do the numbers of two or more groups of different people differ?
 *
 * What is missing is left out before it comes here; numbers are finite. Every p is two-sided. Results live in the
 * arena. Pure.
 */
#ifndef STATS_SAMPLES_H
#define STATS_SAMPLES_H

#include "stats/share.h"

#include "base/arena.h"

#include <stdbool.h>

typedef struct {
	size_t n;
	double mean, sd; /* sd with n - 1; NaN where there are too few */
	double median;
} Moments;

/* Two passes, so that large numbers with small differences keep their digits. */
Moments moments_of(Arena *a, const double *x, size_t n);

/* With more numbers in both groups together than this the normal approximation stands in. The exact distribution keeps
 * the sums of every possible number of ranks up to the smaller group's: N = 200 takes at most N³/6 = 1.3 million
 * numbers (11 MB) and N⁴/12 additions (some 0.1 s); there the approximation is off by 2 % of p at p = 0.01 and 7 % at
 * 0.001. */
enum { RANK_SUM_EXACT_MOST = 200 };

typedef struct {
	double u; /* pairs in which x is larger, those in which both are equal counted half: W of R's wilcox.test(x, y)
		   */
	double p; /* NaN: one of the groups is empty */
	bool exact;
} RankSum;

/* The Mann–Whitney test, that is Wilcoxon's of the sum of ranks (Mann and Whitney 1947, Annals of Mathematical
 * Statistics 18:50–60). Exact: of all ways to deal the mid-ranks, ties and all, to two groups of these sizes, twice the
 * smaller of the shares with a sum at most and at least as large as x's, at most 1. Above the ceiling: z = (|U - nm/2|
 * - 1/2) / s, s² = nm/12 · (N + 1 - Σ(t³ - t) / (N(N - 1))), as R's wilcox.test(exact = FALSE). All numbers equal: 1.
 */
RankSum rank_sum_test(Arena *a, const double *x, size_t n, const double *y, size_t m);

typedef struct {
	double h, p; /* NaN: fewer than two numbers */
	int df;      /* groups with numbers, less one */
} KruskalWallis;

/* The Kruskal–Wallis test (Kruskal and Wallis 1952, JASA 47:583–621): H = 12 / (N(N + 1)) · Σ n(r - (N + 1)/2)² over
 * the groups' mean ranks r, divided by 1 - Σ(t³ - t) / (N³ - N) for ties; p from chi-square. groups[i], in [0, kinds),
 * is the group of x[i]; empty ones do not count. All numbers equal, or all in one group: H 0, p 1. */
KruskalWallis kruskal_wallis(Arena *a, const double *x, const int *groups, size_t n, int kinds);

typedef struct {
	double value;
	Interval interval; /* 95 % */
} Standardised;

/* Cohen's d, (mean x - mean y) / s with s² = ((n - 1)s₁² + (m - 1)s₂²) / (n + m - 2), and Hedges's g = J·d, J = 1 - 3 /
 * (4(n + m - 2) - 1), which takes off what d is too large by in small groups (Hedges 1981, Journal of Educational
 * Statistics 6:107–128). Intervals: d ± 1.96·√V, V = (n + m)/(nm) + d²/(2(n + m)), and for g both times J (Borenstein
 * et al. 2009, Introduction to Meta-Analysis, ch. 4; for large samples, a little narrow under some ten in a group). NaN
 * where a group is empty, n + m < 3, or nothing varies inside the groups. */
Standardised difference_d(Moments x, Moments y);
Standardised difference_g(Moments x, Moments y);

/* Cohen's h = 2·asin√(k/n) - 2·asin√(l/m) of two shares (Cohen 1988, Statistical Power Analysis, ch. 6), ± 1.96·√(1/n +
 * 1/m), since the variance of 2·asin√p is 1/n whatever p is. NaN where n or m is 0. */
Standardised difference_h(int64_t k, int64_t n, int64_t l, int64_t m);

#endif
