/* account: logging in and out, one's own account, the pages that all may see. */
#ifndef ACCESS_ACCOUNT_H
#define ACCESS_ACCOUNT_H

#include "access/page.h"
#include "access/second.h"
#include "html/html.h"

extern const RouteTable access_routes;
/* The door for citizens and companies (guest.h). */
extern const RouteTable guest_routes;

/* Shown again after bad input to one of its forms. */
Err account_page(Ctx *c, Request *r) MUST_USE;
/* One of its forms: problems are shown in the one that was sent. */
void account_form(Ctx *c, Request *r, Html *h, const FormView *view);

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

/* A session, which to its user is a browser. */
typedef struct {
	SessionId id;
	Str browser;
	Time begun, seen;
	bool current;
} BrowserLine;

typedef struct {
	const BrowserLine *at;
	size_t n;
} BrowserLines;

typedef struct {
	Str login, name, csrf;
	const char *role;
	bool second;
	TokenLines tokens;
	BrowserLines browsers;
} AccountModel;

/* What src/access/second.html shows. */
typedef struct {
	Str csrf;
	bool required;    /* by the role */
	Str secret;       /* in groups; none but while it is to be confirmed */
	HtmlSafe picture; /* the same as a QR code */
	int64_t codes_left;
} SecondModel;

#endif
