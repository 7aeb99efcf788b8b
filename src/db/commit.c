#include "db/commit.h"

#include "db/checkpoint.h"
#include "db/trail.h"

#include <errno.h>
#include <stdio.h>

typedef struct {
	CommitJob job;
	DbConn *outer; /* c->conn before */
	Err e;
} Ran;

struct Commit {
	Db *db;
	Ctx c; /* the writer's own */
	DbConn *writer;
	Checkpoint *checkpoint;
	pthread_t thread;
	Ran ran[COMMIT_BATCH_MOST];
	TrailEntries events; /* of the batch that runs */
	TrailEntries reads;  /* taken, to be stored */
	Trail trail;         /* of the transaction that runs */

	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t wake;  /* there is work */
	pthread_cond_t room;  /* there is room for a logged read */
	CommitJob queue[COMMIT_QUEUE_MOST];
	size_t first, count;
	TrailEntries waiting; /* logged reads */
	struct timespec reads_due;
	bool stopping, joined;
};

static Err check_event(Ctx *c, const AuditEvent *event)
{
	const Str texts[] = { event->actor_name, event->action, event->subject_kind, event->purpose, event->detail };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (texts[i].len > AUDIT_TEXT_MOST)
			return fail(c, ERR_INTERNAL, "a text of an audit event is longer than %d bytes",
				    AUDIT_TEXT_MOST);
	if (str_is_empty(event->action))
		return fail(c, ERR_INTERNAL, "an audit event without action");
	return uuid_is_none(c->tenant.v) ? fail(c, ERR_INTERNAL, "an audit event without tenant") : OK;
}

static AuditEvent dated(Ctx *c, const AuditEvent *event)
{
	AuditEvent copy = *event;
	if (copy.at == 0)
		copy.at = clock_now(c->clock);
	return copy;
}

Err commit_audit(Ctx *c, const AuditEvent *event)
{
	Commit *m = c->db == NULL ? NULL : c->db->commit;
	if (m == NULL || c->conn == NULL || c->conn != m->writer)
		return fail(c, ERR_INTERNAL, "an audit event outside a commit");
	RETURN_IF_ERR(check_event(c, event));
	AuditEvent copy = dated(c, event);
	trail_entries_add(&m->events, c->tenant, &copy);
	return OK;
}

Err commit_log_read(Ctx *c, const AuditEvent *event)
{
	Commit *m = c->db == NULL ? NULL : c->db->commit;
	if (m == NULL)
		return fail(c, ERR_INTERNAL, "the writer has not been started");
	RETURN_IF_ERR(check_event(c, event));
	AuditEvent copy = dated(c, event);
	Err e = OK;
	pthread_mutex_lock(&m->lock);
	while (!m->stopping && m->waiting.n >= COMMIT_READS_MOST)
		pthread_cond_wait(&m->room, &m->lock);
	if (m->stopping) {
		e = ERR_BUSY;
	} else {
		if (m->waiting.n == 0) {
			m->reads_due = db_deadline(COMMIT_READS_MS);
			pthread_cond_signal(&m->wake);
		}
		if (m->waiting.n == COMMIT_READS_MOST / 2)
			pthread_cond_signal(&m->wake);
		trail_entries_add(&m->waiting, c->tenant, &copy);
	}
	pthread_mutex_unlock(&m->lock);
	return e == OK ? OK : fail(c, e, "the writer has stopped");
}

Err commit_submit(const CommitJob *job)
{
	Commit *m = job->c->db == NULL ? NULL : job->c->db->commit;
	if (m == NULL)
		return fail(job->c, ERR_INTERNAL, "the writer has not been started");
	if (job->c->conn != NULL && job->c->conn->writer)
		return fail(job->c, ERR_INTERNAL, "a commit within a commit");
	Err e = OK;
	pthread_mutex_lock(&m->lock);
	if (m->stopping || m->count == COMMIT_QUEUE_MOST) {
		e = ERR_BUSY;
	} else {
		m->queue[(m->first + m->count++) % COMMIT_QUEUE_MOST] = *job;
		pthread_cond_signal(&m->wake);
	}
	pthread_mutex_unlock(&m->lock);
	return e == OK ? OK : fail(job->c, e, "the queue of commits is full, or the writer has stopped");
}

