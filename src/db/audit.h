/* audit: one entry of the audit trail, as it is stored, hashed and told.
 *
 * The hash of an entry covers the hash before it, the tenant, the seq and every
 * column, in one canonical form (crypto/chain.h): changing, removing, adding or
 * moving an entry breaks the chain from there on. What reads the trail begins
 * its own read, and is for those who may see who has done what.
 */
#ifndef DB_AUDIT_H
#define DB_AUDIT_H

#include "crypto/chain.h"
#include "db/commit.h"

typedef struct {
	int64_t seq; /* 1, 2, ... per tenant */
	Time at;
	Uuid actor;       /* may be none */
	Str actor_name;   /* may be none */
	Str action;       /* code */
	Str subject_kind; /* may be none */
	Uuid subject;     /* may be none */
	Uuid participant; /* may be none */
	Str purpose;      /* may be none */
	AuditOutcome outcome;
	Str detail; /* may be none */
	Str hash;   /* CHAIN_HASH bytes */
} AuditRow;

/* The hash that row must carry after `before`. */
void audit_hash(const ChainHash *before, TenantId tenant, const AuditRow *row, ChainHash *out);

/* The entry at `seq` of c->tenant. NOT_FOUND. */
Err audit_read_entry(Ctx *c, int64_t seq, AuditRow *out) MUST_USE;
/* Everything about a citizen, oldest first; the row is valid during the call. Within a read of the caller's, who may
 * want to look up more in the same state. */
Err audit_read_about(Ctx *c, ParticipantId who, Err (*fn)(void *arg, const AuditRow *row), void *arg) MUST_USE;

#endif
