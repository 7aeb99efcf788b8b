/* suggest: the word that was probably meant. */
#ifndef TEXT_SUGGEST_H
#define TEXT_SUGGEST_H

#include "text/posting.h"
#include "text/query.h"

/* The word of the documents that was meant: at most two letters away (missing, too many, another, two in the wrong
 * order; one in words of up to four letters), the nearest, of those the one that most documents have, of those the
 * first by its letters. None: the word stands in a document, is a Danish one all the same, or nothing is near. */
Err suggest_word(Ctx *c, const PostingSource *source, const Word *w, Str *out) MUST_USE;

/* Misspelt words of the query give way to those that were probably meant; what is quoted or goes on stays as it is.
 * written[i] is what stood in place of words[i]; none: the same. */
Err suggest_for_query(Ctx *c, const PostingSource *source, Analyser *an, Query *q,
		      Str written[QUERY_WORDS_MOST]) MUST_USE;

#endif
