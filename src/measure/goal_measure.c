/* Goals held against what was measured. */
#include "measure/goal.h"

#include <math.h>
#include <string.h>

GoalStatus goal_compare(GoalUnit unit, double target, const char *measured_unit, const Measured *m)
{
	static const char *const fitting[] = {
		[GOAL_COUNT] = "count", [GOAL_PERCENT] = "share", [GOAL_NUMBER] = "number"
	};
	if (!m->decidable || isnan(target) || strcmp(fitting[unit], measured_unit) != 0)
		return GOAL_NOT_DECIDABLE;
	if (unit != GOAL_PERCENT)
		return m->value >= target ? GOAL_MET : GOAL_NOT_MET;
	/* A growth's share may be negative; counts keep it exact all the same. */
	double reached = isnan(m->value) ? 0 : m->value * (double)m->denominator * 100;
	return round(reached * 1e6) >= round(target * (double)m->denominator * 1e6) ? GOAL_MET : GOAL_NOT_MET;
}

/* One that no longer fits measures nothing, and the other goals are measured all the same. */
static Err measure_fitting(Evaluation *e, Indicator *indicator, Measured *out)
{
	bool fits;
	RETURN_IF_ERR(indicator_fits(e, indicator, &fits));
	if (fits)
		return indicator_evaluate(e, indicator, out);
	*out = (Measured){ .value = (double)NAN };
	return OK;
}

static Err measure_definitions(Ctx *c, Evaluation *e, const GoalDefinitionList *all, double target, GoalResult *out)
{
	out->definitions = ARENA_ARRAY(c->arena, all->n, DefinitionResult);
	for (size_t i = 0; i < all->n; i++) {
		if (!uuid_eq(all->at[i].goal.v, out->goal.id.v))
			continue;
		DefinitionResult *r = &out->definitions[out->definition_count++];
		Indicator *indicator;
		r->definition = all->at[i];
		r->definition.name = text_in(c->lang, all->at[i].name, all->at[i].name_en);
		r->definition.decided_by = text_in(c->lang, all->at[i].decided_by, all->at[i].decided_by_en);
		r->definition.why = text_in(c->lang, all->at[i].why, all->at[i].why_en);
		RETURN_IF_ERR(indicator_parse(c, "expression", all->at[i].expression, &indicator));
		RETURN_IF_ERR(measure_fitting(e, indicator, &r->measured));
		r->words = indicator_words(c, indicator);
		r->unit = indicator_unit(indicator);
		r->status = goal_compare(out->goal.unit, target, r->unit, &r->measured);
	}
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

/* What a programme's goals are measured with, read once. */
typedef struct {
	Evaluation *evaluation;
	GoalTargetList targets;
	GoalDefinitionList definitions;
	GoalJudgementList judgements;
} Measuring;

static Err begin_measuring(Ctx *c, ProgrammeId programme, Date day, Measuring *out)
{
	GoalRules rules;
	RETURN_IF_ERR(goal_rules(c, programme, &rules));
	RETURN_IF_ERR(goal_target_list(c, programme, day, &out->targets));
	RETURN_IF_ERR(goal_definition_list(c, programme, &out->definitions));
	RETURN_IF_ERR(goal_judgement_list(c, programme, day, &out->judgements));
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
	RETURN_IF_ERR(measure_definitions(c, m->evaluation, &m->definitions, target, out));
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

double goal_value(const GoalResult *g)
{
	if (g->definition_count == 0)
		return g->judged ? g->judgement.value : (double)NAN;
	const DefinitionResult *main = &g->definitions[0];
	return strcmp(main->unit, "share") == 0 ? main->measured.value * 100 : main->measured.value;
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
