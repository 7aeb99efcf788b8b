/* decide_web: what a citizen has decided, as the staff sees it and writes it down. */
#ifndef FEATURE_DECIDE_WEB_H
#define FEATURE_DECIDE_WEB_H

#include "access/consent.h"
#include "access/oidc_link.h"
#include "access/relation.h"
#include "access/route.h"
#include "feature/decide/decide.h"
#include "feature/feature.h"
#include "feature/message/message.h"
#include "feature/referral/referral.h"

extern const RouteTable decide_routes;

/* What decide.html shows. */
typedef struct {
	Person person;
	ConsentLineList consents;
	ConsentNoList noes;
	WishLineList wishes;
	PreferenceIn preference;
	RelationLineList relations;
	ReferralStory story;
	MessageOffer offer;
	OidcCitizen login; /* .host none: none is linked */
	Date today;
	bool invites; /* the citizen lets somebody close be invited */
	Str csrf;
} DecidePage;

typedef struct {
	Person person;
	Str code, link;
	const char *days;
} CodePage;

typedef struct {
	RequestLineList requests;
	Str csrf;
} RequestsPage;

#endif
