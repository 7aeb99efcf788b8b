/* audit: one entry of the audit trail, as it is stored and as it is hashed.
 *
 * The hash of an entry covers the hash before it, the tenant, the seq and every
 * column, in one canonical form (crypto/chain.h): changing, removing, adding or
 * moving an entry breaks the chain from there on. Pure.
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

#endif
