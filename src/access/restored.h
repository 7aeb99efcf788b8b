/* restored: nobody gets in by what a restored backup brings back.
 *
 * Sessions that were ended, codes that were used, tokens that were revoked and
 * logins at a provider that were removed since the backup stand in it as they
 * were. All of them end, also the logins that nobody removed: nobody can tell
 * which those are, and linking anew takes a minute. Passwords and authenticators
 * stay, and who is open stays so: how many are is told, so that a person looks.
 * Works on the tables of session, second, guest and oidc_link.
 */
#ifndef ACCESS_RESTORED_H
#define ACCESS_RESTORED_H

#include "base/ctx.h"

/* Inside a commit job, which audits: ends sessions and half-sessions, guests' sessions and codes, links to logins at a
 * provider, recovery codes and tokens. *users: how many can still log in. */
Err restored_end_access(Ctx *c, int64_t *users) MUST_USE;

#endif
