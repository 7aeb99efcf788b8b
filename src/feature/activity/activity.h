/* activity: what a programme holds for many: courses, training, meetings.
 *
 * Owns tables activity and attendance. Reads are the statements of
 * activity.sql. Writes run inside a commit job and carry their audit event.
 */
#ifndef FEATURE_ACTIVITY_H
#define FEATURE_ACTIVITY_H

#include "activity_sql.h"
#include "base/field.h"
#include "feature/activity/activity_codes.h"

typedef struct {
	OrganisationId organisation; /* may be none */
	int kind;                    /* ActivityKind */
	Str title;
	Date day;         /* of the first session */
	int64_t sessions; /* 1-100 */
	bool held;        /* false: only invited to */
} ActivityIn;
extern const Form activity_form;

/* INVALID: outside the programme's period, no such organisation. */
Err activity_add(Ctx *c, ProgrammeId programme, const ActivityIn *in, ActivityId *out) MUST_USE;
/* Whether a citizen came to session `session` (from 1); said again, it
 * replaces. INVALID: no such session, a citizen of another programme. */
Err activity_attend(Ctx *c, ActivityId activity, ParticipantId who, int64_t session, bool attended) MUST_USE;

#endif
