/* dictionary: words numbered in the order in which they come, from 0.
 *
 * Open addressing over str_hash_quick, never more than half full. Words are
 * copied, so that they stand close together; copies stay where they are. Memory
 * is the arena's; a Dictionary that is zeroed is empty. It belongs to one thread.
 */
#ifndef BASE_DICTIONARY_H
#define BASE_DICTIONARY_H

#include "base/str.h"

typedef struct {
	Str *at;
	size_t n, room;
	uint32_t *slots; /* number + 1; 0: free */
	size_t slot_count;
} Dictionary;

#define DICTIONARY_NONE UINT32_MAX

/* The word's number; a new one's is d->n as it was. */
uint32_t dictionary_number(Arena *a, Dictionary *d, Str word);
/* The same, or DICTIONARY_NONE: it is not among them. */
uint32_t dictionary_find(const Dictionary *d, Str word);

#endif
