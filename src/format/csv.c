#include "format/csv.h"

#include "base/utf8.h"

#include <endian.h>
#include <string.h>

const CsvLimits csv_limits = { .bytes = 64 << 20, .rows = 2000000, .columns = 500, .field = 32 << 10 };

static const Str byte_order_mark = { STR_LIT("\xEF\xBB\xBF") };

static const char *__attribute__((format_arg(2))) text(const Csv *csv, const char *english)
{
	return T(csv->c->lang, english);
}

/* 1-based character of the row that begins at csv->record. */
static int64_t character(const Csv *csv, const char *p)
{
	return (int64_t)utf8_length((Str){ csv->record, (size_t)(p - csv->record) }) + 1;
}

/* The name of column `i` while a row is being read; "" in the heading. */
static const char *column_name(const Csv *csv, size_t i)
{
	return csv->heads != NULL && i < csv->columns ? str_z(csv->c->arena, csv->heads[i]) : "";
}

/* The high bit of the lowest byte in `word` that equals `pattern`'s byte is
 * right; bits above it may be false alarms, which the caller never looks at. */
static uint64_t matches(uint64_t word, uint64_t pattern)
{
	uint64_t x = word ^ pattern;
	return (x - 0x0101010101010101u) & ~x & 0x8080808080808080u;
}

/* First separator, line feed or quotation mark at or after p; eight bytes at a time. */
static const char *find_special(const char *p, const char *end, char separator)
{
	const uint64_t ones = 0x0101010101010101u;
	const uint64_t sep = ones * (unsigned char)separator, lf = ones * '\n', quote = ones * '"';
	for (; end - p >= 8; p += 8) {
		uint64_t word;
		memcpy(&word, p, 8);
		word = le64toh(word);
		uint64_t hit = matches(word, sep) | matches(word, lf) | matches(word, quote);
		if (hit != 0)
			return p + __builtin_ctzll(hit) / 8;
	}
	while (p < end && *p != separator && *p != '\n' && *p != '"')
		p++;
	return p;
}

static Err read_plain(Csv *csv, size_t i, Str *out)
{
	const char *from = csv->at, *to = find_special(from, csv->end, csv->separator);
	csv->at = to;
	if (to < csv->end && *to == '"')
		return refuse_at(csv->c, column_name(csv, i), csv->row, character(csv, to),
				 text(csv, "A quotation mark stands inside a field that does not begin with one"));
	if (to > from && to[-1] == '\r' && (to == csv->end || *to == '\n'))
		to--;
	*out = (Str){ from, (size_t)(to - from) };
	return OK;
}

/* Without the doubling of quotation marks, in the arena. */
static Str undouble(Arena *a, Str s)
{
	char *p = arena_alloc(a, s.len);
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		p[n++] = s.ptr[i];
		i += s.ptr[i] == '"';
	}
	return (Str){ p, n };
}

static Err read_quoted(Csv *csv, size_t i, Str *out)
{
	const char *from = csv->at + 1, *p = from;
	bool doubled = false;
	for (;;) {
		p = memchr(p, '"', (size_t)(csv->end - p));
		if (p == NULL)
			return refuse_at(csv->c, column_name(csv, i), csv->row, character(csv, from - 1),
					 text(csv, "A quotation mark is opened and never closed"));
		if (p + 1 == csv->end || p[1] != '"')
			break;
		doubled = true;
		p += 2;
	}
	*out = (Str){ from, (size_t)(p - from) };
	if (doubled)
		*out = undouble(csv->c->arena, *out);
	p++;
	if (p < csv->end && *p == '\r' && (p + 1 == csv->end || p[1] == '\n'))
		p++;
	csv->at = p;
	if (p < csv->end && *p != csv->separator && *p != '\n')
		return refuse_at(csv->c, column_name(csv, i), csv->row, character(csv, p),
				 text(csv, "Text stands behind the closing quotation mark"));
	return OK;
}

