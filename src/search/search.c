#include "search/search.h"

#include "base/utf8.h"
#include "search/keep.h"
#include "search/source.h"
#include "text/index.h"
#include "text/stream.h"
#include "text/suggest.h"

#include <stdlib.h>

/* The collection's row; a new one when there is none. */
static Err open_collection(Ctx *c, const SearchCollection *in, SearchCollectionRow *out)
{
	Err e = search_collection_get(c, str_of(in->name), out);
	if (e != ERR_NOT_FOUND)
		return e;
	*out = (SearchCollectionRow){ .name = str_of(in->name), .analysis = ANALYSIS_VERSION };
	RETURN_IF_ERR(search_collection_next(c, &out->id));
	return search_collection_insert(c, out);
}

static void count_document(SearchCollectionRow *collection, const SearchDocument *d, int64_t more)
{
	collection->documents += more;
	collection->words_0 += more * d->words_0;
	collection->words_1 += more * d->words_1;
	collection->words_2 += more * d->words_2;
	collection->words_3 += more * d->words_3;
}

/* The record's document, if there is one, is no more. */
static Err drop_document(Ctx *c, SearchCollectionRow *collection, Uuid record)
{
	SearchDocument old;
	Err e = search_document_of(c, collection->id, record, &old);
	if (e != OK)
		return e == ERR_NOT_FOUND ? OK : e;
	count_document(collection, &old, -1);
	RETURN_IF_ERR(search_document_delete(c, collection->id, old.document));
	return search_gone_insert(c, collection->id, old.document);
}

static Err index_record(Ctx *c, const SearchCollection *in, const SearchRecord *record, Index *x)
{
	(void)index_add_document(x);
	for (size_t i = 0; i < record->facet_count; i++) {
		if (record->facets[i].len >= PAGE_KEY_MOST)
			return fail(c, ERR_LIMIT, "search index: a facet has %d bytes or more", PAGE_KEY_MOST);
		index_add_facet(x, record->facets[i]);
	}
	for (uint32_t i = 0; i < in->fields; i++) {
		if (record->texts[i].len > SEARCH_TEXT_MOST)
			return fail(c, ERR_LIMIT, "search index: a text has more than %d bytes", SEARCH_TEXT_MOST);
		index_add_text(x, i, record->texts[i]);
	}
	return OK;
}

/* The record as a document, in place of the one it was. */
static Err put_document(Ctx *c, const SearchCollection *in, SearchCollectionRow *collection, const SearchRecord *record,
			Index *x)
{
	int64_t before[FIELDS_MOST], more[FIELDS_MOST];
	for (uint32_t i = 0; i < FIELDS_MOST; i++)
		before[i] = (int64_t)index_words(x, i);
	RETURN_IF_ERR(drop_document(c, collection, record->record));
	RETURN_IF_ERR(index_record(c, in, record, x));
	for (uint32_t i = 0; i < FIELDS_MOST; i++)
		more[i] = (int64_t)index_words(x, i) - before[i];
	SearchDocument d = { .collection = collection->id,
			     .document = collection->numbers++,
			     .record = record->record,
			     .words_0 = more[0],
			     .words_1 = more[1],
			     .words_2 = more[2],
			     .words_3 = more[3] };
	count_document(collection, &d, 1);
	return search_document_insert(c, &d);
}

/* The level of a segment of so many documents: as if they had been put one by one. */
static int64_t level_of(size_t documents)
{
	int64_t level = 0;
	for (; documents >= FAN; documents /= FAN)
		level++;
	return level;
}

Err search_put(Ctx *c, const SearchCollection *in, const SearchRecord *records, size_t n)
{
	SearchCollectionRow collection;
	SegmentWriter w;
	Index *x = index_new(c->arena, in->fields, in->weights);
	RETURN_IF_ERR(open_collection(c, in, &collection));
	SearchSegment segment = { .collection = collection.id,
				  .id = collection.segments++,
				  .level = level_of(n),
				  .state = SEGMENT_READY,
				  .first = collection.numbers,
				  .documents = (int64_t)n,
				  .merge = INT_NONE,
				  .resume = STR_NONE };
	for (size_t i = 0; i < n; i++)
		RETURN_IF_ERR(put_document(c, in, &collection, &records[i], x));
	segment_writer_init(c, &w, collection.id, segment.id);
	RETURN_IF_ERR(index_put_pages(c, x, &w.writer));
	segment.bytes = w.writer.bytes;
	RETURN_IF_ERR(search_segment_insert(c, &segment));
	collection.owed += segment.bytes * WORK_FACTOR;
	RETURN_IF_ERR(keep_work(c, &collection));
	return search_collection_update(c, &collection);
}

Err search_remove(Ctx *c, const SearchCollection *in, Uuid record)
{
	SearchCollectionRow collection;
	RETURN_IF_ERR(open_collection(c, in, &collection));
	RETURN_IF_ERR(drop_document(c, &collection, record));
	return search_collection_update(c, &collection);
}

/* What answers: counted, noted by a bit for each document where facets are counted, and the best of it. */
typedef struct {
	int64_t total;
	uint64_t *noted;
	BestHits best;
} Answers;

