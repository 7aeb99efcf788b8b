/* pool: a few threads for slow jobs (reports, password hashing).
 *
 * A bounded queue: whoever submits is told at once when it is full. Safe from
 * any thread.
 */
#ifndef HTTP_POOL_H
#define HTTP_POOL_H

#include "base/ctx.h"

typedef struct Pool Pool;

/* `threads` 1-64, `waiting_most` ≥ 1 jobs beyond those that run. IO: no thread. */
Err pool_new(Ctx *c, int threads, int waiting_most, Pool **out) MUST_USE;
/* Runs fn(arg) on one of the threads, in order of submission; also from a job, while the pool is freed. BUSY: full. */
Err pool_submit(Pool *p, void (*fn)(void *arg), void *arg) MUST_USE;
/* Finishes every submitted job, ends the threads, frees. */
void pool_free(Pool *p);

#endif
