/* Sealed texts: they come back as they were, to whom they were for, or not at all. */
#include "crypto/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void a_text_comes_back_to_its_reader(void **state)
{
	(void)state;
	Ctx c;
	SealKey key;
	Str sealed, again, out;
	ctx_init(&c);
	seal_key_make(&key);
	static const char *const texts[] = { "", "a", "Anna \303\206r\303\270", "exactly thirty-two bytes of text" };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		assert_int_equal(seal_text(&c, &key, str_of(texts[i]), STR("mette"), &sealed), OK);
		assert_int_equal(seal_open(&c, &key, sealed, STR("mette"), &out), OK);
		assert_true(str_eq_z(out, texts[i]));
	}
	/* Twice the same text is not seen to be the same. */
	assert_int_equal(seal_text(&c, &key, STR("Anna"), STR("mette"), &sealed), OK);
	assert_int_equal(seal_text(&c, &key, STR("Anna"), STR("mette"), &again), OK);
	assert_false(str_eq(sealed, again));
	assert_int_equal(sealed.len, again.len);
	for (size_t i = 0; i < sealed.len; i++)
		assert_true(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", sealed.ptr[i]) !=
			    NULL);
	ctx_release(&c);
}

static void nobody_else_opens_it(void **state)
{
	(void)state;
	Ctx c;
	SealKey key, other;
	Str sealed, out;
	ctx_init(&c);
	seal_key_make(&key);
	seal_key_make(&other);
	assert_int_equal(seal_text(&c, &key, STR("Anna"), STR("mette"), &sealed), OK);
	assert_int_equal(seal_open(&c, &key, sealed, STR("ole"), &out), ERR_NOT_FOUND);
	assert_int_equal(seal_open(&c, &other, sealed, STR("mette"), &out), ERR_NOT_FOUND);
	assert_int_equal(seal_open(&c, &key, str_sub(sealed, 0, sealed.len - 1), STR("mette"), &out), ERR_NOT_FOUND);
	assert_int_equal(seal_open(&c, &key, STR(""), STR("mette"), &out), ERR_NOT_FOUND);
	assert_int_equal(seal_open(&c, &key, STR("Anna Hansen!"), STR("mette"), &out), ERR_NOT_FOUND);
	char *changed = arena_alloc(c.arena, sealed.len + 1);
	memcpy(changed, sealed.ptr, sealed.len);
	changed[40] = changed[40] == 'A' ? 'B' : 'A';
	assert_int_equal(seal_open(&c, &key, str_of(changed), STR("mette"), &out), ERR_NOT_FOUND);
	ctx_release(&c);
}

static void there_is_a_longest(void **state)
{
	(void)state;
	Ctx c;
	SealKey key;
	Str sealed, out;
	ctx_init(&c);
	seal_key_make(&key);
	char *text = arena_alloc(c.arena, SEAL_TEXT_MOST + 1);
	memset(text, 'x', SEAL_TEXT_MOST + 1);
	assert_int_equal(seal_text(&c, &key, (Str){ text, SEAL_TEXT_MOST }, STR("mette"), &sealed), OK);
	assert_true(sealed.len <= SEAL_WRITTEN_MOST);
	assert_int_equal(seal_open(&c, &key, sealed, STR("mette"), &out), OK);
	assert_int_equal(out.len, SEAL_TEXT_MOST);
	assert_int_equal(seal_text(&c, &key, (Str){ text, SEAL_TEXT_MOST + 1 }, STR("mette"), &sealed), ERR_LIMIT);
	ctx_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_comes_back_to_its_reader),
		cmocka_unit_test(nobody_else_opens_it),
		cmocka_unit_test(there_is_a_longest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
