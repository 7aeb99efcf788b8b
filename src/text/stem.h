/* stem: what a word's forms have in common.
 *
 * Snowball's Danish stemmer (libstemmer) and, on top of it, what it leaves apart
 * in Danish:
 *   - an exception list: vowels that change (bøger, bog), words that it joins with
 *     others (talen with tal, ledig with ledelse);
 *   - the e that comes and goes: middel, midler; center, centre;
 *   - nouns made of verbs: afklaring, afklare; motivation, motivere.
 * A Stemmer belongs to one thread and lives as long as its arena.
 */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include "base/str.h"

typedef struct Stemmer Stemmer;

enum { STEM_MOST = 256 }; /* bytes; a folded word's stem is no longer */

Stemmer *stem_new(Arena *a);

/* Snowball alone, of a word in small letters; valid until the next call. */
Str stem_snowball(Stemmer *s, Str word);
/* The exception's stem; none: the word is none. Static. */
Str stem_exception(const Stemmer *s, Str word);
/* The stem of a folded word, in `out` of STEM_MOST bytes or static. */
Str stem_word(Stemmer *s, Str word, char *out);

#endif
