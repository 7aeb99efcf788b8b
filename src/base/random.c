#include "base/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static void system_fill(Random *self, void *bytes, size_t n)
{
	(void)self;
	unsigned char *p = bytes;
	while (n > 0) {
		size_t part = n < 256 ? n : 256; /* up to 256 bytes are never cut short */
		if (getrandom(p, part, 0) != (ssize_t)part) {
			fputs("rampe: the kernel gives no random bytes\n", stderr);
			abort();
		}
		p += part;
		n -= part;
	}
}

Random *random_system(void)
{
	static Random system_source = { .fill = system_fill };
	return &system_source;
}

static uint64_t rotl(uint64_t x, int k)
{
	return (x << k) | (x >> (64 - k));
}

static uint64_t next(Random *r)
{
	uint64_t *s = r->state;
	uint64_t result = rotl(s[1] * 5, 7) * 9, t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return result;
}

static void seeded_fill(Random *self, void *bytes, size_t n)
{
	unsigned char *p = bytes;
	while (n > 0) {
		uint64_t v = next(self);
		size_t part = n < sizeof v ? n : sizeof v;
		memcpy(p, &v, part);
		p += part;
		n -= part;
	}
}

void random_seed(Random *r, uint64_t seed)
{
	r->fill = seeded_fill;
	for (int i = 0; i < 4; i++) { /* splitmix64 */
		seed += 0x9e3779b97f4a7c15u;
		uint64_t z = seed;
		z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
		z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
		r->state[i] = z ^ (z >> 31);
	}
}

void random_bytes(Random *r, void *bytes, size_t n)
{
	r->fill(r, bytes, n);
}

uint64_t random_u64(Random *r)
{
	uint64_t v;
	r->fill(r, &v, sizeof v);
	return v;
}

uint64_t random_below(Random *r, uint64_t n)
{
	uint64_t limit = UINT64_MAX - UINT64_MAX % n;
	uint64_t v;
	do
		v = random_u64(r);
	while (v >= limit);
	return v % n;
}
