#include "access/throttle.h"

#include <pthread.h>
#include <stdlib.h>

#define SECOND ((Time)1000000)
enum { WAYS = 4, QUIET_SECONDS = 3600 };

typedef struct {
	uint64_t login; /* hash of its name; 0: free */
	int failures;
	Time last;
} Place;

struct Throttle {
	pthread_mutex_t lock;
	Place places[THROTTLE_LOGINS];
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

static uint64_t key_of(Str login)
{
	uint64_t key = str_hash(login);
	return key == 0 ? 1 : key;
}

/* The login's place; without one, NULL or (make) the place to take. */
static Place *place_of(Throttle *t, uint64_t key, bool make)
{
	Place *ways = &t->places[key % (THROTTLE_LOGINS / WAYS) * WAYS], *oldest = ways;
	for (int i = 0; i < WAYS; i++) {
		if (ways[i].login == key)
			return &ways[i];
		if (ways[i].login == 0 || (oldest->login != 0 && ways[i].last < oldest->last))
			oldest = &ways[i];
	}
	if (!make)
		return NULL;
	*oldest = (Place){ .login = key };
	return oldest;
}

int throttle_wait(Throttle *t, Str login, Time now)
{
	int64_t wait = 0;
	pthread_mutex_lock(&t->lock);
	Place *p = place_of(t, key_of(login), false);
	if (p != NULL && p->failures >= THROTTLE_FREE) {
		int over = p->failures - THROTTLE_FREE + 1;
		int64_t seconds = over >= 6 ? THROTTLE_SECONDS_MOST : (int64_t)1 << over;
		Time until = p->last + seconds * SECOND;
		if (now >= p->last && now < until)
			wait = (until - now + SECOND - 1) / SECOND;
	}
	pthread_mutex_unlock(&t->lock);
	return (int)wait;
}

void throttle_failed(Throttle *t, Str login, Time now)
{
	pthread_mutex_lock(&t->lock);
	Place *p = place_of(t, key_of(login), true);
	if (now - p->last > QUIET_SECONDS * SECOND)
		p->failures = 0;
	p->failures++;
	p->last = now;
	pthread_mutex_unlock(&t->lock);
}

void throttle_passed(Throttle *t, Str login)
{
	pthread_mutex_lock(&t->lock);
	Place *p = place_of(t, key_of(login), false);
	if (p != NULL)
		*p = (Place){ 0 };
	pthread_mutex_unlock(&t->lock);
}
