/* placement_web: starting, changing and ending placements. */
#ifndef FEATURE_PLACEMENT_WEB_H
#define FEATURE_PLACEMENT_WEB_H

#include "access/route.h"

extern const RouteTable placement_routes;

#endif
