#include "db/checkpoint.h"

#include "db/db_sqlite.h"

struct Checkpoint {
	DbConn *conn;
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t wake;
	bool wanted; /* the log has grown: the thread is to work, or works */
	bool finish; /* the writer is to move the rest */
	bool stopping;
};

/* Moves and syncs until few pages are new. */
static void move_log(DbConn *conn)
{
	int moved_before = 0;
	for (int round = 0; round < CHECKPOINT_ROUNDS; round++) {
		int log = 0, moved = 0;
		if (!sqlite_checkpoint(conn, &log, &moved))
			return;
		sqlite_sync_file(conn);
		if (log - moved_before <= CHECKPOINT_REST || moved == moved_before)
			return;
		moved_before = moved;
	}
}

static void *checkpoint_thread(void *arg)
{
	Checkpoint *cp = arg;
	pthread_mutex_lock(&cp->lock);
	for (;;) {
		while (!cp->stopping && (!cp->wanted || cp->finish))
			pthread_cond_wait(&cp->wake, &cp->lock);
		if (cp->stopping)
			break;
		pthread_mutex_unlock(&cp->lock);
		move_log(cp->conn);
		pthread_mutex_lock(&cp->lock);
		cp->finish = true;
	}
	pthread_mutex_unlock(&cp->lock);
	return NULL;
}

Err checkpoint_start(Ctx *c, Db *db, Checkpoint **out)
{
	*out = NULL;
	if (!db->engine->is_sqlite)
		return OK;
	Checkpoint *cp = ARENA_NEW(db->arena, Checkpoint);
	RETURN_IF_ERR(db_open_writer(c, db, &cp->conn));
	pthread_mutex_init(&cp->lock, NULL);
	pthread_cond_init(&cp->wake, NULL);
	if (pthread_create(&cp->thread, NULL, checkpoint_thread, cp) != 0) {
		cp->conn->engine->close(cp->conn);
		return fail(c, ERR_INTERNAL, "no thread for the checkpoint");
	}
	*out = cp;
	return OK;
}

void checkpoint_stop(Checkpoint *cp)
{
	if (cp == NULL)
		return;
	pthread_mutex_lock(&cp->lock);
	cp->stopping = true;
	pthread_cond_signal(&cp->wake);
	pthread_mutex_unlock(&cp->lock);
	pthread_join(cp->thread, NULL);
	cp->conn->engine->close(cp->conn);
	pthread_cond_destroy(&cp->wake);
	pthread_mutex_destroy(&cp->lock);
}

void checkpoint_after_commit(Checkpoint *cp, DbConn *writer)
{
	if (cp == NULL)
		return;
	pthread_mutex_lock(&cp->lock);
	bool finish = cp->finish;
	if (!finish && !cp->wanted && sqlite_log_frames(writer) >= CHECKPOINT_FRAMES) {
		cp->wanted = true;
		pthread_cond_signal(&cp->wake);
	}
	pthread_mutex_unlock(&cp->lock);
	if (!finish)
		return;
	int log = 0, moved = 0;
	sqlite_checkpoint(writer, &log, &moved);
	pthread_mutex_lock(&cp->lock);
	cp->finish = cp->wanted = false;
	pthread_mutex_unlock(&cp->lock);
}
