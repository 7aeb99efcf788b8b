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
/* Are all of them numbers? Not when there are none. */
bool labels_are_numbers(const Labels *labels);
/* Puts them in order, numbers by size and before words, words as Danes do; now[i] is the place of what stood at i.
 * Where all are numbers, those that say the same one ("1" and "1,0") become one, by the name that came first. No
 * further word is placed then. */
void labels_sort(Arena *a, Labels *labels, int now[LABELS_MOST]);

#endif
