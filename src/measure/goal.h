/* goal: what a programme has promised, and whether it was reached.
 *
 * Owns tables goal, goal_target, goal_definition and goal_judgement.
 * Targets and definitions are never overwritten: a revision is a new row with
 * its day, by whom and why. On a day the first definition in the list that is in
 * force by then counts (where none is yet, the one that came first, which says
 * so); the others in force are computed beside it. A goal without definition is judged by people, or
 * not followed up. Writes run inside a commit job; results live in c->arena.
 */
#ifndef MEASURE_GOAL_H
#define MEASURE_GOAL_H

#include "base/field.h"
#include "goal_sql.h"
#include "measure/evaluate.h"
#include "measure/goal_codes.h"

typedef struct {
	Uuid id; /* given by an import; none: a new one */
	Str code;
	int level, unit;
	int64_t position;
	Str wording, wording_en;
	Str proxy, proxy_en; /* what is measured instead; none: the thing itself */
	Str node;            /* code in the theory of change; may be none */
} GoalIn;
extern const Form goal_form;

typedef struct {
	Date valid_from;
	double value;
	Str decided_by, decided_by_en, why, why_en;
} GoalTargetIn;
extern const Form goal_target_form;

typedef struct {
	int64_t position;
	Str name, name_en;
	Str expression;
	Date valid_from;
	Str decided_by, decided_by_en, why, why_en;
} DefinitionIn;
extern const Form definition_form;

typedef struct {
	Date day;
	Str judged_by, judged_by_en;
	int verdict;
	double value; /* NaN: none */
	Str reason, reason_en;
} JudgementIn;
extern const Form judgement_form;

/* INVALID: the code is not letters and a number ("d2" is kept as "D2");
 * CONFLICT: the programme has that code already. */
MUST_USE Err goal_add(Ctx *c, ProgrammeId programme, const GoalIn *in, GoalId *out);
/* INVALID: outside the programme's period, over 100 per cent; CONFLICT: not
 * later than the newest: the original target is never rewritten. */
MUST_USE Err goal_set_target(Ctx *c, GoalId goal, const GoalTargetIn *in);
/* INVALID, pointing at the place, when the expression cannot be understood or
 * names what the programme does not have. Those that stood at its position or
 * behind it move on by one: a new first definition counts from its day on, the
 * former stays beside it. */
/* The unit of a target that such a measurement (indicator_unit) can be held against. */
GoalUnit goal_unit_of(const char *measured);
MUST_USE Err goal_define(Ctx *c, GoalId goal, const DefinitionIn *in, DefinitionId *out);
/* INVALID: outside the programme's period, or in the future. */
MUST_USE Err goal_judge(Ctx *c, GoalId goal, const JudgementIn *in, JudgementId *out);

typedef struct {
	GoalDefinition definition;
	Str words; /* in c->lang */
	Measured measured;
	const char *unit; /* indicator_unit */
	GoalStatus status;
} DefinitionResult;

/* Wording, who decided and judged, and why are in c->lang. */
typedef struct {
	Goal goal;
	Str wording, proxy;            /* proxy may be none */
	GoalTargetList targets;        /* valid by the day, oldest first */
	DefinitionResult *definitions; /* the one that counts first */
	size_t definition_count;
	GoalJudgementList judgements; /* by the day, oldest first */
	bool judged;
	GoalJudgement judgement; /* the latest of them, when judged */
	GoalStatus status, status_original;
} GoalResult;

typedef struct {
	GoalResult *at;
	size_t n;
} GoalResultList;

/* All goals of a programme on a day, by level and position, inside one read. */
MUST_USE Err goals_measure(Ctx *c, ProgrammeId programme, Date day, GoalResultList *out);

/* How many of the goals have which status; adds up to all of them. */
typedef struct {
	int64_t n[GOAL_STATUSES], all;
} GoalTally;
GoalTally goal_tally(const GoalResultList *goals);

/* One goal on a day, inside a read. */
MUST_USE Err goal_measure(Ctx *c, const Goal *goal, Date day, GoalResult *out);

/* Does what was measured reach a target of this unit? NOT_DECIDABLE when the
 * measurement is of another kind than the target (a mean for a percentage) or
 * there was nothing to measure. `per cent` targets are compared exactly, by
 * counts. */
GoalStatus goal_compare(GoalUnit unit, double target, const char *measured_unit, const Measured *m);

/* What was measured as people read it: shares and growth in per cent; NaN when there was nothing to measure. */
double measured_value(const char *measured_unit, const Measured *m);
/* The value in the goal's unit: per cent, count or number; NaN for none. */
double goal_value(const GoalResult *g);
/* What the first definition says in words, or who judged, when and why. */
Str goal_definition_text(Ctx *c, const GoalResult *g);

#endif
