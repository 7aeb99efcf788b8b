#include "report/view.h"

#include "measure/goal_text.h"

#include <math.h>

enum { NAMES_MOST = 1 << 18 };

/* What people said, when they said a number. */
static Str judged_result(Ctx *c, const GoalResult *g)
{
	if (g->judged && isnan(g->judgement.value))
		return STR("");
	if (!g->judged)
		return STR("–");
	return goal_number_text(c, g->goal.unit, g->judgement.value);
}

static TargetViewList view_targets(Ctx *c, const GoalResult *g)
{
	TargetViewList list = { ARENA_ARRAY(c->arena, g->targets.n, TargetView), g->targets.n };
	for (size_t i = 0; i < g->targets.n; i++) {
		const GoalTarget *t = &g->targets.at[i];
		list.at[i] = (TargetView){ text_date(c->arena, c->lang, t->valid_from),
					   goal_number_text(c, g->goal.unit, t->value), t->decided_by, t->why };
	}
	return list;
}

static DefinitionViewList view_definitions(Ctx *c, const GoalResult *g)
{
	DefinitionViewList list = { ARENA_ARRAY(c->arena, g->definition_count, DefinitionView), g->definition_count };
	for (size_t i = 0; i < g->definition_count; i++) {
		const DefinitionResult *d = &g->definitions[i];
		list.at[i] = (DefinitionView){ .name = d->definition.name,
					       .words = d->words,
					       .expression = d->definition.expression,
					       .result = goal_measured_text(c, d),
					       .interval = goal_interval_text(c, &d->measured),
					       .since = text_date(c->arena, c->lang, d->definition.valid_from),
					       .decided_by = d->definition.decided_by,
					       .why = d->definition.why,
					       .measured = &d->measured,
					       .status = d->status,
					       .counts = i == 0 };
	}
	return list;
}

/* The next day after `last` from which some definition holds; DATE_NONE: there is none by `until`. */
static Date next_defined(const GoalResult *g, Date last, Date until)
{
	Date next = DATE_NONE;
	for (size_t i = 0; i < g->definition_count; i++) {
		Date from = g->definitions[i].definition.valid_from;
		if (from > last && from <= until && (next == DATE_NONE || from < next))
			next = from;
	}
	return next;
}

/* The one that counts on a day: the foremost of those in force. */
static size_t counting_on(const GoalResult *g, Date day)
{
	size_t found = SIZE_MAX;
	for (size_t i = 0; i < g->definition_count; i++) {
		const GoalDefinition *d = &g->definitions[i].definition;
		if (d->valid_from <= day &&
		    (found == SIZE_MAX || d->position < g->definitions[found].definition.position))
			found = i;
	}
	return found;
}

/* Every definition that has counted, in turn; none where it is one only. */
static DefinitionViewList view_redefinitions(Ctx *c, const GoalResult *g, const DefinitionViewList *all, Date day)
{
	DefinitionViewList list = { ARENA_ARRAY(c->arena, g->definition_count, DefinitionView), 0 };
	size_t last = SIZE_MAX;
	for (Date at = next_defined(g, DATE_NONE, day); at != DATE_NONE; at = next_defined(g, at, day)) {
		size_t now = counting_on(g, at);
		if (now != last)
			list.at[list.n++] = all->at[now];
		last = now;
	}
	list.n = list.n > 1 ? list.n : 0;
	return list;
}

static GoalView view_goal(Ctx *c, const GoalResult *g, Date day)
{
	GoalView v = { .code = g->goal.code,
		       .wording = g->wording,
		       .proxy = g->proxy,
		       .target = STR("–"),
		       .definition = goal_definition_text(c, g),
		       .status = g->status,
		       .status_original = g->status_original,
		       .revised = g->targets.n > 1,
		       .judged = g->definition_count == 0 && g->judged,
		       .targets = view_targets(c, g),
		       .definitions = view_definitions(c, g) };
	v.redefinitions = view_redefinitions(c, g, &v.definitions, day);
	if (g->targets.n > 0)
		v.target = v.targets.at[g->targets.n - 1].value;
	if (v.revised)
		v.original = v.targets.at[0].value;
	v.result = g->definition_count > 0 ? v.definitions.at[0].result : judged_result(c, g);
	v.interval = g->definition_count > 0 ? v.definitions.at[0].interval : STR("");
	return v;
}

