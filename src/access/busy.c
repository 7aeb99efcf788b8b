#include "access/busy.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct {
	Uuid key; /* nil: free */
	void *waiting[BUSY_WAITING_MOST];
	int n;
} Place;

struct Busy {
	pthread_mutex_t lock;
	Place places[BUSY_KEYS];
};

Busy *busy_new(void)
{
	Busy *b = calloc(1, sizeof(*b));
	if (b == NULL || pthread_mutex_init(&b->lock, NULL) != 0)
		abort();
	return b;
}

void busy_free(Busy *b)
{
	if (b == NULL)
		return;
	pthread_mutex_destroy(&b->lock);
	free(b);
}

/* Where the key stands; NULL: nowhere. */
static Place *place_of(Busy *b, Uuid key)
{
	for (size_t i = 0; i < BUSY_KEYS; i++)
		if (uuid_eq(b->places[i].key, key))
			return &b->places[i];
	return NULL;
}

static BusyTurn begin(Busy *b, Uuid key, void *job)
{
	Place *place = place_of(b, key);
	if (place == NULL) {
		place = place_of(b, UUID_NONE);
		if (place == NULL)
			return BUSY_REFUSED;
		place->key = key;
		return BUSY_RUNS;
	}
	if (place->n == BUSY_WAITING_MOST)
		return BUSY_REFUSED;
	place->waiting[place->n++] = job;
	return BUSY_WAITS;
}

BusyTurn busy_begin(Busy *b, Uuid key, void *job)
{
	if (uuid_is_none(key))
		return BUSY_RUNS;
	pthread_mutex_lock(&b->lock);
	BusyTurn turn = begin(b, key, job);
	pthread_mutex_unlock(&b->lock);
	return turn;
}

void *busy_end(Busy *b, Uuid key)
{
	void *next = NULL;
	if (uuid_is_none(key))
		return NULL;
	pthread_mutex_lock(&b->lock);
	Place *place = place_of(b, key);
	if (place != NULL && place->n == 0) {
		place->key = UUID_NONE;
	} else if (place != NULL) {
		next = place->waiting[0];
		place->n--;
		for (int i = 0; i < place->n; i++)
			place->waiting[i] = place->waiting[i + 1];
	}
	pthread_mutex_unlock(&b->lock);
	return next;
}
