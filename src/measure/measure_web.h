/* measure_web: the goal board and the goals of the API. */
#ifndef MEASURE_MEASURE_WEB_H
#define MEASURE_MEASURE_WEB_H

#include "access/route.h"

extern const RouteTable measure_routes;

#endif
