/* graph: sorted forms as the acyclic graph of text/lexicon.h. */
#ifndef WORDS2C_GRAPH_H
#define WORDS2C_GRAPH_H

#include "text/lexicon.h"

typedef struct Graph Graph;

Graph *graph_new(Arena *a);
/* Forms in the order of their bytes, each once; `packed` by lexicon_pack, never 0. */
void graph_add(Graph *g, Str form, uint16_t packed);
/* The finished graph, `*edges` edges of it; lives in the arena. */
Lexicon graph_end(Graph *g, size_t *edges);

#endif
