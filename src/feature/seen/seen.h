/* seen: who has looked at what is registered about a citizen, or changed it.
 *
 * Reads the audit log (db/audit.h), which has no index by citizen on purpose:
 * it grows with every reading, and few ask. What an entry was is said in words,
 * by its code. Stateless; results live in c->arena.
 */
#ifndef FEATURE_SEEN_H
#define FEATURE_SEEN_H

#include "base/ids.h"
#include "db/commit.h"

enum { SEEN_MOST = 200 };

typedef struct {
	Time at;
	const char *to_citizen; /* what happened, in words to the citizen; not yet translated */
	const char *to_staff;   /* the same, about the citizen */
	const char *role;       /* who, without a name; not yet translated */
	Str actor;              /* who, as the log has it */
	AuditOutcome outcome;
} SeenLine;

typedef struct {
	SeenLine *at;
	size_t n;
	size_t all; /* how many there are */
} SeenLines;

/* The newest SEEN_MOST. Begins its own read. */
Err seen_newest(Ctx *c, ParticipantId who, SeenLines *out) MUST_USE;

#endif
