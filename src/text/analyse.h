/* analyse: what a Danish word is searched by.
 *
 * A word has three kinds of keys: itself, folded (fold.h); its stem (stem.h); and
 * the stems of a compound's parts (compound.h), of parts that are compounds
 * themselves too. `ae` and `oe` are æ and ø unless the lexicon knows the word as it
 * is written ("poesi"). Each word is analysed once: an Analyser remembers all it
 * has seen, in its arena, belongs to one thread and lives as long as the arena.
 */
#ifndef TEXT_ANALYSE_H
#define TEXT_ANALYSE_H

#include "base/str.h"

typedef struct Analyser Analyser;

enum {
	WORD_PARTS_MOST = 12,
	ANALYSIS_VERSION = 1, /* of the keys: what was indexed with another is indexed anew */
};

typedef struct {
	uint32_t id; /* counts the analyser's words from 0; words that are folded alike are one */
	bool known;  /* a Danish word, or a compound of such */
	Str folded, stem;
	size_t part_count;
	const Str *parts; /* stems, in the order of the word; each once */
} Word;

Analyser *analyse_new(Arena *a);

/* The next word of the text (valid UTF-8) at or after `*at`, which ends up behind it; `*raw` is the slice it was
 * written as. NULL: there is none. */
const Word *analyse_next(Analyser *an, Str text, size_t *at, Str *raw);
/* The word for what is written; NULL where nothing that is seen stands in it. */
const Word *analyse_word(Analyser *an, Str raw);
/* How many words there are, and one of them. */
uint32_t analyse_count(const Analyser *an);
const Word *analyse_at(const Analyser *an, uint32_t id);

/* Says little by itself: "og", "til", "med". */
bool word_is_small(const Word *w);

#endif
