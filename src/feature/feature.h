/* feature: what the feature rooms share: audit events and refusals that many
 * of them make. Stateless; results live in c->arena.
 */
#ifndef FEATURE_FEATURE_H
#define FEATURE_FEATURE_H

#include "access/policy.h"
#include "feature_sql.h"

#define NOBODY ((ParticipantId){ UUID_NONE })

/* Stores with the commit who did `action` ("contact.register") to what, and
 * about whom (NOBODY: no citizen). Only inside a commit job. */
Err feature_audit(Ctx *c, const char *action, const char *subject_kind, Uuid subject, ParticipantId about) MUST_USE;
/* Logs that the citizen's data were shown. */
Err feature_log_read(Ctx *c, const char *action, ParticipantId about) MUST_USE;
/* The actor's name, for what people read; none for the program itself. What is to tell actors apart is actor_login. */
Str feature_actor_name(const Ctx *c);

/* Notes a translated reason and returns ERR_CONFLICT. */
Err feature_conflict(Ctx *c, const char *field, const char *message) MUST_USE;
/* Optimistic locking: CONFLICT when `asked` is not the `stored` version, with
 * who changed it when that is known (`by` may be none). */
Err feature_check_version(Ctx *c, int64_t asked, int64_t stored, Time changed, Str by) MUST_USE;
/* CONFLICT when an update met no row: somebody else was faster. */
Err feature_check_changed(Ctx *c, int64_t rows) MUST_USE;

/* The citizen, if within the scope; else NOT_FOUND, as if there were none. */
Err feature_in_scope(Ctx *c, const Scope *scope, ParticipantId id, Person *out) MUST_USE;
/* The name, or what stands in its place when the citizen was erased. */
Str feature_name(const Ctx *c, Str name);
/* "/borger/0190…" with `below` behind it ("", "/kontakt"). */
Str feature_person_path(Ctx *c, ParticipantId id, const char *below);

/* For replace(name_sort, '}', 'aa') LIKE '%…%' ESCAPE '!': folded, wildcards
 * taken literally. None stays none. */
Str feature_like(Ctx *c, Str typed);

#endif
