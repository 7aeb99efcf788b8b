#include "analysis/labels.h"

#include "analysis/analysis.h"
#include "base/danish.h"

#include <math.h>
#include <stdlib.h>

int labels_place(Labels *labels, Str word, int most)
{
	enum { SLOTS = sizeof labels->slots / sizeof *labels->slots };
	size_t slot = (size_t)(str_hash_quick(word) % SLOTS);
	for (; labels->slots[slot] > 0; slot = (slot + 1) % SLOTS)
		if (str_eq(labels->at[labels->slots[slot] - 1], word))
			return labels->slots[slot] - 1;
	if (labels->n == most)
		return LABELS_FULL;
	labels->at[labels->n] = word;
	labels->slots[slot] = ++labels->n;
	return labels->n - 1;
}

bool labels_are_numbers(const Labels *labels)
{
	double number;
	for (int i = 0; i < labels->n; i++)
		if (!analysis_parse(labels->at[i], &number))
			return false;
	return labels->n > 0;
}

typedef struct {
	Str word, key;
	double number; /* infinite: none */
	int was;
} Sorted;

static int by_word(const void *left, const void *right)
{
	const Sorted *a = left, *b = right;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	int order = str_cmp(a->key, b->key);
	return order != 0 ? order : (a->was > b->was) - (a->was < b->was);
}

void labels_sort(Arena *a, Labels *labels, int now[LABELS_MOST])
{
	Sorted sorted[LABELS_MOST];
	bool numbers = labels_are_numbers(labels);
	int n = labels->n;
	for (int i = 0; i < n; i++) {
		sorted[i] = (Sorted){ labels->at[i], STR(""), INFINITY, i };
		if (!analysis_parse(labels->at[i], &sorted[i].number))
			sorted[i].key = danish_sort_key(a, labels->at[i]);
	}
	qsort(sorted, (size_t)n, sizeof *sorted, by_word);
	labels->n = 0;
	for (int i = 0; i < n; i++) {
		if (i == 0 || !numbers || sorted[i].number > sorted[i - 1].number)
			labels->at[labels->n++] = sorted[i].word;
		now[sorted[i].was] = labels->n - 1;
	}
}
