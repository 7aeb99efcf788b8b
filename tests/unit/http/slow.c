/* Clients that take their time, two hundred at once: each part of a request and its answer is over when its time is,
 * however steadily bytes come and go, and nobody else waits meanwhile. And no client has more than its share. */
#include "http/http.h"

#include "client.h"
#include "http/pool.h"

#include <poll.h>
#include <stdatomic.h>
#include <time.h>

enum {
	SLOW = 200,
	SECONDS = 2,          /* for each part */
	RATE = 4 * 1048576,   /* bytes a second that a client has to keep up */
	LARGE = 16 * 1048576, /* more than sockets take by themselves: four seconds more */
	STEP_MS = 200,        /* between two bytes of a slow client */
	SLACK_MS = 2500,      /* the clock's seconds are whole, and machines are busy */
	PROMPT_MS = 1500,
};

typedef struct {
	HttpServer *server;
	Pool *pool;
	Buf large;
	atomic_bool hold;
	atomic_int held;
	Ctx c;
} Fixture;

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void nap(int milliseconds)
{
	struct timespec t = { milliseconds / 1000, milliseconds % 1000 * 1000000L };
	nanosleep(&t, NULL);
}

static void answer_when_let_go(void *arg)
{
	HttpExchange *x = arg;
	Fixture *f = x->own;
	while (atomic_load(&f->hold))
		nap(2);
	buf_z(http_body(x, 200, "text/plain"), "held");
	http_answer(x);
}

static void handle(HttpExchange *x, void *arg)
{
	Fixture *f = arg;
	if (str_eq(x->in.path, STR("/held"))) {
		x->own = f;
		http_later(x);
		if (pool_submit(f->pool, answer_when_let_go, x) != OK)
			abort(); /* not the test's thread: nowhere to fail to */
		atomic_fetch_add(&f->held, 1);
		return;
	}
	buf_z(http_body(x, 200, "text/plain"), "prompt");
	if (str_eq(x->in.path, STR("/large")))
		x->out.fixed = buf_str(&f->large);
	http_answer(x);
}

static void refused(HttpExchange *x, void *arg)
{
	(void)arg;
	int status = x->out.status;
	buf_printf(http_body(x, status, "text/plain"), "refused %d", status);
}

static int start_with(void **state, int idle_seconds)
{
	Fixture *f = calloc(1, sizeof *f);
	HttpConfig config = { .handle = handle,
			      .refused = refused,
			      .arg = f,
			      .behind_proxy = true,
			      .requests_most = 3,
			      .idle_seconds = idle_seconds,
			      .header_seconds = SECONDS,
			      .body_seconds = SECONDS,
			      .answer_seconds = SECONDS,
			      .rate_least = RATE };
	ctx_init(&f->c);
	buf_init(&f->large, LARGE);
	memset(buf_room(&f->large, LARGE), 'x', LARGE);
	f->large.len = LARGE;
	*state = f;
	return pool_new(&f->c, 8, 100, &f->pool) != OK || http_start(&f->c, &config, &f->server) != OK;
}

static int start(void **state)
{
	return start_with(state, SECONDS);
}

/* Where nothing but the deadline ends a connection. */
static int start_patient(void **state)
{
	return start_with(state, 60);
}

static int stop(void **state)
{
	Fixture *f = *state;
	Err e = http_stop(f->server, 10);
	pool_free(f->pool);
	buf_release(&f->large);
	ctx_release(&f->c);
	free(f);
	return e != OK;
}

/* What a slow client does at each step; false when the server has cut it. */
typedef bool Step(int fd);

