#include "base/date.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Date day(const char *iso)
{
	Date d = DATE_NONE;
	assert_true(date_parse(str_of(iso), &d));
	return d;
}

/* From Python's datetime.date.toordinal() − 719163. */
static void days_are_counted_from_1970(void **state)
{
	(void)state;
	assert_int_equal(date_of(1970, 1, 1), 0);
	assert_int_equal(date_of(2018, 11, 30), 17865);
	assert_int_equal(date_of(1370, 1, 1), -219145);
	assert_int_equal(date_of(1370, 1, 1), DATE_FIRST);
	assert_int_equal(date_of(2399, 12, 31), DATE_LAST);
	assert_int_equal(date_of(2399, 12, 31), 157053);
	assert_int_equal(date_of(1369, 12, 31), DATE_NONE);
	assert_int_equal(date_of(2400, 1, 1), DATE_NONE);
	for (Date d = DATE_FIRST; d <= DATE_LAST; d++) {
		Ymd v = date_ymd(d);
		assert_int_equal(date_of(v.year, v.month, v.day), d);
	}
}

static void only_days_that_exist_are_understood(void **state)
{
	(void)state;
	static const char *const wrong[] = { "2018-02-29", "2018-02-30", "1900-02-29", "2018-13-01", "2018-00-10",
					     "2018-04-31", "2018-01-00", "2018-1-1",   "18-01-01",   "01.01.18",
					     "1.2",        "1.2.2018.",  "2018/01/01", "",           "2018-01-01 ",
					     "-018-01-01", "30.11-2018", "a1.01.2018" };
	Date d = 5;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_false(date_parse(str_of(wrong[i]), &d));
		assert_int_equal(d, 5);
	}
	assert_int_equal(day("2016-02-29"), date_of(2016, 2, 29));
	assert_int_equal(day("2000-02-29"), date_of(2000, 2, 29));
	assert_int_equal(day("30.11.2018"), 17865);
	assert_int_equal(day("30-11-2018"), 17865);
	assert_int_equal(day("1.2.2018"), date_of(2018, 2, 1));
}

/* From Python's date.isoweekday(). */
static void weeks_begin_on_monday(void **state)
{
	(void)state;
	static const struct {
		const char *day;
		int weekday;
	} days[] = { { "2026-12-28", 1 }, { "2026-12-31", 4 }, { "2027-01-03", 7 }, { "2018-12-31", 1 },
		     { "2016-01-01", 5 }, { "2021-01-03", 7 }, { "1969-12-31", 3 } };
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		assert_int_equal(date_weekday(day(days[i].day)), days[i].weekday);
}

static void months_end_where_they_end(void **state)
{
	(void)state;
	assert_int_equal(date_add_months(day("2018-01-31"), 1), day("2018-02-28"));
	assert_int_equal(date_add_months(day("2016-01-31"), 1), day("2016-02-29"));
	assert_int_equal(date_add_months(day("2018-11-30"), 3), day("2019-02-28"));
	assert_int_equal(date_add_months(day("2018-01-15"), -1), day("2017-12-15"));
	assert_int_equal(date_add_months(day("2018-06-30"), -12), day("2017-06-30"));
	assert_int_equal(date_month(day("2018-11-30")), 201811);
	assert_int_equal(date_month_start(201811), day("2018-11-01"));
}

static void a_leap_day_s_child_is_older_on_the_first_of_march(void **state)
{
	(void)state;
	assert_int_equal(date_age(day("1976-02-29"), day("2018-02-28")), 41);
	assert_int_equal(date_age(day("1976-02-29"), day("2018-03-01")), 42);
	assert_int_equal(date_age(day("1976-02-29"), day("2016-02-29")), 40);
	assert_int_equal(date_age(day("1976-11-30"), day("2018-11-29")), 41);
	assert_int_equal(date_age(day("1976-11-30"), day("2018-11-30")), 42);
}

/* Easter Sundays as published; 22 March and 25 April are the earliest and latest there can be. */
static void easter_is_where_the_almanac_has_it(void **state)
{
	(void)state;
	static const char *const easters[] = { "1818-03-22", "1943-04-25", "2000-04-23", "2016-03-27", "2017-04-16",
					       "2018-04-01", "2019-04-21", "2024-03-31", "2038-04-25", "2285-03-22" };
	for (size_t i = 0; i < sizeof easters / sizeof easters[0]; i++)
		assert_int_equal(date_easter(date_ymd(day(easters[i])).year), day(easters[i]));
}

/* The Danish calendars of 2018, 2023 and 2024: store bededag was last kept in 2023. */
static void public_holidays_are_the_danish_ones(void **state)
{
	(void)state;
	static const char *const holidays[] = { "2018-01-01", "2018-03-29", "2018-03-30", "2018-04-01",
						"2018-04-02", "2018-04-27", "2018-05-10", "2018-05-20",
						"2018-05-21", "2018-12-25", "2018-12-26" };
	int found = 0;
	for (Date d = day("2018-01-01"); d <= day("2018-12-31"); d++)
		found += date_is_holiday(d);
	assert_int_equal(found, 11);
	for (size_t i = 0; i < 11; i++)
		assert_true(date_is_holiday(day(holidays[i])));
	assert_true(date_is_holiday(day("2023-05-05")));
	assert_false(date_is_holiday(day("2024-04-26")));
	assert_int_equal(date_next_workday(day("2018-03-29")), day("2018-04-03"));
	assert_int_equal(date_next_workday(day("2018-12-22")), day("2018-12-24"));
	assert_int_equal(date_next_workday(day("2018-11-30")), day("2018-11-30"));
}

