#include "http/fetch.h"

#include "base/buf.h"

#include <curl/curl.h>
#include <pthread.h>

typedef struct {
	Buf *body;
	size_t head;
} Receiving;

static void start_library(void)
{
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
}

static size_t take_body(char *bytes, size_t size, size_t n, void *arg)
{
	Receiving *r = arg;
	buf_add(r->body, bytes, size * n);
	return r->body->failed ? 0 : size * n; /* anything but all of it ends the transfer */
}

static size_t take_head(char *bytes, size_t size, size_t n, void *arg)
{
	Receiving *r = arg;
	(void)bytes;
	r->head += size * n;
	return r->head > FETCH_HEAD_MOST ? 0 : size * n;
}

static bool is_port(Str s)
{
	int64_t port = 0;
	return s.len == 0 || (s.ptr[0] == ':' && str_to_int(str_sub(s, 1, s.len), &port) && port > 0 && port < 65536);
}

bool fetch_is_here(Str authority)
{
	static const char *const here[] = { "127.0.0.1", "[::1]" };
	for (size_t i = 0; i < sizeof here / sizeof here[0]; i++)
		if (str_starts(authority, str_of(here[i])) &&
		    is_port(str_sub(authority, str_of(here[i]).len, authority.len)))
			return true;
	return false;
}

bool fetch_may_ask(Str url)
{
	Str https = STR("https://"), http = STR("http://");
	for (size_t i = 0; i < url.len; i++)
		if (url.ptr[i] <= ' ' || url.ptr[i] > '~' || url.ptr[i] == '#' || url.ptr[i] == '\\' ||
		    url.ptr[i] == '"' || url.ptr[i] == '<' || url.ptr[i] == '>')
			return false;
	bool secure = str_starts(url, https);
	if (url.len > FETCH_ADDRESS_MOST || (!secure && !str_starts(url, http)))
		return false;
	Str rest = str_sub(url, secure ? https.len : http.len, url.len), authority = rest;
	for (size_t i = 0; i < rest.len && authority.len == rest.len; i++)
		if (rest.ptr[i] == '/' || rest.ptr[i] == '?')
			authority = str_sub(rest, 0, i);
	if (authority.len == 0 || str_find(authority, '@', 0) != SIZE_MAX)
		return false;
	return secure || fetch_is_here(authority);
}

static void set_limits(CURL *curl, Receiving *to)
{
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)FETCH_SECONDS);
	(void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)FETCH_CONNECT_SECONDS);
	(void)curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	(void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
	(void)curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	(void)curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	(void)curl_easy_setopt(curl, CURLOPT_NOPROXY, "127.0.0.1,::1");
	(void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, to);
	(void)curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_head);
	(void)curl_easy_setopt(curl, CURLOPT_HEADERDATA, to);
}

static struct curl_slist *header_lines(Ctx *c, const FetchRequest *r)
{
	struct curl_slist *lines = curl_slist_append(NULL, "Accept: application/json");
	if (str_is_none(r->authorization))
		return lines;
	return curl_slist_append(lines, str_printf(c->arena, "Authorization: %.*s", STR_ARG(r->authorization)).ptr);
}

static Err perform(Ctx *c, CURL *curl, const FetchRequest *r, FetchAnswer *out)
{
	Receiving to = { .body = buf_new(c->arena, FETCH_BODY_MOST) };
	long status = 0;
	struct curl_slist *lines = header_lines(c, r);
	set_limits(curl, &to);
	(void)curl_easy_setopt(curl, CURLOPT_URL, str_z(c->arena, r->url));
	(void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
	if (!str_is_none(r->form)) {
		(void)curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)r->form.len);
		(void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, str_z(c->arena, r->form));
	}
	CURLcode got = curl_easy_perform(curl);
	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(lines);
	if (to.body->failed || to.head > FETCH_HEAD_MOST)
		return fail(c, ERR_LIMIT, "%.*s: more came than is taken", STR_ARG(r->url));
	if (got != CURLE_OK)
		return fail(c, ERR_IO, "%.*s: %s", STR_ARG(r->url), curl_easy_strerror(got));
	*out = (FetchAnswer){ (int)status, buf_str(to.body) };
	return OK;
}

void fetch_library(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	(void)pthread_once(&once, start_library);
}

Err fetch(Ctx *c, const FetchRequest *request, FetchAnswer *out)
{
	fetch_library();
	if (!fetch_may_ask(request->url))
		return fail(c, ERR_INTERNAL, "%.*s: not an address to ask", STR_ARG(request->url));
	CURL *curl = curl_easy_init();
	if (curl == NULL)
		return fail(c, ERR_IO, "libcurl does not start");
	Err e = perform(c, curl, request, out);
	curl_easy_cleanup(curl);
	return e;
}
