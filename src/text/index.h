/* index: documents in memory, to be searched.
 *
 * Documents are numbered in the order in which they are added; a document's fields
 * are added in the order of their numbers, a field in as many pieces as one likes
 * (a phrase does not reach from one piece to the next). Lives in its arena, grows
 * with what is added, belongs to one thread.
 */
#ifndef TEXT_INDEX_H
#define TEXT_INDEX_H

#include "text/page.h"
#include "text/score.h"

typedef struct Index Index;

/* With a weight for each of `fields` fields (at most FIELDS_MOST). */
Index *index_new(Arena *a, size_t fields, const double *weights);
Analyser *index_analyser(const Index *x);

/* The number of the document that what is added from now on belongs to. */
uint32_t index_add_document(Index *x);
/* Valid UTF-8. */
void index_add_text(Index *x, uint32_t field, Str text);

/* A value of the document that is no text (KEY_FACET); each once. */
void index_add_facet(Index *x, Str value);
/* How many words the field has in all documents. */
uint64_t index_words(Index *x, uint32_t field);

/* What score_query reads: valid until something is added. */
PostingSource index_source(Index *x);
/* All keys as pages of a segment whose first document is 0. */
Err index_put_pages(Ctx *c, Index *x, PageWriter *to) MUST_USE;

#endif
