/* What `rampe serve` does by itself: one kind of work does not wait for the other's error, and an error does not wait
 * for the hour. Both engines. */
#include "app/worker.h"

#include "../feature/register.h"
#include "app/serve.h"
#include "feature/network/network.h"

#include <unistd.h>

static atomic_int tried;

/* Fails once; then nothing is due. */
static Err fail_first(Ctx *c, const atomic_bool *stop, bool *any)
{
	(void)c;
	(void)stop;
	*any = false;
	return atomic_fetch_add(&tried, 1) == 0 ? ERR_IO : OK;
}

/* Every hour, and a second after an error. */
static Worker *start(TestRegister *r, WorkerJob *work)
{
	Worker *w = NULL;
	const WorkerConfig config = { .name = "test",
				      .work = work,
				      .seconds = 3600,
				      .again = 1,
				      .most = 3600,
				      .db = r->c->db,
				      .tenant = r->c->tenant,
				      .clock = r->c->clock };
	atomic_store(&tried, 0);
	assert_ok(worker_start(r->c, &config, &w));
	return w;
}

static void worker__tries_again_soon_after_an_error(void **state)
{
	Worker *w = start(*state, fail_first);
	for (int i = 0; i < 1000 && atomic_load(&tried) < 2; i++)
		(void)usleep(10000);
	assert_int_equal(atomic_load(&tried), 2);
	(void)usleep(1500000);
	assert_int_equal(atomic_load(&tried), 2); /* nothing was wrong any more */
	worker_stop(w);
}

static Err fail_always(Ctx *c, const atomic_bool *stop, bool *any)
{
	(void)c;
	(void)stop;
	*any = false;
	atomic_fetch_add(&tried, 1);
	return ERR_IO;
}

/* After 1, 2 and 4 seconds: not once a second. */
static void worker__waits_longer_after_each_error(void **state)
{
	Worker *w = start(*state, fail_always);
	(void)usleep(5500000);
	worker_stop(w);
	assert_in_range(atomic_load(&tried), 1, 3);
}

/* Anna lets her mother be invited, until today. */
static Err invite_mother(Ctx *c, void *arg)
{
	NetworkIn karen = { .name = STR("Karen"), .relation = STR("mor"), .phone = STR("87654321") };
	NetworkId id;
	const ConsentIn in = { .purpose = CONSENT_INVITE_NETWORK,
			       .receiver_name = STR("Min mor"),
			       .since = DATE_NONE,
			       .until = clock_today(c->clock) };
	const TestRegister *r = arg;
	RETURN_IF_ERR(consent_give(c, r->anna, &in, &karen.consent));
	return network_add(c, r->anna, &karen, &id);
}

static void sweep__forgets_what_has_run_out_though_messages_fail(void **state)
{
	TestRegister *r = *state;
	bool any = false;
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, invite_mother, r));
	r->clock = clock_fixed(time_of(day("2018-12-01"), 13 * 60));
	database_script(&r->d, "ALTER TABLE message RENAME TO moved", "ALTER TABLE message RENAME TO moved");
	ctx_clear(r->c);
	assert_ok(serve_sweep(r->c, NULL, &any)); /* there may be more */
	assert_true(any);
	ctx_clear(r->c);
	assert_int_equal(serve_sweep(r->c, NULL, &any), ERR_DB);
	assert_false(any);
	database_script(&r->d, "ALTER TABLE moved RENAME TO message", "ALTER TABLE moved RENAME TO message");
	ctx_clear(r->c);
	assert_ok(serve_sweep(r->c, NULL, &any));
	assert_false(any); /* it was forgotten the first time */
}

#define ON(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(worker__tries_again_soon_after_an_error),
		ON(worker__waits_longer_after_each_error),
		ON(sweep__forgets_what_has_run_out_though_messages_fail),
	};
	return register_run("worker", tests, sizeof tests / sizeof tests[0]);
}
