/* form: what a browser sends, taken apart strictly.
 *
 * Pure functions; results live in c->arena or point into the input. Names and
 * values are valid UTF-8 without control characters other than tab and line
 * ends; CR LF inside a value becomes LF, as it is stored. What is malformed is
 * refused whole: ERR_INVALID and a problem, never half a form.
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "base/ctx.h"

enum {
	FORM_FIELDS_MOST = 1000,
	FORM_FILES_MOST = 20,
	FORM_NAME_MOST = 200, /* bytes */
};

typedef struct {
	Str name, value;
} HttpPair;

typedef struct {
	HttpPair *items;
	size_t n;
} HttpPairs;

/* A file chosen in a form. `filename` is its last path component, as sent:
 * show it, never open it. */
typedef struct {
	Str name, filename, content_type, bytes;
} HttpFile;

typedef struct {
	HttpPairs fields;
	HttpFile *files;
	size_t file_count;
} HttpForm;

/* First value of a name, STR_NONE without. */
Str pairs_get(HttpPairs pairs, const char *name);
/* Index of the first pair of that name at or after `from`; pairs.n without. */
size_t pairs_next(HttpPairs pairs, const char *name, size_t from);
/* First file of a field that was really chosen, NULL without. */
const HttpFile *form_file(const HttpForm *form, const char *name);

/* application/x-www-form-urlencoded, and the query of a URL. */
Err form_urlencoded(Ctx *c, Str body, HttpPairs *out) MUST_USE;
/* multipart/form-data (RFC 7578); `content_type` is the whole header value. */
Err form_multipart(Ctx *c, Str content_type, Str body, HttpForm *out) MUST_USE;
/* A URL's path without its query, decoded: begins with "/", valid UTF-8, no
 * control characters, no encoded slash, no empty, "." or ".." segment (a slash
 * at the end is kept). */
Err form_path(Ctx *c, Str raw, Str *out) MUST_USE;
/* Value of a cookie in a Cookie header (RFC 6265), quotes removed; STR_NONE without. */
Str cookie_get(Str header, const char *name);
/* Danish or English, as Accept-Language prefers (RFC 9110); Danish without. */
Lang accept_language(Str header);
/* Percent-encoded for a query value or a path segment: letters, digits, -._~ stay. */
Str url_encode(Arena *a, Str s);

#endif
