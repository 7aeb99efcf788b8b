/* users_web: who may log in: for administrators, who see no citizen here.
 *
 * Owns no table (access/user.h does). A new user's password is made by the
 * program and shown once, to be told on; so is one that replaces a forgotten
 * one.
 */
#ifndef FEATURE_USERS_WEB_H
#define FEATURE_USERS_WEB_H

#include "access/route.h"
#include "access/user.h"
#include "html/html.h"

extern const RouteTable users_routes;

/* One line of users.html. */
typedef struct {
	UserId id;
	Str login, name;
	int role;                    /* Role */
	Str programme, organisation; /* names; may be none */
	bool closed;
} UserLine;

typedef struct {
	const UserLine *at;
	size_t n;
} UserLines;

/* What stands under the form of one user. */
typedef struct {
	UserId id;
	Str login, csrf;
	bool closed;
} UserPage;

#endif
