#include "stats/rank.h"

#include <stdlib.h>

typedef struct {
	double x;
	size_t place;
} Numbered;

static int by_number(const void *left, const void *right)
{
	const Numbered *a = left, *b = right;
	return (a->x > b->x) - (a->x < b->x);
}

static int by_size(const void *left, const void *right)
{
	const double *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

void rank_sort(double *x, size_t n)
{
	if (n > 1)
		qsort(x, n, sizeof *x, by_size);
}

Ranks rank_all(Arena *a, const double *x, size_t n)
{
	Ranks r = { .doubled = ARENA_ARRAY(a, n, int64_t) };
	Numbered *sorted = ARENA_ARRAY(a, n, Numbered);
	for (size_t i = 0; i < n; i++)
		sorted[i] = (Numbered){ x[i], i };
	if (n > 1)
		qsort(sorted, n, sizeof *sorted, by_number);
	for (size_t i = 0, next; i < n; i = next) {
		for (next = i + 1; next < n && sorted[next].x == sorted[i].x;)
			next++;
		double t = (double)(next - i);
		r.ties += t * t * t - t;
		for (size_t j = i; j < next; j++)
			r.doubled[sorted[j].place] = (int64_t)(i + 1 + next);
	}
	return r;
}

int64_t rank_step(const int64_t *doubled, size_t n, int64_t from)
{
	int64_t step = 0;
	for (size_t i = 0; i < n; i++) {
		int64_t b = doubled[i] - from;
		while (b != 0) {
			int64_t rest = step % b;
			step = b;
			b = rest;
		}
	}
	return step == 0 ? 1 : step;
}
