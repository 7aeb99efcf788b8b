/* goal_text: goals, targets and results as people read them.
 *
 * The same words on the board, on a goal's page and in the evaluation. Texts
 * are in c->lang and live in c->arena.
 */
#ifndef MEASURE_GOAL_TEXT_H
#define MEASURE_GOAL_TEXT_H

#include "measure/goal.h"

/* A number in the goal's unit, with a decimal only where there is one: "60 %", "125", "7.5"; "–" for NaN. */
Str goal_number_text(Ctx *c, GoalUnit unit, double value);
/* "61 of 125 = 48.8 %", "from 20 to 30: +50.0 %", "125", "7.5"; "–" when there was nothing to measure. */
Str goal_measured_text(Ctx *c, const DefinitionResult *d);
/* "95 % confidence interval 40.2–57.5%"; empty where measured_interval has none. */
Str goal_interval_text(Ctx *c, const Measured *m);
/* What came out: the definition that counts, or the judgement. */
Str goal_result_text(Ctx *c, const GoalResult *g);
/* "There are 20 goals: 18 met, 1 not met, 1 not followed up." */
Str goal_tally_text(Ctx *c, const GoalTally *tally);
/* The target that is in force, and the first one; "–" for none. */
Str goal_target_text(Ctx *c, const GoalResult *g);
Str goal_original_text(Ctx *c, const GoalResult *g);

#endif
