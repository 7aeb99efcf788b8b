#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *T(Lang lang, const char *english)
{
	if (lang == LANG_EN || text_table_da.size == 0 || english[0] == '\0')
		return english;
	size_t mask = text_table_da.size - 1;
	for (size_t i = str_hash(str_of(english)) & mask;; i = (i + 1) & mask) {
		const TextEntry *e = &text_table_da.entries[i];
		if (e->english == NULL)
			return english;
		if (strcmp(e->english, english) == 0)
			return e->other;
	}
}

const char *TN(Lang lang, const char *one, const char *many, int64_t n)
{
	return T(lang, n == 1 ? one : many);
}

const char *lang_code(Lang lang)
{
	return lang == LANG_DA ? "da" : "en";
}

bool lang_parse(Str code, Lang *out)
{
	if (str_eq_z(code, "da"))
		*out = LANG_DA;
	else if (str_eq_z(code, "en"))
		*out = LANG_EN;
	else
		return false;
	return true;
}

/* Plain digits with an optional sign and decimal point, into the language's form. */
static Str localise(Arena *a, Lang lang, Str plain)
{
	char group = lang == LANG_DA ? '.' : ',', point = lang == LANG_DA ? ',' : '.';
	size_t whole = str_find(plain, '.', 0);
	if (whole == SIZE_MAX)
		whole = plain.len;
	size_t sign = plain.len > 0 && plain.ptr[0] == '-';
	char *p = arena_alloc(a, plain.len * 2 + 4);
	size_t n = 0;
	if (sign) {
		memcpy(p, "\xE2\x88\x92", 3); /* minus sign */
		n = 3;
	}
	for (size_t i = sign; i < plain.len; i++) {
		if (i < whole && i > sign && (whole - i) % 3 == 0)
			p[n++] = group;
		p[n++] = plain.ptr[i] == '.' ? point : plain.ptr[i];
	}
	return (Str){ p, n };
}

Str text_int(Arena *a, Lang lang, int64_t n)
{
	return localise(a, lang, str_printf(a, "%lld", (long long)n));
}

Str text_real(Arena *a, Lang lang, double x, int decimals)
{
	if (!isfinite(x))
		return STR("–");
	double unit = pow(10, decimals);
	/* Nudged by less than any count can differ, so that 2.675 rounds as it is written. */
	double rounded = round(x * unit * (1 + 1e-12)) / unit;
	if (rounded == 0)
		rounded = 0; /* no minus zero */
	return localise(a, lang, str_printf(a, "%.*f", decimals, rounded));
}

Str text_percent(Arena *a, Lang lang, double share, int decimals)
{
	if (!isfinite(share))
		return STR("–");
	Str number = text_real(a, lang, share * 100, decimals);
	return str_printf(a, lang == LANG_DA ? "%.*s\xC2\xA0%%" : "%.*s%%", STR_ARG(number));
}

Str text_date(Arena *a, Lang lang, Date d)
{
	if (d == DATE_NONE)
		return STR("");
	Ymd v = date_ymd(d);
	return str_printf(a, lang == LANG_DA ? "%02d.%02d.%04d" : "%02d/%02d/%04d", v.day, v.month, v.year);
}

static const char *month_name(Lang lang, int month)
{
	static const char *const names[] = { N_("January"),   N_("February"), N_("March"),    N_("April"),
					     N_("May"),       N_("June"),     N_("July"),     N_("August"),
					     N_("September"), N_("October"),  N_("November"), N_("December") };
	return T(lang, names[month - 1]);
}

Str text_date_long(Arena *a, Lang lang, Date d)
{
	if (d == DATE_NONE)
		return STR("");
	Ymd v = date_ymd(d);
	return str_printf(a, lang == LANG_DA ? "%d. %s %d" : "%d %s %d", v.day, month_name(lang, v.month), v.year);
}

Str text_month(Arena *a, Lang lang, int yyyymm)
{
	return str_printf(a, "%s %d", month_name(lang, yyyymm % 100), yyyymm / 100);
}

Str text_time(Arena *a, Lang lang, Time t)
{
	if (t == TIME_NONE)
		return STR("");
	Str day = text_date(a, lang, time_date(t));
	int minute = time_minute(t);
	return str_printf(a, lang == LANG_DA ? "%.*s kl. %02d.%02d" : "%.*s %02d:%02d", STR_ARG(day), minute / 60,
			  minute % 60);
}

bool text_parse_real(Lang lang, Str s, double *out)
{
	char group = lang == LANG_DA ? '.' : ',', point = lang == LANG_DA ? ',' : '.';
	char plain[64];
	size_t n = 0;
	s = str_trim(s);
	if (s.len == 0 || s.len >= sizeof plain)
		return false;
	size_t groups = 0, points = 0, last = SIZE_MAX;
	for (size_t i = 0; i < s.len; i++) {
		groups += s.ptr[i] == group;
		points += s.ptr[i] == point;
		if (s.ptr[i] == group || s.ptr[i] == point)
			last = i;
	}
	/* One foreign point not followed by three digits is a decimal point. */
	bool foreign = lang == LANG_DA && groups == 1 && points == 0 && s.len - last - 1 != 3;
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (ch == point || (foreign && ch == group)) {
			ch = '.';
		} else if (ch == group) {
			/* thousands: digits before, three behind */
			if (i == 0 || s.len - i <= 3 ||
			    (i + 4 < s.len && s.ptr[i + 4] != group && s.ptr[i + 4] != point))
				return false;
			continue;
		}
		plain[n++] = ch;
	}
	return str_to_real((Str){ plain, n }, out);
}
