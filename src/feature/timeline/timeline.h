/* timeline: a citizen's page, where everything that happened stands in one line.
 *
 * Owns no table. Contacts come in pages of fifty; placements and statuses stand
 * among them by their day, on the page whose days they fall in. Seeing the page
 * is logged. Results live in c->arena.
 */
#ifndef FEATURE_TIMELINE_H
#define FEATURE_TIMELINE_H

#include "access/route.h"
#include "feature/contact/contact.h"
#include "feature/network/network.h"
#include "feature/participant/participant.h"
#include "feature/placement/placement.h"
#include "feature/status/status.h"
#include "html/html.h"

extern const RouteTable timeline_routes;

enum { TIMELINE_CONTACTS = 50 };

typedef enum { LINE_CONTACT, LINE_PLACEMENT, LINE_STATUS } LineKind;

/* One line; the pointer of its kind is set. */
typedef struct {
	LineKind kind;
	Date day;
	const ContactLine *contact;
	const PlacementLine *placement;
	const Status *status;
} TimelineLine;

typedef struct {
	const TimelineLine *at;
	size_t n;
} TimelineLines;

/* Newest first; on one day status, then placement, then contacts. Of the
 * placements and statuses those after `from` (DATE_NONE: all) and before or on
 * `to` (DATE_NONE: all). Pure but for the arena. */
TimelineLines timeline_merge(Arena *a, const ContactLineList *contacts, const PlacementLineList *placements,
			     const StatusList *statuses, Date from, Date to);

/* What timeline.html shows. */
typedef struct {
	ParticipantId id;
	ParticipantFacts facts;
	const char *municipality; /* name; NULL: unknown */
	const Status *status;     /* today's; NULL: none */
	const char *cpr_doubt;    /* participant_cpr_doubt */
	bool may_register, may_decide, may_erase, may_see_log;
	Str why;        /* the citizen was referred; none: the citizen was not, or it is not for the actor */
	Date referred;  /* on that day; DATE_NONE likewise */
	bool diagnoses; /* may be written down about the citizen */
	PlacementLineList placements;
	PlacementLineList unasked; /* of those that last, at companies that no consent lets be contacted today */
	NetworkPersonList network; /* whom the citizen lets be invited; nobody in an emergency */
	TimelineLines lines;
	Str older; /* path of the next page; none: all is shown */
	bool first;
	bool partial; /* only what goes on below is written */
} TimelinePage;

#endif
