#include "access/account.h"

#include "access/inside.h"
#include "access/oidc_web.h"
#include "access/openapi.h"
#include "access/user.h"
#include "account_html.h"
#include "crypto/password.h"
#include "session_sql.h"
#include "was_html.h"

typedef struct {
	Str login, password, next;
} LoginIn;
static const Field login_fields[] = {
	FIELD(LoginIn, login, FIELD_TEXT, N_("Login"), .required = true, .most = LOGIN_MOST),
	FIELD(LoginIn, password, FIELD_SECRET, N_("Password"), .required = true, .most = PASSWORD_MOST),
	FIELD(LoginIn, next, FIELD_TEXT, N_("Afterwards"), .most = 500),
};
static const Form login_form = FORM("login", LoginIn, login_fields);

typedef struct {
	Str next;
} NextIn;
static const Field next_fields[] = {
	FIELD(NextIn, next, FIELD_TEXT, N_("Afterwards"), .most = 500),
};
static const Form next_form = FORM("next", NextIn, next_fields);

typedef struct {
	int lang;
} LangIn;
static const Field lang_fields[] = {
	FIELD(LangIn, lang, FIELD_ENUM, N_("Language"), .required = true, .choices = &lang_table),
};
static const Form lang_form = FORM("lang", LangIn, lang_fields);

typedef struct {
	Str old, fresh, repeated;
} PasswordIn;
static const Field password_fields[] = {
	FIELD(PasswordIn, old, FIELD_SECRET, N_("Password until now"), .required = true, .most = PASSWORD_MOST),
	FIELD(PasswordIn, fresh, FIELD_SECRET, N_("New password"), .hint = N_("At least 10 characters"),
	      .required = true, .most = PASSWORD_MOST),
	FIELD(PasswordIn, repeated, FIELD_SECRET, N_("New password once more"), .required = true,
	      .most = PASSWORD_MOST),
};
static const Form password_form = FORM("password", PasswordIn, password_fields);

typedef struct {
	Str name;
} TokenIn;
static const Field token_fields[] = {
	FIELD(TokenIn, name, FIELD_TEXT, N_("Name of the token"), .hint = N_("The program that will use it"),
	      .required = true, .most = TOKEN_NAME_MOST),
};
static const Form token_form = FORM("token", TokenIn, token_fields);

static Err login_page(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "next", NULL }, *const filled[] = { "login", "username", NULL };
	LoginIn values = { .login = STR(""), .next = r->in == NULL ? STR("") : ((const NextIn *)r->in)->next };
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Log in")), .bare = true });
	login_head_html(h, r->again == 0);
	page_form(c, r, h,
		  &(FormView){ .form = &login_form,
			       .action = STR("/login"),
			       .values = &values,
			       .submit = T(c->lang, "Log in"),
			       .hidden = hidden,
			       .autocomplete = filled });
	oidc_write_way(r, h, values.next);
	return page_close(r);
}

/* What a login leads to, in one commit job. */
typedef struct {
	const User *user; /* NULL: there is none of this login */
	Work *w;
	Str from; /* address */
	Str secret;
	const char *action; /* for the audit, when it fails */
} Login;

static Err login_failed(Ctx *c, void *arg)
{
	const Login *l = arg;
	AuditEvent e = actor_event(c, l->action);
	e.outcome = AUDIT_FAILED;
	e.actor_name = l->user == NULL ? STR("unknown") : l->user->login;
	e.detail = l->from;
	if (l->user != NULL) {
		e.subject_kind = STR("user");
		e.subject = l->user->id.v;
	}
	return commit_audit(c, &e);
}

static Err login_done(Ctx *c, void *arg)
{
	Login *l = arg;
	if (l->w->known.hash.len > 0)
		RETURN_IF_ERR(session_delete(c, l->w->known.hash));
	return session_start(c, l->user->id, l->user->login, l->from, &l->secret);
}

Str address_key(Ctx *c, Str from)
{
	bool here = str_starts(from, STR("127.")) || str_eq_z(from, "::1");
	return here ? STR_NONE : str_printf(c->arena, "\n%.*s", STR_ARG(from)); /* no login begins so */
}

/* Whoever has tried too often waits: refused with 429. */
static Err must_not_wait(Ctx *c, const Login *l, Str login)
{
	Throttle *t = l->w->d->throttle;
	Str address = address_key(c, l->from);
	Time now = clock_now(c->clock);
	int wait = throttle_wait(t, login, THROTTLE_FREE, now);
	int there = str_is_none(address) ? 0 : throttle_wait(t, address, THROTTLE_ADDRESS_FREE, now);
	wait = there > wait ? there : wait;
	if (wait == 0)
		return OK;
	l->w->status = 429;
	return refuse(c, NULL,
		      TN(c->lang, "Too many tries. Wait %d second and try again.",
			 "Too many tries. Wait %d seconds and try again.", wait),
		      wait);
}

