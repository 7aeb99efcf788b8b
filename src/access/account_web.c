#include "access/account.h"

#include "access/login.h"
#include "access/oidc_web.h"
#include "access/openapi.h"
#include "account_html.h"
#include "crypto/password.h"
#include "session_sql.h"
#include "was_html.h"

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

static Err browser_lines(Ctx *c, const Request *r, BrowserLines *out)
{
	SessionLineList list;
	Time now = clock_now(c->clock);
	SessionId current = work_of(r)->known.session;
	RETURN_IF_ERR(session_of_user(c, c->actor->user, now, now - SESSION_IDLE_MINUTES * (Time)60000000, &list));
	BrowserLine *at = ARENA_ARRAY(c->arena, list.n, BrowserLine);
	for (size_t i = 0; i < list.n; i++) {
		const SessionLine *l = &list.at[i];
		bool is_current = uuid_eq(l->id.v, current.v);
		at[i] = (BrowserLine){ l->id, l->browser, l->created, is_current ? now : l->seen, is_current };
	}
	*out = (BrowserLines){ at, list.n };
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
			       .second = work_of(r)->known.second,
			       .role = enum_text(c->lang, &role_table, (int)c->actor->role) };
	static const char *const filled[] = { "fresh", "new-password", "repeated", "new-password", NULL };
	LangIn lang = { (int)c->lang };
	RETURN_IF_ERR(token_lines(c, &model.tokens));
	RETURN_IF_ERR(browser_lines(c, r, &model.browsers));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Your account")) });
	account_head_html(h, &model);
	account_section_html(h, T(c->lang, "Language"));
	account_form(c, r, h, &(FormView){ .form = &lang_form, .action = STR("/konto/sprog"), .values = &lang });
	account_section_html(h, T(c->lang, "Change the password"));
	account_form(c, r, h,
		     &(FormView){ .form = &password_form, .action = STR("/konto/kode"), .autocomplete = filled });
	account_second_html(h, &model);
	account_browsers_html(h, &model);
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
	SessionStart start;
	Str hash, secret;
} NewPassword;

static Err password_work(Ctx *c, void *arg)
{
	NewPassword *p = arg;
	RETURN_IF_ERR(user_change_password(c, p->start.user, p->hash));
	return session_start(c, &p->start, &p->secret);
}

static Err account_password_post(Ctx *c, Request *r)
{
	const PasswordIn *in = r->in;
	Work *w = work_of(r);
	NewPassword p = { .start = login_start(r, c->actor->user, c->actor->login) };
	User user;
	Try t = try_of(r, "user.password");
	if (!str_eq(in->fresh, in->repeated))
		return refuse(c, "repeated", "%s", T(c->lang, "The two are not the same."));
	RETURN_IF_ERR(try_own_password(c, &t, &user, "old", in->old));
	if (user_check_password(c, user.login, in->fresh) != OK) {
		c->problems[c->problem_count - 1].field = STR("fresh");
		return ERR_INVALID;
	}
	RETURN_IF_ERR(password_hash(c, in->fresh, &p.hash));
	if (w->known.second)
		p.start.proved = w->known.proved; /* the password alone proves nothing more */
	RETURN_IF_ERR(commit_run(c, password_work, &p));
	sessions_forget(w->d->sessions, c->actor->user);
	login_session(c, w, p.secret);
	return answer_redirect(r, STR("/konto"), N_("Saved."));
}

static Err session_revoke_post(Ctx *c, Request *r)
{
	Work *w = work_of(r);
	SessionId id = { request_id(r, "session") };
	RETURN_IF_ERR(session_revoke(c, c->actor->user, id));
	w->forget = c->actor->user;
	return answer_redirect(r, STR("/konto"), N_("That browser is logged out."));
}

static Err session_revoke_others_post(Ctx *c, Request *r)
{
	Work *w = work_of(r);
	int64_t ended = 0;
	RETURN_IF_ERR(session_revoke_others(c, c->actor->user, w->known.session, &ended));
	w->forget = c->actor->user;
	return answer_redirect(r, STR("/konto"), N_("All other browsers are logged out."));
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
	ROUTE(GET, "/login/kode", login_code_page, MAY(PUBLIC, ANY), &next_form),
	ROUTE(POST, "/login/kode", login_code_post, MAY(PUBLIC, ANY), &login_code_form, .lane = LANE_PASSWORD,
	      .again = login_code_page),
	ROUTE(POST, "/logout", logout_post, MAY(OWN_ACCOUNT, ANY), NULL, .left = "/login", .early = true),
	ROUTE(GET, "/sprog/{lang}", lang_get, MAY(PUBLIC, ANY), &next_form, .words = true),
	ROUTE(GET, "/was", was_page, MAY(PUBLIC, ANY), NULL),
	ROUTE(GET, "/konto", account_page, MAY(OWN_ACCOUNT, ANY), NULL),
	ROUTE(POST, "/konto/sprog", account_lang_post, MAY(OWN_ACCOUNT, ANY), &lang_form, .again = account_page),
	ROUTE(POST, "/konto/kode", account_password_post, MAY(OWN_ACCOUNT, ANY), &password_form, .lane = LANE_PASSWORD,
	      .again = account_page),
	ROUTE(GET, "/konto/bekraeft", prove_page, MAY(OWN_ACCOUNT, ANY), &next_form, .early = true),
	ROUTE(POST, "/konto/bekraeft", prove_post, MAY(OWN_ACCOUNT, ANY), &prove_form, .lane = LANE_PASSWORD,
	      .again = prove_page, .early = true),
	ROUTE(GET, "/konto/totrin", second_page, MAY(OWN_ACCOUNT, ANY), NULL, .proof = true, .early = true),
	ROUTE(POST, "/konto/totrin/ny", second_begin_post, MAY(OWN_ACCOUNT, ANY), NULL, .lane = LANE_SLOW,
	      .proof = true, .early = true),
	ROUTE(POST, "/konto/totrin", second_confirm_post, MAY(OWN_ACCOUNT, ANY), &second_code_form, .lane = LANE_SLOW,
	      .again = second_page, .proof = true, .early = true),
	ROUTE(POST, "/konto/totrin/koder", second_codes_post, MAY(OWN_ACCOUNT, ANY), NULL, .lane = LANE_SLOW,
	      .proof = true),
	ROUTE(POST, "/konto/totrin/fjern", second_remove_post, MAY(OWN_ACCOUNT, ANY), &second_remove_form,
	      .lane = LANE_PASSWORD, .again = second_page),
	ROUTE(POST, "/konto/session/{session}/luk", session_revoke_post, MAY(OWN_ACCOUNT, ANY), NULL),
	ROUTE(POST, "/konto/sessioner/luk", session_revoke_others_post, MAY(OWN_ACCOUNT, ANY), NULL),
	ROUTE(POST, "/konto/token", token_post, MAY(OWN_ACCOUNT, ANY), &token_form, .again = account_page,
	      .proof = true),
	ROUTE(POST, "/konto/token/{token}/tilbagekald", token_revoke_post, MAY(OWN_ACCOUNT, ANY), NULL),
	ROUTE(GET, "/api/openapi.json", openapi_get, MAY(PUBLIC, ANY), NULL, .summary = N_("This description"),
	      .shared = true),
};
const RouteTable access_routes = ROUTES(routes);
