/* spell: how long, and whether consecutive placements count as one.
 *
 * A placement lasts from its first to its last day, both included. For the
 * retention of a person, placements of one kind with at most `gap_days` days
 * between them join into one spell; as relationships they are never joined.
 * Pure.
 */
#ifndef MEASURE_SPELL_H
#define MEASURE_SPELL_H

#include "feature/placement/placement_codes.h"
#include "measure/indicator.h"

typedef struct {
	PlacementKind kind;
	Date starts;
	Date ends; /* last day; DATE_NONE: still going on */
} Spell;

/* Last day to count when looking back from `day`. */
Date spell_last_day(const Spell *s, Date day);
bool spell_is_open(const Spell *s, Date day);

/* Days from the first to the last day, both included; 0 when it starts later. */
int spell_days(const Spell *s, Date day);

/* Does its length up to `day` compare so? n months last from a day to the day
 * before the same day n months later (1 January–30 June is six months, not
 * more). COMPARE_NONE is always true. */
bool spell_compares(const Spell *s, Date day, const Compare *k);

/* Joins spells of one person, sorted by start; works in place, returns how
 * many are left. Spells that start after `day` are dropped. */
size_t spell_join(Spell *spells, size_t n, int64_t gap_days, Date day);

bool spell_in_group(PlacementKind kind, PlacementGroup group);

#endif
