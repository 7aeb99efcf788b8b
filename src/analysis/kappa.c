/* Cohen's kappa: what two people made of the same things, a row each. */
#include "analysis/analysis.h"
#include "stats/agreement.h"

#include <stdlib.h>

static const char *const weightings[] = { "none", "linear", "quadratic", NULL }; /* as KappaWeights */

/* A category and the words that mean it: "1" and "1,0" are one number. */
typedef struct {
	Str name;
	double number;
	size_t label; /* where its word stands among those of the file */
} Category;

typedef struct {
	Labels labels;
	int64_t *pairs; /* LABELS_MOST × LABELS_MOST: by label */
	int64_t left_out;
	bool numbers; /* all labels are: categories stand in their order, else in that of appearance */
	Category categories[LABELS_MOST];
	size_t n;
	int64_t *table; /* n × n: by category */
} Ratings;

static Err read_pairs(Analysis *a, Ratings *r)
{
	int first, second;
	size_t i, j;
	bool more;
	RETURN_IF_ERR(csv_column_required(&a->csv, "a", &first));
	RETURN_IF_ERR(csv_column_required(&a->csv, "b", &second));
	for (;;) {
		RETURN_IF_ERR(csv_next(&a->csv, &more));
		if (!more)
			return OK;
		if (csv_field(&a->csv, first).len == 0 || csv_field(&a->csv, second).len == 0) {
			r->left_out++;
			continue;
		}
		RETURN_IF_ERR(analysis_label(&a->csv, first, &r->labels, LABELS_MOST, &i));
		RETURN_IF_ERR(analysis_label(&a->csv, second, &r->labels, LABELS_MOST, &j));
		r->pairs[i * LABELS_MOST + j]++;
	}
}

static int by_number(const void *left, const void *right)
{
	const Category *a = left, *b = right;
	if (a->number < b->number || a->number > b->number)
		return a->number < b->number ? -1 : 1;
	return (a->label > b->label) - (a->label < b->label);
}

static void make_table(Arena *a, Ratings *r)
{
	Category all[LABELS_MOST];
	size_t place[LABELS_MOST], labels = (size_t)r->labels.n;
	r->numbers = labels > 0;
	for (size_t i = 0; i < labels; i++) {
		all[i] = (Category){ .name = r->labels.at[i], .label = i };
		r->numbers &= analysis_parse(all[i].name, &all[i].number);
	}
	if (r->numbers)
		qsort(all, labels, sizeof *all, by_number);
	for (size_t i = 0; i < labels; i++) {
		if (i == 0 || !r->numbers || all[i].number > all[i - 1].number)
			r->categories[r->n++] = all[i];
		place[all[i].label] = r->n - 1;
	}
	r->table = ARENA_ARRAY(a, r->n * r->n, int64_t);
	for (size_t i = 0; i < labels; i++)
		for (size_t j = 0; j < labels; j++)
			r->table[place[i] * r->n + place[j]] += r->pairs[i * LABELS_MOST + j];
}

static void put_json(JsonWriter *w, const Ratings *r, KappaWeights weights, const Kappa *k)
{
	json_open_object(w);
	json_int(w, "n", k->n);
	json_int(w, "left_out", r->left_out);
	json_text(w, "weights", str_of(weightings[weights]));
	json_real(w, "observed", k->observed);
	json_real(w, "expected", k->expected);
	json_real(w, "kappa", k->kappa);
	json_real(w, "se", k->se);
	json_put_interval(w, k->interval);
	json_text(w, "order", r->numbers ? STR("number") : STR("appearance"));
	json_list(w, "categories");
	for (size_t i = 0; i < r->n; i++)
		json_put_text(w, r->categories[i].name);
	json_close(w);
	json_list(w, "matrix");
	for (size_t i = 0; i < r->n; i++) {
		json_open_list(w);
		for (size_t j = 0; j < r->n; j++)
			json_put_int(w, r->table[i * r->n + j]);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static void put_text(Analysis *a, const Ratings *r, const Kappa *k)
{
	static const char *const headings[] = {
		N_("Pairs"), N_("Left out"),       N_("Agreement"),     N_("Expected by chance"),
		N_("Kappa"), N_("Standard error"), N_("Lowest (95 %)"), N_("Highest"),
		NULL
	};
	PrintTable whole = print_table(a->c, headings), table = print_table_bare(a->c, r->n + 1);
	print_table_int(&whole, k->n);
	print_table_int(&whole, r->left_out);
	print_table_percent(&whole, k->observed);
	print_table_percent(&whole, k->expected);
	print_table_real(&whole, k->kappa, 3);
	print_table_real(&whole, k->se, 3);
	print_table_real(&whole, k->interval.low, 3);
	print_table_real(&whole, k->interval.high, 3);
	print_table_put(&whole, a->out);
	print_table_text(&table, STR("a \\ b"));
	for (size_t i = 0; i < r->n; i++)
		print_table_number(&table, r->categories[i].name);
	for (size_t i = 0; i < r->n; i++) {
		print_table_text(&table, r->categories[i].name);
		for (size_t j = 0; j < r->n; j++)
			print_table_int(&table, r->table[i * r->n + j]);
	}
	print_table_put(&table, a->out);
	buf_printf(a->out, "\n%s\n",
		   r->numbers ? T(a->c->lang, "The categories are numbers and stand in their order.")
			      : T(a->c->lang, "The categories stand in the order of their first appearance."));
}

static Err run(Analysis *a)
{
	Ratings *r = ARENA_NEW(a->c->arena, Ratings);
	int weights;
	r->pairs = ARENA_ARRAY(a->c->arena, LABELS_MOST * LABELS_MOST, int64_t);
	RETURN_IF_ERR(analysis_choice(a, "--weights", weightings, KAPPA_UNWEIGHTED, &weights));
	RETURN_IF_ERR(read_pairs(a, r));
	make_table(a->c->arena, r);
	Kappa k = agreement_kappa(a->c->arena, r->table, r->n, (KappaWeights)weights);
	if (a->json)
		put_json(&a->w, r, (KappaWeights)weights, &k);
	else
		put_text(a, r, &k);
	return OK;
}

const AnalysisKind analysis_kappa = { "kappa", { "--weights" }, run };
