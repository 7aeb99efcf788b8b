/* Survival: how long until something happens, a row for each person or spell. */
#include "stats/survival.h"
#include "analysis/analysis.h"
#include "stats/logrank.h"

#include <math.h>
#include <string.h>

enum { CAUSES_MOST = 20 };

typedef struct {
	Observation *at;
	size_t n, room;
	bool grouped;
	Labels groups;
	bool struck[CAUSES_MOST + 1]; /* each cause, at least once */
	bool competing;               /* one from 2 on has struck */
	Reals times;                  /* at which to tell the numbers; none: all */
} Spells;

/* One group, or everybody. */
typedef struct {
	Str label; /* none: everybody */
	Survival survival;
	Incidence incidences[CAUSES_MOST + 1]; /* by cause, where some compete */
} Curve;

typedef struct {
	const Spells *spells;
	Curve *curves;
	size_t n;
	LogRank tests[CAUSES_MOST + 1]; /* by cause; 0 is of any event */
} Result;

/* ---- reading ---- */

static Observation *add(Arena *a, Spells *s)
{
	if (s->n == s->room) {
		s->room = s->room == 0 ? 1024 : s->room * 2;
		Observation *wider = ARENA_ARRAY(a, s->room, Observation);
		if (s->n > 0)
			memcpy(wider, s->at, s->n * sizeof *wider);
		s->at = wider;
	}
	return &s->at[s->n++];
}

static Err read_row(const Csv *csv, int time, int event, int group, Spells *s)
{
	Observation *o = add(csv->c->arena, s);
	int64_t cause;
	size_t label = 0;
	RETURN_IF_ERR(analysis_read_required(csv, time, &o->time));
	if (o->time < 0)
		return csv_refuse(csv, time, "%s", T(csv->c->lang, "The number may not be negative."));
	RETURN_IF_ERR(csv_int(csv, event, &cause));
	if (cause < 0 || cause > CAUSES_MOST)
		return csv_refuse(csv, event, T(csv->c->lang, "Between 0 and %lld."), (long long)CAUSES_MOST);
	if (group >= 0)
		RETURN_IF_ERR(analysis_label(csv, group, &s->groups, LOGRANK_GROUPS_MOST, &label));
	o->cause = (int)cause;
	o->group = (int)label;
	s->struck[cause] = true;
	s->competing |= cause > 1;
	return OK;
}

static Err read_spells(Analysis *a, Spells *s)
{
	int time, event, group = csv_column(&a->csv, "group");
	bool more;
	RETURN_IF_ERR(analysis_numbers(a, "--at", &s->times));
	for (size_t i = 0; i < s->times.n; i++)
		if (s->times.at[i] < 0)
			return refuse(a->c, "--at", "%s", T(a->c->lang, "The number may not be negative."));
	RETURN_IF_ERR(csv_column_required(&a->csv, "time", &time));
	RETURN_IF_ERR(csv_column_required(&a->csv, "event", &event));
	s->grouped = group >= 0;
	for (;;) {
		RETURN_IF_ERR(csv_next(&a->csv, &more));
		if (!more)
			return OK;
		RETURN_IF_ERR(read_row(&a->csv, time, event, group, s));
	}
}

/* ---- computing ---- */

static void estimate(Arena *a, const Spells *s, const Observation *seen, size_t n, Curve *out)
{
	out->survival = survival_estimate(a, seen, n);
	for (int cause = 1; s->competing && cause <= CAUSES_MOST; cause++)
		if (s->struck[cause])
			out->incidences[cause] = survival_incidence(a, seen, n, cause);
}

static void estimate_groups(Arena *a, const Observation *sorted, Result *r)
{
	const Spells *s = r->spells;
	Observation *seen = ARENA_ARRAY(a, s->n, Observation);
	for (size_t g = 0; g < r->n; g++) {
		size_t n = 0;
		for (size_t i = 0; i < s->n; i++)
			if (sorted[i].group == (int)g)
				seen[n++] = sorted[i];
		r->curves[g].label = s->groups.at[g];
		estimate(a, s, seen, n, &r->curves[g]);
	}
	if (r->n < 2)
		return;
	for (int cause = 0; cause <= CAUSES_MOST; cause++)
		if (cause == 0 || (s->competing && s->struck[cause]))
			r->tests[cause] = logrank_test(a, sorted, s->n, r->n, cause);
}

static Result *compute(Arena *a, const Spells *s)
{
	Result *r = ARENA_NEW(a, Result);
	size_t n = s->n;
	const Observation *sorted = survival_sorted(a, s->at, &n);
	r->spells = s;
	r->n = s->grouped ? (size_t)s->groups.n : 1;
	r->curves = ARENA_ARRAY(a, r->n, Curve);
	if (s->grouped)
		estimate_groups(a, sorted, r);
	else
		estimate(a, s, sorted, s->n, &r->curves[0]);
	return r;
}

