#include "search/keep.h"

#include <assert.h>

static Err put_page(Ctx *c, void *arg, Str first_key, uint32_t piece, Str page)
{
	const SegmentWriter *w = arg;
	return search_page_insert(c, &(SearchPage){ .collection = w->collection,
						    .segment = w->segment,
						    .first_key = first_key,
						    .piece = piece,
						    .body = page });
}

void segment_writer_init(Ctx *c, SegmentWriter *w, int64_t collection, int64_t segment)
{
	w->collection = collection;
	w->segment = segment;
	page_writer_init(&w->writer, c->arena, put_page, w);
}

/* One of the segments that are merged, at a key. */
typedef struct {
	const SearchSegment *segment;
	SearchPlace page;
	PageReader reader;
	Entry entry;
	bool over; /* no key is left */
} Input;

typedef struct {
	Ctx *c;
	SearchSegment *to;
	Input from[FAN];
	size_t n;
	SegmentWriter writer;
	SearchGoneList gone; /* documents that are dropped, rising */
	int64_t budget;
	char last[PAGE_KEY_MOST]; /* the key that was done last */
	size_t last_len;
} Merge;

static Err broken(Ctx *c, const Input *in)
{
	return fail(c, ERR_DB, "search index: segment %lld of collection %lld is broken", (long long)in->segment->id,
		    (long long)in->segment->collection);
}

static Err next_page(Ctx *c, Input *in, Str behind, int64_t piece)
{
	Err e = search_page_next(c, in->segment->collection, in->segment->id, behind, piece, &in->page);
	in->over = e == ERR_NOT_FOUND;
	in->reader = page_reader(in->over ? STR("") : in->page.body);
	return in->over ? OK : e;
}

static Err next_entry(Ctx *c, Input *in)
{
	while (!in->over && !page_next(&in->reader, &in->entry)) {
		if (in->reader.broken)
			return broken(c, in);
		RETURN_IF_ERR(next_page(c, in, in->page.first_key, in->page.piece));
	}
	return OK;
}

/* To the first key above `resume`; none: to the first. */
static Err open_input(Ctx *c, Input *in, const SearchSegment *segment, Str resume)
{
	*in = (Input){ .segment = segment };
	if (str_is_none(resume)) {
		RETURN_IF_ERR(next_page(c, in, STR(""), -1));
		return next_entry(c, in);
	}
	Err e = search_page_at(c, segment->collection, segment->id, resume, &in->page);
	if (e == ERR_NOT_FOUND)
		e = next_page(c, in, STR(""), -1);
	else if (e == OK)
		in->reader = page_reader(in->page.body);
	RETURN_IF_ERR(e);
	do
		RETURN_IF_ERR(next_entry(c, in));
	while (!in->over && str_cmp(in->entry.key, resume) <= 0);
	return OK;
}

