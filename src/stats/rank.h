/* rank: the places of numbers in their order, tied ones sharing the mean of theirs.
 *
 * Ranks are kept doubled, so that a mean of two places is whole and equal sums of ranks are equal without a
 * tolerance. Results live in the arena. Pure.
 */
#ifndef STATS_RANK_H
#define STATS_RANK_H

#include "base/arena.h"

#include <stdint.h>

typedef struct {
	int64_t *doubled; /* of each number, twice its mid-rank: places i to j shared give i + j */
	double ties;      /* sum of t³ - t over the groups of t equal numbers; 0: all differ */
} Ranks;

/* Equal is what compares equal; `x` holds no NaN. `n` may be 0. O(n log n). */
Ranks rank_all(Arena *a, const double *x, size_t n);

/* Ascending, in place. */
void rank_sort(double *x, size_t n);

/* Greatest common divisor of the n numbers (none negative) less `from`; 1 when all of that is 0. */
int64_t rank_step(const int64_t *doubled, size_t n, int64_t from);

#endif
