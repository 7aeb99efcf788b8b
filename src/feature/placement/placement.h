/* placement: where a participant works or trains, from when to when.
 *
 * Owns table placement. A participant may have several at once (two small
 * jobs). A placement is an employment *relationship* when its kind is a job;
 * relationships are counted one by one and never joined. Retention of a
 * *person* looks at joined spells (measure/spell.h). Days are included at both
 * ends. Reads are the statements of placement.sql. Writes
 * run inside a commit job and carry their audit event. Results live in
 * c->arena.
 */
#ifndef FEATURE_PLACEMENT_H
#define FEATURE_PLACEMENT_H

#include "base/field.h"
#include "feature/placement/placement_codes.h"
#include "placement_sql.h"

typedef struct {
	CompanyId company;
	int kind; /* PlacementKind */
	Date starts, planned_end, ends;
	double hours_week; /* (0, 37]; NaN: not known */
	bool job_expected; /* a job is expected at the end */
	Str end_reason;
	int64_t version; /* of what is changed; INT_NONE: something new */
} PlacementIn;
extern const Form placement_form;

enum { PLACEMENT_HOURS_MOST = 37, PLACEMENT_YEAR_FIRST = 1900 };

/* INVALID: end before start, hours outside (0, 37], start after the
 * programme's end or when the citizen had moved or died, open beyond death, no
 * such company; CONFLICT: the same placement is registered already. */
Err placement_start(Ctx *c, ParticipantId who, const PlacementIn *in, PlacementId *out) MUST_USE;
/* The same checks, and CONFLICT when in->version is not the stored one. */
Err placement_change(Ctx *c, PlacementId id, const PlacementIn *in) MUST_USE;
/* What a form for changing shows. */
PlacementIn placement_in(const Placement *row);

#endif
