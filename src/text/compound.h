/* compound: a Danish compound's parts.
 *
 * The split with the least cost, found by dynamic programming over the lexicon's
 * forms: every part but the last is a form that stands before others (with its
 * linking -s- or -e-), the last one a word. A form costs, in bits,
 *     log2(N / (n + 1)) + 4.5 · letters / (n + 1)
 * where n is in how many of the dictionary's N words it is such a part: a part
 * that many words share is cheap, one that stands in no other pays for its
 * spelling. A word that costs less as a whole is left whole. (Minimum description
 * length, after Creutz & Lagus 2007, ACM TSLP 4(1):3; the counts come from
 * splitting the dictionary itself, tools/words2c.c.)
 * Prefixes, and endings that only look like words (-hed, -skab, -dom), are no
 * parts. A word that the lexicon cannot compose is left whole. Pure.
 */
#ifndef TEXT_COMPOUND_H
#define TEXT_COMPOUND_H

#include "text/lexicon.h"

enum {
	COMPOUND_PARTS_MOST = 8,
	COMPOUND_WORD_MOST = 80,     /* bytes; longer words are not split */
	COMPOUND_LETTER_BITS10 = 45, /* tenths of a bit that a letter of a spelling costs */
};

typedef struct {
	Str form;  /* as it stands, link and all: a slice of the word */
	Link link; /* how `form` comes from its word */
} CompoundPart;

typedef struct {
	CompoundPart parts[COMPOUND_PARTS_MOST];
	size_t n; /* 0: the word is no compound */
} Compound;

/* The parts of a folded word. */
Compound compound_split(const Lexicon *x, Str word);

/* The same with parts that are compounds themselves split in turn, to the smallest ones. */
Compound compound_split_wholly(const Lexicon *x, Str word);

/* Begins with a prefix ("indb", "forh"). */
bool compound_has_prefix(Str word);

/* The word a part comes from ("arbejds": "arbejde"), in `out` of at least form.len bytes. */
Str compound_part_word(const CompoundPart *part, char *out);

#endif
