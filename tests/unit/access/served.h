/* served: the program behind HTTP for a test: the small register of
 * tests/unit/feature, a user of every role, and a clock that the test turns.
 *
 * Users, all with PASSWORD: admin, leder (manager), aarhus and randers (contact
 * persons of those units), evaluator. Anna belongs to Aarhus.
 */
#ifndef TEST_SERVED_H
#define TEST_SERVED_H

#include "../feature/register.h"
#include "../http/client.h"
#include "access/dispatch.h"
#include "access/user.h"
#include "convert/convert.h"
#include "db/commit.h"

#include <stdatomic.h>

#define PASSWORD "en lang adgangskode"

enum { WHO_PUBLIC, WHO_ADMIN, WHO_MANAGER, WHO_AARHUS, WHO_RANDERS, WHO_EVALUATOR, WHO_COUNT };

typedef struct {
	const char *login;
	Role role;
	UserId id;
	Str session, csrf, token; /* of a session and a token made without logging in */
} Somebody;

typedef struct {
	Clock clock; /* first: it is one */
	_Atomic(Time) at;
} TurningClock;

typedef struct {
	TestRegister *register_;
	TurningClock clock;
	Arena *arena; /* answers and texts of the test */
	Convert convert;
	Dispatch *dispatch;
	HttpServer *server;
	uint16_t port;
	Somebody who[WHO_COUNT];
} Served;

/* Reads what a file's first word says: see served_reader.c. */
extern const ConvertReader served_reader;

/* Serves the tables; the list ends with NULL. */
void served_make(Served *s, const RouteTable *const *tables);
/* The same, where these roles (1u << Role) must have a second step. */
void served_make_strict(Served *s, const RouteTable *const *tables, unsigned second_roles);
void served_remove(Served *s);

void served_wait(Served *s, int64_t seconds);
/* A request by hand: method, target, header lines (each ending in \r\n), body. */
Reply served_ask(Served *s, const char *method, const char *target, const char *headers, Str body);
/* The same as somebody: by session, or by token under /api/. A form's CSRF token is sent along. */
Reply served_as(Served *s, int who, const char *method, const char *target, const char *type, Str body);
/* As the citizen, who comes in for it; in English. */
Reply served_citizen(Served *s, ParticipantId who, const char *method, const char *target, const char *body);
/* Asking for a page, and sending a form as urlencoded text. */
Reply served_get(Served *s, int who, const char *target);
Reply served_post(Served *s, int who, const char *target, const char *body);
/* "/borger/ID" and what stands below it. */
const char *served_path(Served *s, ParticipantId who, const char *below);
/* Logs in through the page; the cookie's secret, or STR_NONE when no session was given. */
Str served_login(Served *s, const char *login, const char *password, Reply *reply);
/* The value of a cookie that the answer sets; STR_NONE without. */
Str reply_cookie(Reply r, const char *name);
/* Rows of the audit with this action and outcome. */
int64_t served_audited(Served *s, const char *action, AuditOutcome outcome);
bool has(Str text, const char *part);

#endif
