/* The same people before and after, a row each. */
#include "analysis/analysis.h"

#include "stats/paired.h"

#include <math.h>

static const char *const zero_rules[] = { "wilcoxon", "pratt", NULL };

typedef struct {
	double cut; /* NaN: none */
	int zeros;
	Reals before, after;
	int64_t missing;
	int64_t rises, falls, same;
	int64_t only_before, only_after; /* who reached the cut at one time alone */
	SignedRank wilcoxon;
	Shift shift;
} Paired;

static Err read_pairs(Analysis *a, Paired *p)
{
	int before, after;
	double x, y;
	bool more;
	RETURN_IF_ERR(csv_column_required(&a->csv, "before", &before));
	RETURN_IF_ERR(csv_column_required(&a->csv, "after", &after));
	for (;;) {
		RETURN_IF_ERR(csv_next(&a->csv, &more));
		if (!more)
			return OK;
		RETURN_IF_ERR(analysis_read(&a->csv, before, &x));
		RETURN_IF_ERR(analysis_read(&a->csv, after, &y));
		if (isnan(x) || isnan(y)) {
			p->missing++;
			continue;
		}
		reals_add(a->c->arena, &p->before, x);
		reals_add(a->c->arena, &p->after, y);
		p->only_before += x >= p->cut && y < p->cut;
		p->only_after += x < p->cut && y >= p->cut;
	}
}

static void compute(Arena *arena, Paired *p)
{
	size_t n = p->before.n;
	const double *changes = paired_changes(arena, p->before.at, p->after.at, n);
	for (size_t i = 0; i < n; i++) {
		p->rises += changes[i] > 0;
		p->falls += changes[i] < 0;
		p->same += changes[i] == 0;
	}
	p->wilcoxon = signed_rank_test(arena, changes, n, p->zeros == ZEROS_PRATT ? ZEROS_PRATT : ZEROS_WILCOXON);
	p->shift = paired_shift(arena, changes, n);
}

static double sign_p(const Paired *p)
{
	return p->before.n == 0 ? NAN : coin_test(p->rises, p->rises + p->falls);
}

static double mcnemar_p(const Paired *p)
{
	return p->before.n == 0 ? NAN : coin_test(p->only_before, p->only_before + p->only_after);
}

static void put_effect(JsonWriter *w, const Paired *p)
{
	int64_t n = (int64_t)p->before.n;
	json_key(w, "effect");
	json_open_object(w);
	json_key(w, "pseudomedian");
	json_put_real(w, p->shift.value);
	json_put_interval(w, p->shift.interval);
	json_key(w, "rank_biserial");
	json_put_real(w, p->wilcoxon.biserial);
	json_key(w, "risen");
	json_open_object(w);
	json_key(w, "k");
	json_put_int(w, p->rises);
	json_key(w, "n");
	json_put_int(w, n);
	json_key(w, "p");
	json_put_real(w, share_of(p->rises, n));
	json_put_interval(w, share_wilson(p->rises, n));
	json_close(w);
	json_close(w);
}

static void put_json(JsonWriter *w, const Paired *p)
{
	json_open_object(w);
	json_key(w, "pairs");
	json_put_int(w, (int64_t)p->before.n);
	json_key(w, "missing");
	json_put_int(w, p->missing);
	json_key(w, "wilcoxon");
	json_open_object(w);
	json_key(w, "v");
	json_put_real(w, p->wilcoxon.v);
	json_key(w, "p");
	json_put_real(w, p->wilcoxon.p);
	json_key(w, "method");
	json_put_text(w, p->wilcoxon.exact ? STR("exact") : STR("normal"));
	json_key(w, "zeros");
	json_put_text(w, str_of(zero_rules[p->zeros]));
	json_close(w);
	json_key(w, "sign");
	json_open_object(w);
	json_key(w, "rises");
	json_put_int(w, p->rises);
	json_key(w, "falls");
	json_put_int(w, p->falls);
	json_key(w, "same");
	json_put_int(w, p->same);
	json_key(w, "p");
	json_put_real(w, sign_p(p));
	json_close(w);
	json_key(w, "mcnemar");
	if (isnan(p->cut)) {
		json_put_null(w);
	} else {
		json_open_object(w);
		json_key(w, "b");
		json_put_int(w, p->only_before);
		json_key(w, "c");
		json_put_int(w, p->only_after);
		json_key(w, "p");
		json_put_real(w, mcnemar_p(p));
		json_close(w);
	}
	put_effect(w, p);
	json_close(w);
}

