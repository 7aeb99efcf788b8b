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

const char *text_look_up(TextOnce *text)
{
	const char *danish = T(LANG_DA, text->english);
	atomic_store_explicit(&text->danish, danish, memory_order_relaxed);
	return danish;
}

const char *TN(Lang lang, const char *one, const char *many, int64_t n)
{
	return T(lang, n == 1 ? one : many);
}

Str text_in(Lang lang, Str own, Str english)
{
	return lang == LANG_EN && !str_is_empty(english) ? english : own;
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
static Str localise(char *out, Lang lang, const char *plain, size_t len)
{
	char group = lang == LANG_DA ? '.' : ',', point = lang == LANG_DA ? ',' : '.';
	size_t whole = str_find((Str){ plain, len }, '.', 0);
	if (whole == SIZE_MAX)
		whole = len;
	size_t sign = len > 0 && plain[0] == '-';
	size_t n = 0;
	if (sign) {
		memcpy(out, "\xE2\x88\x92", 3); /* minus sign */
		n = 3;
	}
	for (size_t i = sign; i < len; i++) {
		if (i < whole && i > sign && (whole - i) % 3 == 0)
			out[n++] = group;
		out[n++] = plain[i] == '.' ? point : plain[i];
	}
	return (Str){ out, n };
}

/* What was printed into `out`. */
static Str printed(const char *out, int len)
{
	return (Str){ out, len < 0 ? 0 : (size_t)len < TEXT_MOST ? (size_t)len : TEXT_MOST - 1 };
}

Str text_int_into(char *out, Lang lang, int64_t n)
{
	char plain[24];
	int len = snprintf(plain, sizeof plain, "%lld", (long long)n);
	return localise(out, lang, plain, (size_t)len);
}

Str text_real_into(char *out, Lang lang, double x, int decimals)
{
	if (!isfinite(x))
		return STR("–");
	double unit = pow(10, decimals);
	/* Nudged by less than any count can differ, so that 2.675 rounds as it is written. */
	double rounded = round(x * unit * (1 + 1e-12)) / unit;
	if (!isfinite(rounded))
		return STR("–");
	if (rounded == 0)
		rounded = 0; /* no minus zero */
	char plain[336];     /* 309 digits, sign, point, 9 decimals */
	int len = snprintf(plain, sizeof plain, "%.*f", decimals, rounded);
	return localise(out, lang, plain, (size_t)len);
}

Str text_percent_into(char *out, Lang lang, double share, int decimals)
{
	if (!isfinite(share))
		return STR("–");
	Str number = text_real_into(out, lang, share * 100, decimals);
	if (number.ptr != out)
		return number;
	Str mark = lang == LANG_DA ? STR("\xC2\xA0%") : STR("%");
	memcpy(out + number.len, mark.ptr, mark.len);
	return (Str){ out, number.len + mark.len };
}

Str text_date_into(char *out, Lang lang, Date d)
{
	if (d == DATE_NONE)
		return STR("");
	Ymd v = date_ymd(d);
	char *to = str_digits2(out, v.day);
	*to++ = lang == LANG_DA ? '.' : '/';
	to = str_digits2(to, v.month);
	*to++ = lang == LANG_DA ? '.' : '/';
	to = str_digits4(to, v.year);
	return (Str){ out, (size_t)(to - out) };
}

static const char *month_name(Lang lang, int month)
{
	static const char *const names[] = { N_("January"),   N_("February"), N_("March"),    N_("April"),
					     N_("May"),       N_("June"),     N_("July"),     N_("August"),
					     N_("September"), N_("October"),  N_("November"), N_("December") };
	return T(lang, names[month - 1]);
}

Str text_date_long_into(char *out, Lang lang, Date d)
{
	if (d == DATE_NONE)
		return STR("");
	Ymd v = date_ymd(d);
	return printed(out, snprintf(out, TEXT_MOST, lang == LANG_DA ? "%d. %s %d" : "%d %s %d", v.day,
				     month_name(lang, v.month), v.year));
}

Str text_month_into(char *out, Lang lang, int yyyymm)
{
	return printed(out, snprintf(out, TEXT_MOST, "%s %d", month_name(lang, yyyymm % 100), yyyymm / 100));
}

Str text_time_into(char *out, Lang lang, Time t)
{
	if (t == TIME_NONE)
		return STR("");
	int minute;
	Str day = text_date_into(out, lang, time_local(t, &minute));
	Str between = lang == LANG_DA ? STR(" kl. ") : STR(" ");
	char *to = out + day.len;
	memcpy(to, between.ptr, between.len);
	to = str_digits2(to + between.len, minute / 60);
	*to++ = lang == LANG_DA ? '.' : ':';
	to = str_digits2(to, minute % 60);
	return (Str){ out, (size_t)(to - out) };
}

Str text_int(Arena *a, Lang lang, int64_t n)
{
	char out[TEXT_MOST];
	return str_dup(a, text_int_into(out, lang, n));
}

Str text_real(Arena *a, Lang lang, double x, int decimals)
{
	char out[TEXT_MOST];
	return str_dup(a, text_real_into(out, lang, x, decimals));
}

Str text_percent(Arena *a, Lang lang, double share, int decimals)
{
	char out[TEXT_MOST];
	return str_dup(a, text_percent_into(out, lang, share, decimals));
}

Str text_date(Arena *a, Lang lang, Date d)
{
	char out[TEXT_MOST];
	return str_dup(a, text_date_into(out, lang, d));
}

Str text_date_long(Arena *a, Lang lang, Date d)
{
	char out[TEXT_MOST];
	return str_dup(a, text_date_long_into(out, lang, d));
}

Str text_month(Arena *a, Lang lang, int yyyymm)
{
	char out[TEXT_MOST];
	return str_dup(a, text_month_into(out, lang, yyyymm));
}

Str text_time(Arena *a, Lang lang, Time t)
{
	char out[TEXT_MOST];
	return str_dup(a, text_time_into(out, lang, t));
}

/* The thousands mark at s[i] stands as in 1.234.567: one to three digits in
 * front of the first, three behind each, none after the decimal sign. */
static bool is_thousands_mark(Str s, size_t i, char group, char point)
{
	size_t from = s.ptr[0] == '-';
	size_t first = str_find(s, group, 0), decimal = str_find(s, point, 0);
	size_t behind = i + 1;
	while (behind < s.len && s.ptr[behind] >= '0' && s.ptr[behind] <= '9')
		behind++;
	return first > from && first <= from + 3 && s.ptr[from] != '0' && i < decimal && behind == i + 4;
}

bool text_parse_real(Lang lang, Str s, double *out)
{
	char group = lang == LANG_DA ? '.' : ',', point = lang == LANG_DA ? ',' : '.';
	char plain[64];
	size_t n = 0;
	s = str_trim(s);
	if (s.len == 0 || s.len >= sizeof plain)
		return false;
	/* One point that cannot be a thousands mark is a decimal point in Danish, too. */
	size_t dot = lang == LANG_DA ? str_find(s, '.', 0) : SIZE_MAX;
	bool foreign = dot != SIZE_MAX && str_find(s, '.', dot + 1) == SIZE_MAX && str_find(s, ',', 0) == SIZE_MAX &&
		       !is_thousands_mark(s, dot, group, point);
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (ch == group && !foreign) {
			if (!is_thousands_mark(s, i, group, point))
				return false;
			continue;
		}
		plain[n++] = ch == point || ch == group ? '.' : ch;
	}
	return str_to_real((Str){ plain, n }, out);
}
