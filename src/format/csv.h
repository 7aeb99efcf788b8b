/* csv: tables as text, read.
 *
 * One reader for the whole program: RFC 4180, separated by comma or semicolon
 * (whichever the heading has more of, or a first line "sep=;" says), a UTF-8
 * byte order mark skipped, lines ended by LF or CRLF, blank lines passed over. What is
 * Windows-1252 instead, as older programs save it, is converted into c->arena, and csv->windows_1252
 * is true, for the caller to say so. Fields are slices of the input;
 * only those with doubled quotes are copied, into c->arena. The input must
 * outlive what is read from it. Row numbers are those a spreadsheet shows: the
 * heading is row 1. A Csv belongs to one thread. Errors are problems in the
 * Ctx with column name, row and character.
 */
#ifndef FORMAT_CSV_H
#define FORMAT_CSV_H

#include "base/buf.h"
#include "base/ctx.h"

typedef struct {
	size_t bytes;   /* of the file */
	size_t rows;    /* under the heading */
	size_t columns; /* in the heading */
	size_t field;   /* bytes of one field */
} CsvLimits;

/* 64 MiB, 2,000,000 rows, 500 columns, 32 KiB a field. */
extern const CsvLimits csv_limits;

typedef struct {
	Ctx *c;
	CsvLimits limits;
	const char *at, *end, *record; /* where reading stands; where the row began */
	char separator;
	const Str *heads; /* the heading's `columns` names, trimmed */
	size_t columns;
	bool windows_1252; /* it was not UTF-8, and has been converted */
	Str *fields;       /* the row read last, `columns` of them; empty ones have length 0 */
	int64_t row;       /* its number */
} Csv;

/* Is it text in Windows-1252? No byte is one that stands for nothing there, or a control character; and letters of
 * western Europe (é, æ, ø, å …) stand in it, over four times as many as there are signs that text holds less often and
 * well-formed letters of UTF-8: else it is damaged UTF-8, or no text. */
bool csv_is_windows_1252(Str bytes);

/* Checks size and UTF-8, finds the separator and reads the heading. `limits`
 * may be NULL for csv_limits. INVALID: too large, no text in UTF-8 or Windows-1252, no heading, a
 * heading used twice, a quotation mark out of place. */
Err csv_open(Ctx *c, Str bytes, const CsvLimits *limits, Csv *csv) MUST_USE;

/* Reads the next row into csv->fields; *more is false at the end. INVALID: a
 * row with more or fewer fields than the heading, one of the limits, a
 * quotation mark out of place. Reading cannot go on after an error. */
Err csv_next(Csv *csv, bool *more) MUST_USE;

/* INVALID: nothing stands under the heading. Reading goes on where it was; what is wrong with the first row is told. */
Err csv_require_rows(const Csv *csv) MUST_USE;

/* Index of the column with that name (ASCII letters without case); -1: none. */
int csv_column(const Csv *csv, const char *name);
/* The same for one that must be there. INVALID: it is not; told are those that are. */
Err csv_column_required(const Csv *csv, const char *name, int *out) MUST_USE;
/* Refuses a file without the column, telling which it has; `also`: what the column may be called instead, or empty. */
Err csv_refuse_lacking(const Csv *csv, Str name, Str also);

/* The field, trimmed; empty when `column` is -1, so that optional columns need
 * no second case. */
Str csv_field(const Csv *csv, int column);
/* A whole number, which must be there. INVALID: refused with column and row. */
Err csv_int(const Csv *csv, int column, int64_t *out) MUST_USE;
/* The same; INVALID where it is not between the two. */
Err csv_int_between(const Csv *csv, int column, int64_t least, int64_t most, int64_t *out) MUST_USE;
/* Refuses the current row's field, with the column's name and the row. */
Err csv_refuse(const Csv *csv, int column, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
