/* names: authors, however they are written.
 *
 * Known forms: "Last, First M. and Last, F. M.", the same parted by semicolons,
 * "Last FM, Last F", "First Last". Which part is the surname is a guess that
 * databases make differently ("Wu, Ching-yi" and "Ching-yi, Wu"), so comparing
 * accepts one's surname anywhere in the other's name.
 */
#ifndef EVIDENCE_DEDUPE_NAMES_H
#define EVIDENCE_DEDUPE_NAMES_H

#include "evidence/dedupe/record.h"

/* At most RECORD_AUTHORS_MOST of them, into `out`; gives how many. */
uint32_t names_read(Words *words, Str authors, RecordName *out);

/* The same person, as far as two spellings can tell. */
bool names_match(const Words *words, const RecordName *a, const RecordName *b);

/* Share of the shorter list that has a match in the longer, in [0, 1]; *first: the two first authors match. NaN when a
 * list is empty. */
double names_share(const Words *words, const Record *a, const Record *b, bool *first);

#endif
