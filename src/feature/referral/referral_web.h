/* referral_web: a caseworker refers and follows the answer; the team decides. */
#ifndef FEATURE_REFERRAL_WEB_H
#define FEATURE_REFERRAL_WEB_H

#include "access/route.h"
#include "feature/referral/referral.h"
#include "html/html.h"

extern const RouteTable referral_routes;

typedef struct {
	ReferralLineList waiting, declined;
} ReferralsPage;

/* One referral, as the team and the caseworker see it. */
typedef struct {
	Referral row;
	ReferralStepList steps;
	const char *municipality; /* name; NULL: unknown */
	Str partner_name;
	int64_t places, taken; /* of the partner today; places INT_NONE: not planned */
	bool waits;            /* it can lead to an admission */
	bool may_register, may_erase;
} ReferralPage;

#endif
