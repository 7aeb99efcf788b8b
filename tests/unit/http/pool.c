#include "http/pool.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

enum { THREADS = 4, JOBS_EACH = 500 };

static Ctx c;
static Pool *pool;
static atomic_int begun, done, refused;
static atomic_bool hold;

static void nap(void)
{
	struct timespec t = { 0, 1000000 };
	nanosleep(&t, NULL);
}

static void job(void *arg)
{
	(void)arg;
	atomic_fetch_add(&begun, 1);
	while (atomic_load(&hold))
		nap();
	atomic_fetch_add(&done, 1);
}

static void *submit_many(void *arg)
{
	(void)arg;
	for (int i = 0; i < JOBS_EACH; i++)
		if (pool_submit(pool, job, NULL) != OK)
			atomic_fetch_add(&refused, 1);
	return NULL;
}

static int setup(void **state)
{
	(void)state;
	ctx_init(&c);
	atomic_store(&begun, 0);
	atomic_store(&done, 0);
	atomic_store(&refused, 0);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_release(&c);
	return 0;
}

static void full_queue__refuses(void **state)
{
	(void)state;
	atomic_store(&hold, true);
	assert_int_equal(pool_new(&c, 1, 2, &pool), OK);
	assert_int_equal(pool_submit(pool, job, NULL), OK);
	while (atomic_load(&begun) == 0)
		nap(); /* until the first one runs and has left the queue */
	assert_int_equal(pool_submit(pool, job, NULL), OK);
	assert_int_equal(pool_submit(pool, job, NULL), OK);
	assert_int_equal(pool_submit(pool, job, NULL), ERR_BUSY);
	atomic_store(&hold, false);
	pool_free(pool);
	assert_int_equal(atomic_load(&done), 3);
}

static void every_accepted_job__runs_once(void **state)
{
	(void)state;
	pthread_t threads[THREADS];
	assert_int_equal(pool_new(&c, 3, 100, &pool), OK);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, submit_many, NULL), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	pool_free(pool);
	assert_int_equal(atomic_load(&done) + atomic_load(&refused), THREADS * JOBS_EACH);
	assert_true(atomic_load(&done) >= 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(full_queue__refuses, setup, teardown),
		cmocka_unit_test_setup_teardown(every_accepted_job__runs_once, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
