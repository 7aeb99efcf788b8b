#include "format/csv.h"
#include "format/csv_put.h"
#include "format/heading.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
	static Ctx c;
	ctx_init(&c);
	c.lang = LANG_EN;
	*state = &c;
	return 0;
}

static int teardown(void **state)
{
	ctx_release(*state);
	return 0;
}

/* Every field of every row, heading included, as "[a][b]/[c][d]/"; the problems
 * when it is refused. */
static const char *shown(Ctx *c, Str bytes, const CsvLimits *limits)
{
	ctx_clear(c);
	Buf *b = buf_new(c->arena, 1 << 20);
	Csv csv;
	bool more = true;
	Err e = csv_open(c, bytes, limits, &csv);
	for (size_t i = 0; e == OK && i < csv.columns; i++)
		buf_printf(b, "[%.*s]", STR_ARG(csv.heads[i]));
	while (e == OK && (e = csv_next(&csv, &more)) == OK && more) {
		buf_char(b, '/');
		for (size_t i = 0; i < csv.columns; i++)
			buf_printf(b, "[%.*s]", STR_ARG(csv.fields[i]));
	}
	return str_z(c->arena, e == OK ? buf_str(b) : ctx_problems_text(c));
}

static void csv_reads_what_rfc_4180_says(void **state)
{
	Ctx *c = *state;
	assert_string_equal(shown(c, STR("a,b\r\n1,2\r\n3,4\r\n"), NULL), "[a][b]/[1][2]/[3][4]");
	assert_string_equal(shown(c, STR("a,b\n1,2"), NULL), "[a][b]/[1][2]");
	assert_string_equal(shown(c, STR("a,b\n,\n\"\",x\n"), NULL), "[a][b]/[][]/[][x]");
	assert_string_equal(shown(c, STR("a,b\n\"one, \"\"two\"\"\r\nthree\",4\n"), NULL),
			    "[a][b]/[one, \"two\"\r\nthree][4]");
	assert_string_equal(shown(c, STR("a,b\n\"\"\"\",\"\"\"\"\"\"\n"), NULL), "[a][b]/[\"][\"\"]");
	assert_string_equal(shown(c, STR("a,b\n\"1\"\r\n"), NULL), "row 2, The row has 1 fields, the heading has 2");
	assert_string_equal(shown(c, STR("a\n\"1\"\r"), NULL), "[a]/[1]");
	assert_string_equal(shown(c, STR("a\n1\r"), NULL), "[a]/[1]");
}

static void csv_reads_semicolons_and_a_byte_order_mark(void **state)
{
	Ctx *c = *state;
	assert_string_equal(shown(c, STR("\xEF\xBB\xBFnavn;beløb, kr;x\r\nBo;1,5;\r\n"), NULL),
			    "[navn][beløb, kr][x]/[Bo][1,5][]");
	assert_string_equal(shown(c, STR("\"a;b;c\",d\n1,2\n"), NULL), "[a;b;c][d]/[1][2]");
	assert_string_equal(shown(c, STR("alone\n1\n"), NULL), "[alone]/[1]");
	assert_string_equal(shown(c, STR("\xEF\xBB\xBFsep=;\r\na;b,c,d\r\n1;2\r\n"), NULL), "[a][b,c,d]/[1][2]");
	assert_string_equal(shown(c, STR("sep=,\na,b\n1\n"), NULL), "row 3, The row has 1 fields, the heading has 2");
	assert_string_equal(shown(c, STR("sep=x\n1\n"), NULL), "[sep=x]/[1]"); /* a heading like another */
	assert_string_equal(shown(c, STR("sep=;"), NULL), "[sep=][]");
}

/* Fields of every length around the eight bytes that are scanned at a time, with
 * bytes one above and below the separator, which a careless mask confuses. */
static void csv_finds_separators_at_every_offset(void **state)
{
	Ctx *c = *state;
	static const char filler[] = "-+.!#-+.!#-+.!#-+.!#";
	for (int left = 0; left < 20; left++) {
		for (int right = 0; right < 20; right++) {
			Str s = str_printf(c->arena, "a,b\n%.*s,%.*s\n", left, filler, right, filler);
			Str want = str_printf(c->scratch, "[a][b]/[%.*s][%.*s]", left, filler, right, filler);
			char bytes[64], expected[64];
			memcpy(bytes, s.ptr, s.len);
			memcpy(expected, want.ptr, want.len + 1);
			assert_string_equal(shown(c, (Str){ bytes, s.len }, NULL), expected);
		}
	}
}