/* One row into csv->fields; csv->at ends behind its line feed. */
static Err read_record(Csv *csv, size_t most, size_t *count)
{
	size_t n = 0;
	csv->record = csv->at;
	for (;;) {
		if (n == most)
			return refuse_at(csv->c, "", csv->row, character(csv, csv->at),
					 text(csv, "The row has more than %zu fields"), most);
		Str *field = &csv->fields[n];
		bool quoted = csv->at < csv->end && *csv->at == '"';
		RETURN_IF_ERR(quoted ? read_quoted(csv, n, field) : read_plain(csv, n, field));
		if (field->len > csv->limits.field)
			return refuse_at(csv->c, column_name(csv, n), csv->row, 0,
					 text(csv, "The field is longer than %zu bytes"), csv->limits.field);
		n++;
		if (csv->at == csv->end || *csv->at++ == '\n')
			break;
	}
	*count = n;
	return OK;
}

/* Passes one line that holds nothing. */
static bool skip_blank(Csv *csv)
{
	const char *p = csv->at;
	p += p < csv->end && *p == '\r' && (p + 1 == csv->end || p[1] == '\n');
	if (p < csv->end && *p != '\n')
		return false;
	csv->at = p < csv->end ? p + 1 : p;
	csv->row++;
	return true;
}

static char detect_separator(Str bytes)
{
	size_t commas = 0, semicolons = 0;
	bool quoted = false;
	for (size_t i = 0; i < bytes.len && (quoted || bytes.ptr[i] != '\n'); i++) {
		quoted ^= bytes.ptr[i] == '"';
		commas += !quoted && bytes.ptr[i] == ',';
		semicolons += !quoted && bytes.ptr[i] == ';';
	}
	return semicolons > commas ? ';' : ',';
}

/* "sep=;" in a line of its own, with which Excel is told the separator: how many bytes it takes; 0 when it is not
 * there. */
static size_t separator_line(Str bytes, char *separator)
{
	if (bytes.len < 6 || !str_eq_nocase(str_sub(bytes, 0, 4), STR("sep=")) || strchr(",;\t", bytes.ptr[4]) == NULL)
		return 0;
	size_t end = bytes.ptr[5] == '\r' && bytes.len > 6 ? 6 : 5;
	if (bytes.ptr[end] != '\n')
		return 0;
	*separator = bytes.ptr[4];
	return end + 1;
}

/* What the bytes 80 to 9F stand for in Windows-1252 (unicode.org, CP1252.TXT); 0: nothing. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* À to þ without the signs for times and divided. */
static bool is_western_letter(unsigned char ch)
{
	return ch >= 0xC0 && ch <= 0xFE && ch != 0xD7 && ch != 0xF7;
}

/* € and quotation marks, dashes, three dots; no-break space, £ § « ° ² ³ ´ · » ¼ ½ ¾. */
static bool is_usual_sign(unsigned char ch)
{
	return memchr("\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\xA0\xA3\xA7\xAB\xB0\xB2\xB3\xB4\xB7\xBB\xBC\xBD"
		      "\xBE",
		      ch, 24) != NULL;
}

bool csv_is_windows_1252(Str bytes)
{
	size_t letters = 0, strange = 0;
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char ch = (unsigned char)bytes.ptr[i];
		unsigned char next = i + 1 < bytes.len ? (unsigned char)bytes.ptr[i + 1] : 0;
		bool control = ch < 0x20 && ch != '\t' && ch != '\n' && ch != '\r';
		if (control || ch == 0x7F || (ch >= 0x80 && ch < 0xA0 && windows_1252[ch - 0x80] == 0))
			return false;
		strange += (ch >= 0xC2 && (next & 0xC0) == 0x80) ||
			   (ch >= 0x80 && !is_western_letter(ch) && !is_usual_sign(ch));
		letters += is_western_letter(ch);
	}
	return letters > 4 * strange && !str_starts(bytes, byte_order_mark);
}

