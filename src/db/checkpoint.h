/* checkpoint: keeps SQLite's log short without making commits wait.
 *
 * Owns a thread with its own connection. When the log has grown, the thread
 * moves it into the database file and syncs that, over and over until little
 * is new; then the writer, between two batches, moves the short rest, so that
 * the log starts again from its beginning. (SQLite's own checkpoint within the
 * commit costs 20 to 80 ms in the 99th percentile.) PostgreSQL needs none.
 */
#ifndef DB_CHECKPOINT_H
#define DB_CHECKPOINT_H

#include "db/engine.h"

typedef struct Checkpoint Checkpoint;

enum {
	CHECKPOINT_FRAMES = 1000, /* pages in the log that call for one: syncing few makes commits wait little */
	CHECKPOINT_REST = 150,    /* new pages that the writer may be left with */
	CHECKPOINT_ROUNDS = 20,
};

/* NULL for an engine that needs none. */
Err checkpoint_start(Ctx *c, Db *db, Checkpoint **out) MUST_USE;
void checkpoint_stop(Checkpoint *cp);
/* The writer, after a commit and outside any transaction. */
void checkpoint_after_commit(Checkpoint *cp, DbConn *writer);

#endif
