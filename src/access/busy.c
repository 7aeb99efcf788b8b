#include "access/busy.h"

#include <pthread.h>
#include <stdlib.h>

struct Busy {
	pthread_mutex_t lock;
	Uuid keys[BUSY_KEYS]; /* nil: free */
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
static Uuid *place_of(Busy *b, Uuid key)
{
	for (size_t i = 0; i < BUSY_KEYS; i++)
		if (uuid_eq(b->keys[i], key))
			return &b->keys[i];
	return NULL;
}

bool busy_begin(Busy *b, Uuid key)
{
	if (uuid_is_none(key))
		return true;
	pthread_mutex_lock(&b->lock);
	Uuid *place = place_of(b, key) == NULL ? place_of(b, UUID_NONE) : NULL;
	if (place != NULL)
		*place = key;
	pthread_mutex_unlock(&b->lock);
	return place != NULL;
}

void busy_end(Busy *b, Uuid key)
{
	if (uuid_is_none(key))
		return;
	pthread_mutex_lock(&b->lock);
	Uuid *place = place_of(b, key);
	if (place != NULL)
		*place = UUID_NONE;
	pthread_mutex_unlock(&b->lock);
}
