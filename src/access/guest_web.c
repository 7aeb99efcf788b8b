/* The door for those who are no users: a code, and for a citizen the birthday. */
#include "access/account.h"
#include "access/guest.h"
#include "access/inside.h"
#include "guest_html.h"

typedef struct {
	Str code;
	Date born;
} DoorIn;
static const Field door_fields[] = {
	FIELD(DoorIn, code, FIELD_TEXT, N_("Code"), .required = true, .most = 40),
	FIELD(DoorIn, born, FIELD_DATE, N_("Your birthday")),
};
static const Form door_form = FORM("door", DoorIn, door_fields);

static Err show_door(Ctx *c, Request *r, Str code, Role role)
{
	static const char *const company[] = { "code", "born", NULL }, *const citizen[] = { "code", NULL };
	DoorIn values = { .code = code, .born = DATE_NONE };
	bool own = role == ROLE_CITIZEN;
	Str title = str_of(own ? T(c->lang, "Your page") : T(c->lang, "A sheet for you"));
	Html *h = page_open(c, r, &(Page){ .title = title, .bare = true });
	guest_head_html(h, own);
	page_form(c, r, h,
		  &(FormView){ .form = &door_form,
			       .action = STR("/adgang"),
			       .values = &values,
			       .submit = T(c->lang, "Open"),
			       .hidden = !own                 ? company
					 : str_is_empty(code) ? NULL
							      : citizen });
	return page_close(r);
}

/* Also after something wrong, wherever it was typed: the code may have been mistyped. */
static Err door_get(Ctx *c, Request *r)
{
	return show_door(c, r, STR(""), ROLE_CITIZEN);
}

static Err link_get(Ctx *c, Request *r)
{
	GuestCode code;
	Err e = guest_look(c, request_word(r, "code"), &code);
	if (e == OK)
		return show_door(c, r, request_word(r, "code"), code.role);
	if (e != ERR_NOT_FOUND)
		return e;
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "The code does not work any more")), .bare = true });
	guest_gone_html(h);
	return page_close(r);
}

/* What entering leads to, in one commit job. */
typedef struct {
	const DoorIn *in;
	bool right;
	Str secret;
} Entering;

static Err enter(Ctx *c, void *arg)
{
	Entering *e = arg;
	return guest_enter(c, e->in->code, e->in->born, &e->right, &e->secret);
}

static Err wrong(Ctx *c, Work *w, Str address)
{
	throttle_failed(w->d->throttle, address, clock_now(c->clock));
	w->status = 401;
	return refuse(c, NULL, "%s",
		      T(c->lang, "The code or the birthday is wrong, or the code does not work any more."));
}

/* The same answer for whatever is wrong. Whoever has tried too often from an address waits: codes cannot be guessed. */
static Err door_post(Ctx *c, Request *r)
{
	Work *w = work_of(r);
	Entering e = { .in = r->in };
	Str from = http_remote(r->x), address = str_printf(c->arena, "\ncode %.*s", STR_ARG(from));
	int wait = throttle_wait(w->d->throttle, address, THROTTLE_FREE, clock_now(c->clock));
	if (wait > 0) {
		w->status = 429;
		return refuse(c, NULL,
			      TN(c->lang, "Too many tries. Wait %d second and try again.",
				 "Too many tries. Wait %d seconds and try again.", wait),
			      wait);
	}
	Err entered = commit_run(c, enter, &e);
	if (entered == ERR_NOT_FOUND || (entered == OK && !e.right))
		return wrong(c, w, address);
	RETURN_IF_ERR(entered);
	throttle_passed(w->d->throttle, address);
	answer_cookie(w, COOKIE_GUEST, e.secret, (int64_t)GUEST_MINUTES * 60);
	return answer_redirect(r, STR("/"), NULL);
}

static Err leave_post(Ctx *c, Request *r)
{
	Work *w = work_of(r);
	RETURN_IF_ERR(guest_leave(c, w->known.guest));
	answer_cookie(w, COOKIE_GUEST, STR(""), 0);
	return answer_redirect(r, STR("/adgang"), N_("You are logged out."));
}

static const Route routes[] = {
	ROUTE(GET, "/adgang", door_get, MAY(PUBLIC, ANY), NULL),
	ROUTE(GET, "/adgang/{code}", link_get, MAY(PUBLIC, ANY), NULL, .words = true),
	ROUTE(POST, "/adgang", door_post, MAY(PUBLIC, ANY), &door_form, .lane = LANE_SLOW, .again = door_get),
	ROUTE(POST, "/adgang/slut", leave_post, MAY(GUEST, OWN_PARTICIPANT), NULL),
};
const RouteTable guest_routes = ROUTES(routes);
