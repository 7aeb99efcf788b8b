/* similar: how much two words resemble each other. Pure. */
#ifndef EVIDENCE_DEDUPE_SIMILAR_H
#define EVIDENCE_DEDUPE_SIMILAR_H

#include "base/str.h"

enum { SIMILAR_LENGTH_MOST = 64 }; /* bytes of a word that are looked at */

/* Jaro's similarity in [0, 1]: with m characters that agree within half the longer length and t of them out of order
 * by twos, (m/|a| + m/|b| + (m − t)/m) / 3. 1 for equal texts, two empty ones too; 0 where nothing agrees. By bytes.
 * Jaro, M. A. (1989), Journal of the American Statistical Association 84, 414–420. */
double similar_jaro(Str a, Str b);
/* Winkler's, which trusts beginnings: jaro + 0.1 · p · (1 − jaro), p the characters (at most 4) that agree at the
 * start. Winkler, W. E. (1990), Proceedings of the Section on Survey Research Methods, ASA, 354–359. */
double similar_jaro_winkler(Str a, Str b);

/* The same word with a slip of the pen or another ending: at least `least` by Jaro–Winkler, lengths at most two apart,
 * and no digit in either, since another number is another thing. */
bool similar_slip(Str a, Str b, double least);

#endif