/* ---- one JSON document ---- */

static void put_step(JsonWriter *w, const SurvivalStep *step)
{
	json_open_object(w);
	json_real(w, "time", step->time);
	json_int(w, "at_risk", step->at_risk);
	json_int(w, "events", step->events);
	json_int(w, "censored", step->censored);
	json_real(w, "survival", step->survival);
	json_real(w, "se", step->se);
	json_put_interval(w, (Interval){ step->low, step->high });
	json_close(w);
}

static void put_incidence_step(JsonWriter *w, const IncidenceStep *step)
{
	json_open_object(w);
	json_real(w, "time", step->time);
	json_int(w, "at_risk", step->at_risk);
	json_int(w, "events", step->events);
	json_real(w, "incidence", step->incidence);
	json_real(w, "se", step->se);
	json_put_interval(w, (Interval){ step->low, step->high });
	json_close(w);
}

static void put_incidence(JsonWriter *w, const Spells *s, const Curve *curve, int cause)
{
	const Incidence *f = &curve->incidences[cause];
	json_open_object(w);
	json_int(w, "cause", cause);
	json_int(w, "events", f->events);
	json_list(w, "steps");
	for (size_t i = 0; i < f->count; i++)
		put_incidence_step(w, &f->steps[i]);
	json_close(w);
	json_list(w, "at");
	for (size_t i = 0; i < s->times.n; i++) {
		IncidenceStep step = survival_incidence_at(f, &curve->survival, s->times.at[i]);
		put_incidence_step(w, &step);
	}
	json_close(w);
	json_close(w);
}

static void put_curve(JsonWriter *w, const Spells *s, const Curve *curve)
{
	const Survival *k = &curve->survival;
	json_open_object(w);
	json_text(w, "group", curve->label);
	json_int(w, "n", k->total);
	json_int(w, "events", k->events);
	json_int(w, "censored", k->total - k->events);
	json_key(w, "median");
	json_open_object(w);
	json_real(w, "time", k->median);
	json_put_interval(w, (Interval){ k->median_low, k->median_high });
	json_close(w);
	json_list(w, "steps");
	for (size_t i = 0; i < k->count; i++)
		put_step(w, &k->steps[i]);
	json_close(w);
	json_list(w, "at");
	for (size_t i = 0; i < s->times.n; i++) {
		SurvivalStep step = survival_at(k, s->times.at[i]);
		put_step(w, &step);
	}
	json_close(w);
	if (s->competing) {
		json_list(w, "incidence");
		for (int cause = 1; cause <= CAUSES_MOST; cause++)
			if (s->struck[cause])
				put_incidence(w, s, curve, cause);
		json_close(w);
	}
	json_close(w);
}

