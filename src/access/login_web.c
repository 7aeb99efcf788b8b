#include "access/login.h"

#include "access/oidc_web.h"
#include "access/second.h"
#include "crypto/password.h"
#include "login_html.h"
#include "second_sql.h"
#include "session_sql.h"

typedef struct {
	Str login, password, next;
} LoginIn;
static const Field login_fields[] = {
	FIELD(LoginIn, login, FIELD_TEXT, N_("Login"), .required = true, .most = LOGIN_MOST),
	FIELD(LoginIn, password, FIELD_SECRET, N_("Password"), .required = true, .most = PASSWORD_MOST),
	FIELD(LoginIn, next, FIELD_TEXT, N_("Afterwards"), .most = NEXT_MOST),
};
const Form login_form = FORM("login", LoginIn, login_fields);

static const Field next_fields[] = {
	FIELD(NextIn, next, FIELD_TEXT, N_("Afterwards"), .most = NEXT_MOST),
};
const Form next_form = FORM("next", NextIn, next_fields);

typedef struct {
	Str code, next;
} CodeIn;
static const Field code_fields[] = {
	FIELD(CodeIn, code, FIELD_TEXT, N_("Code"),
	      .hint = N_("The six digits that your app shows now, or one of your recovery codes"), .required = true,
	      .most = CODE_MOST),
	FIELD(CodeIn, next, FIELD_TEXT, N_("Afterwards"), .most = NEXT_MOST),
};
const Form login_code_form = FORM("login_code", CodeIn, code_fields);

typedef struct {
	Str password, code, next;
} ProveIn;
static const Field prove_fields[] = {
	FIELD(ProveIn, password, FIELD_SECRET, N_("Password"), .required = true, .most = PASSWORD_MOST),
	FIELD(ProveIn, code, FIELD_TEXT, N_("Code"),
	      .hint = N_("The six digits that your app shows now, or one of your recovery codes"), .most = CODE_MOST),
	FIELD(ProveIn, next, FIELD_TEXT, N_("Afterwards"), .most = NEXT_MOST),
};
const Form prove_form = FORM("prove", ProveIn, prove_fields);

/* ---- tries ---------------------------------------------------------------------- */

Try try_of(Request *r, const char *action)
{
	return (Try){ .w = work_of(r), .from = http_remote(r->x), .action = action };
}

static Err try_failed(Ctx *c, void *arg)
{
	const Try *t = arg;
	AuditEvent e = actor_event(c, t->action);
	e.outcome = AUDIT_FAILED;
	e.actor_name = t->user == NULL ? STR("unknown") : t->user->login;
	e.detail = t->from;
	if (t->user != NULL) {
		e.subject_kind = STR("user");
		e.subject = t->user->id.v;
	}
	return commit_audit(c, &e);
}

Str try_address_key(Ctx *c, Str from)
{
	bool here = str_starts(from, STR("127.")) || str_eq_z(from, "::1");
	return here ? STR_NONE : str_printf(c->arena, "\n%.*s", STR_ARG(from)); /* no login begins so */
}

Str try_code_key(Ctx *c, Str login)
{
	return str_printf(c->arena, "\t%.*s", STR_ARG(login)); /* nor so */
}

static Err must_wait(Ctx *c, Work *w, int wait)
{
	if (wait == 0)
		return OK;
	w->status = 429;
	return refuse(c, NULL,
		      TN(c->lang, "Too many tries. Wait %d second and try again.",
			 "Too many tries. Wait %d seconds and try again.", wait),
		      wait);
}

static int address_waits(Ctx *c, const Work *w)
{
	Str key = try_address_key(c, http_remote(w->r.x));
	return str_is_none(key) ? 0 : throttle_wait(w->d->throttle, key, THROTTLE_ADDRESS_FREE, clock_now(c->clock));
}

Err try_address_may(Ctx *c, Work *w)
{
	return must_wait(c, w, address_waits(c, w));
}

Err try_may(Ctx *c, const Try *t, Str key)
{
	int wait = throttle_wait(t->w->d->throttle, key, THROTTLE_FREE, clock_now(c->clock));
	int there = address_waits(c, t->w);
	return must_wait(c, t->w, there > wait ? there : wait);
}

Err try_counted(Ctx *c, const Try *t, Str key, bool right)
{
	Throttle *throttle = t->w->d->throttle;
	Str keys[] = { key, try_address_key(c, t->from) };
	for (size_t i = 0; i < 2; i++) {
		if (str_is_none(keys[i]))
			continue;
		if (right)
			throttle_passed(throttle, keys[i]);
		else
			throttle_failed(throttle, keys[i], clock_now(c->clock));
	}
	return right ? OK : commit_run(c, try_failed, (void *)(uintptr_t)t);
}

