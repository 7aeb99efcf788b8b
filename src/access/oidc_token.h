/* oidc_token: whether an ID token says what it must (OpenID Connect Core 1.0,
 * 3.1.3.7), and of whom.
 *
 * Pure: the token, the provider's keys and what is expected come in, a subject
 * or the reason for refusing goes out. Nothing but `sub` is read of the person:
 * names and mail addresses that a provider tells are nobody's proof here.
 */
#ifndef ACCESS_OIDC_TOKEN_H
#define ACCESS_OIDC_TOKEN_H

#include "format/json.h"

enum {
	OIDC_SKEW_SECONDS = 60,  /* that the provider's clock may differ */
	OIDC_SUBJECT_MOST = 255, /* ASCII characters, as the standard has it */
	OIDC_KEYS_MOST = 100,    /* that a provider may have at once */
};

/* Why somebody was not let in; the codes stand in the audit. */
typedef enum {
	OIDC_ACCEPTED,
	OIDC_NOT_BEGUN, /* no cookie of a login begun here */
	OIDC_TOO_LATE,
	OIDC_STATE,
	OIDC_USED,           /* this login has ended already */
	OIDC_OTHER_ISSUER,   /* the answer names another provider (RFC 9207) */
	OIDC_PROVIDER_ERROR, /* the provider, or the person there, said no */
	OIDC_NO_CODE,
	OIDC_UNREACHABLE,   /* no answer in time, or none of the kind */
	OIDC_TOKEN_REFUSED, /* the provider gave no token for the code */
	OIDC_MALFORMED,
	OIDC_ALGORITHM,
	OIDC_NO_KEY, /* none of the provider's keys is the one the token names */
	OIDC_SIGNATURE,
	OIDC_ISSUER,
	OIDC_AUDIENCE,
	OIDC_EXPIRED,
	OIDC_ISSUED, /* in the future, or before this login began */
	OIDC_NOT_YET,
	OIDC_NONCE,
	OIDC_SUBJECT,
	OIDC_ACCESS_HASH,
	OIDC_UNKNOWN,    /* nobody here belongs to this subject */
	OIDC_CLOSED,     /* the user may not log in any more */
	OIDC_TAKEN,      /* the subject belongs to another user, or another citizen */
	OIDC_OTHER_KIND, /* a citizen's subject where users come in, or a user's where citizens do */
	OIDC_OTHER_USER, /* somebody else has logged in meanwhile */
	OIDC_NO_PROOF,   /* the citizen has not just come in by a code */
} OidcVerdict;
/* "audience", for the audit. */
const char *oidc_verdict_code(OidcVerdict verdict);

typedef struct {
	Str issuer, client, nonce;
	Str access_token; /* that came with it; may be none */
	Time begun;       /* no token of before is one of this login */
} OidcExpected;

/* `keys` is the provider's JWK set. Times by c->clock. */
OidcVerdict oidc_token_check(Ctx *c, const OidcExpected *want, Str token, JsonValue keys, Str *subject);

/* 1 to OIDC_SUBJECT_MOST printable ASCII characters. */
bool oidc_is_subject(Str s);

#endif
