/* rules: same, doubtful or different, where there are bibliographic fields.
 *
 * The rules are a table in rules.c, read from the top; the first that fits
 * decides, and its sentence is the reason. They rest on what print is: a
 * printed work stands in one volume on one page. An abstract of a congress and
 * the article that followed share title and authors but not the place; a copy
 * in another database shares the place, whatever happened to the spelling.
 */
#ifndef EVIDENCE_DEDUPE_RULES_H
#define EVIDENCE_DEDUPE_RULES_H

#include "evidence/dedupe/compare.h"

typedef enum { VERDICT_DIFFERENT, VERDICT_MAYBE, VERDICT_SAME } Verdict;

typedef struct {
	Verdict verdict;
	double score;       /* fixed per rule, in [0, 1] */
	const char *reason; /* English, N_(); NULL: what agrees and what does not is all there is to say */
} Ruling;

Ruling rules_decide(const Comparison *c);

/* The most that weights may make of two records without such fields, whatever their probability: SAME where nothing
 * speaks against it. Sub-projects of one programme share funder, period and purpose, so that only title and
 * municipality tell them apart. */
Ruling rules_ceiling(const Comparison *c);

/* Why two records cannot be in one group (English, N_()); NULL: nothing contradicts. */
const char *rules_contradict(const Comparison *c);

#endif
