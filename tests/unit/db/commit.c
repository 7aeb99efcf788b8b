/* What the group commit promises, on both engines: who shares a transaction, who is told what, and steps
 * that fail. */
#include "boxes.h"
#include "db/engine.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* --- commits --- */

static Err silent_box(Ctx *c, void *arg)
{
	(void)arg;
	return box_add(c, box_id(1), STR("kasse"));
}

static void a_commit_without_its_audit_event_is_refused(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	assert_int_equal(commit_run(c, silent_box, NULL), ERR_INTERNAL);
	assert_int_equal(boxes(c), 0);
	assert_int_equal(verified(c).entries, 0);
}

static Err stubborn_box(Ctx *c, void *arg)
{
	(void)arg;
	RETURN_IF_ERR(note_it(c));
	RETURN_IF_ERR(box_add(c, box_id(1), STR("kasse")));
	Err e = box_add(c, box_id(1), STR("kasse"));
	return e == ERR_CONFLICT ? OK : ERR_DB; /* as if it did not matter */
}

static void a_failed_statement_cannot_be_ignored(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	assert_int_equal(commit_run(c, stubborn_box, NULL), ERR_INTERNAL);
	assert_int_equal(boxes(c), 0);
	ok(make_box(c, 1));
	assert_int_equal(verified(c).entries, 1);
}

static Err nested(Ctx *c, void *arg)
{
	(void)arg;
	return commit_run(c, silent_box, NULL);
}

static void events_and_commits_know_their_place(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	assert_int_equal(note_it(c), ERR_INTERNAL); /* outside a commit */
	assert_int_equal(commit_run(c, nested, NULL), ERR_INTERNAL);
}

/* Holds the writer until the test has queued what is to share its batch. */
typedef struct {
	sem_t begun, go;
} Gate;

static Err wait_at_gate(Ctx *c, void *arg)
{
	Gate *g = arg;
	sem_post(&g->begun);
	sem_wait(&g->go);
	return note_it(c);
}

typedef struct {
	Ctx c;
	unsigned char n;
	Err (*work)(Ctx *c, void *arg);
	sem_t done;
	Err e;
	int calls;
} Queued;

static Err queued_work(Ctx *c, void *arg)
{
	Queued *q = arg;
	return q->work(c, &q->n);
}

static void queued_done(void *arg, Err e)
{
	Queued *q = arg;
	q->e = e;
	q->calls++;
	sem_post(&q->done);
}

static void queue(Database *d, Queued *q, unsigned char n, Err (*work)(Ctx *c, void *arg))
{
	*q = (Queued){ .n = n, .work = work };
	ctx_init(&q->c);
	q->c.db = d->db;
	q->c.tenant = d->c.tenant;
	sem_init(&q->done, 0, 0);
	const CommitJob job = { queued_work, queued_done, &q->c, q };
	assert_int_equal(commit_submit(&job), OK);
}

static Err finish(Queued *q)
{
	sem_wait(&q->done);
	Err e = q->e;
	assert_int_equal(q->calls, 1);
	sem_destroy(&q->done);
	ctx_release(&q->c);
	return e;
}

static void close_gate(Database *d, Queued *q, Gate *g)
{
	sem_init(&g->begun, 0, 0);
	sem_init(&g->go, 0, 0);
	*q = (Queued){ .work = NULL };
	ctx_init(&q->c);
	q->c.db = d->db;
	q->c.tenant = d->c.tenant;
	sem_init(&q->done, 0, 0);
}

static Err add_box_twice(Ctx *c, void *arg)
{
	RETURN_IF_ERR(add_box(c, arg));
	return add_box(c, arg);
}

typedef struct {
	Queued *q;
	Gate *g;
} GateJob;

static Err gate_work(Ctx *c, void *arg)
{
	GateJob *j = arg;
	return wait_at_gate(c, j->g);
}

static void gate_done(void *arg, Err e)
{
	GateJob *j = arg;
	queued_done(j->q, e);
}

