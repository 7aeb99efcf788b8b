/* session: from a secret in a cookie or a header to the actor it stands for.
 *
 * Owns table session and a cache of known secrets, so that a request costs no
 * query. Only hashes of secrets are stored, in memory too. An entry is read
 * again after SESSION_FRESH_SECONDS, so that a user closed or a token revoked
 * by another process is heard of. A session ends SESSION_HOURS after login,
 * SESSION_IDLE_MINUTES after the last request, at logout, and when its user
 * changes the password. Safe from any thread; what is found is copied into
 * c->arena.
 */
#ifndef ACCESS_SESSION_H
#define ACCESS_SESSION_H

#include "access/actor.h"

enum {
	SESSION_IDLE_MINUTES = 60,
	SESSION_HOURS = 12,
	SESSION_SEEN_MINUTES = 5,   /* how often the last request is written down */
	SESSION_FRESH_SECONDS = 10, /* how long a cached entry is believed */
	SESSIONS_CACHED = 1024,
};

typedef struct Sessions Sessions;

Sessions *sessions_new(void);
void sessions_free(Sessions *s);

typedef struct {
	Actor actor;
	Str hash;        /* of the secret: what session_end takes; none for a token */
	Str guest;       /* of a guest's secret: what guest_leave takes; none for others */
	Str csrf;        /* none for a token */
	bool write_seen; /* the caller submits session_write_seen */
} Known;

/* NOT_FOUND: unknown, ended, idle for too long, user closed. Begins a read on
 * c->db when the cache does not know. */
Err session_find(Sessions *s, Ctx *c, Str secret, Known *out) MUST_USE;
Err token_find(Sessions *s, Ctx *c, Str secret, Known *out) MUST_USE;

/* Inside a commit job: a new session for the user; old ones that have ended
 * are removed. Audited as user.login, with the address it came `from`. */
Err session_start(Ctx *c, UserId user, Str login, Str from, Str *secret) MUST_USE;
/* Inside a commit job: ends it. Audited as user.logout. */
Err session_end(Ctx *c, Str hash) MUST_USE;
/* Inside a commit job: notes that it has been used now. */
Err session_write_seen(Ctx *c, Str hash) MUST_USE;

/* Forgets everything that is cached of the user; after the commit. */
void sessions_forget(Sessions *s, UserId user);

#endif
