#include "text/stream.h"

static bool is_gone(const PostingSource *source, uint32_t document)
{
	return source->gone != NULL && (source->gone[document / 64] >> document % 64 & 1) != 0;
}

Err stream_broken(Ctx *c)
{
	return fail(c, ERR_DB, "search index: postings are broken");
}

void stream_init(Stream *s, const PostingSource *source, const PostingList *list)
{
	s->source = source;
	s->list = list;
	s->reader = posting_reader(STR(""), 0);
	s->run = s->at = s->n = 0;
	s->last = 0;
	s->broken = false;
}

/* What is left of a batch without the documents that are gone. */
static size_t living(const PostingSource *source, Posting *at, size_t n)
{
	size_t kept = 0;
	if (source->gone == NULL)
		return n;
	for (size_t i = 0; i < n; i++)
		if (!is_gone(source, at[i].document))
			at[kept++] = at[i];
	return kept;
}

bool stream_more(Stream *s)
{
	s->at = s->n = 0;
	while (s->n == 0 && !s->broken) {
		size_t n = posting_next(&s->reader, s->batch, STREAM_BATCH);
		if (n > 0) {
			s->broken = s->batch[0].document < s->last || s->batch[n - 1].document >= s->source->numbers;
			s->last = s->batch[n - 1].document;
			s->n = s->broken ? 0 : living(s->source, s->batch, n);
			continue;
		}
		s->broken = s->reader.broken;
		if (s->broken || s->run == s->list->n)
			return false;
		const PostingRun *next = &s->list->at[s->run++];
		s->reader = posting_reader(next->postings, next->first);
	}
	return s->n > 0;
}

Err stream_count(Ctx *c, const PostingSource *source, const PostingList *list, size_t *n)
{
	Stream *s = ARENA_NEW(c->arena, Stream);
	uint32_t last = 0;
	stream_init(s, source, list);
	*n = 0;
	for (const Posting *p; (p = stream_peek(s)) != NULL; stream_skip(s)) {
		*n += *n == 0 || p->document != last;
		last = p->document;
	}
	return s->broken ? stream_broken(c) : OK;
}

/* Of one run, behind what is there. */
static bool collect_run(const PostingSource *source, const PostingRun *run, Posting *at, size_t *n, uint32_t *places,
			size_t *placed)
{
	PostingReader r = posting_reader(run->postings, run->first);
	size_t read = posting_next(&r, at + *n, run->postings.len / 2);
	if (r.broken || r.rest.len > 0 || (read > 0 && at[*n + read - 1].document >= source->numbers) ||
	    !posting_places(run->places, at + *n, read, places + *placed, run->places.len))
		return false;
	for (size_t i = 0; i < read; i++)
		at[*n + i].place += (uint32_t)*placed;
	*n += living(source, at + *n, read);
	*placed += run->places.len;
	return true;
}

Err stream_collect(Ctx *c, const PostingSource *source, const PostingList *list, Postings *out)
{
	size_t room = 0, places = 0, n = 0, placed = 0;
	for (size_t i = 0; i < list->n; i++) {
		room += list->at[i].postings.len / 2;
		places += list->at[i].places.len;
	}
	Posting *at = ARENA_ARRAY(c->arena, room, Posting);
	uint32_t *all = ARENA_ARRAY(c->arena, places, uint32_t);
	for (size_t i = 0; i < list->n; i++)
		if (!collect_run(source, &list->at[i], at, &n, all, &placed))
			return stream_broken(c);
	*out = (Postings){ at, n, all };
	return OK;
}
