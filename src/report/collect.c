/* Reads what an evaluation shows. Each function fills its part of the Report. */
#include "report/collect.h"

#include "access/consent.h"
#include "feature/quote/quote_codes.h"
#include "feature/status/status.h"
#include "measure/spell.h"

#include <math.h>

void report_add_line(ReportLineList *list, Str code, Str label, int64_t n, int64_t of)
{
	list->sum += n;
	list->of = list->n == 0 || list->of == of ? of : 0;
	list->at[list->n++] = (ReportLine){ code, label, n, of, of > 0 ? (double)n / (double)of : (double)NAN };
}

ReportLineList report_lines(Ctx *c, size_t room, const char *caption, const char *what)
{
	return (ReportLineList){ .at = ARENA_ARRAY(c->arena, room, ReportLine),
				 .caption = str_of(T(c->lang, caption)),
				 .what = str_of(T(c->lang, what)) };
}

static Err collect_programme(Ctx *c, Str code, Date day, Report *r)
{
	ReportPartnerList partners;
	ReportPlacesList places;
	RETURN_IF_ERR(report_programme(c, code, &r->programme));
	r->day = day == DATE_NONE ? r->programme.status_date : day;
	RETURN_IF_ERR(report_partners(c, r->programme.id, r->day, &partners));
	RETURN_IF_ERR(report_places(c, r->programme.id, r->day, &places));
	r->partners = partners.at;
	r->partner_count = partners.n;
	for (size_t i = 0; i < partners.n; i++) {
		r->participants += partners.at[i].admitted;
		bool first = true;
		int64_t now = 0;
		for (size_t j = 0; j < places.n; j++) {
			if (!uuid_eq(places.at[j].organisation.v, partners.at[i].organisation.v))
				continue;
			if (first)
				r->places_original += places.at[j].places;
			first = false;
			now = places.at[j].places;
		}
		r->places += now;
	}
	return OK;
}

static Err collect_goals(Ctx *c, Report *r)
{
	RETURN_IF_ERR(goals_measure(c, r->programme.id, r->day, &r->goals));
	r->levels = (ReportLevelList){ ARENA_ARRAY(c->arena, GOAL_LEVELS, ReportLevel), 0 };
	for (int level = 0; level < GOAL_LEVELS; level++) {
		ReportLevel *l = &r->levels.at[r->levels.n];
		*l = (ReportLevel){ (GoalLevel)level, enum_label(&goal_level_table, level),
				    ARENA_ARRAY(c->arena, r->goals.n, const GoalResult *), 0 };
		for (size_t i = 0; i < r->goals.n; i++)
			if ((int)r->goals.at[i].goal.level == level)
				l->at[l->n++] = &r->goals.at[i];
		r->levels.n += l->n > 0;
	}
	r->tally = goal_tally(&r->goals);
	return OK;
}

/* Codes in their table's order, "not registered" last; adds up to the participants. */
static Err collect_status(Ctx *c, Report *r)
{
	StatusTable table;
	RETURN_IF_ERR(status_on(c, r->programme.id, (OrganisationId){ UUID_NONE }, r->day, &table));
	r->status = report_lines(c, (size_t)status_code_table.n + 1, N_("Status of the citizens"), N_("Status"));
	r->status.adds_up = true;
	for (int code = 0; code <= status_code_table.n; code++) {
		bool none = code == status_code_table.n;
		int64_t n = none ? table.not_registered : table.n[code];
		const char *label = none ? N_("Not registered") : enum_label(&status_code_table, code);
		Str key = none ? STR("none") : enum_code(&status_code_table, code);
		if (n > 0)
			report_add_line(&r->status, key, str_of(T(c->lang, label)), n, r->participants);
	}
	return OK;
}

/* ---- the people ------------------------------------------------------------- */

