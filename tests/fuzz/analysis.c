/* What `rampe stats` makes of a file is one whole JSON document, or some lines; a file that is refused says why. The
 * first two bytes choose the analysis and what is printed; up to the line's end stands what is given for its options,
 * in their order, with bars between them. */
#include "fuzz.h"

#include "analysis/analysis.h"
#include "base/utf8.h"

static const AnalysisKind *const kinds[] = { &analysis_share, &analysis_paired, &analysis_compare,
					     &analysis_alpha, &analysis_kappa,  &analysis_survival };

enum { INPUT_MOST = 400 }; /* with many people Fisher's test takes a second, or many with a sanitizer */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	if (size < 2 || size > INPUT_MOST)
		return 0;
	Str rest = { (const char *)data + 2, size - 2 }, options, option;
	Analysis a = { .c = c, .kind = kinds[data[0] % (sizeof kinds / sizeof *kinds)], .json = data[1] % 2 == 0 };
	if (!str_split(&rest, '\n', &options) || !utf8_valid(options, NULL))
		return 0;
	for (int i = 0; a.kind->options[i] != NULL && str_split(&options, '|', &option); i++)
		a.options[i] = option.len > 0 ? option : STR_NONE;
	a.out = buf_new(c->arena, 1 << 20);
	a.w = json_writer(a.out);
	Err e = csv_open(c, rest, NULL, &a.csv);
	if (e == OK)
		e = csv_require_rows(&a.csv); /* as the command does */
	if (e == OK)
		e = a.kind->run(&a);
	HOLDS(e == OK || e == ERR_INVALID);
	HOLDS((e == OK) == (c->problem_count == 0));
	HOLDS(e != OK || (a.json ? json_done(&a.w) : buf_str(a.out).len > 0));
	return 0;
}
