/* programme: one funded programme with its period, partners, team and rules.
 *
 * Owns tables programme, programme_partner, partner_places and member. The
 * rules (gap, retention threshold, follow-up intervals) belong to the
 * programme. Places have a history: a revision adds a row with the day it
 * applies from. Reads are the statements of programme.sql. Writes run inside a
 * commit job and carry their audit event. Results live in c->arena.
 */
#ifndef FEATURE_PROGRAMME_H
#define FEATURE_PROGRAMME_H

#include "base/field.h"
#include "feature/programme/programme_codes.h"
#include "programme_sql.h"

typedef struct {
	Str code; /* in addresses and commands: letters, digits, hyphens */
	Str name;
	OrganisationId owner, funder;
	Date starts, ends;              /* both included */
	Date intake_first, intake_last; /* admissions happen here, both included */
	Date status_date;               /* what evaluations look at; in the period */
	int64_t gap_days;               /* most days without a job between two that join to one spell */
	int64_t retention_months;       /* a job must last longer than this to count as retained */
	int64_t followup_job_months, followup_internship_days;
	bool made_up; /* the people are: every page says so. The demonstration says it when adding; no form can, and no
			 change */
	int64_t version; /* of what is changed; not looked at when added */
} ProgrammeIn;
extern const Form programme_form;

/* INVALID: end before start, intake or status date outside the period, a code
 * with other characters, no such owner; CONFLICT: the code is taken. */
Err programme_add(Ctx *c, const ProgrammeIn *in, ProgrammeId *out) MUST_USE;
/* The same, and CONFLICT when in->version is not the stored one. */
Err programme_change(Ctx *c, ProgrammeId id, const ProgrammeIn *in) MUST_USE;
/* What a form for changing shows. */
ProgrammeIn programme_in(const Programme *row);

/* `staff_hours_week`: hours a week bought free; NaN when unknown. CONFLICT: is
 * a partner already. */
Err programme_partner_add(Ctx *c, ProgrammeId programme, OrganisationId organisation, double staff_hours_week) MUST_USE;
/* Places for participants from a day on. INVALID: negative, not a partner;
 * CONFLICT: a number from that day exists already. */
Err programme_places_set(Ctx *c, ProgrammeId programme, OrganisationId organisation, Date valid_from, int64_t places,
			 Str why) MUST_USE;

/* How many more citizens the partner has places for: less than nothing when it has admitted more than that; INT64_MAX
 * where no number is planned. Places are a plan: nobody is refused for want of one. */
int64_t programme_places_left(const PartnerRow *partner);

typedef struct {
	OrganisationId organisation;
	Str name;
	int role; /* MemberRole */
	Str email;
	Date since, until; /* DATE_NONE: still */
	int64_t version;   /* of what is changed; not looked at when added */
} MemberIn;
extern const Form member_form;

/* INVALID: end before start; an organisation that is neither partner nor owner
 * (an evaluator may come from any). */
Err programme_member_add(Ctx *c, ProgrammeId programme, const MemberIn *in, MemberId *out) MUST_USE;
/* The same, INVALID when the organisation changes while citizens have this
 * contact person, CONFLICT when in->version is not the stored one. */
Err programme_member_change(Ctx *c, MemberId id, const MemberIn *in) MUST_USE;
/* What a form for changing shows. */
MemberIn member_in(const Member *row);

#endif