static void put_counts(Ctx *c, Buf *out, const Paired *p)
{
	static const char *const headings[] = { N_("Pairs"), N_("One missing"), N_("Rises"),
						N_("Falls"), N_("As before"),   NULL };
	PrintTable t = print_table(c, headings);
	print_table_int(&t, (int64_t)p->before.n);
	print_table_int(&t, p->missing);
	print_table_int(&t, p->rises);
	print_table_int(&t, p->falls);
	print_table_int(&t, p->same);
	print_table_put(&t, out);
}

static void put_tests(Ctx *c, Buf *out, const Paired *p)
{
	static const char *const headings[] = { N_("Test"), N_("Statistic"), "p", NULL };
	PrintTable t = print_table(c, headings);
	print_table_text(&t, str_of(p->wilcoxon.exact ? T(c->lang, "Wilcoxon's signed ranks, exact")
						      : T(c->lang, "Wilcoxon's signed ranks, normal approximation")));
	Str v = text_real(c->arena, c->lang, p->wilcoxon.v, 1);
	print_table_text(&t, str_printf(c->arena, "V = %.*s", STR_ARG(v)));
	print_table_number(&t, p_text(c, p->wilcoxon.p));
	print_table_text(&t, str_of(T(c->lang, "Signs, exact")));
	print_table_text(&t, STR(""));
	print_table_number(&t, p_text(c, sign_p(p)));
	if (!isnan(p->cut)) {
		print_table_text(&t, str_of(T(c->lang, "McNemar, exact")));
		print_table_text(&t, str_printf(c->arena, "b = %lld, c = %lld", (long long)p->only_before,
						(long long)p->only_after));
		print_table_number(&t, p_text(c, mcnemar_p(p)));
	}
	print_table_put(&t, out);
}

static void put_effects(Ctx *c, Buf *out, const Paired *p)
{
	static const char *const headings[] = { N_("Effect"), N_("Value"), N_("Lowest (95 %)"), N_("Highest"), NULL };
	int64_t n = (int64_t)p->before.n;
	Interval risen = share_wilson(p->rises, n);
	PrintTable t = print_table(c, headings);
	print_table_text(&t, str_of(T(c->lang, "Typical change (Hodges–Lehmann)")));
	print_table_real(&t, p->shift.value, 3);
	print_table_real(&t, p->shift.interval.low, 3);
	print_table_real(&t, p->shift.interval.high, 3);
	print_table_text(&t, str_of(T(c->lang, "Share that rose")));
	print_table_percent(&t, share_of(p->rises, n));
	print_table_percent(&t, risen.low);
	print_table_percent(&t, risen.high);
	print_table_text(&t, str_of(T(c->lang, "Rank-biserial correlation")));
	print_table_real(&t, p->wilcoxon.biserial, 3);
	print_table_real(&t, NAN, 3);
	print_table_real(&t, NAN, 3);
	print_table_put(&t, out);
}

static Err run(Analysis *a)
{
	Paired p = { 0 };
	RETURN_IF_ERR(analysis_number(a, "--cut", &p.cut));
	RETURN_IF_ERR(analysis_choice(a, "--zeros", zero_rules, ZEROS_WILCOXON, &p.zeros));
	RETURN_IF_ERR(read_pairs(a, &p));
	compute(a->c->arena, &p);
	if (a->json) {
		put_json(&a->w, &p);
		return OK;
	}
	put_counts(a->c, a->out, &p);
	put_tests(a->c, a->out, &p);
	put_effects(a->c, a->out, &p);
	return OK;
}

const AnalysisKind analysis_paired = { "paired", { "--cut", "--zeros" }, run };