static void profile_of(Ctx *c, const Report *r, const ReportPersonList *people, bool start_only, ReportLineList *out)
{
	static const struct {
		int64_t from, to;
		const char *code, *label;
	} bands[] = { { 0, 29, "age_under_30", N_("Under 30 years") },
		      { 30, 39, "age_30_39", N_("30 to 39 years") },
		      { 40, 49, "age_40_49", N_("40 to 49 years") },
		      { 50, 200, "age_50", N_("50 years or more") } };
	int64_t of = 0, gender[3] = { 0 }, band[4] = { 0 }, employed = 0, forty = 0;
	for (size_t i = 0; i < people->n; i++) {
		const ReportPerson *p = &people->at[i];
		if (start_only && !p->answered_start)
			continue;
		of++;
		gender[p->gender]++;
		employed += p->employed;
		forty += p->age >= 40;
		for (size_t b = 0; b < 4; b++)
			band[b] += p->age >= bands[b].from && p->age <= bands[b].to;
	}
	*out = report_lines(c, 16 + r->partner_count,
			    start_only ? N_("Those who answered the start questionnaire")
				       : N_("All citizens at admission"),
			    N_("Citizens"));
	for (int g = 0; g < gender_table.n; g++)
		if (gender[g] > 0)
			report_add_line(out, enum_code(&gender_table, g), str_of(enum_text(c->lang, &gender_table, g)),
					gender[g], of);
	for (size_t b = 0; b < 4; b++)
		report_add_line(out, str_of(bands[b].code), str_of(T(c->lang, bands[b].label)), band[b], of);
	report_add_line(out, STR("age_40"), str_of(T(c->lang, "40 years or more")), forty, of);
	report_add_line(out, STR("employed_at_admission"), str_of(T(c->lang, "Employed at admission")), employed, of);
	for (size_t k = 0; k < r->partner_count; k++) {
		int64_t n = 0;
		for (size_t i = 0; i < people->n; i++)
			n += uuid_eq(people->at[i].partner.v, r->partners[k].organisation.v) &&
			     (!start_only || people->at[i].answered_start);
		report_add_line(out, r->partners[k].name, r->partners[k].name, n, of);
	}
}

static void collect_ages(Report *r, const ReportPersonList *people)
{
	double sum = 0;
	r->age_least = people->n > 0 ? people->at[0].age : 0;
	for (size_t i = 0; i < people->n; i++) {
		int64_t age = people->at[i].age;
		sum += (double)age;
		r->age_least = age < r->age_least ? age : r->age_least;
		r->age_most = age > r->age_most ? age : r->age_most;
		r->answered_start += people->at[i].answered_start;
	}
	r->age_mean = people->n > 0 ? sum / (double)people->n : (double)NAN;
}

static Err collect_people(Ctx *c, Report *r, ReportPersonList *people)
{
	RETURN_IF_ERR(report_people(c, r->programme.id, r->day, people));
	collect_ages(r, people);
	profile_of(c, r, people, false, &r->profile);
	profile_of(c, r, people, true, &r->profile_start);
	return OK;
}

static Err collect_placements(Ctx *c, Report *r, const ReportJobList *jobs)
{
	r->placements = report_lines(c, (size_t)placement_kind_table.n, N_("Placements by kind"), N_("Kind"));
	for (int kind = 0; kind < placement_kind_table.n; kind++) {
		int64_t n;
		RETURN_IF_ERR(report_placements(c, r->programme.id, (PlacementKind)kind, r->day, &n));
		report_add_line(&r->placements, enum_code(&placement_kind_table, kind),
				str_of(enum_text(c->lang, &placement_kind_table, kind)), n, 0);
	}
	Compare over = { COMPARE_OVER, r->programme.retention_months, UNIT_MONTHS };
	r->employments = (int64_t)jobs->n;
	for (size_t i = 0; i < jobs->n; i++) {
		const ReportJob *j = &jobs->at[i];
		r->employments_long += spell_compares(&(Spell){ j->kind, j->starts, j->ends }, r->day, &over);
		r->ever_employed += i == 0 || !uuid_eq(j->participant.v, jobs->at[i - 1].participant.v);
	}
	return OK;
}

/* ---- contacts ---------------------------------------------------------------- */

static void add_month(ReportMonthRow *row, const ReportMonth *m)
{
	bool company = m->purpose == PURPOSE_COMPANY_JOB_SEARCH || m->purpose == PURPOSE_COMPANY_RETENTION;
	if (company)
		row->company += m->n;
	else if (m->purpose == PURPOSE_NETWORK)
		row->network += m->n;
	else if (m->kind == CONTACT_MEETING)
		row->meeting += m->n;
	else
		row->remote += m->n;
	row->total += m->n;
}

static int next_month(int month)
{
	return month % 100 == 12 ? month + 89 : month + 1;
}

