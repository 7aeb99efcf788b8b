/* Fisher's exact test. A table larger than 2×2 is filled column by column; a step's probability is that of the column
 * given what the rows have left, so that all ways on from any place add up to 1. */
#include "stats/contingency.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double as_likely = 1 + 1e-7;

/* ---- 2×2 ---- */

/* How much likelier x + 1 is than x in the table's first cell. */
static double growth(const int64_t *at, int64_t x)
{
	int64_t row = at[0] + at[1] - x, column = at[0] + at[2] - x, other = x + 1 + at[3] - at[0];
	return (double)row * (double)column / ((double)(x + 1) * (double)other);
}

/* Of the tables from `x` on upwards (step 1) or downwards (-1), `x` itself being of weight 1: the sum of their weights,
 * and of those up to `limit`; what is too small for a double is left out. */
static void walk(const int64_t *at, int64_t x, int step, double limit, double *all, double *tail)
{
	double weight = 1;
	while (weight > 0) {
		weight = step > 0 ? weight * growth(at, x) : weight / growth(at, x - 1);
		x += step;
		*all += weight;
		*tail += weight <= limit ? weight : 0;
	}
}

static double four_cells(const int64_t *at)
{
	double row = (double)(at[0] + at[1]), column = (double)(at[0] + at[2]);
	double people = row + (double)(at[2] + at[3]);
	int64_t mode = (int64_t)((row + 1) * (column + 1) / (people + 2));
	double seen = 1, all = 1;
	for (int64_t x = mode; x < at[0]; x++)
		seen *= growth(at, x);
	for (int64_t x = mode; x > at[0]; x--)
		seen /= growth(at, x - 1);
	double limit = seen * as_likely, tail = limit >= 1 ? 1 : 0;
	walk(at, mode, 1, limit, &all, &tail);
	walk(at, mode, -1, limit, &all, &tail);
	return tail / all;
}

/* ---- r×c ---- */

/* A way to fill the last two columns, the unlikeliest first: its probability, and of all up to it. */
typedef struct {
	double p, sum;
} End;

/* What the rows have left, and for paths that led there the probability of one. */
typedef struct {
	uint64_t margins, path; /* margins 0: nothing stands here */
	double first, second;   /* see bounds and now */
	const End *ends;        /* of bounds, where two columns are left */
	size_t count;
} Entry;

typedef struct {
	Entry *at;
	size_t room, used; /* room is a power of two */
} Entries;

typedef struct {
	Arena *arena;
	int rows, columns;
	int sums[FISHER_PEOPLE_MOST];
	double *choose[FISHER_PEOPLE_MOST + 1]; /* Pascal's triangle */
	Entries bounds;                         /* of what is still to come: the likeliest and the unlikeliest */
	Entries now, next; /* paths that are not settled: the probability of one, and of all of them */
	double limit;
	double tail, lost; /* what settled ways add up to, less what adding lost: there are millions */
	int64_t steps;
	End *ends; /* room for those of one place */
	size_t count, room, kept;
	bool too_large;
} Search;

enum { MARGIN_BITS = 10, PATH_BITS_LEFT_OUT = 12 };

static Entry *place_in(const Entries *t, uint64_t margins, uint64_t path)
{
	uint64_t hash = (margins ^ path * 0x9e3779b97f4a7c15u) * 0xd6e8feb86659fd93u;
	for (size_t i = (size_t)(hash >> 32);; i++) {
		Entry *e = &t->at[i & (t->room - 1)];
		if (e->margins == 0 || (e->margins == margins && e->path == path))
			return e;
	}
}

/* The entry, a new one with both numbers 0; NULL when there are too many. */
static Entry *entry_of(Search *s, Entries *t, uint64_t margins, uint64_t path)
{
	if (t->used == FISHER_MARGINS_MOST) {
		s->too_large = true;
		return NULL;
	}
	if (2 * t->used >= t->room) {
		Entries wider = { .room = t->room == 0 ? 256 : 2 * t->room, .used = t->used };
		wider.at = ARENA_ARRAY(s->arena, wider.room, Entry);
		for (size_t i = 0; i < t->room; i++)
			if (t->at[i].margins != 0)
				*place_in(&wider, t->at[i].margins, t->at[i].path) = t->at[i];
		*t = wider;
	}
	Entry *e = place_in(t, margins, path);
	t->used += e->margins == 0;
	e->margins = margins;
	e->path = path;
	return e;
}

/* A way to fill a column: what the rows had left before and have after it. */
typedef struct Filling {
	Search *s;
	int column;
	int before[FISHER_SIDE_MOST], after[FISHER_SIDE_MOST];
	int left;    /* people in this column and those to come */
	double ways; /* to fill the column */
	void (*filled)(struct Filling *f, double p);
	double first, second; /* of whom fills it */
} Filling;

