#include "text/compound.h"

#include <string.h>

enum {
	NEVER = 1 << 20,
	JOINT_COST = 2,       /* bits for each joint */
	UNMARKED_COST = 9,    /* a word before another that the dictionary does not know there, linked or not */
	UNMARKED_LETTERS = 4, /* and at least so long */
	UNKNOWN_COST = 17,    /* log2 of the dictionary's size, for a whole word that it does not know */
};

/* Short words that as first parts are prefixes nearly always. Splitting those off says nothing about what is meant. */
static const char *const prefixes[] = { "af",     "an",   "be",  "bi",  "de",  "dis", "en",  "er",   "et",    "for",
					"fra",    "frem", "før", "ge",  "gen", "i",   "in",  "ind",  "ex",    "med",
					"mis",    "mod",  "ned", "om",  "op",  "på",  "re",  "sam",  "sub",   "til",
					"tra",    "u",    "ud",  "und", "ved", "vel", "ur",  "van",  "ab",    "ad",
					"så",     "her",  "der", "hen", "man", "men", "des", "over", "under", "bag",
					"sammen", "igen", "to",  "ve",  "te",  "ko",  "sy",  "ri",   "dy",    "ku",
					"le",     "ti",   "se",  "ro",  "hu",  "el",  NULL };

/* Words of two letters that compounds are made of. */
static const char *const short_words[] = { "by", "år", "øl", "is", "sø", "it", "tv", "ny", NULL };

/* Endings that are spelled as words, and are none. */
static const char *const endings[] = {
	"hed",    "heden",    "heder",    "hederne", "dom",     "dommen",  "skab",   "skaber",   "skabet", "lig",
	"lige",   "ligt",     "bar",      "bare",    "bart",    "ning",    "som",    "somme",    "somt",   "sel",
	"else",   "ens",      "ende",     "ene",     "erne",    "ere",     "est",    "este",     "sal",    "ling",
	"linge",  "vis",      "ing",      "inger",   "er",      "en",      "et",     "ed",       "re",     "ret",
	"rede",   "ter",      "isk",      "iske",    "ist",     "ster",    "de",     "te",       "al",     "at",
	"ar",     "as",       "in",       "is",      "es",      "ion",     "men",    "den",      "kab",    "kabe",
	"ring",   "ringe",    "ringen",   "mæssig",  "mæssige", "mæssigt", "agtig",  "agtige",   "isme",   "ismen",
	"lighed", "ligheden", "ligheder", "løs",     "løse",    "løst",    "løshed", "løsheden", "fuld",   "fulde",
	"fuldt",  "rig",      "rige",     "rigt",    "gry",     NULL
};

/* `s` is not empty. */
static bool listed(const char *const *list, Str s)
{
	for (; *list != NULL; list++)
		if (**list == *s.ptr && str_eq_z(s, *list))
			return true;
	return false;
}

bool compound_has_prefix(Str word)
{
	for (const char *const *p = prefixes; *p != NULL; p++)
		if (str_starts(word, str_of(*p)))
			return true;
	return false;
}

/* An ending, or one with a linking -s- before it ("arbejdsløs"). */
static bool is_ending(Str part)
{
	enum { LINKED_LEAST = 4 };
	bool linked = part.len >= LINKED_LEAST && part.ptr[0] == 's';
	return listed(endings, part) || (linked && listed(endings, str_sub(part, 1, part.len)));
}

static size_t letters(Str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return n;
}

/* Long enough for a part. */
static bool is_long_enough(Str part)
{
	enum { LETTERS_LEAST = 3 };
	return letters(part) >= LETTERS_LEAST || listed(short_words, part);
}

/* The cheapest way to a place in the word: which part ends there, and where that began. */
typedef struct {
	int cost[COMPOUND_PARTS_MOST + 1]; /* by the number of parts */
	uint8_t from[COMPOUND_PARTS_MOST + 1];
	Link link[COMPOUND_PARTS_MOST + 1];
} Place;

typedef struct {
	Str word;
	Place at[COMPOUND_WORD_MOST + 1];
} Search;

static void reach(Search *s, size_t from, size_t to, int cost, Link link)
{
	for (size_t k = 0; k < COMPOUND_PARTS_MOST; k++) {
		int whole = s->at[from].cost[k] + cost + (k > 0 ? JOINT_COST : 0);
		if (s->at[from].cost[k] < NEVER && whole < s->at[to].cost[k + 1]) {
			s->at[to].cost[k + 1] = whole;
			s->at[to].from[k + 1] = (uint8_t)from;
			s->at[to].link[k + 1] = link;
		}
	}
}

