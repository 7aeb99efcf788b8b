#include "access/oidc_token.h"

#include "crypto/jws.h"
#include "crypto/token.h"

#include <math.h>

#define SECOND ((Time)1000000)

const char *oidc_verdict_code(OidcVerdict verdict)
{
	static const char *const codes[] = {
		[OIDC_ACCEPTED] = "accepted",
		[OIDC_NOT_BEGUN] = "not_begun",
		[OIDC_TOO_LATE] = "too_late",
		[OIDC_STATE] = "state",
		[OIDC_USED] = "used",
		[OIDC_OTHER_ISSUER] = "other_issuer",
		[OIDC_PROVIDER_ERROR] = "provider_error",
		[OIDC_NO_CODE] = "no_code",
		[OIDC_UNREACHABLE] = "unreachable",
		[OIDC_TOKEN_REFUSED] = "token_refused",
		[OIDC_MALFORMED] = "malformed",
		[OIDC_ALGORITHM] = "algorithm",
		[OIDC_NO_KEY] = "no_key",
		[OIDC_SIGNATURE] = "signature",
		[OIDC_ISSUER] = "issuer",
		[OIDC_AUDIENCE] = "audience",
		[OIDC_EXPIRED] = "expired",
		[OIDC_ISSUED] = "issued",
		[OIDC_NOT_YET] = "not_yet",
		[OIDC_NONCE] = "nonce",
		[OIDC_SUBJECT] = "subject",
		[OIDC_ACCESS_HASH] = "access_hash",
		[OIDC_UNKNOWN] = "unknown",
		[OIDC_CLOSED] = "closed",
		[OIDC_TAKEN] = "taken",
		[OIDC_OTHER_KIND] = "other_kind",
		[OIDC_OTHER_USER] = "other_user",
		[OIDC_NO_PROOF] = "no_proof",
	};
	return codes[verdict];
}

static Str text_of(JsonValue object, const char *key)
{
	Str s = STR_NONE;
	(void)json_as_text(json_member(object, key), &s);
	return s;
}

static const struct {
	const char *name, *kty, *crv;
	JwsAlg alg;
} algorithms[] = {
	{ "RS256", "RSA", NULL, JWS_RS256 },
	{ "ES256", "EC", "P-256", JWS_ES256 },
	{ "EdDSA", "OKP", "Ed25519", JWS_EDDSA },
};
enum { ALGORITHMS = sizeof algorithms / sizeof algorithms[0] };

/* Which of the three; ALGORITHMS: another one, or a header with something that must be understood. */
static size_t algorithm_of(JsonValue header)
{
	size_t i = 0;
	Str name = text_of(header, "alg");
	if (json_kind(json_member(header, "crit")) != JSON_IS_MISSING)
		return ALGORITHMS;
	while (i < ALGORITHMS && !str_eq_z(name, algorithms[i].name))
		i++;
	return i;
}

/* A key for signing by this algorithm and no other. */
static bool key_fits(JsonValue key, size_t i)
{
	Str use = text_of(key, "use"), alg = text_of(key, "alg");
	return str_eq_z(text_of(key, "kty"), algorithms[i].kty) &&
	       (algorithms[i].crv == NULL || str_eq_z(text_of(key, "crv"), algorithms[i].crv)) &&
	       (str_is_none(use) || str_eq_z(use, "sig")) && (str_is_none(alg) || str_eq_z(alg, algorithms[i].name));
}

/* The one key that the token may be signed by: of its kid, or the only one there is. */
static bool find_key(JsonValue keys, Str kid, size_t algorithm, JwsKey *out)
{
	JsonValue list = json_member(keys, "keys"), found = { 0 };
	size_t n = 0;
	if (json_count(list) > OIDC_KEYS_MOST)
		return false;
	for (size_t i = 0; i < json_count(list); i++) {
		JsonValue key = json_at(list, i);
		if (!key_fits(key, algorithm) || (!str_is_none(kid) && !str_eq(text_of(key, "kid"), kid)))
			continue;
		found = key;
		n++;
	}
	if (n != 1)
		return false;
	*out = (JwsKey){ algorithms[algorithm].alg, text_of(found, "n"), text_of(found, "e"), text_of(found, "x"),
			 text_of(found, "y") };
	return true;
}

