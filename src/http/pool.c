#include "http/pool.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>

enum { THREADS_MOST = 64 };

typedef struct {
	void (*fn)(void *);
	void *arg;
} Job;

struct Pool {
	Arena *arena;
	pthread_mutex_t lock;
	pthread_cond_t work;
	pthread_t threads[THREADS_MOST];
	int thread_count;
	Job *ring;
	int ring_size, first, waiting;
	bool ending;
};

static void *pool_run(void *arg)
{
	Pool *p = arg;
	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (p->waiting == 0 && !p->ending)
			pthread_cond_wait(&p->work, &p->lock);
		if (p->waiting == 0)
			break;
		Job job = p->ring[p->first];
		p->first = (p->first + 1) % p->ring_size;
		p->waiting--;
		pthread_mutex_unlock(&p->lock);
		job.fn(job.arg);
		pthread_mutex_lock(&p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

Err pool_new(Ctx *c, int threads, int waiting_most, Pool **out)
{
	assert(threads >= 1 && threads <= THREADS_MOST && waiting_most >= 1);
	Arena *a = arena_new();
	Pool *p = ARENA_NEW(a, Pool);
	p->arena = a;
	p->ring_size = waiting_most;
	p->ring = ARENA_ARRAY(a, (size_t)waiting_most, Job);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->work, NULL);
	for (; p->thread_count < threads; p->thread_count++) {
		int failed = pthread_create(&p->threads[p->thread_count], NULL, pool_run, p);
		if (failed != 0) {
			pool_free(p);
			return fail(c, ERR_IO, "cannot start a thread: %s", strerror(failed));
		}
	}
	*out = p;
	return OK;
}

static bool is_own_thread(const Pool *p)
{
	for (int i = 0; i < p->thread_count; i++)
		if (pthread_equal(p->threads[i], pthread_self()))
			return true;
	return false;
}

Err pool_submit(Pool *p, void (*fn)(void *arg), void *arg)
{
	Err e = ERR_BUSY;
	pthread_mutex_lock(&p->lock);
	assert(!p->ending || is_own_thread(p));
	if (p->waiting < p->ring_size) {
		p->ring[(p->first + p->waiting) % p->ring_size] = (Job){ fn, arg };
		p->waiting++;
		pthread_cond_signal(&p->work);
		e = OK;
	}
	pthread_mutex_unlock(&p->lock);
	return e;
}

void pool_free(Pool *p)
{
	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->ending = true;
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < p->thread_count; i++)
		pthread_join(p->threads[i], NULL);
	pthread_cond_destroy(&p->work);
	pthread_mutex_destroy(&p->lock);
	arena_free(p->arena);
}
