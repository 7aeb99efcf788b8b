/* contact_api: contacts for other programs. */
#ifndef FEATURE_CONTACT_API_H
#define FEATURE_CONTACT_API_H

#include "access/route.h"

extern const RouteTable contact_api_routes;

#endif
