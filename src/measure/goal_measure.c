/* Goals held against what was measured. */
#include "measure/goal.h"

#include <math.h>
#include <string.h>

GoalUnit goal_unit_of(const char *measured)
{
	if (strcmp(measured, "share") == 0 || strcmp(measured, "growth") == 0)
		return GOAL_PERCENT;
	return strcmp(measured, "count") == 0 ? GOAL_COUNT : GOAL_NUMBER;
}

/* Does part of whole reach so many per cent? Exactly, by counts. */
static bool reaches(int64_t part, int64_t whole, double percent)
{
	return round((double)part * 100 * 1e6) >= round(percent * (double)whole * 1e6);
}

GoalStatus goal_compare(GoalUnit unit, double target, const char *measured_unit, const Measured *m)
{
	if (!m->decidable || isnan(target) || goal_unit_of(measured_unit) != unit)
		return GOAL_NOT_DECIDABLE;
	bool met = m->value >= target;
	if (unit == GOAL_PERCENT)
		met = strcmp(measured_unit, "growth") == 0 ? reaches(m->after - m->before, m->before, target)
							   : reaches(m->numerator, m->denominator, target);
	return met ? GOAL_MET : GOAL_NOT_MET;
}

/* One that no longer fits measures nothing, and the other goals are measured all the same. */
static Err measure_fitting(Evaluation *e, Indicator *indicator, Measured *out)
{
	bool fits;
	RETURN_IF_ERR(indicator_fits(e, indicator, &fits));
	if (fits)
		return indicator_evaluate(e, indicator, out);
	*out = (Measured){ .numerator = INT_NONE, .denominator = INT_NONE, .value = (double)NAN };
	return OK;
}

/* What a programme's goals are measured with, read once. */
typedef struct {
	Evaluation *evaluation;
	Date day;
	GoalTargetList targets;
	GoalDefinitionList definitions;
	GoalJudgementList judgements;
} Measuring;

/* The first in the list of those in force on the day; where none is yet, the one
 * that came into force first. SIZE_MAX: the goal has none. */
static size_t counting(const GoalDefinitionList *all, GoalId goal, Date day)
{
	size_t found = SIZE_MAX;
	for (size_t i = 0; i < all->n; i++) {
		if (!uuid_eq(all->at[i].goal.v, goal.v))
			continue;
		if (all->at[i].valid_from <= day)
			return i;
		if (found == SIZE_MAX || all->at[i].valid_from < all->at[found].valid_from)
			found = i;
	}
	return found;
}

static Err measure_definition(Ctx *c, const Measuring *m, const GoalDefinition *d, double target, GoalResult *out)
{
	DefinitionResult *r = &out->definitions[out->definition_count++];
	Indicator *indicator;
	r->definition = *d;
	r->definition.name = text_in(c->lang, d->name, d->name_en);
	r->definition.decided_by = text_in(c->lang, d->decided_by, d->decided_by_en);
	r->definition.why = text_in(c->lang, d->why, d->why_en);
	RETURN_IF_ERR(indicator_parse(c, "expression", d->expression, &indicator));
	RETURN_IF_ERR(measure_fitting(m->evaluation, indicator, &r->measured));
	r->words = indicator_words(c, indicator);
	if (d->valid_from > m->day) {
		Str from = text_date(c->arena, c->lang, d->valid_from);
		r->words = str_printf(
			c->arena,
			T(c->lang, "%.*s In force from %.*s; used before that day too, as there was no other."),
			STR_ARG(r->words), STR_ARG(from));
	}
	r->unit = indicator_unit(indicator);
	r->status = goal_compare(out->goal.unit, target, r->unit, &r->measured);
	return OK;
}

static Err measure_definitions(Ctx *c, const Measuring *m, double target, GoalResult *out)
{
	const GoalDefinitionList *all = &m->definitions;
	size_t first = counting(all, out->goal.id, m->day);
	out->definitions = ARENA_ARRAY(c->arena, all->n, DefinitionResult);
	if (first != SIZE_MAX)
		RETURN_IF_ERR(measure_definition(c, m, &all->at[first], target, out));
	for (size_t i = 0; i < all->n; i++)
		if (i != first && uuid_eq(all->at[i].goal.v, out->goal.id.v) && all->at[i].valid_from <= m->day)
			RETURN_IF_ERR(measure_definition(c, m, &all->at[i], target, out));
	return OK;
}

static void take_targets(Ctx *c, const GoalTargetList *all, GoalResult *out)
{
	out->targets.at = ARENA_ARRAY(c->arena, all->n, GoalTarget);
	for (size_t i = 0; i < all->n; i++) {
		if (!uuid_eq(all->at[i].goal.v, out->goal.id.v))
			continue;
		GoalTarget *t = &out->targets.at[out->targets.n++];
		*t = all->at[i];
		t->decided_by = text_in(c->lang, t->decided_by, t->decided_by_en);
		t->why = text_in(c->lang, t->why, t->why_en);
	}
}

