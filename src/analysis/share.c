/* Shares: k of n, a row each. */
#include "analysis/analysis.h"

typedef struct {
	int64_t k, n;
	Interval interval;
} Row;

enum { METHOD_WILSON, METHOD_EXACT };
static const char *const methods[] = { "wilson", "exact", NULL };

static Err read_row(const Csv *csv, int k, int n, int method, Row *out)
{
	RETURN_IF_ERR(csv_int(csv, n, &out->n));
	RETURN_IF_ERR(csv_int(csv, k, &out->k));
	if (out->n < 0 || out->n > SHARE_COUNT_MOST)
		return csv_refuse(csv, n, T(csv->c->lang, "Between 0 and %lld."), (long long)SHARE_COUNT_MOST);
	if (out->k < 0 || out->k > out->n)
		return csv_refuse(csv, k, T(csv->c->lang, "Between 0 and %lld."), (long long)out->n);
	out->interval = method == METHOD_EXACT ? share_exact(out->k, out->n) : share_wilson(out->k, out->n);
	return OK;
}

static void put_json(JsonWriter *w, const Row *row)
{
	json_open_object(w);
	json_int(w, "k", row->k);
	json_int(w, "n", row->n);
	json_real(w, "p", share_of(row->k, row->n));
	json_put_interval(w, row->interval);
	json_close(w);
}

static void put_text(PrintTable *t, const Row *row)
{
	print_table_int(t, row->k);
	print_table_int(t, row->n);
	print_table_percent(t, share_of(row->k, row->n));
	print_table_percent(t, row->interval.low);
	print_table_percent(t, row->interval.high);
}

static Err run(Analysis *a)
{
	static const char *const headings[] = { "k", "n", N_("Share"), N_("Lowest (95 %)"), N_("Highest"), NULL };
	PrintTable table = print_table(a->c, headings);
	int method, k, n;
	Row row;
	bool more;
	RETURN_IF_ERR(analysis_choice(a, "--method", methods, METHOD_WILSON, &method));
	RETURN_IF_ERR(csv_column_required(&a->csv, "k", &k));
	RETURN_IF_ERR(csv_column_required(&a->csv, "n", &n));
	if (a->json)
		json_open_list(&a->w);
	for (;;) {
		RETURN_IF_ERR(csv_next(&a->csv, &more));
		if (!more)
			break;
		RETURN_IF_ERR(read_row(&a->csv, k, n, method, &row));
		if (a->json)
			put_json(&a->w, &row);
		else
			put_text(&table, &row);
	}
	if (a->json)
		json_close(&a->w);
	else
		print_table_put(&table, a->out);
	return OK;
}

const AnalysisKind analysis_share = { "share", { "--method" }, run };
