/* The door of citizens and companies: what tells whether a code is of use is counted, whoever has something slow made
 * keeps nobody else out, and nobody has two slow things made at the same time. */
#include "served.h"

#include "access/account.h"
#include "access/busy.h"
#include "access/guest.h"
#include "access/throttle.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

static atomic_int slow_running; /* handlers that wait */
static atomic_bool slow_done;

static Err slow_get(Ctx *c, Request *r)
{
	(void)c;
	slow_running++;
	while (!atomic_load(&slow_done))
		(void)usleep(1000);
	slow_running--;
	buf_z(answer_file(r, "text/plain", NULL), "made");
	return OK;
}

/* One after the other: the first by the first permit, and so on. */
static atomic_int turns_begun, turns_permitted;
static UserId turns[16];

static Err turn_get(Ctx *c, Request *r)
{
	int turn = atomic_fetch_add(&turns_begun, 1);
	turns[turn] = c->actor->user;
	while (!atomic_load(&slow_done) && atomic_load(&turns_permitted) <= turn)
		(void)usleep(1000);
	buf_z(answer_file(r, "text/plain", NULL), "made");
	return OK;
}

static Err refused_post(Ctx *c, Request *r)
{
	(void)r;
	return refuse(c, NULL, "not so");
}

static const Route slow_list[] = {
	ROUTE(GET, "/turn", turn_get, MAY(OWN_ACCOUNT, ANY), NULL, .lane = LANE_SLOW),
	ROUTE(POST, "/refused", refused_post, MAY(OWN_ACCOUNT, ANY), NULL),
	ROUTE(GET, "/slow", slow_get, MAY(OWN_ACCOUNT, ANY), NULL, .lane = LANE_SLOW),
	ROUTE(GET, "/door", slow_get, MAY(OWN_ACCOUNT, ANY), NULL, .lane = LANE_DOOR),
};
static const RouteTable slow_routes = ROUTES(slow_list);

static int make(void **state)
{
	static const RouteTable *const tables[] = { &access_routes, &guest_routes, &slow_routes, NULL };
	static Served served;
	atomic_store(&slow_done, false);
	atomic_store(&turns_begun, 0);
	atomic_store(&turns_permitted, 0);
	served_make(&served, tables);
	*state = &served;
	return 0;
}

static int clean(void **state)
{
	atomic_store(&slow_done, true);
	served_remove(*state);
	return 0;
}

static Err invite_work(Ctx *c, void *arg)
{
	Served *s = arg;
	Str code;
	RETURN_IF_ERR(guest_invite(c, ROLE_CITIZEN, s->register_->anna, (SheetId){ UUID_NONE }, &code));
	s->who[WHO_PUBLIC].token = str_dup(s->arena, code);
	return OK;
}

/* A code for Anna's page. */
static Str invite(Served *s)
{
	ctx_clear(s->register_->c);
	assert_ok(commit_run(s->register_->c, invite_work, s));
	return s->who[WHO_PUBLIC].token;
}

/* ---- telling whether a code is of use ------------------------------------------------ */

static Reply open_link(Served *s, Str code, const char *address)
{
	Str path = str_printf(s->arena, "/adgang/%.*s", STR_ARG(code));
	Str headers = str_printf(s->arena, "X-Forwarded-For: %s\r\n", address);
	return served_ask(s, "GET", path.ptr, headers.ptr, STR(""));
}

static bool asks_birthday(Reply r)
{
	return has(r.body, "name=\"born\"");
}

static void links_that_do_not_work__are_counted_and_make_their_address_wait(void **state)
{
	Served *s = *state;
	Str code = invite(s);
	assert_true(asks_birthday(open_link(s, code, "203.0.113.7")));
	for (int i = 0; i < THROTTLE_ADDRESS_FREE; i++)
		assert_false(asks_birthday(open_link(s, str_printf(s->arena, "aaaa-bbbb-%04d", i), "203.0.113.7")));
	assert_int_equal(served_audited(s, "guest.login", AUDIT_FAILED), THROTTLE_ADDRESS_FREE);
	Reply waits = open_link(s, code, "203.0.113.7");
	assert_int_equal(waits.status, 429);
	assert_false(asks_birthday(waits));
	assert_false(str_is_none(reply_header(waits, "Retry-After")));
	assert_true(asks_birthday(open_link(s, code, "203.0.113.8"))); /* its neighbour does not */
	served_wait(s, THROTTLE_SECONDS_MOST);
	assert_true(asks_birthday(open_link(s, code, "203.0.113.7")));
}

