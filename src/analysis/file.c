#include "base/file.h"
#include "analysis/analysis.h"

#include "access/cli.h"

#include <errno.h>
#include <stdio.h>

const char *const analysis_files_help =
	N_("FILE is a table as a spreadsheet saves it (CSV): headings in the first row, separated by ; or , and at\n"
	   "least one row below them. FILE may be -: then the table comes from standard input. Columns that are not\n"
	   "named are passed over; an empty field is a missing answer. The results end with a sentence that sums\n"
	   "them up; with --json they are one JSON document, for other programs.");

Err analysis_open(Ctx *c, Str path, Csv *csv)
{
	Str bytes;
	RETURN_IF_ERR(file_read(c, path, csv_limits.bytes, &bytes));
	RETURN_IF_ERR(csv_open(c, bytes, NULL, csv));
	if (csv->windows_1252)
		cli_say_windows_1252(c, path);
	return csv_require_rows(csv);
}

Err analysis_print(Ctx *c, Buf *out, bool json)
{
	if (json)
		buf_char(out, '\n');
	if (out->failed)
		return fail(c, ERR_LIMIT, "%s", T(c->lang, "The answer is too long."));
	Str text = buf_str(out);
	return fwrite(text.ptr, 1, text.len, stdout) == text.len && fflush(stdout) == 0
		       ? OK
		       : file_refused(c, str_of(T(c->lang, "standard output")), errno);
}
