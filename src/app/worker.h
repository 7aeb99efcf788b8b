/* worker: a thread of `rampe serve` that looks now and then for what is due, and does it.
 *
 * Owns one thread with a Ctx of its own, for one kind of work: sending messages,
 * forgetting what no consent allows any more. It does one thing after the other
 * until nothing is due; what hangs holds up its own kind, and nothing else.
 */
#ifndef APP_WORKER_H
#define APP_WORKER_H

#include "base/ctx.h"

#include <stdatomic.h>

typedef struct Worker Worker;
/* The next thing that is due; *any: there was one. Breaks off when *stop. */
typedef Err WorkerJob(Ctx *c, const atomic_bool *stop, bool *any);

typedef struct {
	const char *name; /* "messages", for the log */
	WorkerJob *work;
	int seconds;   /* from when nothing was due until it looks again */
	int again;     /* the same after an error; twice as long after each further one, */
	int most;      /* up to this */
	struct Db *db; /* writer running */
	TenantId tenant;
	const Clock *clock;
	const struct MessageSettings *messages; /* NULL: none are sent */
	void (*log)(Ctx *c, Str line);
} WorkerConfig;

/* It lives in c->arena, which must outlast it. */
Err worker_start(Ctx *c, const WorkerConfig *config, Worker **out) MUST_USE;
/* Breaks off what is under way, and ends the thread. NULL: nothing to do. */
void worker_stop(Worker *w);

#endif