typedef struct {
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool finished;
	Err e;
	Err (*work)(Ctx *c, void *arg);
	void *arg;
} Waiting;

static Err waiting_work(Ctx *c, void *arg)
{
	Waiting *w = arg;
	return w->work(c, w->arg);
}

static void waiting_done(void *arg, Err e)
{
	Waiting *w = arg;
	pthread_mutex_lock(&w->lock);
	w->finished = true;
	w->e = e;
	pthread_cond_signal(&w->done);
	pthread_mutex_unlock(&w->lock);
}

Err commit_run(Ctx *c, Err (*work)(Ctx *c, void *arg), void *arg)
{
	Waiting w = { .work = work, .arg = arg };
	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.done, NULL);
	CommitJob job = { waiting_work, waiting_done, c, &w };
	Err e = commit_submit(&job);
	pthread_mutex_lock(&w.lock);
	while (e == OK && !w.finished)
		pthread_cond_wait(&w.done, &w.lock);
	pthread_mutex_unlock(&w.lock);
	pthread_cond_destroy(&w.done);
	pthread_mutex_destroy(&w.lock);
	return e != OK ? e : w.e;
}

/* Undoes what the job did, and its events. */
static void undo_job(Commit *m, Ctx *c, TrailEntry **events_end, size_t events)
{
	*events_end = NULL;
	m->events.end = events_end;
	m->events.n = events;
	if (db_command(c, m->writer, "ROLLBACK TO job", DB_NOW) != OK ||
	    db_command(c, m->writer, "RELEASE job", DB_LATER) != OK)
		m->writer->doomed = true;
}

/* Locks the tenant's head first: jobs of one tenant follow one another, also
 * when several servers share the database, as they do in SQLite. */
static Err begin_job(Commit *m, Ctx *c)
{
	if (!uuid_is_none(c->tenant.v)) {
		Err e = trail_lock(&m->trail, c->tenant);
		if (e != OK)
			return fail(c, e, "%.*s", STR_ARG(m->c.why));
	}
	m->writer->failed = false;
	m->writer->depth = 0;
	return db_command(c, m->writer, "SAVEPOINT job", DB_LATER);
}

static void run_job(Commit *m, Ran *r)
{
	Ctx *c = r->job.c;
	TrailEntry **events_end = m->events.end;
	size_t events = m->events.n;
	c->conn = m->writer;
	r->e = begin_job(m, c);
	if (r->e != OK) {
		m->writer->doomed = true;
		return;
	}
	r->e = r->job.work(c, r->job.arg);
	if (r->e == OK && m->writer->failed)
		r->e = fail(c, ERR_INTERNAL, "a statement failed and the job went on");
	if (r->e == OK && m->events.n == events)
		r->e = fail(c, ERR_INTERNAL, "a commit without its audit event");
	if (r->e != OK)
		undo_job(m, c, events_end, events);
	else if (db_command(c, m->writer, "RELEASE job", DB_LATER) != OK)
		m->writer->doomed = true;
}

/* Takes up to `most` of the jobs that have waited longest; with `same`, only as
 * far as they are of that tenant. */
static int take_jobs(Commit *m, const TenantId *same, int most, Ran *out)
{
	int n = 0;
	pthread_mutex_lock(&m->lock);
	while (n < most && m->count > 0) {
		const CommitJob *job = &m->queue[m->first];
		if (same != NULL && !uuid_eq(job->c->tenant.v, same->v))
			break;
		out[n++] = (Ran){ *job, job->c->conn, OK };
		m->first = (m->first + 1) % COMMIT_QUEUE_MOST;
		m->count--;
	}
	pthread_mutex_unlock(&m->lock);
	return n;
}

static bool is_past(const struct timespec *t)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > t->tv_sec || (now.tv_sec == t->tv_sec && now.tv_nsec >= t->tv_nsec);
}

/* A writer that lost its server gets a new connection. */
static Err begin(Commit *m)
{
	if (m->writer != NULL && m->writer->broken) {
		m->writer->engine->close(m->writer);
		m->writer = NULL;
	}
	m->c.conn = NULL;
	if (m->writer == NULL)
		RETURN_IF_ERR(db_open_writer(&m->c, m->db, &m->writer));
	m->writer->doomed = false;
	m->c.conn = m->writer;
	trail_begin(&m->trail, &m->c);
	return db_command(&m->c, m->writer, m->writer->engine->begin_write, DB_LATER);
}

