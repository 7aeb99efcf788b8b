#include "measure/goal_page.h"

#include "access/policy.h"
#include "base/danish.h"
#include "feature/feature.h"
#include "measure/goal_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static DefinitionLines definition_lines(Ctx *c, const GoalResult *g, const DefinitionResult *looked_at)
{
	DefinitionLines out = { ARENA_ARRAY(c->arena, g->definition_count, DefinitionLine), g->definition_count };
	for (size_t i = 0; i < out.n; i++) {
		const DefinitionResult *d = &g->definitions[i];
		out.at[i] = (DefinitionLine){ .id = d->definition.id,
					      .name = d->definition.name,
					      .words = d->words,
					      .expression = d->definition.expression,
					      .result = goal_measured_text(c, d),
					      .interval = goal_interval_text(c, &d->measured),
					      .decided_by = d->definition.decided_by,
					      .why = d->definition.why,
					      .from = d->definition.valid_from,
					      .status = d->status,
					      .counts = i == 0,
					      .looked_at = d == looked_at };
	}
	return out;
}

static TargetLines target_lines(Ctx *c, const GoalResult *g)
{
	TargetLines out = { ARENA_ARRAY(c->arena, g->targets.n, TargetLine), g->targets.n };
	for (size_t i = 0; i < out.n; i++) {
		const GoalTarget *t = &g->targets.at[i];
		out.at[i] = (TargetLine){ t->valid_from, goal_number_text(c, g->goal.unit, t->value), t->decided_by,
					  t->why };
	}
	return out;
}

static JudgementLines judgement_lines(Ctx *c, const GoalResult *g)
{
	JudgementLines out = { ARENA_ARRAY(c->arena, g->judgements.n, JudgementLine), g->judgements.n };
	for (size_t i = 0; i < out.n; i++) {
		const GoalJudgement *j = &g->judgements.at[i];
		out.at[i] = (JudgementLine){
			.day = j->day, .by = j->judged_by, .reason = j->reason, .verdict = j->verdict
		};
		if (!isnan(j->value))
			out.at[i].value = goal_number_text(c, g->goal.unit, j->value);
	}
	return out;
}

static Err choose_definition(const GoalResult *g, DefinitionId asked, const DefinitionResult **out)
{
	*out = g->definition_count > 0 ? &g->definitions[0] : NULL;
	if (uuid_is_none(asked.v))
		return OK;
	for (size_t i = 0; i < g->definition_count; i++) {
		if (uuid_eq(g->definitions[i].definition.id.v, asked.v)) {
			*out = &g->definitions[i];
			return OK;
		}
	}
	return ERR_NOT_FOUND;
}

static Err fill_measured(Ctx *c, const GoalResult *g, const DefinitionResult *d, GoalPage *out)
{
	out->share = strcmp(d->unit, "share") == 0;
	out->numerator = d->measured.numerator;
	out->denominator = d->measured.denominator;
	out->definition = d->words;
	out->code = d->definition.expression;
	if (d != &g->definitions[0])
		out->chosen = d->definition.name;
	RETURN_IF_ERR(goal_behind(c, g->goal.programme, &d->measured, &out->behind));
	RETURN_IF_ERR(goal_history(c, g, d, &out->programme, out->day, &out->history));
	if (out->history.n > 1)
		out->chart = goal_chart(c, g, &out->history);
	return OK;
}

Err goal_page_fill(Ctx *c, const Goal *goal, const Programme *programme, Date day, DefinitionId definition,
		   GoalPage *out)
{
	GoalResult g;
	const DefinitionResult *d;
	RETURN_IF_ERR(goal_measure(c, goal, day, &g));
	RETURN_IF_ERR(choose_definition(&g, definition, &d));
	*out = (GoalPage){ .goal = *goal,
			   .head = board_goal(c, &g),
			   .programme = *programme,
			   .day = day,
			   .definition = goal_definition_text(c, &g),
			   .numerator = INT_NONE,
			   .denominator = INT_NONE,
			   .definitions = definition_lines(c, &g, d),
			   .targets = target_lines(c, &g),
			   .judgements = judgement_lines(c, &g),
			   .may_manage = policy_some(c->actor, OP_MANAGE) };
	return d == NULL ? OK : fill_measured(c, &g, d, out);
}

/* ---- those behind it ----------------------------------------------------------- */

static bool is_behind(const Measured *m, ParticipantId id)
{
	size_t low = 0, high = m->behind_count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = uuid_cmp(m->behind[mid].v, id.v);
		if (order == 0)
			return true;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

typedef struct {
	Str key;
	const GoalPerson *of;
} Sorted;

static int by_key(const void *a, const void *b)
{
	const Sorted *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order != 0 ? order : uuid_cmp(x->of->id.v, y->of->id.v);
}

/* By name; those without names by partner, since the order of the names would tell something about them. */
static const Sorted *sorted(Ctx *c, const GoalPersonList *people, bool names)
{
	Sorted *at = ARENA_ARRAY(c->arena, people->n + 1, Sorted);
	for (size_t i = 0; i < people->n; i++) {
		const GoalPerson *p = &people->at[i];
		at[i] = (Sorted){ names ? danish_sort_key(c->arena, p->name) : p->partner, p };
	}
	qsort(at, people->n, sizeof *at, by_key);
	return at;
}

/* Nobody has a page who was erased, or archived out of reach. */
static void name_person(const Ctx *c, const GoalPerson *p, BehindPerson *out)
{
	out->name = p->archived ? str_of(T(c->lang, "Archived citizen")) : feature_name(c, p->name);
	if (!p->archived && !str_is_none(p->name))
		out->id = p->id;
}

Err goal_behind(Ctx *c, ProgrammeId programme, const Measured *m, Behind *out)
{
	Scope scope;
	GoalPersonList reached;
	*out = (Behind){ .people = m->behind_count > 0, .all = (int64_t)m->behind_count };
	out->names = policy_scope(c, OP_SEE_PEOPLE, &scope) == OK;
	out->pseudonyms = !out->names && policy_scope(c, OP_SEE_PSEUDONYMS, &scope) == OK;
	if (!out->people || (!out->names && !out->pseudonyms))
		return OK;
	RETURN_IF_ERR(goal_people(c, programme, scope.organisation, out->names, &reached));
	const Sorted *people = sorted(c, &reached, out->names);
	size_t most = m->behind_count < PEOPLE_SHOWN_MOST ? m->behind_count : PEOPLE_SHOWN_MOST;
	int64_t within = 0;
	out->shown.at = ARENA_ARRAY(c->arena, most, BehindPerson);
	for (size_t i = 0; i < reached.n; i++) {
		const GoalPerson *p = people[i].of;
		if (!is_behind(m, p->id))
			continue;
		within++;
		if (out->shown.n == most)
			continue;
		BehindPerson *shown = &out->shown.at[out->shown.n++];
		*shown = (BehindPerson){ .partner = p->partner, .number = (int64_t)out->shown.n };
		if (out->names)
			name_person(c, p, shown);
	}
	out->elsewhere = out->all - within;
	out->left_out = within - (int64_t)out->shown.n;
	return OK;
}
