/* witness: where the audit trail stood, signed, and noted outside the database.
 *
 * The chain alone shows a change by somebody who does not reckon the hashes
 * anew. Whoever owns the database could; so its head is signed and written to
 * a file that should stand elsewhere (another disk, append-only, or copied
 * away). Each head is a line:
 *
 *   rampe-head 1 TENANT SEQ HASH TIME SIGNATURE
 *
 * SIGNATURE is Ed25519 over all before it and its blank, by the keyring's audit
 * key. A thread notes heads that have moved every WITNESS_SECONDS, and the last
 * ones when it ends: entries younger than that can be cut off unseen. Each run
 * notes where it ends, also when nothing has moved since the one before.
 */
#ifndef DB_WITNESS_H
#define DB_WITNESS_H

#include "crypto/keyring.h"
#include "db/commit.h"

enum { WITNESS_SECONDS = 60, WITNESS_LINE_MOST = 400, WITNESS_HEADS_MOST = 2000000 };

/* What one head says of c->tenant. */
typedef struct {
	int64_t seq;
	unsigned char hash[32];
} NotedHead;

typedef struct {
	NotedHead *at; /* ascending by seq */
	size_t n;
	int64_t torn; /* lines that are no head: a machine stopped while it wrote */
} NotedHeads;

/* Begins to note the heads of `db` in the file, which is made when missing.
 * db_close ends it, after the writer. IO: the file cannot be written. */
Err witness_start(Ctx *c, Db *db, const Keyring *keyring, Str path) MUST_USE;

/* The heads of c->tenant in a file, in c->arena. NOT_FOUND: no file; INVALID:
 * a head whose signature does not fit, told as a problem with its row; LIMIT. */
Err witness_read(Ctx *c, Str path, const unsigned char public_key[SIGN_PUBLIC], NotedHeads *out) MUST_USE;

/* audit_verify, and the trail must hold what was noted: every head at its place. */
Err witness_verify(Ctx *c, const NotedHeads *noted, AuditCheck *out) MUST_USE;

#endif