static Time at(const char *z)
{
	Time t = TIME_NONE;
	assert_true(time_parse(str_of(z), &t));
	return t;
}

/* Summer time 2018 began on 25 March and ended on 28 October, both at 01:00 UTC. */
static void clocks_are_turned_on_the_last_sundays(void **state)
{
	(void)state;
	int minute;
	assert_int_equal(time_local(at("2018-03-25T00:59:59Z"), &minute), day("2018-03-25"));
	assert_int_equal(minute, 119);
	(void)time_local(at("2018-03-25T01:00:00Z"), &minute);
	assert_int_equal(minute, 180);
	(void)time_local(at("2018-10-28T00:59:00Z"), &minute);
	assert_int_equal(minute, 179);
	(void)time_local(at("2018-10-28T01:00:00Z"), &minute);
	assert_int_equal(minute, 120);
	/* the hour that is skipped goes forward, the one that is repeated is the first */
	assert_int_equal(time_of(day("2018-03-25"), 150), at("2018-03-25T01:30:00Z"));
	assert_int_equal(time_of(day("2018-10-28"), 150), at("2018-10-28T00:30:00Z"));
	assert_int_equal(time_date(at("2018-12-31T22:59:59Z")), day("2018-12-31"));
	assert_int_equal(time_date(at("2018-12-31T23:00:00Z")), day("2019-01-01"));
	assert_int_equal(time_minute(at("2018-07-01T22:00:00Z")), 0);
}

static void times_are_read_with_and_without_a_zone(void **state)
{
	(void)state;
	/* date -u -d 2018-11-30T12:00:00Z +%s */
	assert_int_equal(at("2018-11-30T12:00:00Z"), INT64_C(1543579200000000));
	assert_int_equal(at("2018-11-30T12:00:00.123z"), at("2018-11-30T12:00:00Z"));
	assert_int_equal(at("2018-11-30T13:00:00+01:00"), at("2018-11-30T12:00:00Z"));
	assert_int_equal(at("2018-11-30T06:30:00-05:30"), at("2018-11-30T12:00:00Z"));
	assert_int_equal(at("2018-11-30T13:00"), at("2018-11-30T12:00:00Z"));
	assert_int_equal(at("2018-07-30 14:00"), at("2018-07-30T12:00:00Z"));
	assert_int_equal(at("2018-03-25T01:59:59"), at("2018-03-25T00:59:59Z"));
	assert_int_equal(at("2018-03-25T03:00"), at("2018-03-25T01:00:00Z"));
	static const char *const wrong[] = {
		"2018-11-30",           "2018-11-30T24:00",          "2018-11-30T12:60",
		"2018-02-30T12:00",     "2018-11-30T12:00:60Z",      "2018-11-30T12:00:00.Z",
		"2018-11-30T12:00+1",   "2018-11-30T12:00:00+15:00", "2018-11-30T12:00:00+01:60",
		"2018-11-30T12:00:00x", "2018-11-30x12:00",          "2018-11-30T12.00",
		"2018-11-30T1:00",      "2018-03-25T02:00", /* the clocks went from 2 to 3 */
		"2018-03-25T02:30",     "2018-03-25T02:59:59",       ""
	};
	Time t = 7;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(time_parse(str_of(wrong[i]), &t));
	assert_int_equal(t, 7);
}

static void dates_and_times_are_written_in_iso_form(void **state)
{
	(void)state;
	Arena *a = arena_new();
	assert_true(str_eq_z(date_iso(a, 17865), "2018-11-30"));
	assert_true(str_eq_z(date_iso(a, DATE_NONE), ""));
	assert_true(str_eq_z(time_iso(a, INT64_C(1543579200000000)), "2018-11-30T12:00:00Z"));
	assert_true(str_eq_z(time_iso(a, -1), "1969-12-31T23:59:59Z"));
	assert_true(str_eq_z(time_iso(a, TIME_NONE), ""));
	arena_free(a);
}

static void clocks_can_stand_still_or_be_ahead(void **state)
{
	(void)state;
	Clock still = clock_fixed(at("2018-11-30T23:30:00Z"));
	assert_int_equal(clock_now(&still), at("2018-11-30T23:30:00Z"));
	assert_int_equal(clock_today(&still), day("2018-12-01"));
	Clock ahead = clock_shifted(INT64_C(3600000000));
	Time apart = clock_now(&ahead) - clock_now(clock_system());
	assert_in_range(apart, INT64_C(3590000000), INT64_C(3600000000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_counted_from_1970),
		cmocka_unit_test(only_days_that_exist_are_understood),
		cmocka_unit_test(weeks_begin_on_monday),
		cmocka_unit_test(months_end_where_they_end),
		cmocka_unit_test(a_leap_day_s_child_is_older_on_the_first_of_march),
		cmocka_unit_test(easter_is_where_the_almanac_has_it),
		cmocka_unit_test(public_holidays_are_the_danish_ones),
		cmocka_unit_test(clocks_are_turned_on_the_last_sundays),
		cmocka_unit_test(times_are_read_with_and_without_a_zone),
		cmocka_unit_test(dates_and_times_are_written_in_iso_form),
		cmocka_unit_test(clocks_can_stand_still_or_be_ahead),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
