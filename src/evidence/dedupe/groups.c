#include "evidence/dedupe/groups.h"

#include "evidence/dedupe/rules.h"

static const char dois_contradict[] = N_("The DOIs contradict each other");
static const char same_source[] = N_("The same source has both");

/* ---- which sources a group has ---- */

static uint64_t pair_of(uint32_t head, uint32_t source)
{
	return (uint64_t)(head + 1) << 32 | source;
}

static uint64_t *slot_of(const Groups *g, uint64_t pair)
{
	size_t mask = g->source_slots - 1, i = (size_t)((pair * 0x9E3779B97F4A7C15u) >> 20) & mask;
	while (g->sources[i] != 0 && g->sources[i] != pair)
		i = (i + 1) & mask;
	return &g->sources[i];
}

static void note_source(Arena *arena, Groups *g, uint32_t head, uint32_t source)
{
	if (source == 0)
		return;
	if (g->source_count * 2 >= g->source_slots) {
		Groups wider = { .sources = ARENA_ARRAY(arena, g->source_slots * 2, uint64_t),
				 .source_slots = g->source_slots * 2 };
		for (size_t i = 0; i < g->source_slots; i++)
			if (g->sources[i] != 0)
				*slot_of(&wider, g->sources[i]) = g->sources[i];
		g->sources = wider.sources;
		g->source_slots = wider.source_slots;
	}
	*slot_of(g, pair_of(head, source)) = pair_of(head, source);
	g->source_count++;
}

/* ---- joining ---- */

Groups groups_new(Arena *a, const Record *records, uint32_t n)
{
	enum { SLOTS_FIRST = 1024 };
	Groups g = { .at = ARENA_ARRAY(a, n, Grouped), .source_slots = SLOTS_FIRST };
	g.sources = ARENA_ARRAY(a, g.source_slots, uint64_t);
	for (uint32_t i = 0; i < n; i++) {
		g.at[i] = (Grouped){ i, i, i, 1, i, records[i].doi };
		note_source(a, &g, i, records[i].source);
	}
	return g;
}

/* A list that has a work twice means two. */
static bool share_a_source(const Groups *g, const Record *records, uint32_t larger, uint32_t smaller)
{
	for (uint32_t n = 0, i = smaller; n < g->at[smaller].count; n++, i = g->at[i].next)
		if (records[i].source != 0 && *slot_of(g, pair_of(larger, records[i].source)) != 0)
			return true;
	return false;
}

/* Why members of two groups exclude each other; NULL: none of those looked at do. */
static const char *first_exclusion(const Groups *g, const Words *words, const Record *records, uint32_t larger,
				   uint32_t smaller)
{
	uint64_t x = g->at[larger].doi, y = g->at[smaller].doi;
	if (x != 0 && y != 0 && x != y)
		return dois_contradict;
	if (share_a_source(g, records, larger, smaller))
		return same_source;
	uint32_t i = larger;
	for (uint32_t n = 0; n < g->at[larger].count && n < GROUPS_LOOK_MOST; n++, i = g->at[i].next) {
		uint32_t j = smaller;
		for (uint32_t k = 0; k < g->at[smaller].count && k < GROUPS_LOOK_MOST; k++, j = g->at[j].next) {
			Comparison c = compare_records(words, &records[i], &records[j]);
			const char *why = rules_contradict(&c);
			if (why != NULL)
				return why;
		}
	}
	return NULL;
}

/* The larger; of two as large, the one that begins first in the file. */
static bool is_larger(const Grouped *x, const Grouped *y)
{
	return x->count != y->count ? x->count > y->count : x->lowest < y->lowest;
}

GroupsJoin groups_join(Arena *arena, Groups *g, const Words *words, const Record *records, uint32_t a, uint32_t b,
		       const char **why)
{
	uint32_t x = g->at[a].head, y = g->at[b].head;
	if (x == y)
		return GROUPS_ONE_ALREADY;
	uint32_t larger = is_larger(&g->at[x], &g->at[y]) ? x : y, smaller = larger == x ? y : x;
	*why = first_exclusion(g, words, records, larger, smaller);
	if (*why != NULL)
		return GROUPS_REFUSED;
	Grouped *to = &g->at[larger];
	const Grouped *from = &g->at[smaller];
	for (uint32_t k = 0, j = smaller; k < from->count; k++, j = g->at[j].next) {
		g->at[j].head = larger;
		note_source(arena, g, larger, records[j].source);
	}
	g->at[to->last].next = smaller;
	to->last = from->last;
	to->count += from->count;
	to->lowest = to->lowest < from->lowest ? to->lowest : from->lowest;
	to->doi = to->doi != 0 ? to->doi : from->doi;
	return GROUPS_JOINED;
}
