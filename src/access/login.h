/* login: how a user shows who they are, and how often one may try.
 *
 * Shared by the pages of this room (login_web.c, account_web.c, second_web.c):
 * nothing here is for other rooms. Whoever tries too often waits (throttle.h); a
 * wrong try is in the audit. Passwords are checked on LANE_PASSWORD only, and so
 * are codes typed beside one, so that tries are counted one after the other.
 */
#ifndef ACCESS_LOGIN_H
#define ACCESS_LOGIN_H

#include "access/inside.h"
#include "access/user.h"

/* A try at something. */
typedef struct {
	const User *user; /* NULL: there is none of this login */
	Work *w;
	Str from;           /* address */
	const char *action; /* for the audit, when it fails */
} Try;

/* Whom the throttle counts failures of, besides the login: everybody at an
 * address, but for this machine, where all may come from a proxy; then none. */
Str try_address_key(Ctx *c, Str from);
/* INVALID, with 429 in w->status: an address that has failed too often waits, whatever it tries. */
Err try_address_may(Ctx *c, Work *w) MUST_USE;
/* INVALID, with 429 in t->w->status: this login, or the address, has to wait. */
Err try_may(Ctx *c, const Try *t, Str key) MUST_USE;
/* Counts what was tried, and notes a wrong try in the audit. */
Err try_counted(Ctx *c, const Try *t, Str key, bool right) MUST_USE;
/* What codes of a login are counted by: a right password does not set them back. */
Str try_code_key(Ctx *c, Str login);
/* Runs a job that uses up a code; INVALID of it is a wrong try. */
Err try_code(Ctx *c, const Try *t, Err (*work)(Ctx *c, void *arg), void *arg) MUST_USE;
/* The actor's own password, typed into `field`; t->user is filled in. INVALID: it is another one. */
Err try_own_password(Ctx *c, Try *t, User *user, const char *field, Str typed) MUST_USE;
/* A try from where the request came, of nobody yet. */
Try try_of(Request *r, const char *action);

/* Gives the browser the secret of a new session. */
void login_session(Ctx *c, Work *w, Str secret);
/* A new session for the actor or whoever has logged in. */
SessionStart login_start(const Request *r, UserId user, Str login);

/* Forms and handlers for the route table in account_web.c. */
extern const Form login_form, next_form, login_code_form, prove_form, second_code_form, second_remove_form;
Err login_page(Ctx *c, Request *r) MUST_USE;
Err login_post(Ctx *c, Request *r) MUST_USE;
Err login_code_page(Ctx *c, Request *r) MUST_USE;
Err login_code_post(Ctx *c, Request *r) MUST_USE;
Err logout_post(Ctx *c, Request *r) MUST_USE;
Err prove_page(Ctx *c, Request *r) MUST_USE;
Err prove_post(Ctx *c, Request *r) MUST_USE;
Err second_page(Ctx *c, Request *r) MUST_USE;
Err second_begin_post(Ctx *c, Request *r) MUST_USE;
Err second_confirm_post(Ctx *c, Request *r) MUST_USE;
Err second_codes_post(Ctx *c, Request *r) MUST_USE;
Err second_remove_post(Ctx *c, Request *r) MUST_USE;

typedef struct {
	Str next;
} NextIn;

#endif
