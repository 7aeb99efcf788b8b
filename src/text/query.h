/* query: what a person asks for.
 *
 * Words, in any order; "words in quotation marks" that must stand side by side as
 * they are written; a word* that may go on. Nothing that is typed is refused: what
 * is no word is passed over, a quotation mark that is not closed lasts to the end.
 * Small words ("til", "med") are passed over too, unless nothing else is asked for
 * or they are quoted. Words belong to the analyser.
 */
#ifndef TEXT_QUERY_H
#define TEXT_QUERY_H

#include "text/analyse.h"

enum { QUERY_WORDS_MOST = 32 }; /* further ones are passed over */

typedef struct {
	const Word *word;
	bool prefix; /* words that begin so */
	int phrase;  /* the number of its quotation, from 1; 0: none */
} QueryWord;

typedef struct {
	QueryWord words[QUERY_WORDS_MOST];
	size_t n;
	int phrases;
} Query;

/* Valid UTF-8. */
void query_parse(Analyser *an, Str text, Query *out);

/* Does the query ask for the word: itself, its stem, one of its parts, or it for a part of what is asked for? */
bool query_asks_for(const Query *q, const Word *w);

#endif
