#include "http/http.h"

#include "client.h"
#include "http/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { CLIENTS = 16, REQUESTS_EACH = 100, BODY_MOST = 10000 };

typedef struct {
	HttpServer *server;
	Pool *pool;
	atomic_bool hold; /* /held waits until this is false */
	atomic_int held;  /* so many have come */
	Ctx c;
} Fixture;

static void nap(int milliseconds)
{
	struct timespec t = { milliseconds / 1000, milliseconds % 1000 * 1000000L };
	nanosleep(&t, NULL);
}

static void echo(HttpExchange *x)
{
	Buf *b = http_body(x, 200, "text/plain; charset=utf-8");
	Str remote = http_remote(x);
	buf_printf(b, "%s %.*s?%.*s lang=%s from=%.*s ", http_method_name(x->in.method), STR_ARG(x->in.path),
		   STR_ARG(x->in.query_text), lang_code(x->ctx.lang), STR_ARG(remote));
	buf_str_add(b, x->in.body);
}

static void answer_later(void *arg)
{
	HttpExchange *x = arg;
	echo(x);
	http_answer(x);
}

static void answer_when_let_go(void *arg)
{
	HttpExchange *x = arg;
	Fixture *f = x->own;
	while (atomic_load(&f->hold))
		nap(2);
	answer_later(x);
}

static void show_form(HttpExchange *x)
{
	Err e = http_form(x);
	Buf *b = http_body(x, e == OK ? 200 : 422, "text/plain; charset=utf-8");
	for (size_t i = 0; i < x->in.form.fields.n; i++)
		buf_printf(b, "%.*s=%.*s;", STR_ARG(x->in.form.fields.items[i].name),
			   STR_ARG(x->in.form.fields.items[i].value));
	if (e != OK)
		buf_str_add(b, ctx_problems_text(&x->ctx));
}

static void handle(HttpExchange *x, void *arg)
{
	Fixture *f = arg;
	if (str_eq(x->in.path, STR("/later")) || str_eq(x->in.path, STR("/held"))) {
		bool held = str_eq(x->in.path, STR("/held"));
		x->own = f;
		http_later(x);
		if (pool_submit(f->pool, held ? answer_when_let_go : answer_later, x) != OK)
			abort(); /* not the test's thread: nowhere to fail to */
		atomic_fetch_add(&f->held, held);
		return;
	}
	if (str_eq(x->in.path, STR("/form"))) {
		show_form(x);
	} else if (str_eq(x->in.path, STR("/split"))) {
		(void)http_body(x, 200, "text/plain");
		http_set(x, "X-Name", http_query(x, "name"));
	} else if (str_eq(x->in.path, STR("/cookie"))) {
		buf_str_add(http_body(x, 200, "text/plain"), http_cookie(x, "session"));
		http_set_cookie(x,
				&(HttpCookie){ .name = "session", .value = STR("abc"), .max_age = 60, .strict = true });
	} else if (str_eq(x->in.path, STR("/away"))) {
		http_redirect(x, http_query(x, "to"));
	} else {
		echo(x);
	}
	http_answer(x);
}

static void refused(HttpExchange *x, void *arg)
{
	(void)arg;
	int status = x->out.status;
	buf_printf(http_body(x, status, "text/plain"), "refused %d", status);
}

static int start_with(void **state, const HttpConfig *config)
{
	Fixture *f = calloc(1, sizeof *f);
	HttpConfig with = *config;
	ctx_init(&f->c);
	with.handle = handle;
	with.refused = refused;
	with.arg = f;
	with.body_most = BODY_MOST;
	*state = f;
	return pool_new(&f->c, 4, 1000, &f->pool) != OK || http_start(&f->c, &with, &f->server) != OK;
}

static int start(void **state)
{
	return start_with(state, &(HttpConfig){ .workers = 2 });
}

static int stop(void **state)
{
	Fixture *f = *state;
	Err e = f->server == NULL ? OK : http_stop(f->server, 10);
	pool_free(f->pool);
	ctx_release(&f->c);
	free(f);
	return e != OK;
}

