/* Durable inserts a second: the group commit of src/db/commit.h beside the bare one of bench/bare/store.c.
 *
 * commit FOLDER [SECONDS [SUBMITTERS]]: databases are made in FOLDER, which lies on the disk to be measured. In turns,
 * three times: `bare`, the insert of a contact and its count alone; `commit`, the same two statements in a savepoint
 * with an audit entry. At the end the chain of all entries is verified. One line each; rates in inserts a second. The
 * processor's time is of all threads, and suffers least from whatever else the machine does. */
#include "bare/store.h"

#include "contact_sql.h"
#include "db/commit.h"
#include "db/engine.h"
#include "db/vault.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SUBMITTERS_MOST = 256, SAMPLES_MOST = 400000, ROUNDS = 3, PARTICIPANTS = 125 };

typedef struct {
	Db *db;       /* commit */
	Store *store; /* bare */
	atomic_bool stop;
	atomic_uint number;
} Run;

typedef struct {
	Run *run;
	pthread_t thread;
	Random random;
	int *samples; /* microseconds */
	int count;
} Submitter;

static _Noreturn void die(const char *what, Str why)
{
	fprintf(stderr, "commit: %s: %.*s\n", what, STR_ARG(why));
	exit(1);
}

static int64_t micros_of(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t micros(void)
{
	return micros_of(CLOCK_MONOTONIC);
}

static Contact new_contact(Run *run, Random *random)
{
	unsigned n = atomic_fetch_add(&run->number, 1);
	Contact k = { .participant = { store_participant((int)(n % PARTICIPANTS)) },
		      .id = { uuid_v7(clock_system(), random) },
		      .programme = { { { 2 } } },
		      .partner = { { { 3 } } },
		      .kind = (ContactKind)(n % 2),
		      .minutes = 30,
		      .note = STR("Talked about the next step.") };
	k.day = date_of(2017, 1, 1) + (Date)(n % 700);
	k.at = time_of(k.day, 600 + (int)(n % 60));
	return k;
}

static Err work(Ctx *c, void *arg)
{
	const Contact *k = arg;
	RETURN_IF_ERR(contact_insert(c, k));
	RETURN_IF_ERR(contact_count_add(c, k->programme, k->partner, date_month(k->day), k->kind, k->purpose));
	return commit_audit(c, &(AuditEvent){ .actor = { { { 4 } } },
					      .action = STR("contact.register"),
					      .subject_kind = STR("contact"),
					      .subject = k->id.v,
					      .participant = k->participant });
}

/* A bare write and whoever waits for it. */
typedef struct {
	BareWrite write;
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool finished;
} Waiting;

static void bare_done(BareWrite *w)
{
	Waiting *waiting = (Waiting *)(void *)w;
	pthread_mutex_lock(&waiting->lock);
	waiting->finished = true;
	pthread_cond_signal(&waiting->done);
	pthread_mutex_unlock(&waiting->lock);
}

static void bare_insert(Run *run, const Contact *k)
{
	Waiting w = { .write = { .done = bare_done } };
	w.write.contact = (BareContact){ .id = k->id.v,
					 .participant = k->participant.v,
					 .at = k->at,
					 .day = k->day,
					 .kind = enum_code(&contact_kind_table, (int)k->kind),
					 .purpose = enum_code(&contact_purpose_table, (int)k->purpose),
					 .place = enum_code(&contact_place_table, (int)k->place),
					 .note = k->note,
					 .minutes = k->minutes };
	pthread_mutex_init(&w.lock, NULL);
	pthread_cond_init(&w.done, NULL);
	store_submit(run->store, &w.write);
	pthread_mutex_lock(&w.lock);
	while (!w.finished)
		pthread_cond_wait(&w.done, &w.lock);
	pthread_mutex_unlock(&w.lock);
	pthread_cond_destroy(&w.done);
	pthread_mutex_destroy(&w.lock);
}

static void *submit(void *arg)
{
	Submitter *s = arg;
	Ctx c;
	ctx_init(&c);
	c.db = s->run->db;
	c.tenant.v.b[0] = 1;
	while (!atomic_load(&s->run->stop) && s->count < SAMPLES_MOST) {
		Contact k = new_contact(s->run, &s->random);
		int64_t from = micros();
		if (s->run->db == NULL)
			bare_insert(s->run, &k);
		else if (commit_run(&c, work, &k) != OK)
			die("insert", c.why);
		s->samples[s->count++] = (int)(micros() - from);
		ctx_clear(&c);
	}
	ctx_release(&c);
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static double measure(Run *run, const char *name, int seconds, int submitters)
{
	static Submitter all[SUBMITTERS_MOST];
	atomic_store(&run->stop, false);
	int64_t from = micros(), cpu = micros_of(CLOCK_PROCESS_CPUTIME_ID);
	for (int i = 0; i < submitters; i++) {
		all[i] = (Submitter){ .run = run, .samples = calloc(SAMPLES_MOST, sizeof(int)) };
		random_seed(&all[i].random, (uint64_t)from + (uint64_t)i);
		if (all[i].samples == NULL || pthread_create(&all[i].thread, NULL, submit, &all[i]) != 0)
			die(name, STR("no thread"));
	}
	nanosleep(&(struct timespec){ seconds, 0 }, NULL);
	atomic_store(&run->stop, true);
	int *samples = calloc((size_t)submitters * SAMPLES_MOST, sizeof(int));
	int n = 0;
	for (int i = 0; i < submitters; i++) {
		pthread_join(all[i].thread, NULL);
		memcpy(samples + n, all[i].samples, (size_t)all[i].count * sizeof(int));
		n += all[i].count;
		free(all[i].samples);
	}
	cpu = micros_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	double rate = n * 1e6 / (double)(micros() - from);
	qsort(samples, (size_t)n, sizeof(int), by_size);
	printf("%-7s %8.0f a second   median %6.2f ms   p99 %6.2f ms   most %6.2f ms   %5.1f us of processor each\n",
	       name, rate, samples[n / 2] / 1e3, samples[n / 100 * 99] / 1e3, samples[n - 1] / 1e3, (double)cpu / n);
	fflush(stdout);
	free(samples);
	return rate;
}

/* The tables of bench/bare, without foreign keys, under the program's audit trail. */
static void make_tables(Ctx *c)
{
	static const char tables[] =
		"CREATE TABLE contact (tenant BLOB NOT NULL, participant BLOB NOT NULL, at INTEGER NOT NULL, id BLOB "
		"NOT NULL,"
		" programme BLOB NOT NULL, partner BLOB NOT NULL, day INTEGER NOT NULL, kind TEXT NOT NULL, purpose "
		"TEXT NOT NULL,"
		" place TEXT, company BLOB, placement BLOB, follow_up INTEGER NOT NULL, minutes INTEGER, note BLOB, "
		"member BLOB, version INTEGER NOT NULL,"
		" PRIMARY KEY (tenant, participant, at, id)) STRICT, WITHOUT ROWID;"
		"CREATE UNIQUE INDEX contact_by_id ON contact (tenant, id);"
		"CREATE INDEX contact_follow_up ON contact (tenant, participant, purpose, day) WHERE follow_up;"
		"CREATE INDEX contact_by_company ON contact (tenant, company, day) WHERE company IS NOT NULL;"
		"CREATE TABLE contact_count (tenant BLOB NOT NULL, programme BLOB NOT NULL, partner BLOB NOT NULL,"
		" month INTEGER NOT NULL, kind TEXT NOT NULL, purpose TEXT NOT NULL, n INTEGER NOT NULL,"
		" PRIMARY KEY (tenant, programme, partner, month, kind, purpose)) STRICT, WITHOUT ROWID;";
	const DbMigrations first = { db_migrations.list, 1 };
	DbConn *conn = NULL;
	if (db_migrate(c, c->db, &first) != OK || db_open_writer(c, c->db, &conn) != OK ||
	    conn->engine->script(c, conn, tables) != OK)
		die("tables", c->why);
	conn->engine->close(conn);
}

/* Keys for those who are written about, as the program has them. */
static void make_keys(Ctx *c, const char *folder)
{
	Str keyring = str_printf(c->arena, "%s/commit.keyring", folder);
	if (keyring_make(c, keyring) != OK ||
	    vault_attach(c, c->db, str_printf(c->arena, "sqlite:%s/commit.keys", folder), keyring) != OK)
		die("vault", c->why);
	for (int i = 0; i < PARTICIPANTS; i++)
		if (vault_make_key(c, store_participant(i)) != OK)
			die("key", c->why);
}

static void verify(Ctx *c)
{
	AuditCheck check = { 0 };
	int64_t from = micros();
	if (audit_verify(c, &check) != OK || check.broken != 0)
		die("audit_verify", c->why);
	double seconds = (double)(micros() - from) / 1e6;
	printf("verify  %8.0f entries a second (%lld entries, %.2f s)\n", (double)check.entries / seconds,
	       (long long)check.entries, seconds);
}

int main(int argc, char **argv)
{
	int64_t seconds = 4, submitters = 32;
	if (argc < 2 || (argc > 2 && !str_to_int(str_of(argv[2]), &seconds)) ||
	    (argc > 3 && !str_to_int(str_of(argv[3]), &submitters)) || seconds < 1 || seconds > 3600 ||
	    submitters < 1 || submitters > SUBMITTERS_MOST) {
		fputs("usage: commit FOLDER [SECONDS [SUBMITTERS]]\n", stderr);
		return 2;
	}
	Ctx c;
	ctx_init(&c);
	c.tenant.v.b[0] = 1;
	if (db_open(&c, str_printf(c.arena, "sqlite:%s/commit.db", argv[1]), NULL, &c.db) != OK)
		die(argv[1], c.why);
	make_tables(&c);
	make_keys(&c, argv[1]);
	if (commit_start(&c, c.db) != OK)
		die("commit_start", c.why);
	Run commit = { .db = c.db }, bare = { .store = store_open(str_printf(c.arena, "%s/bare.db", argv[1]).ptr) };
	double ours = 0, theirs = 0;
	for (int round = 0; round < ROUNDS; round++) {
		theirs += measure(&bare, "bare", (int)seconds, (int)submitters);
		ours += measure(&commit, "commit", (int)seconds, (int)submitters);
	}
	printf("ratio   %.1f %%\n", 100 * ours / theirs);
	verify(&c);
	store_close(bare.store);
	db_close(c.db);
	ctx_release(&c);
	return 0;
}
