#include "base/ids.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Gives the bytes 0, 0, 0, 0, 0, 0, 0C, C3, 18, C4, DC, ... of RFC 9562's example. */
static void fill_example(Random *self, void *bytes, size_t n)
{
	static const unsigned char example[16] = { 0,    0,    0,    0,    0,    0,    0x0C, 0xC3,
						   0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F };
	(void)self;
	assert_int_equal(n, 16);
	memcpy(bytes, example, n);
}

/* RFC 9562, appendix A.6: Tuesday, 22 February 2022 14:22:22 GMT-05:00. */
static void version_7_is_made_as_the_rfc_shows(void **state)
{
	(void)state;
	Time at;
	assert_true(time_parse(STR("2022-02-22T14:22:22-05:00"), &at));
	Clock clock = clock_fixed(at);
	Random random = { .fill = fill_example };
	Arena *a = arena_new();
	assert_true(str_eq_z(uuid_str(a, uuid_v7(&clock, &random)), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
	arena_free(a);
}

static void later_ids_sort_after_earlier_ones(void **state)
{
	(void)state;
	Clock early = clock_fixed(1543579200000000), late = clock_fixed(1543579200001000); /* a millisecond on */
	for (int i = 0; i < 100; i++)
		assert_true(uuid_cmp(uuid_v7(&early, random_system()), uuid_v7(&late, random_system())) < 0);
}

static void ids_are_read_in_one_form_only(void **state)
{
	(void)state;
	Uuid u, again;
	char z[37] = { 0 };
	assert_true(uuid_parse(STR("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"), &u));
	uuid_write(u, z);
	assert_string_equal(z, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
	assert_true(uuid_parse(str_of(z), &again) && uuid_eq(u, again));
	static const char *const wrong[] = { "",
					     "017F22E279B07CC398C4DC0C0C07398F",
					     "{017F22E2-79B0-7CC3-98C4-DC0C0C07398F}",
					     "017F22E2-79B0-7CC3-98C4-DC0C0C07398",
					     "017F22E2-79B0-7CC3-98C4-DC0C0C07398G",
					     "017F22E2_79B0-7CC3-98C4-DC0C0C07398F",
					     "017F22E27-9B0-7CC3-98C4-DC0C0C07398F" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(uuid_parse(str_of(wrong[i]), &u));
	assert_true(uuid_eq(u, again));
	assert_true(uuid_is_none(UUID_NONE));
	assert_false(uuid_is_none(u));
}

/* The reference implementation by Blackman and Vigna, started at 1, 2, 3, 4. */
static void seeded_chance_is_xoshiro256(void **state)
{
	(void)state;
	static const uint64_t expected[] = { 11520,
					     0,
					     1509978240,
					     UINT64_C(1215971899390074240),
					     UINT64_C(1216172134540287360),
					     UINT64_C(607988272756665600),
					     UINT64_C(16172922978634559625),
					     UINT64_C(8476171486693032832),
					     UINT64_C(10595114339597558777),
					     UINT64_C(2904607092377533576) };
	Random r;
	random_seed(&r, 0);
	for (int i = 0; i < 4; i++)
		r.state[i] = (uint64_t)i + 1;
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
		assert_true(random_u64(&r) == expected[i]);
}

/* splitmix64 from 1234567, as published with the reference implementation. */
static void the_seed_is_spread_by_splitmix64(void **state)
{
	(void)state;
	Random r;
	random_seed(&r, 1234567);
	assert_true(r.state[0] == UINT64_C(6457827717110365317));
	assert_true(r.state[1] == UINT64_C(3203168211198807973));
	assert_true(r.state[2] == UINT64_C(9817491932198370423));
	assert_true(r.state[3] == UINT64_C(4593380528125082431));
}

/* 60,000 throws of a die: each face 10,000 times, give or take five standard
 * deviations of sqrt(60000 · 1/6 · 5/6) = 91.3. */
static void numbers_below_a_limit_are_uniform(void **state)
{
	(void)state;
	int faces[6] = { 0 };
	Random r;
	random_seed(&r, 2018);
	for (int i = 0; i < 60000; i++)
		faces[random_below(&r, 6)]++;
	for (int i = 0; i < 6; i++)
		assert_in_range(faces[i], 10000 - 457, 10000 + 457);
	assert_int_equal(random_below(&r, 1), 0);
	for (int i = 0; i < 100; i++)
		assert_true(random_below(&r, UINT64_MAX) < UINT64_MAX);
}

static void system_chance_fills_every_byte(void **state)
{
	(void)state;
	unsigned char bytes[1000] = { 0 };
	int zeros = 0;
	random_bytes(random_system(), bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		zeros += bytes[i] == 0;
	assert_true(zeros < 40); /* about 4 of 1000 */
	assert_memory_not_equal(bytes, bytes + 500, 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(version_7_is_made_as_the_rfc_shows),
		cmocka_unit_test(later_ids_sort_after_earlier_ones),
		cmocka_unit_test(ids_are_read_in_one_form_only),
		cmocka_unit_test(seeded_chance_is_xoshiro256),
		cmocka_unit_test(the_seed_is_spread_by_splitmix64),
		cmocka_unit_test(numbers_below_a_limit_are_uniform),
		cmocka_unit_test(system_chance_fills_every_byte),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
