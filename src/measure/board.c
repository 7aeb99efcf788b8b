#include "measure/board.h"

#include "measure/goal_text.h"

Date board_day(const Ctx *c, const Programme *programme)
{
	Date today = clock_today(c->clock);
	return programme->made_up || today > programme->ends ? programme->status_date : today;
}

BoardGoal board_goal(Ctx *c, const GoalResult *g)
{
	BoardGoal out = { .id = g->goal.id,
			  .code = g->goal.code,
			  .wording = g->wording,
			  .proxy = g->proxy,
			  .target = goal_target_text(c, g),
			  .result = goal_result_text(c, g),
			  .status = g->status,
			  .status_original = g->status_original,
			  .measured = g->definition_count > 0 || g->judged };
	if (g->definition_count > 0)
		out.interval = goal_interval_text(c, &g->definitions[0].measured);
	if (g->targets.n > 1)
		out.original = goal_original_text(c, g);
	return out;
}

static bool small(int64_t n)
{
	return n > 0 && n < SMALL_BELOW;
}

bool board_small(const Measured *m)
{
	bool share = m->numerator != INT_NONE && m->denominator != INT_NONE;
	return small(m->denominator) || small(m->numerator) || (share && small(m->denominator - m->numerator)) ||
	       small(m->before) || small(m->after) || small((int64_t)m->behind_count);
}

/* The goal without small numbers: its target and status stay. */
static BoardGoal aggregate_goal(Ctx *c, const GoalResult *g)
{
	BoardGoal out = board_goal(c, g);
	if (g->definition_count == 0 || !board_small(&g->definitions[0].measured))
		return out;
	out.result = str_of(T(c->lang, "too few to be shown"));
	out.interval = STR_NONE;
	return out;
}

static BoardGoals goals_of_level(Ctx *c, const GoalResultList *all, GoalLevel level, bool aggregates)
{
	BoardGoals out = { ARENA_ARRAY(c->arena, all->n, BoardGoal), 0 };
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].goal.level == level)
			out.at[out.n++] = aggregates ? aggregate_goal(c, &all->at[i]) : board_goal(c, &all->at[i]);
	return out;
}

Err board_fill(Ctx *c, const Programme *programme, Date day, Board *out)
{
	GoalResultList goals;
	RETURN_IF_ERR(goals_measure(c, programme->id, day, &goals));
	out->programme = *programme;
	out->day = day;
	GoalTally tally = goal_tally(&goals);
	out->tally = goal_tally_text(c, &tally);
	out->levels.at = ARENA_ARRAY(c->arena, GOAL_LEVELS, BoardLevel);
	for (int level = 0; level < GOAL_LEVELS; level++) {
		BoardGoals of = goals_of_level(c, &goals, (GoalLevel)level, out->aggregates);
		if (of.n > 0)
			out->levels.at[out->levels.n++] = (BoardLevel){ (GoalLevel)level, of };
	}
	return OK;
}
