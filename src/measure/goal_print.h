/* goal_print: goals as JSON, the same from the command line and the API. */
#ifndef MEASURE_GOAL_PRINT_H
#define MEASURE_GOAL_PRINT_H

#include "access/shape.h"
#include "measure/goal.h"

/* {"programme", "date", "goals": [{"code", "level", "target", "targets",
 * "numerator", "denominator", "value", "unit", "status",
 * "status_original_target", "definition", ...}]}, as goals_shape says; what is
 * not there is null. */
extern const Shape goals_shape;
void goals_json(Ctx *c, Buf *out, Str programme, Date day, const GoalResultList *goals);
/* The list alone, inside a larger document. */
void goals_json_list(Ctx *c, JsonWriter *w, const GoalResultList *goals);

#endif