static Reply ask(Fixture *f, const char *request)
{
	return client_once(http_port(f->server), f->c.arena, str_of(request));
}

#define assert_text(actual, expected)                                       \
	do {                                                                \
		Str text_ = (actual);                                       \
		assert_int_equal(text_.len, strlen(expected));              \
		assert_memory_equal(text_.ptr, expected, strlen(expected)); \
	} while (0)

static void request__reaches_handler_decoded(void **state)
{
	Reply r = ask(*state, "GET /borger/S%C3%B8ren?a=%201 HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n\r\n");
	assert_int_equal(r.status, 200);
	assert_text(r.body, "GET /borger/Søren?a=%201 lang=en from=127.0.0.1 ");
	assert_false(str_is_none(reply_header(r, "Date")));
	assert_true(str_is_none(reply_header(r, "Server")));
}

static void head__has_length_and_no_body(void **state)
{
	Fixture *f = *state;
	Client cl = client_open(http_port(f->server));
	assert_true(client_send(&cl, STR("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n")));
	Reply head = client_reply(&cl, f->c.arena, true);
	assert_true(client_send(&cl, STR("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")));
	Reply get = client_reply(&cl, f->c.arena, false);
	assert_int_equal(head.status, 200);
	assert_text(reply_header(head, "Content-Length"), str_z(f->c.arena, reply_header(get, "Content-Length")));
	assert_text(get.body, "GET /a? lang=da from=127.0.0.1 ");
	client_close(&cl);
}

