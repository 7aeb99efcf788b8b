#include "http/inside.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOST = 6, ADDRESS_MOST = 2 };

static Arena *arena;
static Connections cs;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	cs = (Connections){ 0 };
	connections_init(arena, &cs, MOST, ADDRESS_MOST, ADDRESS_MOST);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	connections_release(&cs);
	arena_free(arena);
	return 0;
}

static Connection *enter(int fd, const char *address)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	if (inet_pton(AF_INET, address, &v4.sin_addr) == 1)
		return connections_enter(&cs, fd, (struct sockaddr *)&v4, 1000);
	assert_int_equal(inet_pton(AF_INET6, address, &v6.sin6_addr), 1);
	return connections_enter(&cs, fd, (struct sockaddr *)&v6, 1000);
}

static void address__has_its_ceiling_and_others_their_own(void **state)
{
	(void)state;
	Connection *first = enter(100, "192.0.2.1");
	assert_non_null(first);
	assert_non_null(enter(101, "192.0.2.1"));
	assert_null(enter(102, "192.0.2.1"));
	assert_null(enter(102, "::ffff:192.0.2.1")); /* the same, as a dual socket sees it */
	assert_non_null(enter(102, "192.0.2.2"));
	assert_non_null(enter(103, "2001:db8::1"));
	connections_leave(&cs, first);
	assert_non_null(enter(100, "192.0.2.1"));
}

static void loopback__is_bound_only_by_the_whole(void **state)
{
	(void)state;
	for (int fd = 100; fd < 100 + MOST; fd++)
		assert_non_null(enter(fd, fd % 2 == 0 ? "127.0.0.1" : "::1"));
	assert_null(enter(100 + MOST, "127.0.0.1"));
	assert_null(enter(100 + MOST, "192.0.2.1"));
}

static void descriptor__that_comes_again_frees_its_place(void **state)
{
	(void)state;
	assert_non_null(enter(100, "192.0.2.1"));
	assert_non_null(enter(100, "192.0.2.1"));
	assert_non_null(enter(100, "192.0.2.1"));
	assert_int_equal(connections_cut(&cs, 0), 1);
}

static void deadline__cuts_what_has_started_and_nothing_else(void **state)
{
	(void)state;
	int pair[2], other[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, other), 0);
	assert_non_null(enter(pair[0], "192.0.2.1"));
	assert_non_null(enter(other[0], "192.0.2.2"));
	assert_int_equal(connections_cut(&cs, 1001), 2); /* neither has reached a worker */
	assert_int_equal(send(pair[1], "x", 1, MSG_NOSIGNAL), 1);
	Connection *started = connections_start(&cs, pair[0]);
	(void)connections_start(&cs, other[0]);
	atomic_store(&started->deadline, NO_DEADLINE);
	assert_int_equal(connections_cut(&cs, 1001), 2);
	assert_int_equal(send(pair[1], "x", 1, MSG_NOSIGNAL), 1);
	assert_int_equal(send(other[1], "x", 1, MSG_NOSIGNAL), -1);
	for (int i = 0; i < 2; i++) {
		close(pair[i]);
		close(other[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(address__has_its_ceiling_and_others_their_own, setup, teardown),
		cmocka_unit_test_setup_teardown(loopback__is_bound_only_by_the_whole, setup, teardown),
		cmocka_unit_test_setup_teardown(descriptor__that_comes_again_frees_its_place, setup, teardown),
		cmocka_unit_test_setup_teardown(deadline__cuts_what_has_started_and_nothing_else, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
