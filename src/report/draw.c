/* Every chart of an evaluation, from the tables that stand beside it. */
#include "report/collect.h"

#include "format/graph.h"
#include "format/svg_chart.h"

#include <math.h>

enum {
	CHART_MOST = 16 << 20, /* many times the largest that the statements' ceilings let through */
	NAMES_MOST = 1 << 18,
	BARS_WIDTH = 520, /* narrow enough to be read on a telephone */
};
static const double DAYS_A_MONTH = 365.25 / 12;

static HtmlSafe chart_of(const Buf *b)
{
	return (HtmlSafe){ b->failed ? STR("") : buf_str(b) };
}

/* ---- questions ---------------------------------------------------------------- */

/* The first three of a five-step degree scale are "at least to some degree". */
static bool has_some_degree(const ReportQuestion *q)
{
	return q->kind == QUESTION_DEGREE && q->options.n == 5;
}

static void draw_question(Ctx *c, ReportQuestion *q)
{
	ChartBar *bars = ARENA_ARRAY(c->arena, q->options.n, ChartBar);
	for (size_t i = 0; i < q->options.n; i++)
		bars[i] = (ChartBar){ q->options.at[i].label, q->options.at[i].n, false };
	for (size_t i = 0; has_some_degree(q) && i < 3; i++)
		bars[i].highlight = true;
	Buf *b = buf_new(c->arena, CHART_MOST);
	ChartHead head = { .id = str_z(c->arena, q->id), .title = q->wording, .lang = c->lang, .width = BARS_WIDTH };
	chart_bars(b, c->arena, head, bars, q->options.n, q->n);
	q->chart = chart_of(b);
}

/* Those compared have a chart together with their other wave. */
static void draw_questions(Ctx *c, Report *r, ReportQuestionList *list)
{
	for (size_t i = 0; i < list->n; i++) {
		ReportQuestion *q = &list->at[i];
		if (q->compared)
			continue;
		r->says_to_some_degree = r->says_to_some_degree || has_some_degree(q);
		draw_question(c, q);
	}
}

static void draw_comparison(Ctx *c, ReportComparison *k)
{
	const ReportQuestion *sides[2] = { k->start, k->end };
	ChartGroup groups[2];
	size_t n = k->start->options.n;
	Str *labels = ARENA_ARRAY(c->arena, n, Str);
	for (size_t side = 0; side < 2; side++) {
		int64_t *counts = ARENA_ARRAY(c->arena, n, int64_t);
		for (size_t i = 0; i < n; i++)
			counts[i] = sides[side]->options.at[i].n;
		Str wave = str_of(T(c->lang, side == 0 ? N_("At the start") : N_("At the end")));
		groups[side] = (ChartGroup){ wave, sides[side]->n, counts };
	}
	for (size_t i = 0; i < n; i++)
		labels[i] = k->start->options.at[i].label;
	Buf *b = buf_new(c->arena, CHART_MOST);
	ChartHead head = {
		.id = str_z(c->arena, k->id), .title = k->end->wording, .lang = c->lang, .width = BARS_WIDTH
	};
	chart_grouped(b, c->arena, head, labels, n, groups, 2);
	k->chart = chart_of(b);
}

/* ---- contacts ------------------------------------------------------------------- */

static void draw_months(Ctx *c, Report *r)
{
	enum { KINDS = 4 };
	const Str kinds[KINDS] = { str_of(T(c->lang, "Meetings with citizens")),
				   str_of(T(c->lang, "Phone, SMS and e-mail with citizens")),
				   str_of(T(c->lang, "Contacts with companies")),
				   str_of(T(c->lang, "Contacts with others")) };
	if (r->months.n == 0)
		return;
	size_t shown = r->contacts.network > 0 ? KINDS : KINDS - 1;
	int64_t *counts = ARENA_ARRAY(c->arena, r->months.n * shown, int64_t);
	for (size_t i = 0; i < r->months.n; i++) {
		const ReportMonthRow *m = &r->months.at[i];
		const int64_t row[KINDS] = { m->meeting, m->remote, m->company, m->network };
		for (size_t k = 0; k < shown; k++)
			counts[i * shown + k] = row[k];
	}
	Buf *b = buf_new(c->arena, CHART_MOST);
	ChartHead head = { .id = "contacts",
			   .title = str_of(T(c->lang, "Contacts per month and kind")),
			   .lang = c->lang };
	chart_months(b, c->arena, head, r->months.at[0].month, r->months.n, kinds, shown, counts);
	r->months_figure.caption = str_of(T(c->lang, "Contacts per month and kind."));
	r->months_figure.chart = chart_of(b);
}