/* Queues boxes 1 to 3, of which the second fails, behind a gate, as one batch. */
static void three_in_one_batch(Database *d, Err expected[4])
{
	Gate g;
	Queued q[4];
	GateJob gate = { &q[0], &g };
	close_gate(d, &q[0], &g);
	const CommitJob job = { gate_work, gate_done, &q[0].c, &gate };
	assert_int_equal(commit_submit(&job), OK);
	sem_wait(&g.begun);
	queue(d, &q[1], 1, add_box);
	queue(d, &q[2], 2, add_box_twice);
	queue(d, &q[3], 3, add_box);
	sem_post(&g.go);
	for (int i = 0; i < 4; i++)
		assert_int_equal(finish(&q[i]), expected[i]);
}

static void a_failing_job_undoes_itself_only(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	three_in_one_batch(d, (Err[]){ OK, OK, ERR_CONFLICT, OK });
	assert_int_equal(boxes(c), 2);
	AuditCheck check = verified(c);
	assert_int_equal(check.entries, 3);
	assert_int_equal(check.broken, 0);
}

static void the_queue_of_commits_is_bounded(void **state)
{
	Database *d = *state;
	static Queued q[COMMIT_QUEUE_MOST];
	Gate g;
	Queued first;
	GateJob gate = { &first, &g };
	close_gate(d, &first, &g);
	const CommitJob job = { gate_work, gate_done, &first.c, &gate };
	assert_int_equal(commit_submit(&job), OK);
	sem_wait(&g.begun);
	for (int i = 0; i < COMMIT_QUEUE_MOST; i++)
		queue(d, &q[i], 0, add_box);
	assert_int_equal(make_box(&d->c, 1), ERR_BUSY);
	sem_post(&g.go);
	assert_int_equal(finish(&first), OK);
	int stored_count = 0;
	for (int i = 0; i < COMMIT_QUEUE_MOST; i++)
		stored_count += finish(&q[i]) == OK;
	assert_int_equal(stored_count, 1); /* all wanted the same box */
	assert_int_equal(boxes(&d->c), 1);
}

static void a_logged_read_is_stored_soon_and_at_the_end(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	const AuditEvent seen = { .action = STR("participant.read"),
				  .participant = { { { 7 } } },
				  .detail = STR("page"),
				  .outcome = AUDIT_DONE };
	ok(commit_log_read(c, &seen));
	int waited = 0;
	while (verified(c).entries == 0 && waited++ < 400)
		nanosleep(&(struct timespec){ 0, 5 * 1000000 }, NULL);
	assert_true(waited < 400); /* 100 ms and what a busy machine adds */
	for (int i = 0; i < 50; i++)
		ok(commit_log_read(c, &seen));
	commit_stop(d->db);
	assert_int_equal(commit_log_read(c, &seen), ERR_BUSY);
	assert_int_equal(make_box(c, 1), ERR_BUSY);
	assert_int_equal(verified(c).entries, 51);
	assert_int_equal(verified(c).broken, 0);
}

enum { THREADS = 6, EACH = 40 };

typedef struct {
	Database *d;
	int number;
	int failures;
} Worker;

static Err add_numbered(Ctx *c, void *arg)
{
	const int *n = arg;
	ProgrammeId id = { { { 1, (unsigned char)(*n >> 8), (unsigned char)*n } } };
	RETURN_IF_ERR(box_add(c, id, STR("kasse")));
	if (*n % 5 == 4)
		return ERR_INVALID; /* as a rule would refuse */
	return note_it(c);
}

static void *work_and_read(void *arg)
{
	Worker *w = arg;
	Ctx c;
	ctx_init(&c);
	c.db = w->d->db;
	c.tenant = w->d->c.tenant;
	for (int i = 0; i < EACH; i++) {
		int n = w->number * EACH + i;
		int64_t count = 0;
		Err e = commit_run(&c, add_numbered, &n);
		w->failures += e != (n % 5 == 4 ? ERR_INVALID : OK);
		w->failures += db_begin_read(&c) != OK;
		w->failures += box_count(&c, &count) != OK || count < 1;
		db_end_read(&c);
		w->failures += commit_log_read(&c, &(AuditEvent){ .action = STR("box.read") }) != OK;
		ctx_clear(&c);
	}
	ctx_release(&c);
	return NULL;
}

