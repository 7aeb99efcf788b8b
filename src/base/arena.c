#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* AddressSanitizer is told what of a block has been given away, and of a gap between any two, so that it sees reading
 * and writing beyond one of them. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define CLOSE(from, size) __asan_poison_memory_region((from), (size))
#define OPEN(from, size) __asan_unpoison_memory_region((from), (size))
enum { GAP = 16 };
#endif
#endif
#ifndef CLOSE
#define CLOSE(from, size) ((void)0)
#define OPEN(from, size) ((void)0)
enum { GAP = 0 };
#endif

enum { BLOCK_FIRST = 16 * 1024, BLOCK_MOST = 1024 * 1024, ALIGN = 16 };

typedef struct Block {
	struct Block *next;
	size_t size;
	size_t used;
	_Alignas(ALIGN) unsigned char data[];
} Block;

typedef struct Defer {
	struct Defer *next;
	void (*fn)(void *);
	void *arg;
} Defer;

struct Arena {
	Block *head;
	Defer *defers;
	size_t bytes;
};

static _Noreturn void out_of_memory(void)
{
	fputs("rampe: out of memory\n", stderr);
	abort();
}

static Block *block_new(Arena *a, size_t size)
{
	if (size > SIZE_MAX - sizeof(Block))
		out_of_memory();
	Block *b = malloc(sizeof(Block) + size);
	if (b == NULL)
		out_of_memory();
	b->next = NULL;
	b->size = size;
	b->used = 0;
	a->bytes += sizeof(Block) + size;
	CLOSE(b->data, size);
	return b;
}

Arena *arena_new(void)
{
	Arena *a = calloc(1, sizeof *a);
	if (a == NULL)
		out_of_memory();
	a->head = block_new(a, BLOCK_FIRST);
	return a;
}

static void run_defers(Arena *a)
{
	while (a->defers != NULL) {
		Defer *d = a->defers;
		a->defers = d->next;
		d->fn(d->arg);
	}
}

void arena_clear(Arena *a)
{
	run_defers(a);
	/* The newest block is the largest: keep it if it is of ordinary size. */
	Block *keep = a->head->size <= BLOCK_MOST ? a->head : NULL;
	for (Block *b = keep != NULL ? a->head->next : a->head; b != NULL;) {
		Block *next = b->next;
		a->bytes -= sizeof(Block) + b->size;
		free(b);
		b = next;
	}
	if (keep == NULL)
		keep = block_new(a, BLOCK_FIRST);
	keep->next = NULL;
	keep->used = 0;
	CLOSE(keep->data, keep->size);
	a->head = keep;
}

void arena_free(Arena *a)
{
	if (a == NULL)
		return;
	run_defers(a);
	for (Block *b = a->head; b != NULL;) {
		Block *next = b->next;
		free(b);
		b = next;
	}
	free(a);
}

void *arena_alloc(Arena *a, size_t size)
{
	if (size > SIZE_MAX - ALIGN - GAP)
		out_of_memory();
	size_t need = (size == 0 ? ALIGN : (size + ALIGN - 1) / ALIGN * ALIGN) + GAP;
	if (a->head->size - a->head->used < need) {
		size_t grow = a->head->size < BLOCK_MOST / 2 ? a->head->size * 2 : BLOCK_MOST;
		Block *b = block_new(a, need > grow ? need : grow);
		b->next = a->head;
		a->head = b;
	}
	void *p = a->head->data + a->head->used;
	a->head->used += need;
	OPEN(p, size);
	memset(p, 0, size);
	return p;
}

void *arena_array(Arena *a, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		out_of_memory();
	return arena_alloc(a, n * size);
}

void *arena_copy(Arena *a, const void *from, size_t size)
{
	void *p = arena_alloc(a, size);
	if (size > 0)
		memcpy(p, from, size);
	return p;
}

void *arena_grown(Arena *a, void *at, size_t n, size_t more, size_t *room, size_t size)
{
	if (more <= *room - n)
		return at;
	size_t wider = *room > SIZE_MAX / 4 || more > SIZE_MAX / 4 ? SIZE_MAX : *room * 2;
	if (wider < n + more)
		wider = n + more;
	void *to = arena_array(a, wider, size);
	if (n > 0)
		memcpy(to, at, n * size);
	*room = wider;
	return to;
}

void arena_defer(Arena *a, void (*fn)(void *), void *arg)
{
	Defer *d = ARENA_NEW(a, Defer);
	d->fn = fn;
	d->arg = arg;
	d->next = a->defers;
	a->defers = d;
}

size_t arena_bytes(const Arena *a)
{
	return a->bytes;
}
