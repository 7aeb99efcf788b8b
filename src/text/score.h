/* score: which documents answer a query, and in what order.
 *
 * A document's score is the sum, over the keys that the query's words have, of
 *     weight · idf · tf (k1 + 1) / (tf + k1)
 *     idf = ln(1 + (N - df + 0.5) / (df + 0.5))
 *     tf  = Σ over fields of field weight · count / (1 - b + b · length / mean length)
 * (BM25F: Robertson & Zaragoza 2009, Foundations and Trends in IR 3:333–389, with
 * k1 = 1.2 and b = 0.75 as there). N documents, df of them with the key. A word is
 * looked for by its stem (weight 1), as it is written, as a part of compounds, and,
 * where it is a compound, by its parts (…_weight in score.c). Every quotation must
 * be found. Nothing but the postings decides (posting.h), so that the same documents
 * have the same scores wherever and in however many pieces they are kept.
 */
#ifndef TEXT_SCORE_H
#define TEXT_SCORE_H

#include "text/posting.h"
#include "text/query.h"

typedef struct {
	uint32_t document;
	double score; /* above 0 */
} Hit;

/* Is handed what answers, by document, in batches. Valid during the call. */
typedef struct {
	Err (*take)(void *arg, const Hit *at, size_t n);
	void *arg;
} HitSink;

/* All that answers and has the facet (KEY_FACET; none: any). Takes the memory of the postings as they
 * are kept. Errors are the source's and the sink's. */
Err score_query(Ctx *c, const PostingSource *source, const Query *q, Str facet, HitSink sink) MUST_USE;

/* A sink that keeps all: { hits_take, &hits }. */
typedef struct {
	Arena *arena;
	Hit *at;
	size_t n, room;
} Hits;

Err hits_take(void *hits, const Hit *at, size_t n);

/* The best hits there have been, `room` of them at most, in a heap with the worst on top. */
typedef struct {
	Hit *at;
	size_t n, room;
} BestHits;

BestHits best_hits(Arena *a, size_t most);
void best_hits_take(BestHits *best, const Hit *hit);
/* The best first; those with equal scores in the order of their documents. Afterwards none may be taken. */
void best_hits_sort(BestHits *best);

#endif
