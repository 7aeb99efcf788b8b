/* route: one line per thing that can be asked for, with its permission.
 *
 * A feature room exports one RouteTable; src/app/features.c lists them. The
 * same lines make the dispatcher's checks, the menu, /api/openapi.json and the
 * authorization matrix that the tests walk.
 *
 *   static const Route routes[] = {
 *           ROUTE(GET, "/borger/{participant}/forloeb", placement_new, MAY(REGISTER, OWN_UNIT), NULL),
 *           ROUTE(POST, "/borger/{participant}/forloeb", placement_post, MAY(REGISTER, OWN_UNIT), &placement_form,
 *                 .again = placement_new),
 *           ROUTE(POST, "/api/v1/contacts", contact_api_post, MAY(REGISTER, OWN_UNIT), &contact_form,
 *                 .summary = N_("Registers a contact"), .answer = 201),
 *   };
 *   const RouteTable placement_routes = ROUTES(routes);
 *
 * Before a handler runs, the dispatcher has checked: method, session (or, under
 * /api/, bearer token), CSRF, permission, for `.proof` that the actor has just
 * proved who they are (a token counts as proof for what only asks, never for what
 * changes something), that every {parameter} is a UUID and
 * a {programme} within scope, and the form: the query for GET and DELETE, the
 * body (form or, under /api/, JSON without unknown keys) otherwise. Bad input
 * never reaches a handler, let alone the writer.
 *
 * Lanes. GET runs on a reader's snapshot (c->conn), at once. POST, PUT, PATCH
 * and DELETE run as a commit job on the writer: keep them short, call
 * commit_audit, fill the answer; it leaves when the commit is durable.
 * LANE_READ is for a POST that only asks (what may not stand in an address): it
 * runs as GET does. LANE_SLOW runs on a pool thread without a connection: begin your own read,
 * call commit_run to write; one at a time for each user, citizen or company's code,
 * so that nobody takes both threads; a few more wait, then it is 429 (busy.h). LANE_DOOR and LANE_PASSWORD have a
 * thread each, and so one at a time of all: where guests' codes are tried, and whatever makes or checks a password.
 * LANE_NETWORK is the same on two threads of its own: whatever waits for another program, so that nobody else has to.
 *
 * What a handler returns becomes the answer, a page or JSON in the user's
 * language with all problems: INVALID 422 (malformed: 400), DENIED 403,
 * NOT_FOUND 404, CONFLICT 409, LIMIT 413, BUSY and DB 503, other 500; nobody
 * logged in: the login page, under /api/ 401; wrong media type 415. DENIED is in the audit first, and so is NOT_FOUND
 * for a citizen whom the scope does not reach. After INVALID or CONFLICT from a page's POST, or DENIED for what stands
 * in one field, `again` is called on a reader's snapshot to show the page once more, with what was typed (page_form
 * does that) and status 422 or 409 and r->in NULL; so it is, with 200, when a button named "find" was pressed
 * (FormOptions.find), and the handler does not run; without `again` a plain page with the form is made.
 */
#ifndef ACCESS_ROUTE_H
#define ACCESS_ROUTE_H

#include "access/consent_codes.h"
#include "access/policy.h"
#include "access/shape.h"
#include "base/field.h"
#include "http/http.h"
#include "http/route.h"

typedef struct Request Request;
typedef Err (*Handler)(Ctx *c, Request *r);

typedef enum { LANE_BY_METHOD, LANE_READ, LANE_SLOW, LANE_DOOR, LANE_PASSWORD, LANE_NETWORK } Lane;

typedef struct {
	Operation operation;
	Reach reach; /* the least the actor must have */
} Permission;

