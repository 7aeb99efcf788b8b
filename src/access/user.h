/* user: those who may log in, their passwords and API tokens.
 *
 * Owns tables app_user and api_token. Passwords are kept as Argon2id hashes
 * (slow to make: never within a commit job), tokens as hashes of their secret.
 * Functions that write run inside a commit job and audit themselves. Results
 * live in c->arena. Changing a user while a server runs in another process
 * takes effect there within SESSION_FRESH_SECONDS (session.h).
 */
#ifndef ACCESS_USER_H
#define ACCESS_USER_H

#include "access/actor.h"
#include "base/field.h"
#include "user_sql.h"

enum {
	PASSWORD_LEAST = 10, /* characters */
	PASSWORD_MOST = 200,
	LOGIN_MOST = 60,
	TOKEN_NAME_MOST = 60,
};

typedef struct {
	Str login; /* letters, digits, . - _ @; kept in lower case */
	Str name;
	int role; /* a Role that users have: up to ROLE_LAST_USER, but not ROLE_PUBLIC */
	OrganisationId organisation;
	ProgrammeId programme;
	MemberId member;
	int lang;        /* a Lang */
	int64_t version; /* of what is changed; not looked at when added */
} UserIn;
extern const Form user_form;
extern const EnumTable lang_table;

/* INVALID: too short, too long, or the login itself. */
Err user_check_password(Ctx *c, Str login, Str password) MUST_USE;
/* Argon2id; tens of milliseconds and 64 MB. Calls user_check_password first. */
Err user_hash_password(Ctx *c, Str login, Str password, Str *hash) MUST_USE;

/* A password that nobody has chosen, to be told to a new user once: 16 letters
 * and digits that cannot be taken for each other, in groups (80 bits). */
Str user_initial_password(Ctx *c);

/* INVALID: the login has other characters or is what the audit calls those who
 * are no users ("citizen", "cli"), the role needs a programme or a unit
 * that is missing, there is no such programme, unit or member, a contact
 * person's unit is no partner of the programme, the member is of another
 * programme or unit; CONFLICT: the login is taken. `hash` may be empty: no
 * password works. */
Err user_add(Ctx *c, const UserIn *in, Str hash, UserId *out) MUST_USE;
/* Everything but the login. The same, and INVALID when no administrator would
 * be left, CONFLICT when in->version is not the stored one. Forget the user
 * (session.h, route.h) after the commit. */
Err user_change(Ctx *c, UserId id, const UserIn *in) MUST_USE;
/* What a form for changing shows. */
UserIn user_in(const User *row);
/* Ends the user's sessions; somebody else's doing (a reset) revokes the tokens, too. */
Err user_change_password(Ctx *c, UserId user, Str hash) MUST_USE;
Err user_change_lang(Ctx *c, UserId user, Lang lang) MUST_USE;
/* Nobody can log in by it any more, and its tokens end; the row stays, because
 * the audit names it. INVALID: no administrator would be left. */
Err user_close(Ctx *c, UserId user) MUST_USE;
/* NOT_FOUND; any case. */
Err user_find(Ctx *c, Str login, User *out) MUST_USE;
/* How many users the tenant has, closed ones included. */
Err user_count(Ctx *c, size_t *n) MUST_USE;
/* A new token: `secret` is shown once and never again. */
Err user_add_token(Ctx *c, UserId user, Str name, Str *secret) MUST_USE;
/* NOT_FOUND: not this user's, or revoked already. */
Err user_revoke_token(Ctx *c, UserId user, TokenId token) MUST_USE;

#endif