Err try_code(Ctx *c, const Try *t, Err (*work)(Ctx *c, void *arg), void *arg)
{
	Str key = try_code_key(c, t->user->login);
	RETURN_IF_ERR(try_may(c, t, key));
	Err e = commit_run(c, work, arg);
	if (e == OK || e == ERR_INVALID)
		RETURN_IF_ERR(try_counted(c, t, key, e == OK));
	return e;
}

Err try_own_password(Ctx *c, Try *t, User *user, const char *field, Str typed)
{
	RETURN_IF_ERR(try_may(c, t, c->actor->login));
	RETURN_IF_ERR(db_begin_read(c));
	Err found = user_get(c, c->actor->user, user);
	db_end_read(c);
	RETURN_IF_ERR(found);
	t->user = user;
	bool right = password_verify(c, user->password_hash, typed);
	RETURN_IF_ERR(try_counted(c, t, user->login, right));
	return right ? OK : refuse(c, field, "%s", T(c->lang, "This is not your password."));
}

/* ---- sessions ------------------------------------------------------------------- */

void login_session(Ctx *c, Work *w, Str secret)
{
	answer_session(c, w, secret, clock_now(c->clock) + SESSION_HOURS * (Time)3600000000);
	answer_cookie(w, COOKIE_CSRF, STR(""), 0);
}

SessionStart login_start(const Request *r, UserId user, Str login)
{
	return (SessionStart){
		.user = user, .login = login, .from = http_remote(r->x), .browser = http_header(r->x, "User-Agent")
	};
}

/* What a login leads to, in one commit job. */
typedef struct {
	Request *r;
	const User *user;
	Str code, half;
	Str secret;
	bool recovery;
} Login;

/* Whatever session this browser had ends. */
static Err start(Ctx *c, Login *l)
{
	const Known *before = &work_of(l->r)->known;
	SessionStart s = login_start(l->r, l->user->id, l->user->login);
	if (!uuid_is_none(before->session.v))
		RETURN_IF_ERR(session_delete(c, before->session));
	return session_start(c, &s, &l->secret);
}

static Err login_done(Ctx *c, void *arg)
{
	return start(c, arg);
}

static Err login_half(Ctx *c, void *arg)
{
	Login *l = arg;
	return half_start(c, l->user->id, l->user->login, http_remote(l->r->x), &l->half);
}

/* ---- the password ---------------------------------------------------------------- */

Err login_page(Ctx *c, Request *r)
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

static Err find_login(Ctx *c, Str login, User *user, bool *second)
{
	int64_t n = 0;
	RETURN_IF_ERR(user_by_login(c, login, user));
	RETURN_IF_ERR(totp_count(c, user->id, &n));
	*second = n > 0;
	return OK;
}

/* The user with this password; one and the same answer for whatever is wrong. */
static Err check_login(Ctx *c, const LoginIn *in, Try *t, User *user, bool *second)
{
	Str login = str_lower_ascii(c->arena, in->login);
	RETURN_IF_ERR(try_may(c, t, login));
	RETURN_IF_ERR(db_begin_read(c));
	Err found = find_login(c, login, user, second);
	db_end_read(c);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	t->user = found == OK ? user : NULL;
	bool open = found == OK && user->closed == TIME_NONE;
	bool right = password_verify(c, open ? user->password_hash : STR(""), in->password);
	RETURN_IF_ERR(try_counted(c, t, login, right));
	if (right)
		return OK;
	t->w->status = 401;
	return refuse(c, NULL, "%s", T(c->lang, "Login or password is wrong."));
}

Err login_post(Ctx *c, Request *r)
{
	const LoginIn *in = r->in;
	User user;
	bool second = false;
	Try t = try_of(r, "user.login");
	Login l = { .r = r, .user = &user };
	RETURN_IF_ERR(check_login(c, in, &t, &user, &second));
	RETURN_IF_ERR(commit_run(c, second ? login_half : login_done, &l));
	if (!second) {
		login_session(c, t.w, l.secret);
		return answer_redirect(r, in->next, NULL);
	}
	Str next = url_encode(c->arena, str_is_none(in->next) ? STR("/") : in->next);
	answer_cookie(t.w, COOKIE_HALF, l.half, (int64_t)HALF_MINUTES * 60);
	return answer_redirect(r, str_printf(c->arena, "/login/kode?next=%.*s", STR_ARG(next)), NULL);
}

/* ---- the code -------------------------------------------------------------------- */

/* Who has given the password, in this browser. NOT_FOUND: nobody, or too long ago. */
static Err half_owner(Ctx *c, const Request *r, User *user)
{
	UserId id;
	RETURN_IF_ERR(half_find(c, http_cookie(r->x, COOKIE_HALF), &id));
	RETURN_IF_ERR(user_get(c, id, user));
	return user->closed == TIME_NONE ? OK : ERR_NOT_FOUND;
}

