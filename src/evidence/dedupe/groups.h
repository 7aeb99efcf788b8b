/* groups: connected records, unless joining them is impossible.
 *
 * If A is B and B is C, then A is C; one wrong pair so makes a whole group wrong.
 * Pairs are therefore joined surest first, and a pair does not join two groups
 * some of whose members exclude each other: they contradict by rule
 * (rules_contradict), or one channel brought both, and a channel does not hold
 * one work twice. Pairs of equal score are taken in the order of the records.
 */
#ifndef EVIDENCE_DEDUPE_GROUPS_H
#define EVIDENCE_DEDUPE_GROUPS_H

#include "evidence/dedupe/compare.h"

/* Members compared on each side when two groups are joined: the first ones. Sources are asked of all members. */
enum { GROUPS_LOOK_MOST = 24 };

typedef struct {
	uint32_t n;
	uint32_t *first; /* of each record's group */
	uint32_t *next;  /* member of the same group; itself at the end */
	uint32_t *last;  /* by first member */
	uint32_t *count; /* by first member */
} Groups;

/* Every record alone. */
Groups groups_new(Arena *a, uint32_t n);
typedef enum {
	GROUPS_JOINED,
	GROUPS_ONE_ALREADY,
	GROUPS_REFUSED /* members exclude each other; nothing is changed */
} GroupsJoin;

/* Joins the groups of a and b. *why, where that is refused: English, N_(). */
GroupsJoin groups_join(Groups *g, const Words *words, const Record *records, uint32_t a, uint32_t b, const char **why);
/* Why the two cannot be one; NULL: nothing speaks against it. */
const char *groups_exclude(const Words *words, const Record *a, const Record *b);

#endif
