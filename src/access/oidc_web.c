#include "access/oidc_web.h"

#include "access/account.h"
#include "access/guest.h"
#include "access/login.h"
#include "access/oidc_link.h"
#include "crypto/jws.h"
#include "crypto/token.h"
#include "oidc_html.h"
#include "session_sql.h"

#define COOKIE_OIDC "rampe_oidc" /* the login under way, sealed */
#define SECOND ((Time)1000000)
enum { ERROR_SHOWN = 40, PRINT_BYTES = 8 };

typedef struct {
	Str next;
} WayIn;
static const Field way_fields[] = {
	FIELD(WayIn, next, FIELD_TEXT, N_("Afterwards"), .most = 500),
};
static const Form way_form = FORM("oidc_way", WayIn, way_fields);

typedef struct {
	Str sealed;
} GoIn;
static const Field go_fields[] = {
	FIELD(GoIn, sealed, FIELD_TEXT, N_("Afterwards"), .most = SEAL_WRITTEN_MOST),
};
static const Form go_form = FORM("oidc_go", GoIn, go_fields);

typedef struct {
	Str password;
} LinkIn;
static const Field link_fields[] = {
	FIELD(LinkIn, password, FIELD_SECRET, N_("Password"),
	      .hint = N_("Your password here, to be sure that it is you"), .required = true, .most = PASSWORD_MOST),
};
static const Form link_form = FORM("oidc_link", LinkIn, link_fields);

/* What somebody goes to the provider for. */
typedef struct {
	const char *action; /* for the audit, when it fails */
	const char *back;   /* the page that a refusal leads back to, and a link on to */
	bool links;
	bool citizen;
} Purpose;
static const Purpose purposes[OIDC_PURPOSES] = {
	[OIDC_TO_LOGIN] = { "user.login", "/login", false, false },
	[OIDC_TO_LINK] = { "user.link", "/konto", true, false },
	[OIDC_TO_ENTER] = { "guest.login", "/adgang", false, true },
	[OIDC_TO_LINK_CITIZEN] = { "guest.link", "/min", true, true },
};

static Oidc *oidc_of(const Request *r)
{
	return work_of(r)->d->config.oidc;
}

static Str host_of(const Request *r)
{
	return oidc_issuer_host(oidc_issuer(oidc_of(r)));
}

/* The user or citizen who asks. */
static Uuid asker(const Ctx *c, bool citizen)
{
	if (!citizen)
		return c->actor->user.v;
	return c->actor->role == ROLE_CITIZEN ? c->actor->participant.v : UUID_NONE;
}

/* ---- beginning ------------------------------------------------------------------ */

void oidc_write_way(Request *r, Html *h, Str next)
{
	if (oidc_of(r) != NULL)
		oidc_way_html(h, &(OidcWay){ STR("/login/oidc"), host_of(r), next });
}

void oidc_write_citizen_way(Request *r, Html *h)
{
	if (oidc_of(r) != NULL)
		oidc_way_html(h, &(OidcWay){ STR("/adgang/oidc"), host_of(r), STR_NONE });
}

static const char *other_kind(Ctx *c, const Purpose *p)
{
	if (!p->citizen)
		return T(c->lang, "This login opens a citizen's own page: it cannot be a user's.");
	return T(c->lang, "This login belongs to a user of the program: it cannot open a citizen's page.");
}

static const char *refusal(Ctx *c, const Purpose *p, OidcVerdict verdict)
{
	switch (verdict) {
	case OIDC_NOT_BEGUN:
	case OIDC_TOO_LATE:
	case OIDC_STATE:
	case OIDC_USED:
	case OIDC_NO_CODE:
		return T(c->lang,
			 "This login was not begun in this browser, took too long, or has ended already. Begin again.");
	case OIDC_PROVIDER_ERROR: return T(c->lang, "The login was cancelled or refused there.");
	case OIDC_UNREACHABLE:
		return p->citizen ? T(c->lang, "The login service does not answer as it should. Try again in a little "
					       "while, or come in with a code.")
				  : T(c->lang, "The login service does not answer as it should. Try again in a little "
					       "while, or log in with your password.");
	case OIDC_UNKNOWN:
	case OIDC_CLOSED:
		return p->citizen ? T(c->lang, "This login opens no page here. Come in with a code first: on your page "
					       "you can choose to log in like this the next time.")
				  : T(c->lang, "No user of this program belongs to this login.");
	case OIDC_TAKEN:
		return p->citizen ? T(c->lang, "This login opens another citizen's page.")
				  : T(c->lang, "This login belongs to another user of the program.");
	case OIDC_OTHER_KIND: return other_kind(c, p);
	case OIDC_OTHER_USER: return T(c->lang, "Somebody else has logged in meanwhile. Begin again.");
	case OIDC_NO_PROOF:
		return T(c->lang,
			 "To be sure that it is you, this must be done within 10 minutes after you came in with a "
			 "code. Ask your contact person for a new code, and come in with it.");
	default: return T(c->lang, "The login service's answer could not be trusted. The audit trail has the reason.");
	}
}

