/* normalise: what stays of a text when only its letters and digits count.
 *
 * Two people who write down the same title, name or journal differ in case,
 * accents, punctuation, HTML left over from an export, and in how they write
 * æ, ø and å on a foreign keyboard. The normal form forgets all of that, on
 * both sides alike. It is for comparing, never for showing. Pure; texts live in
 * the arena given.
 *
 * What is folded: HTML entities (twice, since exports encode twice) and tags;
 * Latin letters with marks (precomposed or combining) to the plain letter;
 * æ, ä, å, aa, ae to `a`; ø, ö, oe to `o` (so Århus, Aarhus and Arhus are one,
 * and Sørensen, Soerensen, Sorensen); Greek letters to their names; raised and
 * lowered digits to digits; Cyrillic to lower case. Other scripts stay.
 */
#ifndef EVIDENCE_DEDUPE_NORMALISE_H
#define EVIDENCE_DEDUPE_NORMALISE_H

#include "base/str.h"

/* Words of letters and digits, one blank between them. Apostrophes vanish
 * without parting a word; everything else that is no letter parts words. Valid
 * UTF-8 in and out; STR_NONE and blank text give the empty text. */
Str normalise_words(Arena *a, Str s);
/* The same, but a full stop right behind a word that goes on ("besk. af") stays
 * as the word's last character: the word may be cut short. */
Str normalise_abbreviated(Arena *a, Str s);
/* Text without HTML entities and tags. */
Str normalise_plain(Arena *a, Str s);
/* The normal form's next word; false at the end. */
bool normalise_next(Str *rest, Str *word);
/* Hash of the normal form's letters, blanks left out: "meta-analysis" and
 * "metaanalysis" agree. 0 for nothing. */
uint64_t normalise_joined(Str words);

/* "10.1000/xyz" in lower case, whatever stood before it (https://doi.org/,
 * doi:); STR_NONE when it is no DOI (ISO 26324: directory indicator 10). */
Str normalise_doi(Arena *a, Str s);

#endif
