#include "format/xlsx.h"

#include "program.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static int setup(void **state)
{
	static Ctx c;
	ctx_init(&c);
	*state = &c;
	return 0;
}

static int teardown(void **state)
{
	ctx_release(*state);
	return 0;
}

/* Reads the file as the standard says (ECMA-376), with Python's own zip and XML:
 * a line "sheet|cell|value" for every cell. */
static const char reader[] =
	"import sys,zipfile\n"
	"from xml.etree import ElementTree as E\n"
	"z=zipfile.ZipFile(sys.argv[1]); n='{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'\n"
	"s=[''.join(i.itertext()) for i in E.fromstring(z.read('xl/sharedStrings.xml'))]\n"
	"for k,b in enumerate(E.fromstring(z.read('xl/workbook.xml')).iter(n+'sheet'),1):\n"
	"  for c in E.fromstring(z.read(f'xl/worksheets/sheet{k}.xml')).iter(n+'c'):\n"
	"    v=c.find(n+'v')\n"
	"    assert c.find(n+'f') is None\n"
	"    if v is not None: print(b.get('name'),c.get('r'),s[int(v.text)] if c.get('t')=='s' else v.text,sep='|')\n";

static const char *read_cells(Ctx *c, Str bytes)
{
	const char *const python[] = { "/usr/bin/python3", "-c", reader, NULL };
	return program_says(c->arena, python, bytes);
}

#define ASSERT_HAS(text, part) assert_non_null(strstr((text), (part)))

static XlsxTable goals(XlsxCell cells[8], const Str heads[4])
{
	cells[0] = xlsx_text(STR("D1 <&> ø"));
	cells[1] = xlsx_int(61);
	cells[2] = xlsx_percent(61.0 / 125, 1);
	cells[3] = xlsx_date(date_of(2018, 11, 30));
	cells[4] = xlsx_text(STR("=1+1"));
	cells[5] = xlsx_real(-2.5, 1);
	cells[6] = xlsx_percent(NAN, 1);
	cells[7] = xlsx_date(DATE_NONE);
	return (XlsxTable){ .sheet = STR("Mål/2018"),
			    .title = STR("Mål"),
			    .note = STR("Opgjort"),
			    .heads = heads,
			    .columns = 4,
			    .cells = cells,
			    .rows = 2 };
}

static void xlsx_reads_back_as_written(void **state)
{
	Ctx *c = *state;
	Buf *b = buf_new(c->arena, 1 << 20);
	const Str heads[] = { STR("Mål"), STR("Antal"), STR("Andel"), STR("Dato") };
	XlsxCell cells[8];
	XlsxTable table = goals(cells, heads);
	assert_int_equal(xlsx_write(c, b, STR("Evaluering"), &table, 1), OK);
	const char *text = read_cells(c, buf_str(b));
	ASSERT_HAS(text, "Mål 2018|A1|Mål\n");
	ASSERT_HAS(text, "Mål 2018|A2|Opgjort\n");
	ASSERT_HAS(text, "Mål 2018|C4|Andel\n");
	ASSERT_HAS(text, "Mål 2018|A5|D1 <&> ø\n");
	ASSERT_HAS(text, "Mål 2018|B5|61\n");
	ASSERT_HAS(text, "Mål 2018|C5|0.488"); /* 61/125 */
	/* 2018-11-30 is day 43434 of Excel's calendar: 43465 is 2018-12-31. */
	ASSERT_HAS(text, "Mål 2018|D5|43434\n");
	/* A text, not a formula: the reader asserts that there is none. */
	ASSERT_HAS(text, "Mål 2018|A6|=1+1\n");
	ASSERT_HAS(text, "Mål 2018|B6|-2.5\n");
	assert_null(strstr(text, "|C6|"));
	assert_null(strstr(text, "|D6|"));
}

static void xlsx_is_the_same_at_every_time(void **state)
{
	Ctx *c = *state;
	const Str heads[] = { STR("Mål"), STR("Antal"), STR("Andel"), STR("Dato") };
	XlsxCell cells[8];
	XlsxTable table = goals(cells, heads);
	Buf *first = buf_new(c->arena, 1 << 20), *second = buf_new(c->arena, 1 << 20);
	assert_int_equal(xlsx_write(c, first, STR("Evaluering"), &table, 1), OK);
	sleep(2); /* a zip file knows even seconds */
	assert_int_equal(xlsx_write(c, second, STR("Evaluering"), &table, 1), OK);
	assert_true(str_eq(buf_str(first), buf_str(second)));
}

static void xlsx_sheets_get_names_that_excel_accepts(void **state)
{
	Ctx *c = *state;
	Buf *b = buf_new(c->arena, 1 << 20);
	const Str heads[] = { STR("x") };
	const XlsxTable tables[] = {
		{ .sheet = STR("Same"), .title = STR("one"), .heads = heads, .columns = 1 },
		{ .sheet = STR("same"), .title = STR("two"), .heads = heads, .columns = 1 },
		{ .sheet = STR("'[]'"), .title = STR("three"), .heads = heads, .columns = 1 },
		{ .sheet = STR("æøå æøå æøå æøå æøå æøå æøå æøå æøå"),
		  .title = STR("four"),
		  .heads = heads,
		  .columns = 1 },
	};
	assert_int_equal(xlsx_write(c, b, STR("t"), tables, 4), OK);
	const char *text = read_cells(c, buf_str(b));
	ASSERT_HAS(text, "Same|A1|one\n");
	ASSERT_HAS(text, "same (2)|A1|two\n");
	ASSERT_HAS(text, " (3)|A1|three\n");
	/* 31 characters of it. */
	ASSERT_HAS(text, "æøå æøå æøå æøå æøå æøå æøå æøå|A1|four\n");
}

static void xlsx_keeps_to_its_limits(void **state)
{
	Ctx *c = *state;
	const Str heads[] = { STR("x") };
	XlsxTable table = { .sheet = STR("s"), .title = STR("t"), .heads = heads, .columns = 1 };
	assert_int_equal(xlsx_write(c, buf_new(c->arena, 100), STR("t"), &table, 1), ERR_LIMIT);
	assert_int_equal(xlsx_write(c, buf_new(c->arena, 1 << 20), STR("t"), &table, 0), ERR_LIMIT);
	table.rows = XLSX_CELLS_MOST + 1;
	assert_int_equal(xlsx_write(c, buf_new(c->arena, 1 << 20), STR("t"), &table, 1), ERR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(xlsx_reads_back_as_written, setup, teardown),
		cmocka_unit_test_setup_teardown(xlsx_is_the_same_at_every_time, setup, teardown),
		cmocka_unit_test_setup_teardown(xlsx_sheets_get_names_that_excel_accepts, setup, teardown),
		cmocka_unit_test_setup_teardown(xlsx_keeps_to_its_limits, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
