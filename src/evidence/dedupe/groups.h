/* groups: connected records, unless joining them is impossible.
 *
 * If A is B and B is C, then A is C; one wrong pair so makes a whole group wrong.
 * Pairs are therefore joined surest first, and a pair does not join two groups
 * some of whose members exclude each other: they contradict by rule
 * (rules_contradict), or one channel brought both, and a channel does not hold
 * one work twice. Pairs of equal score are taken in the order of the records.
 *
 * A group knows its DOI and which sources it has, so that these are asked of all
 * members; other contradictions are looked for among GROUPS_LOOK_MOST of each
 * side. The smaller group goes over into the larger, so that n records are joined
 * in O(n log n).
 */
#ifndef EVIDENCE_DEDUPE_GROUPS_H
#define EVIDENCE_DEDUPE_GROUPS_H

#include "evidence/dedupe/compare.h"

/* Members compared on each side when two groups are joined: those that came first. */
enum { GROUPS_LOOK_MOST = 24 };

typedef struct {
	uint32_t next;   /* member of the same group; itself at the end */
	uint32_t head;   /* the member its group is called by */
	uint32_t last;   /* of the list that begins with it; of heads only, as what follows */
	uint32_t count;  /* members */
	uint32_t lowest; /* the first of them in the file */
	uint64_t doi;    /* of those that have one; 0: none has */
} Grouped;

typedef struct {
	Grouped *at;       /* by record */
	uint64_t *sources; /* head and source of each group as one number; 0: free */
	size_t source_count, source_slots;
} Groups;

/* Every record alone. */
Groups groups_new(Arena *a, const Record *records, uint32_t n);

typedef enum {
	GROUPS_JOINED,
	GROUPS_ONE_ALREADY,
	GROUPS_REFUSED /* members exclude each other; nothing is changed */
} GroupsJoin;

/* Joins the groups of a and b. *why, where that is refused: English, N_(). */
GroupsJoin groups_join(Arena *arena, Groups *g, const Words *words, const Record *records, uint32_t a, uint32_t b,
		       const char **why);
#endif
