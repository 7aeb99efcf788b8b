/* known_keys: unwrapped keys of persons, kept for a while.
 *
 * Overwritten when they are dropped, pushed out, or older than
 * VAULT_FRESH_SECONDS when known_sweep looks. Not safe from several threads:
 * vault.c holds its lock.
 */
#ifndef DB_KNOWN_KEYS_H
#define DB_KNOWN_KEYS_H

#include "base/ids.h"
#include "crypto/seal.h"

typedef struct KnownKeys KnownKeys;

/* NULL: no memory. */
KnownKeys *known_new(void);
/* Overwrites all; NULL is fine. */
void known_free(KnownKeys *k);
/* False: not known, or no longer fresh. */
bool known_get(const KnownKeys *k, TenantId tenant, Uuid person, SealKey *out);
void known_put(KnownKeys *k, TenantId tenant, Uuid person, const SealKey *key);
void known_drop(KnownKeys *k, TenantId tenant, Uuid person);
void known_sweep(KnownKeys *k);

#endif
