/* Whatever stands in a template file: it is compiled, or refused with a reason and a place. */
#include "fuzz.h"

#include "html2c.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *a = arena_new();
	Html2cIn in = { .path = STR("src/page.html"), .name = STR("page"), .source = { (const char *)data, size } };
	Html2cProblem problem = { 0 };
	Buf *header = buf_new(a, OUTPUT_MOST), *code = buf_new(a, OUTPUT_MOST);
	if (html2c_compile(a, &in, header, code, &problem)) {
		HOLDS(header->len > 0 && code->len > 0 && !header->failed && !code->failed);
		HOLDS(problem.message == NULL);
	} else {
		HOLDS(problem.message != NULL && problem.message[0] != '\0');
		HOLDS(problem.line > 0 && problem.line <= size + 1 && problem.column > 0);
	}
	arena_free(a);
	return 0;
}
