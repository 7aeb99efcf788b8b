/* arena: memory that lives and dies together.
 *
 * Owns blocks taken from malloc. What arena_alloc returns is zeroed, aligned
 * for any type, and lives until arena_clear or arena_free. A request has two:
 * one for results, one for scratch. Clean-ups registered with an arena (open
 * files, statements) run at clear, newest first. Not safe across threads: an
 * arena belongs to one thread at a time.
 * Errors: none are returned. Memory that the system refuses ends the process,
 * and inputs are bounded before they reach an arena.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *a);

/* Forgets everything allocated, runs the clean-ups, keeps one block. */
void arena_clear(Arena *a);

/* `size` zeroed bytes; size 0 gives a valid pointer. */
void *arena_alloc(Arena *a, size_t size);

/* `n` zeroed elements of `size` bytes; the product may not overflow. */
void *arena_array(Arena *a, size_t n, size_t size);

/* A copy of `size` bytes. */
void *arena_copy(Arena *a, const void *from, size_t size);

/* `at`, of `*room` elements of `size` bytes with `n` in use, or a copy twice as wide, so that `more` go behind them.
 * The outgrown stays in the arena. */
void *arena_grown(Arena *a, void *at, size_t n, size_t more, size_t *room, size_t size);

/* Runs `fn(arg)` when the arena is cleared or freed. */
void arena_defer(Arena *a, void (*fn)(void *), void *arg);

/* Bytes taken from the system, for measuring. */
size_t arena_bytes(const Arena *a);

/* One zeroed T. */
#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T)))
/* `n` zeroed T. */
#define ARENA_ARRAY(a, n, T) ((T *)arena_array((a), (n), sizeof(T)))

#endif
