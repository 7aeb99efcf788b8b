#include "text/score.h"

#include "text/stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double k1 = 1.2, b = 0.75;
/* Beside the stem's 1: the very form; a compound with the word in it; a part of the word that is asked for. */
static const double word_weight = 0.4, in_compound_weight = 0.6, part_weight = 0.3;
enum { PREFIX_WORDS_MOST = 64, BLOCK = 4096, LENGTHS = 256 };

/* A key that counts. */
typedef struct {
	PostingList list;
	Stream stream;
	double factor; /* weight · idf · (k1 + 1) */
} Key;

/* Documents that a hit must be one of, by their numbers. */
typedef struct {
	const uint32_t *at;
	size_t n, next;
} Filter;

typedef struct {
	Ctx *c;
	const PostingSource *source;
	Key **keys;
	size_t key_count, key_room;
	Filter filters[QUERY_WORDS_MOST + 1];
	size_t filter_count;
	double norms[FIELDS_MOST][LENGTHS]; /* what one occurrence counts in a field of so many words */
	double scores[BLOCK];               /* of the documents that are looked at */
	Hit hits[BLOCK];
} Scoring;

static double norm_of(const PostingSource *source, uint32_t field, uint32_t length)
{
	double mean = source->mean_lengths[field];
	return source->weights[field] / (1 - b + b * (mean > 0 ? length / mean : 1));
}

static double frequency(const Scoring *s, const Posting *p)
{
	double norm = p->length < LENGTHS ? s->norms[p->field][p->length] : norm_of(s->source, p->field, p->length);
	return norm * p->count;
}

static Err add_key(Scoring *s, KeyKind kind, Str text, double weight)
{
	Key *key = ARENA_NEW(s->c->arena, Key);
	size_t documents = 0;
	RETURN_IF_ERR(s->source->find(s->c, s->source->of, kind, text, &key->list));
	RETURN_IF_ERR(stream_count(s->c, s->source, &key->list, &documents));
	if (documents == 0)
		return OK;
	double df = (double)documents, n = s->source->documents;
	key->factor = weight * log(1 + (n - df + 0.5) / (df + 0.5)) * (k1 + 1);
	stream_init(&key->stream, s->source, &key->list);
	s->keys = arena_grown(s->c->arena, s->keys, s->key_count, 1, &s->key_room, sizeof *s->keys);
	s->keys[s->key_count++] = key;
	return OK;
}

/* The first words that begin so, by their letters, each once. */
typedef struct {
	Arena *arena;
	Str at[PREFIX_WORDS_MOST + 1];
	size_t n;
} PrefixWords;

static Err take_prefix_word(void *arg, Str word, bool *enough)
{
	PrefixWords *words = arg;
	size_t i = words->n;
	while (i > 0 && str_cmp(words->at[i - 1], word) > 0)
		i--;
	*enough = i == PREFIX_WORDS_MOST;
	if (*enough || (i > 0 && str_eq(words->at[i - 1], word)))
		return OK;
	memmove(&words->at[i + 1], &words->at[i], (words->n - i) * sizeof words->at[0]);
	words->at[i] = str_dup(words->arena, word);
	words->n = words->n < PREFIX_WORDS_MOST ? words->n + 1 : PREFIX_WORDS_MOST;
	return OK;
}

static Err add_prefix(Scoring *s, Str prefix)
{
	PrefixWords words = { .arena = s->c->arena };
	RETURN_IF_ERR(s->source->words(s->c, s->source->of, prefix, (WordSink){ take_prefix_word, &words }));
	for (size_t i = 0; i < words.n; i++)
		RETURN_IF_ERR(add_key(s, KEY_WORD, words.at[i], 1));
	return OK;
}

static Err add_word(Scoring *s, const QueryWord *q)
{
	const Word *w = q->word;
	if (q->prefix)
		return add_prefix(s, w->folded);
	RETURN_IF_ERR(add_key(s, KEY_WORD, w->folded, word_weight));
	RETURN_IF_ERR(add_key(s, KEY_STEM, w->stem, 1));
	RETURN_IF_ERR(add_key(s, KEY_PART, w->stem, in_compound_weight));
	for (size_t i = 0; i < w->part_count; i++) {
		RETURN_IF_ERR(add_key(s, KEY_STEM, w->parts[i], part_weight));
		RETURN_IF_ERR(add_key(s, KEY_PART, w->parts[i], part_weight));
	}
	return OK;
}

