#include "format/csv_put.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

CsvWriter csv_writer(Buf *out)
{
	buf_z(out, "\xef\xbb\xbf");
	return (CsvWriter){ out, false };
}

static void begin(CsvWriter *w)
{
	if (w->inside)
		buf_char(w->out, ';');
	w->inside = true;
}

static bool needs_quotes(Str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (strchr(";,\"\r\n", text.ptr[i]) != NULL)
			return true;
	return text.len > 0 && (text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' ');
}

void csv_put_text(CsvWriter *w, Str text)
{
	begin(w);
	bool quoted = needs_quotes(text), formula = text.len > 0 && strchr("=+-@\t\r", text.ptr[0]) != NULL;
	if (quoted)
		buf_char(w->out, '"');
	if (formula)
		buf_char(w->out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			buf_char(w->out, '"');
		buf_char(w->out, text.ptr[i]);
	}
	if (quoted)
		buf_char(w->out, '"');
}

void csv_put_int(CsvWriter *w, int64_t n)
{
	begin(w);
	buf_printf(w->out, "%" PRId64, n);
}

void csv_put_real(CsvWriter *w, double x)
{
	char text[40] = "";
	begin(w);
	for (int digits = 15; !isnan(x) && digits <= 17; digits++) {
		(void)snprintf(text, sizeof text, "%.*g", digits, x);
		if (strtod(text, NULL) == x)
			break;
	}
	for (const char *at = text; *at != '\0'; at++)
		buf_char(w->out, *at == '.' ? ',' : *at);
}

void csv_end_row(CsvWriter *w)
{
	buf_z(w->out, "\r\n");
	w->inside = false;
}
