/* seen_web: the page of who has looked, for the citizen and for the programme's manager. */
#ifndef FEATURE_SEEN_WEB_H
#define FEATURE_SEEN_WEB_H

#include "access/route.h"
#include "feature/feature.h"
#include "feature/seen/seen.h"

extern const RouteTable seen_routes;

/* What seen.html shows to staff. */
typedef struct {
	Person person;
	SeenLines lines;
} SeenPage;

#endif
