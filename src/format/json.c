#include "format/json.h"

#include "base/utf8.h"
#include "format/real.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MEMBER_MOST = 64 }; /* bytes of a name that a refusal repeats */

/* What a level waits for; upper case once it has had its first. */
enum {
	WANT_ANY = 'a',
	WANT_KEY = 'k',
	WANT_FURTHER_KEY = 'K',
	WANT_VALUE = 'v',
	WANT_ITEM = 'i',
	WANT_FURTHER_ITEM = 'I',
	WANT_NOTHING = 'n'
};

JsonWriter json_writer(Buf *out)
{
	return (JsonWriter){ .out = out, .state = { WANT_ANY } };
}

/* Before any value: the comma, and what the level waits for afterwards. */
static void before_value(JsonWriter *w)
{
	char *state = &w->state[w->depth];
	assert(*state == WANT_ANY || *state == WANT_VALUE || *state == WANT_ITEM || *state == WANT_FURTHER_ITEM);
	if (*state == WANT_FURTHER_ITEM)
		buf_char(w->out, ',');
	*state = *state == WANT_ANY ? WANT_NOTHING : *state == WANT_VALUE ? WANT_FURTHER_KEY : WANT_FURTHER_ITEM;
}

static void open_level(JsonWriter *w, char bracket, char state)
{
	before_value(w);
	assert(w->depth < JSON_DEPTH_MOST);
	w->state[++w->depth] = state;
	buf_char(w->out, bracket);
}

void json_open_object(JsonWriter *w)
{
	open_level(w, '{', WANT_KEY);
}

void json_open_list(JsonWriter *w)
{
	open_level(w, '[', WANT_ITEM);
}

void json_close(JsonWriter *w)
{
	assert(w->depth > 0 && w->state[w->depth] != WANT_VALUE);
	char state = w->state[w->depth--];
	buf_char(w->out, state == WANT_ITEM || state == WANT_FURTHER_ITEM ? ']' : '}');
}

static void put_escaped(Buf *b, Str s)
{
	static const char short_forms[0x20] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r' };
	size_t from = 0;
	buf_char(b, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		if (ch >= 0x20 && ch != '"' && ch != '\\')
			continue;
		buf_add(b, s.ptr + from, i - from);
		from = i + 1;
		if (ch >= 0x20)
			buf_printf(b, "\\%c", ch);
		else if (short_forms[ch] != 0)
			buf_printf(b, "\\%c", short_forms[ch]);
		else
			buf_printf(b, "\\u%04x", ch);
	}
	buf_add(b, s.ptr + from, s.len - from);
	buf_char(b, '"');
}

void json_key(JsonWriter *w, const char *key)
{
	json_key_str(w, str_of(key));
}

void json_key_str(JsonWriter *w, Str key)
{
	char *state = &w->state[w->depth];
	assert(*state == WANT_KEY || *state == WANT_FURTHER_KEY);
	if (*state == WANT_FURTHER_KEY)
		buf_char(w->out, ',');
	*state = WANT_VALUE;
	put_escaped(w->out, key);
	buf_char(w->out, ':');
}

void json_put_text(JsonWriter *w, Str s)
{
	if (str_is_none(s)) {
		json_put_null(w);
		return;
	}
	before_value(w);
	put_escaped(w->out, s);
}

void json_put_int(JsonWriter *w, int64_t n)
{
	before_value(w);
	buf_int(w->out, n);
}

void json_put_real(JsonWriter *w, double x)
{
	if (!isfinite(x)) {
		json_put_null(w);
		return;
	}
	before_value(w);
	char digits[REAL_MOST];
	buf_add(w->out, digits, real_put(digits, x));
}

void json_put_bool(JsonWriter *w, bool b)
{
	before_value(w);
	buf_z(w->out, b ? "true" : "false");
}

void json_put_null(JsonWriter *w)
{
	before_value(w);
	buf_z(w->out, "null");
}

void json_put_date(JsonWriter *w, Date d)
{
	if (d == DATE_NONE) {
		json_put_null(w);
		return;
	}
	before_value(w);
	Ymd v = date_ymd(d);
	buf_printf(w->out, "\"%04d-%02d-%02d\"", v.year, v.month, v.day);
}

void json_add_text(JsonWriter *w, const char *key, Str s)
{
	json_key(w, key);
	json_put_text(w, s);
}

void json_add_int(JsonWriter *w, const char *key, int64_t n)
{
	json_key(w, key);
	json_put_int(w, n);
}

void json_add_real(JsonWriter *w, const char *key, double x)
{
	json_key(w, key);
	json_put_real(w, x);
}

void json_add_null(JsonWriter *w, const char *key)
{
	json_key(w, key);
	json_put_null(w);
}

void json_add_object(JsonWriter *w, const char *key)
{
	json_key(w, key);
	json_open_object(w);
}

void json_add_list(JsonWriter *w, const char *key)
{
	json_key(w, key);
	json_open_list(w);
}

bool json_done(const JsonWriter *w)
{
	return w->depth == 0 && w->state[0] == WANT_NOTHING && !w->out->failed;
}

static const char *fault(Lang lang, const json_error_t *error)
{
	switch (json_error_code(error)) {
	case json_error_invalid_utf8: return T(lang, "This is not UTF-8 text");
	case json_error_premature_end_of_input: return T(lang, "The JSON document ends too early");
	case json_error_end_of_input_expected: return T(lang, "Something stands behind the JSON document");
	case json_error_duplicate_key: return T(lang, "The same name stands twice in a JSON object");
	case json_error_numeric_overflow: return T(lang, "The number is too large");
	case json_error_null_character:
	case json_error_null_byte_in_key: return T(lang, "A zero byte is not allowed in JSON text");
	default: return T(lang, "The JSON document is malformed here");
	}
}

