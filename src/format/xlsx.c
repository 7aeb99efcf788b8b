#include "format/xlsx.h"

#include "base/utf8.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { DECIMALS_MOST = 3, NAME_MOST = 31, CELL_TEXT_MOST = 32767, HEAD_ROW = 3 };

typedef struct {
	lxw_workbook *book;
	lxw_format *title, *note, *head, *text, *whole, *date;
	lxw_format *real[DECIMALS_MOST + 1], *percent[DECIMALS_MOST + 1];
} Writer;

XlsxCell xlsx_text(Str text)
{
	return (XlsxCell){ .kind = str_is_none(text) ? XLSX_EMPTY : XLSX_TEXT, .text = text };
}

XlsxCell xlsx_int(int64_t n)
{
	return (XlsxCell){ .kind = XLSX_INT, .n = n };
}

XlsxCell xlsx_real(double x, int decimals)
{
	return (XlsxCell){ .kind = isfinite(x) ? XLSX_REAL : XLSX_EMPTY, .decimals = decimals, .x = x };
}

XlsxCell xlsx_percent(double share, int decimals)
{
	return (XlsxCell){ .kind = isfinite(share) ? XLSX_PERCENT : XLSX_EMPTY, .decimals = decimals, .x = share };
}

XlsxCell xlsx_date(Date day)
{
	return (XlsxCell){ .kind = day == DATE_NONE ? XLSX_EMPTY : XLSX_DATE, .day = day };
}

static lxw_format *number_format(Writer *w, const char *pattern)
{
	lxw_format *f = workbook_add_format(w->book);
	format_set_num_format(f, pattern);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	return f;
}

static void make_formats(Writer *w, Lang lang)
{
	static const char *const reals[] = { "#,##0", "#,##0.0", "#,##0.00", "#,##0.000" };
	static const char *const percents[] = { "0%", "0.0%", "0.00%", "0.000%" };
	w->title = workbook_add_format(w->book);
	format_set_bold(w->title);
	format_set_font_size(w->title, 14);
	w->note = workbook_add_format(w->book);
	format_set_font_color(w->note, 0x545B63);
	w->head = workbook_add_format(w->book);
	format_set_bold(w->head);
	format_set_text_wrap(w->head);
	format_set_bottom(w->head, LXW_BORDER_THIN);
	format_set_align(w->head, LXW_ALIGN_VERTICAL_BOTTOM);
	w->text = number_format(w, "@");
	format_set_text_wrap(w->text);
	w->whole = number_format(w, "#,##0");
	w->date = number_format(w, lang == LANG_DA ? "dd-mm-yyyy" : "dd/mm/yyyy");
	for (int i = 0; i <= DECIMALS_MOST; i++) {
		w->real[i] = number_format(w, reals[i]);
		w->percent[i] = number_format(w, percents[i]);
	}
}

/* At most `most` code points, NUL-terminated. */
static const char *shortened(Arena *a, Str s, size_t most)
{
	size_t n = 0, points = 0;
	while (n < s.len && (points < most || ((unsigned char)s.ptr[n] & 0xC0) == 0x80))
		points += ((unsigned char)s.ptr[n++] & 0xC0) != 0x80;
	/* The loop stops in front of a character that is one too many. */
	return str_z(a, str_sub(s, 0, n));
}

/* A name that Excel accepts: at most 31 characters, none of []:*?/\ and no
 * apostrophe, and that no earlier sheet has. */
static const char *sheet_name(Ctx *c, const Writer *w, Str wanted, size_t number)
{
	char *plain = arena_alloc(c->arena, wanted.len + 1);
	for (size_t i = 0; i < wanted.len; i++)
		plain[i] = (unsigned char)wanted.ptr[i] < 0x20 || strchr("[]:*?/\\'", wanted.ptr[i]) != NULL
				   ? ' '
				   : wanted.ptr[i];
	Str name = str_trim((Str){ plain, wanted.len });
	const char *z = shortened(c->arena, name, NAME_MOST);
	if (name.len > 0 && workbook_validate_sheet_name(w->book, z) == LXW_NO_ERROR)
		return z;
	const char *start = shortened(c->arena, name, NAME_MOST - 6);
	return str_printf(c->arena, "%s (%zu)", start, number).ptr;
}

