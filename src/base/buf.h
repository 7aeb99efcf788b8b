/* buf: bytes that grow up to a named ceiling, with an error that sticks.
 *
 * Owns heap memory until buf_release. Appending past the ceiling sets `failed`
 * and drops everything appended from then on, so the caller checks once, at
 * the end. buf_str is valid until the next append. Not thread-safe.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <string.h>

typedef struct {
	char *ptr;
	size_t len;
	size_t cap;
	size_t most; /* ceiling in bytes */
	bool failed; /* the ceiling was hit */
} Buf;

void buf_init(Buf *b, size_t most);
void buf_release(Buf *b);
/* Empties, keeps the memory, forgets the error. */
void buf_clear(Buf *b);

/* Room for `len` more bytes to be written by the caller, who then adds to
 * b->len; NULL when the ceiling is hit. */
char *buf_room(Buf *b, size_t len);
/* What does not fit into the memory at hand, or is nothing. */
void buf_add_slowly(Buf *b, const void *bytes, size_t len);
/* In line, because pages consist of hundreds of short pieces of known length. */
static inline void buf_add(Buf *b, const void *bytes, size_t len)
{
	if (b->failed || len == 0 || len > b->cap - b->len || len > b->most - b->len) {
		buf_add_slowly(b, bytes, len);
		return;
	}
	memcpy(b->ptr + b->len, bytes, len);
	b->len += len;
}
static inline void buf_str_add(Buf *b, Str s)
{
	buf_add(b, s.ptr, s.len);
}
void buf_z(Buf *b, const char *z);
void buf_char(Buf *b, char ch);
void buf_int(Buf *b, int64_t n);
void buf_printf(Buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

Str buf_str(const Buf *b);

/* A buffer that is released with the arena. */
Buf *buf_new(Arena *a, size_t most);

#endif
