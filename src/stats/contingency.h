/* contingency: do groups answer differently, where answers are categories?
 *
 * A table of counts, a row for each group and a column for each answer. Rows and columns without anybody do not count.
 * Results live in the arena. Pure.
 */
#ifndef STATS_CONTINGENCY_H
#define STATS_CONTINGENCY_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
	size_t rows, columns;
	const int64_t *at; /* row by row, none negative; together at most CONTINGENCY_MOST */
} Contingency;

#define CONTINGENCY_MOST 2000000000 /* products of two margins fit into 63 bits */

/* Where `table` has somebody: rows and columns without anybody left out, and at most as many rows as columns. */
Contingency contingency_tidy(Arena *a, Contingency table);

typedef struct {
	double chisq, p; /* p 1 where df is 0; both NaN where the table is empty */
	int df;          /* (rows - 1)(columns - 1) */
	double least;    /* smallest expected count: under 5 the approximation is doubtful, and Fisher's test better */
} ChiSquare;

/* Pearson's chi-square test of independence, without Yates's correction: Σ(n - e)²/e with e = row · column / N (Pearson
 * 1900, Philosophical Magazine 50:157–175), as R's chisq.test(correct = FALSE). */
ChiSquare chi_square_test(Arena *a, Contingency table);

/* What the test of tables larger than 2×2 takes: people; rows or columns, whichever are fewer; steps, a step being one
 * way to fill one column; margins kept at a time; and ways to fill the last two columns. 60 million steps are
 * little more than a second, the rest 150 MB at most. A table of 3×5 with 200 people takes a few tenths of a second,
 * one of 5×5 with 100 about one; where there are more people in each cell, chi-square is as good. */
enum {
	FISHER_PEOPLE_MOST = 1000,
	FISHER_SIDE_MOST = 6,
	FISHER_STEPS_MOST = 60000000,
	FISHER_MARGINS_MOST = 1 << 17,
	FISHER_ENDS_MOST = 4000000
};

typedef struct {
	double p; /* NaN where the table is empty, or too large: */
	bool too_large;
} Fisher;

/* Fisher's exact test: of all tables with these margins the share, weighted by their probability, that are no likelier
 * than this one, probabilities within a factor 1 + 1e-7 counting as equal, as in R's fisher.test (Fisher 1935, Journal
 * of the Royal Statistical Society 98:39–82; Freeman and Halton 1951, Biometrika 38:141–149). 2×2 tables are computed
 * whatever their size; larger ones column by column, ways that lead to the same margins with the same probability being
 * joined, and ways that can only end in likelier tables, or only in others, being settled at once (Mehta and Patel
 * 1983, JASA 78:427–434). One row or column: 1. */
Fisher fisher_test(Arena *a, Contingency table);

#endif
