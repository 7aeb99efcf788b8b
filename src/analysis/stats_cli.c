#include "analysis/analysis.h"
#include "analysis/analysis_cli.h"
#include "base/file.h"

#include <stdio.h>

enum { PRINT_MOST = 256 << 20 };

static const AnalysisKind *const kinds[] = { &analysis_alpha, &analysis_kappa, &analysis_share, &analysis_survival,
					     NULL };

static const AnalysisKind *find(Str name)
{
	for (const AnalysisKind *const *k = kinds; *k != NULL; k++)
		if (str_eq(name, str_of((*k)->name)))
			return *k;
	return NULL;
}

static Err analyse(Analysis *a, Str path)
{
	Str bytes;
	RETURN_IF_ERR(file_read(a->c, path, csv_limits.bytes, &bytes));
	RETURN_IF_ERR(csv_open(a->c, bytes, NULL, &a->csv));
	a->out = buf_new(a->c->arena, PRINT_MOST);
	a->w = json_writer(a->out);
	RETURN_IF_ERR(a->kind->run(a));
	if (a->json)
		buf_char(a->out, '\n');
	Str text = buf_str(a->out);
	return fwrite(text.ptr, 1, text.len, stdout) == text.len && fflush(stdout) == 0
		       ? OK
		       : file_refused(a->c, STR("-"), 0);
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
	return cli_status_in(cli, path, analyse(&a, path));
}

const Command stats_command = { "stats",
				N_("stats share FILE.csv [--method wilson|exact] [--json]\n"
				   "stats alpha FILE.csv [--json]\n"
				   "stats kappa FILE.csv [--weights none|linear|quadratic] [--json]\n"
				   "stats survival FILE.csv [--at TIME,TIME,…] [--json]"),
				N_("compute what a file's numbers say, with their uncertainty"), run_stats };
