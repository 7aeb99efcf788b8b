#include "text/query.h"

#include <string.h>

static void add(Query *q, const Word *word, bool prefix, int phrase)
{
	for (size_t i = 0; i < q->n && phrase == 0; i++)
		if (q->words[i].word == word && q->words[i].phrase == 0 && q->words[i].prefix == prefix)
			return;
	if (q->n < QUERY_WORDS_MOST)
		q->words[q->n++] = (QueryWord){ word, prefix, phrase };
}

static void add_words(Analyser *an, Query *q, Str text, int phrase)
{
	size_t at = 0;
	Str raw;
	for (const Word *w = analyse_next(an, text, &at, &raw); w != NULL; w = analyse_next(an, text, &at, &raw)) {
		const char *behind = raw.ptr + raw.len;
		add(q, w, phrase == 0 && behind < text.ptr + text.len && *behind == '*', phrase);
	}
}

/* The quotation mark at `i`, in bytes: ASCII's, or one of “ ” „ « ». 0: none. */
static size_t quotation_mark(Str text, size_t i)
{
	static const char *const marks[] = { "\"", "“", "”", "„", "«", "»" };
	for (size_t k = 0; k < sizeof marks / sizeof marks[0]; k++)
		if (str_starts(str_sub(text, i, text.len), str_of(marks[k])))
			return strlen(marks[k]);
	return 0;
}

static void drop_small(Query *q)
{
	size_t kept = 0, telling = 0;
	for (size_t i = 0; i < q->n; i++)
		telling += !word_is_small(q->words[i].word);
	for (size_t i = 0; i < q->n && telling > 0; i++)
		if (q->words[i].phrase > 0 || q->words[i].prefix || !word_is_small(q->words[i].word))
			q->words[kept++] = q->words[i];
	if (telling > 0)
		q->n = kept;
}

void query_parse(Analyser *an, Str text, Query *out)
{
	bool quoted = false;
	size_t from = 0;
	*out = (Query){ .n = 0 };
	for (size_t i = 0; i <= text.len;) {
		size_t mark = i < text.len ? quotation_mark(text, i) : 0;
		if (mark == 0 && i < text.len) {
			i++;
			continue;
		}
		size_t before = out->n;
		add_words(an, out, str_sub(text, from, i), quoted ? out->phrases + 1 : 0);
		out->phrases += quoted && out->n > before;
		quoted = !quoted;
		from = i + mark;
		i = mark > 0 ? from : text.len + 1;
	}
	drop_small(out);
}

static bool has_part(const Word *w, Str stem)
{
	for (size_t i = 0; i < w->part_count; i++)
		if (str_eq(w->parts[i], stem))
			return true;
	return false;
}

bool query_asks_for(const Query *q, const Word *w)
{
	for (size_t i = 0; i < q->n; i++) {
		const Word *asked = q->words[i].word;
		if (asked == w || (q->words[i].prefix && str_starts(w->folded, asked->folded)))
			return true;
		if (q->words[i].phrase > 0 || q->words[i].prefix)
			continue;
		if (str_eq(asked->stem, w->stem) || has_part(w, asked->stem) || has_part(asked, w->stem))
			return true;
		for (size_t k = 0; k < asked->part_count; k++)
			if (has_part(w, asked->parts[k]))
				return true;
	}
	return false;
}
