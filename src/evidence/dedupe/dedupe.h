/* dedupe: which records of a file are the same work, or the same project.
 *
 * Records come from several channels (databases, agencies, informants) and are
 * written in as many ways. Each goes through five steps, a file each:
 *
 *   normalise, record   what a field says once case, accents, abbreviations,
 *                       HTML and municipal reforms are forgotten
 *   block               pairs worth comparing, by several keys; bounded
 *   compare             how alike the two are, field by field
 *   rules, weights      same, doubtful or different, and why: rules one can
 *                       read where there are bibliographic fields, Fellegi and
 *                       Sunter's weights where there are none
 *   groups              connected records, unless joining them is impossible
 *
 * A wrong merge loses a record, a missed one costs somebody a glance: what is
 * not certain goes to the queue `maybe`. The same input gives the same output,
 * whatever the order of its columns. Everything lives in c->arena and belongs to
 * one thread. Time grows with n log n: every block is bounded (block.h).
 */
#ifndef EVIDENCE_DEDUPE_DEDUPE_H
#define EVIDENCE_DEDUPE_DEDUPE_H

#include "base/ctx.h"

typedef enum {
	DEDUPE_ID,
	DEDUPE_TITLE,
	DEDUPE_YEAR,
	DEDUPE_AUTHOR, /* "Last, First and Last, F", "Last F, Last F", "First Last; …" */
	DEDUPE_PAGES,
	DEDUPE_VOLUME,
	DEDUPE_NUMBER,
	DEDUPE_JOURNAL,
	DEDUPE_DOI,
	DEDUPE_ABSTRACT,
	DEDUPE_BOOKTITLE,
	DEDUPE_OWNER,
	DEDUPE_MUNICIPALITY, /* names, before or after the reform of 2007 */
	DEDUPE_FUNDER,
	DEDUPE_PERIOD,
	DEDUPE_SOURCE, /* which channel or database brought it */
	DEDUPE_FIELDS
} DedupeField;

/* "ID", "title", … as columns are called; in the order of DedupeField. */
extern const char *const dedupe_fields[DEDUPE_FIELDS];

enum { DEDUPE_RECORDS_MOST = 1000000, DEDUPE_DOUBTS_MOST = 10 };

/* As written; what is not known is STR_NONE or empty. Valid UTF-8. */
typedef struct {
	Str field[DEDUPE_FIELDS];
} DedupeRecord;

/* Two records, a before b, by their places in the input. */
typedef struct {
	uint32_t a, b;
	double score;       /* in [0, 1]; how sure, for sorting: a rule's fixed number, or a probability */
	Str reason;         /* in the user's language */
	const double *bits; /* what each of dedupe_weighed said for (above 0) or against it; NULL: a rule of print */
} DedupePair;

/* The columns that are weighed where there are no bibliographic fields. */
enum { DEDUPE_WEIGHED = 8 };
extern const DedupeField dedupe_weighed[DEDUPE_WEIGHED];

typedef struct {
	uint32_t *members; /* rising */
	uint32_t count;    /* at least 2 */
} DedupeGroup;

typedef struct {
	DedupeGroup *groups; /* by first member */
	size_t group_count;
	DedupePair *pairs; /* the surest that hold the groups together, one fewer than members; by a, then b */
	size_t pair_count;
	DedupePair *maybe; /* for somebody to look at; surest first, at most DEDUPE_DOUBTS_MOST for one a */
	size_t maybe_count;
	size_t compared; /* pairs looked at, for measuring */
} DedupeResult;

/* LIMIT: more than DEDUPE_RECORDS_MOST records. */
Err dedupe_find(Ctx *c, const DedupeRecord *records, size_t n, DedupeResult *out) MUST_USE;

#endif