/* Counts a password that was tried, and notes a wrong one in the audit. */
static Err count_try(Ctx *c, Login *l, Str login, bool right)
{
	Throttle *t = l->w->d->throttle;
	Str keys[] = { login, address_key(c, l->from) };
	for (size_t i = 0; i < 2; i++) {
		if (str_is_none(keys[i]))
			continue;
		if (right)
			throttle_passed(t, keys[i]);
		else
			throttle_failed(t, keys[i], clock_now(c->clock));
	}
	return right ? OK : commit_run(c, login_failed, l);
}

/* The user with this password; one and the same answer for whatever is wrong. */
static Err check_login(Ctx *c, const LoginIn *in, Login *l, User *user)
{
	Str login = str_lower_ascii(c->arena, in->login);
	RETURN_IF_ERR(must_not_wait(c, l, login));
	RETURN_IF_ERR(db_begin_read(c));
	Err found = user_by_login(c, login, user);
	db_end_read(c);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	l->user = found == OK ? user : NULL;
	bool open = found == OK && user->closed == TIME_NONE;
	bool right = password_verify(c, open ? user->password_hash : STR(""), in->password);
	RETURN_IF_ERR(count_try(c, l, login, right));
	if (right)
		return OK;
	l->w->status = 401;
	return refuse(c, NULL, "%s", T(c->lang, "Login or password is wrong."));
}

void account_set_session(Work *w, Str secret)
{
	answer_cookie(w, COOKIE_SESSION, secret, (int64_t)SESSION_HOURS * 3600);
	answer_cookie(w, COOKIE_CSRF, STR(""), 0);
}

static Err login_post(Ctx *c, Request *r)
{
	const LoginIn *in = r->in;
	User user;
	Login l = { .w = work_of(r), .from = http_remote(r->x), .action = "user.login" };
	RETURN_IF_ERR(check_login(c, in, &l, &user));
	RETURN_IF_ERR(commit_run(c, login_done, &l));
	account_set_session(l.w, l.secret);
	return answer_redirect(r, in->next, NULL);
}

static Err logout_post(Ctx *c, Request *r)
{
	Work *w = work_of(r);
	RETURN_IF_ERR(session_end(c, w->known.hash));
	w->forget = w->known.actor.user;
	answer_cookie(w, COOKIE_SESSION, STR(""), 0);
	return answer_redirect(r, STR("/login"), N_("You are logged out."));
}

static Err lang_get(Ctx *c, Request *r)
{
	Lang lang;
	if (!lang_parse(request_word(r, "lang"), &lang))
		return ERR_NOT_FOUND;
	(void)c;
	answer_cookie(work_of(r), COOKIE_LANG, str_of(lang_code(lang)), (int64_t)365 * 86400);
	return answer_redirect(r, ((const NextIn *)r->in)->next, NULL);
}

static Err was_page(Ctx *c, Request *r)
{
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Accessibility statement")) });
	was_html(h, page_made_up(c, work_of(r)->d));
	return page_close(r);
}

static Err token_lines(Ctx *c, TokenLines *out)
{
	ApiTokenList list;
	RETURN_IF_ERR(token_of_user(c, c->actor->user, &list));
	TokenLine *at = ARENA_ARRAY(c->arena, list.n, TokenLine);
	for (size_t i = 0; i < list.n; i++)
		at[i] = (TokenLine){ list.at[i].id, list.at[i].name, list.at[i].created,
				     list.at[i].revoked != TIME_NONE };
	*out = (TokenLines){ at, list.n };
	return OK;
}

static bool failed_in(const Request *r, const Form *form)
{
	return r->again != 0 && r->route->form == form;
}

void account_form(Ctx *c, Request *r, Html *h, const FormView *view)
{
	int again = r->again;
	if (!failed_in(r, view->form))
		r->again = 0;
	page_form(c, r, h, view);
	r->again = again;
}

Err account_page(Ctx *c, Request *r)
{
	AccountModel model = { .login = c->actor->login,
			       .name = c->actor->name,
			       .csrf = page_csrf(r),
			       .role = enum_text(c->lang, &role_table, (int)c->actor->role) };
	static const char *const filled[] = { "fresh", "new-password", "repeated", "new-password", NULL };
	LangIn lang = { (int)c->lang };
	RETURN_IF_ERR(token_lines(c, &model.tokens));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Your account")) });
	account_head_html(h, &model);
	account_section_html(h, T(c->lang, "Language"));
	account_form(c, r, h, &(FormView){ .form = &lang_form, .action = STR("/konto/sprog"), .values = &lang });
	account_section_html(h, T(c->lang, "Change the password"));
	account_form(c, r, h,
		     &(FormView){ .form = &password_form, .action = STR("/konto/kode"), .autocomplete = filled });
	account_tokens_html(h, &model);
	account_form(c, r, h,
		     &(FormView){ .form = &token_form,
				  .action = STR("/konto/token"),
				  .submit = T(c->lang, "Make a token") });
	RETURN_IF_ERR(oidc_write_links(c, r, h));
	return page_close(r);
}

