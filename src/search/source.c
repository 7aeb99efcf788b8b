#include "search/source.h"

#include "text/page.h"

static Err broken(Ctx *c, const SearchCollectionRow *collection)
{
	return fail(c, ERR_DB, "search index: a page of collection %lld is broken", (long long)collection->id);
}

typedef struct {
	Ctx *c;
	const SearchCollectionRow *collection;
	Str key;
	PostingList *out;
} Find;

static Err find_in_page(void *arg, const SearchBody *page)
{
	const Find *f = arg;
	Arena *a = f->c->arena;
	PageReader r = page_reader(page->body);
	Entry e;
	int order = -1;
	while (order < 0 && page_next(&r, &e))
		order = str_cmp(e.key, f->key);
	if (r.broken)
		return broken(f->c, f->collection);
	if (order != 0)
		return OK;
	PostingList *out = f->out;
	out->at = arena_grown(a, out->at, out->n, 1, &out->room, sizeof *out->at);
	out->at[out->n++] = (PostingRun){ str_dup(a, e.postings), str_dup(a, e.places), (uint32_t)page->first };
	return OK;
}

static Err find(Ctx *c, void *of, KeyKind kind, Str key, PostingList *out)
{
	const SearchCollectionRow *collection = of;
	char room[PAGE_KEY_MOST];
	Find f = { c, collection, page_key(kind, key, room), out };
	*out = (PostingList){ 0 };
	return search_pages_with(c, collection->id, f.key, find_in_page, &f);
}

/* Entries of one segment from `from` on, while they begin with it; `take` ends it by `*enough`. */
static Err walk(Ctx *c, const SearchCollectionRow *collection, const SearchSegment *segment, Str from,
		Err (*take)(void *arg, const SearchSegment *segment, const Entry *e, bool *enough), void *arg)
{
	SearchPlace page;
	bool enough = false;
	Err e = search_page_at(c, collection->id, segment->id, from, &page);
	if (e == ERR_NOT_FOUND)
		e = search_page_next(c, collection->id, segment->id, from, -1, &page);
	for (; e == OK && !enough;
	     e = search_page_next(c, collection->id, segment->id, page.first_key, page.piece, &page)) {
		PageReader r = page_reader(page.body);
		for (Entry entry; !enough && page_next(&r, &entry);) {
			if (str_cmp(entry.key, from) < 0)
				continue;
			enough = !str_starts(entry.key, from);
			if (!enough)
				RETURN_IF_ERR(take(arg, segment, &entry, &enough));
		}
		if (r.broken)
			return broken(c, collection);
		if (enough)
			return OK;
	}
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err walk_all(Ctx *c, const SearchCollectionRow *collection, KeyKind kind, Str prefix,
		    Err (*take)(void *arg, const SearchSegment *segment, const Entry *e, bool *enough), void *arg)
{
	SearchSegmentList all;
	char room[PAGE_KEY_MOST];
	Str from = page_key(kind, prefix, room);
	RETURN_IF_ERR(search_segments(c, collection->id, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].state == SEGMENT_READY)
			RETURN_IF_ERR(walk(c, collection, &all.at[i], from, take, arg));
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

static Err take_facet(void *arg, const SearchSegment *segment, const Entry *e, bool *enough)
{
	const FacetSink *sink = arg;
	PostingRun run = { e->postings, e->places, (uint32_t)segment->first };
	(void)enough;
	return sink->take(sink->arg, page_key_text(e->key), &run);
}

Err source_facets(Ctx *c, const PostingSource *source, Str prefix, FacetSink sink)
{
	return walk_all(c, source->of, KEY_FACET, prefix, take_facet, &sink);
}

/* The documents that are no more. */
static Err read_gone(Ctx *c, const SearchCollectionRow *collection, const uint64_t **out)
{
	SearchGoneList gone;
	RETURN_IF_ERR(search_gone_list(c, collection->id, INT_NONE, &gone));
	if (gone.n == 0)
		return OK;
	uint64_t *bits = ARENA_ARRAY(c->arena, (size_t)collection->numbers / 64 + 1, uint64_t);
	for (size_t i = 0; i < gone.n; i++)
		bits[gone.at[i].document / 64] |= (uint64_t)1 << gone.at[i].document % 64;
	*out = bits;
	return OK;
}

Err source_open(Ctx *c, const SearchCollection *in, const SearchCollectionRow *row, PostingSource *out)
{
	const int64_t words_in[FIELDS_MOST] = { row->words_0, row->words_1, row->words_2, row->words_3 };
	*out = (PostingSource){ .of = (void *)(uintptr_t)row,
				.documents = (uint32_t)row->documents,
				.numbers = (uint32_t)row->numbers,
				.fields = in->fields,
				.find = find,
				.words = words };
	for (size_t i = 0; i < in->fields; i++) {
		out->weights[i] = in->weights[i];
		out->mean_lengths[i] = row->documents > 0 ? (double)words_in[i] / (double)row->documents : 0;
	}
	return read_gone(c, row, &out->gone);
}
