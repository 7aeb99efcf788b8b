/* Cronbach's alpha: every column is a question of one scale. */
#include "analysis/analysis.h"
#include "stats/agreement.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
	Reals answers; /* row by row, `count` of them each */
	int *columns;  /* of the questions */
	size_t count;
	int64_t rows, left_out; /* a row that lacks an answer is left out */
	Str *passed_over;       /* headings of columns that number the rows */
	size_t passed_count;
} Answers;

static void pass_over(const Csv *csv, Answers *out, int column)
{
	out->passed_over[out->passed_count++] = csv->heads[column];
}

static void find_questions(const Csv *csv, Answers *out)
{
	out->columns = ARENA_ARRAY(csv->c->arena, csv->columns, int);
	out->passed_over = ARENA_ARRAY(csv->c->arena, csv->columns, Str);
	for (int i = 0; i < (int)csv->columns; i++) {
		if (heading_is(csv, i, HEADING_ROW))
			pass_over(csv, out, i);
		else
			out->columns[out->count++] = i;
	}
}

static Err read_row(Analysis *a, double *row, Answers *out)
{
	bool whole = true;
	for (size_t i = 0; i < out->count; i++) {
		RETURN_IF_ERR(analysis_read(&a->csv, out->columns[i], &row[i]));
		whole &= !isnan(row[i]);
	}
	out->rows += whole;
	out->left_out += !whole;
	for (size_t i = 0; whole && i < out->count; i++)
		reals_add(a->c->arena, &out->answers, row[i]);
	return OK;
}

