/* mentor: volunteers, each matched with at most one citizen.
 *
 * Owns table mentor. Reads are the statements of mentor.sql. Writes run inside
 * a commit job and carry their audit event.
 */
#ifndef FEATURE_MENTOR_H
#define FEATURE_MENTOR_H

#include "base/field.h"
#include "mentor_sql.h"

typedef struct {
	Str name;
} MentorIn;
extern const Form mentor_form;

Err mentor_add(Ctx *c, ProgrammeId programme, const MentorIn *in, MentorId *out) MUST_USE;
/* INVALID: a citizen of another programme, or before admission; CONFLICT: the
 * mentor has somebody already. */
Err mentor_match(Ctx *c, MentorId mentor, ParticipantId who, Date day) MUST_USE;

#endif
