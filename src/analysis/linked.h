/* linked: tables of counts read from a file, with the sums that tie their cells.
 *
 * Long form: a row is a cell, with its count in column `n`; optionally its
 * table's name in `table`; every other column is a side, whose field says which
 * value the cell is of. A field that is empty, or says "I alt" or "Total", marks
 * a total over that side. A table has the sides in which any of its rows has a
 * value. Margins need not stand in the file; those that do must be what their
 * cells add up to. A combination that does not stand there counts 0. Cells of
 * two tables with the same values on the same sides are one cell: the tables
 * are of the same people and linked there, and must agree. (Tables of other
 * people belong in another file, or get a column, such as the year, that tells them apart.)
 */
#ifndef ANALYSIS_LINKED_H
#define ANALYSIS_LINKED_H

#include "format/csv.h"
#include "stats/disclosure.h"

enum {
	LINKED_SIDES_MOST = 6,
	LINKED_CELLS_MOST = 5000, /* margins among them */
	LINKED_TABLES_MOST = 100,
};

typedef struct {
	uint16_t value[LINKED_SIDES_MOST]; /* of each side, from 1; 0: total */
} LinkedCell;

typedef struct {
	size_t sides;
	Str names[LINKED_SIDES_MOST];
	Str *values[LINKED_SIDES_MOST]; /* values[s][v - 1] */
	size_t value_count[LINKED_SIDES_MOST];
	LinkedCell *cells;       /* those of the file in its order, then the other margins */
	DisclosureTables counts; /* of the same cells, and their sums */
} LinkedTables;

/* INVALID, with row and column: no side, more than one of the ceilings, a count that is none or too large, a cell
 * twice, a margin or a shared cell that does not agree. */
Err linked_read(Csv *csv, LinkedTables *out) MUST_USE;
/* The value's name; none: a total. */
Str linked_value(const LinkedTables *t, size_t cell, size_t side);

#endif
