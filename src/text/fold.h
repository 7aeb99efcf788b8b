/* fold: words out of text, and one way to write each.
 *
 * Danes write Århus and Aarhus, Praktik and PRAKTIK, é or e. What is searched is
 * the folded word: Unicode's case folding and compatibility forms (utf8proc),
 * marks over letters dropped, but for the three letters that Danish counts as
 * letters: å, æ and ø stay, `aa` becomes å, the Swedish and German ä and ö become
 * æ and ø. `ae` and `oe` are left alone here, since only a list of words tells
 * "laere" from "poesi" (analyse.h). Pure; input is valid UTF-8.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/str.h"

enum { FOLD_MOST = 240 }; /* bytes of a folded word; what is beyond is cut at a letter */

/* The next run of letters, digits and their marks at or after `*at`, a slice of
 * `text`; `*at` ends up behind it. Soft hyphens and joiners within a word belong
 * to it, a hyphen or an apostrophe parts two words. False: none is left. */
bool fold_next_word(Str text, size_t *at, Str *word);

/* The folded word in `out` of FOLD_MOST bytes; its length, 0 where nothing that
 * is seen remains. */
size_t fold_word(Str word, char *out);

/* `from` replaced by `to`, of the same length in bytes, in `n` bytes. True when
 * anything was. */
bool fold_replace(char *word, size_t n, const char from[2], const char to[2]);

#endif
