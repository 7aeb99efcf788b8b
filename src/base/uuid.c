#include "base/uuid.h"

#include <string.h>

Uuid uuid_v7(const Clock *clock, Random *random)
{
	Uuid u;
	random_bytes(random, u.b, sizeof u.b);
	uint64_t ms = (uint64_t)(clock_now(clock) / 1000);
	for (int i = 0; i < 6; i++)
		u.b[i] = (unsigned char)(ms >> (40 - 8 * i));
	u.b[6] = (unsigned char)((u.b[6] & 0x0F) | 0x70);
	u.b[8] = (unsigned char)((u.b[8] & 0x3F) | 0x80);
	return u;
}

bool uuid_is_none(Uuid u)
{
	return uuid_eq(u, UUID_NONE);
}

bool uuid_eq(Uuid a, Uuid b)
{
	return uuid_cmp(a, b) == 0;
}

int uuid_cmp(Uuid a, Uuid b)
{
	return memcmp(a.b, b.b, sizeof a.b);
}

static int hex(char ch)
{
	if (ch >= '0' && ch <= '9')
		return ch - '0';
	if (ch >= 'a' && ch <= 'f')
		return ch - 'a' + 10;
	if (ch >= 'A' && ch <= 'F')
		return ch - 'A' + 10;
	return -1;
}

bool uuid_parse(Str s, Uuid *out)
{
	if (s.len != 36)
		return false;
	Uuid u;
	size_t at = 0;
	for (size_t i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10) {
			if (s.ptr[at++] != '-')
				return false;
		}
		int high = hex(s.ptr[at]), low = hex(s.ptr[at + 1]);
		if (high < 0 || low < 0)
			return false;
		u.b[i] = (unsigned char)(high * 16 + low);
		at += 2;
	}
	*out = u;
	return true;
}

void uuid_write(Uuid u, char out[36])
{
	static const char digit[] = "0123456789abcdef";
	static const unsigned char at[] = { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34 };
	out[8] = out[13] = out[18] = out[23] = '-';
	for (size_t i = 0; i < 16; i++) {
		out[at[i]] = digit[u.b[i] >> 4];
		out[at[i] + 1] = digit[u.b[i] & 15];
	}
}

Str uuid_str(Arena *a, Uuid u)
{
	char *p = arena_alloc(a, 37);
	uuid_write(u, p);
	return (Str){ p, 36 };
}
