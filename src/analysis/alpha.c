/* Cronbach's alpha: every column is a question of one scale. */
#include "analysis/analysis.h"
#include "stats/agreement.h"

#include <math.h>

typedef struct {
	Reals answers;
	int64_t rows, left_out; /* a row that lacks an answer is left out */
} Answers;

static Err read_row(Analysis *a, double *row, Answers *out)
{
	const Csv *csv = &a->csv;
	bool whole = true;
	for (size_t i = 0; i < csv->columns; i++) {
		RETURN_IF_ERR(analysis_read(csv, (int)i, &row[i]));
		whole &= !isnan(row[i]);
	}
	out->rows += whole;
	out->left_out += !whole;
	for (size_t i = 0; whole && i < csv->columns; i++)
		reals_add(a->c->arena, &out->answers, row[i]);
	return OK;
}

static void put_json(JsonWriter *w, const Csv *csv, const Answers *answers, const Alpha *alpha)
{
	json_open_object(w);
	json_int(w, "n", answers->rows);
	json_int(w, "left_out", answers->left_out);
	json_int(w, "k", (int64_t)csv->columns);
	json_real(w, "alpha", alpha->alpha);
	json_put_interval(w, alpha->interval);
	json_list(w, "items");
	for (size_t i = 0; i < csv->columns; i++) {
		const AlphaItem *item = &alpha->items[i];
		json_open_object(w);
		json_text(w, "item", csv->heads[i]);
		json_real(w, "mean", item->mean);
		json_real(w, "sd", item->sd);
		json_real(w, "item_total", item->rest_correlation);
		json_real(w, "alpha_if_dropped", item->alpha_without);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static void put_text(Analysis *a, const Answers *answers, const Alpha *alpha)
{
	static const char *const headings[] = {
		N_("Questions"), N_("Rows"), N_("Left out"), N_("Cronbach's alpha"), N_("Lowest (95 %)"),
		N_("Highest"),   NULL
	};
	static const char *const item_headings[] = { N_("Question"),           N_("Mean"),
						     N_("Standard deviation"), N_("Correlation with the others' sum"),
						     N_("Alpha without it"),   NULL };
	PrintTable whole = print_table(a->c, headings), each = print_table(a->c, item_headings);
	print_table_int(&whole, (int64_t)a->csv.columns);
	print_table_int(&whole, answers->rows);
	print_table_int(&whole, answers->left_out);
	print_table_real(&whole, alpha->alpha, 3);
	print_table_real(&whole, alpha->interval.low, 3);
	print_table_real(&whole, alpha->interval.high, 3);
	for (size_t i = 0; i < a->csv.columns; i++) {
		const AlphaItem *item = &alpha->items[i];
		print_table_text(&each, a->csv.heads[i]);
		print_table_real(&each, item->mean, 2);
		print_table_real(&each, item->sd, 2);
		print_table_real(&each, item->rest_correlation, 3);
		print_table_real(&each, item->alpha_without, 3);
	}
	print_table_put(&whole, a->out);
	print_table_put(&each, a->out);
}

static Err run(Analysis *a)
{
	Answers answers = { .rows = 0 };
	double *row = ARENA_ARRAY(a->c->arena, a->csv.columns, double);
	bool more;
	if (a->csv.columns < 2)
		return csv_refuse(&a->csv, 0, "%s", T(a->c->lang, "There must be at least two columns."));
	for (;;) {
		RETURN_IF_ERR(csv_next(&a->csv, &more));
		if (!more)
			break;
		RETURN_IF_ERR(read_row(a, row, &answers));
	}
	Alpha alpha = agreement_alpha(a->c->arena, answers.answers.at, (size_t)answers.rows, a->csv.columns);
	if (a->json)
		put_json(&a->w, &a->csv, &answers, &alpha);
	else
		put_text(a, &answers, &alpha);
	return OK;
}

const AnalysisKind analysis_alpha = { "alpha", { NULL }, run };
