/* network_web: those close to a citizen, as the staff writes them down. Without a consent to invite the pages do
 * not exist. */
#ifndef FEATURE_NETWORK_WEB_H
#define FEATURE_NETWORK_WEB_H

#include "access/route.h"
#include "feature/feature.h"
#include "feature/network/network.h"

extern const RouteTable network_routes;

/* What network.html shows. */
typedef struct {
	Person person;
	NetworkPersonList people;
	Str csrf;
} NetworkPage;

#endif
