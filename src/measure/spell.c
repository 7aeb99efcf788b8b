#include "measure/spell.h"

Date spell_last_day(const Spell *s, Date day)
{
	return s->ends != DATE_NONE && s->ends < day ? s->ends : day;
}

bool spell_is_open(const Spell *s, Date day)
{
	return s->starts <= day && (s->ends == DATE_NONE || s->ends >= day);
}

int spell_days(const Spell *s, Date day)
{
	return s->starts > day ? 0 : spell_last_day(s, day) - s->starts + 1;
}

/* <0, 0, >0: shorter than, exactly, longer than the length. */
static int compare_length(const Spell *s, Date day, const Compare *k)
{
	Date behind = s->starts + spell_days(s, day); /* the first day that no longer counts */
	Date limit = s->starts;
	if (k->unit == UNIT_MONTHS || k->unit == UNIT_RETENTION)
		limit = date_add_months(s->starts, (int)(k->n < 1200 ? k->n : 1200));
	else
		limit += (Date)(k->n < 100000 ? k->n : 100000) * (k->unit == UNIT_WEEKS ? 7 : 1);
	return behind < limit ? -1 : behind > limit;
}

bool spell_compares(const Spell *s, Date day, const Compare *k)
{
	int order = compare_length(s, day, k);
	switch (k->op) {
	case COMPARE_NONE: return true;
	case COMPARE_OVER: return order > 0;
	case COMPARE_AT_LEAST: return order >= 0;
	case COMPARE_UNDER: return order < 0;
	case COMPARE_AT_MOST: return order <= 0;
	}
	return false;
}

static bool joins(const Spell *earlier, const Spell *later, int64_t gap_days)
{
	return earlier->kind == later->kind &&
	       (earlier->ends == DATE_NONE || (int64_t)later->starts - earlier->ends - 1 <= gap_days);
}

size_t spell_join(Spell *spells, size_t n, int64_t gap_days, Date day)
{
	size_t kept = 0;
	for (size_t i = 0; i < n && spells[i].starts <= day; i++) {
		size_t k = kept;
		while (k > 0 && !joins(&spells[k - 1], &spells[i], gap_days))
			k--;
		if (k == 0) {
			spells[kept++] = spells[i];
		} else if (spells[k - 1].ends != DATE_NONE &&
			   (spells[i].ends == DATE_NONE || spells[i].ends > spells[k - 1].ends)) {
			spells[k - 1].ends = spells[i].ends;
		}
	}
	return kept;
}

bool spell_in_group(PlacementKind kind, PlacementGroup group)
{
	switch (group) {
	case GROUP_ANY: return true;
	case GROUP_JOB: return kind == PLACEMENT_FLEKSJOB || kind == PLACEMENT_ORDINARY;
	case GROUP_FLEKSJOB: return kind == PLACEMENT_FLEKSJOB;
	case GROUP_ORDINARY: return kind == PLACEMENT_ORDINARY;
	case GROUP_WAGE_SUBSIDY: return kind == PLACEMENT_WAGE_SUBSIDY;
	case GROUP_INTERNSHIP: return kind == PLACEMENT_INTERNSHIP;
	}
	return false;
}
