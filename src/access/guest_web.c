/* The door for those who are no users: a code, and for a citizen the birthday. */
#include "access/account.h"
#include "access/guest.h"
#include "access/login.h"
#include "access/oidc_web.h"
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
	if (own && str_is_empty(code))
		oidc_write_citizen_way(r, h);
	return page_close(r);
}

/* Also after something wrong, wherever it was typed: the code may have been mistyped. */
static Err door_get(Ctx *c, Request *r)
{
	return show_door(c, r, STR(""), ROLE_CITIZEN);
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

static Err log_unknown(Ctx *c, void *arg)
{
	AuditEvent event = actor_event(c, "guest.login");
	event.outcome = AUDIT_FAILED;
	event.actor_name = STR("unknown");
	event.detail = http_remote(((const Request *)arg)->x);
	return commit_audit(c, &event);
}

/* A wrong code is nobody's: only the address is counted. */
static void count_try(Ctx *c, Work *w, bool right)
{
	Str address = try_address_key(c, http_remote(w->r.x));
	if (str_is_none(address))
		return;
	if (right)
		throttle_passed(w->d->throttle, address);
	else
		throttle_failed(w->d->throttle, address, clock_now(c->clock));
}

static Err look(Ctx *c, Str code, GuestCode *out, bool *was)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = guest_look(c, code, out);
	Err known = e == ERR_NOT_FOUND ? guest_was(c, code, was) : OK;
	db_end_read(c);
	return known == OK ? e : known;
}

/* Counted as a try, since it says whether the code is of use, and audited; but for one's own that has been used, of
 * which nobody learns anything. Answered the same whatever is wrong with it. */
static Err link_get(Ctx *c, Request *r)
{
	GuestCode code;
	bool was = false;
	Work *w = work_of(r);
	RETURN_IF_ERR(try_address_may(c, w));
	Err e = look(c, request_word(r, "code"), &code, &was);
	if (e == OK)
		return show_door(c, r, request_word(r, "code"), code.role);
	if (e != ERR_NOT_FOUND)
		return e;
	if (!was) {
		RETURN_IF_ERR(commit_run(c, log_unknown, r));
		count_try(c, w, false);
	}
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "The code does not work")), .bare = true });
	guest_gone_html(h);
	return page_close(r);
}

/* The same answer for whatever is wrong. */
static Err door_post(Ctx *c, Request *r)
{
	Work *w = work_of(r);
	Entering e = { .in = r->in };
	RETURN_IF_ERR(try_address_may(c, w));
	Err entered = commit_run(c, enter, &e);
	bool right = entered == OK && e.right;
	if (entered == ERR_NOT_FOUND)
		RETURN_IF_ERR(commit_run(c, log_unknown, r));
	else
		RETURN_IF_ERR(entered);
	count_try(c, w, right);
	if (!right) {
		w->status = 401;
		return refuse(c, NULL, "%s",
			      T(c->lang, "The code or the birthday is wrong, or the code does not work any more."));
	}
	answer_cookie(w, COOKIE_GUEST, e.secret, (int64_t)GUEST_COOKIE_HOURS * 3600);
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
	ROUTE(GET, "/adgang/{code}", link_get, MAY(PUBLIC, ANY), NULL, .lane = LANE_DOOR, .words = true),
	ROUTE(POST, "/adgang", door_post, MAY(PUBLIC, ANY), &door_form, .lane = LANE_DOOR, .again = door_get),
	ROUTE(POST, "/adgang/slut", leave_post, MAY(GUEST, OWN_PARTICIPANT), NULL, .left = "/adgang"),
};
const RouteTable guest_routes = ROUTES(routes);
