#include "text/index.h"

#include "text/page.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A key and its postings. */
typedef struct {
	Str text;
	uint64_t hash;
	KeyKind kind;
	Posting *postings;
	uint32_t *places;
	size_t n, room, places_n, places_room;
} Term;

/* The terms of a word, so that none is looked up twice. */
typedef struct {
	uint32_t word, stem, parts[WORD_PARTS_MOST];
	bool known;
} WordTerms;

struct Index {
	Arena *arena;
	Analyser *analyser;
	size_t fields;
	double weights[FIELDS_MOST];
	uint64_t lengths[FIELDS_MOST]; /* words in all documents */
	uint32_t documents;
	Term *terms;
	size_t term_count, term_room;
	uint32_t *slots; /* term + 1 by hash; a power of two */
	size_t slot_count;
	WordTerms *of_words; /* by the word's id */
	size_t of_words_room;
	uint32_t *sorted; /* terms by kind and text, made when asked for */
	size_t sorted_words;
	/* The field being added. */
	uint32_t field, place, length;
	size_t *field_terms; /* those with a posting in it */
	size_t field_count, field_room;
};

enum { FIRST_SLOTS = 1 << 9, PIECE_GAP = 64 };

Index *index_new(Arena *a, size_t fields, const double *weights)
{
	assert(fields <= FIELDS_MOST);
	Index *x = ARENA_NEW(a, Index);
	x->arena = a;
	x->analyser = analyse_new(a);
	x->fields = fields;
	memcpy(x->weights, weights, fields * sizeof *weights);
	x->slot_count = FIRST_SLOTS;
	x->slots = ARENA_ARRAY(a, x->slot_count, uint32_t);
	return x;
}

Analyser *index_analyser(const Index *x)
{
	return x->analyser;
}

static uint64_t hash_of(KeyKind kind, Str text)
{
	return str_hash_quick(text) * 31 + kind;
}

static uint32_t *slot_of(const Index *x, KeyKind kind, Str text, uint64_t hash)
{
	size_t i = hash & (x->slot_count - 1);
	while (x->slots[i] != 0) {
		const Term *t = &x->terms[x->slots[i] - 1];
		if (t->hash == hash && t->kind == kind && str_eq(t->text, text))
			break;
		i = (i + 1) & (x->slot_count - 1);
	}
	return &x->slots[i];
}

static void widen_slots(Index *x)
{
	x->slot_count *= 4;
	x->slots = ARENA_ARRAY(x->arena, x->slot_count, uint32_t);
	for (size_t i = 0; i < x->term_count; i++)
		*slot_of(x, x->terms[i].kind, x->terms[i].text, x->terms[i].hash) = (uint32_t)i + 1;
}

/* `text` lives as long as the index. */
static uint32_t term_of(Index *x, KeyKind kind, Str text)
{
	uint64_t hash = hash_of(kind, text);
	uint32_t *slot = slot_of(x, kind, text, hash);
	if (*slot != 0)
		return *slot - 1;
	x->terms = arena_grown(x->arena, x->terms, x->term_count, 1, &x->term_room, sizeof *x->terms);
	x->terms[x->term_count++] = (Term){ .text = text, .hash = hash, .kind = kind };
	*slot = (uint32_t)x->term_count;
	if (x->term_count * 2 > x->slot_count)
		widen_slots(x);
	return (uint32_t)x->term_count - 1;
}

static const WordTerms *terms_of(Index *x, const Word *w)
{
	if (w->id >= x->of_words_room)
		x->of_words = arena_grown(x->arena, x->of_words, x->of_words_room, w->id + 1 - x->of_words_room,
					  &x->of_words_room, sizeof *x->of_words);
	WordTerms *t = &x->of_words[w->id];
	if (t->known)
		return t;
	t->known = true;
	t->word = term_of(x, KEY_WORD, w->folded);
	t->stem = term_of(x, KEY_STEM, w->stem);
	for (size_t i = 0; i < w->part_count; i++)
		t->parts[i] = term_of(x, KEY_PART, w->parts[i]);
	return t;
}

/* One more in the field that is being added. */
static void add_posting(Index *x, uint32_t term)
{
	Term *t = &x->terms[term];
	Posting *last = t->n > 0 ? &t->postings[t->n - 1] : NULL;
	if (last == NULL || last->document != x->documents - 1 || last->field != x->field) {
		t->postings = arena_grown(x->arena, t->postings, t->n, 1, &t->room, sizeof *t->postings);
		last = &t->postings[t->n++];
		*last = (Posting){ .document = x->documents - 1, .field = x->field, .place = (uint32_t)t->places_n };
		x->field_terms = arena_grown(x->arena, x->field_terms, x->field_count, 1, &x->field_room,
					     sizeof *x->field_terms);
		x->field_terms[x->field_count++] = term;
	}
	last->count++;
	if (t->kind == KEY_WORD) {
		t->places = arena_grown(x->arena, t->places, t->places_n, 1, &t->places_room, sizeof *t->places);
		t->places[t->places_n++] = x->place;
	}
}