static Str from_windows_1252(Arena *a, Str bytes)
{
	size_t longer = 0, n = 0;
	for (size_t i = 0; i < bytes.len; i++)
		longer += (unsigned char)bytes.ptr[i] >= 0xA0 ? 1 : (unsigned char)bytes.ptr[i] >= 0x80 ? 2 : 0;
	char *to = arena_alloc(a, bytes.len + longer);
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char ch = (unsigned char)bytes.ptr[i];
		unsigned point = ch >= 0x80 && ch < 0xA0 ? windows_1252[ch - 0x80] : ch;
		if (point < 0x80) {
			to[n++] = (char)point;
			continue;
		}
		if (point < 0x800) {
			to[n++] = (char)(0xC0 | point >> 6);
		} else {
			to[n++] = (char)(0xE0 | point >> 12);
			to[n++] = (char)(0x80 | (point >> 6 & 0x3F));
		}
		to[n++] = (char)(0x80 | (point & 0x3F));
	}
	return (Str){ to, n };
}

/* The bytes as UTF-8; with a byte order mark before them they are nothing else. */
static Err read_text(Csv *csv, Str *bytes, bool marked)
{
	size_t bad = 0;
	bool valid = utf8_valid(*bytes, &bad);
	if (valid && memchr(bytes->ptr, '\0', bytes->len) == NULL)
		return OK;
	csv->windows_1252 = !valid && !marked && csv_is_windows_1252(*bytes);
	if (csv->windows_1252) {
		*bytes = from_windows_1252(csv->c->arena, *bytes);
		return OK;
	}
	if (valid)
		bad = str_find(*bytes, '\0', 0);
	int64_t row = 1;
	csv->record = bytes->ptr;
	for (size_t i = 0; i < bad; i++) {
		if (bytes->ptr[i] != '\n')
			continue;
		row++;
		csv->record = bytes->ptr + i + 1;
	}
	return refuse_at(csv->c, "", row, character(csv, bytes->ptr + bad), "%s",
			 valid ? text(csv, "The file holds a zero byte; it is no text")
			       : text(csv, "The file is not UTF-8 text here; save it as “CSV UTF-8”"));
}

static Err read_heading(Csv *csv)
{
	size_t n = 0;
	while (csv->at < csv->end && skip_blank(csv))
		continue;
	if (csv->at == csv->end)
		return refuse(csv->c, "", "%s", text(csv, "The file is empty: there is no heading"));
	csv->fields = ARENA_ARRAY(csv->c->arena, csv->limits.columns, Str);
	RETURN_IF_ERR(read_record(csv, csv->limits.columns, &n));
	Str *heads = ARENA_ARRAY(csv->c->arena, n, Str);
	for (size_t i = 0; i < n; i++) {
		heads[i] = str_trim(csv->fields[i]);
		if (memchr(heads[i].ptr, '\r', heads[i].len) != NULL)
			return refuse_at(csv->c, "", csv->row, 0, "%s",
					 text(csv, "Lines must end in a line feed (LF or CRLF)"));
		for (size_t k = 0; k < i; k++)
			if (heads[i].len > 0 && str_eq_nocase(heads[i], heads[k]))
				return refuse_at(csv->c, str_z(csv->c->arena, heads[i]), csv->row, 0, "%s",
						 text(csv, "Two columns have this name"));
	}
	csv->heads = heads;
	csv->columns = n;
	if (n == 1 && memchr(heads[0].ptr, '\t', heads[0].len) != NULL)
		return refuse_at(csv->c, "", csv->row, 0, "%s",
				 text(csv, "The columns are separated by tabs; save the file with semicolons or commas "
					   "between them"));
	return OK;
}

Err csv_open(Ctx *c, Str bytes, const CsvLimits *limits, Csv *csv)
{
	*csv = (Csv){ .c = c, .limits = limits == NULL ? csv_limits : *limits };
	if (bytes.len > csv->limits.bytes)
		return refuse(c, "", T(c->lang, "The file is larger than %zu bytes"), csv->limits.bytes);
	if (bytes.ptr == NULL)
		bytes = STR("");
	bool marked = str_starts(bytes, byte_order_mark);
	if (marked)
		bytes = str_sub(bytes, byte_order_mark.len, bytes.len);
	RETURN_IF_ERR(read_text(csv, &bytes, marked));
	csv->separator = detect_separator(bytes);
	size_t told = separator_line(bytes, &csv->separator);
	csv->row = told > 0 ? 2 : 1;
	csv->at = bytes.ptr + told;
	csv->end = bytes.ptr + bytes.len;
	return read_heading(csv);
}

