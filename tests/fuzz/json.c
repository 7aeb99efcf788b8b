/* A document that is accepted, written again and read again is the same document. */
#include "fuzz.h"

#include "format/json.h"

enum { MOST = 1 << 16 };

static void write_value(JsonWriter *w, JsonValue v)
{
	Str text;
	int64_t n;
	double x;
	bool b;
	void *walk = NULL;
	JsonValue member;
	switch (json_kind(v)) {
	case JSON_IS_OBJECT:
		json_open_object(w);
		while (json_each(v, &walk, &text, &member)) {
			json_key_str(w, text);
			write_value(w, member);
		}
		json_close(w);
		break;
	case JSON_IS_LIST:
		json_open_list(w);
		for (size_t i = 0; i < json_count(v); i++)
			write_value(w, json_at(v, i));
		json_close(w);
		break;
	case JSON_IS_TEXT:
		HOLDS(json_as_text(v, &text));
		json_put_text(w, text);
		break;
	case JSON_IS_INT:
		HOLDS(json_as_int(v, &n));
		json_put_int(w, n);
		break;
	case JSON_IS_REAL:
		HOLDS(json_as_real(v, &x));
		json_put_real(w, x);
		break;
	case JSON_IS_BOOL:
		HOLDS(json_as_bool(v, &b));
		json_put_bool(w, b);
		break;
	case JSON_IS_NULL: json_put_null(w); break;
	case JSON_IS_MISSING: HOLDS(false);
	}
}

/* The document as the writer writes it; STR_NONE when it is refused. */
static Str rewritten(Ctx *c, Str bytes)
{
	JsonValue v;
	if (json_parse(c, bytes, MOST, &v) != OK)
		return STR_NONE;
	Buf *out = buf_new(c->arena, 16 * MOST);
	JsonWriter w = json_writer(out);
	write_value(&w, v);
	HOLDS(json_done(&w));
	return buf_str(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	Str once = rewritten(c, (Str){ (const char *)data, size });
	if (!str_is_none(once))
		HOLDS(str_eq(once, rewritten(c, once)));
	return 0;
}
