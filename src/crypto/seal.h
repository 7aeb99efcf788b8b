/* seal: texts that only the program's keys open, unread and unchanged.
 *
 * XChaCha20-Poly1305 with a nonce by chance, over the text padded so that its
 * length tells little. Keys and nonces come from the system's chance, whatever
 * c->random is. What is sealed says what it is about (additional data): in
 * another place, row or person's name it does not open. Results in the arena
 * given.
 */
#ifndef CRYPTO_SEAL_H
#define CRYPTO_SEAL_H

#include "base/ctx.h"

enum {
	SEAL_KEY = 32,
	SEAL_MORE = 72,          /* bytes that a sealed text is longer at most */
	SEAL_TEXT_MOST = 512,    /* bytes of a text for an address */
	SEAL_WRITTEN_MOST = 800, /* characters of a sealed one */
};

typedef struct {
	unsigned char bytes[SEAL_KEY];
} SealKey;

void seal_key_make(SealKey *out);
/* Nonce, ciphertext and tag of any text, in c->arena. */
Err seal_bytes(Ctx *c, const SealKey *key, Str text, Str about, Str *out) MUST_USE;
/* NOT_FOUND: sealed by another key, about something else, or not at all. */
Err seal_open_bytes(Arena *to, const SealKey *key, Str sealed, Str about, Str *out) MUST_USE;
/* For an address: written in its letters (base64url), for one reader only.
 * LIMIT: the text is longer than SEAL_TEXT_MOST. */
Err seal_text(Ctx *c, const SealKey *key, Str text, Str reader, Str *out) MUST_USE;
/* NOT_FOUND: sealed by another key, for another reader, or not at all. */
Err seal_open(Ctx *c, const SealKey *key, Str sealed, Str reader, Str *out) MUST_USE;

#endif
