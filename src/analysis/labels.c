#include "analysis/labels.h"

#include "analysis/analysis.h"

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

typedef struct {
	Str word;
	double number; /* infinite: none */
	int was;
} Sorted;

static int by_word(const void *left, const void *right)
{
	const Sorted *a = left, *b = right;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return str_cmp(a->word, b->word);
}

void labels_sort(Labels *labels, int now[LABELS_MOST])
{
	Sorted sorted[LABELS_MOST];
	for (int i = 0; i < labels->n; i++) {
		sorted[i] = (Sorted){ labels->at[i], INFINITY, i };
		(void)analysis_parse(labels->at[i], &sorted[i].number);
	}
	qsort(sorted, (size_t)labels->n, sizeof *sorted, by_word);
	for (int i = 0; i < labels->n; i++)
		now[sorted[i].was] = i;
	for (int i = 0; i < labels->n; i++)
		labels->at[i] = sorted[i].word;
	for (size_t i = 0; i < sizeof labels->slots / sizeof *labels->slots; i++)
		if (labels->slots[i] > 0)
			labels->slots[i] = now[labels->slots[i] - 1] + 1;
}
