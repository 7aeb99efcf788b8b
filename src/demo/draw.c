#include "demo/draw.h"

#include <stdlib.h>

int draw_between(Random *r, int lo, int hi)
{
	return hi <= lo ? lo : lo + (int)random_below(r, (uint64_t)(hi - lo) + 1);
}

double draw_unit(Random *r)
{
	return (double)(random_u64(r) >> 11) / 9007199254740992.0; /* 2^53 */
}

bool draw_percent(Random *r, int percent)
{
	return (int)random_below(r, 100) < percent;
}

void draw_shuffle(Random *r, int *values, int n)
{
	for (int i = n - 1; i > 0; i--) {
		int j = (int)random_below(r, (uint64_t)i + 1), v = values[i];
		values[i] = values[j];
		values[j] = v;
	}
}

static bool is_workday(Date d)
{
	return date_weekday(d) <= 5 && !date_is_holiday(d);
}

Date near_workday(Date d, Date from, Date to)
{
	d = d < from ? from : d > to ? to : d;
	for (Date after = d; after <= to; after++)
		if (is_workday(after))
			return after;
	for (Date before = d; before >= from; before--)
		if (is_workday(before))
			return before;
	return d;
}

Date draw_workday(Random *r, Date from, Date to)
{
	return near_workday(draw_between(r, from, to), from, to);
}

int *index_list(Arena *a, int n)
{
	int *index = ARENA_ARRAY(a, (size_t)n, int);
	for (int i = 0; i < n; i++)
		index[i] = i;
	return index;
}

static int compare_scores(const void *a, const void *b, void *scores)
{
	const double *score = scores;
	int i = *(const int *)a, j = *(const int *)b;
	if (score[i] != score[j])
		return score[i] > score[j] ? -1 : 1;
	return i < j ? -1 : 1;
}

void order_by_score(const double *score, int *index, int n)
{
	qsort_r(index, (size_t)n, sizeof *index, compare_scores, (void *)(uintptr_t)score);
}

void apportion(Arena *a, int total, const double *weights, int n, int *parts)
{
	double sum = 0;
	for (int i = 0; i < n; i++)
		sum += weights[i];
	double *rest = ARENA_ARRAY(a, (size_t)n, double);
	int given = 0;
	for (int i = 0; i < n; i++) {
		double exact = sum > 0 ? total * weights[i] / sum : 0;
		parts[i] = (int)exact;
		rest[i] = exact - parts[i];
		given += parts[i];
	}
	int *order = index_list(a, n);
	order_by_score(rest, order, n);
	for (int i = 0; i < n && given < total; i++) {
		if (weights[order[i]] > 0) {
			parts[order[i]]++;
			given++;
		}
	}
}
