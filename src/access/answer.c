#include "access/inside.h"

#include <assert.h>
#include <string.h>

static const char csp[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/* Of what is read by programs: nothing in it is ever a page. */
static const char csp_api[] = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static const char no_devices[] = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
				 "magnetometer=(), microphone=(), "
				 "midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=()";

void answer_headers_always(HttpExchange *x, const DispatchConfig *config)
{
	http_set(x, "X-Content-Type-Options", STR("nosniff"));
	http_set(x, "Cross-Origin-Resource-Policy", STR("same-origin"));
	if (config->secure)
		http_set(x, "Strict-Transport-Security", STR("max-age=31536000"));
}

void answer_headers(Work *w)
{
	HttpExchange *x = w->r.x;
	bool shared = w->r.route != NULL && w->r.route->shared && x->out.status == 200;
	answer_headers_always(x, &w->d->config);
	http_set(x, "Cache-Control", shared ? STR("private, max-age=300") : STR("no-store"));
	http_set(x, "Content-Security-Policy", str_of(w->r.api ? csp_api : csp));
	http_set(x, "Referrer-Policy", w->r.api ? STR("no-referrer") : STR("same-origin"));
	http_set(x, "X-Frame-Options", STR("DENY"));
	http_set(x, "Cross-Origin-Opener-Policy", STR("same-origin"));
	http_set(x, "Permissions-Policy", str_of(no_devices));
}

void answer_cookie(Work *w, const char *name, Str value, int64_t max_age)
{
	http_set_cookie(w->r.x, &(HttpCookie){ name, value, max_age, .secure = w->d->config.secure });
}

void answer_session(Ctx *c, Work *w, Str secret, Time expires)
{
	answer_cookie(w, COOKIE_SESSION, secret, (expires - clock_now(c->clock)) / 1000000);
}

int answer_status(const Work *w, Err e)
{
	if (w->status != 0)
		return w->status;
	switch (e) {
	case OK: return 200;
	case ERR_INVALID: return 422;
	case ERR_DENIED: return 403;
	case ERR_NOT_FOUND: return 404;
	case ERR_CONFLICT: return 409;
	case ERR_LIMIT: return 413;
	case ERR_BUSY:
	case ERR_DB: return 503;
	case ERR_IO:
	case ERR_INTERNAL: break;
	}
	return 500;
}

void answer_reset(Work *w)
{
	HttpResponse *out = &w->r.x->out;
	buf_clear(&out->body);
	out->fixed = STR_NONE;
	out->status = 200;
	out->failed = false;
	if (w->status != 405) /* which keeps its Allow */
		out->header_count = 0;
}

static const char *error_code(int status)
{
	switch (status) {
	case 400: return "malformed";
	case 401: return "login";
	case 403: return "denied";
	case 404: return "not_found";
	case 405:
	case 501: return "method"; /* which no address has: RFC 9110, 9.1 */
	case 409: return "conflict";
	case 413:
	case 414:
	case 431: return "too_large";
	case 415: return "media_type";
	case 422: return "invalid";
	case 429:
	case 503: return "busy";
	default: return "internal";
	}
}

/* {"error": "invalid", "message": …, "problems": [{"field", "row", "message"}]} */
static void error_json(Ctx *c, Work *w, int status)
{
	JsonWriter j = json_writer(http_body(w->r.x, status, "application/json"));
	size_t shown = c->problem_count < PROBLEMS_MOST ? c->problem_count : PROBLEMS_MOST;
	json_open_object(&j);
	json_key(&j, "error");
	json_put_text(&j, str_of(error_code(status)));
	json_key(&j, "message");
	json_put_text(&j, str_of(page_error_message(c, status)));
	json_key(&j, "problems");
	json_open_list(&j);
	for (size_t i = 0; i < shown; i++) {
		const Problem *p = &c->problems[i];
		json_open_object(&j);
		json_key(&j, "field");
		json_put_text(&j, p->field.len > 0 ? p->field : STR_NONE);
		json_key(&j, "row");
		if (p->row > 0)
			json_put_int(&j, p->row);
		else
			json_put_null(&j);
		if (p->column > 0) {
			json_key(&j, "character");
			json_put_int(&j, p->column);
		}
		json_key(&j, "message");
		json_put_text(&j, p->message);
		json_close(&j);
	}
	json_close(&j);
	json_close(&j);
}

/* Where the login page leads back to. */
static void to_login(Ctx *c, Work *w)
{
	HttpExchange *x = w->r.x;
	if (page_for_guests(w)) {
		http_redirect(x, STR("/adgang"));
		return;
	}
	Str back = x->in.path;
	if (x->in.query_text.len > 0)
		back = str_printf(c->arena, "%.*s?%.*s", STR_ARG(x->in.path), STR_ARG(x->in.query_text));
	Str to = url_encode(c->arena, back);
	http_redirect(x, str_printf(c->arena, "/login?next=%.*s", STR_ARG(to)));
}

/* The path on this site that a form was sent from. */
static Str sent_from(const HttpExchange *x)
{
	Str from = http_header(x, "Referer");
	size_t host = str_find_str(from, STR("://"));
	size_t path = host == SIZE_MAX ? SIZE_MAX : str_find(from, '/', host + 3);
	return path == SIZE_MAX ? STR("/") : str_sub(from, path, from.len);
}

Str answer_first(Ctx *c, const Work *w)
{
	const HttpExchange *x = w->r.x;
	if (w->first == FIRST_SECOND)
		return STR("/konto/totrin");
	Str back = x->in.method != HTTP_GET || request_partial(&w->r) ? sent_from(x) : x->in.path;
	if (x->in.method == HTTP_GET && !request_partial(&w->r) && x->in.query_text.len > 0)
		back = str_printf(c->arena, "%.*s?%.*s", STR_ARG(back), STR_ARG(x->in.query_text));
	Str next = url_encode(c->arena, back.len <= NEXT_MOST ? back : STR("/"));
	return str_printf(c->arena, "/konto/bekraeft?next=%.*s", STR_ARG(next));
}

/* Something stands before what was asked for. False: what was typed has to be given back first. */
static bool to_first(Ctx *c, Work *w)
{
	HttpExchange *x = w->r.x;
	if (w->first == FIRST_NOTHING || x->in.method != HTTP_GET)
		return false;
	Str to = answer_first(c, w);
	if (!request_partial(&w->r)) {
		http_redirect(x, to);
		return true;
	}
	(void)http_body(x, 403, "text/html; charset=utf-8");
	http_set(x, "HX-Redirect", to);
	return true;
}

/* What was to be a part of a page becomes the login page, or else the whole of the page with what was typed. */
static void part_to_login(Ctx *c, Work *w)
{
	HttpExchange *x = w->r.x;
	if (page_typed_notes(c, w).n == 0) {
		(void)http_body(x, 401, "text/html; charset=utf-8");
		http_set(x, "HX-Redirect", STR("/login"));
		return;
	}
	http_set(x, "HX-Retarget", STR("#main"));
	http_set(x, "HX-Reselect", STR("#refused"));
	http_set(x, "HX-Reswap", STR("innerHTML show:window:top"));
	page_error(c, w, 401);
}

void answer_error(Ctx *c, Work *w, int status)
{
	HttpExchange *x = w->r.x;
	if (status == 503 || status == 429)
		http_set(x, "Retry-After", STR("5"));
	if (status == 401 && w->r.api)
		http_set(x, "WWW-Authenticate", STR("Bearer realm=\"rampe\""));
	if (w->r.api) {
		error_json(c, w, status);
		return;
	}
	if (to_first(c, w))
		return;
	if (status == 401 && w->r.route != NULL && w->r.route->left != NULL) {
		http_redirect(x, str_of(w->r.route->left));
		return;
	}
	if (status == 401 && request_partial(&w->r)) {
		part_to_login(c, w);
		return;
	}
	if (status == 401 && x->in.method == HTTP_GET) {
		to_login(c, w);
		return;
	}
	page_error(c, w, status);
}

Buf *answer_json(Request *r)
{
	return http_body(r->x, r->route->answer > 0 ? r->route->answer : 200, "application/json");
}

Buf *answer_file(Request *r, const char *content_type, const char *filename)
{
	Buf *b = http_body(r->x, 200, content_type);
	if (filename != NULL)
		http_set(r->x, "Content-Disposition",
			 str_printf(r->x->ctx.arena, "attachment; filename=\"%s\"", filename));
	return b;
}

void answer_audited(Request *r, const AuditEvent *event)
{
	Work *w = work_of(r);
	AuditEvent *entry = ARENA_NEW(r->x->ctx.arena, AuditEvent);
	assert(w->entry == NULL);
	*entry = *event;
	w->entry = entry;
}

Err answer_redirect(Request *r, Str path, const char *notice)
{
	Work *w = work_of(r);
	http_redirect(r->x, path);
	if (notice != NULL)
		answer_cookie(w, COOKIE_NOTICE, url_encode(r->x->ctx.arena, str_of(notice)), 60);
	return OK;
}