/* In one number, the rows in order of what they have left: their order changes no probability. */
static uint64_t packed(const Search *s, const int *left)
{
	int sorted[FISHER_SIDE_MOST];
	uint64_t margins = 0;
	for (int i = 0; i < s->rows; i++) {
		int j = i;
		for (; j > 0 && sorted[j - 1] < left[i]; j--)
			sorted[j] = sorted[j - 1];
		sorted[j] = left[i];
	}
	for (int i = 0; i < s->rows; i++)
		margins = margins << MARGIN_BITS | (uint64_t)sorted[i];
	return margins;
}

/* From a row on, `people` of the column to go, `others` places left in the rows behind it. */
static void fill(Filling *f, int row, int people, int others, double ways)
{
	int most = f->before[row] < people ? f->before[row] : people;
	for (int n = people > others ? people - others : 0; n <= most && !f->s->too_large; n++) {
		double so_far = ways * f->s->choose[f->before[row]][n];
		f->after[row] = f->before[row] - n;
		if (row + 1 < f->s->rows) {
			fill(f, row + 1, people - n, others - f->before[row + 1], so_far);
			continue;
		}
		f->s->too_large = ++f->s->steps > FISHER_STEPS_MOST;
		f->filled(f, so_far / f->ways);
	}
}

/* Calls `filled` for every way to fill the column, with its probability. */
static void fill_column(Search *s, int column, uint64_t margins, Filling *f)
{
	f->s = s;
	f->column = column;
	f->left = 0;
	for (int i = s->rows - 1; i >= 0; i--, margins >>= MARGIN_BITS) {
		f->before[i] = (int)(margins & ((1 << MARGIN_BITS) - 1));
		f->left += f->before[i];
	}
	f->ways = s->choose[f->left][s->sums[column]];
	fill(f, 0, s->sums[column], f->left - f->before[0], 1);
}

static void note_end(Filling *f, double p)
{
	Search *s = f->s;
	if (s->count == s->room) {
		s->room = s->room == 0 ? 256 : 2 * s->room;
		End *wider = ARENA_ARRAY(s->arena, s->room, End);
		if (s->count > 0)
			memcpy(wider, s->ends, s->count * sizeof *wider);
		s->ends = wider;
	}
	s->ends[s->count++].p = p;
	s->too_large |= ++s->kept > FISHER_ENDS_MOST;
}

static int by_probability(const void *left, const void *right)
{
	const End *a = left, *b = right;
	return (a->p > b->p) - (a->p < b->p);
}

static void find_ends(Search *s, Entry *e)
{
	Filling f = { .filled = note_end };
	s->count = 0;
	fill_column(s, s->columns - 2, e->margins, &f);
	qsort(s->ends, s->count, sizeof *s->ends, by_probability);
	for (size_t i = 0; i < s->count; i++)
		s->ends[i].sum = (i > 0 ? s->ends[i - 1].sum : 0) + s->ends[i].p;
	e->ends = arena_copy(s->arena, s->ends, s->count * sizeof *s->ends);
	e->count = s->count;
	e->first = e->ends[e->count - 1].p;
	e->second = e->ends[0].p;
}

static const Entry *bounds_of(Search *s, int column, uint64_t margins);

static void widen_bounds(Filling *f, double p)
{
	const Entry *rest = bounds_of(f->s, f->column + 1, packed(f->s, f->after));
	if (rest == NULL)
		return;
	f->first = fmax(f->first, p * rest->first);
	f->second = fmin(f->second, p * rest->second);
}

/* The probability of the likeliest and of the unlikeliest way from `column`, which is none of the last, to the end;
 * NULL when there are too many. Valid until the next call. */
static const Entry *bounds_of(Search *s, int column, uint64_t margins)
{
	Entry *e = entry_of(s, &s->bounds, margins, 0);
	if (e == NULL || e->first > 0)
		return e;
	if (column + 2 == s->columns) {
		find_ends(s, e);
		return e;
	}
	Filling f = { .filled = widen_bounds, .second = 1 };
	fill_column(s, column, margins, &f);
	e = place_in(&s->bounds, margins, 0);
	e->first = f.first;
	e->second = f.second;
	return e;
}

/* Probability of the ways on from `e` that have at most probability `most`. */
static double ends_up_to(const Entry *e, double most)
{
	size_t low = 0, high = e->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (e->ends[middle].p <= most)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? 0 : e->ends[low - 1].sum;
}

