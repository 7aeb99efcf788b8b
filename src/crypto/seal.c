#include "crypto/seal.h"

#include <sodium.h>
#include <string.h>

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	BLOCK = 32, /* bytes that lengths are rounded up to */
	LETTERS = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
};
_Static_assert(NONCE + BLOCK + TAG <= SEAL_MORE, "a sealed text is no longer than it says");

void seal_key_make(SealKey *out)
{
	random_bytes(random_system(), out->bytes, sizeof out->bytes);
}

Err seal_bytes(Ctx *c, const SealKey *key, Str text, Str about, Str *out)
{
	unsigned char *to = arena_alloc(c->arena, text.len + SEAL_MORE), *padded = to + NONCE;
	size_t len = 0;
	random_bytes(random_system(), to, NONCE);
	if (text.len > 0)
		memcpy(padded, text.ptr, text.len);
	if (sodium_pad(&len, padded, text.len, BLOCK, text.len + BLOCK) != 0)
		return fail(c, ERR_INTERNAL, "padding %zu bytes", text.len);
	(void)crypto_aead_xchacha20poly1305_ietf_encrypt(padded, NULL, padded, len, (const unsigned char *)about.ptr,
							 about.len, NULL, to, key->bytes);
	*out = (Str){ (const char *)to, NONCE + len + TAG };
	return OK;
}

/* The length without the padding (ISO/IEC 7816-4), of bytes that have been found genuine: nobody who tampers sees how
 * long this takes. */
static bool unpad(const unsigned char *padded, size_t len, size_t *out)
{
	size_t end = len;
	while (end > 0 && len - end < BLOCK && padded[end - 1] == 0)
		end--;
	if (end == 0 || len - end == BLOCK || padded[end - 1] != 0x80)
		return false;
	*out = end - 1;
	return true;
}

Err seal_open_bytes(Arena *to, const SealKey *key, Str sealed, Str about, Str *out)
{
	const unsigned char *bytes = (const unsigned char *)sealed.ptr;
	size_t text_len = 0;
	if (sealed.len < NONCE + BLOCK + TAG)
		return ERR_NOT_FOUND;
	size_t padded_len = sealed.len - NONCE - TAG;
	unsigned char *padded = arena_alloc(to, padded_len);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(padded, NULL, NULL, bytes + NONCE, sealed.len - NONCE,
						       (const unsigned char *)about.ptr, about.len, bytes,
						       key->bytes) != 0 ||
	    !unpad(padded, padded_len, &text_len))
		return ERR_NOT_FOUND;
	*out = (Str){ (const char *)padded, text_len };
	return OK;
}

Err seal_text(Ctx *c, const SealKey *key, Str text, Str reader, Str *out)
{
	Str bytes;
	if (text.len > SEAL_TEXT_MOST)
		return fail(c, ERR_LIMIT, "a text of %zu bytes to seal", text.len);
	RETURN_IF_ERR(seal_bytes(c, key, text, reader, &bytes));
	size_t room = sodium_base64_encoded_len(bytes.len, LETTERS);
	char *written = arena_alloc(c->arena, room);
	(void)sodium_bin2base64(written, room, (const unsigned char *)bytes.ptr, bytes.len, LETTERS);
	*out = str_of(written);
	return OK;
}

Err seal_open(Ctx *c, const SealKey *key, Str sealed, Str reader, Str *out)
{
	unsigned char bytes[SEAL_TEXT_MOST + SEAL_MORE];
	size_t len = 0;
	if (sodium_base642bin(bytes, sizeof bytes, sealed.ptr, sealed.len, NULL, &len, NULL, LETTERS) != 0)
		return ERR_NOT_FOUND;
	return seal_open_bytes(c->arena, key, (Str){ (const char *)bytes, len }, reader, out);
}
