/* paired: have the same people's numbers changed?
 *
 * Two numbers of each person, before and after; the changes are after - before. A pair of which one number is
 * missing is left out before it comes here. Every p is two-sided. Results live in the arena. Pure.
 */
#ifndef STATS_PAIRED_H
#define STATS_PAIRED_H

#include "stats/share.h"

#include "base/arena.h"

#include <stdbool.h>

/* The changes, after - before, of `n` pairs. Numbers with decimals leave traces in binary (0.3 - 0.1 is not 0.2 - 0):
 * each change is the decimal with the fewest digits within two units in the last place of the larger number of its own
 * pair, so that equal changes are equal, and those so near nothing 0, whatever other pairs hold. All numbers are
 * finite. */
double *paired_changes(Arena *a, const double *before, const double *after, size_t n);

/* What is done with changes of nothing in the signed-rank test. */
typedef enum {
	ZEROS_WILCOXON, /* left out before ranking (Wilcoxon 1945, Biometrics Bulletin 1:80–83), as R does */
	ZEROS_PRATT,    /* ranked with the others, their ranks then left out (Pratt 1959, JASA 54:655–667) */
} ZeroRule;

/* With more ranked changes than this the normal approximation stands in. The exact distribution of n changes has n(n+1)
 * + 1 sums of doubled ranks and takes n³/3 additions: 2 MB and some 30 ms at 500, where the approximation is off by 1 %
 * of p at p = 0.01 and 3 % at 0.001. */
enum { SIGNED_RANK_EXACT_MOST = 500 };

typedef struct {
	double v; /* sum of the mid-ranks of the rises: V of R's wilcox.test(after, before, paired = TRUE) */
	double p;
	double biserial; /* (rises' ranks - falls' ranks) / all ranks, in [-1, 1] (Kerby 2014, Comprehensive Psychology
			    3:11.IT.3.1); NaN: nothing has changed */
	bool exact;
} SignedRank;

/* Wilcoxon's signed-rank test. Exact: the share of all 2^m ways to give the m ranked changes their signs, ties and all,
 * whose sum of ranks is as far from the middle as V; the distribution is symmetric, so that this is twice the smaller
 * tail, at most 1. Above the ceiling: z = (|V - E| - 1/2) / s with E = Σr/2 and s² = Σr²/4 over the ranks r of what
 * changed (which is the usual correction for ties, and Pratt's for zeros); as in R, the 1/2 is taken off however small
 * |V - E| is, unless that is 0. Nothing has changed: V 0, p 1, the only outcome there is. n = 0: p NaN. */
SignedRank signed_rank_test(Arena *a, const double *changes, size_t n, ZeroRule zeros);

/* The p of a fair coin that shows k of n, exactly: twice the smaller binomial tail, at most 1 (Dixon and Mood 1946,
 * JASA 41:557–566). Of rises among rises and falls it is the sign test; of b among b + c, the two kinds of people who
 * crossed a line, McNemar's exact test (McNemar 1947, Psychometrika 12:153–157). n = 0: 1. 0 <= k <= n. */
double coin_test(int64_t k, int64_t n);

typedef struct {
	double value;
	Interval interval; /* 95 %; NaN: so few pairs give none */
} Shift;

/* Most pairs of a Shift: what is counted in it stays below 2^62. */
#define SHIFT_PAIRS_MOST 1000000000

/* The typical change: Hodges's and Lehmann's pseudo-median, the median of the n(n+1)/2 means of two changes, each with
 * itself too (Hodges and Lehmann 1963, Annals of Mathematical Statistics 34:598–611). The interval is from the q-th
 * smallest to the q-th largest of these means, q the 2.5 % quantile of V where no change is tied (Bauer 1972, JASA
 * 67:687–690): without ties that of R's wilcox.test(conf.int = TRUE, exact = TRUE); with ties it covers at least as
 * often. From SIGNED_RANK_EXACT_MOST pairs on q is that of the normal approximation. Changes of nothing count: where
 * most have not changed the typical change is 0. Fewer than six pairs have no 95 % interval; n = 0: NaN.
 * O(n log n), whatever n is up to SHIFT_PAIRS_MOST. */
Shift paired_shift(Arena *a, const double *changes, size_t n);

#endif
