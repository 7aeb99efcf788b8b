/* labels: the different words of a column, numbered.
 *
 * Words are kept as they stand in the file, whose bytes they point into. A Labels belongs to one thread.
 */
#ifndef ANALYSIS_LABELS_H
#define ANALYSIS_LABELS_H

#include "base/str.h"

enum { LABELS_MOST = 200, LABELS_FULL = -1 };

/* Zeroed at first. */
typedef struct {
	int n;
	Str at[LABELS_MOST];
	int slots[4 * LABELS_MOST]; /* by hash: place + 1 */
} Labels;

/* The word's place, a new one behind the others; LABELS_FULL: it is new, and there are `most` <= LABELS_MOST already.
 */
int labels_place(Labels *labels, Str word, int most);
/* Puts them in order, numbers by size and before words, words by their bytes; now[i] is the place of what stood at i.
 */
void labels_sort(Labels *labels, int now[LABELS_MOST]);

#endif