/* Between the frame's forms, which have tokens and addresses of their own. */
static Str content(Reply r)
{
	size_t from = str_find_str(r.body, STR("<h1>")), to = str_find_str(r.body, STR("</main>"));
	assert_true(from < to && to != SIZE_MAX);
	return str_sub(r.body, from, to);
}

static void a_link_that_does_not_work__is_answered_the_same_whatever_is_wrong(void **state)
{
	Served *s = *state;
	Str old = invite(s);
	(void)invite(s); /* which ends it */
	Reply replaced = open_link(s, old, "203.0.113.7"), never = open_link(s, STR("aaaa-bbbb-cccc"), "203.0.113.7");
	assert_int_equal(replaced.status, never.status);
	assert_true(str_eq(content(replaced), content(never)));
}

static void ones_own_used_link__is_no_wrong_try(void **state)
{
	Served *s = *state;
	Str old = invite(s);
	Str code = invite(s); /* which ends it */
	for (int i = 0; i < THROTTLE_ADDRESS_FREE; i++)
		assert_false(asks_birthday(open_link(s, old, "203.0.113.7")));
	assert_true(asks_birthday(open_link(s, code, "203.0.113.7")));
}

/* ---- what is slow ----------------------------------------------------------------- */

typedef struct {
	Served *s;
	int who;
	atomic_int status;
	const char *path; /* NULL: "/slow" */
} Asking;

static void *ask_in_thread(void *arg)
{
	Asking *a = arg;
	Served own = *a->s; /* with texts of its own */
	own.arena = arena_new();
	a->status = served_as(&own, a->who, "GET", a->path == NULL ? "/slow" : a->path, NULL, STR("")).status;
	arena_free(own.arena);
	return NULL;
}

static void wait_until_running(int n)
{
	for (int i = 0; i < 10000 && atomic_load(&slow_running) < n; i++)
		(void)usleep(1000);
	assert_int_equal(atomic_load(&slow_running), n);
}

static int answered(Asking *asking, int n, int status)
{
	int found = 0;
	for (int i = 0; i < n; i++)
		found += atomic_load(&asking[i].status) == status;
	return found;
}

/* By whatever session: what is asked for meanwhile waits, so much of it. */
static void a_user__has_one_slow_thing_made_at_a_time(void **state)
{
	Served *s = *state;
	enum { ALL = 3 + BUSY_WAITING_MOST };
	pthread_t threads[ALL];
	Asking asking[ALL] = { 0 };
	Reply login, refused;
	Str other = served_login(s, "leder", PASSWORD, &login);
	Str cookie = str_printf(s->arena, "Cookie: rampe_session=%.*s\r\n", STR_ARG(other));
	for (int i = 0; i < ALL; i++) {
		asking[i].s = s;
		asking[i].who = WHO_MANAGER;
		assert_int_equal(pthread_create(&threads[i], NULL, ask_in_thread, &asking[i]), 0);
	}
	wait_until_running(1);
	for (int i = 0; i < 10000 && answered(asking, ALL, 429) < 2; i++)
		(void)usleep(1000);
	refused = served_ask(s, "GET", "/slow", cookie.ptr, STR(""));
	assert_int_equal(refused.status, 429);
	assert_true(str_eq_z(reply_header(refused, "Retry-After"), "5"));
	assert_true(has(refused.body, "is being made") || has(refused.body, "ved at blive lavet"));
	assert_false(has(refused.body, "Too much") || has(refused.body, "For meget"));
	assert_int_equal(atomic_load(&slow_running), 1);
	assert_int_equal(served_as(s, WHO_MANAGER, "GET", "/konto", NULL, STR("")).status, 200);
	atomic_store(&slow_done, true);
	for (int i = 0; i < ALL; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_int_equal(answered(asking, ALL, 200), 1 + BUSY_WAITING_MOST);
	assert_int_equal(served_as(s, WHO_MANAGER, "GET", "/slow", NULL, STR("")).status, 200);
}

/* Two people with as much under way as they may have: a third one's turn comes before their last. */
static void whoever_asks_much__does_not_go_before_others(void **state)
{
	Served *s = *state;
	enum { EACH = 1 + BUSY_WAITING_MOST, ALL = 2 * EACH + 1 };
	pthread_t threads[ALL + 2];
	Asking asking[ALL + 2] = { 0 };
	for (int i = 0; i < ALL + 1; i++) { /* one more of the first: when it is refused, all of theirs wait */
		asking[i] = (Asking){ s, i % 2 == 0 ? WHO_MANAGER : WHO_AARHUS, 0, "/turn" };
		assert_int_equal(pthread_create(&threads[i], NULL, ask_in_thread, &asking[i]), 0);
	}
	for (int i = 0; i < 10000 && answered(asking, ALL + 1, 429) < 2; i++)
		(void)usleep(1000);
	asking[ALL + 1] = (Asking){ s, WHO_RANDERS, 0, "/turn" };
	assert_int_equal(pthread_create(&threads[ALL + 1], NULL, ask_in_thread, &asking[ALL + 1]), 0);
	(void)usleep(1000000); /* until it stands in the queue */
	for (int i = 1; i <= ALL && atomic_load(&asking[ALL + 1].status) == 0; i++) {
		atomic_store(&turns_permitted, i);
		for (int k = 0; k < 10000 && atomic_load(&turns_begun) < (i + 2 < ALL ? i + 2 : ALL); k++)
			(void)usleep(1000);
	}
	atomic_store(&slow_done, true);
	for (int i = 0; i < ALL + 2; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	int place = 0;
	while (place < ALL && !uuid_eq(turns[place].v, s->who[WHO_RANDERS].id.v))
		place++;
	assert_in_range(place, 2, 4);
}

/* Both threads are taken, and a form that was refused is shown again. */
static void a_refused_form__waits_for_nothing_slow(void **state)
{
	Served *s = *state;
	pthread_t threads[2];
	Asking asking[] = { { s, WHO_MANAGER, 0, NULL }, { s, WHO_AARHUS, 0, NULL } };
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask_in_thread, &asking[i]), 0);
	wait_until_running(2);
	assert_int_equal(served_post(s, WHO_RANDERS, "/refused", "").status, 422);
	assert_int_equal(atomic_load(&slow_running), 2);
	atomic_store(&slow_done, true);
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
}

