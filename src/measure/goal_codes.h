/* goal_codes: levels, units and verdicts of goals. Static data. */
#ifndef MEASURE_GOAL_CODES_H
#define MEASURE_GOAL_CODES_H

#include "base/enum.h"

typedef enum { LEVEL_ACTIVITY, LEVEL_SHORT_RESULT, LEVEL_LONG_RESULT, LEVEL_EFFECT } GoalLevel;
enum { GOAL_LEVELS = LEVEL_EFFECT + 1 };
extern const EnumTable goal_level_table;

/* What a target is a number of. */
typedef enum { GOAL_COUNT, GOAL_PERCENT, GOAL_NUMBER } GoalUnit;
extern const EnumTable goal_unit_table;

typedef enum { GOAL_MET, GOAL_PARTLY_MET, GOAL_NOT_MET, GOAL_NOT_FOLLOWED_UP, GOAL_NOT_DECIDABLE } GoalStatus;
enum { GOAL_STATUSES = GOAL_NOT_DECIDABLE + 1 };
extern const EnumTable goal_status_table;

#endif