Err csv_next(Csv *csv, bool *more)
{
	size_t n = 0;
	*more = false;
	csv->row++;
	while (csv->at < csv->end && skip_blank(csv))
		continue;
	if (csv->at == csv->end)
		return OK;
	if ((uint64_t)csv->row - 1 > csv->limits.rows)
		return refuse_at(csv->c, "", csv->row, 0, text(csv, "The file has more than %zu rows"),
				 csv->limits.rows);
	RETURN_IF_ERR(read_record(csv, csv->limits.columns, &n));
	if (n != csv->columns)
		return refuse_at(csv->c, "", csv->row, 0, text(csv, "The row has %zu fields, the heading has %zu"), n,
				 csv->columns);
	*more = true;
	return OK;
}

Err csv_require_rows(const Csv *csv)
{
	Csv ahead = *csv;
	bool more;
	RETURN_IF_ERR(csv_next(&ahead, &more));
	return more ? OK : refuse(csv->c, "", "%s", text(csv, "Nothing stands under the file's heading."));
}

int csv_column(const Csv *csv, const char *name)
{
	for (size_t i = 0; i < csv->columns; i++)
		if (str_eq_nocase(csv->heads[i], str_of(name)))
			return (int)i;
	return -1;
}

Err csv_column_required(const Csv *csv, const char *name, int *out)
{
	*out = csv_column(csv, name);
	if (*out >= 0)
		return OK;
	return csv_refuse_lacking(csv, str_of(name), STR(""));
}

/* The headings, as many as one line takes. */
static Str found_columns(const Csv *csv)
{
	enum { SHOWN_MOST = 12 };
	Buf *b = buf_new(csv->c->arena, 64 + SHOWN_MOST * (csv->limits.field + 2));
	for (size_t i = 0; i < csv->columns && i < SHOWN_MOST; i++) {
		buf_z(b, i == 0 ? "" : ", ");
		buf_str_add(b, csv->heads[i]);
	}
	if (csv->columns > SHOWN_MOST)
		buf_z(b, ", …");
	return buf_str(b);
}

Err csv_refuse_lacking(const Csv *csv, Str name, Str also)
{
	Ctx *c = csv->c;
	Str found = found_columns(csv);
	const char *field = str_z(c->arena, name);
	if (also.len > 0)
		return refuse_at(c, field, 1, 0,
				 text(csv, "The file lacks this column, which may also be called %.*s. It has: %.*s"),
				 STR_ARG(also), STR_ARG(found));
	return refuse_at(c, field, 1, 0, text(csv, "The file lacks this column. It has: %.*s"), STR_ARG(found));
}

Str csv_field(const Csv *csv, int column)
{
	if (column < 0)
		return STR("");
	Str field = csv->fields[column];
	bool bare = field.len > 0 && (unsigned char)field.ptr[0] > ' ' && (unsigned char)field.ptr[field.len - 1] > ' ';
	return bare ? field : str_trim(field);
}

Err csv_int(const Csv *csv, int column, int64_t *out)
{
	Str field = csv_field(csv, column);
	if (str_to_int(field, out))
		return OK;
	return field.len == 0 ? csv_refuse(csv, column, "%s", text(csv, "A whole number is missing"))
			      : csv_refuse(csv, column, text(csv, "“%.*s” is no whole number."), STR_ARG(field));
}

Err csv_int_between(const Csv *csv, int column, int64_t least, int64_t most, int64_t *out)
{
	RETURN_IF_ERR(csv_int(csv, column, out));
	return *out >= least && *out <= most
		       ? OK
		       : csv_refuse(csv, column, text(csv, "“%lld” is not between %lld and %lld."), (long long)*out,
				    (long long)least, (long long)most);
}

Err csv_refuse(const Csv *csv, int column, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	Str message = str_vprintf(csv->c->arena, format, args);
	va_end(args);
	return refuse_at(csv->c, column < 0 ? "" : column_name(csv, (size_t)column), csv->row, 0, "%.*s",
			 STR_ARG(message));
}
