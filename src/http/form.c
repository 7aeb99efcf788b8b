#include "http/form.h"

#include "base/utf8.h"
#include "http/form_check.h"

#include <string.h>

Str pairs_get(HttpPairs pairs, const char *name)
{
	size_t i = pairs_next(pairs, name, 0);
	return i < pairs.n ? pairs.items[i].value : STR_NONE;
}

size_t pairs_next(HttpPairs pairs, const char *name, size_t from)
{
	size_t i = from;
	while (i < pairs.n && !str_eq_z(pairs.items[i].name, name))
		i++;
	return i < pairs.n ? i : pairs.n;
}

const HttpFile *form_file(const HttpForm *form, const char *name)
{
	for (size_t i = 0; i < form->file_count; i++)
		if (str_eq_z(form->files[i].name, name) && form->files[i].filename.len > 0)
			return &form->files[i];
	return NULL;
}

static int hex_digit(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	if (ch >= 'a' && ch <= 'f')
		return ch - 'a' + 10;
	if (ch >= 'A' && ch <= 'F')
		return ch - 'A' + 10;
	return -1;
}

/* Decodes %XX, and '+' as a space when `plus`. False on a broken escape. */
static bool percent_decode(Arena *a, Str in, bool plus, Str *out)
{
	if (str_find(in, '%', 0) == SIZE_MAX && (!plus || str_find(in, '+', 0) == SIZE_MAX)) {
		*out = in.ptr == NULL ? STR("") : in;
		return true;
	}
	char *to = arena_alloc(a, in.len);
	size_t n = 0;
	for (size_t i = 0; i < in.len; i++) {
		if (in.ptr[i] == '%') {
			if (in.len - i < 3 || hex_digit(in.ptr[i + 1]) < 0 || hex_digit(in.ptr[i + 2]) < 0)
				return false;
			to[n++] = (char)(hex_digit(in.ptr[i + 1]) * 16 + hex_digit(in.ptr[i + 2]));
			i += 2;
		} else {
			to[n++] = plus && in.ptr[i] == '+' ? ' ' : in.ptr[i];
		}
	}
	*out = (Str){ to, n };
	return true;
}

Str form_line_ends(Arena *a, Str s)
{
	if (str_find(s, '\r', 0) == SIZE_MAX)
		return s;
	char *to = arena_alloc(a, s.len);
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n')
			continue;
		to[n++] = s.ptr[i] == '\r' ? '\n' : s.ptr[i];
	}
	return (Str){ to, n };
}

Err form_check_name(Ctx *c, Str name)
{
	if (name.len == 0)
		return refuse(c, "", "%s", T(c->lang, "A field of the form has no name."));
	if (name.len > FORM_NAME_MOST)
		return refuse(c, "", "%s", T(c->lang, "A field of the form has a name that is too long."));
	bool lines = str_find(name, '\n', 0) != SIZE_MAX || str_find(name, '\r', 0) != SIZE_MAX;
	if (lines || !utf8_valid(name, NULL) || utf8_has_controls(name))
		return refuse(c, "", "%s", T(c->lang, "A field of the form has a name that is not text."));
	return OK;
}

Err form_check_value(Ctx *c, Str name, Str value)
{
	if (!utf8_valid(value, NULL))
		return refuse(c, str_z(c->arena, name), "%s", T(c->lang, "The text is not valid UTF-8."));
	if (utf8_has_controls(value))
		return refuse(c, str_z(c->arena, name), "%s", T(c->lang, "The text holds control characters."));
	return OK;
}

static Err decode_pair(Ctx *c, Str piece, HttpPair *out)
{
	size_t eq = str_find(piece, '=', 0);
	if (!percent_decode(c->arena, str_sub(piece, 0, eq), true, &out->name))
		return refuse(c, "", "%s", T(c->lang, "The form holds a broken percent escape."));
	RETURN_IF_ERR(form_check_name(c, out->name));
	Str value = STR("");
	if (eq != SIZE_MAX && !percent_decode(c->arena, str_sub(piece, eq + 1, piece.len), true, &value))
		return refuse(c, str_z(c->arena, out->name), "%s",
			      T(c->lang, "The form holds a broken percent escape."));
	RETURN_IF_ERR(form_check_value(c, out->name, value));
	out->value = form_line_ends(c->arena, value);
	return OK;
}

