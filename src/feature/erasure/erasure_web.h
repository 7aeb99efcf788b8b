/* erasure_web: a manager erases a citizen. */
#ifndef FEATURE_ERASURE_WEB_H
#define FEATURE_ERASURE_WEB_H

#include "access/route.h"

extern const RouteTable erasure_routes;

#endif
