#include "crypto/seal.h"

#include <sodium.h>
#include <string.h>

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	BLOCK = 32, /* bytes that lengths are rounded up to */
	PADDED_MOST = SEAL_TEXT_MOST + BLOCK,
	BYTES_MOST = NONCE + PADDED_MOST + TAG,
	LETTERS = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
};

void seal_key_make(Ctx *c, SealKey *out)
{
	random_bytes(c->random, out->bytes, sizeof out->bytes);
}

Err seal_text(Ctx *c, const SealKey *key, Str text, Str reader, Str *out)
{
	unsigned char padded[PADDED_MOST] = { 0 }, bytes[BYTES_MOST];
	size_t padded_len = 0;
	if (text.len > SEAL_TEXT_MOST)
		return fail(c, ERR_LIMIT, "a text of %zu bytes to seal", text.len);
	if (text.len > 0)
		memcpy(padded, text.ptr, text.len);
	if (sodium_pad(&padded_len, padded, text.len, BLOCK, sizeof padded) != 0)
		return fail(c, ERR_INTERNAL, "padding %zu bytes", text.len);
	random_bytes(c->random, bytes, NONCE);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + NONCE, NULL, padded, padded_len,
							 (const unsigned char *)reader.ptr, reader.len, NULL, bytes,
							 key->bytes);
	size_t len = NONCE + padded_len + TAG, room = sodium_base64_encoded_len(len, LETTERS);
	char *written = arena_alloc(c->arena, room);
	(void)sodium_bin2base64(written, room, bytes, len, LETTERS);
	*out = str_of(written);
	return OK;
}

Err seal_open(Ctx *c, const SealKey *key, Str sealed, Str reader, Str *out)
{
	unsigned char bytes[BYTES_MOST];
	unsigned char *padded = arena_alloc(c->arena, PADDED_MOST);
	unsigned long long padded_len = 0;
	size_t len = 0, text_len = 0;
	if (sodium_base642bin(bytes, sizeof bytes, sealed.ptr, sealed.len, NULL, &len, NULL, LETTERS) != 0 ||
	    len < NONCE + TAG ||
	    crypto_aead_xchacha20poly1305_ietf_decrypt(padded, &padded_len, NULL, bytes + NONCE, len - NONCE,
						       (const unsigned char *)reader.ptr, reader.len, bytes,
						       key->bytes) != 0 ||
	    sodium_unpad(&text_len, padded, (size_t)padded_len, BLOCK) != 0)
		return ERR_NOT_FOUND;
	*out = (Str){ (const char *)padded, text_len };
	return OK;
}
