/* json: documents written as a stream, and read with limits (RFC 8259).
 *
 * The writer puts commas and quotes itself and asserts that what is written
 * nests; errors stick in its Buf. Reading checks size, depth, UTF-8 and that no
 * key stands twice; what it gives lives in c->arena. jansson parses; no other
 * file knows it. A writer or a value belongs to one thread.
 */
#ifndef FORMAT_JSON_H
#define FORMAT_JSON_H

#include "base/buf.h"
#include "base/ctx.h"

enum {
	JSON_DEPTH_MOST = 32, /* objects and lists inside each other, read or written */
};

typedef struct {
	Buf *out;
	char state[JSON_DEPTH_MOST + 1]; /* what each open level waits for */
	int depth;
} JsonWriter;

JsonWriter json_writer(Buf *out);
void json_open_object(JsonWriter *w);
void json_open_list(JsonWriter *w);
/* Closes the object or list opened last. */
void json_close(JsonWriter *w);
/* The name of the value that follows, inside an object. */
void json_key(JsonWriter *w, const char *key);
void json_key_str(JsonWriter *w, Str key);
/* STR_NONE gives null. The text is valid UTF-8. */
void json_put_text(JsonWriter *w, Str s);
void json_put_int(JsonWriter *w, int64_t n);
/* The shortest digits that read back as `x`; null for NaN and infinity. */
void json_put_real(JsonWriter *w, double x);
void json_put_bool(JsonWriter *w, bool b);
void json_put_null(JsonWriter *w);
/* "2018-11-30"; null for DATE_NONE. */
void json_put_date(JsonWriter *w, Date d);
/* A member and its value at once; of an object or a list, its opening. */
void json_add_text(JsonWriter *w, const char *key, Str s);
void json_add_int(JsonWriter *w, const char *key, int64_t n);
void json_add_real(JsonWriter *w, const char *key, double x);
void json_add_null(JsonWriter *w, const char *key);
void json_add_object(JsonWriter *w, const char *key);
void json_add_list(JsonWriter *w, const char *key);
/* True when one whole document has been written and has fitted. */
bool json_done(const JsonWriter *w);

typedef enum {
	JSON_IS_MISSING, /* no such member or element */
	JSON_IS_NULL,
	JSON_IS_BOOL,
	JSON_IS_INT, /* a number written without point and exponent */
	JSON_IS_REAL,
	JSON_IS_TEXT,
	JSON_IS_LIST,
	JSON_IS_OBJECT,
} JsonKind;

/* A place in a document; copied freely. */
typedef struct {
	const void *node;
} JsonValue;

/* Reads one object or list. INVALID, with line and character: no UTF-8, larger
 * than `most` bytes, deeper than JSON_DEPTH_MOST, a key twice, a number out of
 * range, anything behind the document, any other fault. */
Err json_parse(Ctx *c, Str bytes, size_t most, JsonValue *out) MUST_USE;

JsonKind json_kind(JsonValue v);
/* Of an object; MISSING when it has none, or `v` is no object. */
JsonValue json_member(JsonValue v, const char *key);
/* Elements of a list or members of an object; 0 for everything else. */
size_t json_count(JsonValue v);
/* Element `i` of a list; MISSING beyond the end. */
JsonValue json_at(JsonValue v, size_t i);
/* Walks an object in the order of the document, to find unknown members:
 * `*walk` starts as NULL; false at the end. */
bool json_each(JsonValue v, void **walk, Str *key, JsonValue *value);

/* False, and *out unchanged, when the value is of another kind. */
bool json_as_text(JsonValue v, Str *out);
bool json_as_int(JsonValue v, int64_t *out);
/* An int counts as real too. */
bool json_as_real(JsonValue v, double *out);
bool json_as_bool(JsonValue v, bool *out);

#endif
