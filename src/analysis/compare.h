/* compare: what compare.c has read of a file, for those who compute and tell. */
#ifndef ANALYSIS_COMPARE_H
#define ANALYSIS_COMPARE_H

#include "analysis/analysis.h"
#include "analysis/labels.h"

typedef struct {
	int group, category; /* places among the labels; a category LABELS_FULL: there are too many */
	double number;       /* NaN: it is none */
} Compared;

typedef struct {
	Labels groups, categories; /* in order; of rows with a value */
	Compared *rows;
	size_t n, room;
	int64_t missing;  /* rows without a value */
	size_t words;     /* values that are no number */
	int64_t word_row; /* of the first value that is no number; 0: all are */
	int64_t full_row; /* of the first category that is one too many; 0: none is */
} Comparison;

/* Mann–Whitney for two groups, Kruskal–Wallis for more, standardised differences. */
void compare_numbers(Analysis *a, const Comparison *in);
/* Chi-square and Fisher's test, standardised differences. */
void compare_categories(Analysis *a, const Comparison *in);

/* A standardised difference as "name": {"value","lo","hi"}. */
void compare_put_difference(JsonWriter *w, const char *name, double value, Interval interval);

#endif
