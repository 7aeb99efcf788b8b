/* source: an index in the database as a PostingSource. For search.c alone. */
#ifndef SEARCH_SOURCE_H
#define SEARCH_SOURCE_H

#include "search/search.h"
#include "search_sql.h"

/* `row` outlives it. */
Err source_open(Ctx *c, const SearchCollection *in, const SearchCollectionRow *row, PostingSource *out) MUST_USE;

/* Every facet that begins so, once for every piece it stands in. */
typedef struct {
	Err (*take)(void *arg, Str value, const PostingRun *run);
	void *arg;
} FacetSink;
Err source_facets(Ctx *c, const PostingSource *source, Str prefix, FacetSink sink) MUST_USE;

#endif
