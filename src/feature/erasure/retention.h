/* retention: how long a programme keeps people's data, and what happens then.
 *
 * Owns table retention_rule. A programme without a rule of its own has that of
 * its owner's kind: an NGO erases, a municipality (job centre) archives, since
 * it may not delete what the archives' authority has not released; a rule of
 * its that erases has to name that decision. RETENTION_MONTHS_USUAL is where a
 * programme begins, not what a law says: the controller decides.
 *
 * Archived: out of everyday reach. Who reaches one unit neither finds nor opens
 * the citizen any more; who reaches the whole programme does, by asking for the
 * archived. The numbers count them. What let the citizen or a company in, or
 * waits to be sent, ends with it (guest.h says how the citizen comes in later).
 *
 * Nothing happens by itself: somebody looks at the preview, and says so.
 * Results live in c->arena.
 */
#ifndef FEATURE_RETENTION_H
#define FEATURE_RETENTION_H

#include "base/field.h"
#include "feature/erasure/erasure_codes.h"
#include "retention_sql.h"

enum { RETENTION_MONTHS_USUAL = 12, RETENTION_MONTHS_MOST = 1200 };

typedef struct {
	int64_t months;
	int counted_from, what, keeps; /* RetentionFrom, RetentionWhat, ErasureKeeps */
	Str authority;                 /* what releases a municipality's data for deletion; may be none */
	int64_t version;               /* of what is changed; not looked at when the programme has no rule yet */
} RetentionIn;
extern const Form retention_form;

/* The programme's rule, or its kind's. Inside a read. */
Err retention_rule(Ctx *c, ProgrammeId programme, RetentionIn *out) MUST_USE;
/* Inside a commit job. INVALID: a municipality that erases and names no
 * decision; CONFLICT: somebody else has changed the rule. */
Err retention_set(Ctx *c, ProgrammeId programme, const RetentionIn *in) MUST_USE;

typedef struct {
	Uuid id;
	bool mentor, referral; /* referred and not admitted; neither: a participant */
	Str name;
	Date last; /* what its months are counted from */
	Date due;
	bool now; /* it is due */
} RetentionPerson;

typedef struct {
	RetentionPerson *at; /* the first due first */
	size_t n;
} RetentionPeople;

typedef struct {
	RetentionIn rule;
	Str programme;
	Date today;
	RetentionPeople people; /* who still has something to expect: not yet erased, or archived */
	int64_t due;            /* of them, now */
} RetentionPreview;

/* Inside a read. */
Err retention_preview(Ctx *c, ProgrammeId programme, RetentionPreview *out) MUST_USE;
/* Does what the preview says is due. `expected`: how many that were when it was
 * looked at; CONFLICT: they have become others. Outside reads and commits. */
Err retention_apply(Ctx *c, ProgrammeId programme, int64_t expected, int64_t *done) MUST_USE;

#endif
