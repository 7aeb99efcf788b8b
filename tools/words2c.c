/* words2c: hunspell's list of Danish words into the graph of text/lexicon.h.
 *
 *     words2c da_DK.aff da_DK.dic lexicon_danish.c lexicon_danish.bin
 *
 * The list says which words may stand before others and by which letter they are
 * joined (flags of compounds). How often they do is not in it, so its own
 * compounds are counted: first wherever two parts fit, then as compound_split
 * parts them with the costs that the counts give (hard expectation maximisation,
 * ROUNDS times). Exit status 1 with the reason on standard error.
 */
#include "affix.h"
#include "base/buf.h"
#include "graph.h"
#include "text/compound.h"
#include "text/fold.h"
#include "whole.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILE_MOST = 64 * 1024 * 1024,
	FORMS_MOST = 4 * 1000 * 1000,
	LEMMAS_MOST = 400 * 1000,
	ROUNDS = 3,
	NAME_LETTERS_LEAST = 5,
	LAST_FLAG = 39
};

typedef struct {
	Str word;  /* folded */
	bool last; /* may be a compound's last part */
	int n;     /* dictionary words whose last part is a form of it */
} Lemma;

/* A form as one entry of the list has it. */
typedef struct {
	Str form; /* folded */
	uint32_t lemma;
	bool word, begin, last;
	Link link;
} Form;

/* All that is spelled alike. */
typedef struct {
	const Form *forms;
	size_t count;
	int n; /* dictionary words in which it stands before another */
} Entry;

typedef struct {
	Arena *arena;
	Affixes affixes;
	Lemma *lemmas;
	Form *forms;
	Entry *entries;
	size_t lemma_count, form_count, entry_count;
	bool lower; /* the entry being read is no name */
} Words;

static _Noreturn void die(const char *what, const char *detail)
{
	fprintf(stderr, "words2c: %s: %s\n", what, detail);
	exit(1);
}

static Str read_whole(Arena *a, const char *path)
{
	Str bytes;
	const char *wrong = whole_read(a, path, FILE_MOST, &bytes);
	if (wrong != NULL)
		die(wrong, path);
	return bytes;
}

/* Letters only, and folded; none: something else stands in it. */
static Str fold(Arena *a, Str word)
{
	char folded[FOLD_MOST];
	size_t at = 0;
	Str found;
	if (!fold_next_word(word, &at, &found) || found.len != word.len || word.len > FOLD_MOST / 2)
		return STR_NONE;
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] >= '0' && word.ptr[i] <= '9')
			return STR_NONE;
	return str_dup(a, (Str){ folded, fold_word(word, folded) });
}

static int letters(Str s)
{
	int n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return n;
}

static Link link_of(Str form, Str lemma)
{
	if (form.len == lemma.len + 1 && str_starts(form, lemma))
		return LINK_ADDED;
	bool changed = form.len == lemma.len && str_ends(lemma, STR("e")) && !str_ends(form, STR("e")) &&
		       str_starts(form, str_sub(lemma, 0, lemma.len - 1));
	return changed ? LINK_CHANGED : LINK_NONE;
}

/* AffixTell */
static void add_form(void *to, Str form, const Flags *flags)
{
	Words *w = to;
	const Affixes *x = &w->affixes;
	Str folded = fold(w->arena, form);
	const Lemma *lemma = &w->lemmas[w->lemma_count];
	if (str_is_none(folded) || affix_has(flags, x->need_affix))
		return;
	if (w->form_count == FORMS_MOST)
		die("too many forms", "of the whole list");
	bool bound = affix_has(flags, x->only_in_compound);
	bool first = affix_has(flags, x->begin) || affix_has(flags, x->middle);
	w->forms[w->form_count++] = (Form){
		.form = folded,
		.lemma = (uint32_t)w->lemma_count,
		.word = !bound,
		.begin = w->lower ? first : letters(folded) >= NAME_LETTERS_LEAST, /* Randersområdet */
		.last = !bound && lemma->last,
		.link = link_of(folded, lemma->word),
	};
}

/* "virksomhed/10,11,2,39,31", and after blanks what else is known: "al:unge". Entries of several words, with signs or
 * digits are passed over. */
static void read_entry(Words *w, Str line)
{
	Str rest = line, head, word, known;
	Flags flags = { .n = 0 };
	if (!str_split(&rest, ' ', &head) || !str_split(&head, '/', &word))
		return;
	Str folded = fold(w->arena, word);
	bool one_word = rest.len == 0 || str_find(rest, ':', 0) == 2;
	if (str_is_none(folded) || !one_word || (head.len > 0 && !affix_flags(head, &flags)))
		return;
	if (w->lemma_count == LEMMAS_MOST)
		die("too many words", "of the whole list");
	w->lower = *word.ptr == *folded.ptr;
	w->lemmas[w->lemma_count] = (Lemma){ folded, w->lower && affix_has(&flags, LAST_FLAG), 0 };
	affix_forms(w->arena, &w->affixes, word, &flags, add_form, w);
	while (str_split(&rest, ' ', &known))
		if (str_starts(known, STR("al:")))
			add_form(w, str_sub(known, 3, known.len), &(Flags){ .n = 0 });
	w->lemma_count++;
}

