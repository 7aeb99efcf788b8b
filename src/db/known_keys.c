#include "db/known_keys.h"

#include "db/vault.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WAYS = 4 };

typedef struct {
	bool used;
	TenantId tenant;
	Uuid person;
	SealKey key;
	time_t loaded; /* monotonic, seconds */
} KnownKey;

struct KnownKeys {
	time_t swept; /* when those that had grown old were last overwritten */
	KnownKey at[VAULT_CACHED];
};

static time_t seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

KnownKeys *known_new(void)
{
	return calloc(1, sizeof(KnownKeys));
}

void known_free(KnownKeys *k)
{
	if (k != NULL)
		sodium_memzero(k, sizeof *k);
	free(k);
}

static size_t first_way(Uuid person)
{
	uint32_t place;
	memcpy(&place, person.b + 12, sizeof place); /* the end of a UUIDv7 is chance */
	return place % (VAULT_CACHED / WAYS) * WAYS;
}

static bool is_of(const KnownKey *k, TenantId tenant, Uuid person)
{
	return k->used && uuid_eq(k->person, person) && uuid_eq(k->tenant.v, tenant.v);
}

bool known_get(const KnownKeys *k, TenantId tenant, Uuid person, SealKey *out)
{
	const KnownKey *ways = k->at + first_way(person);
	for (int i = 0; i < WAYS; i++)
		if (is_of(&ways[i], tenant, person)) {
			*out = ways[i].key;
			return seconds() - ways[i].loaded < VAULT_FRESH_SECONDS;
		}
	return false;
}

void known_put(KnownKeys *k, TenantId tenant, Uuid person, const SealKey *key)
{
	KnownKey *ways = k->at + first_way(person), *to = ways;
	for (int i = 0; i < WAYS; i++) {
		if (is_of(&ways[i], tenant, person) || !ways[i].used) {
			to = &ways[i];
			break;
		}
		if (ways[i].loaded < to->loaded)
			to = &ways[i];
	}
	*to = (KnownKey){ true, tenant, person, *key, seconds() };
}

void known_drop(KnownKeys *k, TenantId tenant, Uuid person)
{
	KnownKey *ways = k->at + first_way(person);
	for (int i = 0; i < WAYS; i++)
		if (is_of(&ways[i], tenant, person))
			sodium_memzero(&ways[i], sizeof ways[i]);
}

/* A key that nobody asks for any more does not stay for ever. */
void known_sweep(KnownKeys *k)
{
	time_t now = seconds();
	if (now - k->swept < VAULT_FRESH_SECONDS)
		return;
	k->swept = now;
	for (size_t i = 0; i < VAULT_CACHED; i++)
		if (k->at[i].used && now - k->at[i].loaded >= VAULT_FRESH_SECONDS)
			sodium_memzero(&k->at[i], sizeof k->at[i]);
}