static Err collect_contacts(Ctx *c, Report *r)
{
	ReportMonthList whole, part = { 0 };
	int month = date_month(r->day);
	bool is_over = date_month(r->day + 1) != month;
	RETURN_IF_ERR(
		report_months(c, r->programme.id, is_over ? month : date_month(date_month_start(month) - 1), &whole));
	if (!is_over)
		RETURN_IF_ERR(report_part_month(c, r->programme.id, month, date_month_start(month), r->day, &part));
	if (whole.n + part.n == 0)
		return OK;
	int first = (int)(whole.n > 0 ? whole.at[0].month : part.at[0].month);
	size_t room = 1;
	int over = date_month(r->programme.ends); /* no contact can lie behind it, unless it was moved since */
	if (part.n == 0 && whole.at[whole.n - 1].month > over)
		over = (int)whole.at[whole.n - 1].month;
	if (part.n == 0 && over < month)
		month = over;
	for (int m = first; m < month; m = next_month(m))
		room++;
	r->months = (ReportMonthTable){ ARENA_ARRAY(c->arena, room, ReportMonthRow), room };
	int m = first;
	for (size_t i = 0; i < room; i++, m = next_month(m))
		r->months.at[i].month = m;
	for (size_t i = 0; i < whole.n + part.n; i++) {
		const ReportMonth *row = i < whole.n ? &whole.at[i] : &part.at[i - whole.n];
		for (size_t k = 0; k < room; k++)
			if (r->months.at[k].month == row->month)
				add_month(&r->months.at[k], row);
		add_month(&r->contacts, row);
	}
	return OK;
}

/* ---- questions ------------------------------------------------------------------ */

static int64_t asked(const ReportAskedList *list, const ReportOption *o)
{
	for (size_t i = 0; i < list->n; i++)
		if (uuid_eq(list->at[i].wave.v, o->wave.v) && uuid_eq(list->at[i].question.v, o->question.v))
			return list->at[i].n;
	return 0;
}

static Err collect_questions(Ctx *c, Report *r)
{
	ReportOptionList rows;
	ReportAskedList counts;
	RETURN_IF_ERR(report_options(c, r->programme.id, r->day, &rows));
	RETURN_IF_ERR(report_asked(c, r->programme.id, r->day, &counts));
	r->questions = (ReportQuestionList){ ARENA_ARRAY(c->arena, rows.n, ReportQuestion), 0 };
	r->background = (ReportQuestionList){ ARENA_ARRAY(c->arena, rows.n, ReportQuestion), 0 };
	for (size_t i = 0; i < rows.n;) {
		const ReportOption *o = &rows.at[i];
		bool first = o->respondent == RESPONDENT_CITIZEN && str_eq_z(o->wave_code, "start");
		ReportQuestionList *list = first ? &r->background : &r->questions;
		ReportQuestion *q = &list->at[list->n++];
		*q = (ReportQuestion){ .question = o->question,
				       .code = o->code,
				       .wording = text_in(c->lang, o->wording, o->wording_en),
				       .wave = o->wave_code,
				       .kind = o->kind,
				       .respondent = o->respondent,
				       .n = asked(&counts, o) };
		q->id = str_printf(c->arena, "q-%.*s-%.*s", STR_ARG(o->wave_code), STR_ARG(o->code));
		size_t end = i;
		while (end < rows.n && uuid_eq(rows.at[end].question.v, o->question.v) &&
		       uuid_eq(rows.at[end].wave.v, o->wave.v))
			end++;
		q->options = report_lines(c, end - i, N_("Answers"), N_("Answer"));
		for (; i < end; i++)
			report_add_line(&q->options, rows.at[i].choice,
					text_in(c->lang, rows.at[i].label, rows.at[i].label_en), rows.at[i].n, q->n);
	}
	return OK;
}

static int64_t answered_both(const ReportBothList *list, QuestionId id)
{
	for (size_t i = 0; i < list->n; i++)
		if (uuid_eq(list->at[i].question.v, id.v))
			return list->at[i].n;
	return 0;
}

static ReportQuestion *citizen_question(const ReportQuestionList *list, QuestionId id)
{
	for (size_t i = 0; i < list->n; i++)
		if (uuid_eq(list->at[i].question.v, id.v) && list->at[i].respondent == RESPONDENT_CITIZEN)
			return &list->at[i];
	return NULL;
}

