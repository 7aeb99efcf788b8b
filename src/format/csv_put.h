/* csv_put: tables as text, written, as Danish spreadsheets open them: UTF-8 with a byte order mark, semicolons, CRLF,
 * quotes by RFC 4180. What csv.h reads comes back the same, but for texts that a spreadsheet would take for a
 * formula: those get an apostrophe in front. A CsvWriter belongs to one thread; that the Buf was too small sticks in
 * the Buf.
 */
#ifndef FORMAT_CSV_PUT_H
#define FORMAT_CSV_PUT_H

#include "base/buf.h"

typedef struct {
	Buf *out;
	bool inside; /* of a row */
} CsvWriter;

/* Writes the byte order mark. */
CsvWriter csv_writer(Buf *out);
/* None is empty. */
void csv_put_text(CsvWriter *w, Str text);
void csv_put_int(CsvWriter *w, int64_t n);
/* With a decimal comma, as many digits as it takes (17 at most); NaN is empty. */
void csv_put_real(CsvWriter *w, double x);
void csv_end_row(CsvWriter *w);

#endif
