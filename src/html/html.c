#include "html/html.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void html_init(Html *h, Buf *out, Lang lang)
{
	h->out = out;
	h->lang = lang;
	h->time = TIME_NONE;
	h->time_lang = lang;
	h->time_text = STR("");
}

/* The bytes that mean something in text or in a quoted value. */
static const char *const escapes[256] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

void html_str(Html *h, Str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.len; i++) {
		const char *escape = escapes[(unsigned char)s.ptr[i]];
		if (escape == NULL)
			continue;
		buf_add(h->out, s.ptr + from, i - from);
		buf_z(h->out, escape);
		from = i + 1;
	}
	if (from < s.len)
		buf_add(h->out, s.ptr + from, s.len - from);
}

void html_z(Html *h, const char *z)
{
	if (z != NULL)
		html_str(h, str_of(z));
}

void html_add_int(Html *h, int64_t n)
{
	buf_int(h->out, n);
}

void html_add_uint(Html *h, uint64_t n)
{
	char digits[24];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	buf_add(h->out, digits + at, sizeof digits - at);
}

void html_add_uuid(Html *h, Uuid u)
{
	char *room = buf_room(h->out, 36);
	if (room == NULL)
		return;
	uuid_write(u, room);
	h->out->len += 36;
}

void html_safe(Html *h, HtmlSafe s)
{
	buf_str_add(h->out, s.v);
}

static bool is_unreserved(unsigned char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '-' ||
	       ch == '.' || ch == '_' || ch == '~';
}

/* Keeps unreserved bytes and those in `keep`; & and ' become references. */
static void encode(Html *h, Str s, const char *keep)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t from = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		bool kept = is_unreserved(ch) || (ch != '\0' && strchr(keep, ch) != NULL);
		if (kept && escapes[ch] == NULL)
			continue;
		buf_add(h->out, s.ptr + from, i - from);
		from = i + 1;
		if (kept)
			buf_z(h->out, escapes[ch]);
		else
			buf_add(h->out, (const char[]){ '%', hex[ch >> 4], hex[ch & 15] }, 3);
	}
	if (from < s.len)
		buf_add(h->out, s.ptr + from, s.len - from);
}

/* Relative, or with a scheme that runs nothing. */
static bool url_is_safe(Str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (ch == '/' || ch == '?' || ch == '#')
			return true;
		if (ch != ':')
			continue;
		Str scheme = str_sub(s, 0, i);
		return str_eq_nocase(scheme, STR("https")) || str_eq_nocase(scheme, STR("http")) ||
		       str_eq_nocase(scheme, STR("mailto")) || str_eq_nocase(scheme, STR("tel"));
	}
	return true;
}

void html_url(Html *h, Str s)
{
	if (url_is_safe(s))
		encode(h, s, ":/?#[]@!$&'()*+,;=%");
	else
		buf_z(h->out, "#refused");
}

void html_url_z(Html *h, const char *z)
{
	html_url(h, str_of(z));
}

void html_url_part(Html *h, Str s)
{
	encode(h, s, "");
}

void html_url_part_z(Html *h, const char *z)
{
	encode(h, str_of(z), "");
}

void html_url_address(Html *h, Str s)
{
	encode(h, s, "@+");
}

void html_url_address_z(Html *h, const char *z)
{
	encode(h, str_of(z), "@+");
}

int html_message(Html *h, const char **message)
{
	const char *from = *message;
	for (const char *at = strchr(from, '{'); at != NULL; at = strchr(at + 1, '{')) {
		if (at[1] < '1' || at[1] > '9' || at[2] != '}')
			continue;
		html_str(h, (Str){ from, (size_t)(at - from) });
		*message = at + 3;
		return at[1] - '0';
	}
	html_z(h, from);
	*message = NULL;
	return 0;
}

Str html_date(Html *h, Date d)
{
	return text_date_into(h->small, h->lang, d);
}

Str html_date_long(Html *h, Date d)
{
	return text_date_long_into(h->small, h->lang, d);
}

Str html_time(Html *h, Time t)
{
	if (t != h->time || h->lang != h->time_lang) {
		h->time_text = text_time_into(h->time_small, h->lang, t);
		h->time = t;
		h->time_lang = h->lang;
	}
	return h->time_text;
}

Str html_month(Html *h, int yyyymm)
{
	return text_month_into(h->small, h->lang, yyyymm);
}

Str html_int(Html *h, int64_t n)
{
	return text_int_into(h->small, h->lang, n);
}

Str html_decimal(Html *h, double x)
{
	return text_real_into(h->small, h->lang, x, 1);
}

Str html_amount(Html *h, double x)
{
	return text_real_into(h->small, h->lang, x, fabs(x - round(x)) < 0.05 ? 0 : 1);
}

Str html_decimal2(Html *h, double x)
{
	return text_real_into(h->small, h->lang, x, 2);
}

Str html_percent(Html *h, double share)
{
	return text_percent_into(h->small, h->lang, share, 0);
}

Str html_percent1(Html *h, double share)
{
	return text_percent_into(h->small, h->lang, share, 1);
}

static Str printed(const Html *h, int len)
{
	return (Str){ h->small, len < 0 ? 0 : (size_t)len };
}

Str html_iso_date(Html *h, Date d)
{
	if (d == DATE_NONE)
		return STR("");
	date_write(d, h->small);
	return (Str){ h->small, 10 };
}

Str html_iso_time(Html *h, Time t)
{
	if (t == TIME_NONE)
		return STR("");
	time_write(t, h->small);
	return (Str){ h->small, 20 };
}

Str html_local(Html *h, Time t)
{
	if (t == TIME_NONE)
		return STR("");
	int minute;
	date_write(time_local(t, &minute), h->small);
	h->small[10] = 'T';
	str_digits2(h->small + 11, minute / 60);
	h->small[13] = ':';
	str_digits2(h->small + 14, minute % 60);
	return (Str){ h->small, 16 };
}

Str html_number(Html *h, double x)
{
	if (!isfinite(x))
		return STR("");
	Str s = printed(h, snprintf(h->small, sizeof h->small, "%.6f", x));
	while (s.ptr[s.len - 1] == '0')
		s.len--;
	if (s.ptr[s.len - 1] == '.')
		s.len--;
	return str_eq_z(s, "-0") ? STR("0") : s;
}

Str html_tr(Html *h, const char *english)
{
	return english == NULL ? STR_NONE : str_of(T(h->lang, english));
}

Str html_label(Html *h, const EnumTable *t, int value)
{
	return str_of(enum_text(h->lang, t, value));
}

Str html_code(Html *h, const EnumTable *t, int value)
{
	(void)h;
	return enum_code(t, value);
}

bool html_true_str(Str s)
{
	return s.len > 0;
}

bool html_true_z(const char *z)
{
	return z != NULL && z[0] != '\0';
}

bool html_true_uuid(Uuid u)
{
	return !uuid_is_none(u);
}

bool html_true_int(int64_t n)
{
	return n != 0 && n != DATE_NONE && n != TIME_NONE;
}

bool html_true_pointer(const void *p)
{
	return p != NULL;
}

bool html_eq_str(Str a, Str b)
{
	return str_eq(a, b);
}

bool html_eq_z(const char *a, Str b)
{
	return str_eq(str_of(a), b);
}

bool html_eq_uuid(Uuid a, Uuid b)
{
	return uuid_eq(a, b);
}

bool html_eq_real(double a, double b)
{
	return a == b;
}

bool html_eq_int(int64_t a, int64_t b)
{
	return a == b;
}
