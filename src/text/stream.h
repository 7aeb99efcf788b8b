/* stream: a key's postings one after another, without the documents that are no more. */
#ifndef TEXT_STREAM_H
#define TEXT_STREAM_H

#include "text/page.h"

enum { STREAM_BATCH = 256 };

typedef struct {
	const PostingSource *source;
	const PostingList *list;
	PostingReader reader;
	size_t run; /* the next one's number */
	Posting batch[STREAM_BATCH];
	size_t at, n;
	uint32_t last; /* document that was read */
	bool broken;
} Stream;

void stream_init(Stream *s, const PostingSource *source, const PostingList *list);
/* Reads more, when `at` has come to `n`. False: none is left, or they are broken. */
bool stream_more(Stream *s);

/* The next posting, which stream_skip passes; NULL: none is left, or what follows is broken. */
static inline const Posting *stream_peek(Stream *s)
{
	return s->at < s->n || stream_more(s) ? &s->batch[s->at] : NULL;
}
static inline void stream_skip(Stream *s)
{
	s->at++;
}

/* How many documents the list has. DB: it is broken. */
Err stream_count(Ctx *c, const PostingSource *source, const PostingList *list, size_t *n) MUST_USE;
/* All of it with places, in c->arena. DB: it is broken. */
Err stream_collect(Ctx *c, const PostingSource *source, const PostingList *list, Postings *out) MUST_USE;
Err stream_broken(Ctx *c) MUST_USE;

#endif
