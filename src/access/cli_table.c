#include "access/cli_table.h"

#include "access/cli.h"
#include "base/file.h"

#include <errno.h>
#include <stdio.h>

Err cli_table_open(Ctx *c, Str path, Csv *csv)
{
	Str bytes;
	RETURN_IF_ERR(file_read(c, path, csv_limits.bytes, &bytes));
	RETURN_IF_ERR(csv_open(c, bytes, NULL, csv));
	if (csv->windows_1252)
		cli_say_windows_1252(c, path);
	return csv_require_rows(csv);
}

Err cli_print(Ctx *c, Buf *out, bool json)
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
