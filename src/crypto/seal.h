/* seal: short texts that leave the program and come back unread and unchanged.
 *
 * XChaCha20-Poly1305 under a key that lives as long as the process, padded so
 * that the length tells little, written in the letters of an address
 * (base64url). What is sealed for one reader cannot be opened for another.
 * Pure but for the random source; results in c->arena.
 */
#ifndef CRYPTO_SEAL_H
#define CRYPTO_SEAL_H

#include "base/ctx.h"

enum {
	SEAL_KEY = 32,
	SEAL_TEXT_MOST = 512,    /* bytes of a text */
	SEAL_WRITTEN_MOST = 800, /* characters of a sealed one */
};

typedef struct {
	unsigned char bytes[SEAL_KEY];
} SealKey;

void seal_key_make(Ctx *c, SealKey *out);
/* `reader`: whom it is for. LIMIT: the text is longer than SEAL_TEXT_MOST. */
Err seal_text(Ctx *c, const SealKey *key, Str text, Str reader, Str *out) MUST_USE;
/* NOT_FOUND: sealed by another key, for another reader, or not at all. */
Err seal_open(Ctx *c, const SealKey *key, Str sealed, Str reader, Str *out) MUST_USE;

#endif
