#include "http/inside.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

static bool value_ok(Str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (((unsigned char)value.ptr[i] < 0x20 && value.ptr[i] != '\t') || value.ptr[i] == 0x7f)
			return false;
	return true;
}

static void header_put(HttpExchange *x, size_t at, const char *name, Str value)
{
	HttpResponse *out = &x->out;
	if (at == HTTP_OUT_HEADERS_MOST || !value_ok(value)) {
		out->failed = true;
		return;
	}
	out->headers[at] = (HttpPair){ str_of(name), str_dup(x->ctx.arena, value) };
	if (at == out->header_count)
		out->header_count++;
}

void http_add(HttpExchange *x, const char *name, Str value)
{
	header_put(x, x->out.header_count, name, value);
}

void http_set(HttpExchange *x, const char *name, Str value)
{
	size_t at = 0;
	while (at < x->out.header_count && !str_eq_nocase(x->out.headers[at].name, str_of(name)))
		at++;
	header_put(x, at, name, value);
}

static bool cookie_octets(Str value)
{
	for (size_t i = 0; i < value.len; i++) {
		unsigned char ch = (unsigned char)value.ptr[i];
		if (ch <= 0x20 || ch >= 0x7f || ch == '"' || ch == ',' || ch == ';' || ch == '\\')
			return false;
	}
	return true;
}

void http_set_cookie(HttpExchange *x, const HttpCookie *cookie)
{
	Arena *a = x->ctx.arena;
	if (!cookie_octets(cookie->value)) {
		x->out.failed = true;
		return;
	}
	Str age = cookie->max_age < 0 ? STR("") : str_printf(a, "; Max-Age=%lld", (long long)cookie->max_age);
	http_add(x, "Set-Cookie",
		 str_printf(a, "%s=%.*s; Path=/%.*s; SameSite=%s%s%s", cookie->name, STR_ARG(cookie->value),
			    STR_ARG(age), cookie->strict ? "Strict" : "Lax", cookie->secure ? "; Secure" : "",
			    cookie->readable ? "" : "; HttpOnly"));
}

Buf *http_body(HttpExchange *x, int status, const char *content_type)
{
	x->out.status = status;
	x->out.fixed = STR_NONE;
	http_set(x, "Content-Type", str_of(content_type));
	buf_clear(&x->out.body);
	return &x->out.body;
}

bool http_is_local(Str path)
{
	if (path.len == 0 || path.ptr[0] != '/' || str_find_str(path, STR("//")) == 0)
		return false;
	for (size_t i = 0; i < path.len; i++)
		if ((unsigned char)path.ptr[i] < 0x20 || path.ptr[i] == 0x7f || path.ptr[i] == '\\')
			return false;
	return true;
}

void http_redirect(HttpExchange *x, Str path)
{
	x->out.status = 303;
	x->out.fixed = STR_NONE;
	buf_clear(&x->out.body);
	http_set(x, "Location", http_is_local(path) ? path : STR("/"));
}

/* What stands when an answer could not be made: nothing of what was tried. */
static void give_up(HttpExchange *x)
{
	buf_clear(&x->out.body);
	x->out.fixed = STR_NONE;
	x->out.header_count = 0;
	x->out.failed = false;
	x->out.status = 500;
	http_set(x, "Cache-Control", STR("no-store"));
}

enum MHD_Result answer_send(Exchange *ex)
{
	HttpExchange *x = &ex->x;
	if (x->out.failed || x->out.body.failed)
		give_up(x);
	Str body = str_is_none(x->out.fixed) ? buf_str(&x->out.body) : x->out.fixed;
	/* The bytes stay where they are until the exchange ends. */
	struct MHD_Response *response =
		MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.ptr, MHD_RESPMEM_PERSISTENT);
	if (response == NULL)
		return MHD_NO;
	bool ok = true;
	for (size_t i = 0; i < x->out.header_count && ok; i++) /* str_dup has put a NUL behind each */
		ok = MHD_add_response_header(response, x->out.headers[i].name.ptr, x->out.headers[i].value.ptr) ==
		     MHD_YES;
	enum MHD_Result result = ok ? MHD_queue_response(ex->mhd, (unsigned)x->out.status, response) : MHD_NO;
	MHD_destroy_response(response);
	return result;
}
