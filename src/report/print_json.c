/* The evaluation as a JSON document. */
#include "report/report.h"

#include "format/json.h"
#include "measure/goal_print.h"

static void put_text(JsonWriter *w, const char *key, Str text)
{
	json_key(w, key);
	json_put_text(w, str_is_empty(text) ? STR_NONE : text);
}

static void put_int(JsonWriter *w, const char *key, int64_t n)
{
	json_key(w, key);
	json_put_int(w, n);
}

/* Null for 0: there is none, or it was not counted. */
static void put_positive(JsonWriter *w, const char *key, int64_t n)
{
	json_key(w, key);
	if (n > 0)
		json_put_int(w, n);
	else
		json_put_null(w);
}

static void put_real(JsonWriter *w, const char *key, double x)
{
	json_key(w, key);
	json_put_real(w, x);
}

static void put_date(JsonWriter *w, const char *key, Date day)
{
	json_key(w, key);
	json_put_date(w, day);
}

static void open_object(JsonWriter *w, const char *key)
{
	json_key(w, key);
	json_open_object(w);
}

static void open_list(JsonWriter *w, const char *key)
{
	json_key(w, key);
	json_open_list(w);
}

static void put_programme(JsonWriter *w, const Report *r)
{
	const ReportProgramme *p = &r->programme;
	open_object(w, "programme");
	put_text(w, "code", p->code);
	put_text(w, "name", p->name);
	put_text(w, "owner", p->owner_name);
	put_text(w, "funder", p->funder_name);
	put_date(w, "starts", p->starts);
	put_date(w, "ends", p->ends);
	put_date(w, "intake_first", p->intake_first);
	put_date(w, "intake_last", p->intake_last);
	put_date(w, "status_date", p->status_date);
	json_key(w, "made_up");
	json_put_bool(w, p->made_up);
	json_close(w);
}

static void put_partners(JsonWriter *w, const Report *r)
{
	open_list(w, "partners");
	for (size_t i = 0; i < r->partner_count; i++) {
		json_open_object(w);
		put_text(w, "name", r->partners[i].name);
		put_int(w, "participants", r->partners[i].admitted);
		put_real(w, "staff_hours_week", r->partners[i].staff_hours_week);
		json_close(w);
	}
	json_close(w);
}

