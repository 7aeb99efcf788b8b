/* report_web: the evaluation in the browser, as files to save, and in the API. */
#ifndef REPORT_REPORT_WEB_H
#define REPORT_REPORT_WEB_H

#include "access/route.h"

extern const RouteTable report_routes;

#endif
