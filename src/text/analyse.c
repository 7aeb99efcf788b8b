#include "text/analyse.h"

#include "base/dictionary.h"
#include "text/compound.h"
#include "text/fold.h"
#include "text/stem.h"

#include <string.h>

struct Analyser {
	Arena *arena;
	Stemmer *stemmer;
	Dictionary folded;  /* numbers are the words' */
	const Word **words; /* by number */
	size_t words_room;
	Dictionary written;   /* what is not written as it is folded: capitals, accents, aa */
	uint32_t *of_written; /* the word's number; DICTIONARY_NONE: nothing in it is seen */
	size_t written_room;
};

Analyser *analyse_new(Arena *a)
{
	Analyser *an = ARENA_NEW(a, Analyser);
	an->arena = a;
	an->stemmer = stem_new(a);
	return an;
}

/* `c` is how it is split. */
static bool is_known(Str word, const Compound *c)
{
	LexiconForm form;
	return c->n > 0 || lexicon_find(&lexicon_danish, word, &form);
}

/* Å, æ and ø for who has no key for them, but not in words that are spelled so. */
static void write_danish(char *folded, size_t n)
{
	char danish[FOLD_MOST];
	memcpy(danish, folded, n);
	bool ae = fold_replace(danish, n, "ae", "\xC3\xA6"), oe = fold_replace(danish, n, "oe", "\xC3\xB8");
	if (!ae && !oe)
		return;
	Str written = { folded, n };
	Compound c = compound_split(&lexicon_danish, written);
	if (!is_known(written, &c))
		memcpy(folded, danish, n);
}

typedef struct {
	Str at[WORD_PARTS_MOST];
	size_t n;
} Parts;

/* Most stems are pieces of the word, and need no copy. */
static Str kept(Analyser *an, Str folded, Str stem)
{
	size_t at = str_find_str(folded, stem);
	return at == SIZE_MAX ? str_dup(an->arena, stem) : str_sub(folded, at, at + stem.len);
}

static void add_part(Analyser *an, Parts *parts, Str folded, Str word)
{
	char out[STEM_MOST];
	Str stem = stem_word(an->stemmer, word, out);
	for (size_t i = 0; i < parts->n; i++)
		if (str_eq(parts->at[i], stem))
			return;
	if (parts->n < WORD_PARTS_MOST)
		parts->at[parts->n++] = kept(an, folded, stem);
}

static void add_parts(Analyser *an, Parts *parts, Str folded, const Compound *c)
{
	char out[COMPOUND_WORD_MOST];
	for (size_t i = 0; i < c->n; i++)
		add_part(an, parts, folded, compound_part_word(&c->parts[i], out));
}

/* Of a compound whose last part's vowel changes, as that part's: håndbøger, håndbog. */
static Str stem_of(Analyser *an, Str folded, const Compound *c)
{
	char out[STEM_MOST];
	Str last = c->n > 0 ? c->parts[c->n - 1].form : STR_NONE;
	Str changed = c->n > 0 ? stem_exception(an->stemmer, last) : STR_NONE;
	if (str_is_none(changed)) {
		Str stem = stem_word(an->stemmer, folded, out);
		return kept(an, folded, stem);
	}
	Str before = str_sub(folded, 0, folded.len - last.len);
	return str_printf(an->arena, "%.*s%.*s", STR_ARG(before), STR_ARG(changed));
}

/* `folded` lives as long as the arena. */
static const Word *new_word(Analyser *an, uint32_t id, Str folded)
{
	Word *w = ARENA_NEW(an->arena, Word);
	Compound c = compound_split(&lexicon_danish, folded);
	Parts parts = { .n = 0 };
	w->id = id;
	w->folded = folded;
	w->known = is_known(folded, &c);
	w->stem = stem_of(an, folded, &c);
	add_parts(an, &parts, folded, &c);
	if (c.n > 0)
		c = compound_split_wholly(&lexicon_danish, folded);
	add_parts(an, &parts, folded, &c);
	w->part_count = parts.n;
	if (parts.n > 0)
		w->parts = arena_copy(an->arena, parts.at, parts.n * sizeof *parts.at);
	return w;
}

/* DICTIONARY_NONE: nothing in it is seen. */
static uint32_t word_number(Analyser *an, Str raw)
{
	char folded[FOLD_MOST];
	size_t n = fold_word(raw, folded), known = an->folded.n;
	if (n == 0)
		return DICTIONARY_NONE;
	write_danish(folded, n);
	uint32_t id = dictionary_number(an->arena, &an->folded, (Str){ folded, n });
	if (id < known)
		return id;
	if (an->words_room < an->folded.room) {
		const Word **wider = ARENA_ARRAY(an->arena, an->folded.room, const Word *);
		if (known > 0)
			memcpy(wider, an->words, known * sizeof *wider);
		an->words = wider;
		an->words_room = an->folded.room;
	}
	an->words[id] = new_word(an, id, an->folded.at[id]);
	return id;
}

static const Word *word_at(const Analyser *an, uint32_t id)
{
	return id == DICTIONARY_NONE ? NULL : an->words[id];
}

/* Remembers what is written in another way than it is folded. */
static void note_written(Analyser *an, Str raw, uint32_t id)
{
	size_t known = an->written.n;
	uint32_t number = dictionary_number(an->arena, &an->written, raw);
	if (an->written.n > known)
		an->of_written =
			arena_grown(an->arena, an->of_written, known, 1, &an->written_room, sizeof *an->of_written);
	an->of_written[number] = id;
}

/* What is folded is its own folded form. */
const Word *analyse_word(Analyser *an, Str raw)
{
	uint32_t id = dictionary_find(&an->folded, raw);
	if (id != DICTIONARY_NONE)
		return an->words[id];
	uint32_t written = dictionary_find(&an->written, raw);
	if (written != DICTIONARY_NONE)
		return word_at(an, an->of_written[written]);
	id = word_number(an, raw);
	if (id == DICTIONARY_NONE || !str_eq(an->folded.at[id], raw))
		note_written(an, raw, id);
	return word_at(an, id);
}

const Word *analyse_next(Analyser *an, Str text, size_t *at, Str *raw)
{
	while (fold_next_word(text, at, raw)) {
		const Word *w = analyse_word(an, *raw);
		if (w != NULL)
			return w;
	}
	return NULL;
}

uint32_t analyse_count(const Analyser *an)
{
	return (uint32_t)an->folded.n;
}

const Word *analyse_at(const Analyser *an, uint32_t id)
{
	return an->words[id];
}

bool word_is_small(const Word *w)
{
	static const char small[] =
		" ad af alle alt anden at både da de dem den denne der deres det dette dig din disse du efter "
		"eller en end er et for fordi fra få får gennem ham han hans har have havde hen hende her "
		"hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor i ikke ind jeg jer "
		"jo kan kunne man med mellem men mens mig min mod må ned noget nogen nogle når og også om "
		"op os over på se sig sin sine skal skulle som så til ud uden under var ved vi vil ville "
		"vores være været ";
	enum { SMALL_MOST = 10 };
	char blanked[SMALL_MOST + 2];
	if (w->folded.len > SMALL_MOST)
		return false;
	blanked[0] = blanked[w->folded.len + 1] = ' ';
	memcpy(blanked + 1, w->folded.ptr, w->folded.len);
	return str_find_str(str_of(small), (Str){ blanked, w->folded.len + 2 }) != SIZE_MAX;
}