static int by_form(const void *a, const void *b)
{
	const Form *x = a, *y = b;
	int order = str_cmp(x->form, y->form);
	return order != 0 ? order : (x->lemma > y->lemma) - (x->lemma < y->lemma);
}

static void gather(Words *w)
{
	qsort(w->forms, w->form_count, sizeof *w->forms, by_form);
	w->entries = ARENA_ARRAY(w->arena, w->form_count + 1, Entry);
	w->entry_count = 0;
	for (size_t i = 0; i < w->form_count; i++) {
		if (i == 0 || !str_eq(w->forms[i].form, w->forms[i - 1].form))
			w->entries[w->entry_count++] = (Entry){ .forms = &w->forms[i] };
		w->entries[w->entry_count - 1].count++;
	}
}

static Entry *find(const Words *w, Str form)
{
	size_t low = 0, high = w->entry_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = str_cmp(w->entries[middle].forms->form, form);
		if (order == 0)
			return &w->entries[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool begins(const Entry *e)
{
	bool any = false;
	for (size_t i = 0; e != NULL && i < e->count; i++)
		any |= e->forms[i].begin;
	return any;
}

static bool ends(const Entry *e)
{
	bool any = false;
	for (size_t i = 0; e != NULL && i < e->count; i++)
		any |= e->forms[i].last;
	return any;
}

/* One more word in which `begin` stands first and `end`, where given, last. */
static void count(Words *w, Entry *begin, const Entry *end)
{
	if (begin != NULL)
		begin->n++;
	for (size_t i = 0; end != NULL && i < end->count; i++)
		if (end->forms[i].last && (i == 0 || end->forms[i].lemma != end->forms[i - 1].lemma))
			w->lemmas[end->forms[i].lemma].n++;
}

/* Wherever the dictionary's words can be cut in two. */
static void count_cuts(Words *w)
{
	enum { SHORTEST = 3 };
	for (size_t i = 0; i < w->lemma_count; i++) {
		Str word = w->lemmas[i].word;
		for (size_t cut = SHORTEST; w->lemmas[i].last && cut + SHORTEST <= word.len; cut++) {
			Entry *begin = find(w, str_sub(word, 0, cut)), *end = find(w, str_sub(word, cut, word.len));
			if (begins(begin) && ends(end))
				count(w, begin, end);
		}
	}
}

static void count_splits(Words *w, const Lexicon *x)
{
	for (size_t i = 0; i < w->entry_count; i++)
		w->entries[i].n = 0;
	for (size_t i = 0; i < w->lemma_count; i++)
		w->lemmas[i].n = 0;
	for (size_t i = 0; i < w->lemma_count; i++) {
		if (!w->lemmas[i].last || (i > 0 && str_eq(w->lemmas[i].word, w->lemmas[i - 1].word)))
			continue;
		Compound c = compound_split(x, w->lemmas[i].word);
		for (size_t k = 0; k < c.n; k++) {
			Entry *part = find(w, c.parts[k].form);
			count(w, k + 1 < c.n ? part : NULL, k + 1 < c.n ? NULL : part);
		}
	}
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const Str *)a, *(const Str *)b);
}

/* May `part` be learned as one that stands before others? The list knows it as a last part, such as a verb's stem,
 * or does not know it at all, and then it is not the beginning of derived words ("indb" of "indbyde"). */
static bool may_be_bound(const Words *w, Str part, size_t words)
{
	enum { KNOWN_WORDS = 3, UNKNOWN_WORDS = 4 };
	const Entry *e = find(w, part);
	if (e != NULL)
		return words >= KNOWN_WORDS && ends(e) && !begins(e);
	return words >= UNKNOWN_WORDS && !compound_has_prefix(part);
}

/* First parts that the list does not tell of, as "fleks" of "flekstid": those that stand in several words, which no
 * known first part explains, before ends that many words have. */
static void find_bound(Words *w, const Lexicon *x)
{
	enum { SHORTEST = 4, SHORTEST_END = 3, END_WORDS = 20, CUTS = 8 };
	size_t n = 0, most = w->lemma_count * CUTS;
	Str *bound = ARENA_ARRAY(w->arena, most, Str);
	for (size_t i = 0; i < w->lemma_count; i++) {
		Str word = w->lemmas[i].word;
		Compound c = compound_split(x, word);
		if (!w->lemmas[i].last || (c.n > 0 && begins(find(w, c.parts[0].form))))
			continue;
		for (size_t cut = SHORTEST; cut + SHORTEST_END <= word.len && n < most; cut++) {
			const Entry *end = find(w, str_sub(word, cut, word.len));
			if (ends(end) && w->lemmas[end->forms->lemma].n >= END_WORDS)
				bound[n++] = str_sub(word, 0, cut);
		}
	}
	qsort(bound, n, sizeof *bound, by_text);
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && str_eq(bound[to], bound[from]);)
			to++;
		if (w->form_count < FORMS_MOST && may_be_bound(w, bound[from], to - from))
			w->forms[w->form_count++] = (Form){ .form = bound[from], .begin = true };
	}
	gather(w);
}

