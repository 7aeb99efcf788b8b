#include "stats/samples.h"

#include "stats/distribution.h"
#include "stats/rank.h"

#include <math.h>
#include <string.h>

Moments moments_of(Arena *a, const double *x, size_t n)
{
	Moments m = { n, NAN, NAN, NAN };
	if (n == 0)
		return m;
	double sum = 0, rest = 0, squares = 0;
	for (size_t i = 0; i < n; i++)
		sum += x[i];
	m.mean = sum / (double)n;
	for (size_t i = 0; i < n; i++) {
		double away = x[i] - m.mean;
		rest += away;
		squares += away * away;
	}
	if (n > 1)
		m.sd = sqrt((squares - rest * rest / (double)n) / (double)(n - 1));
	double *sorted = arena_copy(a, x, n * sizeof *x);
	rank_sort(sorted, n);
	m.median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
	return m;
}

/* Ways to take some of the ranks, by how many and by their sum: ways[j][s] with the j smallest ranks' sum as s = 0. */
typedef struct {
	double **ways;
	const int64_t *ranks, *sums; /* ascending; of the first i */
} Subsets;

/* The largest sum of j of the first i ranks, above the smallest. */
static int64_t reach(const Subsets *t, size_t i, size_t j)
{
	return t->sums[i] - t->sums[i - j] - t->sums[j];
}

/* Takes the rank at `i` too. */
static void subsets_add(Subsets *t, size_t i, size_t most)
{
	for (size_t j = i + 1 < most ? i + 1 : most; j > 0; j--) {
		double *to = t->ways[j] + (t->ranks[i] - t->ranks[j - 1]);
		const double *from = t->ways[j - 1];
		int64_t last = reach(t, i, j - 1);
		for (int64_t s = 0; s <= last; s++)
			to[s] += from[s];
	}
}

/* p of `sum`, that of the `few` of the `n` ascending ranks that one group has, 0 < few < n. */
static double exact_p(Arena *a, int64_t *ranks, size_t n, size_t few, int64_t sum)
{
	int64_t first = ranks[0], step = rank_step(ranks, n, first), *sums = ARENA_ARRAY(a, n + 1, int64_t);
	Subsets t = { ARENA_ARRAY(a, few + 1, double *), ranks, sums };
	for (size_t i = 0; i < n; i++) {
		ranks[i] = (ranks[i] - first) / step;
		sums[i + 1] = sums[i] + ranks[i];
	}
	for (size_t j = 0; j <= few; j++)
		t.ways[j] = ARENA_ARRAY(a, (size_t)reach(&t, n, j) + 1, double);
	t.ways[0][0] = 1;
	for (size_t i = 0; i < n; i++)
		subsets_add(&t, i, few);
	int64_t seen = (sum - (int64_t)few * first) / step - sums[few], last = reach(&t, n, few);
	double below = 0, above = 0;
	for (int64_t s = 0; s < seen; s++)
		below += t.ways[few][s];
	for (int64_t s = seen + 1; s <= last; s++)
		above += t.ways[few][s];
	double equal = t.ways[few][seen];
	return fmin(1, 2 * (fmin(below, above) + equal) / (below + equal + above));
}

RankSum rank_sum_test(Arena *a, const double *x, size_t n, const double *y, size_t m)
{
	RankSum test = { NAN, NAN, n + m <= RANK_SUM_EXACT_MOST };
	if (n == 0 || m == 0)
		return test;
	double *both = ARENA_ARRAY(a, n + m, double), count = (double)(n + m), pairs = (double)n * (double)m;
	memcpy(both, x, n * sizeof *x);
	memcpy(both + n, y, m * sizeof *y);
	Ranks ranks = rank_all(a, both, n + m);
	int64_t sum = 0, rest = 0;
	for (size_t i = 0; i < n + m; i++)
		*(i < n ? &sum : &rest) += ranks.doubled[i];
	test.u = (double)(sum - (int64_t)(n * (n + 1))) / 2;
	if (test.exact) {
		rank_sort(both, n + m);
		int64_t *ascending = rank_all(a, both, n + m).doubled;
		test.p = exact_p(a, ascending, n + m, n < m ? n : m, n < m ? sum : rest);
	} else {
		double variance = pairs / 12 * (count + 1 - ranks.ties / (count * (count - 1)));
		test.p = normal_corrected_p(test.u - pairs / 2, sqrt(variance));
	}
	return test;
}

KruskalWallis kruskal_wallis(Arena *a, const double *x, const int *groups, size_t n, int kinds)
{
	if (n < 2)
		return (KruskalWallis){ NAN, NAN, 0 };
	KruskalWallis test = { 0, 1, -1 };
	Ranks ranks = rank_all(a, x, n);
	int64_t *sums = ARENA_ARRAY(a, (size_t)kinds, int64_t), *sizes = ARENA_ARRAY(a, (size_t)kinds, int64_t);
	for (size_t i = 0; i < n; i++) {
		sums[groups[i]] += ranks.doubled[i];
		sizes[groups[i]]++;
	}
	double count = (double)n, squares = 0;
	for (int i = 0; i < kinds; i++) {
		if (sizes[i] == 0)
			continue;
		double size = (double)sizes[i], away = ((double)sums[i] / size - (count + 1)) / 2;
		squares += size * away * away;
		test.df++;
	}
	double free = 1 - ranks.ties / (count * count * count - count);
	if (free > 0 && test.df > 0) {
		test.h = 12 / (count * (count + 1)) * squares / free;
		test.p = chi_square_tail(test.h, test.df);
	}
	return test;
}

static Standardised around(double value, double variance)
{
	double half = NORMAL_975 * sqrt(variance);
	return (Standardised){ value, { value - half, value + half } };
}

Standardised difference_d(Moments x, Moments y)
{
	double n = (double)x.n, m = (double)y.n;
	double squares = (x.n > 1 ? (n - 1) * x.sd * x.sd : 0) + (y.n > 1 ? (m - 1) * y.sd * y.sd : 0);
	if (x.n == 0 || y.n == 0 || squares <= 0)
		return (Standardised){ NAN, { NAN, NAN } };
	double d = (x.mean - y.mean) / sqrt(squares / (n + m - 2));
	return around(d, (n + m) / (n * m) + d * d / (2 * (n + m)));
}

Standardised difference_g(Moments x, Moments y)
{
	Standardised d = difference_d(x, y);
	double j = 1 - 3 / (4 * ((double)x.n + (double)y.n - 2) - 1);
	return (Standardised){ j * d.value, { j * d.interval.low, j * d.interval.high } };
}

Standardised difference_h(int64_t k, int64_t n, int64_t l, int64_t m)
{
	if (n == 0 || m == 0)
		return (Standardised){ NAN, { NAN, NAN } };
	return around(2 * asin(sqrt(share_of(k, n))) - 2 * asin(sqrt(share_of(l, m))), 1 / (double)n + 1 / (double)m);
}
