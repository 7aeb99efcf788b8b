/* source: an index in the database as a PostingSource. For search.c alone. */
#ifndef SEARCH_SOURCE_H
#define SEARCH_SOURCE_H

#include "search/search.h"
#include "search_sql.h"

typedef struct {
	const SearchCollectionRow *collection;
	uint64_t *gone; /* a bit for each number whose document is no more; NULL: none */
} DatabaseSource;

Err source_open(Ctx *c, const SearchCollection *in, const SearchCollectionRow *row, DatabaseSource *of,
		PostingSource *out) MUST_USE;
bool source_is_gone(const DatabaseSource *s, uint32_t document);

/* Every facet that begins so with its documents, once for every segment it stands in. */
typedef struct {
	Err (*take)(void *arg, Str value, const Postings *batch);
	void *arg;
} FacetSink;
Err source_facets(Ctx *c, const DatabaseSource *s, Str prefix, FacetSink sink) MUST_USE;

#endif
