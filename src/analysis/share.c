/* Shares: k of n, a row each. */
#include "analysis/analysis.h"

typedef struct {
	int k, n;    /* columns */
	int *labels; /* the others, which say what the row is of */
	size_t label_count;
	int method;
	int64_t rows;
} Columns;

typedef struct {
	int64_t k, n;
	Interval interval;
} Row;

enum { METHOD_WILSON, METHOD_EXACT };
static const char *const methods[] = { "wilson", "exact", NULL };

static Err find_columns(const Csv *csv, Columns *out)
{
	RETURN_IF_ERR(heading_required(csv, HEADING_K, &out->k));
	RETURN_IF_ERR(heading_required(csv, HEADING_OF, &out->n));
	out->labels = ARENA_ARRAY(csv->c->arena, csv->columns, int);
	for (int i = 0; i < (int)csv->columns; i++)
		if (i != out->k && i != out->n)
			out->labels[out->label_count++] = i;
	return OK;
}

static Err read_row(const Csv *csv, const Columns *columns, Row *out)
{
	RETURN_IF_ERR(csv_int_between(csv, columns->n, 0, SHARE_COUNT_MOST, &out->n));
	RETURN_IF_ERR(csv_int_between(csv, columns->k, 0, out->n, &out->k));
	out->interval = columns->method == METHOD_EXACT ? share_exact(out->k, out->n) : share_wilson(out->k, out->n);
	return OK;
}

static void put_json(JsonWriter *w, const Csv *csv, const Columns *columns, const Row *row)
{
	json_open_object(w);
	if (columns->label_count > 0) {
		json_add_object(w, "at");
		for (size_t i = 0; i < columns->label_count; i++) {
			json_key_str(w, csv->heads[columns->labels[i]]);
			json_put_text(w, csv_field(csv, columns->labels[i]));
		}
		json_close(w);
	}
	json_add_int(w, "k", row->k);
	json_add_int(w, "n", row->n);
	json_add_real(w, "p", share_of(row->k, row->n));
	json_put_interval(w, row->interval);
	json_close(w);
}

static PrintTable headed(Ctx *c, const Csv *csv, const Columns *columns)
{
	static const char *const headings[] = { "k", "n", N_("Share"), N_("Lower limit (95 %)"), N_("Upper limit") };
	enum { OWN = sizeof headings / sizeof *headings };
	size_t n = 0;
	Str *all = ARENA_ARRAY(c->arena, columns->label_count + OWN, Str);
	for (; n < columns->label_count; n++)
		all[n] = csv->heads[columns->labels[n]];
	for (size_t i = 0; i < OWN; i++)
		all[n++] = str_of(T(c->lang, headings[i]));
	return print_table_of(c, all, n);
}

static void put_text(PrintTable *t, const Csv *csv, const Columns *columns, const Row *row)
{
	for (size_t i = 0; i < columns->label_count; i++)
		print_table_text(t, csv_field(csv, columns->labels[i]));
	print_table_int(t, row->k);
	print_table_int(t, row->n);
	print_table_percent(t, share_of(row->k, row->n));
	print_table_percent(t, row->interval.low);
	print_table_percent(t, row->interval.high);
}

static void put_sentence(Analysis *a, const Columns *columns, const Row *last)
{
	Ctx *c = a->c;
	if (columns->rows > 1) {
		print_sentence(a, "%s",
			       T(c->lang, "Each share is uncertain, the more so the fewer it is of: the true one most "
					  "likely lies between the limits. Where those of two rows do not overlap, the "
					  "shares differ by more than chance usually brings about."));
		return;
	}
	Str share = text_percent(c->arena, c->lang, share_of(last->k, last->n), 1);
	Str low = text_percent(c->arena, c->lang, last->interval.low, 1);
	Str high = text_percent(c->arena, c->lang, last->interval.high, 1);
	if (last->n == 0)
		print_sentence(a, "%s", T(c->lang, "A share of nobody cannot be computed."));
	else
		print_sentence(a,
			       T(c->lang, "%lld of %lld is %.*s; if they are a sample, the true share most likely lies "
					  "between %.*s and %.*s."),
			       (long long)last->k, (long long)last->n, STR_ARG(share), STR_ARG(low), STR_ARG(high));
}

static Err run(Analysis *a)
{
	Columns columns = { 0 };
	Row row = { 0 };
	bool more;
	RETURN_IF_ERR(analysis_choice(a, "--method", methods, METHOD_WILSON, &columns.method));
	RETURN_IF_ERR(find_columns(&a->csv, &columns));
	PrintTable table = headed(a->c, &a->csv, &columns);
	if (a->json)
		json_open_list(&a->w);
	for (;; columns.rows++) {
		RETURN_IF_ERR(csv_next(&a->csv, &more));
		if (!more)
			break;
		RETURN_IF_ERR(read_row(&a->csv, &columns, &row));
		if (a->json)
			put_json(&a->w, &a->csv, &columns, &row);
		else
			put_text(&table, &a->csv, &columns, &row);
	}
	if (a->json) {
		json_close(&a->w);
		return OK;
	}
	print_table_put(&table, a->out);
	put_sentence(a, &columns, &row);
	return OK;
}

const AnalysisKind analysis_share = {
	"share",
	N_("share: how certain is a share, k of n?\n"
	   "  columns   k, n: a row for each share; every other column is printed beside it\n"
	   "  --method  wilson: the usual interval (default)\n"
	   "            exact: Clopper and Pearson's, which is wider and never too short\n"
	   "  example   rampe stats share municipalities.csv --method exact"),
	{ "--method" },
	run
};