/* What `form`, which ends before `to`, may be in front of the rest of the word. */
static void try_begin(Search *s, size_t from, size_t to, const LexiconForm *form)
{
	Str part = str_sub(s->word, from, to);
	if (!is_long_enough(part) || listed(prefixes, part) || (from > 0 && listed(endings, part)))
		return;
	if (form->begin_cost > 0)
		reach(s, from, to, form->begin_cost, form->link);
	if (form->end_cost == 0 || letters(part) < UNMARKED_LETTERS)
		return;
	int cost = form->end_cost + UNMARKED_COST;
	char next = s->word.ptr[to];
	if (form->begin_cost == 0)
		reach(s, from, to, cost, LINK_NONE);
	if ((next == 's' || next == 'e') && to + 1 < s->word.len)
		reach(s, from, to + 1, cost, LINK_ADDED);
}

static void try_end(Search *s, size_t from, const LexiconForm *form)
{
	Str part = str_sub(s->word, from, s->word.len);
	if (form->end_cost > 0 && (from == 0 || (is_long_enough(part) && !is_ending(part))))
		reach(s, from, s->word.len, form->end_cost, LINK_NONE);
}

static void extend(const Lexicon *x, Search *s, size_t from)
{
	uint32_t node = x->root;
	LexiconForm form;
	for (size_t to = from; to < s->word.len && lexicon_step(x, &node, s->word.ptr[to], &form);) {
		to++;
		if (to < s->word.len)
			try_begin(s, from, to, &form);
		else
			try_end(s, from, &form);
	}
}

/* Every place of the word by the least cost. */
static void search(const Lexicon *x, Search *s)
{
	for (size_t i = 0; i <= s->word.len; i++)
		for (size_t k = 0; k <= COMPOUND_PARTS_MOST; k++)
			s->at[i].cost[k] = NEVER;
	s->at[0].cost[0] = 0;
	extend(x, s, 0);
	for (size_t i = 1; i < s->word.len; i++) {
		bool reached = false;
		for (size_t k = 1; k < COMPOUND_PARTS_MOST; k++)
			reached |= s->at[i].cost[k] < NEVER;
		if (reached)
			extend(x, s, i);
	}
}

Compound compound_split(const Lexicon *x, Str word)
{
	Compound out = { .n = 0 };
	Search s;
	LexiconForm whole;
	bool small = lexicon_find(x, word, &whole) && whole.word && whole.end_cost == 0; /* "efter" */
	if (small || word.len == 0 || word.len > COMPOUND_WORD_MOST)
		return out;
	s.word = word;
	search(x, &s);
	const Place *end = &s.at[word.len];
	int least = end->cost[1];
	if (least == NEVER)
		least = UNKNOWN_COST + (int)letters(word) * COMPOUND_LETTER_BITS10 / 10;
	for (size_t k = 2; k <= COMPOUND_PARTS_MOST; k++)
		if (end->cost[k] < least) {
			least = end->cost[k];
			out.n = k;
		}
	for (size_t k = out.n, to = word.len; k > 0; k--) {
		size_t from = s.at[to].from[k];
		out.parts[k - 1] = (CompoundPart){ str_sub(word, from, to), s.at[to].link[k] };
		to = from;
	}
	return out;
}

/* A part's own parts, the last of which has its link; or itself, where it has none or there is no room for them beside
 * `follow` parts that must still follow. */
static void add_wholly(const Lexicon *x, const CompoundPart *part, Compound *out, size_t follow)
{
	Str form = part->form;
	Str word = part->link == LINK_ADDED ? str_sub(form, 0, form.len - 1) : form;
	Compound inner = compound_split(x, word);
	if (inner.n == 0 || out->n + inner.n + follow > COMPOUND_PARTS_MOST || part->link == LINK_CHANGED) {
		out->parts[out->n++] = *part;
		return;
	}
	CompoundPart *last = &inner.parts[inner.n - 1];
	last->form.len += form.len - word.len;
	last->link = part->link;
	for (size_t i = 0; i < inner.n; i++)
		add_wholly(x, &inner.parts[i], out, follow + inner.n - 1 - i);
}

Compound compound_split_wholly(const Lexicon *x, Str word)
{
	Compound split = compound_split(x, word), out = { .n = 0 };
	for (size_t i = 0; i < split.n; i++)
		add_wholly(x, &split.parts[i], &out, split.n - 1 - i);
	return out;
}

Str compound_part_word(const CompoundPart *part, char *out)
{
	Str word = part->link == LINK_ADDED ? str_sub(part->form, 0, part->form.len - 1) : part->form;
	memcpy(out, word.ptr, word.len);
	if (part->link == LINK_CHANGED)
		out[word.len - 1] = 'e';
	return (Str){ out, word.len };
}
