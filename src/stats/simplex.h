/* simplex: a linear programme from a feasible start.
 *
 * Maximises reward·x under rows·x = 0 and 0 <= x <= most, beginning at x = 0,
 * by the bounded primal simplex method on a dense table (Dantzig 1955,
 * Econometrica 23:174–183; Bland's rule, 1977, Mathematics of Operations
 * Research 2:103–107, once steps no longer move). A Simplex belongs to one
 * thread; its memory is the arena's and is used again by every programme.
 */
#ifndef STATS_SIMPLEX_H
#define STATS_SIMPLEX_H

#include "base/arena.h"

#include <stdbool.h>

typedef struct {
	size_t rows, columns;
	double *table;  /* rows × columns, the caller's to fill; used up by solving */
	double *reward; /* of each column; used up as well */
	double *most;   /* of each column, INFINITY allowed */
	double *x;      /* the solution */
	double work;    /* numbers of the table that all programmes so far have changed or searched */
	/* ---- its own ---- */
	double *basic_value;
	size_t *basic; /* column that a row stands for; SIZE_MAX: none, its value is and stays 0 */
	bool *is_basic, *at_most;
	size_t *filled; /* columns of the pivot's row that hold anything */
} Simplex;

enum { SIMPLEX_CELLS_MOST = 8 << 20 }; /* rows × columns: 64 MiB */

/* Room for programmes of up to so many rows and columns. */
Simplex simplex_new(Arena *a, size_t rows, size_t columns);
/* An empty programme: all of it 0. */
void simplex_clear(Simplex *s, size_t rows, size_t columns);
/* An optimal corner into s->x. False: the reward has no ceiling, or the work has one. */
bool simplex_solve(Simplex *s);

#endif
