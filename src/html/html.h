/* html: what compiled templates call to write a page.
 *
 * Owns nothing but a small space for formatted values; pages grow in the Buf
 * that the caller gives, whose sticky error tells of a page that is too large.
 * Escaping is chosen by html2c from where a value stands; a call by hand writes
 * text by HTML_TEXT. Raw markup exists only as HtmlSafe. One Html belongs to
 * one thread at a time.
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include "base/buf.h"
#include "base/enum.h"
#include "base/ids.h"
#include "base/text.h"

typedef struct {
	Buf *out;
	Lang lang;
	char small[TEXT_MOST]; /* the value being formatted */
	Time time;             /* the last moment that was formatted: lines say theirs twice */
	Lang time_lang;
	Str time_text;
	char time_small[TEXT_MOST];
} Html;

/* Markup made by this program (a chart, a rendered report): written as it is. */
typedef struct {
	Str v;
} HtmlSafe;

void html_init(Html *h, Buf *out, Lang lang);

/* Text or a value in quotes: & < > " ' are escaped. */
void html_str(Html *h, Str s);
void html_z(Html *h, const char *z);
void html_add_int(Html *h, int64_t n);
void html_add_uint(Html *h, uint64_t n);
void html_add_uuid(Html *h, Uuid u);
void html_safe(Html *h, HtmlSafe s);
/* A whole URL in an attribute: relative, http(s), mailto or tel, otherwise
 * "#refused" is written. Bytes that no URL holds are percent-encoded. */
void html_url(Html *h, Str s);
void html_url_z(Html *h, const char *z);
/* A piece of a path or a query: all but RFC 3986's unreserved is encoded. */
void html_url_part(Html *h, Str s);
void html_url_part_z(Html *h, const char *z);
/* Behind mailto: and tel:, where @ and + stay. */
void html_url_address(Html *h, Str s);
void html_url_address_z(Html *h, const char *z);

/* Writes a message's text up to its next {1} … {9}; returns that number, or 0
 * with *message NULL at the end. */
int html_message(Html *h, const char **message);

/* Formats: the value as text in h->lang, valid until the next format. */
Str html_date(Html *h, Date d);
Str html_date_long(Html *h, Date d);
Str html_time(Html *h, Time t);
Str html_month(Html *h, int yyyymm);
Str html_decimal(Html *h, double x);  /* 37,5 */
Str html_decimal2(Html *h, double x); /* 37,50 */
Str html_amount(Html *h, double x);   /* 37,5; 8 */
Str html_percent(Html *h, double share);
Str html_percent1(Html *h, double share);
/* 2018-11-30T14:05 in Danish time, for datetime-local. */
Str html_local(Html *h, Time t);
/* 12.5: with a point, at most six digits after it, for charts and machines. */
Str html_number(Html *h, double x);
Str html_iso_date(Html *h, Date d);
Str html_iso_time(Html *h, Time t);
Str html_tr(Html *h, const char *english);
Str html_label(Html *h, const EnumTable *t, int value);
Str html_code(Html *h, const EnumTable *t, int value);
Str html_int(Html *h, int64_t n); /* 1.234 */
static inline Uuid html_uuid(Html *h, Uuid u)
{
	(void)h;
	return u;
}

bool html_true_str(Str s);
bool html_true_z(const char *z);
/* Zero, DATE_NONE and TIME_NONE are false. */
bool html_true_int(int64_t n);
bool html_true_uuid(Uuid u);
bool html_true_pointer(const void *p);
bool html_eq_str(Str a, Str b);
bool html_eq_z(const char *a, Str b);
bool html_eq_uuid(Uuid a, Uuid b);
bool html_eq_real(double a, double b);
bool html_eq_int(int64_t a, int64_t b);

/* The types that can be written without a format. A double has no obvious one,
 * a bool is for conditions: neither compiles. */
// clang-format off
#define HTML_NUMBERS_                                                                                  \
	short: html_add_int, unsigned short: html_add_uint, unsigned char: html_add_uint,              \
	int: html_add_int, unsigned: html_add_uint, long: html_add_int, unsigned long: html_add_uint,  \
	long long: html_add_int, unsigned long long: html_add_uint
#define HTML_TEXT(h, x)                                                                                \
	_Generic((x), Str: html_str, char *: html_z, const char *: html_z, Uuid: html_add_uuid,        \
		 HtmlSafe: html_safe, HTML_NUMBERS_)((h), (x))
#define HTML_ATTR(h, x)                                                                                \
	_Generic((x), Str: html_str, char *: html_z, const char *: html_z, Uuid: html_add_uuid,        \
		 HTML_NUMBERS_)((h), (x))
#define HTML_URL(h, x)                                                                                 \
	_Generic((x), Str: html_url, char *: html_url_z, const char *: html_url_z,                     \
		 Uuid: html_add_uuid, HTML_NUMBERS_)((h), (x))
#define HTML_URL_PART(h, x)                                                                            \
	_Generic((x), Str: html_url_part, char *: html_url_part_z, const char *: html_url_part_z,      \
		 Uuid: html_add_uuid, HTML_NUMBERS_)((h), (x))
#define HTML_URL_ADDRESS(h, x)                                                                         \
	_Generic((x), Str: html_url_address, char *: html_url_address_z,                               \
		 const char *: html_url_address_z, HTML_NUMBERS_)((h), (x))
#define HTML_ISO(h, x) _Generic((x), int32_t: html_iso_date, int64_t: html_iso_time)((h), (x))
#define HTML_TRUE(x)                                                                                   \
	_Generic((x), Str: html_true_str, char *: html_true_z, const char *: html_true_z,              \
		 Uuid: html_true_uuid, bool: html_true_int, short: html_true_int,                      \
		 unsigned short: html_true_int, unsigned char: html_true_int, int: html_true_int,      \
		 unsigned: html_true_int, long: html_true_int, unsigned long: html_true_int,           \
		 long long: html_true_int, unsigned long long: html_true_int,                          \
		 default: html_true_pointer)(x)
#define HTML_EQ(a, b)                                                                                  \
	_Generic((a), Str: html_eq_str, char *: html_eq_z, const char *: html_eq_z,                    \
		 Uuid: html_eq_uuid, double: html_eq_real, default: html_eq_int)((a), (b))
// clang-format on

#endif