static LevelViewList view_levels(Ctx *c, const Report *r)
{
	LevelViewList list = { ARENA_ARRAY(c->arena, r->levels.n, LevelView), r->levels.n };
	for (size_t i = 0; i < r->levels.n; i++) {
		const ReportLevel *l = &r->levels.at[i];
		list.at[i] = (LevelView){ l->level, l->title, { ARENA_ARRAY(c->arena, l->n, GoalView), l->n } };
		for (size_t k = 0; k < l->n; k++)
			list.at[i].goals.at[k] = view_goal(c, l->at[k], r->day);
	}
	return list;
}

static const char *const respondent_titles[] = { [RESPONDENT_CITIZEN] = N_("The citizens"),
						 [RESPONDENT_COMPANY] = N_("The companies"),
						 [RESPONDENT_MENTOR] = N_("The volunteer mentors"),
						 [RESPONDENT_TEAM] = N_("The team") };

static bool in_another_wave(const ReportQuestionList *list, const ReportQuestion *q)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].respondent == q->respondent && !str_eq(list->at[i].wave, q->wave))
			return true;
	return false;
}

/* Who answers, and when where they are asked more than once. */
static Str answers_title(Ctx *c, const Report *r, const ReportQuestion *q)
{
	const char *who = T(c->lang, respondent_titles[q->respondent]);
	if (!in_another_wave(&r->questions, q) && !in_another_wave(&r->background, q))
		return str_of(who);
	if (str_eq_z(q->wave, "start"))
		return str_printf(c->arena, T(c->lang, "%s at the start"), who);
	if (str_eq_z(q->wave, "end"))
		return str_printf(c->arena, T(c->lang, "%s at the end"), who);
	return str_printf(c->arena, "%s: %.*s", who, STR_ARG(q->wave));
}

/* Questions stand in order of respondent and wave. */
static AnswerViewList view_answers(Ctx *c, const Report *r)
{
	AnswerViewList list = { ARENA_ARRAY(c->arena, r->questions.n, AnswerView), 0 };
	const ReportQuestion *last = NULL;
	for (size_t i = 0; i < r->questions.n; i++) {
		ReportQuestion *q = &r->questions.at[i];
		if (q->compared)
			continue;
		if (last == NULL || last->respondent != q->respondent || !str_eq(last->wave, q->wave))
			list.at[list.n++] =
				(AnswerView){ answers_title(c, r, q),
					      ARENA_ARRAY(c->arena, r->questions.n - i, ReportQuestion), 0 };
		AnswerView *a = &list.at[list.n - 1];
		a->at[a->n++] = *q;
		last = q;
	}
	return list;
}

static Str partner_names(Ctx *c, const Report *r)
{
	Buf *b = buf_new(c->arena, NAMES_MOST);
	for (size_t i = 0; i < r->partner_count; i++)
		buf_printf(b, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(r->partners[i].name));
	return buf_str(b);
}

static Str span(Ctx *c, Date from, Date to)
{
	Str a = text_date_long(c->arena, c->lang, from), b = text_date_long(c->arena, c->lang, to);
	return str_printf(c->arena, T(c->lang, "%.*s to %.*s"), STR_ARG(a), STR_ARG(b));
}

/* Has any goal another target, another definition than it began with? */
static void note_changes(ReportView *v)
{
	for (size_t l = 0; l < v->levels.n; l++)
		for (size_t i = 0; i < v->levels.at[l].goals.n; i++) {
			const GoalView *g = &v->levels.at[l].goals.at[i];
			v->revised = v->revised || g->revised;
			v->redefined = v->redefined || g->redefinitions.n > 0;
		}
}

ReportView report_view(Ctx *c, const Report *r)
{
	const ReportProgramme *p = &r->programme;
	ReportView v = { .r = r,
			 .levels = view_levels(c, r),
			 .verdicts = goal_tally_text(c, &r->tally),
			 .met = r->tally.n[GOAL_MET],
			 .answers = view_answers(c, r),
			 .notice = p->made_up ? report_notice(c) : NULL,
			 .date = text_date_long(c->arena, c->lang, r->day),
			 .period = span(c, p->starts, p->ends),
			 .intake = span(c, p->intake_first, p->intake_last),
			 .made = text_date_long(c->arena, c->lang, time_date(r->made)),
			 .owner = p->owner_name,
			 .funder = p->funder_name,
			 .partners = partner_names(c, r),
			 .age_mean = text_real(c->arena, c->lang, r->age_mean, 1),
			 .has_theory = r->theory_boxes > 0,
			 .theory_drawn = r->theory.chart.v.len > 0,
			 .has_contacts = r->months.n > 0,
			 .has_network = r->contacts.network > 0 };
	note_changes(&v);
	return v;
}
