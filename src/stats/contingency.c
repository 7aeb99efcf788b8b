#include "stats/contingency.h"

#include "stats/distribution.h"

#include <math.h>

/* Sums of the rows, and of the columns. */
static int64_t *sums_of(Arena *a, Contingency t, bool of_rows)
{
	int64_t *sums = ARENA_ARRAY(a, of_rows ? t.rows : t.columns, int64_t);
	for (size_t i = 0; i < t.rows * t.columns; i++)
		sums[of_rows ? i / t.columns : i % t.columns] += t.at[i];
	return sums;
}

static size_t count_filled(const int64_t *sums, size_t n)
{
	size_t filled = 0;
	for (size_t i = 0; i < n; i++)
		filled += sums[i] > 0;
	return filled;
}

Contingency contingency_tidy(Arena *a, Contingency t)
{
	const int64_t *rows = sums_of(a, t, true), *columns = sums_of(a, t, false);
	size_t height = count_filled(rows, t.rows), width = count_filled(columns, t.columns);
	int64_t *cells = ARENA_ARRAY(a, height * width, int64_t);
	for (size_t i = 0, row = 0; i < t.rows; i++) {
		for (size_t j = 0, column = 0; j < t.columns; j++) {
			if (rows[i] == 0 || columns[j] == 0)
				continue;
			cells[height <= width ? row * width + column : column * height + row] = t.at[i * t.columns + j];
			column++;
		}
		row += rows[i] > 0;
	}
	return height <= width ? (Contingency){ height, width, cells } : (Contingency){ width, height, cells };
}

ChiSquare chi_square_test(Arena *a, Contingency table)
{
	Contingency t = contingency_tidy(a, table);
	if (t.rows == 0)
		return (ChiSquare){ NAN, NAN, 0, NAN };
	const int64_t *rows = sums_of(a, t, true), *columns = sums_of(a, t, false);
	double people = 0;
	for (size_t i = 0; i < t.rows; i++)
		people += (double)rows[i];
	ChiSquare test = { .p = 1, .df = (int)((t.rows - 1) * (t.columns - 1)), .least = people };
	for (size_t i = 0; i < t.rows * t.columns; i++) {
		double expected = (double)rows[i / t.columns] * (double)columns[i % t.columns] / people;
		double away = (double)t.at[i] - expected;
		test.chisq += away * away / expected;
		test.least = fmin(test.least, expected);
	}
	if (test.df > 0)
		test.p = chi_square_tail(test.chisq, test.df);
	return test;
}
