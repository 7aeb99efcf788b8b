/* words: every word once, known by a number.
 *
 * Comparing two titles then compares numbers; the word itself is looked at only
 * where a number has no match. A Words lives in the arena it was made in and
 * belongs to one thread. Numbers are given in order of first sight, so that the
 * same file gives the same numbers.
 */
#ifndef EVIDENCE_DEDUPE_WORDS_H
#define EVIDENCE_DEDUPE_WORDS_H

#include "base/dictionary.h"

typedef struct {
	uint32_t records; /* how many hold it; kept by words_count */
	bool light;       /* says little in any title: "the", "og", "projekt" */
	bool paper;       /* names a kind of paper or project: "rapport", "pulje"; light */
	bool common;      /* half of all organisations are called so: "kommune", "forening" */
} Word;

typedef struct {
	Arena *arena;
	Dictionary texts;
	Word *at; /* by number */
	size_t room;
} Words;

Words words_new(Arena *a);
/* The word's number; it is copied when it is new. */
uint32_t words_number(Words *w, Str word);

static inline Str words_text(const Words *w, uint32_t number)
{
	return w->texts.at[number];
}

/* Sorts, leaves out repetitions, gives how many are left. */
uint32_t words_sort(uint32_t *numbers, uint32_t count);
/* How many numbers two sorted sets share. */
uint32_t words_shared(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count);

#endif
