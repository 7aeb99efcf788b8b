/* oidc_link: which user or citizen an issuer's subject is, and that a login there counts once.
 *
 * Owns tables oidc_link, oidc_citizen and oidc_used. A subject belongs to one
 * user or one citizen at most, never to both; a user may have several, a citizen
 * has one, of which a keyed hash is kept (vault_blind). Nothing but issuer and
 * subject links them. When a citizen's is added or removed, the citizen's other
 * sessions end: whoever came in by another way is out. Functions that write run inside a commit job; those that
 * add and remove audit themselves, as user.link, user.unlink, guest.link and
 * guest.unlink.
 */
#ifndef ACCESS_OIDC_LINK_H
#define ACCESS_OIDC_LINK_H

#include "access/oidc.h"
#include "access/user.h"
#include "oidc_sql.h"

/* CONFLICT: it belongs to another user; DENIED: to a citizen. The same link twice is one. */
Err oidc_link_add(Ctx *c, UserId user, const OidcIdentity *who) MUST_USE;
/* NOT_FOUND: there is no such link of this user. */
Err oidc_link_remove(Ctx *c, UserId user, const OidcIdentity *who) MUST_USE;
/* All links of the user; there may be none. */
Err oidc_link_remove_all(Ctx *c, UserId user) MUST_USE;
/* NOT_FOUND: nobody's; DENIED: a citizen's. A closed user is found: look at ->closed. */
Err oidc_link_find(Ctx *c, const OidcIdentity *who, User *out) MUST_USE;

/* The citizen's login from now on, instead of an earlier one. `kept`: Known.guest of the session that goes on, or none.
 * CONFLICT: it belongs to another citizen; DENIED: to a user. */
Err oidc_citizen_add(Ctx *c, ParticipantId who, const OidcIdentity *identity, Str kept) MUST_USE;
/* There may be none. `kept` as above. */
Err oidc_citizen_remove(Ctx *c, ParticipantId who, Str kept) MUST_USE;
/* NOT_FOUND: nobody's; DENIED: a user's. */
Err oidc_citizen_find(Ctx *c, const OidcIdentity *identity, ParticipantId *out) MUST_USE;

/* Inside a commit job, as soon as the provider's answer comes: state and nonce
 * are used up. CONFLICT: there has been one already. */
Err oidc_use(Ctx *c, const OidcFlow *flow) MUST_USE;

#endif
