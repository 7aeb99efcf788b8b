#include "crypto/token.h"

#include <sodium.h>

enum { SECRET_BYTES = 32 };

Str token_new(Ctx *c)
{
	unsigned char bytes[SECRET_BYTES];
	char *hex = arena_alloc(c->arena, 2 * SECRET_BYTES + 1);
	random_bytes(c->random, bytes, sizeof bytes);
	sodium_bin2hex(hex, 2 * SECRET_BYTES + 1, bytes, sizeof bytes);
	sodium_memzero(bytes, sizeof bytes);
	return (Str){ hex, 2 * SECRET_BYTES };
}

void token_hash(Str secret, unsigned char out[TOKEN_HASH])
{
	(void)crypto_generichash(out, TOKEN_HASH, (const unsigned char *)(secret.len > 0 ? secret.ptr : ""), secret.len,
				 NULL, 0);
}

bool token_same(Str a, Str b)
{
	return a.len == b.len && a.len > 0 && sodium_memcmp(a.ptr, b.ptr, a.len) == 0;
}
