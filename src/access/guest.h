/* guest: those who come in without being users, a citizen to the own page, a company to the sheet it was sent.
 *
 * Owns tables guest_code and guest_session. A code has 12 letters and digits by
 * chance (60 bits) and is stored as its hash. A citizen's is handed over in a
 * talk, or sent as a link; it lets in once, within GUEST_CODE_DAYS, together
 * with the birthday, and is of no use after GUEST_TRIES wrong ones. A company's
 * opens its sheet, until GUEST_SHEET_DAYS have passed. A new code ends earlier
 * ones. A citizen who has linked a login at a provider (oidc_link.h) comes in by
 * that, too. Archiving a citizen ends all of it; afterwards the citizen comes in
 * as before, by a linked login or a new code, since the right to see and to say
 * no remains, and a company does not. A session lasts GUEST_MINUTES. What a guest may is policy.h's to say;
 * whose page it is stands in the Actor, never in an address.
 */
#ifndef ACCESS_GUEST_H
#define ACCESS_GUEST_H

#include "access/session.h"
#include "guest_sql.h"

enum { GUEST_CODE_DAYS = 7, GUEST_SHEET_DAYS = 30, GUEST_TRIES = 5, GUEST_MINUTES = 60 };
/* How long the browser keeps the cookie: what was typed when the session had ended is given back to whoever has it. */
enum { GUEST_COOKIE_HOURS = 24 };

/* Inside a commit job: a code for ROLE_CITIZEN, or for ROLE_COMPANY and its sheet; shown once, as "abcd-efgh-jkmn".
 * Audited as guest.invite. */
Err guest_invite(Ctx *c, Role role, ParticipantId who, SheetId sheet, Str *code) MUST_USE;
/* Inside a commit job, which audits: every code and session of this role that opens something of the citizen's. */
Err guest_end(Ctx *c, Role role, ParticipantId who) MUST_USE;
/* Inside a commit job: the citizen's own codes and sessions. Audited as guest.end. */
Err guest_end_own(Ctx *c, ParticipantId who) MUST_USE;
/* Inside a commit job, which audits: the citizen's own sessions but for `kept` (Known.guest), which may be none. */
Err guest_end_others(Ctx *c, ParticipantId who, Str kept) MUST_USE;

/* Needs a read. NOT_FOUND: no such code, or it is of no use any more. */
Err guest_look(Ctx *c, Str code, GuestCode *out) MUST_USE;
/* Needs a read. Whether it was ever a code: one that is of no use any more has not been guessed. */
Err guest_was(Ctx *c, Str code, bool *out) MUST_USE;
/* Inside a commit job: a session for the code. `born` counts for a citizen's. *right is false, and a try is
 * counted, when it is wrong. Audited as guest.login. */
Err guest_enter(Ctx *c, Str code, Date born, bool *right, Str *secret) MUST_USE;
/* Inside a commit job: a session for the citizen whom a provider has named, `by` the provider. Audited as
 * guest.login, without an address: the entry names the citizen, and outlives an erasure. */
Err guest_enter_named(Ctx *c, ParticipantId who, Str by, Str *secret) MUST_USE;
/* Begins a read on c->db. NOT_FOUND: unknown, or ended. */
Err guest_find(Ctx *c, Str secret, Known *out) MUST_USE;
/* Inside a commit job. Audited as guest.logout. */
Err guest_leave(Ctx *c, Str hash) MUST_USE;

#endif