static int by_size(const void *left, const void *right)
{
	const double *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

/* Do the column's numbers count the rows? They are whole and all different, and either stand one after another, or are
 * more than a question has answers. */
static bool numbers_rows(Arena *a, const Answers *in, size_t column)
{
	enum { IN_A_ROW_LEAST = 5, DIFFERENT_LEAST = 12 };
	size_t n = (size_t)in->rows;
	double *x = ARENA_ARRAY(a, n, double);
	bool follow = n >= IN_A_ROW_LEAST;
	for (size_t i = 0; i < n; i++) {
		x[i] = in->answers.at[i * in->count + column];
		follow = follow && (i == 0 || x[i] == x[i - 1] + 1);
		if (x[i] != floor(x[i]))
			return false;
	}
	if (follow || n < DIFFERENT_LEAST)
		return follow;
	qsort(x, n, sizeof *x, by_size);
	for (size_t i = 1; i < n; i++)
		if (x[i] == x[i - 1])
			return false;
	return true;
}

static void drop_row_numbers(const Csv *csv, Answers *in)
{
	Arena *a = csv->c->arena;
	bool *dropped = ARENA_ARRAY(a, in->count, bool);
	size_t kept = 0, questions = 0;
	for (size_t i = 0; i < in->count; i++)
		dropped[i] = numbers_rows(a, in, i);
	for (size_t i = 0; i < (size_t)in->rows * in->count; i++)
		if (!dropped[i % in->count])
			in->answers.at[kept++] = in->answers.at[i];
	for (size_t i = 0; i < in->count; i++) {
		if (dropped[i])
			pass_over(csv, in, in->columns[i]);
		else
			in->columns[questions++] = in->columns[i];
	}
	in->count = questions;
	in->answers.n = kept;
}

static void put_json(JsonWriter *w, const Csv *csv, const Answers *answers, const Alpha *alpha)
{
	json_open_object(w);
	json_add_int(w, "n", answers->rows);
	json_add_int(w, "left_out", answers->left_out);
	json_add_int(w, "k", (int64_t)answers->count);
	json_add_real(w, "alpha", alpha->alpha);
	json_put_interval(w, alpha->interval);
	json_add_list(w, "passed_over");
	for (size_t i = 0; i < answers->passed_count; i++)
		json_put_text(w, answers->passed_over[i]);
	json_close(w);
	json_add_list(w, "items");
	for (size_t i = 0; i < answers->count; i++) {
		const AlphaItem *item = &alpha->items[i];
		json_open_object(w);
		json_add_text(w, "item", csv->heads[answers->columns[i]]);
		json_add_real(w, "mean", item->mean);
		json_add_real(w, "sd", item->sd);
		json_add_real(w, "item_total", item->rest_correlation);
		json_add_real(w, "alpha_if_dropped", item->alpha_without);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static void put_text(Analysis *a, const Answers *answers, const Alpha *alpha)
{
	static const char *const headings[] = {
		N_("Questions"),   N_("Rows"), N_("Left out"), N_("Cronbach's alpha"), N_("Lower limit (95 %)"),
		N_("Upper limit"), NULL
	};
	static const char *const item_headings[] = { N_("Question"),           N_("Mean"),
						     N_("Standard deviation"), N_("Correlation with the others' sum"),
						     N_("Alpha without it"),   NULL };
	PrintTable whole = print_table(a->c, headings), each = print_table(a->c, item_headings);
	print_table_int(&whole, (int64_t)answers->count);
	print_table_int(&whole, answers->rows);
	print_table_int(&whole, answers->left_out);
	print_table_real(&whole, alpha->alpha, 3);
	print_table_real(&whole, alpha->interval.low, 3);
	print_table_real(&whole, alpha->interval.high, 3);
	for (size_t i = 0; i < answers->count; i++) {
		const AlphaItem *item = &alpha->items[i];
		print_table_text(&each, a->csv.heads[answers->columns[i]]);
		print_table_real(&each, item->mean, 2);
		print_table_real(&each, item->sd, 2);
		print_table_real(&each, item->rest_correlation, 3);
		print_table_real(&each, item->alpha_without, 3);
	}
	print_table_put(&whole, a->out);
	print_table_put(&each, a->out);
}

static void put_sentence(Analysis *a, const Answers *answers, const Alpha *alpha)
{
	static const double enough = 0.7; /* Nunnally 1978, Psychometric Theory, 245 */
	Lang lang = a->c->lang;
	for (size_t i = 0; i < answers->passed_count; i++)
		print_sentence(a, T(lang, "“%.*s” is not counted as a question: it says which row it is."),
			       STR_ARG(answers->passed_over[i]));
	Str value = text_real(a->c->arena, lang, alpha->alpha, 2), least = text_real(a->c->arena, lang, enough, 1);
	if (isnan(alpha->alpha))
		print_sentence(a, "%s",
			       answers->rows < 2 ? T(lang, "Alpha cannot be computed: at least two people must have "
							   "answered all questions.")
						 : T(lang, "Alpha cannot be computed: everybody has the same sum."));
	else
		print_sentence(
			a,
			alpha->alpha >= enough
				? T(lang, "Alpha is %.*s: by the usual rule of thumb (at least %.*s) the questions "
					  "go together well enough to be added up.")
				: T(lang, "Alpha is %.*s: by the usual rule of thumb (at least %.*s) the questions "
					  "do not go together well enough to be added up."),
			STR_ARG(value), STR_ARG(least));
}

static Err run(Analysis *a)
{
	Answers answers = { .rows = 0 };
	double *row = ARENA_ARRAY(a->c->arena, a->csv.columns, double);
	bool more;
	find_questions(&a->csv, &answers);
	for (;;) {
		RETURN_IF_ERR(csv_next(&a->csv, &more));
		if (!more)
			break;
		RETURN_IF_ERR(read_row(a, row, &answers));
	}
	drop_row_numbers(&a->csv, &answers);
	if (answers.count < 2)
		return refuse(a->c, "", "%s",
			      T(a->c->lang,
				"There must be at least two columns with questions; a column that numbers the "
				"rows is none."));
	Alpha alpha = agreement_alpha(a->c->arena, answers.answers.at, (size_t)answers.rows, answers.count);
	if (a->json) {
		put_json(&a->w, &a->csv, &answers, &alpha);
		return OK;
	}
	put_text(a, &answers, &alpha);
	put_sentence(a, &answers, &alpha);
	return OK;
}

const AnalysisKind analysis_alpha = {
	"alpha",
	N_("alpha: do the questions of one scale go together (Cronbach)?\n"
	   "  columns   every column is a question and every row a person, but for one that says who it is (id, nr,\n"
	   "            respondent …) or numbers the rows, which is passed over\n"
	   "  example   rampe stats alpha scale.csv"),
	{ NULL },
	run
};