/* A plain page. No link on it leads back to the provider's answer, whose code stands in the address. */
static Err refused_page(Ctx *c, Request *r, const Purpose *p, OidcVerdict verdict)
{
	Str message = str_of(refusal(c, p, verdict));
	Str title = str_of(p->links ? T(c->lang, "Nothing has been linked") : T(c->lang, "You are not logged in"));
	r->x->in.path = str_of(p->back);
	r->x->in.query_text = STR("");
	Html *h = page_open(c, r, &(Page){ .title = title, .bare = true });
	oidc_refused_html(
		h, &(OidcRefused){ title, message, str_of(p->back), p->links, p->citizen, verdict == OIDC_NOT_BEGUN });
	r->x->out.status = verdict == OIDC_UNREACHABLE ? 503 : 403;
	return page_close(r);
}

/* Somebody who is to be let in, or not. */
typedef struct {
	Work *w;
	Oidc *o;
	OidcFlow flow;
	OidcIdentity who;
	OidcVerdict verdict;
	User user;
	Str from, secret;
} Arrival;

static const Purpose *purpose_of(const Arrival *a)
{
	return &purposes[a->flow.purpose];
}

/* What the audit is told of a subject that nobody here belongs to: enough to know it again. */
static Str print_of(Ctx *c, const OidcIdentity *who)
{
	unsigned char hash[TOKEN_HASH];
	token_hash(str_printf(c->arena, "%.*s\n%.*s", STR_ARG(who->issuer), STR_ARG(who->subject)), hash);
	return base64url_write(c->arena, hash, PRINT_BYTES);
}

/* For the audit. The address is left out of what names a citizen, or stands beside it: such an entry outlives an
 * erasure. */
static Str by_what(Ctx *c, const Arrival *a, bool address)
{
	Str issuer = oidc_issuer(a->o);
	return address ? str_printf(c->arena, "%.*s oidc %.*s", STR_ARG(a->from), STR_ARG(issuer))
		       : str_printf(c->arena, "oidc %.*s", STR_ARG(issuer));
}

static Err refuse_work(Ctx *c, void *arg)
{
	const Arrival *a = arg;
	AuditEvent e = actor_event(c, purpose_of(a)->action);
	Str print = a->verdict == OIDC_UNKNOWN ? print_of(c, &a->who) : STR("");
	Str by = by_what(c, a, uuid_is_none(c->actor->guest.v));
	e.outcome = AUDIT_FAILED;
	if (uuid_is_none(e.actor.v))
		e.actor_name = STR("unknown");
	if (a->verdict == OIDC_CLOSED) {
		e.subject_kind = STR("user");
		e.subject = a->user.id.v;
	}
	e.detail = str_printf(c->arena, "%.*s: %s%s%.*s", STR_ARG(by), oidc_verdict_code(a->verdict),
			      print.len > 0 ? " " : "", STR_ARG(print));
	return commit_audit(c, &e);
}

/* Into the audit with the reason; then a page that says less. */
static Err turn_away(Ctx *c, Request *r, Arrival *a)
{
	if (a->w->d->config.log != NULL && !str_is_none(c->why))
		a->w->d->config.log(c, c->why);
	RETURN_IF_ERR(commit_run(c, refuse_work, a));
	return refused_page(c, r, purpose_of(a), a->verdict);
}

/* Seals the login into the browser's cookie and sends the browser to the provider. */
static Err begin(Ctx *c, Request *r, OidcFlow *flow)
{
	Work *w = work_of(r);
	Str url, sealed;
	if (oidc_begin(c, oidc_of(r), flow, &url) != OK) {
		Arrival a = { w, oidc_of(r), .flow = *flow, .verdict = OIDC_UNREACHABLE, .from = http_remote(r->x) };
		return turn_away(c, r, &a);
	}
	RETURN_IF_ERR(seal_text(c, &w->d->seal_key, oidc_flow_write(c, flow), STR("oidc-flow"), &sealed));
	answer_cookie(w, COOKIE_OIDC, sealed, (int64_t)OIDC_MINUTES * 60);
	r->x->out.status = 303;
	http_set(r->x, "Location", url);
	return OK;
}

