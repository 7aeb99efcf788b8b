/* A form with files: the first line is the Content-Type header, the rest the body. */
#include "fuzz.h"

#include "base/utf8.h"
#include "http/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	Str in = { (const char *)data, size };
	HttpForm form;
	size_t line = str_find(in, '\n', 0);
	if (line == SIZE_MAX)
		return 0;
	Str body = str_sub(in, line + 1, in.len);
	Err e = form_multipart(c, str_sub(in, 0, line), body, &form);
	HOLDS(e == OK ? c->problem_count == 0 : c->problem_count > 0 && form.fields.n == 0 && form.file_count == 0);
	for (size_t i = 0; i < form.fields.n; i++)
		HOLDS(form.fields.items[i].name.len > 0 && utf8_valid(form.fields.items[i].value, NULL));
	for (size_t i = 0; i < form.file_count; i++)
		HOLDS(str_find(form.files[i].filename, '/', 0) == SIZE_MAX && form.files[i].bytes.len <= body.len);
	return 0;
}
