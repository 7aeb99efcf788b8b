/* rampe table: cross tables of any file. */
#include "access/cli_table.h"
#include "analysis/analysis.h"
#include "analysis/analysis_cli.h"
#include "analysis/table.h"

static void put_cell(JsonWriter *w, const TableSet *set, const Table *t, const TableCell *cell)
{
	json_open_object(w);
	json_key(w, "at");
	json_open_object(w);
	for (size_t k = 0; k < t->key_count; k++) {
		json_key_str(w, t->keys[k]->name);
		json_put_text(w, cell->at[k] == TABLE_TOTAL ? STR_NONE : t->keys[k]->values[cell->at[k]]);
	}
	json_close(w);
	json_key(w, "n");
	json_put_int(w, cell->n);
	if (!str_is_none(set->summed)) {
		json_key(w, "sum");
		json_put_real(w, cell->sum);
	}
	json_close(w);
}

/* {"rows","tables":[{"by":["kind"],"cells":[{"at":{"kind":"walk"},"n","sum"}]}]}: null in `at` is a total; `sum` where
 * one was asked for. */
static void put_json(JsonWriter *w, const TableSet *set)
{
	json_open_object(w);
	json_key(w, "rows");
	json_put_int(w, set->rows);
	json_key(w, "tables");
	json_open_list(w);
	for (size_t i = 0; i < set->n; i++) {
		const Table *t = &set->tables[i];
		json_open_object(w);
		json_key(w, "by");
		json_open_list(w);
		for (size_t k = 0; k < t->key_count; k++)
			json_put_text(w, t->keys[k]->name);
		json_close(w);
		json_key(w, "cells");
		json_open_list(w);
		for (size_t k = 0; k < t->n; k++)
			put_cell(w, set, t, &t->cells[k]);
		json_close(w);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static Err tabulate(Cli *cli, Str path, const Str *by, size_t n, Str sum)
{
	TableSet set;
	Csv csv;
	RETURN_IF_ERR(cli_table_open(cli->c, path, &csv));
	RETURN_IF_ERR(tables_read(&csv, by, n, sum, &set));
	Buf *out = buf_new(cli->c->arena, CLI_PRINT_MOST);
	JsonWriter w = json_writer(out);
	if (cli->json)
		put_json(&w, &set);
	for (size_t i = 0; !cli->json && i < set.n; i++)
		table_put_text(cli->c, &set, &set.tables[i], out);
	return cli_print(cli->c, out, cli->json);
}

static CliStatus run_table(Cli *cli)
{
	Str by[TABLES_MOST], sum = cli_option(cli, "--sum");
	size_t n = 0;
	while (n < TABLES_MOST && !str_is_none(by[n] = cli_option(cli, "--by")))
		n++;
	Str path = cli_argument(cli);
	if (n == 0 || str_is_none(path) || !cli_all_taken(cli))
		return cli_usage(cli, &table_command);
	return cli_status_in(cli, path, tabulate(cli, path, by, n, sum));
}

const Command table_command = { "table", N_("table FILE.csv --by COLUMN[,COLUMN…] [--by …] [--sum COLUMN] [--json]"),
				N_("count a file's rows by its columns, or by year(), quarter(), month() of a day"),
				run_table };
