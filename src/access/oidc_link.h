/* oidc_link: which user an issuer's subject is, and that a login there counts once.
 *
 * Owns tables oidc_link and oidc_used. A subject belongs to one user at most; a
 * user may have several. Nothing but issuer and subject links them. Functions
 * that write run inside a commit job; oidc_link_add and those that remove audit
 * themselves, as user.link and user.unlink.
 */
#ifndef ACCESS_OIDC_LINK_H
#define ACCESS_OIDC_LINK_H

#include "access/oidc.h"
#include "access/user.h"
#include "oidc_sql.h"

/* CONFLICT: it belongs to another user. The same link twice is one. */
Err oidc_link_add(Ctx *c, UserId user, const OidcIdentity *who) MUST_USE;
/* NOT_FOUND: there is no such link of this user. */
Err oidc_link_remove(Ctx *c, UserId user, const OidcIdentity *who) MUST_USE;
/* All links of the user; there may be none. */
Err oidc_link_remove_all(Ctx *c, UserId user) MUST_USE;
/* NOT_FOUND: nobody's. A closed user is found: look at ->closed. */
Err oidc_link_find(Ctx *c, const OidcIdentity *who, User *out) MUST_USE;

/* Inside a commit job, as soon as the provider's answer comes: state and nonce
 * are used up. CONFLICT: there has been one already. */
Err oidc_use(Ctx *c, const OidcFlow *flow) MUST_USE;

#endif
