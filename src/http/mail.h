/* mail: hands one message to the relay that sends this installation's mail (SMTP, RFC 5321).
 *
 * On the caller's thread, which waits for the network: never a server's, never
 * within a commit job. Bounded in seconds. TLS is a must, with a certificate
 * that the system believes, unless the relay is this machine's own 127.0.0.1 or
 * [::1]. What the relay has not acknowledged may have arrived all the same: the
 * caller decides whether to try again. libcurl speaks; results live in
 * c->arena. Safe from any thread.
 */
#ifndef HTTP_MAIL_H
#define HTTP_MAIL_H

#include "base/ctx.h"

#include <stdatomic.h>

enum { MAIL_SECONDS = 30, MAIL_CONNECT_SECONDS = 10, MAIL_ADDRESS_MOST = 254 };

typedef struct {
	Str relay;          /* smtps://HOST[:PORT] or smtp://HOST[:PORT], which turns to TLS */
	Str user, password; /* none: the relay knows this machine */
} MailRelay;

/* What came of it. */
typedef enum {
	MAIL_ACCEPTED,    /* the relay has taken it over */
	MAIL_UNREACHABLE, /* nobody answers, or the connection broke */
	MAIL_TOO_SLOW,
	MAIL_NO_TLS, /* the relay offers none, or its certificate is not believed */
	MAIL_LOGIN,  /* the relay does not take user and password */
	MAIL_BUSY,   /* not now (4yz) */
	MAIL_REFUSED /* never (5yz) */
} MailOutcome;

typedef struct {
	Str from, to;            /* addresses that mail_is_address */
	Str message;             /* header lines, an empty line and the text, lines ending in CR LF */
	const atomic_bool *stop; /* ends the waiting when true; NULL: nothing does */
} Mail;

/* One address as it stands between < and >: printable ASCII with one @, without blanks, line ends, commas, quotes,
 * brackets or a dash at the beginning. */
bool mail_is_address(Str s);
bool mail_is_relay(Str url);
/* INVALID: an address that is none. Whatever the relay says is OK and stands in *out. */
Err mail_send(Ctx *c, const MailRelay *relay, const Mail *mail, MailOutcome *out) MUST_USE;

#endif
