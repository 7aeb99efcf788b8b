/* db_sqlite: what the checkpoint thread needs of SQLite beyond engine.h.
 *
 * The log (WAL) is emptied in three steps that never make a commit wait long:
 * checkpoint.c. Connections belong to one thread at a time.
 */
#ifndef DB_DB_SQLITE_H
#define DB_DB_SQLITE_H

#include "db/engine.h"

/* Frames in the log after the last commit of this writer. */
int sqlite_log_frames(DbConn *writer);
/* False: somebody else is at it. Moves what can be moved without waiting; frames in the log, and moved. */
bool sqlite_checkpoint(DbConn *conn, int *log, int *moved);
/* Makes the database file durable; ends the process when that fails. */
void sqlite_sync_file(DbConn *conn);
/* One state of the whole database in the new file `to`, without what was deleted. */
Err sqlite_copy(Ctx *c, DbConn *conn, const char *to) MUST_USE;

#endif