/* {"caption", "rows": [{"code", "label", "n", "of", "share"}]} */
static void put_lines(JsonWriter *w, const char *key, const ReportLineList *lines)
{
	open_object(w, key);
	put_text(w, "caption", lines->caption);
	open_list(w, "rows");
	for (size_t i = 0; i < lines->n; i++) {
		const ReportLine *l = &lines->at[i];
		json_open_object(w);
		put_text(w, "code", l->code);
		put_text(w, "label", l->label);
		put_int(w, "n", l->n);
		put_positive(w, "of", l->of);
		put_real(w, "share", l->share);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static void put_citizens(JsonWriter *w, const Report *r)
{
	open_object(w, "participants");
	put_int(w, "admitted", r->participants);
	put_int(w, "places", r->places);
	put_int(w, "places_original", r->places_original);
	put_int(w, "age_least", r->age_least);
	put_int(w, "age_most", r->age_most);
	put_real(w, "age_mean", r->age_mean);
	put_int(w, "answered_start", r->answered_start);
	put_int(w, "ever_employed", r->ever_employed);
	put_int(w, "employments", r->employments);
	put_int(w, "employments_long", r->employments_long);
	json_close(w);
	put_partners(w, r);
	put_lines(w, "status", &r->status);
	put_lines(w, "profile", &r->profile);
	put_lines(w, "profile_start", &r->profile_start);
	put_lines(w, "placements", &r->placements);
}

static void put_questions(JsonWriter *w, const ReportQuestionList *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const ReportQuestion *q = &list->at[i];
		json_open_object(w);
		put_int(w, "figure", q->number);
		put_text(w, "code", q->code);
		put_text(w, "wave", q->wave);
		put_text(w, "respondent", enum_code(&respondent_table, (int)q->respondent));
		put_text(w, "kind", enum_code(&question_kind_table, (int)q->kind));
		put_text(w, "wording", q->wording);
		put_int(w, "n", q->n);
		put_lines(w, "answers", &q->options);
		json_close(w);
	}
}

static void put_comparisons(JsonWriter *w, const Report *r)
{
	open_list(w, "start_and_end");
	for (size_t i = 0; i < r->comparisons.n; i++) {
		const ReportComparison *k = &r->comparisons.at[i];
		json_open_object(w);
		put_int(w, "figure", k->number);
		put_text(w, "code", k->end->code);
		put_int(w, "n_start", k->start->n);
		put_int(w, "n_end", k->end->n);
		put_int(w, "answered_both", k->both);
		json_close(w);
	}
	json_close(w);
}

static void put_month(JsonWriter *w, const ReportMonthRow *m)
{
	put_int(w, "meeting", m->meeting);
	put_int(w, "remote", m->remote);
	put_int(w, "company", m->company);
	put_int(w, "network", m->network);
	put_int(w, "all", m->total);
}

static void put_efforts(JsonWriter *w, const Report *r)
{
	open_object(w, "contacts");
	put_positive(w, "figure", r->months_figure.number);
	put_month(w, &r->contacts);
	open_list(w, "months");
	for (size_t i = 0; i < r->months.n; i++) {
		json_open_object(w);
		put_int(w, "month", r->months.at[i].month);
		put_month(w, &r->months.at[i]);
		json_close(w);
	}
	json_close(w);
	json_close(w);
	open_list(w, "activities");
	for (size_t i = 0; i < r->activities.n; i++) {
		const ReportActivity *a = &r->activities.at[i];
		json_open_object(w);
		put_text(w, "kind", enum_code(&activity_kind_table, (int)a->kind));
		put_int(w, "planned", a->planned);
		put_int(w, "held", a->held);
		json_key(w, "participants");
		if (a->told > 0)
			json_put_int(w, a->attended);
		else
			json_put_null(w); /* nobody noted who came */
		json_close(w);
	}
	json_close(w);
	put_int(w, "mentors_matched", r->mentored);
}

/* Times are days; the median is in months of 365.25 / 12 days. */
static void put_curve(JsonWriter *w, const ReportCurve *k)
{
	json_open_object(w);
	put_text(w, "group", k->label);
	put_int(w, "n", k->people);
	put_int(w, "events", k->events);
	put_real(w, "median_months", k->median);
	open_list(w, "steps");
	for (size_t i = 0; i < k->survival.count; i++) {
		const SurvivalStep *s = &k->survival.steps[i];
		json_open_object(w);
		put_int(w, "day", (int64_t)s->time);
		put_int(w, "at_risk", s->at_risk);
		put_int(w, "events", s->events);
		put_int(w, "censored", s->censored);
		put_real(w, "survival", s->survival);
		put_real(w, "low", s->low);
		put_real(w, "high", s->high);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static void put_curves(JsonWriter *w, const char *key, const ReportFigure *figure, const ReportCurveList *curves)
{
	open_object(w, key);
	put_positive(w, "figure", figure->number);
	put_text(w, "caption", curves->caption);
	put_int(w, "impossible_left_out", curves->impossible);
	open_list(w, "curves");
	for (size_t i = 0; i < curves->n; i++)
		put_curve(w, &curves->at[i]);
	json_close(w);
	json_close(w);
}

static void put_goals(Ctx *c, JsonWriter *w, const Report *r)
{
	open_object(w, "goals_in_all");
	put_int(w, "goals", (int64_t)r->goals.n);
	for (int status = 0; status < GOAL_STATUSES; status++) {
		json_key_str(w, enum_code(&goal_status_table, status));
		json_put_int(w, r->tally.n[status]);
	}
	json_close(w);
	json_key(w, "goals");
	goals_json_list(c, w, &r->goals);
	open_list(w, "assumptions");
	for (size_t i = 0; i < r->assumptions.n; i++)
		json_put_text(w, r->assumptions.at[i].text);
	json_close(w);
}

static void put_quotes(JsonWriter *w, const Report *r)
{
	open_list(w, "quotes");
	for (size_t i = 0; i < r->quotes.n; i++) {
		json_open_object(w);
		put_text(w, "topic", r->quotes.at[i].code);
		put_text(w, "words", r->quotes.at[i].words);
		json_close(w);
	}
	json_close(w);
}

Err report_json(Ctx *c, Buf *out, const Report *r)
{
	JsonWriter w = json_writer(out);
	json_open_object(&w);
	put_programme(&w, r);
	put_date(&w, "date", r->day);
	put_text(&w, "language", str_of(lang_code(r->lang)));
	put_text(&w, "notice", r->programme.made_up ? str_of(report_notice(c)) : STR_NONE);
	put_goals(c, &w, r);
	put_citizens(&w, r);
	put_efforts(&w, r);
	put_curves(&w, "time_to_first_job", &r->first_job_figure, &r->first_job);
	put_curves(&w, "job_retention", &r->job_figure, &r->job);
	open_list(&w, "questions");
	put_questions(&w, &r->background);
	put_questions(&w, &r->questions);
	json_close(&w);
	put_comparisons(&w, r);
	put_quotes(&w, r);
	put_lines(&w, "completeness", &r->completeness);
	put_lines(&w, "waves", &r->waves);
	put_int(&w, "incomplete_left_out", r->incomplete);
	json_close(&w);
	buf_char(out, '\n');
	return out->failed ? fail(c, ERR_LIMIT, "the evaluation is larger than its ceiling") : OK;
}
