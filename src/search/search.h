/* search: records found by Danish words, through an index in the database.
 *
 * A SearchCollection is one kind of records (companies, projects). Inside a commit
 * job that stores a record, search_put takes its words in; the index is part of that
 * job's transaction, so that a record is found from the moment it is stored and never
 * when its job was undone. Records that are changed are put again.
 *
 * The index consists of segments (text/page.h). Records put at once are a segment;
 * FAN segments side by side are merged into one of the next level (a log-structured
 * merge tree: O'Neil et al. 1996, Acta Informatica 33:351–385), a little with every
 * put, in proportion to its size, so that no put waits long and none is forgotten.
 * What a search answers, and in what order, depends on the records alone: not on the
 * engine, nor on how far merges have come (tests/unit/search).
 *
 * Nothing that is sealed may be put: the index keeps words in clear. Tables
 * search_… belong to this room. Results live in c->arena. Threads: those of c.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "text/query.h"
#include "text/score.h"

typedef struct {
	const char *name; /* in the database, so never changed */
	size_t fields;
	double weights[FIELDS_MOST];
} SearchCollection;

enum { SEARCH_FACETS_MOST = 16, SEARCH_TEXT_MOST = 1 << 20, SEARCH_ASKED_MOST = 1000 };

typedef struct {
	Uuid record;
	Str texts[FIELDS_MOST];         /* of each field; may be none */
	Str facets[SEARCH_FACETS_MOST]; /* "municipality=751" */
	size_t facet_count;
} SearchRecord;

/* Inside a commit job, once the records' own checks are done; many at once take a tenth of the time. A record that
 * stands there is replaced. LIMIT: a text of more than SEARCH_TEXT_MOST
 * bytes, a facet of PAGE_KEY_MOST. */
Err search_put(Ctx *c, const SearchCollection *in, const SearchRecord *records, size_t n) MUST_USE;
/* Inside a commit job; OK when it is not there. */
Err search_remove(Ctx *c, const SearchCollection *in, Uuid record) MUST_USE;

typedef struct {
	Str value; /* "municipality=751" */
	int64_t count;
} SearchFacet;

typedef struct {
	Str text;   /* query.h; what is beyond SEARCH_ASKED_MOST bytes is passed over */
	Str facet;  /* only records with it; none: all */
	Str counts; /* counted by the facets that begin so, "municipality="; none: nothing is counted */
	size_t skip, most;
} SearchAsk;

typedef struct {
	Analyser *analyser;            /* for snippets */
	Query query;                   /* what was looked for: mended where a word was misspelt */
	Str written[QUERY_WORDS_MOST]; /* the misspelt word; none: it was not */
	int64_t total;
	Uuid *records; /* `n` of them from `skip` on, the best first */
	double *scores;
	size_t n;
	SearchFacet *facets; /* the most frequent first, then by value */
	size_t facet_count;
} SearchAnswer;

/* Inside a read or a commit job. Records with equal scores come in the order in which they were put last. */
Err search_find(Ctx *c, const SearchCollection *in, const SearchAsk *ask, SearchAnswer *out) MUST_USE;

#endif
