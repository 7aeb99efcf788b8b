/* rampe report. */
#include "report/report_cli.h"

#include "base/enum.h"
#include "base/file.h"

#include <unistd.h>

enum { REPORT_MOST = 64 << 20 };

static const EnumRow form_rows[] = { { "html", "HTML" }, { "pdf", "PDF" }, { "json", "JSON" }, { "xlsx", "Excel" } };
static const EnumTable form_table = ENUM_TABLE("report_form", form_rows);

Err report_write(Ctx *c, const Report *r, ReportForm form, Str path)
{
	Buf *out = buf_new(c->arena, REPORT_MOST);
	switch (form) {
	case REPORT_HTML: RETURN_IF_ERR(report_html(c, out, r)); break;
	case REPORT_PDF: RETURN_IF_ERR(report_pdf(c, out, r)); break;
	case REPORT_JSON: RETURN_IF_ERR(report_json(c, out, r)); break;
	case REPORT_XLSX: RETURN_IF_ERR(report_xlsx(c, out, r)); break;
	}
	return file_write(c, path, buf_str(out));
}

static Err collect(Ctx *c, Str code, Date day, Report *r)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = report_collect(c, code, day, r);
	db_end_read(c);
	if (e == ERR_NOT_FOUND && c->problem_count == 0)
		return refuse(c, "PROGRAMME", T(c->lang, "There is no programme “%.*s”."), STR_ARG(code));
	return e;
}

static bool is_binary(ReportForm form)
{
	return form == REPORT_PDF || form == REPORT_XLSX;
}

static CliStatus run_report(Cli *cli)
{
	Ctx *c = cli->c;
	Str date = cli_option(cli, "--date"), as = cli_option(cli, "--as"), path = cli_option(cli, "-o");
	Str code = cli_argument(cli);
	Date day = DATE_NONE;
	int form;
	if (str_is_none(path))
		path = STR("-");
	if (str_is_none(code) || str_is_none(as) || !enum_parse(&form_table, as, &form) || !cli_all_taken(cli))
		return cli_usage(cli, &report_command);
	if (!str_is_none(date) && !date_parse(date, &day))
		return cli_status(cli, refuse(c, "--date", "%s", T(c->lang, "There is no such day.")));
	if (str_eq_z(path, "-") && is_binary((ReportForm)form) && isatty(STDOUT_FILENO))
		return cli_status(cli, refuse(c, "-o", "%s", T(c->lang, "This is no text to show here. Name a file.")));
	Report r;
	Err e = cli_open(cli, false);
	if (e == OK)
		e = collect(c, code, day, &r);
	if (e == OK)
		e = report_write(c, &r, (ReportForm)form, path);
	return cli_status(cli, e);
}

const Command report_command = {
	"report",
	N_("report PROGRAMME [--date DAY] --as html|pdf|json|xlsx [-o FILE]"),
	N_("write a programme's evaluation to a file, or to standard output"),
	run_report,
	.converts = true,
};
