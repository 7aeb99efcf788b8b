#include "format/real.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What the C library makes of it, tried with more and more digits. */
static void assert_as_library(double x)
{
	char expected[64], found[REAL_MOST];
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(expected, sizeof expected, "%.*g", digits, x);
		if (strtod(expected, NULL) == x)
			break;
	}
	size_t n = real_put(found, x);
	if (n == strlen(expected) && memcmp(found, expected, n) == 0)
		return;
	print_error("%.*s and not %s\n", (int)n, found, expected);
	fail();
}

static void random_numbers_of_every_size_are_as_the_library_writes_them(void **state)
{
	(void)state;
	uint64_t seed = 88172645463325252; /* xorshift, Marsaglia 2003 */
	for (int i = 0; i < 200000; i++) {
		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		double x;
		memcpy(&x, &seed, sizeof x);
		if (isfinite(x))
			assert_as_library(x);
		double share = (double)(seed >> 11) * 0x1p-53;
		assert_as_library(share);
		assert_as_library(-share * pow(10, (double)(seed % 24) - 5));
		assert_as_library((double)(seed % 100000) / 1000);
		assert_as_library((double)(seed % 1000000007) / 64);
	}
}

static void numbers_at_the_edges_are_as_the_library_writes_them(void **state)
{
	(void)state;
	static const double edges[] = { 1e-5, 1e-4, 0.001, 0.01,    0.1,       1,      10,          1e14,
					1e15, 1e16, 1e22,  2.0 / 3, 0.1 + 0.2, 5e-324, DBL_MAX / 4, DBL_MIN };
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
		assert_as_library(edges[i]);
		assert_as_library(nextafter(edges[i], 0));
		assert_as_library(nextafter(edges[i], INFINITY));
	}
	for (int i = -60; i < 60; i++) {
		assert_as_library(ldexp(1, i));
		assert_as_library(nextafter(ldexp(1, i), 0));
		assert_as_library(ldexp(3, i));
	}
}

static void zero_has_no_sign(void **state)
{
	(void)state;
	char out[REAL_MOST];
	assert_int_equal(real_put(out, -0.0), 1);
	assert_int_equal(out[0], '0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_numbers_of_every_size_are_as_the_library_writes_them),
		cmocka_unit_test(numbers_at_the_edges_are_as_the_library_writes_them),
		cmocka_unit_test(zero_has_no_sign),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
