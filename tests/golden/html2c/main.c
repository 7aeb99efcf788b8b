/* Writes one compiled template's page, in English and then in Danish, to standard output. */
#include "data.h"

#include <stdio.h>

#include TEMPLATE

static const EnumRow kind_rows[] = { { "fleksjob", N_("June") }, { "internship", N_("May") } };
const EnumTable kind_table = ENUM_TABLE("kind", kind_rows);

int main(void)
{
	Row rows[] = { { STR("Hansen & Søn"), STR("/company/1"), 17865, DATE_NONE, 1234, 0.488 },
		       { STR("<b>Bold</b>"), STR("javascript:alert(1)"), 17000, 17031, 7, 1.0 } };
	Str words[] = { STR("to be"), STR("or/not"), STR("æ?") };
	Page page = { .who = { .id = { { { 1, 2, 3 } } },
			       .name = STR("Ida \"Ib\" O'Neil"),
			       .note = STR("a < b & c > d"),
			       .evil = STR("\" onclick=\"alert(1)"),
			       .label = "April",
			       .employed = true,
			       .kind = KIND_INTERNSHIP,
			       .count = 3,
			       .one = 1,
			       .at = 1543579500000000, /* 2018-11-30T12:05:00Z */
			       .chart = { STR("<svg></svg>") },
			       .address = { STR("Vej 1") },
			       .first = &rows[0] },
		      .rows = { rows, 2 },
		      .words = { words, 3 } };
	Buf out;
	buf_init(&out, 1 << 20);
	Html h;
	html_init(&h, &out, LANG_EN);
	page_html(&h, &page);
	buf_z(&out, "\n---- da\n");
	h.lang = LANG_DA;
	page_html(&h, &page);
	buf_z(&out, "\n");
	fwrite(out.ptr, 1, out.len, stdout);
	buf_release(&out);
	return 0;
}
