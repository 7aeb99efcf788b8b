/* keep: the segments of an index, and their merging. For search.c alone. */
#ifndef SEARCH_KEEP_H
#define SEARCH_KEEP_H

#include "search_sql.h"
#include "text/page.h"

enum {
	FAN = 16,              /* segments of a level that become one */
	WORK_BYTES = 64 << 10, /* merging begins when so much is owed */
	WORK_FACTOR = 8,       /* bytes owed for each byte put: every byte is merged once a level */
};

/* Writes the pages of one segment. */
typedef struct {
	int64_t collection, segment;
	PageWriter writer;
} SegmentWriter;

void segment_writer_init(Ctx *c, SegmentWriter *w, int64_t collection, int64_t segment);

/* Works off what the collection owes; changes it, which is stored by the caller. */
Err keep_work(Ctx *c, SearchCollectionRow *collection) MUST_USE;

#endif