/* Commits, or undoes everything when `e` or the connection says so. */
static Err end(Commit *m, Err e)
{
	if (e == OK && m->writer->doomed)
		e = fail(&m->c, ERR_DB, "the transaction could not go on");
	if (e == OK)
		e = db_command(&m->c, m->writer, "COMMIT", DB_NOW);
	if (e != OK && m->writer != NULL && !m->writer->engine->reset(m->writer))
		m->writer->broken = true;
	if (m->writer != NULL)
		vault_put_away(m->writer);
	return e;
}

/* Logged reads in a transaction of their own: reads of many tenants, and locks
 * taken by jobs, could make two servers wait for each other. */
static void store_reads(Commit *m)
{
	Err e = begin(m);
	if (e == OK)
		e = trail_lock_all(&m->trail, &m->reads);
	if (e == OK)
		e = trail_write(&m->trail, &m->reads, NULL);
	if (m->writer != NULL && end(m, e) == OK)
		trail_entries_clear(&m->reads);
}

/* Runs waiting jobs until none is left or the batch is full; how many it has
 * taken. Those taken and not run (a doomed transaction) fail with the batch. */
static int run_jobs(Commit *m, bool one_tenant)
{
	enum { TAKE = 32 }; /* at once: few enough not to outlast the batch by much */
	struct timespec until = db_deadline(COMMIT_BATCH_MS);
	TenantId first = { UUID_NONE };
	int taken = 0, ran = 0;
	while (!m->writer->doomed && taken < COMMIT_BATCH_MOST && (taken == 0 || !is_past(&until))) {
		if (taken == 0 && one_tenant) {
			taken = take_jobs(m, NULL, 1, m->ran);
			first = taken > 0 ? m->ran[0].job.c->tenant : first;
		}
		int most = COMMIT_BATCH_MOST - taken < TAKE ? COMMIT_BATCH_MOST - taken : TAKE;
		taken += take_jobs(m, one_tenant ? &first : NULL, most, m->ran + taken);
		if (ran == taken)
			break;
		while (ran < taken && !m->writer->doomed)
			run_job(m, &m->ran[ran++]);
	}
	return taken;
}

/* One transaction of jobs; in SQLite the logged reads go with it. */
static Err run_batch(Commit *m, bool reads, int *ran)
{
	Err e = begin(m);
	if (e != OK) {
		/* Nobody may wait for a database that does not answer. */
		*ran = take_jobs(m, NULL, COMMIT_BATCH_MOST, m->ran);
		return m->writer == NULL ? e : end(m, e);
	}
	*ran = run_jobs(m, !reads);
	if (!m->writer->doomed)
		e = trail_write(&m->trail, reads ? &m->reads : NULL, &m->events);
	e = end(m, e);
	if (e == OK && reads)
		trail_entries_clear(&m->reads);
	return e;
}

static void tell(Commit *m, Err batch, int ran)
{
	for (int i = 0; i < ran; i++) {
		Ran *r = &m->ran[i];
		r->job.c->conn = r->outer;
		Err e = r->e;
		if (batch != OK && e == OK)
			e = fail(r->job.c, batch, "the shared commit failed: %.*s", STR_ARG(m->c.why));
		r->job.done(r->job.arg, e);
	}
}

static void batch(Commit *m, bool jobs)
{
	bool together = m->db->engine->is_sqlite;
	int ran = 0;
	Err e = OK;
	trail_entries_clear(&m->events);
	if (!together && m->reads.n > 0)
		store_reads(m);
	if (together || jobs)
		e = run_batch(m, together, &ran);
	tell(m, e, ran);
	ctx_clear(&m->c);
	if (e == OK)
		checkpoint_after_commit(m->checkpoint, m->writer);
}

