#include "http/inside.h"

#include <arpa/inet.h>
#include <string.h>

typedef struct {
	Exchange *ex;
	size_t most;
	bool malformed;
} Reading;

const char *http_method_name(HttpMethod m)
{
	static const char *const names[] = { "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" };
	return names[m];
}

static bool method_read(HttpRequest *in, const char *method)
{
	if (strcmp(method, "HEAD") == 0) {
		in->method = HTTP_GET;
		in->head = true;
		return true;
	}
	for (HttpMethod m = HTTP_GET; m <= HTTP_OPTIONS; m++) {
		in->method = m;
		if (strcmp(method, http_method_name(m)) == 0)
			return true;
	}
	return false;
}

static enum MHD_Result header_read(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_len,
				   const char *value, size_t value_len)
{
	Reading *reading = arg;
	HttpPairs *headers = &reading->ex->x.in.headers;
	(void)kind;
	if (headers->n == reading->most)
		return MHD_NO;
	for (size_t i = 0; i < value_len; i++)
		reading->malformed |= ((unsigned char)value[i] < 0x20 && value[i] != '\t') || value[i] == 0x7f;
	headers->items[headers->n++] = (HttpPair){ { name, name_len }, { value == NULL ? "" : value, value_len } };
	return MHD_YES;
}

static size_t count_of(HttpPairs headers, Str name)
{
	size_t n = 0;
	for (size_t i = 0; i < headers.n; i++)
		n += str_eq_nocase(headers.items[i].name, name);
	return n;
}

/* Headers whose doubling makes two readers understand two requests. */
static bool is_ambiguous(HttpPairs headers)
{
	const Str single[] = { STR("Host"),         STR("Content-Length"), STR("Transfer-Encoding"),
			       STR("Content-Type"), STR("Authorization"),  STR("Cookie") };
	size_t length_or_chunks = 0;
	for (size_t i = 0; i < sizeof single / sizeof single[0]; i++) {
		size_t n = count_of(headers, single[i]);
		if (n > 1)
			return true;
		length_or_chunks += (i == 1 || i == 2) && n == 1;
	}
	return length_or_chunks == 2;
}

static int headers_read(Exchange *ex)
{
	HttpRequest *in = &ex->x.in;
	int n = MHD_get_connection_values(ex->mhd, MHD_HEADER_KIND, NULL, NULL);
	if (n > HTTP_HEADERS_MOST)
		return 431;
	Reading reading = { ex, n < 0 ? 0 : (size_t)n, false };
	in->headers.items = ARENA_ARRAY(ex->x.ctx.arena, reading.most, HttpPair);
	(void)MHD_get_connection_values_n(ex->mhd, MHD_HEADER_KIND, header_read, &reading);
	return reading.malformed || is_ambiguous(in->headers) ? 400 : 0;
}

int request_read(Exchange *ex, const char *method)
{
	HttpRequest *in = &ex->x.in;
	Ctx *c = &ex->x.ctx;
	int status = headers_read(ex);
	c->lang = accept_language(http_header(&ex->x, "Accept-Language"));
	in->target = ex->target;
	in->path = in->query_text = in->content_type = in->body = STR("");
	if (status != 0)
		return status;
	if (ex->target_too_long)
		return 414;
	if (!method_read(in, method))
		return 501;
	size_t mark = str_find(ex->target, '?', 0);
	if (form_path(c, str_sub(ex->target, 0, mark), &in->path) != OK)
		return 400;
	if (mark != SIZE_MAX) {
		in->query_text = str_sub(ex->target, mark + 1, ex->target.len);
		if (form_urlencoded(c, in->query_text, &in->query) != OK)
			return 400;
	}
	Str type = http_header(&ex->x, "Content-Type");
	if (!str_is_none(type))
		in->content_type = str_lower_ascii(c->arena, str_trim(str_sub(type, 0, str_find(type, ';', 0))));
	return 0;
}

Str http_header(const HttpExchange *x, const char *name)
{
	Str wanted = str_of(name);
	for (size_t i = 0; i < x->in.headers.n; i++)
		if (str_eq_nocase(x->in.headers.items[i].name, wanted))
			return x->in.headers.items[i].value;
	return STR_NONE;
}

Str http_query(const HttpExchange *x, const char *name)
{
	return pairs_get(x->in.query, name);
}

Str http_cookie(const HttpExchange *x, const char *name)
{
	return cookie_get(http_header(x, "Cookie"), name);
}

static Err form_read(HttpExchange *x)
{
	if (str_eq(x->in.content_type, STR("application/x-www-form-urlencoded")))
		return form_urlencoded(&x->ctx, x->in.body, &x->in.form.fields);
	if (str_eq(x->in.content_type, STR("multipart/form-data")))
		return form_multipart(&x->ctx, http_header(x, "Content-Type"), x->in.body, &x->in.form);
	if (x->in.body.len == 0)
		return OK;
	return refuse(&x->ctx, "", "%s", T(x->ctx.lang, "The form was not sent as a browser sends it."));
}

Err http_form(HttpExchange *x)
{
	Exchange *ex = (Exchange *)x;
	if (!ex->form_read)
		ex->form_err = form_read(x);
	ex->form_read = true;
	return ex->form_err;
}

/* The address that the nearest proxy has seen: the last one named. What stands
 * before it, the client may have made up. */
static Str forwarded_for(const HttpExchange *x)
{
	Str list = STR_NONE, piece = STR_NONE;
	for (size_t i = 0; i < x->in.headers.n; i++)
		if (str_eq_nocase(x->in.headers.items[i].name, STR("X-Forwarded-For")))
			list = x->in.headers.items[i].value;
	while (list.len > 0 && str_split(&list, ',', &piece))
		piece = str_trim(piece);
	unsigned char parsed[16];
	return address_parse(piece, parsed) ? piece : STR_NONE;
}

Str http_remote(HttpExchange *x)
{
	const Exchange *ex = (const Exchange *)x;
	const unsigned char *address = ex->connection->visit.address;
	if (ex->worker->server->config.behind_proxy && ex->connection->loopback) {
		Str forwarded = forwarded_for(x);
		if (!str_is_none(forwarded))
			return forwarded;
	}
	char *text = arena_alloc(x->ctx.arena, INET6_ADDRSTRLEN);
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
	if (memcmp(address, mapped, sizeof mapped) == 0)
		return str_of(inet_ntop(AF_INET, address + 12, text, INET6_ADDRSTRLEN));
	return str_of(inet_ntop(AF_INET6, address, text, INET6_ADDRSTRLEN));
}
