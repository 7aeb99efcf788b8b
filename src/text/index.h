/* index: documents in memory, to be searched.
 *
 * Documents are numbered in the order in which they are added; a document's fields
 * are added in the order of their numbers, a field in as many pieces as one likes
 * (a phrase does not reach from one piece to the next). Lives in its arena, grows
 * with what is added, belongs to one thread.
 */
#ifndef TEXT_INDEX_H
#define TEXT_INDEX_H

#include "text/score.h"

typedef struct Index Index;

/* With a weight for each of `fields` fields (at most FIELDS_MOST). */
Index *index_new(Arena *a, size_t fields, const double *weights);
Analyser *index_analyser(const Index *x);

/* The number of the document that what is added from now on belongs to. */
uint32_t index_add_document(Index *x);
/* Valid UTF-8. */
void index_add_text(Index *x, uint32_t field, Str text);

/* What score_query reads: valid until something is added. */
PostingSource index_source(Index *x);

/* The word of the index that was probably meant: at most two letters away (missing, too many, another, two in the
 * wrong order; one in words of up to four letters), the nearest, of those the one that most fields have, of those the
 * first by its letters. None: the word stands in the index, is a Danish one all the
 * same, or nothing is near. */
Str index_suggest(Index *x, const Word *w);

#endif
