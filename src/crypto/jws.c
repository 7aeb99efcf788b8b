#include "crypto/jws.h"

#include "crypto/token.h"

#include <pthread.h>
#include <rhonabwy.h>
#include <sodium.h>

enum { LETTERS = sodium_base64_VARIANT_URLSAFE_NO_PADDING, CURVE_BYTES = 32, EXPONENT_BYTES_MOST = 8 };

bool base64url_read(Arena *a, Str text, Str *out)
{
	size_t room = text.len / 4 * 3 + 3, len = 0;
	unsigned char *bytes = arena_alloc(a, room);
	if (text.len == 0 || sodium_base642bin(bytes, room, text.ptr, text.len, NULL, &len, NULL, LETTERS) != 0)
		return false;
	*out = (Str){ (const char *)bytes, len };
	return true;
}

Str base64url_write(Arena *a, const void *bytes, size_t n)
{
	size_t room = sodium_base64_encoded_len(n, LETTERS);
	char *written = arena_alloc(a, room);
	(void)sodium_bin2base64(written, room, bytes, n, LETTERS);
	return str_of(written);
}

Str sha256_base64url(Arena *a, Str text)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	(void)crypto_hash_sha256(hash, (const unsigned char *)text.ptr, text.len);
	return base64url_write(a, hash, sizeof hash);
}

bool jws_half_hash_is(Arena *a, JwsAlg alg, Str text, Str half)
{
	unsigned char hash[crypto_hash_sha512_BYTES];
	(void)crypto_hash_sha256(hash, (const unsigned char *)text.ptr, text.len);
	bool is = token_same(half, base64url_write(a, hash, crypto_hash_sha256_BYTES / 2));
	(void)crypto_hash_sha512(hash, (const unsigned char *)text.ptr, text.len);
	return is || (alg == JWS_EDDSA && token_same(half, base64url_write(a, hash, crypto_hash_sha512_BYTES / 2)));
}

bool jws_read(Arena *a, Str token, JwsParts *out)
{
	Str rest = token, header, payload, signature, more;
	if (token.len > JWS_MOST || !str_split(&rest, '.', &header) || !str_split(&rest, '.', &payload) ||
	    !str_split(&rest, '.', &signature) || str_split(&rest, '.', &more))
		return false;
	return base64url_read(a, header, &out->header) && base64url_read(a, payload, &out->payload);
}

/* A number of a key, with as many bytes as it may have. */
static bool is_number(Arena *a, Str text, size_t least, size_t most)
{
	Str bytes;
	return text.len < 2 * JWS_RSA_BYTES_MOST && base64url_read(a, text, &bytes) && bytes.len >= least &&
	       bytes.len <= most;
}

/* The key alone, as a JWK; none: it is not one for its algorithm. */
static Str key_json(Arena *a, const JwsKey *k)
{
	switch (k->alg) {
	case JWS_RS256:
		if (!is_number(a, k->n, JWS_RSA_BYTES_LEAST, JWS_RSA_BYTES_MOST) ||
		    !is_number(a, k->e, 1, EXPONENT_BYTES_MOST))
			return STR_NONE;
		return str_printf(a, "{\"kty\":\"RSA\",\"n\":\"%.*s\",\"e\":\"%.*s\"}", STR_ARG(k->n), STR_ARG(k->e));
	case JWS_ES256:
		if (!is_number(a, k->x, CURVE_BYTES, CURVE_BYTES) || !is_number(a, k->y, CURVE_BYTES, CURVE_BYTES))
			return STR_NONE;
		return str_printf(a, "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%.*s\",\"y\":\"%.*s\"}", STR_ARG(k->x),
				  STR_ARG(k->y));
	case JWS_EDDSA:
		if (!is_number(a, k->x, CURVE_BYTES, CURVE_BYTES))
			return STR_NONE;
		return str_printf(a, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%.*s\"}", STR_ARG(k->x));
	}
	return STR_NONE;
}

static jwa_alg alg_of(JwsAlg alg)
{
	switch (alg) {
	case JWS_RS256: return R_JWA_ALG_RS256;
	case JWS_ES256: return R_JWA_ALG_ES256;
	case JWS_EDDSA: return R_JWA_ALG_EDDSA;
	}
	return R_JWA_ALG_UNKNOWN;
}

static void start_library(void)
{
	(void)r_global_init();
}

bool jws_signed_by(Arena *a, Str token, const JwsKey *key)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	jws_t *jws = NULL;
	jwk_t *jwk = NULL;
	Str json = key_json(a, key);
	(void)pthread_once(&once, start_library);
	bool fits = !str_is_none(json) && token.len <= JWS_MOST && r_jws_init(&jws) == RHN_OK &&
		    r_jwk_init(&jwk) == RHN_OK && r_jwk_import_from_json_str(jwk, json.ptr) == RHN_OK &&
		    r_jws_advanced_compact_parsen(jws, token.ptr, token.len, R_PARSE_NONE, R_FLAG_IGNORE_REMOTE) ==
			    RHN_OK &&
		    r_jws_get_alg(jws) == alg_of(key->alg) &&
		    r_jws_verify_signature(jws, jwk, R_FLAG_IGNORE_REMOTE) == RHN_OK;
	r_jwk_free(jwk);
	r_jws_free(jws);
	return fits;
}
