/* session: from a secret in a cookie or a header to the actor it stands for.
 *
 * Owns table session and a cache of known secrets, so that a request costs no
 * query. Only hashes of secrets are stored, in memory too. An entry is read
 * again after SESSION_FRESH_SECONDS, so that a user closed or a token revoked
 * by another process is heard of. A session ends SESSION_HOURS after login,
 * SESSION_IDLE_MINUTES after the last request, at logout, and when its user
 * changes the password. It gets another secret when its user proves anew who
 * they are, and every SESSION_RENEW_HOURS; the one of before holds for
 * SESSION_FORMER_SECONDS, for requests under way. Safe from any thread; what is
 * found is copied into c->arena.
 */
#ifndef ACCESS_SESSION_H
#define ACCESS_SESSION_H

#include "access/actor.h"

enum {
	SESSION_IDLE_MINUTES = 60,
	SESSION_HOURS = 12,
	SESSION_SEEN_MINUTES = 5,   /* how often the last request is written down */
	SESSION_FRESH_SECONDS = 10, /* how long a cached entry is believed */
	SESSION_RENEW_HOURS = 2,
	SESSION_FORMER_SECONDS = 15,
	SESSION_BROWSER_MOST = 40,
	PROOF_MINUTES = 10, /* how long it counts that the user has proved who they are (route.h) */
	SESSIONS_CACHED = 1024,
};

typedef struct Sessions Sessions;

Sessions *sessions_new(void);
void sessions_free(Sessions *s);

typedef struct {
	Actor actor;
	SessionId session; /* none for a token, and so is what follows */
	Str hash;          /* of the session's secret */
	Str csrf;
	Time proved;     /* when the user has last shown all that logging in asks for, or the guest a code; TIME_NONE: a
			    guest who came by a provider */
	Time expires;    /* at the latest */
	bool second;     /* the user's codes count (second.h) */
	Str guest;       /* the hash of a guest's secret: what guest_leave takes; none for others */
	bool renew;      /* the secret is old: the caller submits session_renew */
	bool write_seen; /* the caller submits session_write_seen */
} Known;

/* NOT_FOUND: unknown, ended, idle for too long, user closed. Begins a read on
 * c->db when the cache does not know. */
Err session_find(Sessions *s, Ctx *c, Str secret, Known *out) MUST_USE;
Err token_find(Sessions *s, Ctx *c, Str secret, Known *out) MUST_USE;

typedef struct {
	UserId user;
	Str login;
	Str from;    /* address, for the audit */
	Str browser; /* what it calls itself; kept as browser_name makes it */
	Time proved; /* 0: now */
} SessionStart;

/* The functions that follow run inside a commit job. */

/* A new session for the user; old ones that have ended are removed. Audited as
 * user.login, with the address it came `from`. */
Err session_start(Ctx *c, const SessionStart *start, Str *secret) MUST_USE;
/* Ends it. Audited as user.logout. */
Err session_end(Ctx *c, SessionId id) MUST_USE;
/* Ends another one of the same user; one that has ended already has. NOT_FOUND: it is somebody else's. */
Err session_revoke(Ctx *c, UserId user, SessionId id) MUST_USE;
/* Ends all of the user's but this one; how many those were. */
Err session_revoke_others(Ctx *c, UserId user, SessionId kept, int64_t *ended) MUST_USE;
/* Another secret; forget the user after the commit. NOT_FOUND: somebody was
 * faster, who has it. */
Err session_renew(Ctx *c, const Known *known, Str *secret) MUST_USE;
/* The user has proved anew who they are, `from` an address: another secret, too. */
Err session_prove(Ctx *c, const Known *known, Str from, Str *secret) MUST_USE;
/* Notes that it has been used now. */
Err session_write_seen(Ctx *c, SessionId id) MUST_USE;

/* "Firefox, Windows" of a User-Agent; its first word when it is none that is
 * known. Letters, digits, point and hyphen only; at most SESSION_BROWSER_MOST. */
Str browser_name(Arena *a, Str user_agent);

/* Forgets everything that is cached of the user; after the commit. */
void sessions_forget(Sessions *s, UserId user);

#endif
