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
	json_key(w, "groups");
	json_open_list(w);
	for (int i = 0; i < n->in->groups.n; i++) {
		const Moments *m = &n->groups[i].moments;
		json_open_object(w);
		json_key(w, "group");
		json_put_text(w, n->in->groups.at[i]);
		json_key(w, "n");
		json_put_int(w, (int64_t)m->n);
		json_key(w, "mean");
		json_put_real(w, m->mean);
		json_key(w, "sd");
		json_put_real(w, m->sd);
		json_key(w, "median");
		json_put_real(w, m->median);
		json_close(w);
	}
	json_close(w);
}

static void put_json(JsonWriter *w, const Numbers *n)
{
	json_open_object(w);
	json_key(w, "values");
	json_put_text(w, STR("numbers"));
	json_key(w, "missing");
	json_put_int(w, n->in->missing);
	put_json_groups(w, n);
	if (n->in->groups.n == 2) {
		json_key(w, "mann_whitney");
		json_open_object(w);
		json_key(w, "u");
		json_put_real(w, n->ranks.u);
		json_key(w, "p");
		json_put_real(w, n->ranks.p);
		json_key(w, "method");
		json_put_text(w, n->ranks.exact ? STR("exact") : STR("normal"));
		json_close(w);
		json_key(w, "difference");
		json_open_object(w);
		compare_put_difference(w, "d", n->d.value, n->d.interval);
		compare_put_difference(w, "g", n->g.value, n->g.interval);
		json_close(w);
	} else {
		json_key(w, "kruskal_wallis");
		json_open_object(w);
		json_key(w, "h");
		json_put_real(w, n->kruskal.h);
		json_key(w, "df");
		json_put_int(w, n->kruskal.df);
		json_key(w, "p");
		json_put_real(w, n->kruskal.p);
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
	static const char *const headings[] = { N_("Standardised difference"), N_("Value"), N_("Lowest (95 %)"),
						N_("Highest"), NULL };
	PrintTable t = print_table(c, headings);
	for (const Standardised *s = &n->d; s != NULL; s = s == &n->d ? &n->g : NULL) {
		print_table_text(&t, s == &n->d ? STR("Cohen d") : STR("Hedges g"));
		print_table_real(&t, s->value, 3);
		print_table_real(&t, s->interval.low, 3);
		print_table_real(&t, s->interval.high, 3);
	}
	print_table_put(&t, out);
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
}