/* ---- survival -------------------------------------------------------------------- */

/* Until the first job: seen from admission to the job, or until the person left
 * or the day came. Those employed at admission are not waiting for one. Whoever
 * left before being admitted was seen for a negative time, which the estimate
 * leaves out and counts. */
static size_t observe_first_jobs(const Report *r, const ReportPersonList *people, const ReportPartner *partner,
				 Observation *out)
{
	size_t n = 0;
	for (size_t i = 0; i < people->n; i++) {
		const ReportPerson *p = &people->at[i];
		if (p->employed || (partner != NULL && !uuid_eq(p->partner.v, partner->organisation.v)))
			continue;
		Date until = p->left_on != DATE_NONE && p->left_on < r->day ? p->left_on : r->day;
		bool found = p->first_job != DATE_NONE && p->first_job <= until;
		out[n++] = (Observation){ (found ? p->first_job : until) - p->admitted, found };
	}
	return n;
}

/* How long employments last: ended, or still going on at the day. */
static size_t observe_jobs(const Report *r, const ReportJobList *jobs, Observation *out)
{
	for (size_t i = 0; i < jobs->n; i++) {
		const ReportJob *j = &jobs->at[i];
		bool ended = j->ends != DATE_NONE && j->ends < r->day;
		out[i] = (Observation){ (ended ? j->ends : r->day) - j->starts + 1, ended };
	}
	return jobs->n;
}

static ReportCurve curve_of(Ctx *c, Str label, const Observation *seen, size_t n)
{
	ReportCurve k = { .label = label, .survival = survival_estimate(c->arena, seen, n) };
	k.people = k.survival.total;
	k.events = k.survival.events;
	k.reached = k.survival.median >= 0;
	k.median = k.reached ? k.survival.median / DAYS_A_MONTH : (double)NAN;
	return k;
}

static ChartCurve chart_curve(Ctx *c, const ReportCurve *k)
{
	const Survival *s = &k->survival;
	ChartStep *steps = ARENA_ARRAY(c->arena, s->count, ChartStep);
	for (size_t i = 0; i < s->count; i++) {
		const SurvivalStep *step = &s->steps[i];
		steps[i] = (ChartStep){ step->time / DAYS_A_MONTH,
					step->survival,
					step->low,
					step->high,
					step->at_risk,
					step->events,
					step->censored };
	}
	return (ChartCurve){ k->label, steps, s->count, k->median };
}

/* Everybody and, in the table's order, the largest groups that still can be told apart. */
static bool is_drawn(const ReportCurveList *curves, size_t i)
{
	size_t larger = 0;
	for (size_t k = 1; k < curves->n; k++)
		larger += curves->at[k].people > curves->at[i].people ||
			  (curves->at[k].people == curves->at[i].people && k < i);
	return i == 0 || (curves->at[i].people > 0 && larger < CHART_CURVES_MOST - 1);
}

static HtmlSafe draw_curves(Ctx *c, const char *id, ChartSurvival how, ReportCurveList *curves)
{
	ChartCurve drawn[CHART_CURVES_MOST];
	Buf *b = buf_new(c->arena, CHART_MOST), *left_out = buf_new(c->arena, NAMES_MOST);
	size_t n = 0;
	for (size_t i = 0; i < curves->n; i++) {
		Str label = curves->at[i].label;
		if (is_drawn(curves, i))
			drawn[n++] = chart_curve(c, &curves->at[i]);
		else
			buf_printf(left_out, "%s%.*s", left_out->len > 0 ? ", " : "", STR_ARG(label));
	}
	chart_survival(b, c->arena, (ChartHead){ .id = id, .title = curves->caption, .lang = c->lang }, how, drawn, n);
	curves->not_drawn = buf_str(left_out);
	curves->impossible = curves->at[0].survival.impossible;
	return chart_of(b);
}

