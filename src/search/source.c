#include "search/source.h"

#include "text/page.h"

enum { BATCH = 512 };

static Err broken(Ctx *c, const DatabaseSource *s)
{
	return fail(c, ERR_DB, "search index: a page of collection %lld is broken", (long long)s->collection->id);
}

bool source_is_gone(const DatabaseSource *s, uint32_t document)
{
	return s->gone != NULL && document < s->collection->numbers &&
	       (s->gone[document / 64] >> document % 64 & 1) != 0;
}

static size_t drop_gone(const DatabaseSource *s, Posting *at, size_t n)
{
	size_t kept = 0;
	if (s->gone == NULL)
		return n;
	for (size_t i = 0; i < n; i++)
		if (!source_is_gone(s, at[i].document))
			at[kept++] = at[i];
	return kept;
}

/* The postings of one entry, in batches. */
static Err give(Ctx *c, const DatabaseSource *s, const Entry *e, uint32_t first, PostingSink sink)
{
	Posting at[BATCH];
	PostingReader r = posting_reader(e->postings, first);
	for (size_t n; (n = posting_next(&r, at, BATCH)) > 0;) {
		if (at[n - 1].document >= s->collection->numbers)
			return broken(c, s);
		Postings batch = { at, drop_gone(s, at, n), NULL };
		if (batch.n > 0)
			RETURN_IF_ERR(sink.take(sink.arg, &batch));
	}
	return r.broken ? broken(c, s) : OK;
}

/* The same at once, with places. */
static Err give_with_places(Ctx *c, const DatabaseSource *s, const Entry *e, uint32_t first, PostingSink sink)
{
	size_t room = e->postings.len / 2, places = e->places.len;
	Posting *at = ARENA_ARRAY(c->arena, room, Posting);
	uint32_t *placed = ARENA_ARRAY(c->arena, places, uint32_t);
	PostingReader r = posting_reader(e->postings, first);
	size_t n = posting_next(&r, at, room);
	if (r.broken || r.rest.len > 0 || (n > 0 && at[n - 1].document >= s->collection->numbers) ||
	    !posting_places(e->places, at, n, placed, places))
		return broken(c, s);
	Postings all = { at, drop_gone(s, at, n), placed };
	return all.n > 0 ? sink.take(sink.arg, &all) : OK;
}

typedef struct {
	Ctx *c;
	const DatabaseSource *source;
	Str key;
	bool with_places;
	PostingSink sink;
} Find;

static Err find_in_page(void *arg, const SearchBody *page)
{
	const Find *f = arg;
	PageReader r = page_reader(page->body);
	Entry e;
	int order = -1;
	while (order < 0 && page_next(&r, &e))
		order = str_cmp(e.key, f->key);
	if (r.broken)
		return broken(f->c, f->source);
	if (order != 0)
		return OK;
	return f->with_places ? give_with_places(f->c, f->source, &e, (uint32_t)page->first, f->sink)
			      : give(f->c, f->source, &e, (uint32_t)page->first, f->sink);
}

static Err find(Ctx *c, void *of, KeyKind kind, Str key, bool with_places, PostingSink sink)
{
	const DatabaseSource *s = of;
	char room[PAGE_KEY_MOST];
	Find f = { c, s, page_key(kind, key, room), with_places, sink };
	return search_pages_with(c, s->collection->id, f.key, find_in_page, &f);
}

/* Entries of one segment from `from` on, while they begin with it; `take` ends it by `*enough`. */
static Err walk(Ctx *c, const DatabaseSource *s, const SearchSegment *segment, Str from,
		Err (*take)(void *arg, const SearchSegment *segment, const Entry *e, bool *enough), void *arg)
{
	SearchPlace page;
	bool enough = false;
	Err e = search_page_at(c, s->collection->id, segment->id, from, &page);
	if (e == ERR_NOT_FOUND)
		e = search_page_next(c, s->collection->id, segment->id, from, -1, &page);
	for (; e == OK && !enough;
	     e = search_page_next(c, s->collection->id, segment->id, page.first_key, page.piece, &page)) {
		PageReader r = page_reader(page.body);
		for (Entry entry; !enough && page_next(&r, &entry);) {
			if (str_cmp(entry.key, from) < 0)
				continue;
			enough = !str_starts(entry.key, from);
			if (!enough)
				RETURN_IF_ERR(take(arg, segment, &entry, &enough));
		}
		if (r.broken)
			return broken(c, s);
		if (enough)
			return OK;
	}
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err walk_all(Ctx *c, const DatabaseSource *s, KeyKind kind, Str prefix,
		    Err (*take)(void *arg, const SearchSegment *segment, const Entry *e, bool *enough), void *arg)
{
	SearchSegmentList all;
	char room[PAGE_KEY_MOST];
	Str from = page_key(kind, prefix, room);
	RETURN_IF_ERR(search_segments(c, s->collection->id, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].state == SEGMENT_READY)
			RETURN_IF_ERR(walk(c, s, &all.at[i], from, take, arg));
	return OK;
}

static Err take_word(void *arg, const SearchSegment *segment, const Entry *e, bool *enough)
{
	const WordSink *sink = arg;
	(void)segment;
	return sink->take(sink->arg, page_key_text(e->key), enough);
}

static Err words(Ctx *c, void *of, Str prefix, WordSink sink)
{
	return walk_all(c, of, KEY_VOCABULARY, prefix, take_word, &sink);
}

typedef struct {
	Ctx *c;
	const DatabaseSource *source;
	FacetSink sink;
	Str value;
} Facets;

static Err take_facet_batch(void *arg, const Postings *batch)
{
	const Facets *f = arg;
	return f->sink.take(f->sink.arg, f->value, batch);
}

static Err take_facet(void *arg, const SearchSegment *segment, const Entry *e, bool *enough)
{
	Facets *f = arg;
	(void)enough;
	f->value = page_key_text(e->key);
	return give(f->c, f->source, e, (uint32_t)segment->first, (PostingSink){ take_facet_batch, f });
}

Err source_facets(Ctx *c, const DatabaseSource *s, Str prefix, FacetSink sink)
{
	Facets f = { c, s, sink, STR_NONE };
	return walk_all(c, s, KEY_FACET, prefix, take_facet, &f);
}

static Err take_gone(Ctx *c, DatabaseSource *s)
{
	SearchGoneList gone;
	RETURN_IF_ERR(search_gone_list(c, s->collection->id, INT_NONE, &gone));
	if (gone.n == 0)
		return OK;
	s->gone = ARENA_ARRAY(c->arena, (size_t)s->collection->numbers / 64 + 1, uint64_t);
	for (size_t i = 0; i < gone.n; i++)
		s->gone[gone.at[i].document / 64] |= (uint64_t)1 << gone.at[i].document % 64;
	return OK;
}

Err source_open(Ctx *c, const SearchCollection *in, const SearchCollectionRow *row, DatabaseSource *of,
		PostingSource *out)
{
	const int64_t words_in[FIELDS_MOST] = { row->words_0, row->words_1, row->words_2, row->words_3 };
	*of = (DatabaseSource){ .collection = row };
	*out = (PostingSource){ .of = of,
				.documents = (uint32_t)row->documents,
				.numbers = (uint32_t)row->numbers,
				.fields = in->fields,
				.find = find,
				.words = words };
	for (size_t i = 0; i < in->fields; i++) {
		out->weights[i] = in->weights[i];
		out->mean_lengths[i] = row->documents > 0 ? (double)words_in[i] / (double)row->documents : 0;
	}
	return take_gone(c, of);
}
