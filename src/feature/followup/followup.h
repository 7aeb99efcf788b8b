/* followup: which talks are due, with whom.
 *
 * Owns no table: follow-ups are computed from open placements, the contacts
 * that were marked as follow-ups, and the programme's rules. A job is followed
 * up with the citizen and with the company every `followup_job_months`; an
 * internship once with each, `followup_internship_days` after its start. A day
 * that is no working day moves to the next one. Citizens who have died, moved
 * or gone to another provider are not followed up. Results live in c->arena.
 */
#ifndef FEATURE_FOLLOWUP_H
#define FEATURE_FOLLOWUP_H

#include "access/policy.h"
#include "feature/placement/placement_codes.h"

typedef enum { FOLLOWUP_CITIZEN, FOLLOWUP_COMPANY } FollowupSide;
extern const EnumTable followup_side_table;

typedef enum {
	FOLLOWUP_OVERDUE, /* before today */
	FOLLOWUP_DUE,     /* today or within FOLLOWUP_DUE_DAYS */
	FOLLOWUP_SOON,    /* within FOLLOWUP_SOON_DAYS */
	FOLLOWUP_LATER
} FollowupState;
extern const EnumTable followup_state_table;
enum { FOLLOWUP_DUE_DAYS = 7, FOLLOWUP_SOON_DAYS = 28 };

typedef struct {
	PlacementId placement;
	ParticipantId participant;
	Str participant_name;
	MemberId contact_person; /* may be none */
	Str contact_person_name; /* may be none */
	CompanyId company;
	Str company_name;
	int kind; /* PlacementKind */
	FollowupSide side;
	Date last; /* DATE_NONE: never yet */
	Date due;
	FollowupState state;
} Followup;

typedef struct {
	Followup *at;
	size_t n;
} FollowupList;

typedef struct {
	int job_months, internship_days;
} FollowupRules;

/* When the next one of a placement is due; DATE_NONE: none any more. Pure. */
Date followup_due(FollowupRules rules, int kind, Date starts, Date last);
FollowupState followup_state(Date due, Date today);

/* Those overdue, due or soon on `today`, earliest first; `partner` and
 * `contact_person` may be none. */
Err followup_list(Ctx *c, ProgrammeId programme, OrganisationId partner, MemberId contact_person, Date today,
		  FollowupList *out) MUST_USE;

#endif