static void many_threads_commit_and_read(void **state)
{
	Database *d = *state;
	pthread_t threads[THREADS];
	Worker workers[THREADS];
	for (int i = 0; i < THREADS; i++) {
		workers[i] = (Worker){ d, i, 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, work_and_read, &workers[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(workers[i].failures, 0);
	}
	commit_stop(d->db);
	assert_int_equal(boxes(&d->c), THREADS * EACH / 5 * 4);
	AuditCheck check = verified(&d->c);
	assert_int_equal(check.entries, THREADS * EACH / 5 * 4 + THREADS * EACH);
	assert_int_equal(check.broken, 0);
}

/* --- faults --- */

static struct {
	const DbEngine *real;
	DbEngine engine;
	int step;                /* counts statements and commands of the writer */
	int fail_at;             /* 0: none */
	atomic_bool fail_commit; /* the writer looks at it whenever it has reads to store */
} fault;

static bool strikes(DbConn *conn)
{
	return conn->writer && ++fault.step == fault.fail_at;
}

static Err fault_open(Ctx *c, Db *db, bool writer, DbConn **out)
{
	Err e = fault.real->open(c, db, writer, out);
	if (e == OK)
		(*out)->engine = &fault.engine;
	return e;
}

static Err fault_command(Ctx *c, DbConn *conn, const char *sql, DbWhen when)
{
	if (fault.fail_commit && strcmp(sql, "COMMIT") == 0)
		return (fail)(c, ERR_DB, "the disk is gone");
	return strikes(conn) ? (fail)(c, ERR_DB, "struck") : fault.real->command(c, conn, sql, when);
}

static Err fault_start(Ctx *c, DbConn *conn, const DbStatement *s, const DbValue *p, bool paged, DbCursor *out)
{
	return strikes(conn) ? (fail)(c, ERR_DB, "struck") : fault.real->start(c, conn, s, p, paged, out);
}

static Err fault_later(Ctx *c, DbConn *conn, const DbStatement *s, const DbValue *p)
{
	return strikes(conn) ? (fail)(c, ERR_DB, "struck") : fault.real->later(c, conn, s, p);
}

static Err fault_next(Ctx *c, DbCursor *cur, bool *row)
{
	return strikes(cur->conn) ? (fail)(c, ERR_DB, "struck") : fault.real->next(c, cur, row);
}

/* A database whose engine fails on demand; commit_start has not been called. */
static int set_up_fault(void **state)
{
	static Database d;
	database_make(&d, on_pg, &contract_migrations);
	fault.real = d.db->engine;
	fault.engine = *d.db->engine;
	fault.engine.open = fault_open;
	fault.engine.command = fault_command;
	fault.engine.start = fault_start;
	fault.engine.later = fault_later;
	fault.engine.next = fault_next;
	fault.step = fault.fail_at = 0;
	fault.fail_commit = false;
	d.db->engine = &fault.engine;
	assert_int_equal(commit_start(&d.c, d.db), OK);
	*state = &d;
	return 0;
}

static Err add_two(Ctx *c, void *arg)
{
	unsigned char n = *(unsigned char *)arg, next = (unsigned char)(n + 1);
	RETURN_IF_ERR(add_box(c, &n));
	return add_box(c, &next);
}

static void a_step_that_fails_leaves_nothing_behind(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	unsigned char n = 1;
	Err e = ERR_DB;
	int k = 0;
	while (e != OK && k < 100) {
		fault.step = 0;
		fault.fail_at = ++k;
		e = commit_run(c, add_two, &n);
		assert_true(e == OK || e == ERR_DB);
		fault.fail_at = 0;
		assert_int_equal(boxes(c), e == OK ? 2 : 0);
		AuditCheck check = verified(c);
		assert_int_equal(check.broken, 0);
		assert_int_equal(check.entries, e == OK ? 2 : 0);
		ctx_clear(c);
	}
	assert_int_equal(e, OK);
	assert_true(k > 10); /* BEGIN, SAVEPOINT, 2 boxes, RELEASE, head, 2 entries, head, COMMIT */
}

static void a_commit_that_fails_is_told_to_everybody(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	fault.fail_commit = true;
	three_in_one_batch(d, (Err[]){ ERR_DB, ERR_DB, ERR_CONFLICT, ERR_DB });
	fault.fail_commit = false;
	assert_int_equal(boxes(c), 0);
	ok(make_box(c, 1));
	assert_int_equal(verified(c).entries, 1);
}

static void a_logged_read_survives_a_failed_commit(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	fault.fail_commit = true;
	ok(commit_log_read(c, &(AuditEvent){ .action = STR("box.read") }));
	nanosleep(&(struct timespec){ 0, 250 * 1000000 }, NULL);
	assert_int_equal(verified(c).entries, 0);
	fault.fail_commit = false;
	commit_stop(d->db);
	assert_int_equal(verified(c).entries, 1);
}

/* --- servers --- */

typedef struct {
	Db *db;
	TenantId tenant;
	int number, failures;
} Server;

static void *serve(void *arg)
{
	Server *s = arg;
	Ctx c;
	ctx_init(&c);
	c.db = s->db;
	c.tenant = s->tenant;
	for (int i = 0; i < EACH; i++) {
		int n = (s->number * EACH + i) * 5; /* add_numbered refuses others */
		s->failures += commit_run(&c, add_numbered, &n) != OK;
		s->failures += commit_log_read(&c, &(AuditEvent){ .action = STR("box.read") }) != OK;
		ctx_clear(&c);
	}
	ctx_release(&c);
	return NULL;
}

static void two_servers_extend_one_chain(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	pthread_t thread;
	Server one = { d->db, c->tenant, 0, 0 }, two = { database_open(d), c->tenant, 1, 0 };
	ok(commit_start(c, two.db));
	assert_int_equal(pthread_create(&thread, NULL, serve, &two), 0);
	serve(&one);
	pthread_join(thread, NULL);
	db_close(two.db);
	commit_stop(d->db);
	assert_int_equal(one.failures + two.failures, 0);
	assert_int_equal(boxes(c), 2 * EACH);
	assert_int_equal(verified(c).entries, 4 * EACH);
	assert_int_equal(verified(c).broken, 0);
}

static void a_lost_connection_is_made_anew(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	ok(make_box(c, 1));
	database_script(d, "",
			"SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
			"WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
	assert_int_equal(make_box(c, 2), ERR_DB);
	ok(make_box(c, 3));
	ctx_clear(c);
	for (int i = 0; i < 2; i++) { /* idle readers were cut off, too */
		int64_t n = 0;
		if (db_begin_read(c) == OK && box_count(c, &n) == OK)
			assert_int_equal(n, 2);
		db_end_read(c);
	}
	assert_int_equal(boxes(c), 2);
	assert_int_equal(verified(c).entries, 2);
}

/* The program's own, in place of libc's: fails on demand. */
static atomic_bool sync_fails;
int fdatasync(int fd)
{
	if (atomic_load(&sync_fails)) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

static void a_failed_fsync_ends_the_process(void **state)
{
	Database d;
	(void)state;
	database_make(&d, false, &contract_migrations);
	db_close(d.db);
	d.db = NULL;
	fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		fclose(stderr);
		d.db = d.c.db = database_open(&d);
		Err e = commit_start(&d.c, d.db);
		atomic_store(&sync_fails, true);
		if (e == OK)
			e = make_box(&d.c, 1);
		_exit(e == OK ? 0 : 1); /* either would be a lie */
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 4);
	database_remove(&d);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define FAULT(test) cmocka_unit_test_setup_teardown(test, set_up_fault, tear_down)

static int run_contract(const char *name)
{
	const struct CMUnitTest tests[] = {
		ON(a_commit_without_its_audit_event_is_refused),
		ON(a_failed_statement_cannot_be_ignored),
		ON(events_and_commits_know_their_place),
		ON(a_failing_job_undoes_itself_only),
		ON(the_queue_of_commits_is_bounded),
		ON(a_logged_read_is_stored_soon_and_at_the_end),
		ON(many_threads_commit_and_read),
		FAULT(a_step_that_fails_leaves_nothing_behind),
		FAULT(a_commit_that_fails_is_told_to_everybody),
		FAULT(a_logged_read_survives_a_failed_commit),
		ON(two_servers_extend_one_chain),
	};
	/* What only one of the engines can meet. */
	const struct CMUnitTest file[] = { cmocka_unit_test(a_failed_fsync_ends_the_process) };
	const struct CMUnitTest server[] = { ON(a_lost_connection_is_made_anew) };
	int failed = cmocka_run_group_tests_name(name, tests, NULL, NULL);
	if (on_pg)
		return failed + cmocka_run_group_tests_name("server", server, NULL, NULL);
	return failed + cmocka_run_group_tests_name("file", file, NULL, NULL);
}

int main(void)
{
	return on_both_engines(run_contract);
}
