#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Ctx c;
static char folder[] = "/tmp/rampe-file-XXXXXX";

static int make(void **state)
{
	(void)state;
	ctx_init(&c);
	return mkdtemp(folder) == NULL;
}

static int drop(void **state)
{
	(void)state;
	ctx_release(&c);
	return rmdir(folder);
}

static Str path(const char *name)
{
	return str_printf(c.arena, "%s/%s", folder, name);
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	Str bytes = STR("a\0b\xFF"), got;
	assert_int_equal(file_write(&c, path("x"), bytes), OK);
	assert_int_equal(file_read(&c, path("x"), 4, &got), OK);
	assert_true(str_eq(got, bytes));
	assert_int_equal(file_write(&c, path("x"), STR("")), OK);
	assert_int_equal(file_read(&c, path("x"), 4, &got), OK);
	assert_int_equal(got.len, 0);
	unlink(path("x").ptr);
}

static void a_file_over_the_ceiling_is_refused_and_named(void **state)
{
	(void)state;
	Str got;
	ctx_clear(&c);
	assert_int_equal(file_write(&c, path("x"), STR("12345")), OK);
	assert_int_equal(file_read(&c, path("x"), 4, &got), ERR_LIMIT);
	assert_true(str_find_str(c.why, path("x")) != SIZE_MAX);
	unlink(path("x").ptr);
}

static void what_cannot_be_read_or_written_is_named(void **state)
{
	(void)state;
	Str got;
	ctx_clear(&c);
	c.lang = LANG_EN;
	assert_int_equal(file_read(&c, path("none"), 10, &got), ERR_IO);
	assert_true(str_find_str(c.why, STR("there is no such file")) != SIZE_MAX);
	ctx_clear(&c);
	c.lang = LANG_DA;
	assert_int_equal(file_read(&c, path("none"), 10, &got), ERR_IO);
	assert_true(str_find_str(c.why, STR("findes ikke")) != SIZE_MAX);
	ctx_clear(&c);
	assert_int_equal(file_read(&c, str_of(folder), 10, &got), ERR_IO);
	ctx_clear(&c);
	assert_int_equal(file_write(&c, path("none/x"), STR("x")), ERR_IO);
	assert_true(str_find_str(c.why, path("none/x")) != SIZE_MAX);
}

/* A link that somebody has laid where the half-written file goes is not followed. */
static void a_planted_link_is_not_written_through(void **state)
{
	(void)state;
	Str got;
	Str x = path("x");
	Str part = str_printf(c.arena, "%.*s.%ld.part", STR_ARG(x), (long)getpid());
	assert_int_equal(file_write(&c, path("victim"), STR("safe")), OK);
	assert_int_equal(symlink(path("victim").ptr, part.ptr), 0);
	assert_int_equal(file_write(&c, path("x"), STR("new")), OK);
	assert_int_equal(file_read(&c, path("victim"), 10, &got), OK);
	assert_true(str_eq_z(got, "safe"));
	struct stat st;
	assert_int_equal(lstat(path("x").ptr, &st), 0);
	assert_true(S_ISREG(st.st_mode));
	unlink(path("x").ptr);
	unlink(path("victim").ptr);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(a_file_over_the_ceiling_is_refused_and_named),
		cmocka_unit_test(what_cannot_be_read_or_written_is_named),
		cmocka_unit_test(a_planted_link_is_not_written_through),
	};
	return cmocka_run_group_tests(tests, make, drop);
}
