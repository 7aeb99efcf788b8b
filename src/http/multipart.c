#include "http/form_check.h"

#include <string.h>

enum { BOUNDARY_MOST = 70, PART_HEADER_MOST = 4096 };

typedef struct {
	Str disposition, type, encoding;
} PartHeader;

static Err malformed(Ctx *c)
{
	return refuse(c, "", "%s", T(c->lang, "The form was not sent as a browser sends it."));
}

/* Reads `name=token` or `name="text"` from the front of *rest (which begins
 * behind the ';' before it); quotes are removed, %22 inside becomes a quote as
 * browsers mean it. */
static bool parameter(Arena *a, Str *rest, Str *name, Str *value)
{
	*rest = str_trim(*rest);
	size_t eq = str_find(*rest, '=', 0);
	if (eq == SIZE_MAX)
		return false;
	*name = str_trim(str_sub(*rest, 0, eq));
	Str after = str_sub(*rest, eq + 1, rest->len);
	if (after.len > 0 && after.ptr[0] == '"') {
		size_t end = str_find(after, '"', 1);
		if (end == SIZE_MAX)
			return false;
		Str raw = str_sub(after, 1, end);
		char *to = arena_alloc(a, raw.len);
		size_t n = 0;
		for (size_t i = 0; i < raw.len; i++) {
			bool quote = raw.len - i >= 3 && memcmp(raw.ptr + i, "%22", 3) == 0;
			to[n++] = quote ? '"' : raw.ptr[i];
			i += quote ? 2 : 0;
		}
		*value = (Str){ to, n };
		after = str_trim(str_sub(after, end + 1, after.len));
		if (after.len > 0 && after.ptr[0] != ';')
			return false;
		*rest = after.len > 0 ? str_sub(after, 1, after.len) : (Str){ after.ptr, 0 };
		return true;
	}
	size_t end = str_find(after, ';', 0);
	*value = str_trim(str_sub(after, 0, end));
	*rest = end == SIZE_MAX ? (Str){ after.ptr, 0 } : str_sub(after, end + 1, after.len);
	return value->len > 0;
}

static bool boundary_of(Arena *a, Str content_type, Str *out)
{
	size_t semicolon = str_find(content_type, ';', 0);
	if (semicolon == SIZE_MAX ||
	    !str_eq_nocase(str_trim(str_sub(content_type, 0, semicolon)), STR("multipart/form-data")))
		return false;
	Str rest = str_sub(content_type, semicolon + 1, content_type.len), name, value;
	while (rest.len > 0) {
		if (!parameter(a, &rest, &name, &value))
			return false;
		if (!str_eq_nocase(name, STR("boundary")))
			continue;
		*out = value;
		return value.len > 0 && value.len <= BOUNDARY_MOST && str_find(value, '\n', 0) == SIZE_MAX;
	}
	return false;
}

/* The header lines of a part, up to the empty line; *rest is moved behind it. */
static bool part_header(Str *rest, PartHeader *out)
{
	*out = (PartHeader){ 0 };
	Str window = str_sub(*rest, 0, PART_HEADER_MOST);
	size_t end = str_find_str(window, STR("\r\n\r\n"));
	if (end == SIZE_MAX)
		return false;
	Str lines = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end + 4, rest->len);
	while (lines.len > 0) {
		size_t line_end = str_find_str(lines, STR("\r\n"));
		Str line = str_sub(lines, 0, line_end);
		lines = line_end == SIZE_MAX ? (Str){ lines.ptr, 0 } : str_sub(lines, line_end + 2, lines.len);
		size_t colon = str_find(line, ':', 0);
		if (colon == SIZE_MAX || colon == 0)
			return false;
		Str name = str_sub(line, 0, colon), value = str_trim(str_sub(line, colon + 1, line.len));
		Str *to = str_eq_nocase(name, STR("Content-Disposition"))         ? &out->disposition
			  : str_eq_nocase(name, STR("Content-Type"))              ? &out->type
			  : str_eq_nocase(name, STR("Content-Transfer-Encoding")) ? &out->encoding
										  : NULL;
		if (to != NULL && !str_is_none(*to))
			return false;
		if (to != NULL)
			*to = value;
	}
	return true;
}

