/* random: where chance comes from, so that tests can turn it.
 *
 * random_system draws from the kernel and is safe across threads. A seeded
 * source (xoshiro256**, public domain algorithm by Blackman and Vigna) gives
 * the same numbers everywhere and belongs to one thread; never for secrets.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct Random {
	void (*fill)(struct Random *self, void *bytes, size_t n);
	uint64_t state[4];
} Random;

Random *random_system(void);
void random_seed(Random *r, uint64_t seed);

void random_bytes(Random *r, void *bytes, size_t n);
uint64_t random_u64(Random *r);
/* Uniform in [0, n), n > 0, without bias. */
uint64_t random_below(Random *r, uint64_t n);

#endif