typedef struct Route {
	HttpMethod method;
	const char *pattern;
	Handler handler;
	const char *name; /* the handler's, for logs, OpenAPI and the matrix */
	Permission may;
	const Form *form; /* NULL: takes no input */
	Lane lane;
	Handler again;        /* shows a page's form after bad input */
	const char *summary;  /* English, N_(): what it does; required under /api/ */
	int answer;           /* status of success; 0: 200 */
	const Shape *gives;   /* what the JSON of success looks like, for OpenAPI; NULL: not described there */
	const char *menu;     /* English, N_(): stands in the menu for those who may */
	int menu_place;       /* menu entries ascend: 10, 20, ... */
	int consent;          /* NEEDS(PURPOSE): of the {participant}, to the {company} where there is one; 0: none */
	bool words;           /* parameters are words, not UUIDs: request_word */
	bool upload;          /* takes multipart files, up to UPLOAD_MOST; convert_read reads them, never the server */
	const char *produces; /* media type for OpenAPI; NULL: application/json */
	bool shared;          /* nothing personal in it: the browser may keep it a while */
	bool proof;           /* only within PROOF_MINUTES after the user has shown who they are */
	const char *left;     /* of a way out: where it leads whoever has gone already, instead of 401 */
	bool early;           /* open to whoever must set up a second step first */
} Route;

enum { UPLOAD_MOST = 8 * 1048576 }; /* bytes */

typedef struct {
	const Route *routes;
	size_t n;
} RouteTable;

/* The permission cannot be left out: ROUTE takes four things before the form. */
#define ROUTE(http_method, path, function, permission, ...)                                    \
	{                                                                                      \
		HTTP_##http_method, path, function, #function, permission, .form = __VA_ARGS__ \
	}
#define MAY(op, least)                  \
	{                               \
		OP_##op, REACH_##least, \
	}
/* Without the citizen's consent the route does not exist: 403, whoever asks. */
#define NEEDS(purpose) (CONSENT_##purpose + 1)
#define ROUTES(list)                                   \
	{                                              \
		list, sizeof(list) / sizeof((list)[0]) \
	}

/* A request that has passed all checks; lives in c->arena. */
struct Request {
	HttpExchange *x; /* headers, files of an upload: form_file(&r->x->in.form, …) */
	const Route *route;
	RouteMatch match;
	Scope scope; /* for route->may.operation: bind it into the SQL */
	void *in;    /* the parsed form: struct of route->form; NULL without */
	bool api;    /* under /api/: answers are JSON */
	int again;   /* status when called as `again`: 422 or 409; 200 to find choices; 0 otherwise */
	bool denied; /* with `again`: the handler denied it for what stands in one field */
	Str csrf;    /* for forms made by hand: <input type="hidden" name="csrf" value=…> */
	void *own;   /* the dispatcher's */
};

/* {name} of the pattern, checked already. ParticipantId who = { request_id(r, "participant") }; */
Uuid request_id(const Request *r, const char *name);
/* The same of a route with .words = true. */
Str request_word(const Request *r, const char *name);
/* What was typed into a field of the body, STR_NONE without (for `again`). */
Str request_typed(const Request *r, const char *name);
/* A short text that may stand in no address (a name searched for), so that it
 * may: sealed for the actor until the program ends. LIMIT: longer than 512 bytes. */
Err request_seal(Ctx *c, const Request *r, Str text, Str *out) MUST_USE;
/* NOT_FOUND: not sealed for this actor by this run of the program. */
Err request_unseal(Ctx *c, const Request *r, Str sealed, Str *out) MUST_USE;
/* True for htmx asking for a part of a page (HX-Request, not boosted). */
bool request_partial(const Request *r);

/* Whom it is about, where neither the address nor a field named "participant" says so: a denial, or that the citizen is
 * out of reach, is told of that citizen. */
void request_about(Request *r, ParticipantId who);

/* When the handler is done, and its commit durable, what is kept in memory of
 * the user is forgotten: a changed role or a closed user counts at once. */
void request_forget(Request *r, UserId user);

/* Answers. Each returns OK, so that `return answer_…(…)` reads well. */

/* JSON: the buffer to write the document into; status from route->answer. */
Buf *answer_json(Request *r);
/* Another media type, as a file to save when `filename` is not NULL. */
Buf *answer_file(Request *r, const char *content_type, const char *filename);
/* The answer of a read leaves when this entry is in the audit, once per request:
 * for what shows many people at once. (A citizen's own page is logged by
 * commit_log_read, and need not wait.) The texts live in c->arena. */
void answer_audited(Request *r, const AuditEvent *event);
/* 303 to a path of this site; `notice` (English, N_(), or NULL) is shown there. */
Err answer_redirect(Request *r, Str path, const char *notice);

#endif
