#include "base/danish.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Cpr cpr(const char *z)
{
	Cpr out;
	assert_true(cpr_parse(str_of(z), &out));
	return out;
}

/* The numbers that CPR-kontoret uses as examples, and one born in 1893. */
static void cpr_numbers_that_pass_modulus_11(void **state)
{
	(void)state;
	Cpr old = cpr("0610937438");
	assert_int_equal(old.born, date_of(1893, 10, 6));
	assert_false(old.male);
	assert_true(old.checks);
	assert_true(cpr("1111111118").checks);
	assert_true(cpr("070761-4285").checks);
	assert_string_equal(cpr("070761 4285").digits, "0707614285");
}

/* In use since October 2007: kept, with a warning. */
static void a_cpr_number_that_fails_modulus_11_is_kept(void **state)
{
	(void)state;
	Cpr c = cpr("0101650000");
	assert_false(c.checks);
	assert_int_equal(c.born, date_of(1965, 1, 1));
	assert_false(c.male);
}

/* CPR-kontoret's table: 0–3: 19YY; 4, 9: 20YY up to 36, else 19YY; 5–8: 20YY up to 57, else 18YY. */
static void the_seventh_digit_tells_the_century(void **state)
{
	(void)state;
	assert_int_equal(date_ymd(cpr("0101000001").born).year, 1900);
	assert_int_equal(date_ymd(cpr("0101993001").born).year, 1999);
	assert_int_equal(date_ymd(cpr("0101364001").born).year, 2036);
	assert_int_equal(date_ymd(cpr("0101374001").born).year, 1937);
	assert_int_equal(date_ymd(cpr("0101369001").born).year, 2036);
	assert_int_equal(date_ymd(cpr("0101379001").born).year, 1937);
	assert_int_equal(date_ymd(cpr("0101575001").born).year, 2057);
	assert_int_equal(date_ymd(cpr("0101588001").born).year, 1858);
	assert_true(cpr("0101000001").male);
}

static void a_replacement_number_stands_for_its_day(void **state)
{
	(void)state;
	Cpr c = cpr("6101650001");
	assert_true(c.replacement);
	assert_int_equal(c.born, date_of(1965, 1, 1));
	assert_false(cpr("0101650000").replacement);
	assert_int_equal(cpr("9112650001").born, date_of(1965, 12, 31));
}

static void what_is_no_cpr_number_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = { "",
					     "010165000",
					     "01016500000",
					     "3002650000",
					     "0013650000",
					     "0100650000",
					     "6102290000x",
					     "01-01650000",
					     "0101-650000",
					     "9202650001",
					     "010165--000",
					     "abcdefghij",
					     ("010165\xC2\xA0"
					      "0000") };
	Cpr c;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(cpr_parse(str_of(wrong[i]), &c));
	assert_false(cpr_parse((Str){ "01016500\0001", 10 }, &c));
	assert_false(cpr_parse(STR("2902010000"), &c)); /* 1901 was no leap year */
	assert_false(cpr_parse(STR("2902000000"), &c)); /* nor was 1900 */
	assert_true(cpr_parse(STR("2902004000"), &c));  /* 2000 was */
}

/* Numbers in use and numbers that are not, from the project's notes on Danish rules. */
static void cvr_numbers_must_pass_modulus_11(void **state)
{
	(void)state;
	char digits[9];
	assert_true(cvr_parse(STR("13748136"), NULL));
	assert_true(cvr_parse(STR("24 25 67 90"), digits));
	assert_string_equal(digits, "24256790");
	assert_false(cvr_parse(STR("24256791"), NULL));
	assert_false(cvr_parse(STR("10000000"), NULL));
	assert_false(cvr_parse(STR("35254119"), NULL));
	assert_false(cvr_parse(STR("00000000"), NULL));
	assert_false(cvr_parse(STR("2425679"), NULL));
	assert_false(cvr_parse(STR("242567900"), NULL));
	assert_false(cvr_parse(STR("DK24256790"), NULL));
	assert_false(cvr_parse(STR(""), NULL));
}

static void p_numbers_have_ten_digits(void **state)
{
	(void)state;
	char digits[11];
	assert_true(p_number_parse(STR("1 003 388 394"), digits));
	assert_string_equal(digits, "1003388394");
	assert_false(p_number_parse(STR("100338839"), NULL));
	assert_false(p_number_parse(STR("10033883940"), NULL));
	assert_false(p_number_parse(STR("100338839x"), NULL));
}

/* 98 since 2007, codes 101 to 860. */
static void there_are_98_municipalities(void **state)
{
	(void)state;
	assert_int_equal(municipality_count, 98);
	for (size_t i = 1; i < municipality_count; i++)
		assert_true(municipalities[i - 1].code < municipalities[i].code);
	assert_string_equal(municipality_name(751), "Aarhus");
	assert_string_equal(municipality_name(101), "København");
	assert_string_equal(municipality_name(860), "Hjørring");
	assert_null(municipality_name(102));
	assert_null(municipality_name(0));
	assert_null(municipality_name(INT64_MIN));
}

/* æ, ø, å end the Danish alphabet in that order; accents do not count. */
static void names_are_sorted_as_danes_do(void **state)
{
	(void)state;
	static const char *const sorted[] = { "André", "Andrea", "Zenia", "Ægir", "Østen", "Åse" };
	Arena *a = arena_new();
	for (size_t i = 1; i < sizeof sorted / sizeof sorted[0]; i++)
		assert_true(str_cmp(danish_sort_key(a, str_of(sorted[i - 1])), danish_sort_key(a, str_of(sorted[i]))) <
			    0);
	assert_true(str_eq(danish_sort_key(a, STR("ÅSE")), danish_sort_key(a, STR("åse"))));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cpr_numbers_that_pass_modulus_11),
		cmocka_unit_test(a_cpr_number_that_fails_modulus_11_is_kept),
		cmocka_unit_test(the_seventh_digit_tells_the_century),
		cmocka_unit_test(a_replacement_number_stands_for_its_day),
		cmocka_unit_test(what_is_no_cpr_number_is_refused),
		cmocka_unit_test(cvr_numbers_must_pass_modulus_11),
		cmocka_unit_test(p_numbers_have_ten_digits),
		cmocka_unit_test(there_are_98_municipalities),
		cmocka_unit_test(names_are_sorted_as_danes_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