/* `cause` 0: any event. */
static void put_test(JsonWriter *w, const Result *r, int cause)
{
	const LogRank *t = &r->tests[cause];
	json_open_object(w);
	if (cause > 0)
		json_int(w, "cause", cause);
	json_real(w, "chisq", t->chisq);
	json_int(w, "df", t->df);
	json_real(w, "p", t->p);
	json_list(w, "groups");
	for (size_t g = 0; g < r->n; g++) {
		json_open_object(w);
		json_text(w, "group", r->curves[g].label);
		json_real(w, "observed", t->observed[g]);
		json_real(w, "expected", t->expected[g]);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static void put_json(JsonWriter *w, const Result *r)
{
	const Spells *s = r->spells;
	json_open_object(w);
	json_list(w, "curves");
	for (size_t i = 0; i < r->n; i++)
		put_curve(w, s, &r->curves[i]);
	json_close(w);
	json_key(w, "logrank");
	if (r->n < 2)
		json_put_null(w);
	else
		put_test(w, r, 0);
	if (s->competing && r->n > 1) {
		json_list(w, "logrank_by_cause");
		for (int cause = 1; cause <= CAUSES_MOST; cause++)
			if (s->struck[cause])
				put_test(w, r, cause);
		json_close(w);
	}
	json_close(w);
}

/* ---- lines to read ---- */

static Str label_of(Ctx *c, const Curve *curve)
{
	return str_is_none(curve->label) ? str_of(T(c->lang, "All")) : curve->label;
}

/* As many decimals as the time has, up to three. */
static void print_time(PrintTable *t, double time)
{
	int decimals = 0;
	for (double unit = 1; decimals < 3 && fabs(time * unit - round(time * unit)) > 1e-6; unit *= 10)
		decimals++;
	print_table_real(t, time, decimals);
}

static void print_curves(Analysis *a, const Result *r)
{
	static const char *const headings[] = { N_("Group"),         N_("Number"),  N_("Events"), N_("Median"),
						N_("Lowest (95 %)"), N_("Highest"), NULL };
	PrintTable t = print_table(a->c, headings);
	for (size_t i = 0; i < r->n; i++) {
		const Survival *k = &r->curves[i].survival;
		print_table_text(&t, label_of(a->c, &r->curves[i]));
		print_table_int(&t, k->total);
		print_table_int(&t, k->events);
		print_time(&t, k->median);
		print_time(&t, k->median_low);
		print_time(&t, k->median_high);
	}
	print_table_put(&t, a->out);
}

static void print_step(PrintTable *t, Str label, const SurvivalStep *step)
{
	print_table_text(t, label);
	print_time(t, step->time);
	print_table_int(t, step->at_risk);
	print_table_int(t, step->events);
	print_table_percent(t, step->survival);
	print_table_percent(t, step->low);
	print_table_percent(t, step->high);
}

/* At the times asked for, else at all with an event. */
static void print_steps(Analysis *a, const Result *r)
{
	static const char *const headings[] = {
		N_("Group"),         N_("Time"),    N_("At risk"), N_("Events"), N_("Share without an event"),
		N_("Lowest (95 %)"), N_("Highest"), NULL
	};
	PrintTable t = print_table(a->c, headings);
	const Reals *times = &r->spells->times;
	for (size_t i = 0; i < r->n; i++) {
		const Survival *k = &r->curves[i].survival;
		Str label = label_of(a->c, &r->curves[i]);
		for (size_t at = 0; at < times->n; at++) {
			SurvivalStep step = survival_at(k, times->at[at]);
			print_step(&t, label, &step);
		}
		for (size_t at = 0; times->n == 0 && at < k->count; at++)
			if (k->steps[at].events > 0)
				print_step(&t, label, &k->steps[at]);
	}
	print_table_put(&t, a->out);
}

static void print_incidence_step(PrintTable *t, Str label, int cause, const IncidenceStep *step)
{
	print_table_text(t, label);
	print_table_int(t, cause);
	print_time(t, step->time);
	print_table_percent(t, step->incidence);
	print_table_percent(t, step->low);
	print_table_percent(t, step->high);
}

static void print_incidences(Analysis *a, const Result *r)
{
	static const char *const headings[] = { N_("Group"),         N_("Cause"),   N_("Time"), N_("Share so far"),
						N_("Lowest (95 %)"), N_("Highest"), NULL };
	PrintTable t = print_table(a->c, headings);
	const Reals *times = &r->spells->times;
	for (size_t i = 0; i < r->n; i++)
		for (int cause = 1; cause <= CAUSES_MOST; cause++) {
			const Curve *curve = &r->curves[i];
			const Incidence *f = &curve->incidences[cause];
			for (size_t at = 0; r->spells->struck[cause] && at < times->n; at++) {
				IncidenceStep step = survival_incidence_at(f, &curve->survival, times->at[at]);
				print_incidence_step(&t, label_of(a->c, curve), cause, &step);
			}
			for (size_t at = 0; times->n == 0 && at < f->count; at++)
				print_incidence_step(&t, label_of(a->c, curve), cause, &f->steps[at]);
		}
	print_table_put(&t, a->out);
}

static void print_tests(Analysis *a, const Result *r)
{
	static const char *const headings[] = { N_("Do the groups differ? (log-rank)"), N_("Chi-square"),
						N_("Degrees of freedom"), "p", NULL };
	PrintTable t = print_table(a->c, headings);
	for (int cause = 0; cause <= CAUSES_MOST; cause++) {
		const LogRank *test = &r->tests[cause];
		if (test->observed == NULL)
			continue;
		print_table_text(&t, cause == 0 ? str_of(T(a->c->lang, "In any event"))
						: str_printf(a->c->arena, T(a->c->lang, "In cause %d"), cause));
		print_table_real(&t, test->chisq, 2);
		print_table_int(&t, test->df);
		print_table_number(&t, p_text(a->c, test->p));
	}
	print_table_put(&t, a->out);
}

static Err run(Analysis *a)
{
	Spells *s = ARENA_NEW(a->c->arena, Spells);
	RETURN_IF_ERR(read_spells(a, s));
	Result *r = compute(a->c->arena, s);
	if (a->json) {
		put_json(&a->w, r);
		return OK;
	}
	print_curves(a, r);
	print_steps(a, r);
	if (s->competing)
		print_incidences(a, r);
	if (r->n > 1)
		print_tests(a, r);
	return OK;
}

const AnalysisKind analysis_survival = { "survival", { "--at" }, run };