static void csv_passes_over_blank_lines_and_counts_them(void **state)
{
	Ctx *c = *state;
	assert_string_equal(shown(c, STR("\na,b\n\r\n1,2\n\n\n"), NULL), "[a][b]/[1][2]");
	/* Heading in row 2, blank row 3, so the short row is row 4. */
	assert_string_equal(shown(c, STR("\na,b\n\n1\n"), NULL), "row 4, The row has 1 fields, the heading has 2");
}

static void csv_refuses_with_row_and_character(void **state)
{
	Ctx *c = *state;
	assert_string_equal(shown(c, STR(""), NULL), "The file is empty: there is no heading");
	assert_string_equal(shown(c, STR("\xEF\xBB\xBF\r\n\n"), NULL), "The file is empty: there is no heading");
	assert_string_equal(shown(c, STR("a,A\n"), NULL), "row 1, A: Two columns have this name");
	assert_string_equal(shown(c, STR("a,b\n1,2,3\n"), NULL), "row 2, The row has 3 fields, the heading has 2");
	assert_string_equal(shown(c, STR("a,b\nø,x\"y\n"), NULL),
			    "row 2, b: A quotation mark stands inside a field that does not begin with one "
			    "(character 4)");
	assert_string_equal(shown(c, STR("a,b\n1,\"x\n3,4\n"), NULL),
			    "row 2, b: A quotation mark is opened and never closed (character 3)");
	assert_string_equal(shown(c, STR("a,b\n\"x\" ,2\n"), NULL),
			    "row 2, a: Text stands behind the closing quotation mark (character 4)");
	assert_string_equal(shown(c, STR("a,b\r1,2\r"), NULL), "row 1, Lines must end in a line feed (LF or CRLF)");
	assert_string_equal(shown(c, STR("a\nx\0y\n"), NULL),
			    "row 2, The file holds a zero byte; it is no text (character 2)");
}

/* The codes are those of Microsoft's table: å E5, æ E6, € 80, – 96, ’ 92. */
static void csv_recognises_windows_1252(void **state)
{
	Ctx *c = *state;
	Csv csv;
	assert_string_equal(shown(c,
				  STR("a;b\nbl\xE5"
				      "b\xE6r;5 \x80 \x96 10\nS\xF8ren\x92s;\"\xC5\"\n"),
				  NULL),
			    "[a][b]/[blåbær][5 € – 10]/[Søren’s][Å]");
	assert_int_equal(csv_open(c, STR("a\n\xE6\n"), NULL, &csv), OK);
	assert_true(csv.windows_1252);
	assert_int_equal(csv_open(c, STR("a\næ\n"), NULL, &csv), OK);
	assert_false(csv.windows_1252);
	/* Where the code of no letter stands (81), a control character, */
	assert_string_equal(shown(c,
				  STR("a\nbl\xE5"
				      "b\x81r\n"),
				  NULL),
			    "row 2, The file is not UTF-8 text here; save it as “CSV UTF-8” (character 3)");
	assert_false(csv_is_windows_1252(STR("bl\xE5"
					     "b\x01r")));
	/* UTF-8 with one letter broken off, */
	assert_string_equal(shown(c, STR("a\næblegrød\nbl\xC3\n"), NULL),
			    "row 3, The file is not UTF-8 text here; save it as “CSV UTF-8” (character 3)");
	/* the mark that UTF-16 begins with, and signs that make no words. */
	assert_false(csv_is_windows_1252(STR("\xFF\xFE")));
	assert_false(csv_is_windows_1252(STR("\x83\xA4\xB6 \xE5")));
	assert_false(csv_is_windows_1252(STR("abc")));
}

static void csv_keeps_to_its_limits(void **state)
{
	Ctx *c = *state;
	const CsvLimits limits = { .bytes = 40, .rows = 2, .columns = 2, .field = 3 };
	assert_string_equal(shown(c, STR("a,b\n123,4\n5,\"678\"\n"), &limits), "[a][b]/[123][4]/[5][678]");
	assert_string_equal(shown(c, STR("a,b,c\n"), &limits), "row 1, The row has more than 2 fields (character 5)");
	assert_string_equal(shown(c, STR("a,b\n1,2\n1,2\n1,2\n"), &limits), "row 4, The file has more than 2 rows");
	assert_string_equal(shown(c, STR("a,b\n1,1234\n"), &limits), "row 2, b: The field is longer than 3 bytes");
	assert_string_equal(shown(c, STR("a,b\n0000000000000000000000000000000000000\n"), &limits),
			    "The file is larger than 40 bytes");
}

