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
	RETURN_IF_ERR(heading_required(&a->csv, HEADING_BEFORE, &before));
	RETURN_IF_ERR(heading_required(&a->csv, HEADING_AFTER, &after));
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
	json_add_object(w, "effect");
	json_add_real(w, "pseudomedian", p->shift.value);
	json_put_interval(w, p->shift.interval);
	json_add_real(w, "rank_biserial", p->wilcoxon.biserial);
	json_add_object(w, "risen");
	json_add_int(w, "k", p->rises);
	json_add_int(w, "n", n);
	json_add_real(w, "p", share_of(p->rises, n));
	json_put_interval(w, share_wilson(p->rises, n));
	json_close(w);
	json_close(w);
}

static void put_json(JsonWriter *w, const Paired *p)
{
	json_open_object(w);
	json_add_int(w, "pairs", (int64_t)p->before.n);
	json_add_int(w, "missing", p->missing);
	json_add_object(w, "wilcoxon");
	json_add_real(w, "v", p->wilcoxon.v);
	json_add_real(w, "p", p->wilcoxon.p);
	json_add_text(w, "method",
		      p->before.n == 0    ? STR("not computed: no pairs")
		      : p->wilcoxon.exact ? STR("exact")
					  : STR("normal"));
	json_add_text(w, "zeros", str_of(zero_rules[p->zeros]));
	json_close(w);
	json_add_object(w, "sign");
	json_add_int(w, "rises", p->rises);
	json_add_int(w, "falls", p->falls);
	json_add_int(w, "same", p->same);
	json_add_real(w, "p", sign_p(p));
	json_close(w);
	if (isnan(p->cut)) {
		json_add_null(w, "mcnemar");
	} else {
		json_add_object(w, "mcnemar");
		json_add_int(w, "b", p->only_before);
		json_add_int(w, "c", p->only_after);
		json_add_real(w, "p", mcnemar_p(p));
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
	static const char *const headings[] = { N_("Effect size"), N_("Value"), N_("Lower limit (95 %)"),
						N_("Upper limit"), NULL };
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

static void put_sentence(Analysis *a, const Paired *p)
{
	Ctx *c = a->c;
	long long n = (long long)p->before.n;
	if (n == 0) {
		print_sentence(a, "%s", T(c->lang, "Nobody has both numbers: nothing can be computed."));
		return;
	}
	if (p->same == n) {
		print_sentence(a,
			       TN(c->lang, "The one person has the same number before and after.",
				  "All %lld people have the same number before and after.", n),
			       n);
		return;
	}
	print_sentence(a,
		       T(c->lang, "Of %lld people, %lld have a higher number afterwards, %lld a lower one and %lld the "
				  "same."),
		       n, (long long)p->rises, (long long)p->falls, (long long)p->same);
	print_chance(a, p->wilcoxon.p);
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
	if (p.before.n > 0) {
		put_tests(a->c, a->out, &p);
		put_effects(a->c, a->out, &p);
	}
	put_sentence(a, &p);
	return OK;
}

const AnalysisKind analysis_paired = {
	"paired",
	N_("paired: have the same people's answers changed?\n"
	   "  columns   before, after: a row for each person, numbers; empty: did not answer\n"
	   "  --cut     a number: who reached it before only, and who afterwards only, is compared too\n"
	   "  --zeros   wilcoxon: people without a change are left out before ranking (default)\n"
	   "            pratt: they are ranked, and left out then\n"
	   "  example   rampe stats paired wellbeing.csv --cut 4"),
	{ "--cut", "--zeros" },
	run
};