static Err once_more(Request *r)
{
	answer_cookie(work_of(r), COOKIE_HALF, STR(""), 0);
	return answer_redirect(r, STR("/login"), N_("Log in once more: it took too long."));
}

Err login_code_page(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "next", NULL }, *const filled[] = { "code", "one-time-code", NULL };
	CodeIn values = { .code = STR(""), .next = r->in == NULL ? STR("") : ((const NextIn *)r->in)->next };
	User user;
	Err found = half_owner(c, r, &user);
	if (found == ERR_NOT_FOUND)
		return once_more(r);
	RETURN_IF_ERR(found);
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Enter the code")), .bare = true });
	login_code_head_html(h);
	page_form(c, r, h,
		  &(FormView){ .form = &login_code_form,
			       .action = STR("/login/kode"),
			       .values = &values,
			       .submit = T(c->lang, "Log in"),
			       .cancel = STR("/login"),
			       .hidden = hidden,
			       .autocomplete = filled });
	return page_close(r);
}

/* The half-session is asked for once more: two who send the same at once log in once. */
static Err code_done(Ctx *c, void *arg)
{
	Login *l = arg;
	UserId id;
	RETURN_IF_ERR(half_find(c, l->half, &id));
	RETURN_IF_ERR(second_use(c, id, l->code, &l->recovery));
	RETURN_IF_ERR(half_end(c, l->half));
	return start(c, l);
}

Err login_code_post(Ctx *c, Request *r)
{
	const CodeIn *in = r->in;
	User user;
	Try t = try_of(r, "user.login_code");
	Login l = { .r = r, .user = &user, .code = in->code, .half = http_cookie(r->x, COOKIE_HALF) };
	RETURN_IF_ERR(db_begin_read(c));
	Err found = half_owner(c, r, &user);
	db_end_read(c);
	t.user = &user;
	if (found == OK)
		found = try_code(c, &t, code_done, &l);
	if (found == ERR_NOT_FOUND)
		return once_more(r);
	RETURN_IF_ERR(found);
	login_session(c, t.w, l.secret);
	answer_cookie(t.w, COOKIE_HALF, STR(""), 0);
	return answer_redirect(r, in->next,
			       l.recovery ? N_("You are logged in. That recovery code cannot be used again.") : NULL);
}

Err logout_post(Ctx *c, Request *r)
{
	Work *w = work_of(r);
	RETURN_IF_ERR(session_end(c, w->known.session));
	w->forget = w->known.actor.user;
	answer_cookie(w, COOKIE_SESSION, STR(""), 0);
	return answer_redirect(r, STR("/login"), N_("You are logged out."));
}

/* ---- proving it anew -------------------------------------------------------------- */

Err prove_page(Ctx *c, Request *r)
{
	static const char *const one[] = { "code", "next", NULL }, *const two[] = { "next", NULL };
	static const char *const filled[] = { "code", "one-time-code", NULL };
	ProveIn values = { .code = STR(""), .next = r->in == NULL ? STR("") : ((const NextIn *)r->in)->next };
	bool second = work_of(r)->known.second;
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Confirm that it is you")), .bare = true });
	login_prove_head_html(h, second);
	page_form(c, r, h,
		  &(FormView){ .form = &prove_form,
			       .action = STR("/konto/bekraeft"),
			       .values = &values,
			       .submit = T(c->lang, "Confirm"),
			       .cancel = STR("/"),
			       .hidden = second ? two : one,
			       .autocomplete = filled });
	return page_close(r);
}

typedef struct {
	const Try *t;
	Str code, secret;
	bool second;
} Proof;

static Err prove_work(Ctx *c, void *arg)
{
	Proof *p = arg;
	bool recovery = false;
	if (p->second)
		RETURN_IF_ERR(second_use(c, c->actor->user, p->code, &recovery));
	return session_prove(c, &p->t->w->known, p->t->from, &p->secret);
}

Err prove_post(Ctx *c, Request *r)
{
	const ProveIn *in = r->in;
	User user;
	Try t = try_of(r, "user.prove");
	Work *w = t.w;
	Proof p = { .t = &t, .code = str_is_none(in->code) ? STR("") : in->code, .second = w->known.second };
	RETURN_IF_ERR(try_own_password(c, &t, &user, "password", in->password));
	Err e = p.second ? try_code(c, &t, prove_work, &p) : commit_run(c, prove_work, &p);
	RETURN_IF_ERR(e);
	w->forget = user.id;
	answer_session(c, w, p.secret, w->known.expires);
	return answer_redirect(r, in->next, NULL);
}
