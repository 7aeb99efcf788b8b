#include "stats/simplex.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static const double tiny = 1e-9, pays_least = 1e-7;

Simplex simplex_new(Arena *a, size_t rows, size_t columns)
{
	return (Simplex){ .table = ARENA_ARRAY(a, rows * columns, double),
			  .reward = ARENA_ARRAY(a, columns, double),
			  .most = ARENA_ARRAY(a, columns, double),
			  .x = ARENA_ARRAY(a, columns, double),
			  .basic_value = ARENA_ARRAY(a, rows, double),
			  .basic = ARENA_ARRAY(a, rows, size_t),
			  .is_basic = ARENA_ARRAY(a, columns, bool),
			  .at_most = ARENA_ARRAY(a, columns, bool),
			  .filled = ARENA_ARRAY(a, columns, size_t) };
}

void simplex_clear(Simplex *s, size_t rows, size_t columns)
{
	s->rows = rows;
	s->columns = columns;
	memset(s->table, 0, rows * columns * sizeof *s->table);
	memset(s->reward, 0, columns * sizeof *s->reward);
	memset(s->most, 0, columns * sizeof *s->most);
	memset(s->is_basic, 0, columns * sizeof *s->is_basic);
	memset(s->at_most, 0, columns * sizeof *s->at_most);
	for (size_t i = 0; i < rows; i++) {
		s->basic[i] = SIZE_MAX;
		s->basic_value[i] = 0;
	}
}

/* The column whose change pays most, or the first that pays; SIZE_MAX: none does. */
static size_t entering(const Simplex *s, bool first)
{
	size_t best = SIZE_MAX;
	double most = pays_least;
	for (size_t j = 0; j < s->columns; j++) {
		double pays = s->at_most[j] ? -s->reward[j] : s->reward[j];
		if (s->is_basic[j] || s->most[j] <= 0 || pays <= most)
			continue;
		best = j;
		if (first)
			break;
		most = pays;
	}
	return best;
}

/* How far column j can go in direction `sign` until a row's value meets its end; that row, or SIZE_MAX when the
 * column's own end comes first. A row of no column (SIZE_MAX + 1 is 0) is the first of equals. */
static size_t leaving(const Simplex *s, size_t j, double sign, bool first, double *step)
{
	size_t out = SIZE_MAX;
	double strongest = 0;
	*step = s->most[j];
	for (size_t i = 0; i < s->rows; i++) {
		double slope = s->table[i * s->columns + j] * sign, room = 0;
		if (fabs(slope) <= tiny)
			continue;
		if (s->basic[i] != SIZE_MAX)
			room = slope > 0 ? s->basic_value[i] : s->most[s->basic[i]] - s->basic_value[i];
		double far = room <= 0 ? 0 : room / fabs(slope);
		bool tie = out != SIZE_MAX && far <= *step + tiny;
		if (far < *step - tiny || (out == SIZE_MAX && far <= *step) ||
		    (tie && (first ? s->basic[i] + 1 < s->basic[out] + 1 : fabs(slope) > strongest))) {
			*step = far < *step ? far : *step;
			strongest = fabs(slope);
			out = i;
		}
	}
	return out;
}

/* Rows are mostly zeros, as tables' sums are: only what the pivot's row holds is taken from the others. */
static void pivot(Simplex *s, size_t row, size_t j)
{
	double *at = &s->table[row * s->columns], by = at[j];
	size_t n = 0;
	for (size_t k = 0; k < s->columns; k++) {
		at[k] /= by;
		s->filled[n] = k;
		n += at[k] != 0;
	}
	for (size_t i = 0; i < s->rows; i++) {
		double *other = &s->table[i * s->columns], times = other[j];
		if (i == row || times == 0)
			continue;
		for (size_t k = 0; k < n; k++)
			other[s->filled[k]] -= times * at[s->filled[k]];
		s->work += (double)n;
	}
	s->work += (double)(8 * s->rows + 2 * s->columns);
	double times = s->reward[j];
	for (size_t k = 0; k < n; k++)
		s->reward[s->filled[k]] -= times * at[s->filled[k]];
}

static void take_step(Simplex *s, size_t j, double sign, size_t row, double step)
{
	for (size_t i = 0; i < s->rows; i++)
		s->basic_value[i] -= s->table[i * s->columns + j] * sign * step;
	if (row == SIZE_MAX) {
		s->at_most[j] = !s->at_most[j];
		return;
	}
	size_t gone = s->basic[row];
	if (gone != SIZE_MAX) {
		s->is_basic[gone] = false;
		s->at_most[gone] = s->basic_value[row] > s->most[gone] / 2;
	}
	s->basic_value[row] = s->at_most[j] ? s->most[j] - step : step;
	s->basic[row] = j;
	s->is_basic[j] = true;
	s->at_most[j] = false;
	pivot(s, row, j);
}

static void tell(Simplex *s)
{
	for (size_t j = 0; j < s->columns; j++)
		s->x[j] = s->at_most[j] ? s->most[j] : 0;
	for (size_t i = 0; i < s->rows; i++)
		if (s->basic[i] != SIZE_MAX)
			s->x[s->basic[i]] = s->basic_value[i];
}

bool simplex_solve(Simplex *s)
{
	size_t most = 200 + 20 * (s->rows + s->columns), still = 0;
	for (size_t n = 0; n < most; n++) {
		bool bland = still > s->rows + 20;
		size_t j = entering(s, bland);
		if (j == SIZE_MAX) {
			tell(s);
			return true;
		}
		double sign = s->at_most[j] ? -1 : 1, step;
		size_t row = leaving(s, j, sign, bland, &step);
		if (!isfinite(step))
			return false;
		still = step > tiny ? 0 : still + 1;
		take_step(s, j, sign, row, step);
	}
	return false;
}
