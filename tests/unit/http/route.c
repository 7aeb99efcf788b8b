#include "http/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const RouteKey keys[] = {
	{ HTTP_GET, "/" },
	{ HTTP_GET, "/borger" },
	{ HTTP_POST, "/borger" },
	{ HTTP_GET, "/borger/ny" },
	{ HTTP_GET, "/borger/{participant}" },
	{ HTTP_GET, "/borger/{participant}/forloeb" },
	{ HTTP_POST, "/borger/{who}/forloeb" },
	{ HTTP_GET, "/borger/ny/hjaelp" },
	{ HTTP_GET, "/{programme}/borger/{participant}" },
	{ HTTP_DELETE, "/api/v1/{kind}/{id}" },
};

static Ctx c;
static Router *r;

static int setup(void **state)
{
	(void)state;
	ctx_init(&c);
	return router_new(&c, keys, sizeof keys / sizeof keys[0], &r) != OK;
}

static int teardown(void **state)
{
	(void)state;
	router_free(r);
	ctx_release(&c);
	return 0;
}

static int route(HttpMethod method, const char *path, RouteMatch *m)
{
	return route_match(r, method, str_of(path), m) ? m->route : -1;
}

static void literal__beats_parameter(void **state)
{
	(void)state;
	RouteMatch m;
	assert_int_equal(route(HTTP_GET, "/", &m), 0);
	assert_int_equal(route(HTTP_GET, "/borger", &m), 1);
	assert_int_equal(route(HTTP_POST, "/borger", &m), 2);
	assert_int_equal(route(HTTP_GET, "/borger/ny", &m), 3);
	assert_int_equal(m.params, 0);
	assert_int_equal(route(HTTP_GET, "/borger/nyt", &m), 4);
	assert_true(str_eq(route_param(&m, "participant"), STR("nyt")));
	assert_int_equal(route(HTTP_GET, "/borger/ny/hjaelp", &m), 7);
}

static void dead_end__is_stepped_back_from(void **state)
{
	(void)state;
	RouteMatch m;
	assert_int_equal(route(HTTP_GET, "/borger/ny/forloeb", &m), 5);
	assert_true(str_eq(route_param(&m, "participant"), STR("ny")));
	assert_int_equal(route(HTTP_GET, "/borger/borger/7", &m), 8);
	assert_true(str_eq(route_param(&m, "programme"), STR("borger")));
	assert_true(str_eq(route_param(&m, "participant"), STR("7")));
	assert_true(str_is_none(route_param(&m, "id")));
}

static void parameters__are_named_by_their_own_route(void **state)
{
	(void)state;
	RouteMatch m;
	assert_int_equal(route(HTTP_POST, "/borger/9/forloeb", &m), 6);
	assert_true(str_eq(route_param(&m, "who"), STR("9")));
	assert_true(str_is_none(route_param(&m, "participant")));
}

static void unknown_path__allows_nothing(void **state)
{
	(void)state;
	static const char *const unknown[] = { "",        "x",         "/borgere", "/borger/",        "/borger/1/2/3",
					       "/api/v1", "/api/v1/x", "//",       "/borger//forloeb" };
	for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
		RouteMatch m;
		assert_int_equal(route(HTTP_GET, unknown[i], &m), -1);
		assert_int_equal(m.allowed, 0);
	}
}

static void known_path__with_another_method_tells_which(void **state)
{
	(void)state;
	RouteMatch m;
	assert_int_equal(route(HTTP_PUT, "/borger", &m), -1);
	assert_string_equal(str_z(c.arena, route_allow(c.arena, m.allowed)), "GET, HEAD, POST");
	assert_int_equal(route(HTTP_GET, "/api/v1/contacts/1", &m), -1);
	assert_string_equal(str_z(c.arena, route_allow(c.arena, m.allowed)), "DELETE");
	/* The more exact path decides, also about its methods. */
	assert_int_equal(route(HTTP_POST, "/borger/ny", &m), -1);
	assert_string_equal(str_z(c.arena, route_allow(c.arena, m.allowed)), "GET, HEAD");
}

static void router__refuses_what_it_could_not_tell_apart(void **state)
{
	(void)state;
	static const RouteKey wrong[][2] = {
		{ { HTTP_GET, "/a/{x}" }, { HTTP_GET, "/a/{y}" } },
		{ { HTTP_GET, "/a" }, { HTTP_GET, "/a" } },
		{ { HTTP_GET, "/a" }, { HTTP_GET, "a" } },
		{ { HTTP_GET, "/a" }, { HTTP_GET, "/b//c" } },
		{ { HTTP_GET, "/a" }, { HTTP_GET, "/b/{}" } },
		{ { HTTP_GET, "/a" }, { HTTP_GET, "/b/{x}y" } },
		{ { HTTP_GET, "/a" }, { HTTP_GET, "/{1}/{2}/{3}/{4}/{5}/{6}/{7}/{8}/{9}" } },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		Router *none = NULL;
		ctx_clear(&c);
		assert_int_equal(router_new(&c, wrong[i], 2, &none), ERR_INVALID);
		assert_false(str_is_empty(c.why));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literal__beats_parameter),
		cmocka_unit_test(dead_end__is_stepped_back_from),
		cmocka_unit_test(parameters__are_named_by_their_own_route),
		cmocka_unit_test(unknown_path__allows_nothing),
		cmocka_unit_test(known_path__with_another_method_tells_which),
		cmocka_unit_test(router__refuses_what_it_could_not_tell_apart),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
