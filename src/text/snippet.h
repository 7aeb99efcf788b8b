/* snippet: the piece of a text that shows why it was found.
 *
 * SNIPPET_WORDS words in a row with as many different words of the query in them
 * as can be, those that are asked for marked. It is cut between words, never in a
 * letter; where text is left out stands "…".
 */
#ifndef TEXT_SNIPPET_H
#define TEXT_SNIPPET_H

#include "base/buf.h"
#include "text/query.h"

enum { SNIPPET_WORDS = 24 };

/* Adds the piece to `out`; white space in it becomes one blank. How many different words it shows; where none of
 * them stands in the text it is the beginning. Valid UTF-8. */
size_t snippet_put(Analyser *an, const Query *q, Str text, Str open, Str close, Buf *out);

#endif
