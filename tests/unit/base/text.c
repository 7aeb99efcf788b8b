#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void shows(Str got, const char *expected)
{
	assert_int_equal(got.len, str_of(expected).len);
	assert_memory_equal(got.ptr, expected, got.len);
}

static Arena *arena;

static int make(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int drop(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void whole_numbers_are_grouped_by_three(void **state)
{
	(void)state;
	shows(text_int(arena, LANG_DA, 0), "0");
	shows(text_int(arena, LANG_DA, 999), "999");
	shows(text_int(arena, LANG_DA, 7841), "7.841");
	shows(text_int(arena, LANG_EN, 7841), "7,841");
	shows(text_int(arena, LANG_DA, 1234567), "1.234.567");
	shows(text_int(arena, LANG_DA, -1234), "\xE2\x88\x92"
					       "1.234");
	shows(text_int(arena, LANG_EN, INT64_MIN), "\xE2\x88\x92"
						   "9,223,372,036,854,775,808");
}

static void numbers_are_rounded_half_away_from_zero(void **state)
{
	(void)state;
	shows(text_real(arena, LANG_DA, 42.25, 1), "42,3");
	shows(text_real(arena, LANG_DA, -42.25, 1), "\xE2\x88\x92"
						    "42,3");
	shows(text_real(arena, LANG_EN, 2.675, 2), "2.68"); /* 2.67499… in binary */
	shows(text_real(arena, LANG_DA, 1234.5, 2), "1.234,50");
	shows(text_real(arena, LANG_DA, 0.5, 0), "1");
	shows(text_real(arena, LANG_DA, -0.001, 1), "0,0");
	shows(text_real(arena, LANG_DA, 0.0 / 0.0, 1), "–");
	shows(text_real(arena, LANG_DA, 1.0 / 0.0, 1), "–");
	assert_true(text_real(arena, LANG_DA, 1.7976931348623157e308, 9).len < TEXT_MOST);
}

/* 61 of 125. */
static void a_share_is_written_as_a_percentage(void **state)
{
	(void)state;
	shows(text_percent(arena, LANG_DA, 61.0 / 125, 1), "48,8\xC2\xA0%");
	shows(text_percent(arena, LANG_EN, 61.0 / 125, 1), "48.8%");
	shows(text_percent(arena, LANG_EN, 0.0 / 0.0, 1), "–");
}

static void dates_are_written_as_the_language_does(void **state)
{
	(void)state;
	Date d = date_of(2018, 11, 3);
	shows(text_date(arena, LANG_DA, d), "03.11.2018");
	shows(text_date(arena, LANG_EN, d), "03/11/2018");
	shows(text_date_long(arena, LANG_DA, d), "3. november 2018");
	shows(text_date_long(arena, LANG_EN, d), "3 November 2018");
	shows(text_month(arena, LANG_DA, 201803), "marts 2018");
	shows(text_date(arena, LANG_DA, DATE_NONE), "");
	/* Danish winter time */
	shows(text_time(arena, LANG_DA, time_of(d, 14 * 60 + 5)), "03.11.2018 kl. 14.05");
	shows(text_time(arena, LANG_EN, time_of(d, 14 * 60 + 5)), "03/11/2018 14:05");
}

static void typed(Lang lang, const char *z, double expected)
{
	double x = -1;
	assert_true(text_parse_real(lang, str_of(z), &x));
	assert_true(x == expected);
}

static void numbers_are_understood_as_people_type_them(void **state)
{
	(void)state;
	typed(LANG_DA, "1.234,5", 1234.5);
	typed(LANG_DA, "1.234.567", 1234567);
	typed(LANG_DA, " -7,5 ", -7.5);
	typed(LANG_DA, "-1.234", -1234);
	typed(LANG_EN, "1,234.5", 1234.5);
	typed(LANG_EN, "12,345", 12345);
	/* a point that cannot be a thousands mark is a decimal point */
	typed(LANG_DA, "7.5", 7.5);
	typed(LANG_DA, "0.234", 0.234);
	typed(LANG_DA, "1234.567", 1234.567);
	typed(LANG_DA, "1.23", 1.23);
}

static void numbers_that_could_be_misread_are_refused(void **state)
{
	(void)state;
	static const char *const danish[] = { "1,234.567", "1.23.456", "1.234.5", "1..234", "1,2,3", "1.2345,6",
					      "",          "-",        ",",       ".",      "1e3",   "0x1",
					      "nan",       "inf",      "1 234",   "12a",    "--1",   "1-2" };
	static const char *const english[] = { "1.234,567", "7,5", "1,23,456", "0,234", "1234,567" };
	double x = 3;
	for (size_t i = 0; i < sizeof danish / sizeof danish[0]; i++)
		assert_false(text_parse_real(LANG_DA, str_of(danish[i]), &x));
	for (size_t i = 0; i < sizeof english / sizeof english[0]; i++)
		assert_false(text_parse_real(LANG_EN, str_of(english[i]), &x));
	assert_true(x == 3);
}

static void texts_are_danish_where_there_is_danish(void **state)
{
	(void)state;
	assert_string_equal(T(LANG_DA, "November"), "november");
	assert_string_equal(T(LANG_EN, "November"), "November");
	assert_string_equal(T(LANG_DA, "no catalogue holds this"), "no catalogue holds this");
	assert_string_equal(T(LANG_DA, ""), "");
	Lang lang = LANG_DA;
	assert_true(lang_parse(STR("en"), &lang));
	assert_int_equal(lang, LANG_EN);
	assert_false(lang_parse(STR("de"), &lang));
	assert_false(lang_parse(STR_NONE, &lang));
	assert_string_equal(lang_code(LANG_DA), "da");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_numbers_are_grouped_by_three),
		cmocka_unit_test(numbers_are_rounded_half_away_from_zero),
		cmocka_unit_test(a_share_is_written_as_a_percentage),
		cmocka_unit_test(dates_are_written_as_the_language_does),
		cmocka_unit_test(numbers_are_understood_as_people_type_them),
		cmocka_unit_test(numbers_that_could_be_misread_are_refused),
		cmocka_unit_test(texts_are_danish_where_there_is_danish),
	};
	return cmocka_run_group_tests(tests, make, drop);
}
