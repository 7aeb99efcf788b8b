#include "text/index.h"

#include "text/distance.h"

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
	uint32_t *sorted; /* words' terms by their letters, made when asked for */
	size_t sorted_count;
	/* The field being added. */
	uint32_t field, place, length;
	size_t *field_terms; /* those with a posting in it */
	size_t field_count, field_room;
};

enum { FIRST_TERMS = 1 << 8, PIECE_GAP = 64 };

/* `at` with room for one more element behind `n`. */
static void *grown(Arena *a, void *at, size_t n, size_t *room, size_t size, size_t first)
{
	if (n < *room)
		return at;
	size_t wider = *room == 0 ? first : *room * 2;
	void *to = arena_array(a, wider, size);
	if (n > 0)
		memcpy(to, at, n * size);
	*room = wider;
	return to;
}

Index *index_new(Arena *a, size_t fields, const double *weights)
{
	assert(fields <= FIELDS_MOST);
	Index *x = ARENA_NEW(a, Index);
	x->arena = a;
	x->analyser = analyse_new(a);
	x->fields = fields;
	memcpy(x->weights, weights, fields * sizeof *weights);
	x->slot_count = FIRST_TERMS * 2;
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
	x->terms = grown(x->arena, x->terms, x->term_count, &x->term_room, sizeof *x->terms, FIRST_TERMS);
	x->terms[x->term_count++] = (Term){ .text = text, .hash = hash, .kind = kind };
	*slot = (uint32_t)x->term_count;
	if (x->term_count * 2 > x->slot_count)
		widen_slots(x);
	return (uint32_t)x->term_count - 1;
}

static const WordTerms *terms_of(Index *x, const Word *w)
{
	while (w->id >= x->of_words_room)
		x->of_words = grown(x->arena, x->of_words, x->of_words_room, &x->of_words_room, sizeof *x->of_words,
				    FIRST_TERMS);
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
		t->postings = grown(x->arena, t->postings, t->n, &t->room, sizeof *t->postings, 2);
		last = &t->postings[t->n++];
		*last = (Posting){ .document = x->documents - 1, .field = x->field, .place = (uint32_t)t->places_n };
		x->field_terms = grown(x->arena, x->field_terms, x->field_count, &x->field_room, sizeof *x->field_terms,
				       FIRST_TERMS);
		x->field_terms[x->field_count++] = term;
	}
	last->count++;
	if (t->kind == KEY_WORD) {
		t->places = grown(x->arena, t->places, t->places_n, &t->places_room, sizeof *t->places, 2);
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

static bool has_key(const Index *x, KeyKind kind, Str key)
{
	return *slot_of(x, kind, key, hash_of(kind, key)) != 0;
}

static Err find(Ctx *c, void *of, KeyKind kind, Str key, Postings *out)
{
	const Index *x = of;
	uint32_t term = *slot_of(x, kind, key, hash_of(kind, key));
	(void)c;
	*out = (Postings){ 0 };
	if (term != 0)
		*out = (Postings){ x->terms[term - 1].postings, x->terms[term - 1].n, x->terms[term - 1].places };
	return OK;
}

static int by_text(const void *a, const void *b, void *of)
{
	const Index *x = of;
	const uint32_t *left = a, *right = b;
	return str_cmp(x->terms[*left].text, x->terms[*right].text);
}

static void sort_words(Index *x)
{
	if (x->sorted != NULL)
		return;
	x->sorted = ARENA_ARRAY(x->arena, x->term_count, uint32_t);
	x->sorted_count = 0;
	for (uint32_t i = 0; i < x->term_count; i++)
		if (x->terms[i].kind == KEY_WORD)
			x->sorted[x->sorted_count++] = i;
	qsort_r(x->sorted, x->sorted_count, sizeof *x->sorted, by_text, x);
}

static Err begin_with(Ctx *c, void *of, Str prefix, size_t most, Str *words, size_t *n)
{
	Index *x = of;
	(void)c;
	sort_words(x);
	size_t low = 0, high = x->sorted_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (str_cmp(x->terms[x->sorted[middle]].text, prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*n = 0;
	for (; low < x->sorted_count && *n < most && str_starts(x->terms[x->sorted[low]].text, prefix); low++)
		words[(*n)++] = x->terms[x->sorted[low]].text;
	return OK;
}

PostingSource index_source(Index *x)
{
	PostingSource source = {
		.of = x, .documents = x->documents, .fields = x->fields, .find = find, .begin_with = begin_with
	};
	end_field(x);
	for (size_t i = 0; i < x->fields; i++) {
		source.weights[i] = x->weights[i];
		source.mean_lengths[i] = x->documents > 0 ? (double)x->lengths[i] / x->documents : 0;
	}
	return source;
}

Str index_suggest(Index *x, const Word *w)
{
	enum { SHORT_LETTERS = 4 };
	if (w->known || has_key(x, KEY_WORD, w->folded) || has_key(x, KEY_STEM, w->stem))
		return STR_NONE;
	Spelling asked = spelling_of(w->folded);
	int most = asked.n <= SHORT_LETTERS ? 1 : 2;
	const Term *best = NULL;
	sort_words(x);
	for (size_t i = 0; i < x->sorted_count; i++) {
		const Term *t = &x->terms[x->sorted[i]];
		Spelling spelled = spelling_of(t->text);
		int far = spelling_distance(&asked, &spelled, most);
		if (far <= most && (best == NULL || far < most || t->n > best->n)) {
			best = t;
			most = far;
		}
	}
	return best == NULL ? STR_NONE : best->text;
}
