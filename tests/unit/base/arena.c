#include "base/arena.h"

#include <stdint.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void what_is_allocated_is_zeroed_and_aligned(void **state)
{
	(void)state;
	Arena *a = arena_new();
	for (int round = 0; round < 3; round++) {
		for (size_t size = 0; size < 3000; size += 7) {
			unsigned char *p = arena_alloc(a, size);
			assert_non_null(p);
			assert_int_equal((uintptr_t)p % 16, 0);
			for (size_t i = 0; i < size; i++)
				assert_int_equal(p[i], 0);
			memset(p, 0xEE, size);
		}
		arena_clear(a);
	}
	arena_free(a);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define WATCHED 1
#endif
#endif

/* With AddressSanitizer, reading or writing beyond a piece is seen, also between two of one block, and after clear. */
static void nobody_reaches_beyond_a_piece(void **state)
{
	(void)state;
#ifdef WATCHED
	Arena *a = arena_new();
	char *first = arena_alloc(a, 13), *second = arena_alloc(a, 16);
	assert_int_equal(__asan_address_is_poisoned(first + 12), 0);
	assert_int_equal(__asan_address_is_poisoned(first + 13), 1);
	assert_int_equal(__asan_address_is_poisoned(second - 1), 1);
	assert_int_equal(__asan_address_is_poisoned(second + 16), 1);
	arena_clear(a);
	assert_int_equal(__asan_address_is_poisoned(first), 1);
	arena_free(a);
#else
	skip();
#endif
}

static void a_large_piece_is_given_back_at_clear(void **state)
{
	(void)state;
	Arena *a = arena_new();
	size_t empty = arena_bytes(a);
	memset(arena_alloc(a, 5000000), 1, 5000000);
	assert_true(arena_bytes(a) >= empty + 5000000);
	arena_clear(a);
	assert_true(arena_bytes(a) <= empty);
	arena_free(a);
}

typedef struct {
	int order[3], n;
} Seen;

typedef struct {
	Seen *seen;
	int number;
} Step;

static void note(void *arg)
{
	const Step *s = arg;
	s->seen->order[s->seen->n++] = s->number;
}

static void clean_ups_run_once_newest_first(void **state)
{
	(void)state;
	Seen seen = { { 0 }, 0 };
	Step steps[] = { { &seen, 1 }, { &seen, 2 }, { &seen, 3 } };
	Arena *a = arena_new();
	arena_defer(a, note, &steps[0]);
	arena_defer(a, note, &steps[1]);
	arena_clear(a);
	assert_int_equal(seen.n, 2);
	assert_int_equal(seen.order[0], 2);
	assert_int_equal(seen.order[1], 1);
	arena_defer(a, note, &steps[2]);
	arena_free(a);
	assert_int_equal(seen.n, 3);
	assert_int_equal(seen.order[2], 3);
	arena_free(NULL);
}

static void copies_are_copies(void **state)
{
	(void)state;
	Arena *a = arena_new();
	char original[] = "abc";
	char *copy = arena_copy(a, original, sizeof original);
	original[0] = 'x';
	assert_string_equal(copy, "abc");
	assert_non_null(arena_copy(a, NULL, 0));
	assert_non_null(arena_array(a, 0, 8));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_allocated_is_zeroed_and_aligned),
		cmocka_unit_test(nobody_reaches_beyond_a_piece),
		cmocka_unit_test(a_large_piece_is_given_back_at_clear),
		cmocka_unit_test(clean_ups_run_once_newest_first),
		cmocka_unit_test(copies_are_copies),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
