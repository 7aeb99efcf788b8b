/* Whatever is indexed and asked: words are slices of the text, parts of a compound are the word, what is written is
 * text; a hit has a score. The first line is the query, the rest the document. */
#include "fuzz.h"

#include "base/utf8.h"
#include "text/compound.h"
#include "text/index.h"
#include "text/snippet.h"
#include "text/suggest.h"

static void check_words(Analyser *an, Str text)
{
	size_t at = 0, before = 0;
	Str raw;
	for (const Word *w; (w = analyse_next(an, text, &at, &raw)) != NULL; before = at) {
		Compound c = compound_split_wholly(&lexicon_danish, w->folded);
		size_t length = 0;
		HOLDS(raw.ptr >= text.ptr + before && raw.ptr + raw.len <= text.ptr + at);
		HOLDS(utf8_valid(raw, NULL) && utf8_valid(w->folded, NULL) && utf8_valid(w->stem, NULL));
		for (size_t i = 0; i < w->part_count; i++)
			HOLDS(utf8_valid(w->parts[i], NULL));
		for (size_t i = 0; i < c.n; i++)
			length += c.parts[i].form.len;
		HOLDS(c.n == 0 || (c.n > 1 && length == w->folded.len));
		HOLDS(analyse_at(an, w->id) == w);
	}
	HOLDS(at <= text.len);
}

enum { INPUT_MOST = 256 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const double weights[] = { 3, 1 };
	Ctx *c = fuzz_ctx();
	Query q;
	Str rest = { (const char *)data, size }, asked;
	if (!utf8_valid(rest, NULL) || !str_split(&rest, '\n', &asked))
		return 0;
	Index *x = index_new(c->arena, 2, weights);
	Analyser *an = index_analyser(x);
	check_words(an, rest);
	for (uint32_t i = 0; i < 2; i++) {
		HOLDS(index_add_document(x) == i);
		index_add_text(x, 1 - i, rest);
	}
	query_parse(an, asked, &q);
	PostingSource source = index_source(x);
	Hits hits = { .arena = c->arena };
	HOLDS(score_query(c, &source, &q, STR_NONE, (HitSink){ hits_take, &hits }) == OK);
	for (size_t i = 0; i < hits.n; i++)
		HOLDS(hits.at[i].document < 2 && hits.at[i].score > 0);
	for (size_t i = 0; i < q.n; i++) {
		Str meant;
		HOLDS(suggest_word(c, &source, q.words[i].word, &meant) == OK && utf8_valid(meant, NULL));
	}
	Buf *b = buf_new(c->arena, 1 << 20);
	snippet_put(an, &q, rest, STR("["), STR("]"), b);
	HOLDS(!b->failed && utf8_valid(buf_str(b), NULL));
	return 0;
}
