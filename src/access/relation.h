/* relation: who may work with one citizen without being of the citizen's unit.
 *
 * Owns table relation: the caseworker who referred the citizen, the citizen's
 * mentor, and whoever has broken the glass. A relation counts only while the
 * user's role is the one it was made for (policy.h says which), its time has
 * not passed and the user is open. Functions that write run inside a commit job
 * and audit themselves; why the glass was broken is sealed with the citizen's key.
 */
#ifndef ACCESS_RELATION_H
#define ACCESS_RELATION_H

#include "access/policy.h"
#include "relation_sql.h"

enum { EMERGENCY_HOURS = 4, EMERGENCY_REASON_LEAST = 10, EMERGENCY_REASON_MOST = 500 };

/* NOT_FOUND unless scope->related has a relation to the citizen now. */
Err relation_reaches(Ctx *c, const Scope *scope, ParticipantId who) MUST_USE;
/* NOT_FOUND unless the citizen is of the scope's unit, or the actor has a relation to the citizen. */
Err relation_in_scope(Ctx *c, const Scope *scope, ParticipantId who) MUST_USE;
/* The same citizen, when there is or has been one, admitted or referred; none otherwise. */
Err relation_known(Ctx *c, ParticipantId who, ParticipantId *out) MUST_USE;
/* OK when there is such a citizen, admitted or referred, whom the scope does not reach; NOT_FOUND: there is none, or
 * the scope does. */
Err relation_beyond(Ctx *c, const Scope *scope, ParticipantId who) MUST_USE;
/* Whether the user is an open caseworker or mentor of the programme, and which. */
Err relation_fits(Ctx *c, UserId user, ProgrammeId programme, RelationKind *kind, bool *out) MUST_USE;
/* INVALID, in field "user": closed, or of a role that has no relations, or of another programme than
 * `programme`; CONFLICT: there is one already. */
Err relation_begin(Ctx *c, UserId user, ProgrammeId programme, ParticipantId who) MUST_USE;
/* Ends it now. NOT_FOUND: the citizen has no such relation. */
Err relation_end(Ctx *c, ParticipantId who, RelationId id) MUST_USE;
/* INVALID, in field "reason": too short or too long. */
Err relation_check_reason(Ctx *c, Str reason) MUST_USE;
/* The actor reaches the citizen for EMERGENCY_HOURS from now. INVALID: the reason is too short or too long. */
Err relation_break_glass(Ctx *c, ParticipantId who, Str reason) MUST_USE;
/* How often the glass was broken in the programme and the manager has not seen it. */
Err relation_unseen(Ctx *c, ProgrammeId programme, int64_t *out) MUST_USE;
/* The manager has seen that the glass was broken. NOT_FOUND: not in the programme, or seen already. */
Err relation_review(Ctx *c, ProgrammeId programme, RelationId id) MUST_USE;

#endif
