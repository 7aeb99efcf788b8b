#include "evidence/dedupe/groups.h"

#include "evidence/dedupe/rules.h"

Groups groups_new(Arena *a, uint32_t n)
{
	Groups g = { n, ARENA_ARRAY(a, n, uint32_t), ARENA_ARRAY(a, n, uint32_t), ARENA_ARRAY(a, n, uint32_t),
		     ARENA_ARRAY(a, n, uint32_t) };
	for (uint32_t i = 0; i < n; i++) {
		g.first[i] = g.next[i] = g.last[i] = i;
		g.count[i] = 1;
	}
	return g;
}

static const char same_source[] = N_("The same source has both");

const char *groups_exclude(const Words *words, const Record *a, const Record *b)
{
	if (a->source != 0 && a->source == b->source)
		return same_source;
	Comparison c = compare_records(words, a, b);
	return rules_contradict(&c);
}

/* Of all members: a list that has a work twice means two. */
static bool share_a_source(const Groups *g, const Record *records, uint32_t x, uint32_t y)
{
	for (uint32_t n = 0, i = x; n < g->count[x]; n++, i = g->next[i]) {
		if (records[i].source == 0)
			continue;
		for (uint32_t k = 0, j = y; k < g->count[y]; k++, j = g->next[j])
			if (records[i].source == records[j].source)
				return true;
	}
	return false;
}

/* Why members of two groups exclude each other; NULL: none of those looked at do, of which no two are of one source. */
static const char *first_exclusion(const Groups *g, const Words *words, const Record *records, uint32_t x, uint32_t y)
{
	if (share_a_source(g, records, x, y))
		return same_source;
	uint32_t i = x;
	for (uint32_t n = 0; n < g->count[x] && n < GROUPS_LOOK_MOST; n++, i = g->next[i]) {
		uint32_t j = y;
		for (uint32_t k = 0; k < g->count[y] && k < GROUPS_LOOK_MOST; k++, j = g->next[j]) {
			const char *why = groups_exclude(words, &records[i], &records[j]);
			if (why != NULL)
				return why;
		}
	}
	return NULL;
}

GroupsJoin groups_join(Groups *g, const Words *words, const Record *records, uint32_t a, uint32_t b, const char **why)
{
	uint32_t x = g->first[a] < g->first[b] ? g->first[a] : g->first[b];
	uint32_t y = g->first[a] < g->first[b] ? g->first[b] : g->first[a];
	if (x == y)
		return GROUPS_ONE_ALREADY;
	*why = first_exclusion(g, words, records, x, y);
	if (*why != NULL)
		return GROUPS_REFUSED;
	for (uint32_t k = 0, j = y; k < g->count[y]; k++, j = g->next[j])
		g->first[j] = x;
	g->next[g->last[x]] = y;
	g->last[x] = g->last[y];
	g->count[x] += g->count[y];
	return GROUPS_JOINED;
}