/* Waits for work; takes the logged reads. False: stopped, and nothing is left. */
static bool wait_for_work(Commit *m, bool *jobs)
{
	pthread_mutex_lock(&m->lock);
	while (m->count == 0 && !m->stopping && m->reads.n == 0) {
		if (m->waiting.n == 0)
			pthread_cond_wait(&m->wake, &m->lock);
		else if (m->waiting.n > COMMIT_READS_MOST / 2 || is_past(&m->reads_due) ||
			 pthread_cond_timedwait(&m->wake, &m->lock, &m->reads_due) == ETIMEDOUT)
			break;
	}
	*jobs = m->count > 0;
	bool work = *jobs || m->waiting.n > 0 || m->reads.n > 0;
	if (m->reads.n == 0) {
		TrailEntries taken = m->waiting;
		m->waiting = m->reads;
		m->reads = taken;
		trail_entries_clear(&m->waiting);
		pthread_cond_broadcast(&m->room);
	}
	pthread_mutex_unlock(&m->lock);
	return work;
}

static bool is_stopping(Commit *m)
{
	pthread_mutex_lock(&m->lock);
	bool stopping = m->stopping;
	pthread_mutex_unlock(&m->lock);
	return stopping;
}

static void *writer_thread(void *arg)
{
	enum { TRIES = 3 };
	Commit *m = arg;
	int failed = 0; /* since it was to stop: until then there is no last try */
	bool jobs = false;
	while (wait_for_work(m, &jobs)) {
		bool stopping = is_stopping(m);
		batch(m, jobs);
		if (m->reads.n == 0)
			continue;
		failed += stopping;
		if (failed >= TRIES) {
			fprintf(stderr, "rampe: %zu logged reads could not be stored\n", m->reads.n);
			trail_entries_clear(&m->reads);
		}
		nanosleep(&(struct timespec){ 0, 50 * 1000000 }, NULL);
	}
	return NULL;
}

/* Tells the planner what the tables hold: without it, SQLite takes the tenant at
 * the head of every key for selective and joins the wrong way round. Connections
 * opened from now on know. A sample of a thousand rows an index takes
 * milliseconds whatever the size. */
static Err sample_tables(Ctx *c, const Commit *m)
{
	const DbEngine *engine = m->db->engine;
	return engine->sample == NULL ? OK : engine->script(c, m->writer, engine->sample);
}

Err commit_start(Ctx *c, Db *db)
{
	Commit *m = ARENA_NEW(db->arena, Commit);
	m->db = db;
	ctx_init(&m->c);
	m->c.clock = c->clock;
	m->c.random = c->random;
	m->c.db = db;
	trail_entries_clear(&m->events);
	trail_entries_clear(&m->reads);
	trail_entries_clear(&m->waiting);
	pthread_mutex_init(&m->lock, NULL);
	db_cond_init(&m->wake);
	db_cond_init(&m->room);
	Err e = db_open_writer(c, db, &m->writer);
	if (e == OK)
		e = sample_tables(c, m);
	if (e == OK)
		e = checkpoint_start(c, db, &m->checkpoint);
	if (e == OK && pthread_create(&m->thread, NULL, writer_thread, m) != 0)
		e = fail(c, ERR_INTERNAL, "no thread for the writer");
	m->joined = e != OK;
	db->commit = m;
	if (e != OK)
		commit_stop(db);
	return e;
}

void commit_stop(Db *db)
{
	Commit *m = db->commit;
	if (m == NULL)
		return;
	pthread_mutex_lock(&m->lock);
	m->stopping = true;
	pthread_cond_broadcast(&m->wake);
	pthread_cond_broadcast(&m->room);
	pthread_mutex_unlock(&m->lock);
	if (!m->joined)
		pthread_join(m->thread, NULL);
	m->joined = true;
	ctx_clear(&m->c);
	if (m->writer != NULL && !m->writer->broken)
		(void)sample_tables(&m->c, m); /* a worse plan next time is all that a failure costs */
	checkpoint_stop(m->checkpoint);
	m->checkpoint = NULL;
	if (m->writer != NULL)
		m->writer->engine->close(m->writer);
	m->writer = NULL;
}

void commit_release(Db *db)
{
	Commit *m = db->commit;
	if (m == NULL)
		return;
	commit_stop(db);
	trail_entries_release(&m->events);
	trail_entries_release(&m->reads);
	trail_entries_release(&m->waiting);
	pthread_cond_destroy(&m->room);
	pthread_cond_destroy(&m->wake);
	pthread_mutex_destroy(&m->lock);
	ctx_release(&m->c);
	db->commit = NULL;
}