static Err enter_get(Ctx *c, Request *r)
{
	if (oidc_of(r) == NULL)
		return answer_redirect(r, STR("/adgang"), NULL);
	RETURN_IF_ERR(try_address_may(c, work_of(r)));
	return begin(c, r, &(OidcFlow){ .purpose = OIDC_TO_ENTER, .next = STR("/") });
}

static Err login_get(Ctx *c, Request *r)
{
	if (oidc_of(r) == NULL)
		return answer_redirect(r, STR("/login"), NULL);
	RETURN_IF_ERR(try_address_may(c, work_of(r)));
	return begin(c, r, &(OidcFlow){ .purpose = OIDC_TO_LOGIN, .next = ((const WayIn *)r->in)->next });
}

/* ---- coming back ------------------------------------------------------------------ */

static Err refused_as(Arrival *a, OidcVerdict verdict)
{
	a->verdict = verdict;
	return ERR_DENIED;
}

/* What the tables say of the subject. */
static Err refused_unless(Arrival *a, Err e)
{
	switch (e) {
	case ERR_NOT_FOUND: return refused_as(a, OIDC_UNKNOWN);
	case ERR_CONFLICT: return refused_as(a, OIDC_TAKEN);
	case ERR_DENIED: return refused_as(a, OIDC_OTHER_KIND);
	default: return e;
	}
}

static Err log_in(Ctx *c, Arrival *a)
{
	RETURN_IF_ERR(refused_unless(a, oidc_link_find(c, &a->who, &a->user)));
	if (a->user.closed != TIME_NONE)
		return refused_as(a, OIDC_CLOSED);
	SessionStart start = login_start(&a->w->r, a->user.id, a->user.login);
	if (!uuid_is_none(a->w->known.session.v))
		RETURN_IF_ERR(session_delete(c, a->w->known.session));
	start.from = by_what(c, a, true);
	return session_start(c, &start, &a->secret);
}

static Err let_in(Ctx *c, Arrival *a)
{
	ParticipantId citizen;
	RETURN_IF_ERR(refused_unless(a, oidc_citizen_find(c, &a->who, &citizen)));
	if (!str_is_none(a->w->known.guest))
		RETURN_IF_ERR(guest_session_delete(c, a->w->known.guest));
	return guest_enter_named(c, citizen, by_what(c, a, false), &a->secret);
}

static Err link_citizen(Ctx *c, Arrival *a)
{
	const DispatchConfig *config = &a->w->d->config;
	ParticipantId citizen = { a->flow.who };
	RETURN_IF_ERR(refused_unless(a, oidc_citizen_add(c, citizen, &a->who, a->w->known.guest)));
	return config->linked == NULL ? OK : config->linked(c, citizen);
}

/* Whatever the answer says, there is no second one to this login. */
static Err arrive_work(Ctx *c, void *arg)
{
	const Arrival *a = arg;
	AuditEvent e = actor_event(c, "oidc.answer");
	RETURN_IF_ERR(oidc_use(c, &a->flow));
	e.detail = by_what(c, a, !purpose_of(a)->citizen);
	return commit_audit(c, &e);
}

static Err accept_work(Ctx *c, void *arg)
{
	Arrival *a = arg;
	switch (a->flow.purpose) {
	case OIDC_TO_LOGIN: return log_in(c, a);
	case OIDC_TO_LINK: return refused_unless(a, oidc_link_add(c, (UserId){ a->flow.who }, &a->who));
	case OIDC_TO_ENTER: return let_in(c, a);
	case OIDC_TO_LINK_CITIZEN: return link_citizen(c, a);
	}
	return ERR_INTERNAL;
}

static Str query_of(const Request *r, const char *name)
{
	Str value = http_query(r->x, name);
	return value.len <= HTTP_TARGET_MOST ? value : STR_NONE;
}

/* Everything that is checked before somebody is let in; OK: a->verdict is the result. */
static Err look_at(Ctx *c, Request *r, Arrival *a)
{
	Str text;
	OidcAnswer answer = { query_of(r, "state"), query_of(r, "code"), query_of(r, "error"), query_of(r, "iss") };
	a->verdict = OIDC_NOT_BEGUN;
	if (seal_open(c, &a->w->d->seal_key, http_cookie(r->x, COOKIE_OIDC), STR("oidc-flow"), &text) != OK ||
	    !oidc_flow_read(text, &a->flow))
		return OK;
	a->verdict = OIDC_USED;
	Err arrived = commit_run(c, arrive_work, a);
	if (arrived != OK)
		return arrived == ERR_CONFLICT ? OK : arrived;
	a->verdict = OIDC_OTHER_USER;
	if (purpose_of(a)->links && !uuid_eq(a->flow.who, asker(c, purpose_of(a)->citizen)))
		return OK;
	a->verdict = oidc_check_answer(c, a->o, &a->flow, &answer);
	if (a->verdict == OIDC_ACCEPTED)
		a->verdict = oidc_verify(c, a->o, &a->flow, answer.code, &a->who);
	return OK;
}

