/* xlsx: tables as an Excel workbook, one sheet a table.
 *
 * Cells have types, so that a spreadsheet can count on; texts are never
 * formulas. The same tables give the same bytes (fixed creation time). Needs
 * /proc, for libxlsxwriter writes files only and is given one in memory. Only
 * this room knows libxlsxwriter. Safe from several threads.
 */
#ifndef FORMAT_XLSX_H
#define FORMAT_XLSX_H

#include "base/buf.h"
#include "base/ctx.h"

enum {
	XLSX_TABLES_MOST = 200,
	XLSX_COLUMNS_MOST = 500,
	XLSX_CELLS_MOST = 2000000, /* of one table */
};

typedef enum { XLSX_EMPTY, XLSX_TEXT, XLSX_INT, XLSX_REAL, XLSX_PERCENT, XLSX_DATE } XlsxKind;

typedef struct {
	XlsxKind kind;
	int decimals; /* shown of a real or a percentage, 0–3; the cell holds all */
	union {
		Str text;
		int64_t n;
		double x; /* a percentage as share: 0.488 shows as 48.8 % */
		Date day;
	};
} XlsxCell;

/* NaN, STR_NONE and DATE_NONE make empty cells. */
XlsxCell xlsx_text(Str text);
XlsxCell xlsx_int(int64_t n);
XlsxCell xlsx_real(double x, int decimals);
XlsxCell xlsx_percent(double share, int decimals);
XlsxCell xlsx_date(Date day);

typedef struct {
	Str sheet; /* name of the sheet; shortened to what Excel allows and made unique */
	Str title; /* above the table */
	Str note;  /* under the title: source, definition; may be empty */
	const Str *heads;
	size_t columns;
	const XlsxCell *cells; /* row after row */
	size_t rows;
} XlsxTable;

/* Appends the workbook to `out`. LIMIT: more than the ceilings above, or than
 * `out` holds; IO: the library or the system refused. */
Err xlsx_write(Ctx *c, Buf *out, Str title, const XlsxTable *tables, size_t table_count) MUST_USE;

#endif
