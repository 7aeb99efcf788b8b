/* str: a view of text with its length.
 *
 * Owns nothing: a Str points into an arena, a literal or a caller's buffer and
 * is valid as long as that is. Bytes need not end in NUL; use str_z at library
 * edges. ptr == NULL means "no value" (SQL NULL); an empty text has a pointer.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <endian.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
	const char *ptr;
	size_t len;
} Str;

#define STR_NONE ((Str){ NULL, 0 })
/* A Str of a string literal; {STR_LIT("x")} in static initialisers. */
#define STR_LIT(lit) "" lit, sizeof(lit) - 1
#define STR(lit) ((Str){ "" lit, sizeof(lit) - 1 })
/* For printf: printf("%.*s", STR_ARG(s)). Evaluates s three times: a value, never
 * a call (make lint). */
#define STR_ARG(s) (int)(s).len, (s).len > 0 ? (s).ptr : ""

/* Of a NUL-terminated string; NULL gives STR_NONE. */
Str str_of(const char *z);
bool str_is_none(Str s);
/* No value or no bytes. */
bool str_is_empty(Str s);
bool str_eq(Str a, Str b);
bool str_eq_z(Str a, const char *z);
/* ASCII letters compared without case. */
bool str_eq_nocase(Str a, Str b);
/* <0, 0, >0 by bytes; the shorter of equal prefixes first. */
int str_cmp(Str a, Str b);
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
/* Index of `byte` at or after `from`, or SIZE_MAX. */
size_t str_find(Str s, char byte, size_t from);
/* Index of the first `needle`, or SIZE_MAX. */
size_t str_find_str(Str s, Str needle);
/* Bytes from `from` up to but not including `to`; both are clamped. */
Str str_sub(Str s, size_t from, size_t to);
/* Without ASCII white space at both ends. */
Str str_trim(Str s);
/* Cuts `*rest` at the first `sep`, returns what stood before it. False, when
 * `*rest` is used up. A text "a;" gives "a" and "". */
bool str_split(Str *rest, char sep, Str *piece);

/* Copies into the arena, with a NUL behind the text (not counted). */
Str str_dup(Arena *a, Str s);
/* A NUL-terminated copy; a NUL inside ends it early. */
const char *str_z(Arena *a, Str s);
/* printf into the arena. */
Str str_printf(Arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
Str str_vprintf(Arena *a, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
/* ASCII lower and upper case, in the arena. */
Str str_lower_ascii(Arena *a, Str s);
Str str_upper_ascii(Arena *a, Str s);

/* Whole text as a decimal number; false and *out unchanged when it is not one
 * or does not fit. */
bool str_to_int(Str s, int64_t *out);
/* Whole text as a finite number with a decimal point (no exponent, no hex). */
bool str_to_real(Str s, double *out);
/* Writes 0–99 as two digits, 0–9999 as four, and returns where they end: dates
 * are written so often that printf would be seen. */
static inline char *str_digits2(char *to, int n)
{
	to[0] = (char)('0' + (unsigned)n / 10 % 10);
	to[1] = (char)('0' + (unsigned)n % 10);
	return to + 2;
}
static inline char *str_digits4(char *to, int n)
{
	return str_digits2(str_digits2(to, n / 100), n % 100);
}
/* The first `n` (0 to 7) bytes as a number, zeros behind them: what a memcpy of so many would give, without calling
 * one for lengths that are not known before. */
static inline uint64_t str_few_bytes(const char *p, size_t n)
{
	uint32_t four = 0;
	uint16_t two = 0;
	uint64_t word = 0;
	unsigned shift = 0;
	if ((n & 4) != 0) {
		memcpy(&four, p, sizeof four);
		p += sizeof four;
		word = le32toh(four);
		shift = 32;
	}
	if ((n & 2) != 0) {
		memcpy(&two, p, sizeof two);
		p += sizeof two;
		word |= (uint64_t)le16toh(two) << shift;
		shift += 16;
	}
	if ((n & 1) != 0)
		word |= (uint64_t)(unsigned char)*p << shift;
	return word;
}
/* 64-bit FNV-1a: may be stored. */
uint64_t str_hash(Str s);
/* Eight bytes at a time, for tables within the program: never stored, since every
 * run has its own seed, so that nobody can choose words that fall together. What
 * is printed must not hang on their order. */
uint64_t str_hash_quick(Str s);
/* The same of a number. */
uint64_t hash_number(uint64_t n);
/* The run's seed, by chance; once, before there are threads and tables. */
void str_hash_seed(uint64_t seed);

#endif
