#include "stats/agreement.h"

#include "stats/distribution.h"

#include <float.h>
#include <math.h>

/* A number of each person, less the mean: whatever scale a question has, its variance loses no digits. */
typedef struct {
	double *at;
	double largest; /* of the numbers it came from, in size */
	double squares; /* sum; 0 when it is no larger than rounding makes it */
} Column;

/* Takes the mean away, and tells it. */
static double centre(Column *x, size_t n)
{
	double sum = 0, rounding = 8 * DBL_EPSILON * x->largest;
	for (size_t i = 0; i < n; i++)
		sum += x->at[i];
	double mean = sum / (double)n;
	x->squares = 0;
	for (size_t i = 0; i < n; i++) {
		x->at[i] -= mean;
		x->squares += x->at[i] * x->at[i];
	}
	if (x->squares <= rounding * rounding * (double)n)
		x->squares = 0;
	return mean;
}

static double correlation(const Column *x, const Column *y, size_t n)
{
	double products = 0;
	for (size_t i = 0; i < n; i++)
		products += x->at[i] * y->at[i];
	return x->squares > 0 && y->squares > 0 ? products / sqrt(x->squares) / sqrt(y->squares) : NAN;
}

static double alpha_of(double squares_of_items, double squares_of_sum, double k)
{
	return k > 1 && squares_of_sum > 0 ? k / (k - 1) * (1 - squares_of_items / squares_of_sum) : NAN;
}

/* Its mean. */
static double take_item(Column *x, const double *answers, size_t rows, size_t items, size_t which)
{
	x->largest = 0;
	for (size_t i = 0; i < rows; i++) {
		x->at[i] = answers[i * items + which];
		x->largest = fmax(x->largest, fabs(x->at[i]));
	}
	return centre(x, rows);
}

static void add_item(Column *sum, const Column *item, size_t rows)
{
	sum->largest += item->largest;
	for (size_t i = 0; i < rows; i++)
		sum->at[i] += item->at[i];
}

/* The sum of the other items. */
static void take_rest(Column *x, const Column *sum, const Column *item, size_t rows)
{
	x->largest = sum->largest;
	for (size_t i = 0; i < rows; i++)
		x->at[i] = sum->at[i] - item->at[i];
	(void)centre(x, rows);
}

/* Of all, when `without` is `items`. */
static double sum_without(const double *squares, size_t items, size_t without)
{
	double sum = 0;
	for (size_t k = 0; k < items; k++)
		sum += k == without ? 0 : squares[k];
	return sum;
}

static Interval feldt(double alpha, double n, double k)
{
	if (isnan(alpha))
		return (Interval){ NAN, NAN };
	double df = n - 1, df_within = df * (k - 1);
	return (Interval){ 1 - (1 - alpha) * f_quantile(0.975, df, df_within),
			   1 - (1 - alpha) * f_quantile(0.025, df, df_within) };
}

Alpha agreement_alpha(Arena *a, const double *answers, size_t rows, size_t items)
{
	Alpha r = { .items = ARENA_ARRAY(a, items, AlphaItem) };
	Column item = { .at = ARENA_ARRAY(a, rows, double) }, rest = { .at = ARENA_ARRAY(a, rows, double) },
	       sum = { .at = ARENA_ARRAY(a, rows, double) };
	double n = (double)rows, k = (double)items, *squares = ARENA_ARRAY(a, items, double);
	for (size_t i = 0; i < items; i++) {
		r.items[i].mean = take_item(&item, answers, rows, items, i);
		squares[i] = item.squares;
		add_item(&sum, &item, rows);
	}
	(void)centre(&sum, rows);
	for (size_t i = 0; i < items; i++) {
		AlphaItem *out = &r.items[i];
		(void)take_item(&item, answers, rows, items, i);
		take_rest(&rest, &sum, &item, rows);
		out->sd = rows > 1 ? sqrt(squares[i] / (n - 1)) : NAN;
		out->rest_correlation = correlation(&item, &rest, rows);
		out->alpha_without = alpha_of(sum_without(squares, items, i), rest.squares, k - 1);
	}
	r.alpha = alpha_of(sum_without(squares, items, items), sum.squares, k);
	r.interval = feldt(r.alpha, n, k);
	return r;
}

/* How far apart categories i and j of m are, in [0, 1]. */
static double distance(size_t i, size_t j, size_t m, KappaWeights weights)
{
	if (weights == KAPPA_UNWEIGHTED || i == j)
		return i != j;
	double far = fabs((double)i - (double)j) / (double)(m - 1);
	return weights == KAPPA_LINEAR ? far : far * far;
}

/* The table's margins, how far each category is from all that the other one chose, and how far apart the two are on
 * average: as they are, and as they would be by chance. */
typedef struct {
	double n;
	double *rows, *columns;
	double *row_distance, *column_distance;
	double observed, expected;
} Distances;

static Distances distances_of(Arena *a, const int64_t *counts, size_t m, double n, KappaWeights weights)
{
	Distances d = { n,
			ARENA_ARRAY(a, m, double),
			ARENA_ARRAY(a, m, double),
			ARENA_ARRAY(a, m, double),
			ARENA_ARRAY(a, m, double),
			0,
			0 };
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < m; j++) {
			d.rows[i] += (double)counts[i * m + j];
			d.columns[j] += (double)counts[i * m + j];
			d.observed += distance(i, j, m, weights) * (double)counts[i * m + j];
		}
	for (size_t i = 0; i < m; i++) {
		for (size_t j = 0; j < m; j++) {
			d.row_distance[i] += distance(i, j, m, weights) * d.columns[j];
			d.column_distance[i] += distance(i, j, m, weights) * d.rows[j];
		}
		d.expected += d.rows[i] * d.row_distance[i];
	}
	d.observed /= n;
	d.expected /= n * n;
	return d;
}

/* Fleiss, Cohen and Everitt's formula is the variance, over the things, of a score; with distances v = 1 - w the score
 * is v D - (v_i. + v_.j) d but for a constant, where d and D are the observed and expected distance. Taken around its
 * mean, d D - 2 D d = -d D, it cannot fall below 0. */
static double variance_of(const int64_t *counts, size_t m, const Distances *d, KappaWeights weights)
{
	double sum = 0;
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < m; j++) {
			double margins = (d->row_distance[i] + d->column_distance[j]) / d->n;
			double score = distance(i, j, m, weights) * d->expected - margins * d->observed +
				       d->observed * d->expected;
			sum += (double)counts[i * m + j] * score * score;
		}
	return sum / (d->n * d->n * pow(d->expected, 4));
}

Kappa agreement_kappa(Arena *a, const int64_t *counts, size_t m, KappaWeights weights)
{
	static const double rounding = 1e-14;
	Kappa k = { 0, NAN, NAN, NAN, NAN, { NAN, NAN } };
	for (size_t i = 0; i < m * m; i++)
		k.n += counts[i];
	if (k.n == 0)
		return k;
	Distances d = distances_of(a, counts, m, (double)k.n, weights);
	k.observed = 1 - d.observed;
	k.expected = 1 - d.expected;
	if (d.expected <= 0)
		return k;
	k.kappa = 1 - d.observed / d.expected;
	double variance = variance_of(counts, m, &d, weights);
	k.se = variance > rounding ? sqrt(variance) : 0;
	if (k.se > 0)
		k.interval = (Interval){ fmax(k.kappa - NORMAL_975 * k.se, -1), fmin(k.kappa + NORMAL_975 * k.se, 1) };
	return k;
}
