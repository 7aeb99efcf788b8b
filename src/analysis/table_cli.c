/* rampe table: cross tables of any file. */
#include "access/cli_table.h"
#include "analysis/analysis.h"
#include "analysis/analysis_cli.h"
#include "analysis/table.h"

static void put_cell(JsonWriter *w, const TableSet *set, const Table *t, const TableCell *cell)
{
	json_open_object(w);
	json_add_object(w, "at");
	for (size_t k = 0; k < t->key_count; k++) {
		json_key_str(w, t->keys[k]->name);
		json_put_text(w, cell->at[k] == TABLE_TOTAL ? STR_NONE : t->keys[k]->values[cell->at[k]]);
	}
	json_close(w);
	json_add_int(w, "n", cell->n);
	if (!str_is_none(set->summed)) {
		json_add_real(w, "sum", cell->sum);
	}
	json_close(w);
}

/* {"rows","tables":[{"by":["kind"],"cells":[{"at":{"kind":"walk"},"n","sum"}]}]}: null in `at` is a total; `sum` where
 * one was asked for. */
static void put_json(JsonWriter *w, const TableSet *set)
{
	json_open_object(w);
	json_add_int(w, "rows", set->rows);
	json_add_list(w, "tables");
	for (size_t i = 0; i < set->n; i++) {
		const Table *t = &set->tables[i];
		json_open_object(w);
		json_add_list(w, "by");
		for (size_t k = 0; k < t->key_count; k++)
			json_put_text(w, t->keys[k]->name);
		json_close(w);
		json_add_list(w, "cells");
		for (size_t k = 0; k < t->n; k++)
			put_cell(w, set, t, &t->cells[k]);
		json_close(w);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static void put_sentence(Ctx *c, Buf *out, const TableSet *set)
{
	Str rows = text_int(c->arena, c->lang, set->rows);
	buf_printf(out,
		   TN(c->lang, "\n%.*s row of the file is counted; what is empty stands as (empty).\n",
		      "\n%.*s rows of the file are counted; what is empty stands as (empty).\n", set->rows),
		   STR_ARG(rows));
}

static Err tabulate(Cli *cli, Str path, const Str *by, Str sum, TableSet *set)
{
	Csv csv;
	RETURN_IF_ERR(cli_table_open(cli->c, path, &csv));
	RETURN_IF_ERR(tables_read(&csv, by, set->n, sum, set));
	Buf *out = buf_new(cli->c->arena, CLI_PRINT_MOST);
	JsonWriter w = json_writer(out);
	if (cli->json)
		put_json(&w, set);
	for (size_t i = 0; !cli->json && i < set->n; i++)
		table_put_text(cli->c, set, &set->tables[i], out);
	if (!cli->json)
		put_sentence(cli->c, out, set);
	return cli_print(cli->c, out, cli->json);
}

static CliStatus run_table(Cli *cli)
{
	TableSet set = { .n = 0 };
	Str by[TABLES_MOST], sum = cli_option(cli, "--sum");
	while (set.n < TABLES_MOST && !str_is_none(by[set.n] = cli_option(cli, "--by")))
		set.n++;
	Str path = cli_argument(cli);
	if (set.n == 0 || str_is_none(path) || !cli_all_taken(cli))
		return cli_usage(cli, &table_command);
	Err e = tabulate(cli, path, by, sum, &set);
	if (set.misused) {
		(void)cli_status(cli, e);
		return CLI_USAGE;
	}
	return cli_status_in(cli, path, e);
}

static void explain(const Cli *cli, FILE *to)
{
	Lang lang = cli->c->lang;
	fprintf(to, "\n%s\n\n%s\n",
		T(lang, "  --by      one to three columns, by their headings; or the year(), quarter() or month() of a "
			"day that\n"
			"            stands in a column; given several times, a table each\n"
			"  --sum     a column with numbers, which are added up beside the count\n"
			"  example   rampe table contacts.csv --by 'kind,month(day)' --sum minutes"),
		T(lang, analysis_files_help));
}

const Command table_command = { "table", N_("table FILE.csv --by COLUMN[,COLUMN…] [--by …] [--sum COLUMN] [--json]"),
				N_("count a file's rows by its columns, or by year(), quarter(), month() of a day"),
				run_table, .explain = explain };
