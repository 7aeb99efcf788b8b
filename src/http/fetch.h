/* fetch: asks another program over HTTPS, within limits.
 *
 * One request, one answer, on the caller's thread: never a server's. Bounded in
 * seconds, in bytes of head and body; redirects are not followed; certificates
 * are checked against the system's. Plain http:// is for this machine's own
 * addresses alone. libcurl asks; mail.c alone knows it, too. Answers live in
 * c->arena. Safe from any thread.
 */
#ifndef HTTP_FETCH_H
#define HTTP_FETCH_H

#include "base/ctx.h"

enum {
	FETCH_SECONDS = 8,         /* a request and its answer together */
	FETCH_CONNECT_SECONDS = 4, /* finding and reaching the other */
	FETCH_BODY_MOST = 262144,  /* bytes of an answer */
	FETCH_HEAD_MOST = 32768,   /* bytes of its header lines */
	FETCH_ADDRESS_MOST = 1000, /* bytes of an address */
};

typedef struct {
	Str url;           /* one that fetch_may_ask */
	Str form;          /* a body of application/x-www-form-urlencoded to POST; none: GET */
	Str authorization; /* the header's value; may be none */
} FetchRequest;

typedef struct {
	int status;
	Str body;
} FetchAnswer;

/* "127.0.0.1" or "[::1]", a port behind it or not: this machine, and nothing that only begins so. */
bool fetch_is_here(Str authority);
/* https://HOST…, or http:// with 127.0.0.1 or [::1]; printable ASCII without
 * user name, fragment, quotes or backslash. */
bool fetch_may_ask(Str url);
/* Starts libcurl, once: before anything asks it. */
void fetch_library(void);
/* IO: nobody there, too slow, no certificate that is believed; LIMIT: too much
 * came; c->why says which. Any status is OK, a redirect's too. */
Err fetch(Ctx *c, const FetchRequest *request, FetchAnswer *out) MUST_USE;

#endif