static void draw_first_jobs(Ctx *c, Report *r, const ReportPersonList *people)
{
	Observation *seen = ARENA_ARRAY(c->arena, people->n, Observation);
	r->first_job = (ReportCurveList){ .at = ARENA_ARRAY(c->arena, r->partner_count + 1, ReportCurve),
					  .caption = str_of(T(c->lang, "Time to the first job")),
					  .people = str_of(T(c->lang, "Citizens")),
					  .events = str_of(T(c->lang, "Got a job")),
					  .share = str_of(T(c->lang, "Share still without a job")) };
	size_t n = observe_first_jobs(r, people, NULL, seen);
	r->first_job.at[r->first_job.n++] = curve_of(c, str_of(T(c->lang, "All")), seen, n);
	for (size_t i = 0; i < r->partner_count; i++) {
		n = observe_first_jobs(r, people, &r->partners[i], seen);
		r->first_job.at[r->first_job.n++] = curve_of(c, r->partners[i].name, seen, n);
	}
	ChartSurvival how = { .axis = str_of(T(c->lang, "Months since admission")),
			      .share = str_of(T(c->lang, "Share who have got a job")),
			      .least = 12,
			      .rising = true,
			      .interval = false };
	r->first_job_figure.caption = str_of(T(c->lang, "Share who have got a job, by months since admission."));
	r->first_job_figure.chart = draw_curves(c, "first-job", how, &r->first_job);
}

static void draw_jobs(Ctx *c, Report *r, const ReportJobList *jobs)
{
	Observation *seen = ARENA_ARRAY(c->arena, jobs->n, Observation);
	size_t n = observe_jobs(r, jobs, seen);
	r->job = (ReportCurveList){ .at = ARENA_NEW(c->arena, ReportCurve),
				    .n = 1,
				    .caption = str_of(T(c->lang, "How long the jobs last")),
				    .people = str_of(T(c->lang, "Employments")),
				    .events = str_of(T(c->lang, "Ended")),
				    .share = str_of(T(c->lang, "Share of employments that go on")) };
	r->job.at[0] = curve_of(c, str_of(T(c->lang, "All employments")), seen, n);
	ChartSurvival how = { .axis = str_of(T(c->lang, "Months since the job began")),
			      .share = str_of(T(c->lang, "Share of employments that go on")),
			      .least = 12,
			      .interval = true };
	r->job_figure.caption = str_of(T(c->lang, "Share of employments that go on, by months since the job began."));
	r->job_figure.chart = draw_curves(c, "job", how, &r->job);
}

static void number_questions(ReportQuestionList *list, int *next)
{
	for (size_t i = 0; i < list->n; i++)
		if (!list->at[i].compared)
			list->at[i].number = (*next)++;
}

/* In the order of report.html. */
static void number_figures(Report *r)
{
	int next = 1;
	if (r->theory.caption.len > 0)
		r->theory.number = next++;
	number_questions(&r->background, &next);
	if (r->months.n > 0)
		r->months_figure.number = next++;
	r->first_job_figure.number = next++;
	r->job_figure.number = next++;
	for (size_t i = 0; i < r->comparisons.n; i++) {
		ReportComparison *k = &r->comparisons.at[i];
		k->number = k->start->number = k->end->number = next++;
	}
	number_questions(&r->questions, &next);
}

Err report_draw(Ctx *c, Report *r, const ReportPersonList *people, const ReportJobList *jobs)
{
	draw_questions(c, r, &r->background);
	for (size_t i = 0; i < r->comparisons.n; i++)
		draw_comparison(c, &r->comparisons.at[i]);
	draw_questions(c, r, &r->questions);
	draw_months(c, r);
	draw_first_jobs(c, r, people);
	draw_jobs(c, r, jobs);
	RETURN_IF_ERR(report_draw_theory(c, r));
	number_figures(r);
	return OK;
}
