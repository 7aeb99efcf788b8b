/* oidc: who a provider of OpenID Connect says somebody is.
 *
 * Authorization code flow with PKCE (S256), state and nonce. This room's answer
 * is an issuer and a subject; which user or citizen that is, is its caller's
 * business (oidc_link.h). An Oidc keeps the provider's discovery
 * document and keys in memory; it is shared by all threads. oidc_begin and
 * oidc_verify may wait for the provider (FETCH_SECONDS for each of at most four
 * requests, one thread asking at a time): on a pool thread of LANE_NETWORK only.
 */
#ifndef ACCESS_OIDC_H
#define ACCESS_OIDC_H

#include "access/oidc_token.h"

enum {
	OIDC_MINUTES = 10,          /* from beginning to logged in */
	OIDC_DOCUMENT_MINUTES = 60, /* how long discovery and keys are believed */
	OIDC_RETRY_SECONDS = 10,    /* between tries to reach a provider that did not answer */
	OIDC_NEW_KEYS_SECONDS = 60, /* between askings for a key that is not known */
	OIDC_NEXT_MOST = 120,       /* bytes of the path to go to afterwards */
};
#define OIDC_ANSWER_PATH "/login/oidc/svar"

typedef struct {
	Str issuer;   /* https://…, or http:// on this machine */
	Str client;   /* what the provider calls this program */
	Str secret;   /* what it knows this program by */
	Str redirect; /* this program's OIDC_ANSWER_PATH, as browsers reach it */
} OidcSettings;

typedef struct Oidc Oidc;

/* INVALID with problems (field: the option of `rampe serve`). */
Err oidc_check_settings(Ctx *c, const OidcSettings *settings) MUST_USE;
/* Of settings that have been checked; asks nobody yet. */
Oidc *oidc_new(const OidcSettings *settings);
void oidc_free(Oidc *o);
Str oidc_issuer(const Oidc *o);
/* "login.example.dk": for people. */
Str oidc_issuer_host(Str issuer);

typedef enum {
	OIDC_TO_LOGIN,        /* a user */
	OIDC_TO_LINK,         /* a user's account */
	OIDC_TO_ENTER,        /* a citizen */
	OIDC_TO_LINK_CITIZEN, /* a citizen's page */
} OidcPurpose;
enum { OIDC_PURPOSES = OIDC_TO_LINK_CITIZEN + 1 };

/* A login under way: what the browser keeps sealed in a cookie. */
typedef struct {
	OidcPurpose purpose;
	Uuid who; /* the user or citizen who links; none when logging in */
	Time begun;
	Str state, nonce, verifier;
	Str next; /* path to go to afterwards */
} OidcFlow;

/* The flow as the text to seal, and back. False: not one. */
Str oidc_flow_write(Ctx *c, const OidcFlow *flow);
bool oidc_flow_read(Str text, OidcFlow *out);

/* Fills in begun, state, nonce and verifier (purpose, who and next are the
 * caller's), and says where the browser goes. IO, LIMIT: the provider is not
 * reached, or what it says of itself is of no use; c->why tells. */
Err oidc_begin(Ctx *c, Oidc *o, OidcFlow *flow, Str *url) MUST_USE;

/* What the provider sends the browser back with; STR_NONE without. */
typedef struct {
	Str state, code, error, issuer;
} OidcAnswer;

/* What can be seen without asking the provider: flow's age, state, issuer. */
OidcVerdict oidc_check_answer(Ctx *c, const Oidc *o, const OidcFlow *flow, const OidcAnswer *answer);

typedef struct {
	Str issuer, subject;
} OidcIdentity;

/* Gives the code for an ID token and checks it. c->why tells what an
 * unreachable provider did. */
OidcVerdict oidc_verify(Ctx *c, Oidc *o, const OidcFlow *flow, Str code, OidcIdentity *out);

#endif