static bool sends_a_byte(int fd)
{
	char said[512];
	ssize_t n;
	while ((n = recv(fd, said, sizeof said, MSG_DONTWAIT)) > 0)
		continue;
	return n != 0 && (n >= 0 || errno == EAGAIN) && send(fd, "x", 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

/* A fraction of what it has to keep up, and enough to be heard of all the time. */
static bool takes_a_little(int fd)
{
	static char taken[65536];
	struct pollfd gone = { .fd = fd };
	ssize_t n = recv(fd, taken, sizeof taken, MSG_DONTWAIT);
	(void)poll(&gone, 1, 0); /* which tells before all has been taken that came earlier */
	return gone.revents == 0 && (n > 0 || (n < 0 && errno == EAGAIN));
}

static bool takes_nothing(int fd)
{
	struct pollfd gone = { .fd = fd };
	(void)poll(&gone, 1, 0);
	return gone.revents == 0;
}

static bool waits(int fd)
{
	char any;
	ssize_t n = recv(fd, &any, 1, MSG_DONTWAIT | MSG_PEEK);
	return n < 0 && errno == EAGAIN;
}

static void another_is_answered(Fixture *f)
{
	int64_t begun = now_ms();
	Reply r = client_once(http_port(f->server), f->c.arena, STR("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
	assert_int_equal(r.status, 200);
	assert_true(now_ms() - begun < PROMPT_MS);
}

/* Opens clients that have sent `begin` and go on by `step`; all must be cut within `seconds` and not at once. `first`
 * is answered on each connection before. */
static void are_cut(Fixture *f, int clients, Str first, Str begin, Step *step, int seconds)
{
	static Client cl[SLOW];
	static bool open[SLOW];
	int left = clients;
	for (int i = 0; i < clients; i++) {
		cl[i] = client_open(http_port(f->server));
		open[i] = client_send(&cl[i], first);
		if (first.len > 0)
			assert_int_equal(client_reply(&cl[i], f->c.arena, false).status, 200);
		open[i] = open[i] && client_send(&cl[i], begin);
	}
	int64_t begun = now_ms();
	while (left > 0 && now_ms() - begun < seconds * 1000 + SLACK_MS) {
		nap(STEP_MS);
		for (int i = 0; i < clients; i++) {
			bool was = open[i];
			open[i] = was && step(cl[i].fd);
			left -= was && !open[i];
		}
		if (left == clients)
			another_is_answered(f);
	}
	int64_t took = now_ms() - begun;
	for (int i = 0; i < clients; i++)
		client_close(&cl[i]);
	if (left > 0)
		fail_msg("%d of %d are still there after %d ms", left, clients, (int)took);
	assert_true(took > seconds * 1000 - 1500);
	another_is_answered(f);
}

static void head__that_never_ends_is_cut(void **state)
{
	are_cut(*state, SLOW, STR(""), STR("GET /a HTTP/1.1\r\nHost: "), sends_a_byte, SECONDS);
}

static void request_line__that_never_ends_is_cut(void **state)
{
	are_cut(*state, SLOW, STR(""), STR("GET /"), sends_a_byte, SECONDS);
}

static void head__after_an_answer_has_no_more_time(void **state)
{
	are_cut(*state, 20, STR("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"), STR("GET /a HTTP/1.1\r\nHost: "), sends_a_byte,
		SECONDS);
}

static void connection__with_nothing_to_say_is_closed(void **state)
{
	are_cut(*state, SLOW, STR(""), STR(""), waits, SECONDS);
	are_cut(*state, 20, STR("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"), STR(""), waits, SECONDS);
}

static void body__that_never_ends_is_cut(void **state)
{
	are_cut(*state, SLOW, STR(""), STR("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n"),
		sends_a_byte, SECONDS);
	are_cut(*state, 20, STR(""), STR("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n"),
		sends_a_byte, SECONDS);
}

static void answer__that_is_not_taken_is_cut(void **state)
{
	Str request = STR("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
	are_cut(*state, SLOW, STR(""), request, takes_a_little, SECONDS + LARGE / RATE);
	are_cut(*state, SLOW, STR(""), request, takes_nothing, SECONDS + LARGE / RATE);
}

/* The same that are cut above, at a pace that is enough. */
static void steady_client__is_not_cut(void **state)
{
	Fixture *f = *state;
	Client cl = client_open(http_port(f->server));
	Str text = STR("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789");
	for (size_t i = 0; i < text.len; i++) {
		nap(20);
		assert_true(client_send(&cl, str_sub(text, i, i + 1)));
	}
	assert_int_equal(client_reply(&cl, f->c.arena, false).status, 200);
	assert_true(client_send(&cl, STR("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")));
	assert_int_equal(client_reply(&cl, f->c.arena, false).body.len, LARGE);
	client_close(&cl);
}

static Client held_for(Fixture *f, const char *address)
{
	Client cl = client_open(http_port(f->server));
	assert_true(client_send(
		&cl, str_printf(f->c.arena, "GET /held HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: %s\r\n\r\n", address)));
	return cl;
}

static void client__has_no_more_requests_under_way_than_its_share(void **state)
{
	Fixture *f = *state;
	static const char from_there[] = "GET /a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n";
	Client cl[3];
	atomic_store(&f->hold, true);
	for (int i = 0; i < 3; i++)
		cl[i] = held_for(f, "192.0.2.1");
	for (int i = 0; i < 500 && atomic_load(&f->held) < 3; i++)
		nap(10);
	assert_int_equal(atomic_load(&f->held), 3);
	Reply fourth = client_once(http_port(f->server), f->c.arena, str_of(from_there));
	assert_int_equal(fourth.status, 503);
	assert_true(str_eq(fourth.body, STR("refused 503")));
	/* Others are others, and this machine itself is counted by nobody. */
	Client others[] = { held_for(f, "192.0.2.2"), held_for(f, "2001:db8::1"), held_for(f, "127.0.0.1"),
			    held_for(f, "127.0.0.1"), held_for(f, "127.0.0.1"),   held_for(f, "127.0.0.1") };
	another_is_answered(f);
	atomic_store(&f->hold, false);
	for (int i = 0; i < 3; i++)
		assert_int_equal(client_reply(&cl[i], f->c.arena, false).status, 200);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		assert_int_equal(client_reply(&others[i], f->c.arena, false).status, 200);
		client_close(&others[i]);
	}
	/* What is over is over, on an open connection too. */
	for (int i = 0; i < 8; i++)
		assert_int_equal(client_once(http_port(f->server), f->c.arena, str_of(from_there)).status, 200);
	for (int i = 0; i < 3; i++)
		client_close(&cl[i]);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, start, stop)
#define PATIENT(test) cmocka_unit_test_setup_teardown(test, start_patient, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PATIENT(head__that_never_ends_is_cut),
		PATIENT(request_line__that_never_ends_is_cut),
		ON(head__after_an_answer_has_no_more_time),
		ON(connection__with_nothing_to_say_is_closed),
		PATIENT(body__that_never_ends_is_cut),
		PATIENT(answer__that_is_not_taken_is_cut),
		ON(steady_client__is_not_cut),
		ON(client__has_no_more_requests_under_way_than_its_share),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
