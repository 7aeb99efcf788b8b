#include "access/throttle.h"

#include <pthread.h>
#include <stdlib.h>

#define SECOND ((Time)1000000)
enum { WAYS = 4, QUIET_SECONDS = 3600 };

typedef struct {
	uint64_t key; /* its hash; 0: free */
	int failures;
	Time last;
} Place;

struct Throttle {
	pthread_mutex_t lock;
	Place places[THROTTLE_KEYS];
};

Throttle *throttle_new(void)
{
	Throttle *t = calloc(1, sizeof(*t));
	if (t == NULL || pthread_mutex_init(&t->lock, NULL) != 0)
		abort();
	return t;
}

void throttle_free(Throttle *t)
{
	if (t == NULL)
		return;
	pthread_mutex_destroy(&t->lock);
	free(t);
}

static uint64_t hash_of(Str name)
{
	uint64_t key = str_hash(name);
	return key == 0 ? 1 : key;
}

/* The key's place; without one, NULL or (make) the place to take. */
static Place *place_of(Throttle *t, uint64_t key, bool make)
{
	Place *ways = &t->places[key % (THROTTLE_KEYS / WAYS) * WAYS], *oldest = ways;
	for (int i = 0; i < WAYS; i++) {
		if (ways[i].key == key)
			return &ways[i];
		if (ways[i].key == 0 || (oldest->key != 0 && ways[i].last < oldest->last))
			oldest = &ways[i];
	}
	if (!make)
		return NULL;
	*oldest = (Place){ .key = key };
	return oldest;
}

int throttle_wait(Throttle *t, Str key, int free, Time now)
{
	int64_t wait = 0;
	pthread_mutex_lock(&t->lock);
	Place *p = place_of(t, hash_of(key), false);
	if (p != NULL && p->failures >= free) {
		int over = p->failures - free + 1;
		int64_t seconds = over >= 6 ? THROTTLE_SECONDS_MOST : (int64_t)1 << over;
		Time until = p->last + seconds * SECOND;
		if (now >= p->last && now < until)
			wait = (until - now + SECOND - 1) / SECOND;
	}
	pthread_mutex_unlock(&t->lock);
	return (int)wait;
}

void throttle_failed(Throttle *t, Str key, Time now)
{
	pthread_mutex_lock(&t->lock);
	Place *p = place_of(t, hash_of(key), true);
	if (now - p->last > QUIET_SECONDS * SECOND)
		p->failures = 0;
	p->failures++;
	p->last = now;
	pthread_mutex_unlock(&t->lock);
}

void throttle_passed(Throttle *t, Str key)
{
	pthread_mutex_lock(&t->lock);
	Place *p = place_of(t, hash_of(key), false);
	if (p != NULL)
		*p = (Place){ 0 };
	pthread_mutex_unlock(&t->lock);
}
