/* retention_web: a programme's rule for keeping data; who is next, before anything happens. */
#ifndef FEATURE_RETENTION_WEB_H
#define FEATURE_RETENTION_WEB_H

#include "access/route.h"
#include "feature/erasure/retention.h"
#include "html/html.h"

extern const RouteTable retention_routes;

enum { RETENTION_SHOWN_MOST = 500 };

/* What retention.html shows. */
typedef struct {
	ProgrammeId id;
	RetentionPreview preview;
	RetentionPeople shown; /* the first of them */
	int64_t left_out;
} RetentionPage;

#endif
