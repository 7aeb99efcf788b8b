#include "base/str.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Str str_of(const char *z)
{
	return z == NULL ? STR_NONE : (Str){ z, strlen(z) };
}

bool str_is_none(Str s)
{
	return s.ptr == NULL;
}

bool str_is_empty(Str s)
{
	return s.len == 0;
}

bool str_eq(Str a, Str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_eq_z(Str a, const char *z)
{
	return str_eq(a, str_of(z));
}

static char lower(char ch)
{
	return ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
}

bool str_eq_nocase(Str a, Str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	return true;
}

int str_cmp(Str a, Str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n == 0 ? 0 : memcmp(a.ptr, b.ptr, n);
	if (order != 0)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts(Str s, Str prefix)
{
	return s.len >= prefix.len && str_eq(str_sub(s, 0, prefix.len), prefix);
}

bool str_ends(Str s, Str suffix)
{
	return s.len >= suffix.len && str_eq(str_sub(s, s.len - suffix.len, s.len), suffix);
}

size_t str_find(Str s, char byte, size_t from)
{
	if (from >= s.len)
		return SIZE_MAX;
	const char *at = memchr(s.ptr + from, byte, s.len - from);
	return at == NULL ? SIZE_MAX : (size_t)(at - s.ptr);
}

size_t str_find_str(Str s, Str needle)
{
	if (needle.len == 0)
		return 0;
	if (s.len < needle.len)
		return SIZE_MAX;
	const char *at = memmem(s.ptr, s.len, needle.ptr, needle.len);
	return at == NULL ? SIZE_MAX : (size_t)(at - s.ptr);
}

Str str_sub(Str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	if (s.ptr == NULL)
		return s;
	return (Str){ s.ptr + from, to - from };
}

static bool is_space(char ch)
{
	return ch == ' ' || (ch >= '\t' && ch <= '\r');
}

Str str_trim(Str s)
{
	while (s.len > 0 && is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len > 0 && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool str_split(Str *rest, char sep, Str *piece)
{
	if (rest->ptr == NULL)
		return false;
	size_t at = str_find(*rest, sep, 0);
	if (at == SIZE_MAX) {
		*piece = *rest;
		*rest = STR_NONE;
	} else {
		*piece = str_sub(*rest, 0, at);
		*rest = str_sub(*rest, at + 1, rest->len);
	}
	return true;
}

Str str_dup(Arena *a, Str s)
{
	if (s.ptr == NULL)
		return s;
	char *p = arena_alloc(a, s.len + 1);
	if (s.len > 0)
		memcpy(p, s.ptr, s.len);
	return (Str){ p, s.len };
}

const char *str_z(Arena *a, Str s)
{
	return s.ptr == NULL ? "" : str_dup(a, s).ptr;
}

Str str_vprintf(Arena *a, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	if (len < 0)
		abort();
	char *p = arena_alloc(a, (size_t)len + 1);
	vsnprintf(p, (size_t)len + 1, format, again);
	va_end(again);
	return (Str){ p, (size_t)len };
}

Str str_printf(Arena *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	Str s = str_vprintf(a, format, args);
	va_end(args);
	return s;
}

Str str_lower_ascii(Arena *a, Str s)
{
	if (s.ptr == NULL)
		return s;
	char *p = arena_alloc(a, s.len + 1);
	for (size_t i = 0; i < s.len; i++)
		p[i] = lower(s.ptr[i]);
	return (Str){ p, s.len };
}

Str str_upper_ascii(Arena *a, Str s)
{
	if (s.ptr == NULL)
		return s;
	char *p = arena_alloc(a, s.len + 1);
	for (size_t i = 0; i < s.len; i++)
		p[i] = s.ptr[i] >= 'a' && s.ptr[i] <= 'z' ? (char)(s.ptr[i] - 'a' + 'A') : s.ptr[i];
	return (Str){ p, s.len };
}

bool str_to_int(Str s, int64_t *out)
{
	bool negative = s.len > 0 && s.ptr[0] == '-';
	size_t i = negative ? 1 : 0;
	if (i == s.len)
		return false;
	int64_t n = 0;
	for (; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
		int digit = s.ptr[i] - '0';
		if (n < (INT64_MIN + digit) / 10)
			return false;
		n = n * 10 - digit;
	}
	if (!negative && n == INT64_MIN)
		return false;
	*out = negative ? n : -n;
	return true;
}

bool str_to_real(Str s, double *out)
{
	char z[64];
	if (s.len == 0 || s.len >= sizeof z)
		return false;
	size_t digits = 0, points = 0;
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (ch >= '0' && ch <= '9')
			digits++;
		else if (ch == '.')
			points++;
		else if (!(ch == '-' && i == 0))
			return false;
		z[i] = ch;
	}
	z[s.len] = '\0';
	if (digits == 0 || points > 1)
		return false;
	*out = strtod(z, NULL); /* the program never leaves the C locale */
	return isfinite(*out);
}

uint64_t str_hash(Str s)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3u;
	return h;
}

__extension__ typedef unsigned __int128 Wide;

/* Once, before there are threads. An unseeded program, such as those that build this one, has always the same. */
static uint64_t hash_seed = 0x9e3779b97f4a7c15u; /* 2^64 divided by the golden ratio */

void str_hash_seed(uint64_t seed)
{
	hash_seed = seed | 1;
}

/* Both halves of the product: whoever does not know the seed cannot name two numbers that come out the same. */
static inline uint64_t stir(uint64_t x, uint64_t seed)
{
	Wide product = (Wide)x * seed;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t hash_number(uint64_t n)
{
	uint64_t h = stir(n ^ hash_seed >> 32, hash_seed);
	return h ^ h >> 32;
}

uint64_t str_hash_quick(Str s)
{
	const uint64_t seed = hash_seed;
	uint64_t h = s.len ^ seed >> 32;
	for (size_t i = 0; i < s.len; i += sizeof h) {
		uint64_t word;
		if (s.len - i >= sizeof word)
			memcpy(&word, s.ptr + i, sizeof word);
		else
			word = str_few_bytes(s.ptr + i, s.len - i);
		h = stir(h ^ word, seed) + seed;
	}
	h = stir(h, 0xd6e8feb86659fd93u); /* the seed may have few bits set */
	return h ^ h >> 32;
}