/* Kahan's sum. */
static void settle(Search *s, double p)
{
	double more = p - s->lost, sum = s->tail + more;
	s->lost = (sum - s->tail) - more;
	s->tail = sum;
}

static void go_on(Filling *f, double p)
{
	Search *s = f->s;
	double one = f->first * p, all = f->second * p;
	uint64_t margins = packed(s, f->after), path;
	const Entry *rest = bounds_of(s, f->column + 1, margins);
	if (rest == NULL || one * rest->second > s->limit)
		return;
	if (one * rest->first <= s->limit) {
		settle(s, all);
	} else if (rest->ends != NULL) {
		settle(s, all * ends_up_to(rest, s->limit / one));
	} else {
		memcpy(&path, &one, sizeof path);
		Entry *e = entry_of(s, &s->next, margins, path >> PATH_BITS_LEFT_OUT);
		if (e == NULL)
			return;
		e->first = one;
		e->second += all;
	}
}

static void go_through(Search *s, uint64_t margins)
{
	*entry_of(s, &s->next, margins, 0) = (Entry){ .margins = margins, .first = 1, .second = 1 };
	for (int column = 0; column + 2 < s->columns && !s->too_large; column++) {
		Entries done = s->now;
		s->now = s->next;
		s->next = done;
		if (s->next.used > 0)
			memset(s->next.at, 0, s->next.room * sizeof *s->next.at);
		s->next.used = 0;
		for (size_t i = 0; i < s->now.room && !s->too_large; i++) {
			const Entry *e = &s->now.at[i];
			Filling f = { .filled = go_on, .first = e->first, .second = e->second };
			if (e->margins != 0)
				fill_column(s, column, e->margins, &f);
		}
	}
}

/* Probability of the table itself. */
static double probability_of(const Search *s, Contingency t, const size_t *order, const int *rows, int people)
{
	int left[FISHER_SIDE_MOST];
	double p = 1;
	memcpy(left, rows, sizeof left);
	for (int j = 0; j < s->columns; j++) {
		double ways = 1;
		for (int i = 0; i < s->rows; i++) {
			int n = (int)t.at[(size_t)i * t.columns + order[j]];
			ways *= s->choose[left[i]][n];
			left[i] -= n;
		}
		p *= ways / s->choose[people][s->sums[j]];
		people -= s->sums[j];
	}
	return p;
}

static void make_triangle(Search *s, int people)
{
	for (int n = 0; n <= people; n++) {
		s->choose[n] = ARENA_ARRAY(s->arena, (size_t)n + 1, double);
		s->choose[n][0] = s->choose[n][n] = 1;
		for (int k = 1; k < n; k++)
			s->choose[n][k] = s->choose[n - 1][k - 1] + s->choose[n - 1][k];
	}
}

/* The columns from the smallest to the largest, which is never gone through. */
static size_t *order_columns(Search *s, Contingency t)
{
	size_t *order = ARENA_ARRAY(s->arena, t.columns, size_t);
	for (size_t j = 0; j < t.columns; j++) {
		int sum = 0;
		size_t place = j;
		for (size_t i = 0; i < t.rows; i++)
			sum += (int)t.at[i * t.columns + j];
		for (; place > 0 && s->sums[place - 1] > sum; place--) {
			s->sums[place] = s->sums[place - 1];
			order[place] = order[place - 1];
		}
		s->sums[place] = sum;
		order[place] = j;
	}
	return order;
}

Fisher fisher_test(Arena *a, Contingency table)
{
	Contingency t = contingency_tidy(a, table);
	int64_t people = 0;
	int rows[FISHER_SIDE_MOST] = { 0 };
	for (size_t i = 0; i < t.rows * t.columns; i++)
		people += t.at[i];
	if (t.rows < 2)
		return (Fisher){ people > 0 ? 1 : NAN, false };
	if (t.rows == 2 && t.columns == 2)
		return (Fisher){ four_cells(t.at), false };
	if (people > FISHER_PEOPLE_MOST || t.rows > FISHER_SIDE_MOST)
		return (Fisher){ NAN, true };
	for (size_t i = 0; i < t.rows * t.columns; i++)
		rows[i / t.columns] += (int)t.at[i];
	Search *s = ARENA_NEW(a, Search);
	s->arena = a;
	s->rows = (int)t.rows;
	s->columns = (int)t.columns;
	make_triangle(s, (int)people);
	const size_t *order = order_columns(s, t);
	s->limit = probability_of(s, t, order, rows, (int)people) * as_likely;
	go_through(s, packed(s, rows));
	return s->too_large ? (Fisher){ NAN, true } : (Fisher){ fmin(1, s->tail), false };
}
