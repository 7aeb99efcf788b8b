/* account: logging in and out, one's own account, the pages that all may see. */
#ifndef ACCESS_ACCOUNT_H
#define ACCESS_ACCOUNT_H

#include "access/page.h"
#include "html/html.h"

extern const RouteTable access_routes;
/* The door for citizens and companies (guest.h). */
extern const RouteTable guest_routes;

/* Shown again after bad input to one of its forms. */
Err account_page(Ctx *c, Request *r) MUST_USE;
/* One of its forms: problems are shown in the one that was sent. */
void account_form(Ctx *c, Request *r, Html *h, const FormView *view);
/* The actor's own password, typed once more, in LANE_PASSWORD. INVALID, with a
 * problem of `field`: another one, or tried too often; counted, and in the audit
 * as a failed `action`. */
Err account_confirm(Ctx *c, Request *r, const char *field, Str typed, const char *action) MUST_USE;

/* What src/access/account.html shows. */
typedef struct {
	TokenId id;
	Str name;
	Time created;
	bool revoked;
} TokenLine;

typedef struct {
	const TokenLine *at;
	size_t n;
} TokenLines;

typedef struct {
	Str login, name, csrf;
	const char *role;
	TokenLines tokens;
} AccountModel;

#endif