/* The door's thread is taken: an answer comes by none of its places. */
static void who_must_wait__is_told_so_without_a_place_in_the_queue(void **state)
{
	Served *s = *state;
	pthread_t thread;
	Asking first = { s, WHO_MANAGER, 0, "/door" };
	for (int i = 0; i < THROTTLE_ADDRESS_FREE; i++)
		(void)open_link(s, str_printf(s->arena, "aaaa-bbbb-%04d", i), "203.0.113.7");
	assert_int_equal(pthread_create(&thread, NULL, ask_in_thread, &first), 0);
	wait_until_running(1);
	assert_int_equal(open_link(s, STR("aaaa-bbbb-cccc"), "203.0.113.7").status, 429);
	assert_int_equal(atomic_load(&slow_running), 1);
	atomic_store(&slow_done, true);
	assert_int_equal(pthread_join(thread, NULL), 0);
}

/* Both threads are taken, and somebody comes in at the door. */
static void the_door__opens_while_slow_things_are_made(void **state)
{
	Served *s = *state;
	pthread_t threads[2];
	Asking asking[] = { { s, WHO_MANAGER, 0, NULL }, { s, WHO_AARHUS, 0, NULL } };
	Str code = invite(s);
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask_in_thread, &asking[i]), 0);
	wait_until_running(2);
	assert_true(asks_birthday(open_link(s, code, "203.0.113.7")));
	Reply page = served_ask(s, "GET", "/adgang", "", STR(""));
	size_t at = str_find_str(page.head, STR("rampe_csrf="));
	Str csrf = str_sub(page.head, at + 11, str_find(page.head, ';', at));
	Str headers =
		str_printf(s->arena, "Cookie: rampe_csrf=%.*s\r\nContent-Type: application/x-www-form-urlencoded\r\n",
			   STR_ARG(csrf));
	Str body = str_printf(s->arena, "csrf=%.*s&code=%.*s&born=1975-06-15", STR_ARG(csrf), STR_ARG(code));
	assert_int_equal(served_ask(s, "POST", "/adgang", headers.ptr, body).status, 303);
	assert_int_equal(atomic_load(&slow_running), 2);
	atomic_store(&slow_done, true);
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whoever_asks_much__does_not_go_before_others, make, clean),
		cmocka_unit_test_setup_teardown(a_refused_form__waits_for_nothing_slow, make, clean),
		cmocka_unit_test_setup_teardown(links_that_do_not_work__are_counted_and_make_their_address_wait, make,
						clean),
		cmocka_unit_test_setup_teardown(a_link_that_does_not_work__is_answered_the_same_whatever_is_wrong, make,
						clean),
		cmocka_unit_test_setup_teardown(a_user__has_one_slow_thing_made_at_a_time, make, clean),
		cmocka_unit_test_setup_teardown(ones_own_used_link__is_no_wrong_try, make, clean),
		cmocka_unit_test_setup_teardown(who_must_wait__is_told_so_without_a_place_in_the_queue, make, clean),
		cmocka_unit_test_setup_teardown(the_door__opens_while_slow_things_are_made, make, clean),
	};
	return register_run("guest", tests, sizeof(tests) / sizeof(tests[0]));
}