/* name and filename of `form-data; name="…"; filename="…"`. */
static bool disposition_of(Arena *a, Str value, Str *name, Str *filename)
{
	*name = *filename = STR_NONE;
	size_t semicolon = str_find(value, ';', 0);
	if (semicolon == SIZE_MAX || !str_eq_nocase(str_trim(str_sub(value, 0, semicolon)), STR("form-data")))
		return false;
	Str rest = str_sub(value, semicolon + 1, value.len), key, text;
	while (rest.len > 0) {
		if (!parameter(a, &rest, &key, &text))
			return false;
		Str *to = str_eq_nocase(key, STR("name"))       ? name
			  : str_eq_nocase(key, STR("filename")) ? filename
								: NULL;
		if (to != NULL && !str_is_none(*to))
			return false;
		if (to != NULL)
			*to = text;
	}
	return !str_is_none(*name);
}

static Str last_component(Str path)
{
	size_t from = path.len;
	while (from > 0 && path.ptr[from - 1] != '/' && path.ptr[from - 1] != '\\')
		from--;
	return str_sub(path, from, path.len);
}

static Err add_part(Ctx *c, const PartHeader *header, Str data, HttpForm *form)
{
	Str name, filename;
	if (!disposition_of(c->arena, header->disposition, &name, &filename))
		return malformed(c);
	RETURN_IF_ERR(form_check_name(c, name));
	if (header->encoding.len > 0 && !str_eq_nocase(header->encoding, STR("binary")) &&
	    !str_eq_nocase(header->encoding, STR("8bit")) && !str_eq_nocase(header->encoding, STR("7bit")))
		return malformed(c);
	if (str_is_none(filename)) {
		if (form->fields.n == FORM_FIELDS_MOST)
			return refuse(c, "", T(c->lang, "The form has more than %d fields."), FORM_FIELDS_MOST);
		RETURN_IF_ERR(form_check_value(c, name, data));
		form->fields.items[form->fields.n++] = (HttpPair){ name, form_line_ends(c->arena, data) };
		return OK;
	}
	if (form->file_count == FORM_FILES_MOST)
		return refuse(c, "", T(c->lang, "The form has more than %d files."), FORM_FILES_MOST);
	RETURN_IF_ERR(form_check_value(c, name, filename));
	form->files[form->file_count++] = (HttpFile){ name, last_component(filename), header->type, data };
	return OK;
}

Err form_multipart(Ctx *c, Str content_type, Str body, HttpForm *out)
{
	*out = (HttpForm){ 0 };
	Str boundary;
	if (!boundary_of(c->arena, content_type, &boundary))
		return malformed(c);
	Str opening = str_printf(c->arena, "--%.*s\r\n", STR_ARG(boundary));
	Str between = str_printf(c->arena, "\r\n--%.*s", STR_ARG(boundary));
	if (str_starts(body, str_sub(between, 2, between.len)) && !str_starts(body, opening))
		return str_eq(str_trim(str_sub(body, between.len - 2, body.len)), STR("--")) ? OK : malformed(c);
	if (!str_starts(body, opening))
		return malformed(c);
	HttpForm form = { { ARENA_ARRAY(c->arena, FORM_FIELDS_MOST, HttpPair), 0 },
			  ARENA_ARRAY(c->arena, FORM_FILES_MOST, HttpFile),
			  0 };
	Str rest = str_sub(body, opening.len, body.len);
	for (;;) {
		PartHeader header;
		if (!part_header(&rest, &header))
			return malformed(c);
		size_t end = str_find_str(rest, between);
		if (end == SIZE_MAX)
			return malformed(c);
		RETURN_IF_ERR(add_part(c, &header, str_sub(rest, 0, end), &form));
		rest = str_sub(rest, end + between.len, rest.len);
		if (str_starts(rest, STR("--"))) {
			rest = str_sub(rest, 2, rest.len);
			break;
		}
		if (!str_starts(rest, STR("\r\n")))
			return malformed(c);
		rest = str_sub(rest, 2, rest.len);
	}
	if (rest.len > 0 && !str_eq(rest, STR("\r\n")))
		return malformed(c);
	*out = form;
	return OK;
}
