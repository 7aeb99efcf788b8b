/* followup_web: the page that people begin their day with. */
#ifndef FEATURE_FOLLOWUP_WEB_H
#define FEATURE_FOLLOWUP_WEB_H

#include "access/route.h"
#include "feature/followup/followup.h"
#include "feature/programme/programme.h"
#include "feature/referral/referral.h"
#include "feature/status/status.h"
#include "html/html.h"

extern const RouteTable followup_routes;

enum { START_FOLLOWUPS = 50 };

typedef struct {
	int code; /* StatusCode; STATUS_NONE: not registered */
	int64_t n;
} StartStatus;

typedef struct {
	const StartStatus *at;
	size_t n;
} StartStatuses;

/* Where one programme stands on a day. */
typedef struct {
	Programme programme;
	Date day; /* today; the status date once the programme is over */
	bool over;
	PartnerRowList partners;
	int64_t places, admitted; /* together */
	StartStatuses statuses;
	int64_t total; /* of the statuses */
} StartProgramme;

typedef struct {
	const StartProgramme *at;
	size_t n;
} StartProgrammes;

/* What an administrator has still to do before a programme can be used, in this order. */
typedef struct {
	bool shown;
	bool organisation, programme, member, manager; /* there is one */
	ProgrammeId first;                             /* the programme to go on with */
} StartSteps;

/* What start.html shows. */
typedef struct {
	StartSteps steps;
	StartProgrammes programmes;
	FollowupList followups;
	int64_t overdue, due, soon;
	int64_t emergencies; /* that the manager has not looked at */
	int64_t referrals;   /* that nobody has answered */
	int64_t requests;    /* of citizens, to be erased; the same */
	int64_t more;        /* follow-ups that are not shown */
	bool sees_people;    /* follow-ups and the search are shown */
	bool may_register;
	bool own_only;   /* of the actor's own citizens; otherwise of the whole scope */
	bool has_choice; /* between the two */
	Str csrf;
} StartPage;

#endif