static int by_field(const Posting *a, const Posting *p)
{
	if (a->document != p->document)
		return a->document < p->document ? -1 : 1;
	return (a->field > p->field) - (a->field < p->field);
}

/* The posting of the same document and field; NULL: there is none. */
static const Posting *same_field(const Postings *in, const Posting *as)
{
	size_t low = 0, high = in->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = by_field(&in->at[middle], as);
		if (order == 0)
			return &in->at[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static int by_number(const void *x, const void *y)
{
	const uint32_t *left = x, *right = y;
	return (*left > *right) - (*left < *right);
}

/* Is the phrase's word `k` of each list in its place, behind one of the first word's? */
static bool side_by_side(const Postings *words, size_t n, const Posting *first)
{
	for (uint32_t i = 0; i < first->count; i++) {
		uint32_t start = words[0].places[first->place + i];
		size_t k = 1;
		for (; k < n; k++) {
			const Posting *p = same_field(&words[k], first);
			uint32_t wanted = start + (uint32_t)k;
			if (p == NULL ||
			    bsearch(&wanted, words[k].places + p->place, p->count, sizeof wanted, by_number) == NULL)
				break;
		}
		if (k == n)
			return true;
	}
	return false;
}

/* The documents in which the phrase stands. */
static Err add_phrase(Scoring *s, const Query *q, int phrase)
{
	Postings words[QUERY_WORDS_MOST];
	size_t n = 0, found = 0;
	for (size_t i = 0; i < q->n; i++)
		if (q->words[i].phrase == phrase) {
			PostingList list;
			Str word = q->words[i].word->folded;
			RETURN_IF_ERR(s->source->find(s->c, s->source->of, KEY_WORD, word, &list));
			RETURN_IF_ERR(stream_collect(s->c, s->source, &list, &words[n++]));
		}
	uint32_t *at = ARENA_ARRAY(s->c->arena, n > 0 ? words[0].n : 0, uint32_t);
	for (size_t i = 0; n > 0 && i < words[0].n; i++) {
		const Posting *p = &words[0].at[i];
		if ((found == 0 || at[found - 1] != p->document) && side_by_side(words, n, p))
			at[found++] = p->document;
	}
	s->filters[s->filter_count++] = (Filter){ at, found, 0 };
	return OK;
}

static Err add_facet(Scoring *s, Str facet)
{
	PostingList list;
	size_t n = 0, documents = 0;
	Stream *stream = ARENA_NEW(s->c->arena, Stream);
	RETURN_IF_ERR(s->source->find(s->c, s->source->of, KEY_FACET, facet, &list));
	RETURN_IF_ERR(stream_count(s->c, s->source, &list, &documents));
	uint32_t *at = ARENA_ARRAY(s->c->arena, documents, uint32_t);
	stream_init(stream, s->source, &list);
	for (const Posting *p; n < documents && (p = stream_peek(stream)) != NULL; stream_skip(stream))
		if (n == 0 || at[n - 1] != p->document)
			at[n++] = p->document;
	s->filters[s->filter_count++] = (Filter){ at, n, 0 };
	return OK;
}

/* What the key gives the documents from `first` on, `behind` not among them. */
static void score_key(Scoring *s, Key *key, uint32_t first, uint64_t behind)
{
	const Posting *p = stream_peek(&key->stream);
	while (p != NULL && p->document < behind) {
		uint32_t document = p->document;
		double tf = 0;
		for (; p != NULL && p->document == document; p = stream_peek(&key->stream)) {
			tf += frequency(s, p);
			stream_skip(&key->stream);
		}
		s->scores[document - first] += key->factor * tf / (tf + k1);
	}
}

static bool passes(Filter *f, uint32_t document)
{
	while (f->next < f->n && f->at[f->next] < document)
		f->next++;
	return f->next < f->n && f->at[f->next] == document;
}

static Err give_block(Scoring *s, uint32_t first, HitSink sink)
{
	size_t n = 0;
	for (uint32_t i = 0; i < BLOCK; i++) {
		bool answers = s->scores[i] > 0;
		for (size_t f = 0; answers && f < s->filter_count; f++)
			answers = passes(&s->filters[f], first + i);
		if (answers)
			s->hits[n++] = (Hit){ first + i, s->scores[i] };
	}
	return n > 0 ? sink.take(sink.arg, s->hits, n) : OK;
}

/* The block of the first document that a key still has; false: none has one, or postings are broken. */
static bool next_block(Scoring *s, uint32_t *first, bool *broken)
{
	bool any = false;
	for (size_t i = 0; i < s->key_count; i++) {
		const Posting *p = stream_peek(&s->keys[i]->stream);
		*broken = *broken || s->keys[i]->stream.broken;
		if (p != NULL && (!any || p->document < *first))
			*first = p->document;
		any = any || p != NULL;
	}
	*first -= *first % BLOCK;
	return any && !*broken;
}

static Err score_blocks(Scoring *s, HitSink sink)
{
	uint32_t first = 0;
	bool broken = false;
	while (next_block(s, &first, &broken)) {
		memset(s->scores, 0, sizeof s->scores);
		for (size_t i = 0; i < s->key_count; i++)
			score_key(s, s->keys[i], first, (uint64_t)first + BLOCK);
		RETURN_IF_ERR(give_block(s, first, sink));
	}
	return broken ? stream_broken(s->c) : OK;
}

Err score_query(Ctx *c, const PostingSource *source, const Query *q, Str facet, HitSink sink)
{
	Scoring *s = ARENA_NEW(c->arena, Scoring);
	s->c = c;
	s->source = source;
	for (uint32_t f = 0; f < source->fields; f++)
		for (uint32_t i = 0; i < LENGTHS; i++)
			s->norms[f][i] = norm_of(source, f, i);
	for (size_t i = 0; i < q->n; i++)
		RETURN_IF_ERR(add_word(s, &q->words[i]));
	for (int phrase = 1; phrase <= q->phrases; phrase++)
		RETURN_IF_ERR(add_phrase(s, q, phrase));
	if (!str_is_empty(facet))
		RETURN_IF_ERR(add_facet(s, facet));
	return score_blocks(s, sink);
}

static int by_score(const void *x, const void *y)
{
	const Hit *left = x, *right = y;
	if (left->score != right->score)
		return left->score > right->score ? -1 : 1;
	return (left->document > right->document) - (left->document < right->document);
}

Err hits_take(void *hits, const Hit *at, size_t n)
{
	Hits *h = hits;
	h->at = arena_grown(h->arena, h->at, h->n, n, &h->room, sizeof *h->at);
	memcpy(h->at + h->n, at, n * sizeof *at);
	h->n += n;
	return OK;
}

BestHits best_hits(Arena *a, size_t most)
{
	return (BestHits){ ARENA_ARRAY(a, most, Hit), 0, most };
}

static void swap(Hit *a, Hit *c)
{
	Hit h = *a;
	*a = *c;
	*c = h;
}

static void rise(Hit *at, size_t i)
{
	for (; i > 0 && by_score(&at[i], &at[(i - 1) / 2]) > 0; i = (i - 1) / 2)
		swap(&at[i], &at[(i - 1) / 2]);
}

static void sink_down(Hit *at, size_t n)
{
	for (size_t i = 0;;) {
		size_t worst = i, left = 2 * i + 1, right = left + 1;
		if (left < n && by_score(&at[left], &at[worst]) > 0)
			worst = left;
		if (right < n && by_score(&at[right], &at[worst]) > 0)
			worst = right;
		if (worst == i)
			return;
		swap(&at[i], &at[worst]);
		i = worst;
	}
}

void best_hits_take(BestHits *best, const Hit *hit)
{
	if (best->n < best->room) {
		best->at[best->n] = *hit;
		rise(best->at, best->n++);
	} else if (best->n > 0 && by_score(hit, &best->at[0]) < 0) {
		best->at[0] = *hit;
		sink_down(best->at, best->n);
	}
}

void best_hits_sort(BestHits *best)
{
	qsort(best->at, best->n, sizeof *best->at, by_score);
}
