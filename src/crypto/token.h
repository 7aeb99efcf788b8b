/* token: secrets that the program gives out, and how they are recognised.
 *
 * A secret has 256 random bits, written as 64 hexadecimal digits. Only its
 * BLAKE2b hash is stored: with that much chance in it, a slow hash would add
 * nothing. Pure but for the random source.
 */
#ifndef CRYPTO_TOKEN_H
#define CRYPTO_TOKEN_H

#include "base/ctx.h"

enum { TOKEN_HASH = 32 };

/* From c->random, in c->arena. */
Str token_new(Ctx *c);
void token_hash(Str secret, unsigned char out[TOKEN_HASH]);
/* Compared in a time that does not tell how much is right. */
bool token_same(Str a, Str b);

#endif
