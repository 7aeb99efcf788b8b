/* text: what people read, in their language.
 *
 * English stands in the source; ui/text/da.po holds the Danish, compiled into
 * a hash table by tools/po2c at build time. T(lang, "…") gives the text of a
 * literal; N_("…") only marks one that a table holds. xgettext collects both.
 * Texts are static. Numbers and dates are written as Danes write them in both
 * languages' own form. Pure.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/date.h"

#include <stdatomic.h>

typedef enum { LANG_DA, LANG_EN } Lang;

#define N_(english) english

/* The text of `english` in `lang`; the English itself when there is none. */
const char *T(Lang lang, const char *english) __attribute__((format_arg(2)));
/* A literal that remembers its Danish: for places that say the same again and
 * again (what html2c writes, labels). Static storage; threads may share it. */
typedef struct {
	const char *english;
	_Atomic(const char *) danish; /* NULL: not looked up yet */
} TextOnce;
#define TEXT_ONCE(english)    \
	{                     \
		english, NULL \
	}
const char *text_look_up(TextOnce *text);
static inline const char *text_once(TextOnce *text, Lang lang)
{
	const char *danish;
	if (lang == LANG_EN)
		return text->english;
	danish = atomic_load_explicit(&text->danish, memory_order_relaxed);
	return danish != NULL ? danish : text_look_up(text);
}
/* The form for `n` things: one, or many (Danish and English agree on this). */
const char *TN(Lang lang, const char *one, const char *many, int64_t n) __attribute__((format_arg(2), format_arg(3)));

/* Of two texts that people wrote: the English one where it is asked for and exists, otherwise their own. */
Str text_in(Lang lang, Str own, Str english);

/* "da", "en". */
const char *lang_code(Lang lang);
bool lang_parse(Str code, Lang *out);

/* Each form comes twice: in the arena, and into `out` of TEXT_MOST bytes, for
 * callers that copy it on at once. */
enum { TEXT_MOST = 512 };
/* 1.234.567 · 1,234,567 */
Str text_int(Arena *a, Lang lang, int64_t n);
Str text_int_into(char *out, Lang lang, int64_t n);
/* `decimals` (0 to 9) digits after the comma (point), rounded half away from
 * zero as published figures are; NaN gives "–". */
Str text_real(Arena *a, Lang lang, double x, int decimals);
Str text_real_into(char *out, Lang lang, double x, int decimals);
/* 48,8 % · 48.8% : share in [0,1] as a percentage; NaN gives "–". */
Str text_percent(Arena *a, Lang lang, double share, int decimals);
Str text_percent_into(char *out, Lang lang, double share, int decimals);
/* 30.11.2018 · 30/11/2018; empty for DATE_NONE. */
Str text_date(Arena *a, Lang lang, Date d);
Str text_date_into(char *out, Lang lang, Date d);
/* 30. november 2018 · 30 November 2018 */
Str text_date_long(Arena *a, Lang lang, Date d);
Str text_date_long_into(char *out, Lang lang, Date d);
/* november 2018 · November 2018 of 201811 */
Str text_month(Arena *a, Lang lang, int yyyymm);
Str text_month_into(char *out, Lang lang, int yyyymm);
/* 30.11.2018 kl. 14.05 · 30/11/2018 14:05, Danish time */
Str text_time(Arena *a, Lang lang, Time t);
Str text_time_into(char *out, Lang lang, Time t);
/* A number a person typed: "1.234,5" in Danish, "1,234.5" in English; a plain
 * decimal point is understood in both when it cannot be a thousands mark. */
bool text_parse_real(Lang lang, Str s, double *out);

/* Made by po2c: open addressing over str_hash, size a power of two. */
typedef struct {
	const char *english, *other;
} TextEntry;
typedef struct {
	const TextEntry *entries;
	size_t size;
} TextTable;
extern const TextTable text_table_da;

#endif
