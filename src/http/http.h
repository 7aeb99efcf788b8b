/* http: requests come in, answers go out.
 *
 * An HttpServer owns its listening socket, a thread that accepts, `workers`
 * threads that read requests and run the handler, and every open connection.
 * The handler is called once per request, when the body is complete, on a
 * worker's thread. It fills x->out and calls http_answer before it returns, or
 * it calls http_later, gives the exchange to another thread, and that thread
 * fills x->out and calls http_answer exactly once. After http_answer the
 * exchange must not be touched.
 *
 * An HttpExchange and everything its Strs point to lives until the answer has
 * been sent; it belongs to one thread at a time: the worker's, or after
 * http_later the one that answers. Its Ctx is the request's: arenas emptied,
 * database and actor NULL, language from Accept-Language, system clock.
 *
 * What is malformed, too large or too much of one client is answered here (400,
 * 413, 503 with HttpConfig.refused's page, 414 and 431 without) and never
 * reaches the handler. Each part of a request, and its answer, has a time by
 * which it is over, however steadily bytes come and go: later, the connection is
 * cut without a word.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/buf.h"
#include "http/form.h"

typedef enum { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OPTIONS } HttpMethod;

enum {
	HTTP_HEADER_BYTES_MOST = 16384,   /* request line and all header lines together */
	HTTP_HEADERS_MOST = 100,          /* lines */
	HTTP_TARGET_MOST = 4096,          /* bytes of path and query as sent */
	HTTP_ANSWER_MOST = 256 * 1048576, /* bytes of an answer's body */
	HTTP_OUT_HEADERS_MOST = 24,       /* cookies included */
};

typedef struct {
	HttpMethod method; /* GET for HEAD too: the server leaves the body out */
	bool head;
	Str target;     /* path and query as sent, cut at HTTP_TARGET_MOST */
	Str path;       /* decoded by form_path; empty when it cannot be, and the request is refused */
	Str query_text; /* after '?', as sent; empty without */
	HttpPairs query;
	HttpPairs headers;
	Str content_type; /* lower-case media type without parameters; empty without */
	Str body;
	HttpForm form; /* filled by http_form */
} HttpRequest;

typedef struct {
	int status; /* 200 to begin with */
	Buf body;   /* empty to begin with */
	Str fixed;  /* sent instead of `body` when it has a pointer; must outlive the server */
	HttpPair headers[HTTP_OUT_HEADERS_MOST];
	size_t header_count;
	bool failed; /* a header was refused: 500 is sent */
} HttpResponse;

typedef struct HttpExchange {
	Ctx ctx;
	HttpRequest in;
	HttpResponse out;
	void *own; /* the caller's; NULL at the start of each request */
} HttpExchange;

typedef struct HttpServer HttpServer;

typedef struct {
	const char *address;  /* numeric IPv4 or IPv6; NULL: 127.0.0.1 */
	uint16_t port;        /* 0: any free one, see http_port */
	int workers;          /* 1-64; 0: 2 */
	int connections_most; /* together; 0: 1000 */
	int address_most;     /* per remote address, loopback not counted; 0: 64 */
	int requests_most;    /* under way per client (http_remote), loopback not counted; 0: 32 */
	int idle_seconds;     /* from an answer to the next request line, and without a byte; 0: 30 */
	int header_seconds;   /* from connection, or request line, to the header's end; 0: 10 */
	int body_seconds;     /* from there to the body's end, and what rate_least allows; 0: 10 */
	int answer_seconds;   /* for the client to take the answer, and what rate_least allows; 0: 30 */
	int rate_least;       /* bytes a second of bodies and answers; 0: 16 KiB */
	size_t body_most;     /* bytes of a request's body; 0: 1 MiB */
	bool behind_proxy;    /* believe X-Forwarded-For of a loopback peer */
	void (*handle)(HttpExchange *x, void *arg);
	/* Bytes of body to accept when method, path and headers are known; NULL: body_most. */
	size_t (*body_limit)(const HttpExchange *x, void *arg);
	/* Fills x->out for a request refused here: x->out.status is set, x->ctx has
	 * the problems. Called on the worker; must not call http_answer. NULL: no body. */
	void (*refused)(HttpExchange *x, void *arg);
	void *arg;
} HttpConfig;

/* Listens and serves. INVALID: address or numbers; IO: the port is taken, no
 * more sockets or threads. `*config` is copied, its address need not live on. */
Err http_start(Ctx *c, const HttpConfig *config, HttpServer **out) MUST_USE;
uint16_t http_port(const HttpServer *s);
/* Accepts nothing more, lets requests under way finish for up to
 * `wait_seconds`, then ends all connections and frees the server. BUSY, and
 * nothing freed: exchanges given to http_later are still unanswered. */
Err http_stop(HttpServer *s, int wait_seconds) MUST_USE;

/* Another thread will answer. Only from `handle`, before the exchange is
 * handed over (it may be answered before http_later's caller goes on). */
void http_later(HttpExchange *x);
void http_answer(HttpExchange *x);

/* First value, STR_NONE without. Header names regardless of case. */
Str http_header(const HttpExchange *x, const char *name);
Str http_query(const HttpExchange *x, const char *name);
Str http_cookie(const HttpExchange *x, const char *name);
/* Reads the body as a form into x->in.form, once. INVALID with problems:
 * another content type, malformed, too many fields; see http/form.h. */
Err http_form(HttpExchange *x) MUST_USE;
/* The client's address as text. */
Str http_remote(HttpExchange *x);
const char *http_method_name(HttpMethod m);

/* Sets a header of the answer, instead of one of the same name. `name` is a
 * literal; `value` is copied; control characters in it make the answer a 500. */
void http_set(HttpExchange *x, const char *name, Str value);
/* Adds one, for names that may stand more than once. */
void http_add(HttpExchange *x, const char *name, Str value);

typedef struct {
	const char *name;
	Str value;       /* cookie octets (RFC 6265): no space, quote, comma, semicolon, backslash */
	int64_t max_age; /* seconds; 0: ends now; < 0: until the browser closes */
	bool strict;     /* SameSite=Strict instead of Lax */
	bool secure;     /* only over TLS */
	bool readable;   /* by scripts: without HttpOnly */
} HttpCookie;

/* With Path=/. */
void http_set_cookie(HttpExchange *x, const HttpCookie *cookie);
/* Status and content type; the emptied x->out.body to fill. */
Buf *http_body(HttpExchange *x, int status, const char *content_type);
/* True for a path of this site: "/…", without what browsers take for another
 * one: "//", backslashes, control characters (they drop tabs and line ends). */
bool http_is_local(Str path);
/* 303 See Other to a path of this site; anything but http_is_local goes to "/". */
void http_redirect(HttpExchange *x, Str path);

#endif
