/* disclosure: which cells of published tables of counts are held back.
 *
 * The tables are cells tied by sums: a margin is a cell like others, and a cell
 * that several tables share (the total of one kind, by month here and by sex
 * there) is one cell, so that linked tables are protected together.
 *
 * Primary: a count from 1 to least - 1, in the middle or in a margin, is held
 * back. 0 is told: it speaks of nobody, and a margin of 0 says no more than its
 * cells, which are all 0 and told. Complementary: further cells, so that whoever
 * knows every told cell, every sum, and that counts are whole numbers of at
 * least 0, can reckon no cell that is held back, nor bound it closely: the
 * values it can have reach from `low` to `high` with high - low >= width, and
 * the true one is among them. With width >= least this says of a small count that it
 * may as well be one that need not have been held back.
 *
 * Proof, not belief: for either end of each interval a whole table is kept that
 * has this value and agrees with everything told, checked in whole numbers. So
 * the intervals hold against an attacker who searches whole tables, too, and
 * where corners of the linear programme (Fischetti and Salazar 2001, Journal of
 * the American Statistical Association 95:916–928) are no whole tables, more cells are
 * held back instead. In two-way tables every corner is one, and the intervals
 * are exactly what can be reckoned.
 *
 * Fewest cells is a problem that no quick method solves (Kelly, Golden and
 * Assad 1992, Networks 22:397–417): cells are chosen by the cheapest changes of
 * the table that move a cell far enough, given back where the rest is still
 * proven, in several orders; the set with the fewest cells (then with the
 * smallest counts) stands. A cell of 0 is held back only where nothing else helps,
 * since who knows that it must be 0 is one who knows more. Pure.
 */
#ifndef STATS_DISCLOSURE_H
#define STATS_DISCLOSURE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* A cell and those that add up to it. */
typedef struct {
	size_t total;
	const size_t *parts;
	size_t count;
} DisclosureSum;

typedef struct {
	const int64_t *counts; /* of each cell, 0 to DISCLOSURE_COUNT_MOST */
	size_t cells;
	const DisclosureSum *sums; /* each adds up */
	size_t sum_count;
} DisclosureTables;

#define DISCLOSURE_COUNT_MOST 1000000000

typedef enum {
	CELL_TOLD,
	CELL_PRIMARY,
	CELL_COMPLEMENTARY,
} CellFate;

typedef struct {
	CellFate *fate;      /* of each cell */
	int64_t *low, *high; /* between which what is told leaves the cell; its count, where it is told. What has no end
				is followed no further than the largest count and the width */
	size_t primary, complementary;
} Suppression;

/* False: the tables are too large to be proven. 2 × cells × sums are more than SIMPLEX_CELLS_MOST; or `effort`, counted
 * in numbers that all linear programmes together change or search, was spent before every cell was protected. When it
 * is spent later, cells that could be told stay held back; the intervals are then followed with as much effort again,
 * and reach as far as they were proven where that is spent, too. 1 <= least, width <= 1,000,000. */
bool disclosure_suppress(Arena *a, const DisclosureTables *tables, int64_t least, int64_t width, double effort,
			 Suppression *out);

/* What the command spends: tables of 98 × 5 × 2 cells with their totals took 7 to 12 seconds of one processor (2026).
 */
#define DISCLOSURE_EFFORT 5e9

#endif
