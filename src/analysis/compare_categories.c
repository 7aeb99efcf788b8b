#include "analysis/compare.h"

#include "stats/contingency.h"
#include "stats/samples.h"

#include <math.h>

typedef struct {
	const Comparison *in;
	Contingency table;
	int64_t sizes[LABELS_MOST]; /* of the groups */
	ChiSquare chi;
	Fisher fisher;
} Categories;

static void count(Arena *a, Categories *t)
{
	const Comparison *in = t->in;
	size_t rows = (size_t)in->groups.n, columns = (size_t)in->categories.n;
	int64_t *at = ARENA_ARRAY(a, rows * columns, int64_t);
	for (size_t i = 0; i < in->n; i++) {
		at[(size_t)in->rows[i].group * columns + (size_t)in->rows[i].category]++;
		t->sizes[in->rows[i].group]++;
	}
	t->table = (Contingency){ rows, columns, at };
}

/* The first group's share of the category against the second's. */
static Standardised difference(const Categories *t, size_t category)
{
	const int64_t *at = t->table.at + category;
	return difference_h(at[0], t->sizes[0], at[t->table.columns], t->sizes[1]);
}

static void put_json_labels(JsonWriter *w, const char *name, const Labels *labels)
{
	json_add_list(w, name);
	for (int i = 0; i < labels->n; i++)
		json_put_text(w, labels->at[i]);
	json_close(w);
}

static void put_json_table(JsonWriter *w, Contingency table)
{
	json_add_list(w, "table");
	for (size_t i = 0; i < table.rows; i++) {
		json_open_list(w);
		for (size_t j = 0; j < table.columns; j++)
			json_put_int(w, table.at[i * table.columns + j]);
		json_close(w);
	}
	json_close(w);
}

static void put_json_tests(JsonWriter *w, const Categories *t)
{
	json_add_object(w, "chi_square");
	json_add_real(w, "chisq", t->chi.chisq);
	json_add_int(w, "df", t->chi.df);
	json_add_real(w, "p", t->chi.p);
	json_add_real(w, "least_expected", t->chi.least);
	json_add_text(w, "method", STR("Pearson, without Yates's correction"));
	json_close(w);
	json_add_object(w, "fisher");
	json_add_real(w, "p", t->fisher.p);
	json_add_text(w, "method", t->fisher.too_large ? STR("not computed: the table is too large") : STR("exact"));
	json_close(w);
}

static void put_json(JsonWriter *w, const Categories *t)
{
	json_open_object(w);
	json_add_text(w, "values", STR("categories"));
	json_add_int(w, "missing", t->in->missing);
	put_json_labels(w, "groups", &t->in->groups);
	put_json_labels(w, "categories", &t->in->categories);
	put_json_table(w, t->table);
	put_json_tests(w, t);
	if (t->in->groups.n == 2) {
		json_add_list(w, "differences");
		for (size_t j = 0; j < t->table.columns; j++) {
			Standardised h = difference(t, j);
			json_open_object(w);
			json_add_text(w, "category", t->in->categories.at[j]);
			compare_put_difference(w, "h", h.value, h.interval);
			json_close(w);
		}
		json_close(w);
	}
	json_close(w);
}

/* A row for each group and category, with its share of the group. */
static void put_counts(Ctx *c, Buf *out, const Categories *t)
{
	static const char *const headings[] = { N_("Group"), N_("Category"), "n", N_("Share"), NULL };
	PrintTable lines = print_table(c, headings);
	for (size_t i = 0; i < t->table.rows * t->table.columns; i++) {
		size_t group = i / t->table.columns;
		print_table_text(&lines, t->in->groups.at[group]);
		print_table_text(&lines, t->in->categories.at[i % t->table.columns]);
		print_table_int(&lines, t->table.at[i]);
		print_table_percent(&lines, share_of(t->table.at[i], t->sizes[group]));
	}
	print_table_put(&lines, out);
}

static void put_tests(Ctx *c, Buf *out, const Categories *t)
{
	static const char *const headings[] = { N_("Test"), N_("Statistic"), "p", NULL };
	PrintTable lines = print_table(c, headings);
	Str chisq = text_real(c->arena, c->lang, t->chi.chisq, 3),
	    least = text_real(c->arena, c->lang, t->chi.least, 1);
	print_table_text(&lines, str_of(T(c->lang, "Chi-square, without Yates's correction")));
	print_table_text(&lines, str_printf(c->arena, "χ² = %.*s, df = %d", STR_ARG(chisq), t->chi.df));
	print_table_number(&lines, p_text(c, t->chi.p));
	print_table_text(&lines, str_of(T(c->lang, "Fisher, exact")));
	print_table_text(&lines, str_of(t->fisher.too_large ? T(c->lang, "the table is too large") : ""));
	print_table_number(&lines, p_text(c, t->fisher.p));
	print_table_put(&lines, out);
	if (t->chi.least < 5)
		buf_printf(out,
			   T(c->lang, "The smallest expected count is %.*s: under 5, rely on Fisher's test where it "
				      "can be computed.\n"),
			   STR_ARG(least));
}

static void put_differences(Ctx *c, Buf *out, const Categories *t)
{
	static const char *const headings[] = { N_("Category"), "Cohen h", N_("Lower limit (95 %)"), N_("Upper limit"),
						NULL };
	PrintTable lines = print_table(c, headings);
	for (size_t j = 0; j < t->table.columns; j++) {
		Standardised h = difference(t, j);
		print_table_text(&lines, t->in->categories.at[j]);
		print_table_real(&lines, h.value, 3);
		print_table_real(&lines, h.interval.low, 3);
		print_table_real(&lines, h.interval.high, 3);
	}
	print_table_put(&lines, out);
}

static void put_sentence(Analysis *a, const Categories *t)
{
	print_sentence(
		a, T(a->c->lang, "%zu people in %d groups are compared by how many of each gave which of %d answers."),
		t->in->n, t->in->groups.n, t->in->categories.n);
	print_chance(a, t->fisher.too_large ? t->chi.p : t->fisher.p);
}

void compare_categories(Analysis *a, const Comparison *in)
{
	Categories *t = ARENA_NEW(a->c->arena, Categories);
	t->in = in;
	count(a->c->arena, t);
	t->chi = chi_square_test(a->c->arena, t->table);
	t->fisher = fisher_test(a->c->arena, t->table);
	if (a->json) {
		put_json(&a->w, t);
		return;
	}
	put_counts(a->c, a->out, t);
	put_tests(a->c, a->out, t);
	if (in->groups.n == 2)
		put_differences(a->c, a->out, t);
	put_sentence(a, t);
}