/* The member whose value stands at an offset: the last text in front of a colon;
 * none in front of the first, or where it is no plain name. */
static Str member_at(Str bytes, size_t offset)
{
	Str text = STR(""), member = STR("");
	for (size_t i = 0; i < offset && i < bytes.len; i++) {
		if (bytes.ptr[i] == ':')
			member = text;
		if (bytes.ptr[i] != '"')
			continue;
		size_t start = ++i;
		while (i < bytes.len && bytes.ptr[i] != '"')
			i += bytes.ptr[i] == '\\' ? 2 : 1;
		text = str_sub(bytes, start, i);
	}
	return member.len <= MEMBER_MOST && utf8_valid(member, NULL) && str_find(member, '\\', 0) == SIZE_MAX ? member
													      : STR("");
}

/* Field, line and character of an offset, the latter from 1. */
static Err refuse_here(Ctx *c, Str bytes, size_t offset, const char *message)
{
	int64_t line = 1;
	size_t start = 0;
	for (size_t i = 0; i < offset; i++) {
		if (bytes.ptr[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	const char *field = str_z(c->arena, member_at(bytes, offset));
	return refuse_at(c, field, line, (int64_t)utf8_length(str_sub(bytes, start, offset)) + 1, "%s", message);
}

/* Brackets outside texts, counted before jansson's recursion sees them. */
static Err check_depth(Ctx *c, Str bytes)
{
	int depth = 0;
	bool in_text = false;
	for (size_t i = 0; i < bytes.len; i++) {
		char ch = bytes.ptr[i];
		if (in_text) {
			if (ch == '\\')
				i++;
			else
				in_text = ch != '"';
			continue;
		}
		in_text = ch == '"';
		depth += (ch == '{' || ch == '[') - (ch == '}' || ch == ']');
		if (depth > JSON_DEPTH_MOST)
			return refuse_here(c, bytes, i, T(c->lang, "The JSON document is nested too deeply"));
	}
	return OK;
}

static void release(void *node)
{
	json_decref(node);
}

Err json_parse(Ctx *c, Str bytes, size_t most, JsonValue *out)
{
	size_t bad = 0;
	*out = (JsonValue){ NULL };
	if (bytes.len > most)
		return refuse(c, "", T(c->lang, "The JSON document is larger than %zu bytes"), most);
	if (bytes.ptr == NULL)
		bytes = STR("");
	if (!utf8_valid(bytes, &bad))
		return refuse_here(c, bytes, bad, T(c->lang, "This is not UTF-8 text"));
	RETURN_IF_ERR(check_depth(c, bytes));
	json_error_t error;
	json_t *node = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &error);
	if (node == NULL)
		return refuse_here(c, bytes,
				   error.position < 0                   ? 0
				   : (size_t)error.position < bytes.len ? (size_t)error.position
									: bytes.len,
				   fault(c->lang, &error));
	arena_defer(c->arena, release, node);
	*out = (JsonValue){ node };
	return OK;
}

static json_t *node_of(JsonValue v)
{
	return (json_t *)(uintptr_t)v.node;
}

JsonKind json_kind(JsonValue v)
{
	if (v.node == NULL)
		return JSON_IS_MISSING;
	switch (json_typeof(node_of(v))) {
	case JSON_OBJECT: return JSON_IS_OBJECT;
	case JSON_ARRAY: return JSON_IS_LIST;
	case JSON_STRING: return JSON_IS_TEXT;
	case JSON_INTEGER: return JSON_IS_INT;
	case JSON_REAL: return JSON_IS_REAL;
	case JSON_TRUE:
	case JSON_FALSE: return JSON_IS_BOOL;
	case JSON_NULL: break;
	}
	return JSON_IS_NULL;
}

JsonValue json_member(JsonValue v, const char *key)
{
	return (JsonValue){ json_object_get(node_of(v), key) };
}

size_t json_count(JsonValue v)
{
	return json_kind(v) == JSON_IS_OBJECT ? json_object_size(node_of(v)) : json_array_size(node_of(v));
}

JsonValue json_at(JsonValue v, size_t i)
{
	return (JsonValue){ json_array_get(node_of(v), i) };
}

bool json_each(JsonValue v, void **walk, Str *key, JsonValue *value)
{
	json_t *object = node_of(v);
	*walk = *walk == NULL ? json_object_iter(object) : json_object_iter_next(object, *walk);
	if (*walk == NULL)
		return false;
	*key = (Str){ json_object_iter_key(*walk), json_object_iter_key_len(*walk) };
	*value = (JsonValue){ json_object_iter_value(*walk) };
	return true;
}

bool json_as_text(JsonValue v, Str *out)
{
	if (json_kind(v) != JSON_IS_TEXT)
		return false;
	*out = (Str){ json_string_value(node_of(v)), json_string_length(node_of(v)) };
	return true;
}

bool json_as_int(JsonValue v, int64_t *out)
{
	if (json_kind(v) != JSON_IS_INT)
		return false;
	*out = json_integer_value(node_of(v));
	return true;
}

bool json_as_real(JsonValue v, double *out)
{
	if (json_kind(v) != JSON_IS_INT && json_kind(v) != JSON_IS_REAL)
		return false;
	*out = json_number_value(node_of(v));
	return true;
}

bool json_as_bool(JsonValue v, bool *out)
{
	if (json_kind(v) != JSON_IS_BOOL)
		return false;
	*out = json_is_true(node_of(v));
	return true;
}