static Err account_lang_post(Ctx *c, Request *r)
{
	Work *w = work_of(r);
	Lang lang = (Lang)((const LangIn *)r->in)->lang;
	RETURN_IF_ERR(user_change_lang(c, c->actor->user, lang));
	w->forget = c->actor->user;
	answer_cookie(w, COOKIE_LANG, str_of(lang_code(lang)), (int64_t)365 * 86400);
	return answer_redirect(r, STR("/konto"), N_("Saved."));
}

typedef struct {
	const Actor *actor;
	Str hash, secret, from;
} NewPassword;

static Err password_work(Ctx *c, void *arg)
{
	NewPassword *p = arg;
	RETURN_IF_ERR(user_change_password(c, p->actor->user, p->hash));
	return session_start(c, p->actor->user, p->actor->login, p->from, &p->secret);
}

Err account_confirm(Ctx *c, Request *r, const char *field, Str typed, const char *action)
{
	User user;
	Login l = { .user = &user, .w = work_of(r), .from = http_remote(r->x), .action = action };
	RETURN_IF_ERR(must_not_wait(c, &l, c->actor->login));
	RETURN_IF_ERR(db_begin_read(c));
	Err found = user_get(c, c->actor->user, &user);
	db_end_read(c);
	RETURN_IF_ERR(found);
	bool right = password_verify(c, user.password_hash, typed);
	RETURN_IF_ERR(count_try(c, &l, user.login, right));
	return right ? OK : refuse(c, field, "%s", T(c->lang, "This is not your password."));
}

static Err account_password_post(Ctx *c, Request *r)
{
	const PasswordIn *in = r->in;
	Work *w = work_of(r);
	NewPassword p = { .actor = c->actor, .from = http_remote(r->x) };
	if (!str_eq(in->fresh, in->repeated))
		return refuse(c, "repeated", "%s", T(c->lang, "The two are not the same."));
	RETURN_IF_ERR(account_confirm(c, r, "old", in->old, "user.password"));
	if (user_check_password(c, c->actor->login, in->fresh) != OK) {
		c->problems[c->problem_count - 1].field = STR("fresh");
		return ERR_INVALID;
	}
	RETURN_IF_ERR(password_hash(c, in->fresh, &p.hash));
	RETURN_IF_ERR(commit_run(c, password_work, &p));
	sessions_forget(w->d->sessions, c->actor->user);
	account_set_session(w, p.secret);
	return answer_redirect(r, STR("/konto"), N_("Saved."));
}

static Err token_post(Ctx *c, Request *r)
{
	const TokenIn *in = r->in;
	Str secret;
	RETURN_IF_ERR(user_add_token(c, c->actor->user, in->name, &secret));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Your account")) });
	account_secret_html(h, in->name, secret);
	return page_close(r);
}

static Err token_revoke_post(Ctx *c, Request *r)
{
	TokenId id = { request_id(r, "token") };
	RETURN_IF_ERR(user_revoke_token(c, c->actor->user, id));
	work_of(r)->forget = c->actor->user;
	return answer_redirect(r, STR("/konto"), N_("The token is revoked."));
}

static const Route routes[] = {
	ROUTE(GET, "/login", login_page, MAY(PUBLIC, ANY), &next_form),
	ROUTE(POST, "/login", login_post, MAY(PUBLIC, ANY), &login_form, .lane = LANE_PASSWORD, .again = login_page),
	ROUTE(POST, "/logout", logout_post, MAY(OWN_ACCOUNT, ANY), NULL),
	ROUTE(GET, "/sprog/{lang}", lang_get, MAY(PUBLIC, ANY), &next_form, .words = true),
	ROUTE(GET, "/was", was_page, MAY(PUBLIC, ANY), NULL),
	ROUTE(GET, "/konto", account_page, MAY(OWN_ACCOUNT, ANY), NULL),
	ROUTE(POST, "/konto/sprog", account_lang_post, MAY(OWN_ACCOUNT, ANY), &lang_form, .again = account_page),
	ROUTE(POST, "/konto/kode", account_password_post, MAY(OWN_ACCOUNT, ANY), &password_form, .lane = LANE_PASSWORD,
	      .again = account_page),
	ROUTE(POST, "/konto/token", token_post, MAY(OWN_ACCOUNT, ANY), &token_form, .again = account_page),
	ROUTE(POST, "/konto/token/{token}/tilbagekald", token_revoke_post, MAY(OWN_ACCOUNT, ANY), NULL),
	ROUTE(GET, "/api/openapi.json", openapi_get, MAY(PUBLIC, ANY), NULL, .summary = N_("This description"),
	      .shared = true),
};
const RouteTable access_routes = ROUTES(routes);
