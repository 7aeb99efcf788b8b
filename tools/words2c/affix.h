/* affix: what forms a hunspell word list's entries have, by its .aff file.
 *
 * Reads `FLAG num` lists with suffix rules, their continuation classes and the
 * flags for compounds, as hunspell(5) describes them; prefixes are passed over.
 */
#ifndef WORDS2C_AFFIX_H
#define WORDS2C_AFFIX_H

#include "base/str.h"

enum { FLAGS_MOST = 24, FLAG_VALUES = 65536 };

typedef struct {
	int at[FLAGS_MOST];
	size_t n;
} Flags;

typedef struct SuffixRule SuffixRule;

typedef struct {
	const SuffixRule **by_flag;                           /* FLAG_VALUES lists */
	int begin, middle, end, only_in_compound, need_affix; /* the flags of that name; -1: none */
} Affixes;

/* NULL, or what cannot be read. */
const char *affix_read(Arena *a, Str file, Affixes *out);
/* "10,11,2" */
bool affix_flags(Str text, Flags *out);
bool affix_has(const Flags *flags, int flag);

/* Calls `tell` for the word and every form that its flags give it; the form's flags are those it has itself (for the
 * word: all), and tell what it may be in a compound. */
typedef void (*AffixTell)(void *to, Str form, const Flags *flags);
void affix_forms(Arena *a, const Affixes *x, Str word, const Flags *flags, AffixTell tell, void *to);

#endif
