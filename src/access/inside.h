/* inside: what the files of this room share about a request under way. */
#ifndef ACCESS_INSIDE_H
#define ACCESS_INSIDE_H

#include "access/busy.h"
#include "access/dispatch.h"
#include "access/layout.h"
#include "access/oidc.h"
#include "access/page.h"
#include "access/session.h"
#include "access/throttle.h"
#include "crypto/seal.h"
#include "format/json.h"
#include "http/pool.h"

#include <stdatomic.h>

#define COOKIE_SESSION "rampe_session"
#define COOKIE_GUEST "rampe_guest"   /* of citizens and companies */
#define COOKIE_HALF "rampe_half"     /* between password and code */
#define COOKIE_CSRF "rampe_csrf"     /* of visitors, for the login form */
#define COOKIE_LANG "rampe_lang"     /* language chosen before login, or on this machine */
#define COOKIE_NOTICE "rampe_notice" /* text to show on the next page */

enum { NEXT_MOST = 500 }; /* bytes of where a login leads on to */

struct Dispatch {
	DispatchConfig config;
	Arena *arena;
	const Route **routes;
	size_t n;
	Router *router;
	Sessions *sessions;
	Throttle *throttle;
	Pool *slow, *forms, *door, *password, *network;
	Busy *busy;         /* with what is slow */
	SealKey seal_key;   /* for what stands in addresses */
	const Route **menu; /* entries of the menu, in order */
	size_t menu_n;
	Layout frame;             /* what is the same on every page */
	atomic_bool made_up;      /* some programme's people are */
	_Atomic(Time) made_up_at; /* when that was asked */
};

/* What stands before what was asked for: a page that leads on to it. */
typedef enum { FIRST_NOTHING, FIRST_PROOF, FIRST_SECOND } First;

/* A request under way, from dispatch_handle to http_answer. */
typedef struct {
	Request r;
	Dispatch *d;
	Known known;             /* who asks; zero for visitors */
	int status;              /* refused with this status, or 200: show the form again; 0: as the Err says */
	bool plain;              /* refused before the form was looked at: no form to show again */
	First first;             /* refused until that is done */
	bool later;              /* another thread answers */
	Uuid busy;               /* whose slow job this is, until the handler has ended; none: nobody's */
	Err outcome;             /* of the handler */
	bool noted;              /* the audit knows that this was denied, or has been asked */
	bool unreached;          /* noted, or looked at, because something was not found */
	Err refused;             /* what the answer says then */
	ParticipantId about;     /* whom the handler says the request is about; none: it does not */
	const AuditEvent *entry; /* to be in the audit before the answer leaves; NULL: none */
	Str renewed;             /* secret of the session from now on; none: the same */
	UserId forget;           /* after the commit: the cache forgets this user */
	JsonValue json;          /* the body under /api/ */
	Html *html;              /* of the page being written */
	Layout *layout;          /* its frame; NULL: htmx asked for the content alone */
} Work;

Work *work_of(const Request *r);

/* lanes.c: runs the handler and answers; `w` must not be touched afterwards. */
void work_run(Work *w);
/* Answers with an error, on any thread but the writer's. */
void work_refuse(Work *w, Err e);

/* input.c: reads the input of the route into r->in. INVALID, w->status 400
 * or 415 when it is not even well-formed. */
Err input_read(Ctx *c, Work *w) MUST_USE;

/* answer.c */
int answer_status(const Work *w, Err e);
/* Empties what a handler has filled in. */
void answer_reset(Work *w);
/* JSON or a page about `status`, with the problems of c. */
void answer_error(Ctx *c, Work *w, int status);
/* Headers that every answer has. */
void answer_headers(Work *w);
/* Those of them that files of the interface have, too. */
void answer_headers_always(HttpExchange *x, const DispatchConfig *config);
void answer_cookie(Work *w, const char *name, Str value, int64_t max_age);
/* The session's secret, which the browser keeps until the session ends. */
void answer_session(Ctx *c, Work *w, Str secret, Time expires);
/* The page that w->first leads to, and from there back to what was asked for. */
Str answer_first(Ctx *c, const Work *w);

/* page.c: fills d->frame, once. */
void page_frame(Dispatch *d);
/* Whose page it is comes by a code, not by a password. */
bool page_for_guests(const Work *w);
/* The notes of a form that came after its session had expired: who typed them gets them back, in that one answer.
 * Nothing is kept, and no other site puts words here: what it posts comes without the session's cookie. */
TypedModels page_typed_notes(Ctx *c, const Work *w);
/* Where the actor begins: the first place in the menu that may be seen. */
Str page_home(Ctx *c, const Work *w);
/* An error page; the whole of it in the buffer. */
void page_error(Ctx *c, Work *w, int status);
/* The token for a form, made for a visitor if there is none yet. */
Str page_csrf(Request *r);
/* One sentence about a status, for people; a conflict's depends on c's problems. */
const char *page_error_message(const Ctx *c, int status);
/* c's problems with the labels and ids of the form's fields; `form` may be NULL. */
ProblemModels page_problem_models(Ctx *c, const Form *form);
/* The plain page of a form that has no page of its own, with what was typed. */
Err page_again(Ctx *c, Work *w) MUST_USE;
/* Asks again now and then whether people are made up; needs a read. */
bool page_made_up(Ctx *c, Dispatch *d);

#endif
