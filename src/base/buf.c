#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(Buf *b, size_t most)
{
	*b = (Buf){ .most = most };
}

void buf_release(Buf *b)
{
	free(b->ptr);
	*b = (Buf){ 0 };
}

void buf_clear(Buf *b)
{
	b->len = 0;
	b->failed = false;
}

char *buf_room(Buf *b, size_t len)
{
	if (b->failed || len > b->most - b->len) {
		b->failed = true;
		return NULL;
	}
	if (b->cap - b->len < len) {
		size_t cap = b->cap < 256 ? 256 : b->cap * 2;
		while (cap < b->len + len)
			cap *= 2;
		char *p = realloc(b->ptr, cap);
		if (p == NULL) {
			fputs("rampe: out of memory\n", stderr);
			abort();
		}
		b->ptr = p;
		b->cap = cap;
	}
	return b->ptr + b->len;
}

void buf_add_slowly(Buf *b, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	char *p = buf_room(b, len);
	if (p == NULL)
		return;
	memcpy(p, bytes, len);
	b->len += len;
}

void buf_z(Buf *b, const char *z)
{
	buf_add(b, z, strlen(z));
}

void buf_char(Buf *b, char ch)
{
	buf_add(b, &ch, 1);
}

void buf_int(Buf *b, int64_t n)
{
	char digits[24];
	size_t at = sizeof digits;
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	do {
		digits[--at] = (char)('0' + u % 10);
		u /= 10;
	} while (u > 0);
	if (n < 0)
		digits[--at] = '-';
	buf_add(b, digits + at, sizeof digits - at);
}

void buf_printf(Buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *p = len < 0 ? NULL : buf_room(b, (size_t)len + 1);
	if (p != NULL) {
		vsnprintf(p, (size_t)len + 1, format, again);
		b->len += (size_t)len;
	}
	va_end(again);
}

Str buf_str(const Buf *b)
{
	return (Str){ b->ptr == NULL ? "" : b->ptr, b->len };
}

static void release(void *b)
{
	buf_release(b);
}

Buf *buf_new(Arena *a, size_t most)
{
	Buf *b = ARENA_NEW(a, Buf);
	buf_init(b, most);
	arena_defer(a, release, b);
	return b;
}
