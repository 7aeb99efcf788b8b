/* status_web: registering that a citizen's situation has changed. */
#ifndef FEATURE_STATUS_WEB_H
#define FEATURE_STATUS_WEB_H

#include "access/route.h"

extern const RouteTable status_routes;

#endif