/* Characters that a cell shows, for the column's width. */
static size_t shown_length(const XlsxCell *cell)
{
	switch (cell->kind) {
	case XLSX_EMPTY: return 0;
	case XLSX_TEXT: return utf8_length(cell->text);
	case XLSX_INT: return (size_t)snprintf(NULL, 0, "%lld", (long long)cell->n) * 4 / 3;
	case XLSX_REAL: return (size_t)snprintf(NULL, 0, "%.*f", cell->decimals, cell->x) * 4 / 3;
	case XLSX_PERCENT: return 7;
	case XLSX_DATE: return 10;
	}
	return 0;
}

static double column_width(const XlsxTable *t, size_t column)
{
	size_t most = utf8_length(t->heads[column]);
	most = most > 24 ? 24 : most; /* heads wrap */
	for (size_t row = 0; row < t->rows; row++) {
		size_t n = shown_length(&t->cells[row * t->columns + column]);
		most = n > most ? n : most;
	}
	return most < 8 ? 9 : most > 60 ? 61 : (double)most + 1.5;
}

static lxw_error put_date(Writer *w, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, Date day)
{
	Ymd v = date_ymd(day);
	lxw_datetime at = { .year = v.year, .month = v.month, .day = v.day };
	return worksheet_write_datetime(sheet, row, column, &at, w->date);
}

static lxw_error put_cell(Ctx *c, Writer *w, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
			  const XlsxCell *cell)
{
	int decimals = cell->decimals < 0 ? 0 : cell->decimals > DECIMALS_MOST ? DECIMALS_MOST : cell->decimals;
	switch (cell->kind) {
	case XLSX_EMPTY: break;
	case XLSX_TEXT:
		return worksheet_write_string(sheet, row, column, shortened(c->scratch, cell->text, CELL_TEXT_MOST),
					      w->text);
	case XLSX_INT: return worksheet_write_number(sheet, row, column, (double)cell->n, w->whole);
	case XLSX_REAL: return worksheet_write_number(sheet, row, column, cell->x, w->real[decimals]);
	case XLSX_PERCENT: return worksheet_write_number(sheet, row, column, cell->x, w->percent[decimals]);
	case XLSX_DATE:
		/* Excel knows no day before 1900. */
		if (cell->day < date_of(1900, 3, 1))
			return worksheet_write_string(sheet, row, column, date_iso(c->scratch, cell->day).ptr, w->text);
		return put_date(w, sheet, row, column, cell->day);
	}
	return LXW_NO_ERROR;
}

/* Heads that stay in sight and are repeated on every printed page. */
static void set_up_page(lxw_worksheet *sheet, const XlsxTable *t)
{
	lxw_col_t last = (lxw_col_t)(t->columns - 1);
	worksheet_freeze_panes(sheet, HEAD_ROW + 1, 0);
	worksheet_repeat_rows(sheet, HEAD_ROW, HEAD_ROW);
	worksheet_set_paper(sheet, 9); /* A4 */
	worksheet_fit_to_pages(sheet, 1, 0);
	if (t->columns > 6)
		worksheet_set_landscape(sheet);
	if (t->rows > 0)
		worksheet_autofilter(sheet, HEAD_ROW, 0, (lxw_row_t)(HEAD_ROW + t->rows), last);
}

