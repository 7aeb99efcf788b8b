#include "stats/paired.h"

#include "stats/distribution.h"
#include "stats/rank.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

/* The decimal with the fewest digits that the change can be, given how far off it may be; itself, when there is none
 * up to the powers of ten that doubles hold exactly. */
static double tidy(double change, double off)
{
	enum { DECIMALS_MOST = 22 };
	double unit = 1;
	for (int decimals = 0; decimals <= DECIMALS_MOST; decimals++, unit *= 10) {
		double near = round(change * unit) / unit;
		if (fabs(near - change) <= off)
			return near;
	}
	return change;
}

double *paired_changes(Arena *a, const double *before, const double *after, size_t n)
{
	double *changes = ARENA_ARRAY(a, n, double);
	for (size_t i = 0; i < n; i++)
		changes[i] = tidy(after[i] - before[i], 2 * DBL_EPSILON * fmax(fabs(before[i]), fabs(after[i])));
	return changes;
}

/* Of every way to take some of the `n` ranks, the share of those with sum s, s up to `most`; ranks ascending. */
static double *shares_of_sums(Arena *a, const int64_t *ranks, size_t n, int64_t most)
{
	double *share = ARENA_ARRAY(a, (size_t)most + 1, double);
	int64_t largest = 0;
	share[0] = 1;
	for (size_t i = 0; i < n; i++) {
		largest = largest + ranks[i] < most ? largest + ranks[i] : most;
		for (int64_t s = largest; s >= 0; s--)
			share[s] = (share[s] + (s >= ranks[i] ? share[s - ranks[i]] : 0)) / 2;
	}
	return share;
}

/* Twice the share of sums that are at most `sum`, the smaller side. */
static double exact_p(Arena *a, int64_t *ranks, size_t n, int64_t sum)
{
	int64_t step = rank_step(ranks, n, 0);
	for (size_t i = 0; i < n; i++)
		ranks[i] /= step;
	const double *share = shares_of_sums(a, ranks, n, sum / step);
	double tail = 0;
	for (int64_t s = 0; s <= sum / step; s++)
		tail += share[s];
	return fmin(1, 2 * tail);
}

SignedRank signed_rank_test(Arena *a, const double *changes, size_t n, ZeroRule zeros)
{
	if (n == 0)
		return (SignedRank){ .p = NAN, .biserial = NAN };
	double *sizes = ARENA_ARRAY(a, n, double), *signs = ARENA_ARRAY(a, n, double);
	size_t ranked = 0, changed = 0;
	for (size_t i = 0; i < n; i++)
		if (changes[i] != 0 || zeros == ZEROS_PRATT) {
			signs[ranked] = changes[i];
			sizes[ranked++] = fabs(changes[i]);
		}
	Ranks all = rank_all(a, sizes, ranked);
	int64_t *ranks = ARENA_ARRAY(a, ranked, int64_t), rises = 0, total = 0;
	double squares = 0;
	for (size_t i = 0; i < ranked; i++) {
		int64_t rank = all.doubled[i];
		if (signs[i] == 0)
			continue;
		ranks[changed++] = rank;
		total += rank;
		rises += signs[i] > 0 ? rank : 0;
		squares += (double)rank * (double)rank;
	}
	SignedRank test = { .v = (double)rises / 2, .p = 1, .exact = ranked <= SIGNED_RANK_EXACT_MOST };
	test.biserial = (double)(2 * rises - total) / (double)total;
	if (changed == 0)
		test.biserial = NAN;
	else if (test.exact)
		test.p = exact_p(a, ranks, changed, rises < total - rises ? rises : total - rises);
	else
		test.p = normal_corrected_p(test.v - (double)total / 4, sqrt(squares) / 4);
	return test;
}

double coin_test(int64_t k, int64_t n)
{
	assert(k >= 0 && k <= n);
	return fmin(1, 2 * binomial_tail(k < n - k ? k : n - k, n, 0.5));
}

/* 2.5 % quantile of V without ties: the least q at which V <= q has that much probability. */
static int64_t untied_quantile(Arena *a, size_t n)
{
	double m = (double)n, mean = m * (m + 1) / 4;
	if (n > SIGNED_RANK_EXACT_MOST)
		return (int64_t)ceil(mean - NORMAL_975 * sqrt(mean * (2 * m + 1) / 6) - 0.5);
	int64_t *ranks = ARENA_ARRAY(a, n, int64_t), q = 0;
	for (size_t i = 0; i < n; i++)
		ranks[i] = (int64_t)i + 1;
	const double *share = shares_of_sums(a, ranks, n, (int64_t)mean);
	for (double tail = share[0]; tail < 0.025;)
		tail += share[++q];
	return q;
}

/* Sums of two of the sorted changes, each with itself too, that are at most `most`. */
static int64_t sums_up_to(const double *x, size_t n, double most)
{
	int64_t ordered = 0, same = 0;
	for (size_t i = 0, others = n; i < n; i++) {
		while (others > 0 && x[i] + x[others - 1] > most)
			others--;
		ordered += (int64_t)others;
		same += x[i] + x[i] <= most;
	}
	return (ordered + same) / 2;
}

/* A number's place among all doubles, and back: what lies between two of them can be halved. */
static int64_t place_of(double x)
{
	int64_t bits;
	memcpy(&bits, &x, sizeof bits);
	return bits < 0 ? INT64_MIN - bits : bits;
}

static double at_place(int64_t place)
{
	int64_t bits = place < 0 ? INT64_MIN - place : place;
	double x;
	memcpy(&x, &bits, sizeof x);
	return x;
}

/* The k-th smallest (from 1) mean of two of the sorted changes: found by halving, since the sums themselves are too
 * many to keep. */
static double mean_of_two(const double *x, size_t n, int64_t k)
{
	int64_t low = place_of(x[0] + x[0]), high = place_of(x[n - 1] + x[n - 1]);
	while (low < high) {
		int64_t middle = (low & high) + ((low ^ high) >> 1);
		if (sums_up_to(x, n, at_place(middle)) >= k)
			high = middle;
		else
			low = middle + 1;
	}
	return at_place(low) / 2;
}

Shift paired_shift(Arena *a, const double *changes, size_t n)
{
	assert(n <= SHIFT_PAIRS_MOST);
	Shift shift = { NAN, { NAN, NAN } };
	if (n == 0)
		return shift;
	double *x = arena_copy(a, changes, n * sizeof *x);
	rank_sort(x, n);
	int64_t means = (int64_t)n * ((int64_t)n + 1) / 2, q = untied_quantile(a, n);
	shift.value = (mean_of_two(x, n, (means + 1) / 2) + mean_of_two(x, n, means / 2 + 1)) / 2;
	if (q > 0)
		shift.interval = (Interval){ mean_of_two(x, n, q), mean_of_two(x, n, means + 1 - q) };
	return shift;
}
