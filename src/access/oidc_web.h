/* oidc_web: logging in with a provider, and linking one's account, or a citizen's own page, to it.
 *
 * The routes exist always; without a provider in the DispatchConfig they lead to
 * the login page, the account, the citizens' door and page, and these functions
 * write nothing, but for a citizen's link that can be removed.
 */
#ifndef ACCESS_OIDC_WEB_H
#define ACCESS_OIDC_WEB_H

#include "access/page.h"

extern const RouteTable oidc_routes;

/* On the login page: the other way in. `next`: where it leads on to. */
void oidc_write_way(Request *r, Html *h, Str next);
/* On the citizens' door: the same. */
void oidc_write_citizen_way(Request *r, Html *h);
/* On the citizen's page: linking, or removing the link. Needs a read. */
Err oidc_write_citizen_link(Ctx *c, Request *r, Html *h) MUST_USE;
/* On the account's page: what it is linked to. Needs a read. */
Err oidc_write_links(Ctx *c, Request *r, Html *h) MUST_USE;

/* What src/access/oidc.html shows. */
typedef struct {
	Str path, host, next;
} OidcWay;

typedef struct {
	Str title, message, back;
	bool links, citizen;
	bool nobodys; /* not known whether a user's or a citizen's */
} OidcRefused;

typedef struct {
	Str host, sealed;
	bool citizen;
} OidcGo;

typedef struct {
	Str host, csrf;
	bool linked;
	bool proved; /* the citizen has just come in by a code */
} OidcCitizenLink;

typedef struct {
	Str host, csrf;
	size_t n;
} OidcLinks;

#endif
