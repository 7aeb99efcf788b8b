/* Codes against the published vectors of RFC 6238. */
#include "crypto/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* RFC 6238, appendix B: the secret "12345678901234567890" in base32. */
static const Str rfc_secret = { STR_LIT("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") };

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

static bool fits(Ctx *c, const char *code, int64_t second, int64_t *step)
{
	return totp_check(c, rfc_secret, str_of(code), second * 1000000, step) == OK;
}

/* RFC 6238, appendix B, SHA-1: the last six of its eight digits (RFC 4226, 5.3: the value modulo 10^digits). */
static void codes__are_those_of_the_rfc(void **state)
{
	static const struct {
		int64_t second, step;
		const char *code;
	} cases[] = {
		{ 59, 0x1, "287082" },
		{ 1111111109, 0x23523EC, "081804" },
		{ 1111111111, 0x23523ED, "050471" },
		{ 1234567890, 0x273EF07, "005924" },
		{ 2000000000, 0x3F940AA, "279037" },
		{ 20000000000, 0x27BC86AA, "353130" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t step = 0;
		assert_true(fits(*state, cases[i].code, cases[i].second, &step));
		assert_int_equal(step, cases[i].step);
	}
}

/* 1111111109 is in step 0x23523EC, which is 1111111080 to 1111111109: 30 seconds more count on each side. */
static void code__holds_one_step_before_and_one_after(void **state)
{
	int64_t step = 0;
	assert_false(fits(*state, "081804", 1111111049, &step));
	assert_true(fits(*state, "081804", 1111111050, &step));
	assert_int_equal(step, 0x23523EC);
	assert_true(fits(*state, "081804", 1111111139, &step));
	assert_int_equal(step, 0x23523EC);
	assert_false(fits(*state, "081804", 1111111140, &step));
}

static void what_is_no_code__fits_never(void **state)
{
	static const char *const typed[] = {
		"", "28708", "2870822", "94287082", "28708x", " 287082", "-87082", "287 82"
	};
	int64_t step = 0;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
		assert_false(fits(*state, typed[i], 59, &step));
}

/* 160 bits, which RFC 4226 (section 4, R6) recommends, in the alphabet of RFC 4648. */
static void secret__has_160_bits_and_is_another_each_time(void **state)
{
	Ctx *c = *state;
	Str one = totp_secret_new(c), two = totp_secret_new(c);
	int64_t step = 0;
	assert_int_equal(one.len, 32);
	assert_false(str_eq(one, two));
	for (size_t i = 0; i < one.len; i++)
		assert_true((one.ptr[i] >= 'A' && one.ptr[i] <= 'Z') || (one.ptr[i] >= '2' && one.ptr[i] <= '7'));
	assert_int_equal(totp_check(c, one, STR("12345a"), 0, &step), ERR_NOT_FOUND);
	assert_int_equal(totp_check(c, STR("not base32!"), STR("123456"), 0, &step), ERR_INTERNAL);
}

/* As the key URI format of the authenticators says it (github.com/google/google-authenticator/wiki/Key-Uri-Format). */
static void address__is_one_that_authenticators_read(void **state)
{
	Ctx *c = *state;
	assert_true(str_eq_z(totp_address(c->arena, STR("anna"), rfc_secret),
			     "otpauth://totp/Rampe:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Rampe"
			     "&algorithm=SHA1&digits=6&period=30"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(codes__are_those_of_the_rfc, setup, teardown),
		cmocka_unit_test_setup_teardown(code__holds_one_step_before_and_one_after, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_no_code__fits_never, setup, teardown),
		cmocka_unit_test_setup_teardown(secret__has_160_bits_and_is_another_each_time, setup, teardown),
		cmocka_unit_test_setup_teardown(address__is_one_that_authenticators_read, setup, teardown),
	};
	return cmocka_run_group_tests_name("totp", tests, NULL, NULL);
}
