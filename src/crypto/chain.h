/* chain: entries that each hash what came before, so that none can be changed,
 * removed or moved unseen.
 *
 * Hash: BLAKE2b with 32 bytes (RFC 7693). Canonical form of an entry: the hash
 * before it, then every value with its kind and length, so that no two entries
 * share an encoding. Pure; safe across threads.
 */
#ifndef CRYPTO_CHAIN_H
#define CRYPTO_CHAIN_H

#include "base/uuid.h"

enum {
	CHAIN_HASH = 32,
	CHAIN_ENTRY_MOST = 8192, /* bytes of one entry's canonical form */
};

typedef struct {
	unsigned char b[CHAIN_HASH];
} ChainHash;

/* An entry being written. */
typedef struct {
	unsigned char bytes[CHAIN_ENTRY_MOST];
	size_t len;
} ChainEntry;

/* What the first entry follows: all zero. */
#define CHAIN_START ((ChainHash){ { 0 } })

void chain_begin(ChainEntry *e, const ChainHash *before);
void chain_int(ChainEntry *e, int64_t value);
/* STR_NONE and the empty text differ. */
void chain_text(ChainEntry *e, Str value);
void chain_uuid(ChainEntry *e, Uuid value);
/* False: the entry was longer than CHAIN_ENTRY_MOST. */
bool chain_end(const ChainEntry *e, ChainHash *out);

#endif