static void take_judgements(Ctx *c, const GoalJudgementList *all, GoalResult *out)
{
	out->judgements.at = ARENA_ARRAY(c->arena, all->n, GoalJudgement);
	for (size_t i = 0; i < all->n; i++) {
		if (!uuid_eq(all->at[i].goal.v, out->goal.id.v))
			continue;
		GoalJudgement *j = &out->judgements.at[out->judgements.n++];
		*j = all->at[i];
		j->judged_by = text_in(c->lang, j->judged_by, j->judged_by_en);
		j->reason = text_in(c->lang, j->reason, j->reason_en);
	}
	out->judged = out->judgements.n > 0;
	if (out->judged)
		out->judgement = out->judgements.at[out->judgements.n - 1];
}

static void decide(GoalResult *g)
{
	const DefinitionResult *main = g->definition_count > 0 ? &g->definitions[0] : NULL;
	if (main == NULL) {
		g->status = g->judged ? g->judgement.verdict : GOAL_NOT_FOLLOWED_UP;
		g->status_original = g->status;
		return;
	}
	double original = g->targets.n > 0 ? g->targets.at[0].value : (double)NAN;
	g->status = main->status;
	g->status_original = goal_compare(g->goal.unit, original, main->unit, &main->measured);
}

static Err begin_measuring(Ctx *c, ProgrammeId programme, Date day, Measuring *out)
{
	GoalRules rules;
	RETURN_IF_ERR(goal_rules(c, programme, &rules));
	RETURN_IF_ERR(goal_target_list(c, programme, day, &out->targets));
	RETURN_IF_ERR(goal_definition_list(c, programme, &out->definitions));
	RETURN_IF_ERR(goal_judgement_list(c, programme, day, &out->judgements));
	out->day = day;
	out->evaluation = evaluation_new(c, programme, day, rules.gap_days);
	return OK;
}

static Err measure_goal(Ctx *c, const Measuring *m, const Goal *goal, GoalResult *out)
{
	*out = (GoalResult){ .goal = *goal,
			     .wording = text_in(c->lang, goal->wording, goal->wording_en),
			     .proxy = text_in(c->lang, goal->proxy, goal->proxy_en) };
	take_targets(c, &m->targets, out);
	take_judgements(c, &m->judgements, out);
	double target = out->targets.n > 0 ? out->targets.at[out->targets.n - 1].value : (double)NAN;
	RETURN_IF_ERR(measure_definitions(c, m, target, out));
	decide(out);
	return OK;
}

Err goals_measure(Ctx *c, ProgrammeId programme, Date day, GoalResultList *out)
{
	GoalList goals;
	Measuring m;
	RETURN_IF_ERR(begin_measuring(c, programme, day, &m));
	RETURN_IF_ERR(goal_list(c, programme, &goals));
	*out = (GoalResultList){ ARENA_ARRAY(c->arena, goals.n, GoalResult), goals.n };
	for (size_t i = 0; i < goals.n; i++)
		RETURN_IF_ERR(measure_goal(c, &m, &goals.at[i], &out->at[i]));
	return OK;
}

Err goal_measure(Ctx *c, const Goal *goal, Date day, GoalResult *out)
{
	Measuring m;
	RETURN_IF_ERR(begin_measuring(c, goal->programme, day, &m));
	return measure_goal(c, &m, goal, out);
}

double measured_value(const char *measured_unit, const Measured *m)
{
	if (!m->decidable)
		return (double)NAN;
	return goal_unit_of(measured_unit) == GOAL_PERCENT ? m->value * 100 : m->value;
}

double goal_value(const GoalResult *g)
{
	if (g->definition_count == 0)
		return g->judged ? g->judgement.value : (double)NAN;
	return measured_value(g->definitions[0].unit, &g->definitions[0].measured);
}

Str goal_definition_text(Ctx *c, const GoalResult *g)
{
	if (g->definition_count > 0)
		return g->definitions[0].words;
	if (!g->judged)
		return str_of(T(c->lang, "No indicator and no judgement: not followed up."));
	Str day = text_date(c->arena, c->lang, g->judgement.day);
	return str_printf(c->arena, T(c->lang, "Judged by %.*s on %.*s: %.*s"), STR_ARG(g->judgement.judged_by),
			  STR_ARG(day), STR_ARG(g->judgement.reason));
}

GoalTally goal_tally(const GoalResultList *goals)
{
	GoalTally tally = { .all = (int64_t)goals->n };
	for (size_t i = 0; i < goals->n; i++)
		tally.n[goals->at[i].status]++;
	return tally;
}
