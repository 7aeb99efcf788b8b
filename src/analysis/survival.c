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
	Str text = csv_field(csv, time);
	if (o->time < 0)
		return csv_refuse(csv, time, T(csv->c->lang, "“%.*s” is below 0."), STR_ARG(text));
	RETURN_IF_ERR(csv_int_between(csv, event, 0, CAUSES_MOST, &cause));
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
	int time, event, group = heading_column(&a->csv, HEADING_GROUP);
	bool more;
	RETURN_IF_ERR(analysis_numbers(a, "--at", &s->times));
	for (size_t i = 0; i < s->times.n; i++)
		if (s->times.at[i] < 0)
			return analysis_misuse(a, "--at", "%s", T(a->c->lang, "A time may not be below 0."));
	RETURN_IF_ERR(heading_required(&a->csv, HEADING_TIME, &time));
	RETURN_IF_ERR(heading_required(&a->csv, HEADING_EVENT, &event));
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

/* `asked`: at a time that was asked for, so that what happened is told up to then. */
static void put_step(JsonWriter *w, const SurvivalStep *step, bool asked)
{
	json_open_object(w);
	json_add_real(w, "time", step->time);
	json_add_int(w, "at_risk", step->at_risk);
	json_add_int(w, asked ? "events_so_far" : "events", step->events);
	json_add_int(w, asked ? "censored_so_far" : "censored", step->censored);
	json_add_real(w, "survival", step->survival);
	json_add_real(w, "se", step->se);
	json_put_interval(w, (Interval){ step->low, step->high });
	json_close(w);
}

static void put_incidence_step(JsonWriter *w, const IncidenceStep *step, bool asked)
{
	json_open_object(w);
	json_add_real(w, "time", step->time);
	json_add_int(w, "at_risk", step->at_risk);
	json_add_int(w, asked ? "events_so_far" : "events", step->events);
	json_add_real(w, "incidence", step->incidence);
	json_add_real(w, "se", step->se);
	json_put_interval(w, (Interval){ step->low, step->high });
	json_close(w);
}

static void put_incidence(JsonWriter *w, const Spells *s, const Curve *curve, int cause)
{
	const Incidence *f = &curve->incidences[cause];
	json_open_object(w);
	json_add_int(w, "cause", cause);
	json_add_int(w, "events", f->events);
	json_add_list(w, "steps");
	for (size_t i = 0; i < f->count; i++)
		put_incidence_step(w, &f->steps[i], false);
	json_close(w);
	json_add_list(w, "at");
	for (size_t i = 0; i < s->times.n; i++) {
		IncidenceStep step = survival_incidence_at(f, &curve->survival, s->times.at[i]);
		put_incidence_step(w, &step, true);
	}
	json_close(w);
	json_close(w);
}

static void put_curve(JsonWriter *w, const Spells *s, const Curve *curve)
{
	const Survival *k = &curve->survival;
	json_open_object(w);
	json_add_text(w, "group", curve->label);
	json_add_int(w, "n", k->total);
	json_add_int(w, "events", k->events);
	json_add_int(w, "censored", k->total - k->events);
	json_add_object(w, "median");
	json_add_real(w, "time", k->median);
	json_put_interval(w, (Interval){ k->median_low, k->median_high });
	json_close(w);
	json_add_list(w, "steps");
	for (size_t i = 0; i < k->count; i++)
		put_step(w, &k->steps[i], false);
	json_close(w);
	json_add_list(w, "at");
	for (size_t i = 0; i < s->times.n; i++) {
		SurvivalStep step = survival_at(k, s->times.at[i]);
		put_step(w, &step, true);
	}
	json_close(w);
	if (s->competing) {
		json_add_list(w, "incidence");
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
		json_add_int(w, "cause", cause);
	json_add_real(w, "chisq", t->chisq);
	json_add_int(w, "df", t->df);
	json_add_real(w, "p", t->p);
	json_add_list(w, "groups");
	for (size_t g = 0; g < r->n; g++) {
		json_open_object(w);
		json_add_text(w, "group", r->curves[g].label);
		json_add_real(w, "observed", t->observed[g]);
		json_add_real(w, "expected", t->expected[g]);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static void put_json(JsonWriter *w, const Result *r)
{
	const Spells *s = r->spells;
	json_open_object(w);
	json_add_list(w, "curves");
	for (size_t i = 0; i < r->n; i++)
		put_curve(w, s, &r->curves[i]);
	json_close(w);
	if (r->n < 2) {
		json_add_null(w, "logrank");
	} else {
		json_key(w, "logrank");
		put_test(w, r, 0);
	}
	if (s->competing && r->n > 1) {
		json_add_list(w, "logrank_by_cause");
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
static Str time_text(Ctx *c, double time)
{
	int decimals = 0;
	for (double unit = 1; decimals < 3 && fabs(time * unit - round(time * unit)) > 1e-6; unit *= 10)
		decimals++;
	return text_real(c->arena, c->lang, time, decimals);
}

static void print_time(PrintTable *t, double time)
{
	print_table_number(t, time_text(t->c, time));
}

static void print_curves(Analysis *a, const Result *r)
{
	static const char *const headings[] = {
		N_("Group"), N_("Number"), N_("Events"), N_("Median"), N_("Lower limit (95 %)"), N_("Upper limit"), NULL
	};
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
	const Reals *times = &r->spells->times;
	const char *const headings[] = { N_("Group"),
					 N_("Time"),
					 N_("At risk"),
					 times->n > 0 ? N_("Events up to then") : N_("Events just then"),
					 N_("Share without an event"),
					 N_("Lower limit (95 %)"),
					 N_("Upper limit"),
					 NULL };
	PrintTable t = print_table(a->c, headings);
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
	static const char *const headings[] = {
		N_("Group"),       N_("Cause"), N_("Time"), N_("Share so far"), N_("Lower limit (95 %)"),
		N_("Upper limit"), NULL
	};
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

static void put_sentence(Analysis *a, const Result *r)
{
	Ctx *c = a->c;
	if (r->n > 1) {
		print_sentence(a, T(c->lang, "%zu groups are compared by how long it took until something happened."),
			       r->n);
		print_chance(a, r->tests[0].p);
		return;
	}
	const Survival *k = &r->curves[0].survival;
	Str half = time_text(c, k->median);
	if (isnan(k->median))
		print_sentence(a,
			       T(c->lang, "Of %lld, it happened to %lld, and to fewer than half in the time that they "
					  "were followed."),
			       (long long)k->total, (long long)k->events);
	else
		print_sentence(a,
			       T(c->lang, "Of %lld, it happened to %lld; half of all would have had it by time %.*s, "
					  "those included who were not followed so long."),
			       (long long)k->total, (long long)k->events, STR_ARG(half));
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
	put_sentence(a, r);
	return OK;
}

const AnalysisKind analysis_survival = {
	"survival",
	N_("survival: how long until it happens, when not all are followed equally long?\n"
	   "  columns   time: how long the person was followed; event: 1, it happened then; 0, it had not when the\n"
	   "            following ended; 2, 3 …: something else did; group: optional, groups are compared\n"
	   "  --at      times: the shares then, and the events up to then (otherwise at every time with an event)\n"
	   "  example   rampe stats survival spells.csv --at 6,12,24"),
	{ "--at" },
	run
};
