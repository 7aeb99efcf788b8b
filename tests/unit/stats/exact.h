/* exact: what tests of exact statistics share: an arena of their own, and numbers that agree to the last digits. */
#ifndef TEST_EXACT_H
#define TEST_EXACT_H

#include "base/arena.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Arena *arena;

static int make_arena(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int free_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* To 1e-12 of what is wanted. */
static void assert_near(double got, double want)
{
	assert_true(fabs(got - want) <= 1e-12 * fabs(want));
}

#endif
