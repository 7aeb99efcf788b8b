/* uuid: identifiers. UUIDv7 (RFC 9562): sortable by time of making. Pure. */
#ifndef BASE_UUID_H
#define BASE_UUID_H

#include "base/clock.h"
#include "base/random.h"

typedef struct {
	unsigned char b[16];
} Uuid;

/* All zero: "no value". */
#define UUID_NONE ((Uuid){ { 0 } })

Uuid uuid_v7(const Clock *clock, Random *random);
bool uuid_is_none(Uuid u);
bool uuid_eq(Uuid a, Uuid b);
int uuid_cmp(Uuid a, Uuid b);
/* 36 characters, any case, with hyphens. */
bool uuid_parse(Str s, Uuid *out);
/* Lower case, into `out`; not NUL-terminated. */
void uuid_write(Uuid u, char out[36]);
Str uuid_str(Arena *a, Uuid u);

/* A distinct type per kind of thing, so that ids cannot be swapped. */
#define ID_TYPE(Name)    \
	typedef struct { \
		Uuid v;  \
	} Name

#endif
