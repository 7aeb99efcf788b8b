/* jws: signed tokens in compact form (RFC 7515), and keys that sign them.
 *
 * Three algorithms, all with a public key: RS256, ES256, EdDSA with Ed25519.
 * The caller says which one the key is for, so that a token cannot choose: what
 * is signed otherwise, or not at all, is not signed by the key. Keys come as the
 * members of a JWK (RFC 7517); nothing that the token brings along (jwk, jku,
 * x5c, x5u) is looked at. rhonabwy verifies; no other file knows it. Results
 * live in the arena given. Safe from any thread.
 */
#ifndef CRYPTO_JWS_H
#define CRYPTO_JWS_H

#include "base/str.h"

typedef enum { JWS_RS256, JWS_ES256, JWS_EDDSA } JwsAlg;

enum {
	JWS_MOST = 32768,          /* characters of a token */
	JWS_RSA_BYTES_LEAST = 256, /* of the modulus: 2048 bits */
	JWS_RSA_BYTES_MOST = 1024,
};

typedef struct {
	Str header, payload; /* decoded, not verified */
} JwsParts;

typedef struct {
	JwsAlg alg;
	Str n, e; /* RS256: base64url */
	Str x, y; /* ES256: both, on P-256; EdDSA: x, on Ed25519 */
} JwsKey;

/* False: not three parts, the first two of base64url, or too long. */
bool jws_read(Arena *a, Str token, JwsParts *out);
/* True when the token says it is signed by key->alg, and this key has signed it. */
bool jws_signed_by(Arena *a, Str token, const JwsKey *key);
/* base64url without padding (RFC 4648, section 5). */
bool base64url_read(Arena *a, Str text, Str *out);
Str base64url_write(Arena *a, const void *bytes, size_t n);
/* Whether it is the first half of the algorithm's hash, as base64url: what at_hash
 * says of an access token (OpenID Connect Core 1.0, 3.1.3.6). For EdDSA the
 * standard names none: SHA-512 is Ed25519's own, some providers take SHA-256. */
bool jws_half_hash_is(Arena *a, JwsAlg alg, Str text, Str half);
/* SHA-256 as base64url: PKCE's S256 (RFC 7636). */
Str sha256_base64url(Arena *a, Str text);

#endif
