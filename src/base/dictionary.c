#include "base/dictionary.h"

#include <string.h>

enum { SLOTS_FIRST = 256 };

static inline uint64_t eight_bytes(const char *p)
{
	uint64_t word;
	memcpy(&word, p, sizeof word);
	return word;
}

/* In line, since most words are short: from 8 to 16 bytes, the first eight and the last eight. */
static inline bool same(Str a, Str b)
{
	if (a.len != b.len)
		return false;
	if (a.len < 8)
		return str_few_bytes(a.ptr, a.len) == str_few_bytes(b.ptr, b.len);
	if (a.len > 16)
		return memcmp(a.ptr, b.ptr, a.len) == 0;
	return eight_bytes(a.ptr) == eight_bytes(b.ptr) &&
	       eight_bytes(a.ptr + a.len - 8) == eight_bytes(b.ptr + b.len - 8);
}

static uint32_t *slot_of(const Dictionary *d, Str word)
{
	size_t mask = d->slot_count - 1, i = str_hash_quick(word) & mask;
	for (; d->slots[i] != 0; i = (i + 1) & mask) {
		if (same(d->at[d->slots[i] - 1], word))
			break;
	}
	return &d->slots[i];
}

static void grow(Arena *a, Dictionary *d)
{
	Str *words = ARENA_ARRAY(a, d->slot_count == 0 ? SLOTS_FIRST / 2 : d->slot_count, Str);
	for (size_t i = 0; i < d->n; i++)
		words[i] = d->at[i];
	d->at = words;
	d->slot_count = d->slot_count == 0 ? SLOTS_FIRST : d->slot_count * 2;
	d->room = d->slot_count / 2;
	d->slots = ARENA_ARRAY(a, d->slot_count, uint32_t);
	for (size_t i = 0; i < d->n; i++)
		*slot_of(d, d->at[i]) = (uint32_t)i + 1;
}

uint32_t dictionary_find(const Dictionary *d, Str word)
{
	return d->n == 0 ? DICTIONARY_NONE : *slot_of(d, word) - 1;
}

uint32_t dictionary_number(Arena *a, Dictionary *d, Str word)
{
	if (d->n == d->room)
		grow(a, d);
	uint32_t *slot = slot_of(d, word);
	if (*slot == 0) {
		d->at[d->n++] = str_dup(a, word);
		*slot = (uint32_t)d->n;
	}
	return *slot - 1;
}
