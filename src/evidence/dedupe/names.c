#include "evidence/dedupe/names.h"

#include "base/utf8.h"
#include "evidence/dedupe/normalise.h"
#include "evidence/dedupe/similar.h"

#include <math.h>
#include <string.h>

enum { NAME_MOST = 200 }; /* bytes of one name; what is longer is cut */

static bool is_upper(char ch)
{
	return ch >= 'A' && ch <= 'Z';
}

/* "JM", "J.M.": capitals only, at most four. */
static bool is_initials(Str s)
{
	size_t letters = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (!is_upper(s.ptr[i]) && s.ptr[i] != '.' && s.ptr[i] != '-')
			return false;
		letters += is_upper(s.ptr[i]);
	}
	return letters > 0 && letters <= 4;
}

/* Where the last blank stands; SIZE_MAX: nowhere. */
static size_t last_blank(Str s)
{
	for (size_t i = s.len; i > 0; i--)
		if (s.ptr[i - 1] == ' ')
			return i - 1;
	return SIZE_MAX;
}

static void split_name(Str name, Str *surname, Str *given)
{
	size_t comma = str_find(name, ',', 0), blank = last_blank(name);
	if (comma != SIZE_MAX) {
		*surname = str_sub(name, 0, comma);
		*given = str_sub(name, comma + 1, name.len);
	} else if (blank == SIZE_MAX) {
		*surname = name;
		*given = STR("");
	} else if (is_initials(str_sub(name, blank + 1, name.len))) {
		*surname = str_sub(name, 0, blank);
		*given = str_sub(name, blank + 1, name.len);
	} else {
		*surname = str_sub(name, blank + 1, name.len);
		*given = str_sub(name, 0, blank);
	}
}

static Str without_blanks(Arena *a, Str words)
{
	char *to = arena_alloc(a, words.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < words.len; i++)
		if (words.ptr[i] != ' ')
			to[n++] = words.ptr[i];
	return (Str){ to, n };
}

static void add_tokens(Words *words, RecordName *name, Str form)
{
	Str word;
	while (normalise_next(&form, &word) && name->tokens < RECORD_TOKENS_MOST)
		if (word.len >= 2)
			name->token[name->tokens++] = words_number(words, word);
}

static bool read_name(Words *words, Str text, RecordName *out)
{
	Str surname, given, trimmed = str_trim(utf8_beginning(text, NAME_MOST));
	*out = (RecordName){ .tokens = 0 };
	split_name(trimmed, &surname, &given);
	surname = normalise_words(words->arena, surname);
	given = normalise_words(words->arena, given);
	if (str_eq(given, STR("null")))
		given = STR("");
	if (surname.len == 0) {
		surname = given;
		given = STR("");
	}
	if (surname.len == 0 || str_eq(surname, STR("et al")) || str_eq(surname, STR("al")) ||
	    str_eq(surname, STR("others")))
		return false;
	out->surname = words_number(words, without_blanks(words->arena, surname));
	out->initial = given.len > 0 ? given.ptr[0] : 0;
	add_tokens(words, out, surname);
	add_tokens(words, out, given);
	if (str_find(given, ' ', 0) != SIZE_MAX && out->tokens < RECORD_TOKENS_MOST)
		out->token[out->tokens++] = words_number(words, without_blanks(words->arena, given));
	return true;
}

/* Cuts the next name off: at " and ", a semicolon, or a comma where names are parted by commas. */
static Str next_name(Str *rest, bool commas)
{
	size_t end = rest->len, skip = 0;
	for (size_t i = 0; i < rest->len && skip == 0; i++) {
		Str here = str_sub(*rest, i, rest->len);
		if (str_starts(here, STR(" and ")))
			skip = 5;
		else if (here.ptr[0] == ';' || here.ptr[0] == '\n' || (commas && here.ptr[0] == ','))
			skip = 1;
		if (skip > 0)
			end = i;
	}
	Str name = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end + skip, rest->len);
	return name;
}

/* "Zuna RE, Wang SS": what stands before the first comma ends with initials, or there are names without any comma's
 * given name behind ("Jens Hansen, Grete Olsen"). */
static bool parted_by_commas(Str authors)
{
	size_t comma = str_find(authors, ',', 0);
	if (comma == SIZE_MAX || str_find(authors, ';', 0) != SIZE_MAX ||
	    str_find_str(authors, STR(" and ")) != SIZE_MAX)
		return false;
	Str first = str_trim(str_sub(authors, 0, comma));
	size_t blank = last_blank(first), second = str_find(authors, ',', comma + 1);
	if (blank == SIZE_MAX)
		return false;
	return is_initials(str_sub(first, blank + 1, first.len)) || second != SIZE_MAX;
}

uint32_t names_read(Words *words, Str authors, RecordName *out)
{
	uint32_t n = 0;
	Str rest = normalise_plain(words->arena, authors);
	bool commas = parted_by_commas(rest);
	while (rest.len > 0 && n < RECORD_AUTHORS_MOST) {
		Str name = next_name(&rest, commas);
		n += read_name(words, name, &out[n]);
	}
	return n;
}

static bool holds(const RecordName *name, uint32_t token)
{
	for (uint8_t i = 0; i < name->tokens; i++)
		if (name->token[i] == token)
			return true;
	return false;
}

/* "plata" and "marquezdelaplata": one leaves the particle or the first surname out. */
static bool ends_alike(Str a, Str b)
{
	Str shorter = a.len < b.len ? a : b, longer = a.len < b.len ? b : a;
	return shorter.len >= 4 && (str_ends(longer, shorter) || str_starts(longer, shorter));
}

bool names_match(const Words *words, const RecordName *a, const RecordName *b)
{
	static const double slip = 0.92; /* Winkler's own matching of surnames begins here */
	if (a->surname == b->surname || holds(b, a->surname) || holds(a, b->surname))
		return true;
	if (a->initial != 0 && b->initial != 0 && a->initial != b->initial)
		return false;
	Str x = words_text(words, a->surname), y = words_text(words, b->surname);
	return similar_slip(x, y, slip) || ends_alike(x, y);
}

double names_share(const Words *words, const Record *a, const Record *b, bool *first)
{
	const Record *fewer = a->author_count <= b->author_count ? a : b, *more = fewer == a ? b : a;
	uint32_t matched = 0;
	*first = false;
	if (fewer->author_count == 0)
		return NAN;
	*first = names_match(words, &a->authors[0], &b->authors[0]);
	for (uint32_t i = 0; i < fewer->author_count; i++) {
		bool found = false;
		for (uint32_t j = 0; j < more->author_count && !found; j++)
			found = names_match(words, &fewer->authors[i], &more->authors[j]);
		matched += found;
	}
	return (double)matched / fewer->author_count;
}
