/* Signed tokens, with the examples of the standards: RFC 7515 A.2 and A.3, RFC 8037 A.4, RFC 7636 B. */
#include "crypto/jws.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define CLAIMS "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

static const char modulus[] =
	"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-"
	"pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2Ca"
	"pHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb5"
	"4h4FRWyuXpoQ";

static const struct {
	const char *token;
	JwsKey key;
} examples[] = {
	{ "eyJhbGciOiJSUzI1NiJ9." CLAIMS ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-"
	  "0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t"
	  "1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--"
	  "xi12jzD"
	  "wusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_"
	  "IoypGlUPQGe77"
	  "Rw",
	  { JWS_RS256, .n = { modulus, sizeof modulus - 1 }, .e = { STR_LIT("AQAB") } } },
	{ "eyJhbGciOiJFUzI1NiJ9." CLAIMS
	  ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
	  { JWS_ES256, .x = { STR_LIT("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU") },
	    .y = { STR_LIT("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0") } } },
	{ "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
	  "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
	  { JWS_EDDSA, .x = { STR_LIT("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo") } } },
};
enum { EXAMPLES = sizeof examples / sizeof examples[0] };

static int make(void **state)
{
	*state = arena_new();
	return 0;
}

static int clean(void **state)
{
	arena_free(*state);
	return 0;
}

static void each_example__is_signed_by_its_key_and_no_other(void **state)
{
	for (size_t i = 0; i < EXAMPLES; i++)
		for (size_t k = 0; k < EXAMPLES; k++)
			assert_int_equal(jws_signed_by(*state, str_of(examples[i].token), &examples[k].key), i == k);
}

static void a_token_that_has_been_changed__is_not_signed(void **state)
{
	for (size_t i = 0; i < EXAMPLES; i++) {
		Str token = str_dup(*state, str_of(examples[i].token));
		char *bytes = arena_copy(*state, token.ptr, token.len);
		for (size_t at = 3; at < token.len; at += 7) {
			char was = bytes[at];
			bytes[at] = was == 'B' ? 'C' : 'B';
			assert_false(jws_signed_by(*state, (Str){ bytes, token.len }, &examples[i].key));
			bytes[at] = was;
		}
		assert_true(jws_signed_by(*state, (Str){ bytes, token.len }, &examples[i].key));
		for (size_t len = 0; len < token.len; len += 11)
			assert_false(jws_signed_by(*state, str_sub(token, 0, len), &examples[i].key));
	}
}

/* The right signature, by a key that is said to be for another algorithm. */
static void the_key__says_the_algorithm_and_not_the_token(void **state)
{
	for (size_t i = 0; i < EXAMPLES; i++)
		for (int alg = JWS_RS256; alg <= JWS_EDDSA; alg++) {
			JwsKey key = examples[i].key;
			key.alg = (JwsAlg)alg;
			assert_int_equal(jws_signed_by(*state, str_of(examples[i].token), &key), alg == (int)i);
		}
}

static void a_key__of_another_size_or_with_other_letters_is_none(void **state)
{
	JwsKey rsa = examples[0].key, ec = examples[1].key;
	rsa.n = str_sub(rsa.n, 0, 170); /* 1020 bits */
	assert_false(jws_signed_by(*state, str_of(examples[0].token), &rsa));
	rsa = examples[0].key;
	rsa.e = STR("AQAB\",\"k\":\"");
	assert_false(jws_signed_by(*state, str_of(examples[0].token), &rsa));
	ec.y = STR_NONE;
	assert_false(jws_signed_by(*state, str_of(examples[1].token), &ec));
	ec.y = ec.x; /* no point of the curve */
	assert_false(jws_signed_by(*state, str_of(examples[1].token), &ec));
}

static void parts__are_read_without_being_believed(void **state)
{
	JwsParts parts;
	assert_true(jws_read(*state, str_of(examples[0].token), &parts));
	assert_true(str_eq_z(parts.header, "{\"alg\":\"RS256\"}"));
	assert_true(str_starts(parts.payload, STR("{\"iss\":\"joe\",\r\n \"exp\":1300819380,")));
	static const char *const wrong[] = { "",           ".",        "..",    "a.b", "YQ.YQ", "YQ.YQ.YQ.YQ",
					     "YQ==.YQ.YQ", "Y+.YQ.YQ", "YQ..YQ" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(jws_read(*state, str_of(wrong[i]), &parts));
}

static void pkce__is_that_of_its_standard(void **state)
{
	Str challenge = sha256_base64url(*state, STR("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
	assert_true(str_eq_z(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

/* SHA-256 and SHA-512 of "abc" (FIPS 180-2, appendices B.1 and C.1), the first half of each. */
static void half_a_hash__is_that_of_the_algorithm(void **state)
{
	Str short_one = STR("ungWv48Bz-pBQUDeXa4iIw"), long_one = STR("3a81oZNherrMQXNJriBBMRLm-k6JqX6iCp7u5ktV05o"),
	    abc = STR("abc");
	assert_true(jws_half_hash_is(*state, JWS_RS256, abc, short_one));
	assert_true(jws_half_hash_is(*state, JWS_ES256, abc, short_one));
	assert_true(jws_half_hash_is(*state, JWS_EDDSA, abc, short_one));
	assert_true(jws_half_hash_is(*state, JWS_EDDSA, abc, long_one));
	assert_false(jws_half_hash_is(*state, JWS_RS256, abc, long_one));
	assert_false(jws_half_hash_is(*state, JWS_RS256, abc, STR_NONE));
	assert_false(jws_half_hash_is(*state, JWS_RS256, STR("abd"), short_one));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_example__is_signed_by_its_key_and_no_other),
		cmocka_unit_test(a_token_that_has_been_changed__is_not_signed),
		cmocka_unit_test(the_key__says_the_algorithm_and_not_the_token),
		cmocka_unit_test(a_key__of_another_size_or_with_other_letters_is_none),
		cmocka_unit_test(parts__are_read_without_being_believed),
		cmocka_unit_test(pkce__is_that_of_its_standard),
		cmocka_unit_test(half_a_hash__is_that_of_the_algorithm),
	};
	return cmocka_run_group_tests(tests, make, clean);
}
