/* dispatch: from an HTTP request to a handler, past every check, and back.
 *
 * Owns the compiled routes, the session cache, the thread pools for slow
 * handlers, for the guests' door, for passwords and for the network. What is checked, in which order, stands in
 * admit() of dispatch.c; nothing else lets a request in. Shared by all threads
 * of the server; made before it starts, freed after it has stopped.
 */
#ifndef ACCESS_DISPATCH_H
#define ACCESS_DISPATCH_H

#include "access/route.h"
#include "http/asset.h"

enum { BODY_MOST = 256 * 1024 }; /* bytes of a request without files */

typedef struct {
	struct Db *db; /* migrated, writer running */
	TenantId tenant;
	const Clock *clock;                     /* NULL: the system's */
	const RouteTable *const *tables;        /* ends with NULL */
	const AssetTable *assets;               /* NULL: none */
	struct Oidc *oidc;                      /* who else may say who somebody is; NULL: nobody */
	const struct Convert *convert;          /* the converters' broker; NULL: none runs */
	const struct MessageSettings *messages; /* how messages are sent; NULL: none are */
	unsigned second_roles;                  /* 1u << Role of those that must have a second step (second.h) */
	Err (*linked)(Ctx *c,
		      ParticipantId who); /* in the commit that links a login to a citizen; NULL: nothing more */
	bool secure;                      /* reached by https only: cookies say so */
	void (*log)(Ctx *c, Str line);    /* what went wrong inside; NULL: not told */
} DispatchConfig;

typedef struct Dispatch Dispatch;

/* INVALID with c->why: two routes of one method and pattern, or a route that
 * breaks a rule of route.h. */
Err dispatch_new(Ctx *c, const DispatchConfig *config, Dispatch **out) MUST_USE;
/* Finishes slow handlers under way. */
void dispatch_free(Dispatch *d);

/* For HttpConfig; `arg` is the Dispatch. */
void dispatch_handle(HttpExchange *x, void *arg);
void dispatch_refused(HttpExchange *x, void *arg);
size_t dispatch_body_limit(const HttpExchange *x, void *arg);

#endif
