/* Whatever a template holds, it is compiled or refused with a place inside it; never both, never neither. */
#include "fuzz.h"

#include "html2c.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *a = fuzz_ctx()->arena;
	Html2cIn in = { .path = STR("x.html"), .name = STR("x"), .source = { (const char *)data, size } };
	Buf *header = buf_new(a, OUTPUT_MOST), *code = buf_new(a, OUTPUT_MOST);
	Html2cProblem problem = { 0 };
	if (html2c_compile(a, &in, header, code, &problem)) {
		HOLDS(problem.message == NULL);
		HOLDS(str_find_str(buf_str(code), STR("_html(Html *h")) != SIZE_MAX);
	} else {
		size_t lines = 1;
		for (size_t i = 0; i < size; i++)
			lines += data[i] == '\n';
		HOLDS(problem.message != NULL && problem.line >= 1 && problem.line <= lines);
		HOLDS(problem.column >= 1 && problem.column <= size + 1);
		HOLDS(code->len == 0);
	}
	return 0;
}
