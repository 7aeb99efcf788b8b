#include "crypto/password.h"

#include <sodium.h>

static const unsigned long long passes = 2;
static const size_t memory = 64 * 1024 * 1024;

Err password_hash(Ctx *c, Str password, Str *out)
{
	if (password.len > PASSWORD_BYTES_MOST)
		return fail(c, ERR_LIMIT, "a password of %zu bytes", password.len);
	char *hash = arena_alloc(c->arena, crypto_pwhash_STRBYTES);
	if (sodium_init() < 0 ||
	    crypto_pwhash_str_alg(hash, password.ptr, password.len, passes, memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return fail(c, ERR_BUSY, "no memory for Argon2id");
	*out = str_of(hash);
	return OK;
}

/* The same work on nothing. */
static void spend(Ctx *c, Str password)
{
	unsigned char key[32];
	static const unsigned char salt[crypto_pwhash_SALTBYTES] = { 0 };
	if (crypto_pwhash(key, sizeof key, password.ptr, password.len, salt, passes, memory,
			  crypto_pwhash_ALG_ARGON2ID13) != 0)
		(void)fail(c, ERR_BUSY, "no memory for Argon2id");
	sodium_memzero(key, sizeof key);
}

bool password_verify(Ctx *c, Str hash, Str password)
{
	if (sodium_init() < 0)
		return false;
	if (password.len > PASSWORD_BYTES_MOST)
		password.len = PASSWORD_BYTES_MOST; /* never right: hashes are of shorter ones */
	if (!str_starts(hash, STR("$argon2id$")) || hash.len >= crypto_pwhash_STRBYTES) {
		spend(c, password);
		return false;
	}
	char *z = arena_alloc(c->arena, crypto_pwhash_STRBYTES); /* zeroed, as libsodium wants it */
	for (size_t i = 0; i < hash.len; i++)
		z[i] = hash.ptr[i];
	return crypto_pwhash_str_verify(z, password.ptr, password.len) == 0;
}
