/* second: the second step of logging in: codes of an authenticator, recovery
 * codes, and the half-session between password and code.
 *
 * Owns tables user_totp, recovery_code, half_session. The secret of the codes is
 * sealed (vault_seal_user); it counts once a code of it has been given. A code
 * (crypto/totp.h) is taken once: the step it was of is kept, and nothing up to
 * that one is taken again. Recovery codes have 79 random bits and are stored as
 * hashes, by the same generator as first passwords. A half-session is no session: nothing but the page that asks for
 * the code looks it up. The time is c->clock's: a server with --today wants the codes of that day. Functions that write
 * run inside a commit job and audit themselves; whoever lets a user try counts the tries (throttle.h). Results live in
 * c->arena. Forget the user (session.h) after what turns the step on or off.
 */
#ifndef ACCESS_SECOND_H
#define ACCESS_SECOND_H

#include "access/actor.h"

enum {
	RECOVERY_CODES = 10,
	HALF_MINUTES = 5,
	CODE_MOST = 40, /* characters of what is typed */
};

typedef enum { SECOND_OFF, SECOND_BEGUN, SECOND_ON } SecondState;

typedef struct {
	SecondState state;
	Str secret;         /* in base32, while it is to be confirmed; none otherwise */
	int64_t codes_left; /* recovery codes not used */
} Second;

typedef struct {
	Str text;
} RecoveryCode;

typedef struct {
	RecoveryCode *at;
	size_t n;
} RecoveryCodes;

/* Inside a read or a job. */
Err second_get(Ctx *c, UserId user, Second *out) MUST_USE;
/* A new secret, in place of one that is not confirmed yet. CONFLICT: the step is on. */
Err second_begin(Ctx *c, UserId user) MUST_USE;
/* Turns it on, with its first recovery codes. INVALID (field "code"): this is no
 * code of the secret; NOT_FOUND: not begun, or on already. */
Err second_confirm(Ctx *c, UserId user, Str code, RecoveryCodes *out) MUST_USE;
/* Uses up what was typed: a code, or a recovery code (*recovery), in any case and
 * with blanks or hyphens. INVALID (field "code"): neither, or used already. */
Err second_use(Ctx *c, UserId user, Str typed, bool *recovery) MUST_USE;
/* Ten new recovery codes; those of before are gone. NOT_FOUND: the step is off. */
Err second_renew_codes(Ctx *c, UserId user, RecoveryCodes *out) MUST_USE;
/* Turns it off. NOT_FOUND: it is off. */
Err second_remove(Ctx *c, UserId user) MUST_USE;
/* The same for a user who has lost everything: ends the user's sessions, too. */
Err second_reset(Ctx *c, UserId user) MUST_USE;

/* The password was right: `secret` stands for that, for HALF_MINUTES. Audited
 * with the address it came `from`. */
Err half_start(Ctx *c, UserId user, Str login, Str from, Str *secret) MUST_USE;
/* Whose it is. NOT_FOUND: unknown or ended. */
Err half_find(Ctx *c, Str secret, UserId *out) MUST_USE;
Err half_end(Ctx *c, Str secret) MUST_USE;

#endif
