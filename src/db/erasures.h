/* erasures: who has been erased, noted outside the register and its key store.
 *
 * A backup that is restored brings back whoever was erased since; so every
 * erasure is noted, before anything else of it happens, in a file that no
 * backup replaces, and restoring does it once more. A line each, without names:
 *
 *   rampe-erasure 1 TENANT PERSON TIME HOW SIGNATURE
 *
 * HOW is a word of feature/erasure. SIGNATURE is Ed25519 over all before it and
 * its blank, by the keyring's audit key: nobody is erased because somebody
 * could write to the file. Any thread; c->db needs its vault.
 */
#ifndef DB_ERASURES_H
#define DB_ERASURES_H

#include "base/ctx.h"

enum { ERASURES_MOST = 1000000, ERASURE_LINE_MOST = 400 };

typedef struct {
	Uuid person;
	Time at;
	Str how;
} NotedErasure;

typedef struct {
	NotedErasure *at; /* as they were noted */
	size_t n;
	int64_t torn; /* lines that are no erasure: a machine stopped while it wrote, or somebody has changed them */
} NotedErasures;

/* Durable when it returns. `how`: small letters. IO: it could not be noted, and nobody may be erased. */
Err erasures_note(Ctx *c, Uuid person, Str how) MUST_USE;
/* Those of c->tenant; none when there is no file. INVALID: a line that the audit key has not
 * signed, told as a problem with its row; LIMIT; IO. */
Err erasures_read(Ctx *c, NotedErasures *out) MUST_USE;

#endif