/* A provider that cannot be reached is nobody's wrong try. */
static void count_try(Ctx *c, const Arrival *a)
{
	Throttle *t = a->w->d->throttle;
	Str key = try_address_key(c, a->from);
	if (str_is_none(key) || a->verdict == OIDC_UNREACHABLE)
		return;
	if (a->verdict == OIDC_ACCEPTED)
		throttle_passed(t, key);
	else
		throttle_failed(t, key, clock_now(c->clock));
}

static Err answer_get(Ctx *c, Request *r)
{
	Arrival a = { .w = work_of(r), .o = oidc_of(r), .from = http_remote(r->x) };
	if (a.o == NULL)
		return answer_redirect(r, STR("/login"), NULL);
	RETURN_IF_ERR(try_address_may(c, work_of(r)));
	answer_cookie(a.w, COOKIE_OIDC, STR(""), 0);
	RETURN_IF_ERR(look_at(c, r, &a));
	if (a.verdict == OIDC_ACCEPTED) {
		Err e = commit_run(c, accept_work, &a);
		if (e != OK && a.verdict == OIDC_ACCEPTED)
			return e;
	}
	count_try(c, &a);
	if (a.verdict != OIDC_ACCEPTED)
		return turn_away(c, r, &a);
	if (purpose_of(&a)->links)
		return answer_redirect(r, str_of(purpose_of(&a)->back),
				       purpose_of(&a)->citizen ? N_("Your login is linked to your page.")
							       : N_("Your account is linked."));
	if (purpose_of(&a)->citizen) {
		answer_cookie(a.w, COOKIE_GUEST, a.secret, (int64_t)GUEST_COOKIE_HOURS * 3600);
		return answer_redirect(r, a.flow.next, NULL);
	}
	a.w->forget = a.w->known.actor.user; /* whose session has ended */
	login_session(c, a.w, a.secret);
	return answer_redirect(r, a.flow.next, NULL);
}

/* ---- one's own account --------------------------------------------------------------- */

Err oidc_write_links(Ctx *c, Request *r, Html *h)
{
	OidcLinkList links;
	if (oidc_of(r) == NULL)
		return OK;
	RETURN_IF_ERR(oidc_link_of_user(c, c->actor->user, &links));
	Str host = host_of(r);
	oidc_links_html(h, &(OidcLinks){ host, page_csrf(r), links.n });
	if (links.n > 0)
		return OK;
	account_form(c, r, h,
		     &(FormView){ .form = &link_form,
				  .action = STR("/konto/oidc"),
				  .submit = str_printf(c->arena, T(c->lang, "Link to %.*s"), STR_ARG(host)).ptr });
	return OK;
}

/* Whom a permission to link is for, so that what else is sealed for somebody is none. */
static Str link_reader(Ctx *c, const Purpose *p)
{
	Str who = uuid_str(c->arena, asker(c, p->citizen));
	return str_printf(c->arena, "oidc-link %.*s", STR_ARG(who));
}

/* The page that leads on to the provider: a link, since browsers hold a form to this site (form-action). Only who has
 * sent the form gets it, so that no other site links its own login here. */
static Err lead_on(Ctx *c, Request *r, const Purpose *p)
{
	Str sealed, now = str_printf(c->arena, "%lld", (long long)clock_now(c->clock));
	RETURN_IF_ERR(seal_text(c, &work_of(r)->d->seal_key, now, link_reader(c, p), &sealed));
	Html *h = page_open(
		c, r, &(Page){ .title = str_of(p->citizen ? T(c->lang, "My page") : T(c->lang, "Your account")) });
	oidc_go_html(h, &(OidcGo){ host_of(r), sealed, p->citizen });
	return page_close(r);
}

/* NOT_FOUND: the form was not sent by this person, or too long ago. */
static Err go_on(Ctx *c, Request *r, OidcPurpose purpose)
{
	const Purpose *p = &purposes[purpose];
	Str sealed = ((const GoIn *)r->in)->sealed, text;
	int64_t at = 0;
	Time now = clock_now(c->clock);
	if (oidc_of(r) == NULL)
		return answer_redirect(r, str_of(p->back), NULL);
	if (seal_open(c, &work_of(r)->d->seal_key, sealed, link_reader(c, p), &text) != OK || !str_to_int(text, &at) ||
	    now < at || now - at > OIDC_MINUTES * 60 * SECOND)
		return ERR_NOT_FOUND;
	return begin(c, r, &(OidcFlow){ .purpose = purpose, .who = asker(c, p->citizen), .next = str_of(p->back) });
}

