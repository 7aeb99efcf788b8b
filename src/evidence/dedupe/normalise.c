#include "evidence/dedupe/normalise.h"

#include "base/utf8.h"

#include <string.h>

enum { ENTITY_MOST = 10, TAG_MOST = 200 };

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

static bool is_letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

/* ---- HTML ---- */

static const struct {
	const char *name, *text;
} entities[] = {
	{ "amp", "&" },    { "lt", "<" },     { "gt", ">" },     { "quot", "\"" },  { "apos", "'" },
	{ "nbsp", " " },   { "aelig", "æ" },  { "AElig", "Æ" },  { "oslash", "ø" }, { "Oslash", "Ø" },
	{ "aring", "å" },  { "Aring", "Å" },  { "auml", "ä" },   { "Auml", "Ä" },   { "ouml", "ö" },
	{ "Ouml", "Ö" },   { "uuml", "ü" },   { "Uuml", "Ü" },   { "eacute", "é" }, { "Eacute", "É" },
	{ "egrave", "è" }, { "ecirc", "ê" },  { "euml", "ë" },   { "aacute", "á" }, { "agrave", "à" },
	{ "acirc", "â" },  { "atilde", "ã" }, { "iacute", "í" }, { "icirc", "î" },  { "iuml", "ï" },
	{ "oacute", "ó" }, { "ograve", "ò" }, { "ocirc", "ô" },  { "otilde", "õ" }, { "uacute", "ú" },
	{ "ugrave", "ù" }, { "ucirc", "û" },  { "ccedil", "ç" }, { "ntilde", "ñ" }, { "szlig", "ß" },
	{ "ndash", "–" },  { "mdash", "—" },  { "hellip", "…" }, { "lsquo", "‘" },  { "rsquo", "’" },
	{ "ldquo", "“" },  { "rdquo", "”" },  { "alpha", "α" },  { "beta", "β" },   { "gamma", "γ" },
	{ "delta", "δ" },  { "kappa", "κ" },  { "lambda", "λ" }, { "mu", "μ" },     { "omega", "ω" },
};