static bool is_gone(const Merge *m, uint32_t document)
{
	size_t low = 0, high = m->gone.n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (m->gone.at[middle].document == document)
			return true;
		if (m->gone.at[middle].document < document)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static bool loses_documents(const Merge *m, const SearchSegment *s)
{
	for (size_t i = 0; i < m->gone.n; i++)
		if (m->gone.at[i].document >= s->first && m->gone.at[i].document < s->first + s->documents)
			return true;
	return false;
}

/* The input's entry without the documents that are gone. */
static Err add_living(Merge *m, Input *in)
{
	Arena *a = m->c->arena;
	size_t room = in->entry.postings.len / 2, places = in->entry.places.len, kept = 0;
	Posting *at = ARENA_ARRAY(a, room, Posting);
	uint32_t *placed = ARENA_ARRAY(a, places, uint32_t);
	PostingReader r = posting_reader(in->entry.postings, (uint32_t)in->segment->first);
	size_t n = posting_next(&r, at, room);
	if (r.broken || r.rest.len > 0 || (places > 0 && !posting_places(in->entry.places, at, n, placed, places)))
		return broken(m->c, in);
	for (size_t i = 0; i < n; i++)
		if (!is_gone(m, at[i].document))
			at[kept++] = at[i];
	page_add(&m->writer.writer, &(Postings){ at, kept, places > 0 ? placed : NULL }, (uint32_t)m->to->first);
	return OK;
}

static Err add_entry(Merge *m, Input *in)
{
	m->budget -= (int64_t)(in->entry.key.len + in->entry.postings.len + in->entry.places.len);
	if (loses_documents(m, in->segment))
		return add_living(m, in);
	uint32_t shift = (uint32_t)(in->segment->first - m->to->first);
	return page_join(&m->writer.writer, &in->entry, shift) ? OK : broken(m->c, in);
}

/* A word of the vocabulary stays while a document has it: the merge has been at the word itself before. */
static Err word_is_left(Merge *m, Str key, bool *left)
{
	char room[PAGE_KEY_MOST];
	SearchPlace page;
	Entry entry = { 0 };
	Str word = page_key(KEY_WORD, page_key_text(key), room);
	*left = true;
	if (m->gone.n == 0)
		return OK;
	RETURN_IF_ERR(page_flush(m->c, &m->writer.writer));
	Err e = search_page_at(m->c, m->to->collection, m->to->id, word, &page);
	PageReader r = page_reader(e == OK ? page.body : STR(""));
	*left = false;
	while (!*left && page_next(&r, &entry))
		*left = str_eq(entry.key, word);
	return e == ERR_NOT_FOUND ? OK : e;
}

/* The inputs' smallest key; false: all are over. */
static bool smallest(const Merge *m, Str *key)
{
	const Input *least = NULL;
	for (size_t i = 0; i < m->n; i++)
		if (!m->from[i].over && (least == NULL || str_cmp(m->from[i].entry.key, least->entry.key) < 0))
			least = &m->from[i];
	if (least != NULL)
		*key = least->entry.key;
	return least != NULL;
}

static Err merge_key(Merge *m, Str key)
{
	PageWriter *w = &m->writer.writer;
	bool left = true;
	memcpy(m->last, key.ptr, key.len);
	m->last_len = key.len;
	key = (Str){ m->last, m->last_len };
	if (page_key_kind(key) == KEY_VOCABULARY)
		RETURN_IF_ERR(word_is_left(m, key, &left));
	page_begin(w, key);
	for (size_t i = 0; i < m->n; i++)
		while (!m->from[i].over && str_eq(m->from[i].entry.key, key)) {
			RETURN_IF_ERR(add_entry(m, &m->from[i]));
			RETURN_IF_ERR(page_part(m->c, w));
			RETURN_IF_ERR(next_entry(m->c, &m->from[i]));
		}
	return left ? page_end(m->c, w) : OK;
}

static Err finish(Merge *m)
{
	m->to->state = SEGMENT_READY;
	m->to->resume = STR_NONE;
	for (size_t i = 0; i < m->n; i++) {
		SearchSegment old = *m->from[i].segment;
		old.state = SEGMENT_LEAVING;
		old.merge = INT_NONE;
		RETURN_IF_ERR(search_segment_update(m->c, &old));
	}
	return search_gone_delete(m->c, m->to->collection, m->to->id);
}

/* Takes in keys until the budget is used; lessens it by what was done. */
static Err grow(Ctx *c, SearchSegment *to, const SearchSegmentList *all, int64_t *budget)
{
	Merge *m = ARENA_NEW(c->arena, Merge);
	Str key;
	bool over = false;
	m->c = c;
	m->to = to;
	m->budget = *budget;
	RETURN_IF_ERR(search_gone_list(c, to->collection, to->id, &m->gone));
	segment_writer_init(c, &m->writer, to->collection, to->id);
	for (size_t i = 0; i < all->n && m->n < FAN; i++)
		if (all->at[i].merge == to->id)
			RETURN_IF_ERR(open_input(c, &m->from[m->n++], &all->at[i], to->resume));
	while (m->budget > 0 && !over) {
		over = !smallest(m, &key);
		if (!over)
			RETURN_IF_ERR(merge_key(m, key));
	}
	RETURN_IF_ERR(page_flush(c, &m->writer.writer));
	to->bytes += m->writer.writer.bytes;
	if (over)
		RETURN_IF_ERR(finish(m));
	else
		to->resume = str_dup(c->arena, (Str){ m->last, m->last_len });
	*budget = m->budget;
	return search_segment_update(c, to);
}

/* The first FAN segments side by side of this level and below; false: there are not so many. */
static bool find_run(const SearchSegmentList *all, int64_t level, SearchSegment *run[FAN])
{
	size_t n = 0;
	for (size_t i = 0; i < all->n && n < FAN; i++) {
		SearchSegment *s = &all->at[i];
		if (s->state != SEGMENT_READY)
			continue;
		if (s->level <= level && s->merge == INT_NONE)
			run[n++] = s;
		else
			n = 0;
	}
	return n == FAN;
}

/* They become one of the next level. */
static Err begin(Ctx *c, SearchCollectionRow *collection, int64_t level, SearchSegment *run[FAN])
{
	SearchSegment *first = run[0], *last = run[FAN - 1];
	SearchSegment to = { .collection = collection->id,
			     .id = collection->segments++,
			     .level = level + 1,
			     .state = SEGMENT_GROWING,
			     .first = first->first,
			     .documents = last->first + last->documents - first->first,
			     .merge = INT_NONE,
			     .resume = STR_NONE };
	for (size_t i = 0; i < FAN; i++) {
		run[i]->merge = to.id;
		RETURN_IF_ERR(search_segment_update(c, run[i]));
	}
	RETURN_IF_ERR(search_gone_take(c, to.collection, to.id, to.first, to.first + to.documents));
	return search_segment_insert(c, &to);
}

/* A segment whose place another has taken: its pages go, then it. */
static Err leave(Ctx *c, const SearchSegment *s, int64_t *budget)
{
	int64_t deleted = 0, most = 1 + *budget / PAGE_BYTES;
	RETURN_IF_ERR(search_page_delete_from(c, s->collection, s->id, most, &deleted));
	*budget -= (1 + deleted) * (PAGE_BYTES / 8);
	return deleted < most ? search_segment_delete(c, s->collection, s->id) : OK;
}

/* What is to be done first: the lowest level's, since it comes round most often; to leave before growing before
 * beginning. */
static Err work_once(Ctx *c, SearchCollectionRow *collection, int64_t *budget, bool *idle)
{
	enum { LEVELS = 16 };
	SearchSegmentList all;
	SearchSegment *growing[LEVELS] = { 0 }, *leaving[LEVELS] = { 0 }, *run[FAN];
	RETURN_IF_ERR(search_segments(c, collection->id, &all));
	for (size_t i = 0; i < all.n; i++) {
		SearchSegment *s = &all.at[i];
		size_t level = s->level < LEVELS ? (size_t)s->level : LEVELS - 1;
		if (s->state == SEGMENT_LEAVING)
			leaving[level] = s;
		else if (s->state == SEGMENT_GROWING)
			growing[level] = s;
	}
	for (size_t level = 0; level + 1 < LEVELS; level++) {
		if (leaving[level] != NULL)
			return leave(c, leaving[level], budget);
		if (growing[level + 1] != NULL)
			return grow(c, growing[level + 1], &all, budget);
		if (find_run(&all, (int64_t)level, run))
			return begin(c, collection, (int64_t)level, run);
	}
	*idle = true;
	return OK;
}

Err keep_work(Ctx *c, SearchCollectionRow *collection)
{
	bool idle = false;
	if (collection->owed < WORK_BYTES)
		return OK;
	while (collection->owed > 0 && !idle)
		RETURN_IF_ERR(work_once(c, collection, &collection->owed, &idle));
	if (idle)
		collection->owed = 0;
	return OK;
}
