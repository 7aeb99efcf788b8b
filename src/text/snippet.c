#include "text/snippet.h"

/* The window's words, as a ring, and the different ones among them that are asked for. */
typedef struct {
	size_t from[SNIPPET_WORDS];
	const Word *asked[SNIPPET_WORDS]; /* NULL: not asked for */
	size_t n;
} Window;

static size_t different(const Window *w)
{
	size_t count = 0;
	for (size_t i = 0; i < SNIPPET_WORDS && i < w->n; i++) {
		bool seen = w->asked[i] == NULL;
		for (size_t k = 0; k < i && !seen; k++)
			seen = w->asked[k] == w->asked[i];
		count += !seen;
	}
	return count;
}

/* Where the best window begins; how many different words it shows. */
static size_t find_best(Analyser *an, const Query *q, Str text, size_t *from)
{
	Window window = { .n = 0 };
	size_t at = 0, best = 0;
	Str raw;
	*from = 0;
	for (const Word *w = analyse_next(an, text, &at, &raw); w != NULL; w = analyse_next(an, text, &at, &raw)) {
		size_t slot = window.n++ % SNIPPET_WORDS;
		bool asked = query_asks_for(q, w);
		window.from[slot] = (size_t)(raw.ptr - text.ptr);
		window.asked[slot] = asked ? w : NULL;
		size_t shown = asked ? different(&window) : 0;
		if (shown > best) {
			best = shown;
			*from = window.n <= SNIPPET_WORDS ? 0 : window.from[window.n % SNIPPET_WORDS];
		}
	}
	return best;
}

static void put_plain(Buf *out, Str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char ch = text.ptr[i];
		bool blank = ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
		if (!blank)
			buf_char(out, ch);
		else if (out->len > 0 && out->ptr[out->len - 1] != ' ')
			buf_char(out, ' ');
	}
}

size_t snippet_put(Analyser *an, const Query *q, Str text, Str open, Str close, Buf *out)
{
	size_t from, shown = find_best(an, q, text, &from), at = from, done = from;
	Str raw;
	if (from > 0)
		buf_z(out, "… ");
	for (size_t n = 0; n < SNIPPET_WORDS; n++) {
		const Word *w = analyse_next(an, text, &at, &raw);
		if (w == NULL)
			break;
		size_t start = (size_t)(raw.ptr - text.ptr);
		bool asked = query_asks_for(q, w);
		put_plain(out, str_sub(text, done, start));
		buf_str_add(out, asked ? open : STR(""));
		buf_str_add(out, raw);
		buf_str_add(out, asked ? close : STR(""));
		done = at = start + raw.len;
	}
	size_t peek = at;
	if (analyse_next(an, text, &peek, &raw) != NULL)
		buf_z(out, " …");
	else
		put_plain(out, str_sub(text, done, text.len));
	return shown;
}
