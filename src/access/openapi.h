/* openapi: the API's description (OpenAPI 3.1), made from the route table. */
#ifndef ACCESS_OPENAPI_H
#define ACCESS_OPENAPI_H

#include "access/route.h"

/* Handler of /api/openapi.json. */
Err openapi_get(Ctx *c, Request *r);

#endif
