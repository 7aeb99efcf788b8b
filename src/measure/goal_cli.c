/* rampe goals and rampe claims. */
#include "measure/measure_cli.h"

#include "base/file.h"
#include "base/utf8.h"
#include "feature/programme/programme.h"
#include "format/csv.h"
#include "measure/claims.h"
#include "measure/goal_print.h"
#include "measure/goal_text.h"

#include <stdio.h>

enum { PRINT_MOST = 16 << 20, CLAIMS_FILE_MOST = 64 << 20 };

static CliStatus print(const Buf *b)
{
	Str s = buf_str(b);
	if (b->failed || fwrite(s.ptr, 1, s.len, stdout) != s.len || fflush(stdout) != 0)
		return CLI_ENVIRONMENT;
	return CLI_DONE;
}

static Err measure(Cli *cli, Str code, Date day, Programme *programme, Date *on, GoalResultList *goals)
{
	Ctx *c = cli->c;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = programme_by_code(c, code, programme);
	if (e == ERR_NOT_FOUND)
		e = refuse(c, "PROGRAMME", T(c->lang, "There is no programme “%.*s”."), STR_ARG(code));
	if (e == OK) {
		*on = day == DATE_NONE ? programme->status_date : day;
		e = goals_measure(c, programme->id, *on, goals);
	}
	db_end_read(c);
	return e;
}

/* Padded to a width in characters. */
static void put_cell(Buf *b, Str text, size_t width, bool right)
{
	size_t length = utf8_length(text);
	if (!right)
		buf_str_add(b, text);
	for (size_t i = length; i < width; i++)
		buf_char(b, ' ');
	if (right)
		buf_str_add(b, text);
	buf_z(b, "  ");
}

/* Under the goal, where its status stands. */
static void put_remark(Buf *b, Str text)
{
	put_cell(b, STR(""), 4, false);
	buf_printf(b, "%.*s\n", STR_ARG(text));
}

static void print_goal(Ctx *c, Buf *b, const GoalResult *g)
{
	Str original = goal_original_text(c, g);
	put_cell(b, g->goal.code, 4, false);
	put_cell(b, str_of(enum_text(c->lang, &goal_status_table, (int)g->status)), 16, false);
	put_cell(b, goal_target_text(c, g), 6, true);
	put_cell(b, goal_result_text(c, g), 24, true);
	buf_printf(b, "%.*s\n", STR_ARG(g->wording));
	if (!str_is_empty(g->proxy))
		put_remark(b, str_printf(c->arena, T(c->lang, "Measured instead: %.*s"), STR_ARG(g->proxy)));
	if (g->targets.n > 1)
		put_remark(b, str_printf(c->arena, T(c->lang, "Against the original target of %.*s: %s"),
					 STR_ARG(original),
					 enum_text(c->lang, &goal_status_table, (int)g->status_original)));
}

static CliStatus run_goals(Cli *cli)
{
	Ctx *c = cli->c;
	Str date = cli_option(cli, "--date");
	Str code = cli_argument(cli);
	Date day = DATE_NONE, on = DATE_NONE;
	Programme programme;
	GoalResultList goals;
	if (str_is_none(code) || !cli_all_taken(cli))
		return cli_usage(cli, &goals_command);
	if (!str_is_none(date) && !date_parse(date, &day))
		return cli_status(cli, refuse(c, "--date", "%s", T(c->lang, "There is no such day.")));
	Err e = cli_open(cli, false);
	if (e == OK)
		e = measure(cli, code, day, &programme, &on, &goals);
	if (e != OK)
		return cli_status(cli, e);
	Buf *b = buf_new(c->arena, PRINT_MOST);
	if (cli->json)
		goals_json(c, b, programme.code, on, &goals);
	for (size_t i = 0; !cli->json && i < goals.n; i++)
		print_goal(c, b, &goals.at[i]);
	return print(b);
}

const Command goals_command = { "goals", N_("goals PROGRAMME [--date DAY] [--json]"),
				N_("measure a programme's goals on a day"), run_goals };

/* The file may be anybody's: it is read where it can do no harm. */
static CliStatus run_claims(Cli *cli)
{
	Ctx *c = cli->c;
	Str path = cli_argument(cli), bytes, read;
	if (str_is_none(path) || !cli_all_taken(cli))
		return cli_usage(cli, &claims_command);
	Err e = file_read(c, path, CLAIMS_FILE_MOST, &bytes);
	if (e == OK && !utf8_valid(bytes, NULL) && csv_is_windows_1252(bytes))
		cli_say_windows_1252(c, path);
	if (e == OK)
		e = convert_read(c, c->convert, cli->json ? &claims_json_reader : &claims_text_reader, bytes, &read);
	if (e != OK)
		return cli_status_in(cli, path, e);
	Buf *b = buf_new(c->arena, PRINT_MOST);
	buf_str_add(b, str_sub(read, 1, read.len));
	CliStatus printed = print(b);
	return printed != CLI_DONE ? printed : str_starts(read, STR("1")) ? CLI_DONE : CLI_WRONG;
}

static void explain_claims(const Cli *cli, FILE *to)
{
	fprintf(to, "\n%s\n",
		T(cli->c->lang,
		  "Each row of the file says one thing of a report, and is checked by arithmetic alone:\n"
		  "  id, part, whole, percent   a share: 61 of 125 is 49 %; parts instead of part: 3+10+4\n"
		  "  id, parts, total           a sum: 51+15+10 is 76\n"
		  "  id, mean, n, items         can n whole numbers (of so many questions each) have this mean?\n"
		  "  id, group, percent         the percentages of the group's rows make 100, but for rounding\n"
		  "  id, quantity, value        rows that name the same quantity say the same\n"
		  "Other columns are passed over. FILE is a table as a spreadsheet saves it (CSV), with at least one "
		  "row\n"
		  "below its headings; -: standard input. The command ends with 1 when a claim is wrong.\n"
		  "  example   rampe claims report.csv"));
}

const Command claims_command = {
	"claims",         N_("claims FILE.csv [--json]"), N_("compute published figures again"), run_claims,
	.converts = true, .explain = explain_claims
};
