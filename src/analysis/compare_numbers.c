#include "analysis/compare.h"

#include "stats/samples.h"

#include <math.h>

typedef struct {
	size_t from, n; /* where the group's numbers stand in `numbers` */
	Moments moments;
} Group;

typedef struct {
	const Comparison *in;
	Group groups[LABELS_MOST];
	double *numbers; /* group by group */
	RankSum ranks;   /* two groups */
	KruskalWallis kruskal;
	Standardised d, g;
} Numbers;

static void gather(Arena *a, Numbers *n)
{
	const Comparison *in = n->in;
	n->numbers = ARENA_ARRAY(a, in->n, double);
	for (size_t i = 0; i < in->n; i++)
		n->groups[in->rows[i].group].n++;
	for (int i = 1; i < in->groups.n; i++)
		n->groups[i].from = n->groups[i - 1].from + n->groups[i - 1].n;
	size_t filled[LABELS_MOST] = { 0 };
	for (size_t i = 0; i < in->n; i++) {
		int group = in->rows[i].group;
		n->numbers[n->groups[group].from + filled[group]++] = in->rows[i].number;
	}
}

static void compute(Arena *a, Numbers *n)
{
	const Group *x = &n->groups[0], *y = &n->groups[1];
	for (int i = 0; i < n->in->groups.n; i++)
		n->groups[i].moments = moments_of(a, n->numbers + n->groups[i].from, n->groups[i].n);
	if (n->in->groups.n == 2) {
		n->ranks = rank_sum_test(a, n->numbers + x->from, x->n, n->numbers + y->from, y->n);
		n->d = difference_d(x->moments, y->moments);
		n->g = difference_g(x->moments, y->moments);
		return;
	}
	int *groups = ARENA_ARRAY(a, n->in->n, int);
	for (int i = 0; i < n->in->groups.n; i++)
		for (size_t j = 0; j < n->groups[i].n; j++)
			groups[n->groups[i].from + j] = i;
	n->kruskal = kruskal_wallis(a, n->numbers, groups, n->in->n, n->in->groups.n);
}

static void put_json_groups(JsonWriter *w, const Numbers *n)
{
	json_add_list(w, "groups");
	for (int i = 0; i < n->in->groups.n; i++) {
		const Moments *m = &n->groups[i].moments;
		json_open_object(w);
		json_add_text(w, "group", n->in->groups.at[i]);
		json_add_int(w, "n", (int64_t)m->n);
		json_add_real(w, "mean", m->mean);
		json_add_real(w, "sd", m->sd);
		json_add_real(w, "median", m->median);
		json_close(w);
	}
	json_close(w);
}

static void put_json(JsonWriter *w, const Numbers *n)
{
	json_open_object(w);
	json_add_text(w, "values", STR("numbers"));
	json_add_int(w, "missing", n->in->missing);
	put_json_groups(w, n);
	if (n->in->groups.n == 2) {
		json_add_object(w, "mann_whitney");
		json_add_real(w, "u", n->ranks.u);
		json_add_real(w, "p", n->ranks.p);
		json_add_text(w, "method", n->ranks.exact ? STR("exact") : STR("normal"));
		json_close(w);
		json_add_object(w, "difference");
		compare_put_difference(w, "d", n->d.value, n->d.interval);
		compare_put_difference(w, "g", n->g.value, n->g.interval);
		json_close(w);
	} else {
		json_add_object(w, "kruskal_wallis");
		json_add_real(w, "h", n->kruskal.h);
		json_add_int(w, "df", n->kruskal.df);
		json_add_real(w, "p", n->kruskal.p);
		json_close(w);
	}
	json_close(w);
}

static void put_groups(Ctx *c, Buf *out, const Numbers *n)
{
	static const char *const headings[] = { N_("Group"),  "n", N_("Mean"), N_("Standard deviation"),
						N_("Median"), NULL };
	PrintTable t = print_table(c, headings);
	for (int i = 0; i < n->in->groups.n; i++) {
		const Moments *m = &n->groups[i].moments;
		print_table_text(&t, n->in->groups.at[i]);
		print_table_int(&t, (int64_t)m->n);
		print_table_real(&t, m->mean, 3);
		print_table_real(&t, m->sd, 3);
		print_table_real(&t, m->median, 3);
	}
	print_table_put(&t, out);
}

static void put_test(Ctx *c, Buf *out, const Numbers *n)
{
	static const char *const headings[] = { N_("Test"), N_("Statistic"), "p", NULL };
	PrintTable t = print_table(c, headings);
	bool two = n->in->groups.n == 2;
	Str value = text_real(c->arena, c->lang, two ? n->ranks.u : n->kruskal.h, two ? 1 : 3);
	if (two) {
		print_table_text(&t, str_of(n->ranks.exact ? T(c->lang, "Mann–Whitney, exact")
							   : T(c->lang, "Mann–Whitney, normal approximation")));
		print_table_text(&t, str_printf(c->arena, "U = %.*s", STR_ARG(value)));
	} else {
		print_table_text(&t, STR("Kruskal–Wallis"));
		print_table_text(&t, str_printf(c->arena, "H = %.*s, df = %d", STR_ARG(value), n->kruskal.df));
	}
	print_table_number(&t, p_text(c, two ? n->ranks.p : n->kruskal.p));
	print_table_put(&t, out);
}

static void put_differences(Ctx *c, Buf *out, const Numbers *n)
{
	static const char *const headings[] = { N_("Standardised difference"), N_("Value"), N_("Lower limit (95 %)"),
						N_("Upper limit"), NULL };
	PrintTable t = print_table(c, headings);
	for (const Standardised *s = &n->d; s != NULL; s = s == &n->d ? &n->g : NULL) {
		print_table_text(&t, s == &n->d ? STR("Cohen d") : STR("Hedges g"));
		print_table_real(&t, s->value, 3);
		print_table_real(&t, s->interval.low, 3);
		print_table_real(&t, s->interval.high, 3);
	}
	print_table_put(&t, out);
}

static void put_sentence(Analysis *a, const Numbers *n)
{
	Ctx *c = a->c;
	const Labels *groups = &n->in->groups;
	if (groups->n > 2) {
		print_sentence(a, T(c->lang, "%d groups are compared by how high their %zu numbers are."), groups->n,
			       n->in->n);
		print_chance(a, n->kruskal.p);
		return;
	}
	double pairs = (double)n->groups[0].n * (double)n->groups[1].n;
	Str higher = text_real(c->arena, c->lang, n->ranks.u / pairs * 100, 0);
	print_sentence(a,
		       T(c->lang, "When one person is drawn from “%.*s” and one from “%.*s”, the first has the higher "
				  "number in %.*s of 100 cases (50: no difference; half of what is equal counts)."),
		       STR_ARG(groups->at[0]), STR_ARG(groups->at[1]), STR_ARG(higher));
	print_chance(a, n->ranks.p);
}

void compare_numbers(Analysis *a, const Comparison *in)
{
	Numbers *n = ARENA_NEW(a->c->arena, Numbers);
	n->in = in;
	gather(a->c->arena, n);
	compute(a->c->arena, n);
	if (a->json) {
		put_json(&a->w, n);
		return;
	}
	put_groups(a->c, a->out, n);
	put_test(a->c, a->out, n);
	if (in->groups.n == 2)
		put_differences(a->c, a->out, n);
	put_sentence(a, n);
}
