#include "base/date.h"

#include <inttypes.h>

enum { DAY_SECONDS = 86400 };
static const int64_t SECOND = 1000000;

static bool is_leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static int month_days(int y, int m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return m == 2 && is_leap(y) ? 29 : days[m - 1];
}

/* Days from civil, after Howard Hinnant, "chrono-compatible low-level date algorithms". */
static int32_t days_from_civil(int y, int m, int d)
{
	y -= m <= 2;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

static bool is_day(Ymd v)
{
	return v.year >= 0 && v.month >= 1 && v.month <= 12 && v.day >= 1 && v.day <= month_days(v.year, v.month);
}

/* DATE_FIRST to DATE_LAST. */
static bool is_in_reach(int year)
{
	return year >= 1370 && year <= 2399;
}

Date date_of(int year, int month, int day)
{
	return is_day((Ymd){ year, month, day }) && is_in_reach(year) ? days_from_civil(year, month, day) : DATE_NONE;
}

Ymd date_ymd(Date date)
{
	int z = date + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp < 10 ? mp + 3 : mp - 9;
	return (Ymd){ yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1 };
}

/* `n` digits at `at`; -1 when they are not all digits. */
static int digits(Str s, size_t at, size_t n)
{
	if (at + n > s.len)
		return -1;
	int v = 0;
	for (size_t i = at; i < at + n; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return -1;
		v = v * 10 + (s.ptr[i] - '0');
	}
	return v;
}

static bool read_danish(Str s, Ymd *out)
{
	char sep = str_find(s, '.', 0) != SIZE_MAX ? '.' : '-';
	Str rest = s, part[4];
	size_t n = 0;
	while (n < 4 && str_split(&rest, sep, &part[n]))
		n++;
	if (n != 3 || part[0].len < 1 || part[0].len > 2 || part[1].len < 1 || part[1].len > 2 || part[2].len != 4)
		return false;
	*out = (Ymd){ digits(part[2], 0, 4), digits(part[1], 0, part[1].len), digits(part[0], 0, part[0].len) };
	return true;
}

/* What stands there, a day or not. */
static bool read_parts(Str s, Ymd *out)
{
	if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-')
		return read_danish(s, out);
	*out = (Ymd){ digits(s, 0, 4), digits(s, 5, 2), digits(s, 8, 2) };
	return true;
}

bool date_parse(Str s, Date *out)
{
	Ymd v;
	Date d = read_parts(s, &v) ? date_of(v.year, v.month, v.day) : DATE_NONE;
	if (d != DATE_NONE)
		*out = d;
	return d != DATE_NONE;
}

bool date_is_beyond(Str s)
{
	Ymd v;
	return read_parts(s, &v) && is_day(v) && !is_in_reach(v.year);
}

void date_write(Date d, char to[10])
{
	Ymd v = date_ymd(d);
	str_digits4(to, v.year);
	to[4] = '-';
	str_digits2(to + 5, v.month);
	to[7] = '-';
	str_digits2(to + 8, v.day);
}

Str date_iso(Arena *a, Date d)
{
	if (d == DATE_NONE)
		return STR("");
	char *to = arena_alloc(a, 10);
	date_write(d, to);
	return (Str){ to, 10 };
}

static int floor_mod(int64_t a, int b)
{
	int m = (int)(a % b);
	return m < 0 ? m + b : m;
}

int date_weekday(Date d)
{
	return floor_mod((int64_t)d + 3, 7) + 1; /* 1970-01-01 was a Thursday */
}

Date date_add_months(Date d, int n)
{
	Ymd v = date_ymd(d);
	int months = v.year * 12 + v.month - 1 + n;
	int year = months / 12, month = months % 12 + 1;
	int last = month_days(year, month);
	return days_from_civil(year, month, v.day < last ? v.day : last);
}

int date_age(Date born, Date on)
{
	Ymd b = date_ymd(born), o = date_ymd(on);
	return o.year - b.year - (o.month < b.month || (o.month == b.month && o.day < b.day));
}

int date_month(Date d)
{
	Ymd v = date_ymd(d);
	return v.year * 100 + v.month;
}

Date date_month_start(int yyyymm)
{
	return date_of(yyyymm / 100, yyyymm % 100, 1);
}

/* Jean Meeus, Astronomical Algorithms, chapter 8. */
Date date_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
	return days_from_civil(year, month, day);
}

bool date_is_holiday(Date d)
{
	Ymd v = date_ymd(d);
	if ((v.month == 1 && v.day == 1) || (v.month == 12 && (v.day == 25 || v.day == 26)))
		return true;
	int after = d - date_easter(v.year);
	if (after == 26)
		return v.year <= 2023;
	return after == -3 || after == -2 || after == 0 || after == 1 || after == 39 || after == 49 || after == 50;
}

