/* referral_web: a caseworker refers and follows the answer; the team decides. */
#ifndef FEATURE_REFERRAL_WEB_H
#define FEATURE_REFERRAL_WEB_H

#include "access/route.h"
#include "feature/programme/programme.h"
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
	const char *cpr_doubt;    /* participant_cpr_doubt */
	Str partner_name;
	int64_t places, taken; /* of the partner today; places INT_NONE: not planned */
	bool waits;            /* it can lead to an admission */
	bool may_register, may_erase;
} ReferralPage;

/* Above the form: what a caseworker should know before referring. None of it refuses anything. */
typedef struct {
	Date intake_ended;   /* the last day of an intake that is over; DATE_NONE: it is not */
	PartnerRowList full; /* partners without a free place */
} ReferralBefore;

#endif