static Err take_hits(void *arg, const Hit *at, size_t n)
{
	Answers *answers = arg;
	answers->total += (int64_t)n;
	for (size_t i = 0; i < n; i++) {
		if (answers->noted != NULL)
			answers->noted[at[i].document / 64] |= (uint64_t)1 << at[i].document % 64;
		best_hits_take(&answers->best, &at[i]);
	}
	return OK;
}

/* Facets of what answers, as they come: by segment, then value. */
typedef struct {
	Ctx *c;
	const PostingSource *source;
	const uint64_t *noted;
	Stream stream;
	SearchFacet *at;
	size_t n, room;
} Counting;

static Err count_facet(void *arg, Str value, const PostingRun *run)
{
	Counting *counting = arg;
	PostingRun one = *run;
	const PostingList list = { &one, 1, 1 };
	int64_t count = 0;
	stream_init(&counting->stream, counting->source, &list);
	for (const Posting *p; (p = stream_peek(&counting->stream)) != NULL; stream_skip(&counting->stream))
		count += counting->noted[p->document / 64] >> p->document % 64 & 1;
	if (counting->stream.broken)
		return stream_broken(counting->c);
	SearchFacet *last = counting->n > 0 ? &counting->at[counting->n - 1] : NULL;
	if (count > 0 && (last == NULL || !str_eq(last->value, value))) {
		counting->at = arena_grown(counting->c->arena, counting->at, counting->n, 1, &counting->room,
					   sizeof *counting->at);
		last = &counting->at[counting->n++];
		*last = (SearchFacet){ str_dup(counting->c->arena, value), 0 };
	}
	if (count > 0)
		last->count += count;
	return OK;
}

static int by_value(const void *a, const void *b)
{
	const SearchFacet *left = a, *right = b;
	return str_cmp(left->value, right->value);
}

static int by_count(const void *a, const void *b)
{
	const SearchFacet *left = a, *right = b;
	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	return by_value(a, b);
}

static Err count_facets(Ctx *c, const PostingSource *source, Str prefix, const Answers *answers, SearchAnswer *out)
{
	if (answers->noted == NULL || answers->total == 0)
		return OK;
	Counting *counting = ARENA_NEW(c->arena, Counting);
	counting->c = c;
	counting->source = source;
	counting->noted = answers->noted;
	RETURN_IF_ERR(source_facets(c, source, prefix, (FacetSink){ count_facet, counting }));
	size_t n = 0;
	SearchFacet *at = counting->at;
	if (counting->n == 0)
		return OK;
	qsort(at, counting->n, sizeof *at, by_value);
	for (size_t i = 0; i < counting->n; i++) {
		if (n > 0 && str_eq(at[n - 1].value, at[i].value))
			at[n - 1].count += at[i].count;
		else
			at[n++] = at[i];
	}
	qsort(at, n, sizeof *at, by_count);
	out->facets = at;
	out->facet_count = n;
	return OK;
}

/* The records of the page that is asked for. */
static Err take_page(Ctx *c, int64_t collection, size_t skip, Answers *answers, SearchAnswer *out)
{
	BestHits *best = &answers->best;
	best_hits_sort(best);
	out->total = answers->total;
	out->n = best->n > skip ? best->n - skip : 0;
	out->records = ARENA_ARRAY(c->arena, out->n, Uuid);
	out->scores = ARENA_ARRAY(c->arena, out->n, double);
	for (size_t i = 0; i < out->n; i++) {
		const Hit *hit = &best->at[skip + i];
		RETURN_IF_ERR(search_document_record(c, collection, hit->document, &out->records[i]));
		out->scores[i] = hit->score;
	}
	return OK;
}

Err search_find(Ctx *c, const SearchCollection *in, const SearchAsk *ask, SearchAnswer *out)
{
	SearchCollectionRow collection;
	PostingSource source;
	*out = (SearchAnswer){ .analyser = analyse_new(c->arena) };
	query_parse(out->analyser, utf8_beginning(ask->text, SEARCH_ASKED_MOST), &out->query);
	Err e = search_collection_get(c, str_of(in->name), &collection);
	if (e != OK)
		return e == ERR_NOT_FOUND ? OK : e;
	RETURN_IF_ERR(source_open(c, in, &collection, &source));
	RETURN_IF_ERR(suggest_for_query(c, &source, out->analyser, &out->query, out->written));
	size_t numbers = (size_t)collection.numbers, page = ask->most < numbers ? ask->most : numbers;
	Answers answers = { .best = best_hits(c->arena, (ask->skip < numbers ? ask->skip : numbers) + page) };
	if (!str_is_empty(ask->counts))
		answers.noted = ARENA_ARRAY(c->arena, numbers / 64 + 1, uint64_t);
	RETURN_IF_ERR(score_query(c, &source, &out->query, ask->facet, (HitSink){ take_hits, &answers }));
	RETURN_IF_ERR(count_facets(c, &source, ask->counts, &answers, out));
	return take_page(c, collection.id, ask->skip, &answers, out);
}
