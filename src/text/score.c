#include "text/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double k1 = 1.2, b = 0.75;
/* Beside the stem's 1: the very form; a compound with the word in it; a part of the word that is asked for. */
static const double word_weight = 0.4, in_compound_weight = 0.6, part_weight = 0.3;
enum { PREFIX_WORDS_MOST = 64 };

typedef struct {
	Ctx *c;
	const PostingSource *source;
	double *scores;   /* of each document */
	uint8_t *phrases; /* how many quotations it has, from the first on */
} Scoring;

static double frequency(const PostingSource *source, const Posting *p)
{
	double mean = source->mean_lengths[p->field];
	double length = mean > 0 ? p->length / mean : 1;
	return source->weights[p->field] * p->count / (1 - b + b * length);
}

static size_t documents_in(const Postings *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		n += i == 0 || p->at[i].document != p->at[i - 1].document;
	return n;
}

static Err add_key(Scoring *s, KeyKind kind, Str key, double weight)
{
	Postings found = { 0 };
	RETURN_IF_ERR(s->source->find(s->c, s->source->of, kind, key, &found));
	double df = (double)documents_in(&found), n = s->source->documents;
	double idf = log(1 + (n - df + 0.5) / (df + 0.5));
	for (size_t i = 0; i < found.n;) {
		uint32_t document = found.at[i].document;
		double tf = 0;
		for (; i < found.n && found.at[i].document == document; i++)
			tf += frequency(s->source, &found.at[i]);
		s->scores[document] += weight * idf * tf * (k1 + 1) / (tf + k1);
	}
	return OK;
}

static Err add_prefix(Scoring *s, Str prefix)
{
	Str *words = ARENA_ARRAY(s->c->arena, PREFIX_WORDS_MOST, Str);
	size_t n = 0;
	RETURN_IF_ERR(s->source->begin_with(s->c, s->source->of, prefix, PREFIX_WORDS_MOST, words, &n));
	for (size_t i = 0; i < n; i++)
		RETURN_IF_ERR(add_key(s, KEY_WORD, words[i], 1));
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

static Err find_phrase(Scoring *s, const Query *q, int phrase)
{
	Postings words[QUERY_WORDS_MOST];
	size_t n = 0;
	for (size_t i = 0; i < q->n; i++)
		if (q->words[i].phrase == phrase) {
			words[n] = (Postings){ 0 };
			RETURN_IF_ERR(
				s->source->find(s->c, s->source->of, KEY_WORD, q->words[i].word->folded, &words[n]));
			n++;
		}
	for (size_t i = 0; n > 0 && i < words[0].n; i++) {
		const Posting *p = &words[0].at[i];
		if (s->phrases[p->document] == phrase - 1 && side_by_side(words, n, p))
			s->phrases[p->document]++;
	}
	return OK;
}

static int by_score(const void *x, const void *y)
{
	const Hit *left = x, *right = y;
	if (left->score != right->score)
		return left->score > right->score ? -1 : 1;
	return (left->document > right->document) - (left->document < right->document);
}

Err score_query(Ctx *c, const PostingSource *source, const Query *q, Hits *out)
{
	Scoring s = { c, source, ARENA_ARRAY(c->arena, source->documents, double),
		      ARENA_ARRAY(c->arena, source->documents, uint8_t) };
	for (size_t i = 0; i < q->n; i++)
		RETURN_IF_ERR(add_word(&s, &q->words[i]));
	for (int phrase = 1; phrase <= q->phrases; phrase++)
		RETURN_IF_ERR(find_phrase(&s, q, phrase));
	size_t n = 0;
	for (uint32_t i = 0; i < source->documents; i++)
		n += s.scores[i] > 0;
	*out = (Hits){ ARENA_ARRAY(c->arena, n, Hit), 0 };
	for (uint32_t i = 0; i < source->documents; i++)
		if (s.scores[i] > 0 && s.phrases[i] == q->phrases)
			out->at[out->n++] = (Hit){ i, s.scores[i] };
	qsort(out->at, out->n, sizeof *out->at, by_score);
	return OK;
}
