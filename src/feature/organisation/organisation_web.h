/* organisation_web: the organisations of an installation; adding and changing them. */
#ifndef FEATURE_ORGANISATION_WEB_H
#define FEATURE_ORGANISATION_WEB_H

#include "access/page.h"
#include "feature/organisation/organisation.h"

extern const RouteTable organisation_routes;

/* One line of organisation.html. */
typedef struct {
	OrganisationId id;
	Str name;
	int kind;                 /* OrganisationKind */
	const char *municipality; /* name; NULL: none */
	Str cvr;                  /* may be none */
} OrganisationLine;

typedef struct {
	const OrganisationLine *at;
	size_t n;
} OrganisationLines;

/* Every organisation, to choose one in `field` of a form. */
Err organisation_options(Ctx *c, const char *field, FormOptions *out) MUST_USE;

#endif