Date date_next_workday(Date d)
{
	while (date_weekday(d) > 5 || date_is_holiday(d))
		d++;
	return d;
}

static Date last_sunday(int year, int month)
{
	Date d = days_from_civil(year, month, month_days(year, month));
	return d - date_weekday(d) % 7;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Minutes east of UTC: 60, and 120 from the last Sunday of March to that of
 * October, both at 01:00 UTC (directive 2000/84/EC). */
static int offset_at(Time t)
{
	int64_t seconds = floor_div(t, SECOND);
	Ymd day = date_ymd((Date)floor_div(seconds, DAY_SECONDS));
	if (day.month != 3 && day.month != 10)
		return day.month > 3 && day.month < 10 ? 120 : 60;
	bool turned = seconds >= (int64_t)last_sunday(day.year, day.month) * DAY_SECONDS + 3600;
	return turned == (day.month == 3) ? 120 : 60;
}

Date time_local(Time t, int *minute)
{
	int64_t local = floor_div(t, SECOND) + (int64_t)offset_at(t) * 60;
	*minute = floor_mod(local, DAY_SECONDS) / 60;
	return (Date)floor_div(local, DAY_SECONDS);
}

Date time_date(Time t)
{
	int minute;
	return time_local(t, &minute);
}

int time_minute(Time t)
{
	int minute;
	(void)time_local(t, &minute);
	return minute;
}

Time time_of(Date d, int minute)
{
	Time utc = ((int64_t)d * DAY_SECONDS + (int64_t)minute * 60) * SECOND;
	Time summer = utc - 120 * 60 * SECOND, winter = utc - 60 * 60 * SECOND;
	return offset_at(summer) == 120 ? summer : winter;
}

void time_write(Time t, char to[20])
{
	int64_t seconds = floor_div(t, SECOND);
	int of_day = floor_mod(seconds, DAY_SECONDS);
	date_write((Date)floor_div(seconds, DAY_SECONDS), to);
	to[10] = 'T';
	str_digits2(to + 11, of_day / 3600);
	to[13] = ':';
	str_digits2(to + 14, of_day / 60 % 60);
	to[16] = ':';
	str_digits2(to + 17, of_day % 60);
	to[19] = 'Z';
}

Str time_iso(Arena *a, Time t)
{
	if (t == TIME_NONE)
		return STR("");
	char *to = arena_alloc(a, 20);
	time_write(t, to);
	return (Str){ to, 20 };
}

/* Z, +hh:mm or -hh:mm as minutes east; false when it is neither. */
static bool parse_offset(Str s, int *east)
{
	*east = 0;
	if (str_eq_z(s, "Z") || str_eq_z(s, "z"))
		return true;
	int h = digits(s, 1, 2), m = digits(s, 4, 2);
	if (s.len != 6 || (s.ptr[0] != '+' && s.ptr[0] != '-') || s.ptr[3] != ':' || h < 0 || h > 14 || m < 0 || m > 59)
		return false;
	*east = (h * 60 + m) * (s.ptr[0] == '-' ? -1 : 1);
	return true;
}

/* False in the hour that the clocks skip in spring. */
static bool local_time(Date d, int minute, int second, Time *out)
{
	int there;
	Time t = time_of(d, minute) + second * SECOND;
	if (time_local(t, &there) != d || there != minute)
		return false;
	*out = t;
	return true;
}

bool time_parse(Str s, Time *out)
{
	Date d;
	int hour = digits(s, 11, 2), minute = digits(s, 14, 2), second = 0, east = 0;
	if (s.len < 16 || !date_parse(str_sub(s, 0, 10), &d) ||
	    (s.ptr[10] != 'T' && s.ptr[10] != 't' && s.ptr[10] != ' ') || s.ptr[13] != ':' || hour < 0 || hour > 23 ||
	    minute < 0 || minute > 59)
		return false;
	if (s.len == 16)
		return local_time(d, hour * 60 + minute, 0, out);
	size_t at = 16;
	if (s.ptr[at] == ':') {
		second = digits(s, 17, 2);
		if (second < 0 || second > 59)
			return false;
		at = 19;
		if (at < s.len && s.ptr[at] == '.') {
			size_t first = ++at;
			while (at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9')
				at++;
			if (at == first)
				return false;
		}
	}
	if (at == s.len)
		return local_time(d, hour * 60 + minute, second, out);
	if (!parse_offset(str_sub(s, at, s.len), &east))
		return false;
	*out = ((int64_t)d * DAY_SECONDS + hour * 3600 + minute * 60 + second - (int64_t)east * 60) * SECOND;
	return true;
}
