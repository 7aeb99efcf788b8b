#include "app/worker.h"

#include <pthread.h>
#include <time.h>

struct Worker {
	WorkerConfig config;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	atomic_bool stop;
};

static void log_error(Ctx *c, const Worker *w, Err e)
{
	if (w->config.log != NULL && !atomic_load(&w->stop))
		w->config.log(c, str_printf(c->arena, "%s: %s %.*s", w->config.name, err_name(e), STR_ARG(c->why)));
}

static int pause_after(const WorkerConfig *config, int errors)
{
	int pause = config->again;
	for (int i = 1; i < errors && pause < config->most; i++)
		pause *= 2;
	return pause < config->most ? pause : config->most;
}

/* Everything that is due, up to an error, of which there have been so many in a row; for how many seconds there is
 * nothing to do then. */
static int do_due(const Worker *w, int *errors)
{
	Ctx c;
	bool any = true;
	int pause = w->config.seconds;
	ctx_init(&c);
	c.db = w->config.db;
	c.tenant = w->config.tenant;
	c.clock = w->config.clock;
	c.messages = w->config.messages;
	while (any && !atomic_load(&w->stop)) {
		ctx_clear(&c);
		Err e = w->config.work(&c, &w->stop, &any);
		*errors = e == OK ? 0 : *errors + 1;
		if (e != OK) {
			log_error(&c, w, e);
			pause = pause_after(&w->config, *errors);
			any = false;
		}
	}
	ctx_release(&c);
	return pause;
}

static void wait_a_while(Worker *w, int seconds)
{
	struct timespec until;
	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += seconds;
	(void)pthread_mutex_lock(&w->lock);
	if (!atomic_load(&w->stop))
		(void)pthread_cond_timedwait(&w->woken, &w->lock, &until);
	(void)pthread_mutex_unlock(&w->lock);
}

static void *run(void *arg)
{
	Worker *w = arg;
	int errors = 0;
	while (!atomic_load(&w->stop))
		wait_a_while(w, do_due(w, &errors));
	return NULL;
}

Err worker_start(Ctx *c, const WorkerConfig *config, Worker **out)
{
	*out = NULL;
	Worker *w = ARENA_NEW(c->arena, Worker);
	w->config = *config;
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->woken, NULL);
	if (pthread_create(&w->thread, NULL, run, w) != 0)
		return fail(c, ERR_IO, "no thread for %s", config->name);
	*out = w;
	return OK;
}

void worker_stop(Worker *w)
{
	if (w == NULL)
		return;
	(void)pthread_mutex_lock(&w->lock);
	atomic_store(&w->stop, true);
	(void)pthread_cond_signal(&w->woken);
	(void)pthread_mutex_unlock(&w->lock);
	(void)pthread_join(w->thread, NULL);
	(void)pthread_cond_destroy(&w->woken);
	(void)pthread_mutex_destroy(&w->lock);
}