static void malformed__is_refused_before_the_handler(void **state)
{
	static const struct {
		const char *request;
		int status;
	} cases[] = {
		{ "GET /../etc HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
		{ "GET /a%2fb HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
		{ "GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
		{ "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
		{ "GET /?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
		{ "GET / HTTP/1.1\r\n\r\n", 400 },
		{ "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400 },
		{ "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501 },
		{ "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", 400 },
		{ "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		  400 },
		{ "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10001\r\n\r\n", 413 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Reply r = ask(*state, cases[i].request);
		if (r.status != cases[i].status)
			print_message("%s", cases[i].request);
		assert_int_equal(r.status, cases[i].status);
	}
	assert_int_equal(ask(*state, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
}

static void oversize__header_target_and_body_are_refused(void **state)
{
	Fixture *f = *state;
	Buf b;
	buf_init(&b, 1 << 20);
	buf_z(&b, "GET / HTTP/1.1\r\nHost: x\r\nX: ");
	for (int i = 0; i < 40000; i++)
		buf_char(&b, 'x');
	buf_z(&b, "\r\n\r\n");
	Reply r = client_once(http_port(f->server), f->c.arena, buf_str(&b));
	assert_true(r.status == 431 || r.status == 413 || r.status == 0);

	buf_clear(&b);
	buf_z(&b, "GET /");
	for (int i = 0; i < 5000; i++)
		buf_char(&b, 'x');
	buf_z(&b, " HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(client_once(http_port(f->server), f->c.arena, buf_str(&b)).status, 414);

	buf_clear(&b);
	buf_z(&b, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 11; i++) {
		buf_z(&b, "3e8\r\n");
		for (int k = 0; k < 1000; k++)
			buf_char(&b, 'y');
		buf_z(&b, "\r\n");
	}
	buf_z(&b, "0\r\n\r\n");
	r = client_once(http_port(f->server), f->c.arena, buf_str(&b));
	assert_int_equal(r.status, 413);
	assert_text(r.body, "refused 413");
	buf_release(&b);
}

static void body__of_the_ceiling_is_taken_whole(void **state)
{
	Fixture *f = *state;
	Buf b;
	buf_init(&b, 1 << 20);
	buf_z(&b, "POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n");
	for (int i = 0; i < BODY_MOST; i++)
		buf_char(&b, (char)('a' + i % 26));
	Reply r = client_once(http_port(f->server), f->c.arena, buf_str(&b));
	assert_int_equal(r.status, 200);
	assert_true(str_ends(r.body, str_sub(buf_str(&b), b.len - BODY_MOST, b.len)));
	buf_release(&b);
}

static void form__is_read_or_refused_in_the_readers_language(void **state)
{
	Reply r = ask(*state, "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded; "
			      "charset=UTF-8\r\nContent-Length: 14\r\n\r\na=1&b=%C3%A6+c");
	assert_int_equal(r.status, 200);
	assert_text(r.body, "a=1;b=æ c;");
	r = ask(*state, "POST /form HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\nContent-Type: "
			"application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=%ff");
	assert_int_equal(r.status, 422);
	assert_text(r.body, "a: The text is not valid UTF-8.");
	r = ask(*state, "POST /form HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\nContent-Type: "
			"text/plain\r\nContent-Length: 3\r\n\r\na=1");
	assert_int_equal(r.status, 422);
}

static void header_value__with_line_end_makes_no_header(void **state)
{
	Reply r = ask(*state, "GET /split?name=a%0Ab HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(r.status, 500);
	assert_true(str_is_none(reply_header(r, "X-Name")));
	r = ask(*state, "GET /split?name=ab HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_text(reply_header(r, "X-Name"), "ab");
}

static void cookie__goes_both_ways(void **state)
{
	Reply r = ask(*state, "GET /cookie HTTP/1.1\r\nHost: x\r\nCookie: a=b; session=\"s3\"; c=d\r\n\r\n");
	assert_text(r.body, "s3");
	assert_text(reply_header(r, "Set-Cookie"), "session=abc; Path=/; Max-Age=60; SameSite=Strict; HttpOnly");
}

static void redirect__stays_on_this_site(void **state)
{
	Reply r = ask(*state, "GET /away?to=/borger HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_int_equal(r.status, 303);
	assert_text(reply_header(r, "Location"), "/borger");
	r = ask(*state, "GET /away?to=//evil.example HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_text(reply_header(r, "Location"), "/");
	r = ask(*state, "GET /away?to=/%09/evil.example HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_text(reply_header(r, "Location"), "/");
	r = ask(*state, "GET /away?to=https://evil.example HTTP/1.1\r\nHost: x\r\n\r\n");
	assert_text(reply_header(r, "Location"), "/");
}

static void expect_continue__is_answered_first(void **state)
{
	Fixture *f = *state;
	Client cl = client_open(http_port(f->server));
	assert_true(client_send(
		&cl, STR("POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")));
	assert_int_equal(client_reply(&cl, f->c.arena, false).status, 100);
	assert_true(client_send(&cl, STR("hi")));
	assert_text(client_reply(&cl, f->c.arena, false).body, "POST /a? lang=da from=127.0.0.1 hi");
	client_close(&cl);
}

static void pipelined__requests_are_answered_in_order(void **state)
{
	Fixture *f = *state;
	Client cl = client_open(http_port(f->server));
	assert_true(client_send(&cl, STR("GET /later?1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
					 "POST /later?3 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nz")));
	assert_text(client_reply(&cl, f->c.arena, false).body, "GET /later?1 lang=da from=127.0.0.1 ");
	assert_text(client_reply(&cl, f->c.arena, false).body, "GET /2? lang=da from=127.0.0.1 ");
	assert_text(client_reply(&cl, f->c.arena, false).body, "POST /later?3 lang=da from=127.0.0.1 z");
	client_close(&cl);
}

typedef struct {
	uint16_t port;
	int number;
	int wrong;
} Load;

static void *client_run(void *arg)
{
	Load *load = arg;
	Arena *a = arena_new();
	Client cl = client_open(load->port);
	for (int i = 0; i < REQUESTS_EACH; i++) {
		arena_clear(a);
		Str body = str_printf(a, "client %d request %d", load->number, i);
		Str request = str_printf(a, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n%.*s",
					 i % 2 == 0 ? "/later" : "/now", body.len, STR_ARG(body));
		(void)client_send(&cl, request);
		Reply r = client_reply(&cl, a, false);
		load->wrong += r.status != 200 || !str_ends(r.body, body);
	}
	client_close(&cl);
	arena_free(a);
	return NULL;
}

static void many_clients__each_get_their_own_answers(void **state)
{
	Fixture *f = *state;
	pthread_t threads[CLIENTS];
	Load loads[CLIENTS];
	for (int i = 0; i < CLIENTS; i++) {
		loads[i] = (Load){ http_port(f->server), i, 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, client_run, &loads[i]), 0);
	}
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(loads[i].wrong, 0);
	}
}

static void *let_go(void *arg)
{
	Fixture *f = arg;
	nap(300);
	atomic_store(&f->hold, false);
	return NULL;
}

static void stop__waits_for_answers_under_way(void **state)
{
	Fixture *f = *state;
	Client cl[3];
	atomic_store(&f->hold, true);
	for (int i = 0; i < 3; i++) {
		cl[i] = client_open(http_port(f->server));
		assert_true(client_send(&cl[i], STR("GET /held HTTP/1.1\r\nHost: x\r\n\r\n")));
	}
	while (atomic_load(&f->held) < 3)
		nap(2);
	assert_int_equal(http_stop(f->server, 0), ERR_BUSY);
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, let_go, f), 0);
	assert_int_equal(http_stop(f->server, 10), OK);
	f->server = NULL;
	pthread_join(thread, NULL);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(client_reply(&cl[i], f->c.arena, false).status, 200);
		client_close(&cl[i]);
	}
}

/* Asks until the server is gone: a connection for every third request. */
static void *client_until_gone(void *arg)
{
	Load *load = arg;
	Arena *a = arena_new();
	bool gone = false;
	for (int i = 0; !gone; i++) {
		Client cl;
		if (!client_try(&cl, load->port))
			break;
		for (int k = 0; k < 3 && !gone; k++) {
			arena_clear(a);
			gone = !client_send(&cl, STR("GET /later HTTP/1.1\r\nHost: x\r\n\r\n"));
			Reply r = { 0 };
			if (!gone)
				r = client_reply(&cl, a, false);
			gone = r.status == 0;
			load->wrong += r.status != 200 && r.status != 503 && r.status != 0;
			load->number += r.status == 200;
		}
		client_close(&cl);
	}
	arena_free(a);
	return NULL;
}

static void stop__under_load_answers_or_closes(void **state)
{
	Fixture *f = *state;
	pthread_t threads[CLIENTS];
	Load loads[CLIENTS];
	for (int i = 0; i < CLIENTS; i++) {
		loads[i] = (Load){ http_port(f->server), 0, 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, client_until_gone, &loads[i]), 0);
	}
	nap(300);
	assert_int_equal(http_stop(f->server, 10), OK);
	f->server = NULL;
	int answered = 0;
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(loads[i].wrong, 0);
		answered += loads[i].number;
	}
	assert_true(answered > 0);
}

static void client_gone__while_waiting_harms_nobody(void **state)
{
	Fixture *f = *state;
	atomic_store(&f->hold, true);
	for (int i = 0; i < 3; i++) {
		Client cl = client_open(http_port(f->server));
		assert_true(client_send(&cl, STR("GET /held HTTP/1.1\r\nHost: x\r\n\r\n")));
		while (atomic_load(&f->held) <= i)
			nap(2);
		client_close(&cl);
	}
	atomic_store(&f->hold, false);
	assert_int_equal(ask(f, "GET /later HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
}

static int start_behind_proxy(void **state)
{
	return start_with(state, &(HttpConfig){ .behind_proxy = true });
}

static void forwarded_address__is_believed_behind_a_proxy_only(void **state)
{
	static const char request[] = "GET /a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.1\r\n"
				      "X-Forwarded-For: 10.0.0.2, 192.0.2.7\r\n\r\n";
	static const char nonsense[] = "GET /a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: <b>\r\n\r\n";
	assert_text(ask(*state, request).body, "GET /a? lang=da from=192.0.2.7 ");
	assert_text(ask(*state, nonsense).body, "GET /a? lang=da from=127.0.0.1 ");
	assert_int_equal(stop(state), 0);
	assert_int_equal(start(state), 0);
	assert_text(ask(*state, request).body, "GET /a? lang=da from=127.0.0.1 ");
}

static int start_impatient(void **state)
{
	return start_with(state, &(HttpConfig){ .header_seconds = 1, .body_seconds = 1, .connections_most = 4 });
}

/* A byte every 100 ms would keep any idle timeout away for ever. */
static bool drips_until_closed(Fixture *f, Str begin)
{
	Client cl = client_open(http_port(f->server));
	bool open = client_send(&cl, begin);
	for (int i = 0; i < 100 && open; i++) {
		nap(100);
		open = client_send(&cl, STR("x"));
	}
	client_close(&cl);
	return !open;
}

static void slow_client__is_cut_at_the_deadline(void **state)
{
	assert_true(drips_until_closed(*state, STR("GET /a HTTP/1.1\r\nHost: ")));
	assert_true(drips_until_closed(*state, STR("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n")));
}

static void connections__beyond_the_ceiling_are_closed(void **state)
{
	Fixture *f = *state;
	Client cl[5];
	for (int i = 0; i < 5; i++) {
		cl[i] = client_open(http_port(f->server));
		(void)client_send(&cl[i], STR("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
		assert_int_equal(client_reply(&cl[i], f->c.arena, false).status, i < 4 ? 200 : 0);
	}
	client_close(&cl[0]);
	nap(200);
	assert_int_equal(ask(f, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
	for (int i = 1; i < 5; i++)
		client_close(&cl[i]);
}

static void start__refuses_what_is_no_address_and_a_taken_port(void **state)
{
	Fixture *f = *state;
	HttpServer *other = NULL;
	HttpConfig config = { .handle = handle, .address = "localhost" };
	f->c.lang = LANG_EN;
	assert_int_equal(http_start(&f->c, &config, &other), ERR_INVALID);
	assert_text(ctx_problems_text(&f->c), "address: localhost is not an IP address.");
	config = (HttpConfig){ .handle = handle, .port = http_port(f->server) };
	assert_int_equal(http_start(&f->c, &config, &other), ERR_IO);
	config = (HttpConfig){ .handle = handle, .workers = 1000 };
	assert_int_equal(http_start(&f->c, &config, &other), ERR_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(request__reaches_handler_decoded, start, stop),
		cmocka_unit_test_setup_teardown(head__has_length_and_no_body, start, stop),
		cmocka_unit_test_setup_teardown(malformed__is_refused_before_the_handler, start, stop),
		cmocka_unit_test_setup_teardown(oversize__header_target_and_body_are_refused, start, stop),
		cmocka_unit_test_setup_teardown(body__of_the_ceiling_is_taken_whole, start, stop),
		cmocka_unit_test_setup_teardown(form__is_read_or_refused_in_the_readers_language, start, stop),
		cmocka_unit_test_setup_teardown(header_value__with_line_end_makes_no_header, start, stop),
		cmocka_unit_test_setup_teardown(cookie__goes_both_ways, start, stop),
		cmocka_unit_test_setup_teardown(redirect__stays_on_this_site, start, stop),
		cmocka_unit_test_setup_teardown(expect_continue__is_answered_first, start, stop),
		cmocka_unit_test_setup_teardown(pipelined__requests_are_answered_in_order, start, stop),
		cmocka_unit_test_setup_teardown(many_clients__each_get_their_own_answers, start, stop),
		cmocka_unit_test_setup_teardown(stop__waits_for_answers_under_way, start, stop),
		cmocka_unit_test_setup_teardown(stop__under_load_answers_or_closes, start, stop),
		cmocka_unit_test_setup_teardown(client_gone__while_waiting_harms_nobody, start, stop),
		cmocka_unit_test_setup_teardown(forwarded_address__is_believed_behind_a_proxy_only, start_behind_proxy,
						stop),
		cmocka_unit_test_setup_teardown(slow_client__is_cut_at_the_deadline, start_impatient, stop),
		cmocka_unit_test_setup_teardown(connections__beyond_the_ceiling_are_closed, start_impatient, stop),
		cmocka_unit_test_setup_teardown(start__refuses_what_is_no_address_and_a_taken_port, start, stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