Err form_urlencoded(Ctx *c, Str body, HttpPairs *out)
{
	*out = (HttpPairs){ 0 };
	size_t n = body.len > 0;
	for (size_t at = str_find(body, '&', 0); at != SIZE_MAX; at = str_find(body, '&', at + 1))
		n++;
	if (n > FORM_FIELDS_MOST)
		return refuse(c, "", T(c->lang, "The form has more than %d fields."), FORM_FIELDS_MOST);
	HttpPairs pairs = { ARENA_ARRAY(c->arena, n, HttpPair), 0 };
	Str piece;
	while (n > 0 && str_split(&body, '&', &piece)) {
		if (piece.len == 0)
			continue;
		RETURN_IF_ERR(decode_pair(c, piece, &pairs.items[pairs.n]));
		pairs.n++;
	}
	*out = pairs;
	return OK;
}

static bool has_bad_segment(Str path)
{
	Str rest = str_sub(path, 1, path.len), segment;
	while (str_split(&rest, '/', &segment)) {
		bool last = segment.ptr + segment.len == path.ptr + path.len;
		if ((segment.len == 0 && !last) || str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
			return true;
	}
	return false;
}

Err form_path(Ctx *c, Str raw, Str *out)
{
	Str path;
	if (raw.len == 0 || raw.ptr[0] != '/')
		return refuse(c, "", "%s", T(c->lang, "The address does not begin with a slash."));
	for (size_t at = str_find(raw, '%', 0); at != SIZE_MAX; at = str_find(raw, '%', at + 1))
		if (raw.len - at >= 3 && raw.ptr[at + 1] == '2' && (raw.ptr[at + 2] | 0x20) == 'f')
			return refuse(c, "", "%s", T(c->lang, "The address holds an encoded slash."));
	if (!percent_decode(c->arena, raw, false, &path))
		return refuse(c, "", "%s", T(c->lang, "The address holds a broken percent escape."));
	if (!utf8_valid(path, NULL))
		return refuse(c, "", "%s", T(c->lang, "The address is not valid UTF-8."));
	bool strange = utf8_has_controls(path);
	for (size_t i = 0; i < path.len && !strange; i++)
		strange = (unsigned char)path.ptr[i] < 0x20 || path.ptr[i] == '\\';
	if (strange)
		return refuse(c, "", "%s", T(c->lang, "The address holds characters that no address has."));
	if (has_bad_segment(path))
		return refuse(c, "", "%s", T(c->lang, "The address holds an empty or a dot segment."));
	*out = path;
	return OK;
}

Str cookie_get(Str header, const char *name)
{
	Str piece;
	while (header.len > 0 && str_split(&header, ';', &piece)) {
		size_t eq = str_find(piece, '=', 0);
		if (eq == SIZE_MAX || !str_eq_z(str_trim(str_sub(piece, 0, eq)), name))
			continue;
		Str value = str_trim(str_sub(piece, eq + 1, piece.len));
		if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
			value = str_sub(value, 1, value.len - 1);
		return value;
	}
	return STR_NONE;
}

/* The q of one language range in thousandths; 1000 without, 0 when malformed. */
static int quality(Str parameters)
{
	Str piece;
	while (parameters.len > 0 && str_split(&parameters, ';', &piece)) {
		piece = str_trim(piece);
		if (piece.len < 2 || (piece.ptr[0] | 0x20) != 'q' || piece.ptr[1] != '=')
			continue;
		double q = 0;
		if (!str_to_real(str_sub(piece, 2, piece.len), &q) || q < 0 || q > 1)
			return 0;
		return (int)(q * 1000);
	}
	return 1000;
}

Lang accept_language(Str header)
{
	/* -1: not named. Norwegian and Swedish readers get Danish by the default. */
	int danish = -1, english = -1, any = -1;
	Str piece;
	while (header.len > 0 && str_split(&header, ',', &piece)) {
		size_t semicolon = str_find(piece, ';', 0);
		Str range = str_trim(str_sub(piece, 0, semicolon));
		int q = semicolon == SIZE_MAX ? 1000 : quality(str_sub(piece, semicolon + 1, piece.len));
		Str primary = str_sub(range, 0, str_find(range, '-', 0));
		if (str_eq_nocase(primary, STR("da")) && q > danish)
			danish = q;
		else if (str_eq_nocase(primary, STR("en")) && q > english)
			english = q;
		else if (str_eq(range, STR("*")) && q > any)
			any = q;
	}
	if (danish < 0)
		danish = any < 0 ? 0 : any;
	if (english < 0)
		english = any < 0 ? 0 : any;
	return english > danish ? LANG_EN : LANG_DA;
}

Str url_encode(Arena *a, Str s)
{
	static const char hex[] = "0123456789ABCDEF";
	char *to = arena_array(a, s.len, 3);
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
			     (ch != 0 && memchr("-._~", ch, 4) != NULL);
		if (plain) {
			to[n++] = (char)ch;
		} else {
			to[n++] = '%';
			to[n++] = hex[ch >> 4];
			to[n++] = hex[ch & 15];
		}
	}
	return (Str){ to, n };
}
