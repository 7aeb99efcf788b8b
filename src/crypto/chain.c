#include "crypto/chain.h"

#include <sodium.h>
#include <string.h>

static void put(ChainEntry *e, const void *bytes, size_t n)
{
	if (e->len > CHAIN_ENTRY_MOST || n > CHAIN_ENTRY_MOST - e->len) {
		e->len = CHAIN_ENTRY_MOST + 1; /* sticks; chain_end tells */
		return;
	}
	if (n > 0)
		memcpy(e->bytes + e->len, bytes, n);
	e->len += n;
}

static void put_u64(ChainEntry *e, uint64_t value)
{
	unsigned char big[8];
	for (int i = 0; i < 8; i++)
		big[i] = (unsigned char)(value >> (56 - 8 * i));
	put(e, big, sizeof big);
}

void chain_begin(ChainEntry *e, const ChainHash *before)
{
	e->len = 0;
	put(e, before->b, sizeof before->b);
}

void chain_int(ChainEntry *e, int64_t value)
{
	put(e, "i", 1);
	put_u64(e, (uint64_t)value);
}

void chain_text(ChainEntry *e, Str value)
{
	if (str_is_none(value)) {
		put(e, "n", 1);
		return;
	}
	put(e, "t", 1);
	put_u64(e, value.len);
	put(e, value.ptr, value.len);
}

void chain_uuid(ChainEntry *e, Uuid value)
{
	put(e, "u", 1);
	put(e, value.b, sizeof value.b);
}

bool chain_end(const ChainEntry *e, ChainHash *out)
{
	if (e->len > CHAIN_ENTRY_MOST)
		return false;
	return crypto_generichash(out->b, sizeof out->b, e->bytes, e->len, NULL, 0) == 0;
}