/* compound.h gives the formula. */
static int cost_class(const Words *w, int n, Str spelled)
{
	double words = (double)w->lemma_count;
	return lexicon_class(log2(words / (n + 1)) + COMPOUND_LETTER_BITS10 / 10.0 * letters(spelled) / (n + 1));
}

static uint16_t pack(const Words *w, const Entry *e)
{
	int begin = 0, end = 0;
	bool word = false;
	Link joined = LINK_CHANGED;
	for (size_t i = 0; i < e->count; i++) {
		const Form *f = &e->forms[i];
		word |= f->word;
		if (f->begin) {
			begin = cost_class(w, e->n, f->form);
			joined = f->link < joined ? f->link : joined;
		}
		int last = f->last ? cost_class(w, w->lemmas[f->lemma].n, w->lemmas[f->lemma].word) : 0;
		if (last > 0 && (end == 0 || last < end))
			end = last;
	}
	return lexicon_pack(word, begin, end, begin > 0 ? joined : LINK_NONE);
}

static Lexicon draw(const Words *w, Arena *a, size_t *edges)
{
	Graph *g = graph_new(a);
	for (size_t i = 0; i < w->entry_count; i++)
		if (pack(w, &w->entries[i]) != 0)
			graph_add(g, w->entries[i].forms->form, pack(w, &w->entries[i]));
	return graph_end(g, edges);
}

static void write_file(const char *path, const void *bytes, size_t size, const char *mode)
{
	FILE *f = fopen(path, mode);
	if (f == NULL || fwrite(bytes, 1, size, f) != size || fclose(f) != 0)
		die("cannot write", path);
}

static void write_source(Arena *a, const char *path, const char *blob, const Lexicon *x, size_t edges)
{
	size_t split = edges * sizeof *x->edges;
	Str text = str_printf(
		a,
		"/* Made by tools/words2c of hunspell-da (Stavekontrolden; GPL 2.0/LGPL 2.1/MPL 1.1). */\n"
		"#include \"text/lexicon.h\"\n\n"
		"extern const uint32_t lexicon_edges[] __attribute__((visibility(\"hidden\")));\n"
		"extern const uint16_t lexicon_forms[] __attribute__((visibility(\"hidden\")));\n"
		"__asm__(\".section .rodata\\n.balign 16\\n\"\n"
		"\t\".globl lexicon_edges\\n.hidden lexicon_edges\\nlexicon_edges:\\n.incbin \\\"%s\\\", 0, %zu\\n\"\n"
		"\t\".globl lexicon_forms\\n.hidden lexicon_forms\\nlexicon_forms:\\n.incbin \\\"%s\\\", %zu\\n"
		".previous\\n\");\n\nconst Lexicon lexicon_danish = { lexicon_edges, lexicon_forms, %u };\n",
		blob, split, blob, split, x->root);
	write_file(path, text.ptr, text.len, "w");
	write_file(blob, x->edges, split, "wb");
	write_file(blob, x->forms, edges * sizeof *x->forms, "ab");
}

int main(int argc, char **argv)
{
	if (argc != 5)
		die("usage", "words2c FILE.aff FILE.dic OUT.c OUT.bin");
	Arena *a = arena_new(), *scratch = arena_new();
	Words w = { .arena = a };
	w.lemmas = ARENA_ARRAY(a, LEMMAS_MOST, Lemma);
	w.forms = ARENA_ARRAY(a, FORMS_MOST, Form);
	const char *wrong = affix_read(a, read_whole(a, argv[1]), &w.affixes);
	if (wrong != NULL)
		die(argv[1], wrong);
	Str list = read_whole(a, argv[2]), line;
	(void)str_split(&list, '\n', &line); /* how many follow */
	while (str_split(&list, '\n', &line))
		read_entry(&w, str_trim(line));
	gather(&w);
	count_cuts(&w);
	size_t edges;
	Lexicon x = draw(&w, scratch, &edges);
	for (int round = 0; round < ROUNDS; round++) {
		if (round == 1)
			find_bound(&w, &x);
		count_splits(&w, &x);
		arena_clear(scratch);
		x = draw(&w, scratch, &edges);
	}
	write_source(a, argv[3], argv[4], &x, edges);
	arena_free(scratch);
	arena_free(a);
	return 0;
}