/* Questions of citizens that stand in both waves. */
static Err collect_comparisons(Ctx *c, Report *r)
{
	ReportBothList both;
	RETURN_IF_ERR(report_both(c, r->programme.id, r->day, &both));
	r->comparisons = (ReportComparisonList){ ARENA_ARRAY(c->arena, both.n, ReportComparison), 0 };
	for (size_t i = 0; i < r->questions.n; i++) {
		ReportQuestion *end = &r->questions.at[i];
		ReportQuestion *start = citizen_question(&r->background, end->question);
		int64_t n = answered_both(&both, end->question);
		if (start == NULL || n == 0 || end->respondent != RESPONDENT_CITIZEN || !str_eq_z(end->wave, "end") ||
		    start->options.n != end->options.n)
			continue;
		Str id = str_printf(c->arena, "both-%.*s", STR_ARG(end->code));
		r->comparisons.at[r->comparisons.n++] = (ReportComparison){ start, end, n, id };
		start->compared = end->compared = true;
	}
	return OK;
}

static Err collect_quotes(Ctx *c, Report *r)
{
	QuotedList rows;
	RETURN_IF_ERR(consent_quotes(c, r->programme.id, r->day, &rows));
	r->quotes = (ReportQuoteList){ ARENA_ARRAY(c->arena, rows.n, ReportQuote), 0 };
	for (int topic = 0; topic < quote_topic_table.n; topic++) {
		Str code = enum_code(&quote_topic_table, topic);
		Str label = str_of(enum_text(c->lang, &quote_topic_table, topic));
		for (size_t i = 0; i < rows.n; i++)
			if (str_eq(rows.at[i].topic, code))
				r->quotes.at[r->quotes.n++] = (ReportQuote){ code, label, rows.at[i].words };
	}
	return OK;
}

/* ---- completeness ------------------------------------------------------------------ */

static Err collect_completeness(Ctx *c, Report *r)
{
	ReportFields f;
	ReportWaveList waves;
	RETURN_IF_ERR(report_fields(c, r->programme.id, r->day, &f));
	const struct {
		const char *code, *label;
		int64_t n;
	} fields[] = { { "status", N_("Status on the day"), f.status },
		       { "contact_person", N_("Contact person"), f.contact_person },
		       { "municipality", N_("Municipality"), f.municipality },
		       { "phone", N_("Phone"), f.phone },
		       { "email", N_("E-mail"), f.email },
		       { "wishes", N_("Wishes for work"), f.wishes },
		       { "considerations", N_("Considerations"), f.considerations } };
	r->completeness = report_lines(c, sizeof fields / sizeof fields[0], N_("Registered about the citizens"),
				       N_("Information"));
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		report_add_line(&r->completeness, str_of(fields[i].code), str_of(T(c->lang, fields[i].label)),
				fields[i].n, f.people);
	RETURN_IF_ERR(report_waves(c, r->programme.id, r->day, &waves));
	r->waves = report_lines(c, waves.n, N_("Answered questionnaires of those invited"), N_("Questionnaire"));
	for (size_t i = 0; i < waves.n; i++) {
		const ReportWave *w = &waves.at[i];
		Str wave = wave_name(c->lang, w->code);
		Str label = str_printf(c->arena, "%s: %.*s", enum_text(c->lang, &respondent_table, (int)w->respondent),
				       STR_ARG(wave));
		Str whom = enum_code(&respondent_table, (int)w->respondent);
		Str key = str_printf(c->arena, "%.*s:%.*s", STR_ARG(whom), STR_ARG(w->code));
		report_add_line(&r->waves, key, label, w->answered, w->invited);
		r->incomplete += w->incomplete;
	}
	return OK;
}

Err report_collect(Ctx *c, Str programme, Date day, Report *out)
{
	ReportPersonList people;
	ReportJobList jobs;
	*out = (Report){ .lang = c->lang, .made = clock_now(c->clock) };
	RETURN_IF_ERR(collect_programme(c, programme, day, out));
	RETURN_IF_ERR(collect_goals(c, out));
	RETURN_IF_ERR(collect_status(c, out));
	RETURN_IF_ERR(collect_people(c, out, &people));
	RETURN_IF_ERR(report_jobs(c, out->programme.id, out->day, &jobs));
	RETURN_IF_ERR(collect_placements(c, out, &jobs));
	RETURN_IF_ERR(report_activities(c, out->programme.id, out->day, &out->activities));
	RETURN_IF_ERR(report_mentored(c, out->programme.id, out->day, &out->mentored));
	RETURN_IF_ERR(collect_contacts(c, out));
	RETURN_IF_ERR(collect_questions(c, out));
	RETURN_IF_ERR(collect_comparisons(c, out));
	RETURN_IF_ERR(collect_quotes(c, out));
	RETURN_IF_ERR(collect_completeness(c, out));
	return report_draw(c, out, &people, &jobs);
}
