/* status: what a citizen's situation is from a day on.
 *
 * Owns table status. A status holds from its day until the next one of the
 * same person, so that on any day there is at most one, and from the first one
 * on exactly one. Those without any are counted as not registered; a table of
 * a day therefore always adds up to those admitted by then. Reads are the
 * statements of status.sql. Writes run inside a commit job and carry their
 * audit event. Results live in c->arena.
 */
#ifndef FEATURE_STATUS_H
#define FEATURE_STATUS_H

#include "base/field.h"
#include "feature/status/status_codes.h"
#include "status_sql.h"

typedef struct {
	Date since;
	int code; /* StatusCode */
	Str note;
	int64_t version; /* of what is corrected; INT_NONE: something new */
} StatusIn;
extern const Form status_form;

/* A change of situation. INVALID: before admission, in the future, after death,
 * or death before a later status or a placement's end; CONFLICT: a status from that day exists. */
Err status_add(Ctx *c, ParticipantId participant, const StatusIn *in) MUST_USE;
/* Puts right what stands from in->since on. NOT_FOUND: none from that day;
 * CONFLICT: in->version is not the stored one. */
Err status_correct(Ctx *c, ParticipantId participant, const StatusIn *in) MUST_USE;

typedef struct {
	int64_t n[STATUS_CODES]; /* by StatusCode */
	int64_t not_registered;
	int64_t total; /* admitted by the day: the sum of the above */
} StatusTable;

/* The status that holds on `from` begins on `to` instead; the caller knows that
 * no other comes to stand in its way, and audits. */
Err status_move(Ctx *c, ParticipantId participant, ProgrammeId programme, Date from, Date to) MUST_USE;
/* Of a programme, or of one partner (none: all), on a day. */
Err status_on(Ctx *c, ProgrammeId programme, OrganisationId partner, Date day, StatusTable *out) MUST_USE;

#endif
