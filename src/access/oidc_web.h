/* oidc_web: logging in with a provider, and linking one's account to it.
 *
 * The routes exist always; without a provider in the DispatchConfig they lead
 * to the login page and the account, and these functions write nothing.
 */
#ifndef ACCESS_OIDC_WEB_H
#define ACCESS_OIDC_WEB_H

#include "access/page.h"

extern const RouteTable oidc_routes;

/* On the login page: the other way in. `next`: where it leads on to. */
void oidc_write_way(Request *r, Html *h, Str next);
/* On the account's page: what it is linked to. Needs a read. */
Err oidc_write_links(Ctx *c, Request *r, Html *h) MUST_USE;

/* What src/access/oidc.html shows. */
typedef struct {
	Str host, next;
} OidcWay;

typedef struct {
	Str host, sealed;
} OidcGo;

typedef struct {
	Str host, csrf;
	size_t n;
} OidcLinks;

#endif
