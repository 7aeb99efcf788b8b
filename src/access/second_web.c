#include "access/account.h"
#include "access/login.h"
#include "crypto/totp.h"
#include "format/qr.h"
#include "second_html.h"
#include "second_sql.h"
#include "session_sql.h"

enum { PICTURE_MOST = 64 * 1024, GROUP = 4 };

typedef struct {
	Str code;
} ConfirmIn;
static const Field confirm_fields[] = {
	FIELD(ConfirmIn, code, FIELD_TEXT, N_("Code"), .hint = N_("The six digits that your app shows now"),
	      .required = true, .most = CODE_MOST),
};
const Form second_code_form = FORM("second_code", ConfirmIn, confirm_fields);

typedef struct {
	Str password, code;
} RemoveIn;
static const Field remove_fields[] = {
	FIELD(RemoveIn, password, FIELD_SECRET, N_("Password"), .required = true, .most = PASSWORD_MOST),
	FIELD(RemoveIn, code, FIELD_TEXT, N_("Code"),
	      .hint = N_("The six digits that your app shows now, or one of your recovery codes"), .required = true,
	      .most = CODE_MOST),
};
const Form second_remove_form = FORM("second_remove", RemoveIn, remove_fields);

static const Str here = { STR_LIT("/konto/totrin") };
static const char *const filled[] = { "code", "one-time-code", NULL };

/* In groups, so that it can be typed. */
static Str spaced(Ctx *c, Str secret)
{
	Buf *b = buf_new(c->arena, 2 * secret.len + 1);
	for (size_t i = 0; i < secret.len; i++) {
		if (i > 0 && i % GROUP == 0)
			buf_char(b, ' ');
		buf_char(b, secret.ptr[i]);
	}
	return buf_str(b);
}

static Err draw(Ctx *c, Str secret, HtmlSafe *out)
{
	Buf *b = buf_new(c->arena, PICTURE_MOST);
	Str address = totp_address(c->arena, c->actor->login, secret);
	if (!qr_svg(b, address, str_of(T(c->lang, "QR code")),
		    str_of(T(c->lang, "Holds the key that stands below it as text.")), c->lang) ||
	    b->failed)
		return fail(c, ERR_INTERNAL, "the QR code cannot be drawn");
	*out = (HtmlSafe){ buf_str(b) };
	return OK;
}

static Err begun_page(Ctx *c, Request *r, Html *h, const Second *second, SecondModel *model)
{
	RETURN_IF_ERR(draw(c, second->secret, &model->picture));
	model->secret = spaced(c, second->secret);
	second_secret_html(h, model);
	page_form(c, r, h,
		  &(FormView){ .form = &second_code_form,
			       .action = here,
			       .submit = T(c->lang, "Turn it on"),
			       .autocomplete = filled });
	second_anew_html(h, model);
	return OK;
}

static void on_page(Ctx *c, Request *r, Html *h, const SecondModel *model)
{
	second_on_html(h, model);
	page_form(c, r, h,
		  &(FormView){ .form = &second_remove_form,
			       .action = STR("/konto/totrin/fjern"),
			       .submit = T(c->lang, "Turn it off"),
			       .autocomplete = filled });
}

Err second_page(Ctx *c, Request *r)
{
	Second second;
	const Work *w = work_of(r);
	RETURN_IF_ERR(second_get(c, c->actor->user, &second));
	bool required = (w->d->config.second_roles & 1u << c->actor->role) != 0;
	SecondModel model = { .csrf = page_csrf(r), .required = required, .codes_left = second.codes_left };
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Second step when logging in")),
				     .bare = required && second.state != SECOND_ON,
				     .back = required && second.state != SECOND_ON ? STR_NONE : STR("/konto"),
				     .back_text = str_of(T(c->lang, "Your account")) });
	switch (second.state) {
	case SECOND_OFF: second_begin_html(h, &model); break;
	case SECOND_BEGUN: RETURN_IF_ERR(begun_page(c, r, h, &second, &model)); break;
	case SECOND_ON: on_page(c, r, h, &model); break;
	}
	return page_close(r);
}

/* A page that was left open, while the step was turned on or off elsewhere, shows how it is now. */
static Err as_it_is(Request *r, Err e)
{
	return e == ERR_NOT_FOUND || e == ERR_CONFLICT ? answer_redirect(r, here, NULL) : e;
}

static Err show_codes(Ctx *c, Request *r, const RecoveryCodes *codes)
{
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Your recovery codes")) });
	second_codes_html(h, codes);
	return page_close(r);
}

typedef struct {
	Request *r;
	RecoveryCodes codes;
} Job;

static Err begin_work(Ctx *c, void *arg)
{
	(void)arg;
	return second_begin(c, c->actor->user);
}

Err second_begin_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(as_it_is(r, commit_run(c, begin_work, NULL)));
	return answer_redirect(r, here, NULL);
}

/* Sessions that were begun by the password alone end. */
static Err confirm_work(Ctx *c, void *arg)
{
	Job *j = arg;
	int64_t ended = 0;
	RETURN_IF_ERR(second_confirm(c, c->actor->user, ((const ConfirmIn *)j->r->in)->code, &j->codes));
	return session_revoke_others(c, c->actor->user, work_of(j->r)->known.session, &ended);
}

Err second_confirm_post(Ctx *c, Request *r)
{
	Job j = { .r = r };
	Err e = commit_run(c, confirm_work, &j);
	if (e != OK)
		return as_it_is(r, e);
	work_of(r)->forget = c->actor->user;
	return show_codes(c, r, &j.codes);
}

static Err codes_work(Ctx *c, void *arg)
{
	Job *j = arg;
	return second_renew_codes(c, c->actor->user, &j->codes);
}

Err second_codes_post(Ctx *c, Request *r)
{
	Job j = { .r = r };
	Err e = commit_run(c, codes_work, &j);
	return e == OK ? show_codes(c, r, &j.codes) : as_it_is(r, e);
}

static Err remove_work(Ctx *c, void *arg)
{
	const Job *j = arg;
	bool recovery = false;
	RETURN_IF_ERR(second_use(c, c->actor->user, ((const RemoveIn *)j->r->in)->code, &recovery));
	return second_remove(c, c->actor->user);
}

Err second_remove_post(Ctx *c, Request *r)
{
	const RemoveIn *in = r->in;
	User user;
	Try t = try_of(r, "user.totp_off");
	Job j = { .r = r };
	if (!t.w->known.second)
		return as_it_is(r, ERR_NOT_FOUND);
	RETURN_IF_ERR(try_own_password(c, &t, &user, "password", in->password));
	Err e = try_code(c, &t, remove_work, &j);
	if (e != OK)
		return as_it_is(r, e);
	t.w->forget = user.id;
	return answer_redirect(r, STR("/konto"), N_("The second step is off."));
}
