#include "text/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double k1 = 1.2, b = 0.75;
/* Beside the stem's 1: the very form; a compound with the word in it; a part of the word that is asked for. */
static const double word_weight = 0.4, in_compound_weight = 0.6, part_weight = 0.3;
enum { PREFIX_WORDS_MOST = 64, BLOCK = 4096, LENGTHS = 256 };

/* What BLOCK documents in a row have so far; blocks in which nothing was found are not made. */
typedef struct {
	double scores[BLOCK];
	uint8_t phrases[BLOCK]; /* how many quotations, from the first on */
} Block;

/* A document with the key that is being looked for. */
typedef struct {
	uint32_t document;
	double tf;
} Found;

typedef struct {
	Ctx *c;
	const PostingSource *source;
	Block **blocks;
	Found *found; /* of one key */
	size_t found_n, found_room;
	double norms[FIELDS_MOST][LENGTHS]; /* what one occurrence counts in a field of so many words */
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

static Err take_frequencies(void *arg, const Postings *batch)
{
	Scoring *s = arg;
	while (s->found_n + batch->n > s->found_room) {
		Found *wider = ARENA_ARRAY(s->c->arena, s->found_room * 2, Found);
		memcpy(wider, s->found, s->found_n * sizeof *wider);
		s->found = wider;
		s->found_room *= 2;
	}
	Found *last = s->found_n > 0 ? &s->found[s->found_n - 1] : NULL;
	for (size_t i = 0; i < batch->n; i++) {
		const Posting *p = &batch->at[i];
		if (last == NULL || last->document != p->document) {
			last = &s->found[s->found_n++];
			*last = (Found){ p->document, 0 };
		}
		last->tf += frequency(s, p);
	}
	return OK;
}

static Block *block_of(Scoring *s, uint32_t document)
{
	Block **block = &s->blocks[document / BLOCK];
	if (*block == NULL)
		*block = ARENA_NEW(s->c->arena, Block);
	return *block;
}

static Err add_key(Scoring *s, KeyKind kind, Str key, double weight)
{
	s->found_n = 0;
	RETURN_IF_ERR(s->source->find(s->c, s->source->of, kind, key, false, (PostingSink){ take_frequencies, s }));
	double df = (double)s->found_n, n = s->source->documents;
	double factor = weight * log(1 + (n - df + 0.5) / (df + 0.5)) * (k1 + 1);
	for (size_t i = 0; i < s->found_n; i++) {
		const Found *f = &s->found[i];
		block_of(s, f->document)->scores[f->document % BLOCK] += factor * f->tf / (f->tf + k1);
	}
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

/* All postings of a word, with their places. */
typedef struct {
	Arena *arena;
	Posting *at;
	uint32_t *places;
	size_t n, room, places_n, places_room;
} Collected;

static Err take_places(void *arg, const Postings *batch)
{
	Collected *w = arg;
	for (size_t i = 0; i < batch->n; i++) {
		const Posting *p = &batch->at[i];
		w->at = arena_grown(w->arena, w->at, w->n, 1, &w->room, sizeof *w->at);
		w->places = arena_grown(w->arena, w->places, w->places_n, p->count, &w->places_room, sizeof *w->places);
		w->at[w->n] = *p;
		w->at[w->n++].place = (uint32_t)w->places_n;
		memcpy(w->places + w->places_n, batch->places + p->place, p->count * sizeof *w->places);
		w->places_n += p->count;
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
static const Posting *same_field(const Collected *in, const Posting *as)
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
static bool side_by_side(const Collected *words, size_t n, const Posting *first)
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

static Err find_phrase(Scoring *s, const Query *q, int phrase)
{
	Collected words[QUERY_WORDS_MOST];
	size_t n = 0;
	for (size_t i = 0; i < q->n; i++)
		if (q->words[i].phrase == phrase) {
			words[n] = (Collected){ .arena = s->c->arena };
			PostingSink sink = { take_places, &words[n++] };
			Str word = q->words[i].word->folded;
			RETURN_IF_ERR(s->source->find(s->c, s->source->of, KEY_WORD, word, true, sink));
		}
	for (size_t i = 0; n > 0 && i < words[0].n; i++) {
		const Posting *p = &words[0].at[i];
		uint8_t *phrases = &block_of(s, p->document)->phrases[p->document % BLOCK];
		if (*phrases == phrase - 1 && side_by_side(words, n, p))
			++*phrases;
	}
	return OK;
}

/* The documents of a block that answer, to `hits` unless that is NULL; how many. */
static size_t answering(const Block *block, uint32_t first, int phrases, Hit *hits)
{
	size_t n = 0;
	for (uint32_t i = 0; block != NULL && i < BLOCK; i++)
		if (block->scores[i] > 0 && block->phrases[i] == phrases) {
			if (hits != NULL)
				hits[n] = (Hit){ first + i, block->scores[i] };
			n++;
		}
	return n;
}

Err score_query(Ctx *c, const PostingSource *source, const Query *q, Hits *out)
{
	size_t blocks = (source->numbers + (size_t)BLOCK - 1) / BLOCK, n = 0;
	Scoring *s = ARENA_NEW(c->arena, Scoring);
	*s = (Scoring){ .c = c, .source = source, .found_room = BLOCK };
	s->blocks = ARENA_ARRAY(c->arena, blocks, Block *);
	s->found = ARENA_ARRAY(c->arena, s->found_room, Found);
	for (uint32_t f = 0; f < source->fields; f++)
		for (uint32_t i = 0; i < LENGTHS; i++)
			s->norms[f][i] = norm_of(source, f, i);
	for (size_t i = 0; i < q->n; i++)
		RETURN_IF_ERR(add_word(s, &q->words[i]));
	for (int phrase = 1; phrase <= q->phrases; phrase++)
		RETURN_IF_ERR(find_phrase(s, q, phrase));
	for (size_t i = 0; i < blocks; i++)
		n += answering(s->blocks[i], 0, q->phrases, NULL);
	*out = (Hits){ ARENA_ARRAY(c->arena, n, Hit), 0 };
	for (size_t i = 0; i < blocks; i++)
		out->n += answering(s->blocks[i], (uint32_t)(i * BLOCK), q->phrases, out->at + out->n);
	return OK;
}

static int by_score(const void *x, const void *y)
{
	const Hit *left = x, *right = y;
	if (left->score != right->score)
		return left->score > right->score ? -1 : 1;
	return (left->document > right->document) - (left->document < right->document);
}

/* A heap of the first `n`, the worst on top: at[i] sinks to its place. */
static void sink(Hit *at, size_t n, size_t i)
{
	for (;;) {
		size_t worst = i, left = 2 * i + 1, right = left + 1;
		if (left < n && by_score(&at[left], &at[worst]) > 0)
			worst = left;
		if (right < n && by_score(&at[right], &at[worst]) > 0)
			worst = right;
		if (worst == i)
			return;
		Hit h = at[i];
		at[i] = at[worst];
		at[worst] = h;
		i = worst;
	}
}

void score_best_first(Hits *hits, size_t most)
{
	Hit *at = hits->at;
	size_t n = most < hits->n ? most : hits->n;
	for (size_t i = n / 2; i-- > 0;)
		sink(at, n, i);
	for (size_t i = n; n > 0 && i < hits->n; i++)
		if (by_score(&at[i], &at[0]) < 0) {
			Hit worse = at[0];
			at[0] = at[i];
			at[i] = worse;
			sink(at, n, 0);
		}
	qsort(at, n, sizeof *at, by_score);
}