static Err put_table(Ctx *c, Writer *w, const XlsxTable *t, size_t number)
{
	lxw_worksheet *sheet = workbook_add_worksheet(w->book, sheet_name(c, w, t->sheet, number));
	if (sheet == NULL)
		return fail(c, ERR_IO, "xlsx: sheet %zu cannot be made", number);
	lxw_error e = worksheet_write_string(sheet, 0, 0, shortened(c->scratch, t->title, CELL_TEXT_MOST), w->title);
	if (e == LXW_NO_ERROR && t->note.len > 0)
		e = worksheet_write_string(sheet, 1, 0, shortened(c->scratch, t->note, CELL_TEXT_MOST), w->note);
	for (size_t i = 0; i < t->columns && e == LXW_NO_ERROR; i++) {
		lxw_col_t column = (lxw_col_t)i;
		worksheet_set_column(sheet, column, column, column_width(t, i), NULL);
		e = worksheet_write_string(sheet, HEAD_ROW, column, shortened(c->scratch, t->heads[i], CELL_TEXT_MOST),
					   w->head);
	}
	for (size_t i = 0; i < t->rows * t->columns && e == LXW_NO_ERROR; i++)
		e = put_cell(c, w, sheet, (lxw_row_t)(HEAD_ROW + 1 + i / t->columns), (lxw_col_t)(i % t->columns),
			     &t->cells[i]);
	if (e != LXW_NO_ERROR)
		return fail(c, ERR_IO, "xlsx: %s", lxw_strerror(e));
	set_up_page(sheet, t);
	return OK;
}

static Err put_book(Ctx *c, const char *path, Str title, const XlsxTable *tables, size_t table_count)
{
	Writer w = { .book = workbook_new(path) };
	if (w.book == NULL)
		return fail(c, ERR_IO, "xlsx: no memory for a workbook");
	lxw_doc_properties properties = { .title = (char *)(uintptr_t)str_z(c->arena, title),
					  .created = 946684800 /* 2000-01-01, whatever the day */ };
	workbook_set_properties(w.book, &properties);
	make_formats(&w, c->lang);
	Err e = OK;
	for (size_t i = 0; i < table_count && e == OK; i++)
		e = put_table(c, &w, &tables[i], i + 1);
	lxw_error closed = workbook_close(w.book);
	if (e == OK && closed != LXW_NO_ERROR)
		e = fail(c, ERR_IO, "xlsx: %s", lxw_strerror(closed));
	return e;
}

static Err read_back(Ctx *c, int fd, Buf *out)
{
	struct stat st;
	if (fstat(fd, &st) != 0 || st.st_size == 0)
		return fail(c, ERR_IO, "xlsx: nothing was written");
	size_t size = (size_t)st.st_size, done = 0;
	char *room = buf_room(out, size);
	if (room == NULL)
		return fail(c, ERR_LIMIT, "xlsx: %zu bytes are too many", size);
	while (done < size) {
		ssize_t n = pread(fd, room + done, size - done, (off_t)done);
		if (n <= 0)
			return fail(c, ERR_IO, "xlsx: %s", strerror(errno));
		done += (size_t)n;
	}
	out->len += size;
	return OK;
}

Err xlsx_write(Ctx *c, Buf *out, Str title, const XlsxTable *tables, size_t table_count)
{
	if (table_count == 0 || table_count > XLSX_TABLES_MOST)
		return fail(c, ERR_LIMIT, "xlsx: %zu tables", table_count);
	for (size_t i = 0; i < table_count; i++)
		if (tables[i].columns == 0 || tables[i].columns > XLSX_COLUMNS_MOST ||
		    tables[i].rows > XLSX_CELLS_MOST / tables[i].columns)
			return fail(c, ERR_LIMIT, "xlsx: table %zu has %zu columns and %zu rows", i + 1,
				    tables[i].columns, tables[i].rows);
	int fd = memfd_create("workbook", MFD_CLOEXEC);
	if (fd < 0)
		return fail(c, ERR_IO, "xlsx: %s", strerror(errno));
	char path[40];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	Err e = put_book(c, path, title, tables, table_count);
	if (e == OK)
		e = read_back(c, fd, out);
	close(fd);
	return e;
}
