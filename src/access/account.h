/* account: logging in and out, one's own account, the pages that all may see. */
#ifndef ACCESS_ACCOUNT_H
#define ACCESS_ACCOUNT_H

#include "access/route.h"
#include "html/html.h"

extern const RouteTable access_routes;
/* The door for citizens and companies (guest.h). */
extern const RouteTable guest_routes;

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
