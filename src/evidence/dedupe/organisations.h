/* organisations: authorities and nationwide associations by their name of today.
 *
 * Agencies are merged and renamed every few years, and lists abbreviate them:
 * AMS of 2009 is STAR of 2014. The table holds those that fund and own projects
 * in this field; everybody else keeps the name as written. Pure but for the
 * arena.
 */
#ifndef EVIDENCE_DEDUPE_ORGANISATIONS_H
#define EVIDENCE_DEDUPE_ORGANISATIONS_H

#include "base/str.h"

/* The name that the organisation named by `text` has today; `text` itself when the table has none for it. */
Str organisation_today(Arena *a, Str text);

#endif