/* Its postings learn how long the field has become. */
static void end_field(Index *x)
{
	for (size_t i = 0; i < x->field_count; i++) {
		Term *t = &x->terms[x->field_terms[i]];
		t->postings[t->n - 1].length = x->length;
	}
	x->lengths[x->field] += x->length;
	x->field_count = 0;
	x->place = x->length = 0;
}

uint32_t index_add_document(Index *x)
{
	end_field(x);
	x->field = 0;
	x->sorted = NULL;
	return x->documents++;
}

void index_add_text(Index *x, uint32_t field, Str text)
{
	size_t at = 0;
	Str raw;
	assert(x->documents > 0 && field < x->fields && field >= x->field);
	if (field != x->field)
		end_field(x);
	x->field = field;
	for (const Word *w = analyse_next(x->analyser, text, &at, &raw); w != NULL;
	     w = analyse_next(x->analyser, text, &at, &raw)) {
		const WordTerms *t = terms_of(x, w);
		add_posting(x, t->word);
		add_posting(x, t->stem);
		for (size_t i = 0; i < w->part_count; i++)
			add_posting(x, t->parts[i]);
		x->place++;
		x->length++;
	}
	x->place += PIECE_GAP;
}

void index_add_facet(Index *x, Str value)
{
	assert(x->documents > 0);
	add_posting(x, term_of(x, KEY_FACET, str_dup(x->arena, value)));
}

uint64_t index_words(Index *x, uint32_t field)
{
	end_field(x);
	return x->lengths[field];
}

static Err find(Ctx *c, void *of, KeyKind kind, Str key, PostingList *out)
{
	enum { RUN_MOST = 1 << 30 };
	const Index *x = of;
	uint32_t slot = *slot_of(x, kind, key, hash_of(kind, key));
	*out = (PostingList){ 0 };
	if (slot == 0)
		return OK;
	const Term *t = &x->terms[slot - 1];
	Buf *postings = buf_new(c->arena, RUN_MOST), *places = buf_new(c->arena, RUN_MOST);
	uint64_t last = 0;
	posting_put(postings, places, &(Postings){ t->postings, t->n, kind == KEY_WORD ? t->places : NULL }, 0, &last);
	if (postings->failed || places->failed)
		return fail(c, ERR_LIMIT, "search index: a key has more than %d bytes", RUN_MOST);
	out->at = arena_grown(c->arena, NULL, 0, 1, &out->room, sizeof *out->at);
	out->at[out->n++] = (PostingRun){ buf_str(postings), buf_str(places), 0 };
	return OK;
}

/* By kind, then text. */
static int by_key(const void *a, const void *b, void *of)
{
	const Index *x = of;
	const uint32_t *left = a, *right = b;
	const Term *l = &x->terms[*left], *r = &x->terms[*right];
	return l->kind != r->kind ? (l->kind > r->kind) - (l->kind < r->kind) : str_cmp(l->text, r->text);
}

/* The terms in order; words are the first. */
static void sort_terms(Index *x)
{
	if (x->sorted != NULL)
		return;
	x->sorted = ARENA_ARRAY(x->arena, x->term_count, uint32_t);
	x->sorted_words = 0;
	for (uint32_t i = 0; i < x->term_count; i++) {
		x->sorted[i] = i;
		x->sorted_words += x->terms[i].kind == KEY_WORD;
	}
	qsort_r(x->sorted, x->term_count, sizeof *x->sorted, by_key, x);
}

static Err words(Ctx *c, void *of, Str prefix, WordSink sink)
{
	Index *x = of;
	bool enough = false;
	(void)c;
	sort_terms(x);
	size_t low = 0, high = x->sorted_words;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (str_cmp(x->terms[x->sorted[middle]].text, prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; !enough && low < x->sorted_words && str_starts(x->terms[x->sorted[low]].text, prefix); low++)
		RETURN_IF_ERR(sink.take(sink.arg, x->terms[x->sorted[low]].text, &enough));
	return OK;
}

PostingSource index_source(Index *x)
{
	PostingSource source = { .of = x,
				 .documents = x->documents,
				 .numbers = x->documents,
				 .fields = x->fields,
				 .find = find,
				 .words = words };
	end_field(x);
	for (size_t i = 0; i < x->fields; i++) {
		source.weights[i] = x->weights[i];
		source.mean_lengths[i] = x->documents > 0 ? (double)x->lengths[i] / x->documents : 0;
	}
	return source;
}

static Err put_term(Ctx *c, PageWriter *to, const Term *t, KeyKind kind)
{
	char room[PAGE_KEY_MOST];
	Postings all = { t->postings, kind == KEY_VOCABULARY ? 0 : t->n, t->kind == KEY_WORD ? t->places : NULL };
	page_begin(to, page_key(kind, t->text, room));
	page_add(to, &all, 0);
	return page_end(c, to);
}

Err index_put_pages(Ctx *c, Index *x, PageWriter *to)
{
	end_field(x);
	sort_terms(x);
	for (size_t i = 0; i < x->term_count; i++)
		RETURN_IF_ERR(put_term(c, to, &x->terms[x->sorted[i]], x->terms[x->sorted[i]].kind));
	for (size_t i = 0; i < x->sorted_words; i++)
		RETURN_IF_ERR(put_term(c, to, &x->terms[x->sorted[i]], KEY_VOCABULARY));
	return page_flush(c, to);
}