static size_t put_code_point(char *to, uint32_t at)
{
	if (at < 0x80) {
		to[0] = (char)at;
		return 1;
	}
	if (at < 0x800) {
		to[0] = (char)(0xC0 | at >> 6);
		to[1] = (char)(0x80 | (at & 0x3F));
		return 2;
	}
	if (at < 0x10000) {
		to[0] = (char)(0xE0 | at >> 12);
		to[1] = (char)(0x80 | (at >> 6 & 0x3F));
		to[2] = (char)(0x80 | (at & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | at >> 18);
	to[1] = (char)(0x80 | (at >> 12 & 0x3F));
	to[2] = (char)(0x80 | (at >> 6 & 0x3F));
	to[3] = (char)(0x80 | (at & 0x3F));
	return 4;
}

/* "&#230;", "&#xE6;"; 0 when the number is no letter. */
static uint32_t numbered(Str body)
{
	bool hex = body.len > 1 && (body.ptr[1] == 'x' || body.ptr[1] == 'X');
	uint32_t at = 0;
	for (size_t i = hex ? 2 : 1; i < body.len; i++) {
		char ch = body.ptr[i] >= 'A' && body.ptr[i] <= 'F' ? (char)(body.ptr[i] + 32) : body.ptr[i];
		if (!is_digit(ch) && !(hex && ch >= 'a' && ch <= 'f'))
			return 0;
		at = at * (hex ? 16 : 10) + (uint32_t)(is_digit(ch) ? ch - '0' : ch - 'a' + 10);
		if (at > 0x10FFFF)
			return 0;
	}
	return at < 0x20 || (at >= 0xD800 && at <= 0xDFFF) ? 0 : at;
}

/* Writes what the entity at s[i] stands for, and gives its length; 0: there is none. No entity is shorter than what it
 * stands for. */
static size_t put_entity(Str s, size_t i, char *to, size_t *n)
{
	size_t end = str_find(str_sub(s, 0, i + ENTITY_MOST), ';', i);
	if (end == SIZE_MAX || end < i + 3)
		return 0;
	Str body = str_sub(s, i + 1, end);
	uint32_t at = body.ptr[0] == '#' ? numbered(body) : 0;
	if (at != 0) {
		*n += put_code_point(to + *n, at);
		return end + 1 - i;
	}
	for (size_t k = 0; k < sizeof entities / sizeof entities[0]; k++)
		if (str_eq_z(body, entities[k].name)) {
			size_t len = strlen(entities[k].text);
			memcpy(to + *n, entities[k].text, len);
			*n += len;
			return end + 1 - i;
		}
	return 0;
}

/* Length of the tag at s[i], 0 when there is none; *parts: a word ends there. */
static size_t tag(Str s, size_t i, bool *parts)
{
	static const char *const parting[] = { "br", "p", "div", "li", "td", "tr", "h1", "h2", "h3", NULL };
	size_t name = i + 1 < s.len && s.ptr[i + 1] == '/' ? i + 2 : i + 1, behind = name;
	if (name >= s.len || (!is_letter(s.ptr[name]) && s.ptr[name] != '!'))
		return 0;
	size_t end = str_find(str_sub(s, 0, i + TAG_MOST), '>', i);
	if (end == SIZE_MAX)
		return 0;
	while (is_letter(s.ptr[behind]) || is_digit(s.ptr[behind]))
		behind++;
	*parts = false;
	for (const char *const *k = parting; *k != NULL; k++)
		*parts |= str_eq_nocase(str_sub(s, name, behind), str_of(*k));
	return end + 1 - i;
}

static Str decode(Arena *a, Str s)
{
	char *to = arena_alloc(a, s.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.len;) {
		size_t len = s.ptr[i] == '&' ? put_entity(s, i, to, &n) : 0;
		if (len == 0) {
			to[n++] = s.ptr[i];
			len = 1;
		}
		i += len;
	}
	return (Str){ to, n };
}

Str normalise_plain(Arena *a, Str s)
{
	for (int pass = 0; pass < 2 && s.len > 0 && memchr(s.ptr, '&', s.len) != NULL; pass++)
		s = decode(a, s);
	if (s.len == 0 || memchr(s.ptr, '<', s.len) == NULL)
		return s;
	char *to = arena_alloc(a, s.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.len;) {
		bool parts = false;
		size_t len = s.ptr[i] == '<' ? tag(s, i, &parts) : 0;
		if (len == 0 || parts)
			to[n++] = len == 0 ? s.ptr[i] : ' ';
		i += len == 0 ? 1 : len;
	}
	return (Str){ to, n };
}

/* ---- letters ---- */

/* U+00C0–U+00FF and U+0100–U+017F as plain lower case; a blank is no letter. */
static const char latin1[] = "aaaaaaaceeeeiiii"
			     "dnooooo ouuuuyts"
			     "aaaaaaaceeeeiiii"
			     "dnooooo ouuuuyty";
static const char latin_extended[] = "aaaaaaccccccccdd"
				     "ddeeeeeeeeeegggg"
				     "gggghhhhiiiiiiii"
				     "iiiijjkkklllllll"
				     "lllnnnnnnnnnoooo"
				     "oooorrrrrrssssss"
				     "ssttttttuuuuuuuu"
				     "uuuuwwyyyzzzzzzs";
static const char *const greek[] = { "alpha",   "beta", "gamma", "delta",  "epsilon", "zeta", "eta",
				     "theta",   "iota", "kappa", "lambda", "mu",      "nu",   "xi",
				     "omicron", "pi",   "rho",   "sigma",  "sigma",   "tau",  "upsilon",
				     "phi",     "chi",  "psi",   "omega" };

typedef struct {
	char *to;
	size_t n;
	bool parted; /* a blank is due before the next letter */
} Form;

/* One letter; aa and ae are a, oe is o. */
static void put_letter(Form *f, char ch)
{
	char last = f->n == 0 || f->parted ? ' ' : f->to[f->n - 1];
	if ((last == 'a' && (ch == 'a' || ch == 'e')) || (last == 'o' && ch == 'e'))
		return;
	if (f->parted && f->n > 0)
		f->to[f->n++] = ' ';
	f->parted = false;
	f->to[f->n++] = ch;
}

/* Letters of other scripts stay as they are. */
static void put_other(Form *f, uint32_t at)
{
	if (f->parted && f->n > 0)
		f->to[f->n++] = ' ';
	f->parted = false;
	f->n += put_code_point(f->to + f->n, at);
}

static bool is_mark(uint32_t at)
{
	return (at >= 0x300 && at <= 0x36F) || at == '\'' || at == 0x2018 || at == 0x2019 || at == 0x02BC ||
	       at == 0x00B4 || at == '`';
}

static bool is_punctuation(uint32_t at)
{
	return (at >= 0x2000 && at <= 0x206F) || (at >= 0x20A0 && at <= 0x2BFF) || (at >= 0x3000 && at <= 0x303F) ||
	       at >= 0xFF00;
}

static void put_folded(Form *f, uint32_t at)
{
	if (at >= 'A' && at <= 'Z')
		put_letter(f, (char)(at + 32));
	else if ((at >= 'a' && at <= 'z') || (at >= '0' && at <= '9'))
		put_letter(f, (char)at);
	else if (is_mark(at))
		return;
	else if (at == 0xB9 || at == 0xB2 || at == 0xB3)
		put_letter(f, at == 0xB9 ? '1' : at == 0xB2 ? '2' : '3');
	else if (at == 0xDF) { /* ß: two letters, and two bytes wide */
		put_letter(f, 's');
		put_letter(f, 's');
	} else if (at >= 0xC0 && at < 0x180 && (at >= 0x100 || latin1[at - 0xC0] != ' '))
		put_letter(f, at < 0x100 ? latin1[at - 0xC0] : latin_extended[at - 0x100]);
	else if ((at >= 0x391 && at <= 0x3A9) || (at >= 0x3B1 && at <= 0x3C9))
		for (const char *z = greek[at >= 0x3B1 ? at - 0x3B1 : at - 0x391]; *z != '\0'; z++)
			put_letter(f, *z);
	else if ((at >= 0x2070 && at <= 0x2079) || (at >= 0x2080 && at <= 0x2089))
		put_letter(f, (char)('0' + (at & 0x0F)));
	else if (at >= 0x410 && at <= 0x42F)
		put_other(f, at + 0x20);
	else if (at < 0x180 || is_punctuation(at))
		f->parted = true;
	else
		put_other(f, at);
}

static uint32_t code_point(Str s, size_t *i)
{
	static const unsigned char lead[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	unsigned char b = (unsigned char)s.ptr[*i];
	size_t n = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
	uint32_t at = b & lead[n];
	for (size_t k = 1; k < n; k++)
		at = at << 6 | ((unsigned char)s.ptr[*i + k] & 0x3F);
	*i += n;
	return at;
}

static Str normal_form(Arena *a, Str s, bool abbreviations)
{
	enum { WIDEST = 4, GREEK_MOST = sizeof "upsilon" + 1 }; /* bytes one more letter may take */
	s = normalise_plain(a, s);
	bool plain = true;
	size_t greeks = 0;
	for (size_t i = 0; i < s.len; i++) {
		plain &= (unsigned char)s.ptr[i] < 0x80;
		greeks += (unsigned char)s.ptr[i] == 0xCE || (unsigned char)s.ptr[i] == 0xCF;
	}
	if (!plain)
		s = utf8_visible(a, s);
	Form f = { .to = arena_alloc(a, s.len * 2 + greeks * GREEK_MOST + WIDEST) };
	for (size_t i = 0; i < s.len;) {
		bool stop = s.ptr[i] == '.' && f.n > 0 && !f.parted;
		put_folded(&f, code_point(s, &i));
		if (stop && abbreviations && i < s.len && !is_digit(f.to[f.n - 1]))
			f.to[f.n++] = '.';
	}
	if (abbreviations && f.n > 0 && f.to[f.n - 1] == '.')
		f.n--;
	return (Str){ f.to, f.n };
}

Str normalise_words(Arena *a, Str s)
{
	return normal_form(a, s, false);
}

Str normalise_abbreviated(Arena *a, Str s)
{
	return normal_form(a, s, true);
}

bool normalise_next(Str *rest, Str *word)
{
	return rest->len > 0 && str_split(rest, ' ', word);
}

uint64_t normalise_joined(Str words)
{
	uint64_t h = 0xCBF29CE484222325u;
	for (size_t i = 0; i < words.len; i++)
		if (words.ptr[i] != ' ')
			h = (h ^ (unsigned char)words.ptr[i]) * 0x100000001B3u;
	return words.len == 0 ? 0 : h;
}

Str normalise_doi(Arena *a, Str s)
{
	Str low = str_lower_ascii(a, normalise_plain(a, s));
	size_t at = str_find_str(low, STR("10."));
	if (at == SIZE_MAX || str_find(low, '/', at) == SIZE_MAX)
		return STR_NONE;
	low = str_trim(str_sub(low, at, low.len));
	size_t blank = str_find(low, ' ', 0);
	low = str_sub(low, 0, blank == SIZE_MAX ? low.len : blank);
	while (low.len > 0 && strchr(".,;", low.ptr[low.len - 1]) != NULL)
		low.len--;
	return low;
}