/* With the password once more: whoever finds a session open must not be able to keep the account. */
static Err link_post(Ctx *c, Request *r)
{
	User user;
	Try t = try_of(r, "user.link");
	if (oidc_of(r) == NULL)
		return answer_redirect(r, STR("/konto"), NULL);
	RETURN_IF_ERR(try_own_password(c, &t, &user, "password", ((const LinkIn *)r->in)->password));
	return lead_on(c, r, &purposes[OIDC_TO_LINK]);
}

static Err link_get(Ctx *c, Request *r)
{
	return go_on(c, r, OIDC_TO_LINK);
}

static Err unlink_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(oidc_link_remove_all(c, c->actor->user));
	return answer_redirect(r, STR("/konto"), N_("The link is removed."));
}

/* ---- the citizen's own page ----------------------------------------------------------- */

/* Whoever finds a page left open must not be able to keep it. */
static bool has_proved(const Ctx *c, const Request *r)
{
	Time proved = work_of(r)->known.proved;
	return proved != TIME_NONE && clock_now(c->clock) - proved <= PROOF_MINUTES * 60 * SECOND;
}

Err oidc_write_citizen_link(Ctx *c, Request *r, Html *h)
{
	OidcCitizen link;
	Err found = oidc_citizen_get(c, c->actor->participant, &link);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	bool linked = found == OK;
	if (linked || oidc_of(r) != NULL)
		oidc_citizen_html(h, &(OidcCitizenLink){ linked ? link.host : host_of(r), page_csrf(r), linked,
							 has_proved(c, r) });
	return OK;
}

static Err citizen_link_post(Ctx *c, Request *r)
{
	if (oidc_of(r) == NULL)
		return answer_redirect(r, STR("/min"), NULL);
	if (!has_proved(c, r))
		return refused_page(c, r, &purposes[OIDC_TO_LINK_CITIZEN], OIDC_NO_PROOF);
	return lead_on(c, r, &purposes[OIDC_TO_LINK_CITIZEN]);
}

static Err citizen_link_get(Ctx *c, Request *r)
{
	Arrival a = { work_of(r), oidc_of(r), .flow = { .purpose = OIDC_TO_LINK_CITIZEN }, .verdict = OIDC_NO_PROOF };
	a.from = http_remote(r->x);
	if (a.o != NULL && !has_proved(c, r))
		return turn_away(c, r, &a);
	return go_on(c, r, OIDC_TO_LINK_CITIZEN);
}

static Err citizen_unlink_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(oidc_citizen_remove(c, c->actor->participant, work_of(r)->known.guest));
	return answer_redirect(r, STR("/min"), N_("The link is removed."));
}

static const Route routes[] = {
	ROUTE(GET, "/login/oidc", login_get, MAY(PUBLIC, ANY), &way_form, .lane = LANE_NETWORK),
	ROUTE(GET, OIDC_ANSWER_PATH, answer_get, MAY(PUBLIC, ANY), NULL, .lane = LANE_NETWORK),
	ROUTE(POST, "/konto/oidc", link_post, MAY(OWN_ACCOUNT, ANY), &link_form, .lane = LANE_PASSWORD,
	      .again = account_page),
	ROUTE(GET, "/konto/oidc", link_get, MAY(OWN_ACCOUNT, ANY), &go_form, .lane = LANE_NETWORK),
	ROUTE(POST, "/konto/oidc/fjern", unlink_post, MAY(OWN_ACCOUNT, ANY), NULL),
	ROUTE(GET, "/adgang/oidc", enter_get, MAY(PUBLIC, ANY), NULL, .lane = LANE_NETWORK),
	ROUTE(POST, "/min/oidc", citizen_link_post, MAY(OWN_CASE, OWN_PARTICIPANT), NULL, .lane = LANE_READ),
	ROUTE(GET, "/min/oidc", citizen_link_get, MAY(OWN_CASE, OWN_PARTICIPANT), &go_form, .lane = LANE_NETWORK),
	ROUTE(POST, "/min/oidc/fjern", citizen_unlink_post, MAY(OWN_CASE, OWN_PARTICIPANT), NULL),
};
const RouteTable oidc_routes = ROUTES(routes);
