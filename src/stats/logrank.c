#include "stats/logrank.h"

#include "stats/distribution.h"

#include <assert.h>
#include <math.h>

/* Sums over the times passed. */
typedef struct {
	size_t groups;
	double *at_risk, *events; /* of each group, at this time */
	double *observed, *expected;
	double *variance; /* groups × groups; only from the diagonal to the right */
} Sums;

/* `d` events among `n` at risk. */
static void add_time(Sums *s, double d, double n)
{
	for (size_t g = 0; g < s->groups; g++) {
		s->observed[g] += s->events[g];
		s->expected[g] += d * s->at_risk[g] / n;
	}
	if (d >= n)
		return;
	double scale = d * (n - d) / ((n - 1) * n * n);
	for (size_t g = 0; g < s->groups; g++) {
		double *row = s->variance + g * s->groups, weight = scale * s->at_risk[g];
		row[g] += weight * (n - s->at_risk[g]);
		for (size_t h = g + 1; h < s->groups; h++)
			row[h] -= weight * s->at_risk[h];
	}
}

static void add_all(Sums *s, const Observation *sorted, size_t n, int cause)
{
	for (size_t i = 0; i < n; i++)
		s->at_risk[sorted[i].group]++;
	for (size_t i = 0, end; i < n; i = end) {
		double d = 0;
		for (end = i; end < n && sorted[end].time <= sorted[i].time; end++) {
			bool struck = cause == 0 ? sorted[end].cause > 0 : sorted[end].cause == cause;
			s->events[sorted[end].group] += struck;
			d += struck;
		}
		if (d > 0)
			add_time(s, d, (double)(n - i));
		for (size_t k = i; k < end; k++) {
			s->at_risk[sorted[k].group]--;
			s->events[sorted[k].group] = 0;
		}
	}
}

/* z' V⁻¹ z by V = L L' (Cholesky), the sum of squares of L⁻¹ z. V is given by its upper half and is positive. */
static double quadratic_form(double *v, double *z, size_t n)
{
	double sum = 0;
	for (size_t j = 0; j < n; j++) {
		double pivot = sqrt(v[j * n + j]);
		z[j] /= pivot;
		sum += z[j] * z[j];
		for (size_t k = j; k < n; k++)
			v[j * n + k] /= pivot;
		for (size_t i = j + 1; i < n; i++) {
			z[i] -= v[j * n + i] * z[j];
			for (size_t k = i; k < n; k++)
				v[i * n + k] -= v[j * n + i] * v[j * n + k];
		}
	}
	return sum;
}

/* Differences add up to 0, so one group is left to the others: the one that expects most, which keeps the variances
 * of the rest far from singular. */
static size_t redundant(const Sums *s)
{
	size_t most = 0;
	for (size_t g = 1; g < s->groups; g++)
		if (s->expected[g] > s->expected[most])
			most = g;
	return most;
}

LogRank logrank_test(Arena *a, const Observation *spells, size_t n, size_t groups, int cause)
{
	assert(groups >= 1 && groups <= LOGRANK_GROUPS_MOST);
	Sums s = { .groups = groups,
		   .at_risk = ARENA_ARRAY(a, groups, double),
		   .events = ARENA_ARRAY(a, groups, double),
		   .observed = ARENA_ARRAY(a, groups, double),
		   .expected = ARENA_ARRAY(a, groups, double),
		   .variance = ARENA_ARRAY(a, groups * groups, double) };
	LogRank r = { .observed = s.observed, .expected = s.expected, .chisq = NAN, .p = NAN };
	const Observation *sorted = survival_sorted(a, spells, &n);
	add_all(&s, sorted, n, cause);
	size_t left_out = redundant(&s), compared = 0, *which = ARENA_ARRAY(a, groups, size_t);
	/* All who expect events were there at the first event; if not all had it at once, the variances are those of a
	 * sum with one regular term. */
	for (size_t g = 0; g < groups; g++)
		if (g != left_out && s.variance[g * groups + g] > 0)
			which[compared++] = g;
	if (compared == 0)
		return r;
	double *v = ARENA_ARRAY(a, compared * compared, double), *z = ARENA_ARRAY(a, compared, double);
	for (size_t i = 0; i < compared; i++) {
		z[i] = s.observed[which[i]] - s.expected[which[i]];
		for (size_t k = i; k < compared; k++)
			v[i * compared + k] = s.variance[which[i] * groups + which[k]];
	}
	r.chisq = quadratic_form(v, z, compared);
	r.df = (int)compared;
	r.p = chi_square_tail(r.chisq, r.df);
	return r;
}
