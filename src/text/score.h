/* score: which documents answer a query, and in what order.
 *
 * Knows nothing of where postings are kept: a PostingSource gives those of a key,
 * from memory (index.h) or from rows of a database. A posting carries what scoring
 * needs, so that no document is looked at.
 *
 * A document's score is the sum, over the keys that the query's words have, of
 *     weight · idf · tf (k1 + 1) / (tf + k1)
 *     idf = ln(1 + (N - df + 0.5) / (df + 0.5))
 *     tf  = Σ over fields of field weight · count / (1 - b + b · length / mean length)
 * (BM25F: Robertson & Zaragoza 2009, Foundations and Trends in IR 3:333–389, with
 * k1 = 1.2 and b = 0.75 as there). N documents, df of them with the key. A word is
 * looked for by its stem (weight 1), as it is written, as a part of compounds, and,
 * where it is a compound, by its parts (SCORE_… below). Every quotation must be
 * found. Documents with equal scores come in the order of the source's documents.
 */
#ifndef TEXT_SCORE_H
#define TEXT_SCORE_H

#include "base/ctx.h"
#include "text/query.h"

enum { FIELDS_MOST = 4 };

typedef enum { KEY_WORD, KEY_STEM, KEY_PART, KEY_KINDS } KeyKind;

/* A document's field with the key in it. */
typedef struct {
	uint32_t document; /* from 0 */
	uint32_t field;
	uint32_t count;  /* how often */
	uint32_t length; /* the field's words */
	uint32_t place;  /* KEY_WORD: where its places begin in Postings.places, `count` of them, rising */
} Posting;

typedef struct {
	const Posting *at; /* by document, then field */
	size_t n;
	const uint32_t *places; /* the words' numbers in their field */
} Postings;

typedef struct {
	void *of;
	uint32_t documents;
	size_t fields;
	double weights[FIELDS_MOST], mean_lengths[FIELDS_MOST];
	/* None where the key stands in no document. */
	Err (*find)(Ctx *c, void *of, KeyKind kind, Str key, Postings *out);
	/* At most `most` words (KEY_WORD) that begin so, in the order of their letters. */
	Err (*begin_with)(Ctx *c, void *of, Str prefix, size_t most, Str *words, size_t *n);
} PostingSource;

typedef struct {
	uint32_t document;
	double score; /* above 0 */
} Hit;

typedef struct {
	Hit *at; /* the best first */
	size_t n;
} Hits;

/* All that answers, in c->arena. Errors are the source's. */
Err score_query(Ctx *c, const PostingSource *source, const Query *q, Hits *out) MUST_USE;

#endif
