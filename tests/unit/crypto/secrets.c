#include "crypto/password.h"
#include "crypto/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
	static Ctx c;
	ctx_init(&c);
	*state = &c;
	return 0;
}

static int teardown(void **state)
{
	ctx_release(*state);
	return 0;
}

/* The reference implementation's own vector (phc-winner-argon2, src/test.c, Argon2id v=19, m=65536, t=2, p=1). */
static void a_hash_of_the_reference_implementation_is_verified(void **state)
{
	Str hash = STR("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
	assert_true(password_verify(*state, hash, STR("password")));
	assert_false(password_verify(*state, hash, STR("Password")));
}

static void a_password_fits_its_own_hash_only_and_salts_differ(void **state)
{
	Ctx *c = *state;
	Str one, two;
	assert_int_equal(password_hash(c, STR("rødgrød med fløde"), &one), OK);
	assert_int_equal(password_hash(c, STR("rødgrød med fløde"), &two), OK);
	assert_true(password_verify(c, one, STR("rødgrød med fløde")));
	assert_false(password_verify(c, one, STR("rødgrød med flød")));
	assert_false(str_eq(one, two));
}

static void no_hash_fits_no_password(void **state)
{
	assert_false(password_verify(*state, STR(""), STR("")));
	assert_false(password_verify(*state, STR("$argon2id$nonsense"), STR("password")));
	assert_false(password_verify(*state, STR("plain"), STR("plain")));
}

static void a_password_without_end_is_refused(void **state)
{
	Ctx *c = *state;
	char *bytes = arena_alloc(c->arena, PASSWORD_BYTES_MOST + 2);
	memset(bytes, 'x', PASSWORD_BYTES_MOST + 1);
	Str hash;
	assert_int_equal(password_hash(c, (Str){ bytes, PASSWORD_BYTES_MOST + 1 }, &hash), ERR_LIMIT);
}

/* BLAKE2b with 32 bytes of "abc": b2sum -l 256. */
static void a_secret_is_known_by_its_blake2b_hash(void **state)
{
	(void)state;
	static const unsigned char expected[TOKEN_HASH] = { 0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72,
							    0x31, 0x71, 0xef, 0x3f, 0xee, 0x98, 0x57, 0x9b,
							    0x94, 0x96, 0x4e, 0x3b, 0xb1, 0xcb, 0x3e, 0x42,
							    0x72, 0x62, 0xc8, 0xc0, 0x68, 0xd5, 0x23, 0x19 };
	unsigned char hash[TOKEN_HASH];
	token_hash(STR("abc"), hash);
	assert_memory_equal(hash, expected, TOKEN_HASH);
}

static void secrets_are_64_digits_and_never_the_same(void **state)
{
	Str one = token_new(*state), two = token_new(*state);
	assert_int_equal(one.len, 64);
	assert_int_equal(strspn(one.ptr, "0123456789abcdef"), 64);
	assert_false(token_same(one, two));
	assert_true(token_same(one, str_dup(((Ctx *)*state)->arena, one)));
	assert_false(token_same(STR(""), STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_hash_of_the_reference_implementation_is_verified, setup, teardown),
		cmocka_unit_test_setup_teardown(a_password_fits_its_own_hash_only_and_salts_differ, setup, teardown),
		cmocka_unit_test_setup_teardown(no_hash_fits_no_password, setup, teardown),
		cmocka_unit_test_setup_teardown(a_password_without_end_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(a_secret_is_known_by_its_blake2b_hash, setup, teardown),
		cmocka_unit_test_setup_teardown(secrets_are_64_digits_and_never_the_same, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
