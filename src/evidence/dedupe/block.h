/* block: which pairs are worth comparing.
 *
 * All pairs of n records are n²/2. Two records are compared only if they share
 * one of several keys, each of which survives another kind of fault: a title
 * misspelt, an author's name turned round, a page missing.
 *
 * Cost: a block (records with one key) of more than BLOCK_MOST is parted by a
 * further key, that by another; what is too large still, after all of them, is
 * put in order and each record is compared with the BLOCK_MOST that follow it.
 * So a key gives at most n · BLOCK_MOST pairs, whatever the file holds, and all
 * is done in O(n log n).
 */
#ifndef EVIDENCE_DEDUPE_BLOCK_H
#define EVIDENCE_DEDUPE_BLOCK_H

#include "evidence/dedupe/record.h"

enum { BLOCK_MOST = 24 };

typedef struct {
	uint32_t a, b; /* a < b */
} BlockPair;

/* Pairs without repetition, by a and b, in `arena`. */
BlockPair *block_pairs(Arena *arena, const Words *words, const Record *records, uint32_t n, size_t *count);

#endif
