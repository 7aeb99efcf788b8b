/* related_web: pages of those who work with single citizens: mentor, caseworker,
 * and whoever had to break the glass; and the manager's look at the last. */
#ifndef FEATURE_RELATED_WEB_H
#define FEATURE_RELATED_WEB_H

#include "access/consent.h"
#include "access/relation.h"
#include "access/route.h"
#include "feature/referral/referral.h"
#include "related_sql.h"

extern const RouteTable related_routes;

/* What a citizen shares with the mentor. */
typedef struct {
	Disclosed told;
	const char *situation; /* translated; NULL: not told */
	bool nothing;          /* the citizen shares nothing now */
} SharedLine;

typedef struct {
	SharedLine *at;
	size_t n;
} SharedLines;

typedef struct {
	Referred *at;
	size_t n;
} ReferredLines;

/* Whom a caseworker follows, and who has not been admitted. */
typedef struct {
	ReferredLines lines;
	ReferralLineList waiting;
} ReferredPage;

typedef struct {
	EmergencyLineList lines;
	Str csrf;
} EmergencyPage;

#endif
