/* distance: how many slips of the pen lie between two words. Pure.
 *
 * A letter missing, too many, or another, or two side by side in the wrong order
 * count one each, no place twice (optimal string alignment: Damerau 1964, CACM
 * 7:171–176).
 */
#ifndef TEXT_DISTANCE_H
#define TEXT_DISTANCE_H

#include "base/str.h"

enum { SPELLING_MOST = 64 }; /* letters that are looked at; longer words are far from all others */

typedef struct {
	uint32_t at[SPELLING_MOST];
	size_t n;
} Spelling;

/* The letters of valid UTF-8. */
Spelling spelling_of(Str word);
/* The distance, or most + 1 where it is larger than `most`. */
int spelling_distance(const Spelling *a, const Spelling *b, int most);

#endif
