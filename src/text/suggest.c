#include "text/suggest.h"

#include "text/distance.h"
#include "text/stream.h"

enum { SHORT_LETTERS = 4, NEAR_MOST = 32 };

/* The words that are nearest so far, by their letters. */
typedef struct {
	Arena *arena;
	Spelling asked;
	uint64_t letters; /* of the word that is asked for */
	int far;          /* how far they are: at most so far are looked for */
	Str near[NEAR_MOST];
	size_t n;
} Nearest;

/* Which bytes stand in the word, by their lowest six bits. */
static uint64_t letters_of(Str word)
{
	uint64_t letters = 0;
	for (size_t i = 0; i < word.len; i++)
		letters |= (uint64_t)1 << ((unsigned char)word.ptr[i] & 63);
	return letters;
}

/* Can the words be so near? A slip brings one letter in and one out at most, each of two bytes. Most words cannot, and
 * need not be compared. */
static bool may_be_near(uint64_t a, uint64_t b, int slips)
{
	return __builtin_popcountll(a & ~b) <= 2 * slips && __builtin_popcountll(b & ~a) <= 2 * slips;
}

static Err take_word(void *arg, Str word, bool *enough)
{
	Nearest *nearest = arg;
	(void)enough;
	if (!may_be_near(nearest->letters, letters_of(word), nearest->far))
		return OK;
	Spelling spelled = spelling_of(word);
	int far = spelling_distance(&nearest->asked, &spelled, nearest->far);
	if (far > nearest->far)
		return OK;
	if (far < nearest->far)
		nearest->n = 0;
	nearest->far = far;
	size_t i = nearest->n;
	while (i > 0 && str_cmp(nearest->near[i - 1], word) > 0)
		i--;
	if (i == NEAR_MOST || (i > 0 && str_eq(nearest->near[i - 1], word)))
		return OK;
	size_t behind = (nearest->n < NEAR_MOST ? nearest->n : NEAR_MOST - 1) - i;
	for (size_t k = i + behind; k > i; k--)
		nearest->near[k] = nearest->near[k - 1];
	nearest->near[i] = str_dup(nearest->arena, word);
	nearest->n = i + behind + 1;
	return OK;
}

static Err documents_with(Ctx *c, const PostingSource *source, KeyKind kind, Str key, size_t *n)
{
	PostingList list;
	RETURN_IF_ERR(source->find(c, source->of, kind, key, &list));
	return stream_count(c, source, &list, n);
}

Err suggest_word(Ctx *c, const PostingSource *source, const Word *w, Str *out)
{
	size_t as_word, as_stem, best = 0;
	*out = STR_NONE;
	if (w->known)
		return OK;
	RETURN_IF_ERR(documents_with(c, source, KEY_WORD, w->folded, &as_word));
	RETURN_IF_ERR(documents_with(c, source, KEY_STEM, w->stem, &as_stem));
	if (as_word + as_stem > 0)
		return OK;
	Nearest *nearest = ARENA_NEW(c->arena, Nearest);
	*nearest = (Nearest){ .arena = c->arena, .asked = spelling_of(w->folded), .letters = letters_of(w->folded) };
	nearest->far = nearest->asked.n <= SHORT_LETTERS ? 1 : 2;
	RETURN_IF_ERR(source->words(c, source->of, STR(""), (WordSink){ take_word, nearest }));
	for (size_t i = 0; i < nearest->n; i++) {
		size_t n;
		RETURN_IF_ERR(documents_with(c, source, KEY_WORD, nearest->near[i], &n));
		if (n > best) {
			best = n;
			*out = nearest->near[i];
		}
	}
	return OK;
}

Err suggest_for_query(Ctx *c, const PostingSource *source, Analyser *an, Query *q, Str written[QUERY_WORDS_MOST])
{
	for (size_t i = 0; i < q->n; i++) {
		QueryWord *word = &q->words[i];
		Str meant = STR_NONE;
		written[i] = STR_NONE;
		if (!word->prefix && word->phrase == 0)
			RETURN_IF_ERR(suggest_word(c, source, word->word, &meant));
		if (str_is_none(meant))
			continue;
		written[i] = word->word->folded;
		word->word = analyse_word(an, meant);
	}
	return OK;
}
