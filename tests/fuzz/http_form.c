/* Query strings, forms, paths, cookies and languages, as anybody may send them. */
#include "fuzz.h"

#include "base/utf8.h"
#include "http/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	Str in = { (const char *)data, size }, path;
	HttpPairs pairs;
	Err e = form_urlencoded(c, in, &pairs);
	HOLDS(e == OK ? c->problem_count == 0 : c->problem_count > 0 && pairs.n == 0);
	for (size_t i = 0; i < pairs.n; i++)
		HOLDS(utf8_valid(pairs.items[i].name, NULL) && utf8_valid(pairs.items[i].value, NULL) &&
		      str_find(pairs.items[i].value, '\r', 0) == SIZE_MAX);
	if (form_path(c, in, &path) == OK)
		HOLDS(path.len > 0 && path.ptr[0] == '/' && utf8_valid(path, NULL) &&
		      str_find_str(path, STR("/../")) == SIZE_MAX && str_find(path, 0, 0) == SIZE_MAX);
	(void)cookie_get(in, "session");
	(void)accept_language(in);
	ctx_clear(c);
	if (utf8_valid(in, NULL) && !utf8_has_controls(in) && size > 0) {
		/* What we write, we read back. */
		Str sent = url_encode(c->arena, in);
		Str line = str_printf(c->arena, "a=%.*s", STR_ARG(sent));
		HOLDS(form_urlencoded(c, line, &pairs) == OK && pairs.n == 1);
		HOLDS(str_find(in, '\r', 0) != SIZE_MAX || str_eq(pairs.items[0].value, in));
	}
	return 0;
}
