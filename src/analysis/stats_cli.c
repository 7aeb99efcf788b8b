#include "access/cli_table.h"
#include "analysis/analysis.h"
#include "analysis/analysis_cli.h"

const char *const analysis_files_help =
	N_("FILE is a table as a spreadsheet saves it (CSV): headings in the first row, separated by ; or , and at\n"
	   "least one row below them. FILE may be -: then the table comes from standard input. Columns that are not\n"
	   "named are passed over; an empty field is a missing answer. The results end with a sentence that sums\n"
	   "them up; with --json they are one JSON document, for other programs.");

static const AnalysisKind *const kinds[] = { &analysis_share, &analysis_paired,   &analysis_compare,  &analysis_alpha,
					     &analysis_kappa, &analysis_survival, &analysis_suppress, NULL };

static const AnalysisKind *find(Str name)
{
	for (const AnalysisKind *const *k = kinds; *k != NULL; k++)
		if (str_eq(name, str_of((*k)->name)))
			return *k;
	return NULL;
}

static Err analyse(Analysis *a, Str path)
{
	RETURN_IF_ERR(cli_table_open(a->c, path, &a->csv));
	a->out = buf_new(a->c->arena, CLI_PRINT_MOST);
	a->w = json_writer(a->out);
	RETURN_IF_ERR(a->kind->run(a));
	return cli_print(a->c, a->out, a->json);
}

static CliStatus run_stats(Cli *cli)
{
	Analysis a = { .c = cli->c, .json = cli->json };
	Str name = cli->argc > 0 ? str_of(cli->argv[0]) : STR("");
	a.kind = find(name);
	for (int i = 0; a.kind != NULL && a.kind->options[i] != NULL; i++)
		a.options[i] = cli_option(cli, a.kind->options[i]);
	(void)cli_argument(cli);
	Str path = cli_argument(cli);
	if (a.kind == NULL || str_is_none(path) || !cli_all_taken(cli))
		return cli_usage(cli, &stats_command);
	Err e = analyse(&a, path);
	if (a.misused) {
		(void)cli_status(cli, e);
		return CLI_USAGE;
	}
	return cli_status_in(cli, path, e);
}

static void explain(const Cli *cli, FILE *to)
{
	Lang lang = cli->c->lang;
	const AnalysisKind *asked = cli->argc > 0 ? find(str_of(cli->argv[0])) : NULL;
	for (const AnalysisKind *const *k = kinds; *k != NULL; k++)
		if (asked == NULL || asked == *k)
			fprintf(to, "\n%s\n", T(lang, (*k)->help));
	fprintf(to, "\n%s\n", T(lang, analysis_files_help));
}

const Command stats_command = { "stats",
				N_("stats share FILE.csv [--method wilson|exact] [--json]\n"
				   "stats paired FILE.csv [--cut X] [--zeros wilcoxon|pratt] [--json]\n"
				   "stats compare FILE.csv [--as numbers|categories] [--json]\n"
				   "stats alpha FILE.csv [--json]\n"
				   "stats kappa FILE.csv [--weights none|linear|quadratic] [--order A,B,…] [--json]\n"
				   "stats survival FILE.csv [--at TIME,TIME,…] [--json]\n"
				   "stats suppress FILE.csv [--least N] [--width N] [--json]"),
				N_("compute what a file's numbers say, with their uncertainty"), run_stats,
				.explain = explain };
