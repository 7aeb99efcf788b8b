/* password: Argon2id (RFC 9106), 64 MiB and 2 passes a try, by libsodium.
 *
 * Each call takes tens of milliseconds and 64 MiB: on a thread of its own, one
 * at a time, never within a commit job. Hashes carry their parameters, so that
 * these may be raised later. Safe from any thread.
 */
#ifndef CRYPTO_PASSWORD_H
#define CRYPTO_PASSWORD_H

#include "base/ctx.h"

enum { PASSWORD_BYTES_MOST = 1024 };

/* "$argon2id$v=19$…" in c->arena. LIMIT: longer than PASSWORD_BYTES_MOST; BUSY:
 * the system has no memory for it. */
Err password_hash(Ctx *c, Str password, Str *out) MUST_USE;
/* Takes as long for a hash that is none (empty: no such user) as for one that
 * does not fit, so that the time tells nothing. */
bool password_verify(Ctx *c, Str hash, Str password);

#endif
