/* citizen_web: the citizen's own page. Whose it is stands in the Actor alone. */
#ifndef FEATURE_CITIZEN_WEB_H
#define FEATURE_CITIZEN_WEB_H

#include "access/route.h"
#include "feature/citizen/own.h"

extern const RouteTable citizen_routes;

/* What citizen.html shows. */
typedef struct {
	Own own;
	const Status *status; /* today's; NULL: none */
	Date today;
	bool erasure_asked;
	Str csrf;
} CitizenPage;

/* A purpose with its switch. */
typedef struct {
	ConsentPurpose purpose;
	ConsentLineList on; /* those in force, or to come, that name nobody */
	bool today;         /* one of them is in force */
	bool single;        /* some name a company or a person */
	bool tells;
	const char *meaning; /* not yet translated */
} ConsentSwitch;

typedef struct {
	const ConsentSwitch *at;
	size_t n;
} ConsentSwitches;

typedef struct {
	ConsentSwitches switches;
	ConsentLineList history;
	ConsentNoList noes;
	Date today;
	Str csrf;
} ConsentsPage;

#endif
