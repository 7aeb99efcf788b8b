#include "text/analyse.h"

#include "text/compound.h"
#include "text/fold.h"
#include "text/stem.h"

#include <string.h>

/* What has been written, and the word it is. */
typedef struct {
	uint64_t hash;
	Str raw;
	const Word *word; /* NULL: nothing that is seen */
} Seen;

typedef struct {
	Seen *slots; /* a power of two */
	size_t size, used;
} SeenTable;

struct Analyser {
	Arena *arena;
	Stemmer *stemmer;
	SeenTable raw, folded;
	const Word **words;
	uint32_t count, room;
};

enum { FIRST_SLOTS = 1 << 8, FIRST_WORDS = 1 << 8 };

static void table_init(SeenTable *t, Arena *a)
{
	*t = (SeenTable){ ARENA_ARRAY(a, FIRST_SLOTS, Seen), FIRST_SLOTS, 0 };
}

Analyser *analyse_new(Arena *a)
{
	Analyser *an = ARENA_NEW(a, Analyser);
	an->arena = a;
	an->stemmer = stem_new(a);
	an->room = FIRST_WORDS;
	an->words = ARENA_ARRAY(a, an->room, const Word *);
	table_init(&an->raw, a);
	table_init(&an->folded, a);
	return an;
}

/* Where it stands, or would. */
static Seen *slot_of(const SeenTable *t, uint64_t hash, Str raw)
{
	size_t i = hash & (t->size - 1);
	while (t->slots[i].raw.ptr != NULL && (t->slots[i].hash != hash || !str_eq(t->slots[i].raw, raw)))
		i = (i + 1) & (t->size - 1);
	return &t->slots[i];
}

static void table_add(SeenTable *t, Arena *a, Seen seen)
{
	if (t->used * 2 >= t->size) {
		SeenTable wider = { ARENA_ARRAY(a, t->size * 4, Seen), t->size * 4, t->used };
		for (size_t i = 0; i < t->size; i++)
			if (t->slots[i].raw.ptr != NULL)
				*slot_of(&wider, t->slots[i].hash, t->slots[i].raw) = t->slots[i];
		*t = wider;
	}
	*slot_of(t, seen.hash, seen.raw) = seen;
	t->used++;
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

static void add_part(Analyser *an, Parts *parts, Str word)
{
	char out[STEM_MOST];
	Str stem = stem_word(an->stemmer, word, out);
	for (size_t i = 0; i < parts->n; i++)
		if (str_eq(parts->at[i], stem))
			return;
	if (parts->n < WORD_PARTS_MOST)
		parts->at[parts->n++] = str_dup(an->arena, stem);
}

static void add_parts(Analyser *an, Parts *parts, const Compound *c)
{
	char out[COMPOUND_WORD_MOST];
	for (size_t i = 0; i < c->n; i++)
		add_part(an, parts, compound_part_word(&c->parts[i], out));
}

/* Of a compound whose last part's vowel changes, as that part's: håndbøger, håndbog. */
static Str stem_of(Analyser *an, Str folded, const Compound *c)
{
	char out[STEM_MOST];
	Str last = c->n > 0 ? c->parts[c->n - 1].form : STR_NONE;
	Str changed = c->n > 0 ? stem_exception(an->stemmer, last) : STR_NONE;
	if (str_is_none(changed)) {
		Str stem = stem_word(an->stemmer, folded, out);
		return str_dup(an->arena, stem);
	}
	Str before = str_sub(folded, 0, folded.len - last.len);
	return str_printf(an->arena, "%.*s%.*s", STR_ARG(before), STR_ARG(changed));
}

static const Word *new_word(Analyser *an, Str folded)
{
	Word *w = ARENA_NEW(an->arena, Word);
	Compound c = compound_split(&lexicon_danish, folded);
	Parts parts = { .n = 0 };
	w->id = an->count;
	w->folded = str_dup(an->arena, folded);
	w->known = is_known(folded, &c);
	w->stem = stem_of(an, folded, &c);
	add_parts(an, &parts, &c);
	if (c.n > 0)
		c = compound_split_wholly(&lexicon_danish, folded);
	add_parts(an, &parts, &c);
	w->part_count = parts.n;
	w->parts = arena_copy(an->arena, parts.at, parts.n * sizeof *parts.at);
	if (an->count == an->room) {
		const Word **wider = ARENA_ARRAY(an->arena, an->room * 2, const Word *);
		memcpy(wider, an->words, an->count * sizeof *wider);
		an->words = wider;
		an->room *= 2;
	}
	an->words[an->count++] = w;
	return w;
}

static const Word *word_written(Analyser *an, Str raw)
{
	char folded[FOLD_MOST];
	size_t n = fold_word(raw, folded);
	if (n == 0)
		return NULL;
	write_danish(folded, n);
	Str key = { folded, n };
	uint64_t hash = str_hash_quick(key);
	const Seen *seen = slot_of(&an->folded, hash, key);
	if (seen->raw.ptr != NULL)
		return seen->word;
	const Word *w = new_word(an, key);
	table_add(&an->folded, an->arena, (Seen){ hash, w->folded, w });
	return w;
}

const Word *analyse_word(Analyser *an, Str raw)
{
	uint64_t hash = str_hash_quick(raw);
	const Seen *seen = slot_of(&an->raw, hash, raw);
	if (seen->raw.ptr != NULL)
		return seen->word;
	const Word *w = word_written(an, raw);
	table_add(&an->raw, an->arena, (Seen){ hash, str_dup(an->arena, raw), w });
	return w;
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
	return an->count;
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
