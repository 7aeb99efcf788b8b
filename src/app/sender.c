#include "app/sender.h"

#include <pthread.h>
#include <time.h>

struct Sender {
	SenderConfig config;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	atomic_bool stop;
};

static void log_error(Ctx *c, const Sender *s, Err e)
{
	if (s->config.log != NULL && !atomic_load(&s->stop))
		s->config.log(c, str_printf(c->arena, "messages: %s %.*s", err_name(e), STR_ARG(c->why)));
}

/* Everything that is due; an error waits for the next time. */
static void send_due(const Sender *s)
{
	Ctx c;
	bool any = true;
	ctx_init(&c);
	c.db = s->config.db;
	c.tenant = s->config.tenant;
	c.clock = s->config.clock;
	c.messages = s->config.settings;
	while (any && !atomic_load(&s->stop)) {
		ctx_clear(&c);
		Err e = message_send_next(&c, &s->stop, &any);
		if (e != OK) {
			log_error(&c, s, e);
			any = false;
		}
	}
	ctx_release(&c);
}

static void wait_a_while(Sender *s)
{
	struct timespec until;
	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += SENDER_SECONDS;
	(void)pthread_mutex_lock(&s->lock);
	if (!atomic_load(&s->stop))
		(void)pthread_cond_timedwait(&s->woken, &s->lock, &until);
	(void)pthread_mutex_unlock(&s->lock);
}

static void *run(void *arg)
{
	Sender *s = arg;
	while (!atomic_load(&s->stop)) {
		send_due(s);
		wait_a_while(s);
	}
	return NULL;
}

Err sender_start(Ctx *c, const SenderConfig *config, Sender **out)
{
	*out = NULL;
	Sender *s = ARENA_NEW(c->arena, Sender);
	s->config = *config;
	(void)pthread_mutex_init(&s->lock, NULL);
	(void)pthread_cond_init(&s->woken, NULL);
	if (pthread_create(&s->thread, NULL, run, s) != 0)
		return fail(c, ERR_IO, "no thread for messages");
	*out = s;
	return OK;
}

void sender_stop(Sender *s)
{
	if (s == NULL)
		return;
	(void)pthread_mutex_lock(&s->lock);
	atomic_store(&s->stop, true);
	(void)pthread_cond_signal(&s->woken);
	(void)pthread_mutex_unlock(&s->lock);
	(void)pthread_join(s->thread, NULL);
	(void)pthread_cond_destroy(&s->woken);
	(void)pthread_mutex_destroy(&s->lock);
}