/* `aud` is one text or a list of them: this client, and where others stand beside it, this client as azp. */
static bool is_for(JsonValue claims, Str client)
{
	JsonValue aud = json_member(claims, "aud"), azp = json_member(claims, "azp");
	bool authorized = str_eq(text_of(claims, "azp"), client), named = false;
	if (json_kind(azp) != JSON_IS_MISSING && !authorized)
		return false;
	if (json_kind(aud) == JSON_IS_TEXT)
		return str_eq(text_of(claims, "aud"), client);
	for (size_t i = 0; i < json_count(aud); i++) {
		Str one = STR_NONE;
		if (json_kind(aud) != JSON_IS_LIST || !json_as_text(json_at(aud, i), &one))
			return false;
		named = named || str_eq(one, client);
	}
	return named && (json_count(aud) == 1 || authorized);
}

/* Seconds since 1970, in the years that a Time can tell. */
static bool moment_of(JsonValue claims, const char *key, Time *out)
{
	double seconds = 0;
	if (!json_as_real(json_member(claims, key), &seconds) || !(seconds > 0 && seconds < 1e11))
		return false;
	*out = (Time)floor(seconds) * SECOND;
	return true;
}

static OidcVerdict check_times(Ctx *c, const OidcExpected *want, JsonValue claims)
{
	Time now = clock_now(c->clock), skew = OIDC_SKEW_SECONDS * SECOND, expires, issued, from;
	if (!moment_of(claims, "exp", &expires) || now >= expires + skew)
		return OIDC_EXPIRED;
	if (!moment_of(claims, "iat", &issued) || issued > now + skew || issued < want->begun - skew)
		return OIDC_ISSUED;
	if (json_kind(json_member(claims, "nbf")) != JSON_IS_MISSING &&
	    (!moment_of(claims, "nbf", &from) || from > now + skew))
		return OIDC_NOT_YET;
	return OIDC_ACCEPTED;
}

bool oidc_is_subject(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < ' ' || s.ptr[i] > '~')
			return false;
	return s.len > 0 && s.len <= OIDC_SUBJECT_MOST;
}

static bool is_of_access_token(Ctx *c, JsonValue claims, JwsAlg alg, Str access_token)
{
	JsonValue at_hash = json_member(claims, "at_hash");
	if (json_kind(at_hash) == JSON_IS_MISSING)
		return true;
	return !str_is_empty(access_token) && jws_half_hash_is(c->arena, alg, access_token, text_of(claims, "at_hash"));
}

static OidcVerdict check_claims(Ctx *c, const OidcExpected *want, JsonValue claims, JwsAlg alg, Str *subject)
{
	if (!str_eq(text_of(claims, "iss"), want->issuer))
		return OIDC_ISSUER;
	if (!is_for(claims, want->client))
		return OIDC_AUDIENCE;
	OidcVerdict times = check_times(c, want, claims);
	if (times != OIDC_ACCEPTED)
		return times;
	if (!token_same(text_of(claims, "nonce"), want->nonce))
		return OIDC_NONCE;
	if (!is_of_access_token(c, claims, alg, want->access_token))
		return OIDC_ACCESS_HASH;
	*subject = text_of(claims, "sub");
	return oidc_is_subject(*subject) ? OIDC_ACCEPTED : OIDC_SUBJECT;
}

/* JSON inside a token, whose faults are nobody's input. */
static bool read_part(Ctx *c, Str bytes, JsonValue *out)
{
	size_t problems = c->problem_count;
	bool fine = json_parse(c, bytes, JWS_MOST, out) == OK;
	c->problem_count = problems;
	return fine && json_kind(*out) == JSON_IS_OBJECT;
}

OidcVerdict oidc_token_check(Ctx *c, const OidcExpected *want, Str token, JsonValue keys, Str *subject)
{
	JwsParts parts;
	JwsKey key;
	JsonValue header, claims;
	if (!jws_read(c->arena, token, &parts) || !read_part(c, parts.header, &header))
		return OIDC_MALFORMED;
	size_t algorithm = algorithm_of(header);
	if (algorithm == ALGORITHMS)
		return OIDC_ALGORITHM;
	if (!find_key(keys, text_of(header, "kid"), algorithm, &key))
		return OIDC_NO_KEY;
	if (!jws_signed_by(c->arena, token, &key))
		return OIDC_SIGNATURE;
	if (!read_part(c, parts.payload, &claims))
		return OIDC_MALFORMED;
	return check_claims(c, want, claims, key.alg, subject);
}