static void csv_looks_columns_up_by_name(void **state)
{
	Ctx *c = *state;
	Csv csv;
	bool more = false;
	int64_t n = 0;
	int column = 0;
	assert_int_equal(csv_open(c, STR(" ID ,Part,whole\n7, 61 ,x\n"), NULL, &csv), OK);
	assert_int_equal(csv_column(&csv, "id"), 0);
	assert_int_equal(csv_column(&csv, "parts"), -1);
	assert_int_equal(csv_column_required(&csv, "whole", &column), OK);
	assert_int_equal(column, 2);
	assert_int_equal(csv_next(&csv, &more), OK);
	assert_true(more);
	assert_int_equal(csv_int(&csv, csv_column(&csv, "part"), &n), OK);
	assert_int_equal(n, 61);
	assert_true(str_eq_z(csv_field(&csv, -1), ""));
	assert_int_equal(csv_int(&csv, column, &n), ERR_INVALID);
	assert_int_equal(csv_column_required(&csv, "percent", &column), ERR_INVALID);
	assert_string_equal(str_z(c->arena, ctx_problems_text(c)),
			    "row 2, whole: “x” is no whole number.\nrow 1, percent: The file lacks this column. It "
			    "has: ID, Part, whole");
}

static void csv_wants_rows_under_the_heading(void **state)
{
	Ctx *c = *state;
	Csv csv;
	bool more = false;
	assert_int_equal(csv_open(c, STR("a;b\n\n"), NULL, &csv), OK);
	assert_int_equal(csv_require_rows(&csv), ERR_INVALID);
	assert_int_equal(csv_open(c, STR("a;b\n\n1;2\n"), NULL, &csv), OK);
	assert_int_equal(csv_require_rows(&csv), OK);
	assert_int_equal(csv_next(&csv, &more), OK);
	assert_true(more && str_eq_z(csv_field(&csv, 1), "2"));
}

/* Danish, in capitals, behind the English name where there are both. */
static void headings_go_by_their_danish_names(void **state)
{
	Ctx *c = *state;
	Csv csv;
	int column = 0;
	assert_int_equal(csv_open(c, STR("Nr;FØR;I alt;before\n"), NULL, &csv), OK);
	assert_int_equal(heading_column(&csv, HEADING_BEFORE), 3);
	assert_int_equal(heading_column(&csv, HEADING_OF), 2);
	assert_int_equal(heading_column(&csv, HEADING_ID), 0);
	assert_int_equal(heading_required(&csv, HEADING_TIME, &column), ERR_INVALID);
	assert_string_equal(str_z(c->arena, ctx_problems_text(c)),
			    "row 1, time: The file lacks this column, which may also be called tid, varighed, måneder, "
			    "uger, dage. It has: Nr, FØR, I alt, before");
}

/* What a Danish Excel opens (UTF-8 with a byte order mark, semicolons, decimal comma), by RFC 4180's quotes. */
static void csv_writes_what_it_reads(void **state)
{
	static const char written[] = "\xef\xbb\xbf"
				      "a;\"b;c\"\r\n\"one, \"\"two\"\"\r\nthree\";'=1+1\r\n;-3\r\n0,1;\r\n"
				      "0,3333333333333333;-12\r\n";
	Ctx *c = *state;
	Buf *b = buf_new(c->arena, 1000);
	CsvWriter w = csv_writer(b);
	csv_put_text(&w, STR("a"));
	csv_put_text(&w, STR("b;c"));
	csv_end_row(&w);
	csv_put_text(&w, STR("one, \"two\"\r\nthree"));
	csv_put_text(&w, STR("=1+1"));
	csv_end_row(&w);
	csv_put_text(&w, STR_NONE);
	csv_put_int(&w, -3);
	csv_end_row(&w);
	csv_put_real(&w, 0.1);
	csv_put_real(&w, (double)NAN);
	csv_end_row(&w);
	csv_put_real(&w, 1.0 / 3);
	csv_put_real(&w, -12);
	csv_end_row(&w);
	assert_true(str_eq_z(buf_str(b), written));
	assert_string_equal(shown(c, str_of(written), NULL),
			    "[a][b;c]/[one, \"two\"\r\nthree]['=1+1]/[][-3]/[0,1][]/[0,3333333333333333][-12]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(csv_reads_what_rfc_4180_says, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_writes_what_it_reads, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_reads_semicolons_and_a_byte_order_mark, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_finds_separators_at_every_offset, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_passes_over_blank_lines_and_counts_them, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_refuses_with_row_and_character, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_recognises_windows_1252, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_keeps_to_its_limits, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_looks_columns_up_by_name, setup, teardown),
		cmocka_unit_test_setup_teardown(csv_wants_rows_under_the_heading, setup, teardown),
		cmocka_unit_test_setup_teardown(headings_go_by_their_danish_names, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
