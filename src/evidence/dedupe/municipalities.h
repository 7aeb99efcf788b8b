/* municipalities: which of today's municipalities a text names.
 *
 * The reform of 1 January 2007 made 98 municipalities out of 271 (Bornholm
 * joined in 2003, Ærø in 2006), so that a project of 2005 and its continuation
 * carry two names. Both are known here; a municipality that was split counts
 * for where most of it went. A Municipalities is the table in the form that is
 * compared; it lives in its arena and is only read.
 */
#ifndef EVIDENCE_DEDUPE_MUNICIPALITIES_H
#define EVIDENCE_DEDUPE_MUNICIPALITIES_H

#include "base/str.h"

typedef struct Municipalities Municipalities;

const Municipalities *municipalities_new(Arena *a);

/* Codes of the municipalities that `text` names, rising, at most `most`; gives how many. A field that says nothing but
 * municipalities (`all`) may leave the word "Kommune" out; in running text it must stand behind the name, or
 * "Jobcenter" before it, since Vejen, Odder and Struer are words as well. */
uint32_t municipalities_named(const Municipalities *m, Arena *a, Str text, bool all, int *codes, uint32_t most);

#endif
