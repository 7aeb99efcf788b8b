/* goal_web: the page behind each number of the goal board, and its forms. */
#ifndef MEASURE_GOAL_WEB_H
#define MEASURE_GOAL_WEB_H

#include "access/route.h"

extern const RouteTable goal_routes;
/* Adding goals, targets, definitions, judgements. */
extern const RouteTable goal_form_routes;
/* How indicators are written. */
extern const RouteTable language_routes;

#endif
