#include "store.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* As src/db/commit.h and src/db/checkpoint.h have them. */
enum { BATCH_MOST = 256, BATCH_MS = 20, CHECKPOINT_FRAMES = 1000, CHECKPOINT_REST = 150, CHECKPOINT_ROUNDS = 20 };

struct Store {
	sqlite3 *writer, *checkpointer;
	sqlite3_stmt *insert, *count, *begin, *commit;
	pthread_t writing, checkpointing;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t work, wake;
	BareWrite *first, **end;
	int frames; /* in the log, after the last commit */
	bool wanted, finish, stopping;
};

struct StoreReader {
	sqlite3 *db;
	sqlite3_stmt *newest;
};

static const Uuid tenant = { { 1 } }, programme = { { 2 } }, partner = { { 3 } };

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS contact (tenant BLOB NOT NULL, participant BLOB NOT NULL, at INTEGER NOT NULL,"
	" id BLOB NOT NULL, programme BLOB NOT NULL, partner BLOB NOT NULL, day INTEGER NOT NULL, kind TEXT NOT NULL,"
	" purpose TEXT NOT NULL, place TEXT, company BLOB, placement BLOB, follow_up INTEGER NOT NULL, minutes INTEGER,"
	" note TEXT, member BLOB, PRIMARY KEY (tenant, participant, at, id)) STRICT, WITHOUT ROWID;"
	"CREATE UNIQUE INDEX IF NOT EXISTS contact_by_id ON contact (tenant, id);"
	"CREATE INDEX IF NOT EXISTS contact_follow_up ON contact (tenant, participant, purpose, day) WHERE follow_up;"
	"CREATE INDEX IF NOT EXISTS contact_by_company ON contact (tenant, company, day) WHERE company IS NOT NULL;"
	"CREATE TABLE IF NOT EXISTS contact_count (tenant BLOB NOT NULL, programme BLOB NOT NULL, partner BLOB NOT "
	"NULL,"
	" month INTEGER NOT NULL, kind TEXT NOT NULL, purpose TEXT NOT NULL, n INTEGER NOT NULL,"
	" PRIMARY KEY (tenant, programme, partner, month, kind, purpose)) STRICT, WITHOUT ROWID;";

static _Noreturn void die(sqlite3 *db, const char *what)
{
	fprintf(stderr, "bare: %s: %s\n", what, sqlite3_errmsg(db));
	exit(1);
}

static void run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		die(db, sql);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
		die(db, sql);
	return stmt;
}

static sqlite3 *connect_to(const char *path, const char *pragmas)
{
	sqlite3 *db = NULL;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	if (sqlite3_open_v2(path, &db, flags, NULL) != SQLITE_OK)
		die(db, path);
	sqlite3_busy_timeout(db, 10000);
	run(db, "PRAGMA mmap_size=0; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;");
	run(db, pragmas);
	return db;
}

static void step_once(sqlite3 *db, sqlite3_stmt *stmt)
{
	if (sqlite3_step(stmt) != SQLITE_DONE)
		die(db, sqlite3_sql(stmt));
	sqlite3_reset(stmt);
}

static void bind_uuid(sqlite3_stmt *stmt, int at, const Uuid *u)
{
	sqlite3_bind_blob(stmt, at, u->b, sizeof u->b, SQLITE_STATIC);
}

static void bind_str(sqlite3_stmt *stmt, int at, Str s)
{
	if (str_is_none(s))
		sqlite3_bind_null(stmt, at);
	else
		sqlite3_bind_text(stmt, at, s.ptr, (int)s.len, SQLITE_STATIC);
}

static bool insert(Store *s, const BareContact *k)
{
	bind_uuid(s->insert, 1, &tenant);
	bind_uuid(s->insert, 2, &k->participant);
	sqlite3_bind_int64(s->insert, 3, k->at);
	bind_uuid(s->insert, 4, &k->id);
	bind_uuid(s->insert, 5, &programme);
	bind_uuid(s->insert, 6, &partner);
	sqlite3_bind_int64(s->insert, 7, k->day);
	bind_str(s->insert, 8, k->kind);
	bind_str(s->insert, 9, k->purpose);
	bind_str(s->insert, 10, k->place);
	sqlite3_bind_int64(s->insert, 11, k->follow_up);
	sqlite3_bind_int64(s->insert, 12, k->minutes);
	bind_str(s->insert, 13, k->note);
	step_once(s->writer, s->insert);
	if (sqlite3_changes(s->writer) == 0)
		return false;
	bind_uuid(s->count, 1, &tenant);
	bind_uuid(s->count, 2, &programme);
	bind_uuid(s->count, 3, &partner);
	sqlite3_bind_int64(s->count, 4, date_month(k->day));
	bind_str(s->count, 5, k->kind);
	bind_str(s->count, 6, k->purpose);
	step_once(s->writer, s->count);
	return true;
}

static int64_t milliseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static BareWrite *next_write(Store *s)
{
	pthread_mutex_lock(&s->lock);
	BareWrite *w = s->first;
	if (w != NULL) {
		s->first = w->next;
		if (s->first == NULL)
			s->end = &s->first;
	}
	pthread_mutex_unlock(&s->lock);
	return w;
}

static int on_commit(void *arg, sqlite3 *db, const char *name, int frames)
{
	(void)db;
	(void)name;
	((Store *)arg)->frames = frames;
	return SQLITE_OK;
}

/* After a commit: wakes the checkpoint, or ends it with one short step so that
 * the log begins anew. */
static void checkpoint_after(Store *s)
{
	pthread_mutex_lock(&s->lock);
	bool finish = s->finish;
	if (!finish && !s->wanted && s->frames >= CHECKPOINT_FRAMES) {
		s->wanted = true;
		pthread_cond_signal(&s->wake);
	}
	pthread_mutex_unlock(&s->lock);
	if (!finish)
		return;
	sqlite3_wal_checkpoint_v2(s->writer, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	pthread_mutex_lock(&s->lock);
	s->finish = s->wanted = false;
	pthread_mutex_unlock(&s->lock);
}

static void batch(Store *s)
{
	BareWrite *ran[BATCH_MOST];
	int n = 0;
	int64_t until = milliseconds() + BATCH_MS;
	step_once(s->writer, s->begin);
	while (n < BATCH_MOST && (n == 0 || milliseconds() <= until)) {
		BareWrite *w = next_write(s);
		if (w == NULL)
			break;
		w->stored = insert(s, &w->contact);
		ran[n++] = w;
	}
	step_once(s->writer, s->commit);
	for (int i = 0; i < n; i++)
		ran[i]->done(ran[i]);
	checkpoint_after(s);
}

static void *writer_run(void *arg)
{
	Store *s = arg;
	for (;;) {
		pthread_mutex_lock(&s->lock);
		while (s->first == NULL && !s->stopping)
			pthread_cond_wait(&s->work, &s->lock);
		bool work = s->first != NULL;
		pthread_mutex_unlock(&s->lock);
		if (!work)
			return NULL;
		batch(s);
	}
}

static void move_log(sqlite3 *db)
{
	int before = 0;
	for (int round = 0; round < CHECKPOINT_ROUNDS; round++) {
		int log = 0, moved = 0;
		sqlite3_file *file = NULL;
		if (sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_PASSIVE, &log, &moved) != SQLITE_OK)
			return;
		sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
		file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
		if (log - before <= CHECKPOINT_REST || moved == before)
			return;
		before = moved;
	}
}

static void *checkpoint_run(void *arg)
{
	Store *s = arg;
	pthread_mutex_lock(&s->lock);
	for (;;) {
		while (!s->stopping && (!s->wanted || s->finish))
			pthread_cond_wait(&s->wake, &s->lock);
		if (s->stopping)
			break;
		pthread_mutex_unlock(&s->lock);
		move_log(s->checkpointer);
		pthread_mutex_lock(&s->lock);
		s->finish = true;
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

Store *store_open(const char *path)
{
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* as Rampe has it: a lock for a count that nobody reads */
	/* The pages' size, too, is Rampe's. */
	static const char writing[] = "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
				      "PRAGMA cache_size=-16384; PRAGMA journal_size_limit=67108864;";
	Store *s = calloc(1, sizeof *s);
	if (s == NULL)
		exit(1);
	s->end = &s->first;
	s->writer = connect_to(path, writing);
	run(s->writer, schema);
	s->checkpointer = connect_to(path, writing);
	s->begin = prepare(s->writer, "BEGIN IMMEDIATE");
	s->commit = prepare(s->writer, "COMMIT");
	s->insert = prepare(s->writer,
			    "INSERT INTO contact (tenant, participant, at, id, programme, partner, day, kind, purpose,"
			    " place, follow_up, minutes, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
			    " ON CONFLICT (tenant, id) DO NOTHING");
	s->count = prepare(s->writer,
			   "INSERT INTO contact_count VALUES (?, ?, ?, ?, ?, ?, 1)"
			   " ON CONFLICT (tenant, programme, partner, month, kind, purpose) DO UPDATE SET n = n + 1");
	sqlite3_wal_hook(s->writer, on_commit, s);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->work, NULL);
	pthread_cond_init(&s->wake, NULL);
	if (pthread_create(&s->writing, NULL, writer_run, s) != 0 ||
	    pthread_create(&s->checkpointing, NULL, checkpoint_run, s) != 0)
		exit(1);
	return s;
}

void store_close(Store *s)
{
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_broadcast(&s->work);
	pthread_cond_broadcast(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->writing, NULL);
	pthread_join(s->checkpointing, NULL);
	sqlite3_finalize(s->begin);
	sqlite3_finalize(s->commit);
	sqlite3_finalize(s->insert);
	sqlite3_finalize(s->count);
	sqlite3_close(s->checkpointer);
	sqlite3_close(s->writer);
	free(s);
}

void store_submit(Store *s, BareWrite *w)
{
	pthread_mutex_lock(&s->lock);
	w->next = NULL;
	*s->end = w;
	s->end = &w->next;
	pthread_cond_signal(&s->work);
	pthread_mutex_unlock(&s->lock);
}

Uuid store_participant(int i)
{
	Uuid u = { { 0x01, 0x5a, 0, 0, 0, 0, 0x70, 0, 0x80 } };
	u.b[14] = (unsigned char)(i >> 8);
	u.b[15] = (unsigned char)i;
	return u;
}

/* The writer's thread has nothing to do yet, so its connection is free. */
void store_fill(Store *s, int participants, int each)
{
	run(s->writer, "BEGIN");
	for (int i = 0; i < participants; i++) {
		for (int k = 0; k < each; k++) {
			Date day = date_of(2017, 1, 1) + k;
			BareContact contact = { .participant = store_participant(i),
						.at = time_of(day, 600 + i % 60),
						.day = day,
						.kind = k % 2 == 0 ? STR("meeting") : STR("phone"),
						.purpose = STR("citizen"),
						.place = STR("job_centre"),
						.minutes = 30,
						.note = STR("Talked about the next step.") };
			contact.id = store_participant(i);
			contact.id.b[1] = 0x5b;
			contact.id.b[2] = (unsigned char)(k >> 8);
			contact.id.b[3] = (unsigned char)k;
			insert(s, &contact);
		}
	}
	run(s->writer, "COMMIT");
}

StoreReader *store_reader(const char *path)
{
	StoreReader *r = calloc(1, sizeof *r);
	if (r == NULL)
		exit(1);
	r->db = connect_to(path, "PRAGMA query_only=ON; PRAGMA cache_size=-4096;");
	r->newest = prepare(r->db, "SELECT at, kind, purpose, place, minutes, note FROM contact"
				   " WHERE tenant = ? AND participant = ? ORDER BY at DESC, id DESC LIMIT 50");
	return r;
}

void store_reader_free(StoreReader *r)
{
	sqlite3_finalize(r->newest);
	sqlite3_close(r->db);
	free(r);
}

static void escaped(Buf *b, sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);
	for (; text != NULL && *text != '\0'; text++) {
		size_t plain = strcspn(text, "&<>\"");
		buf_add(b, text, plain);
		text += plain;
		switch (*text) {
		case '&': buf_z(b, "&amp;"); break;
		case '<': buf_z(b, "&lt;"); break;
		case '>': buf_z(b, "&gt;"); break;
		case '"': buf_z(b, "&quot;"); break;
		default: return;
		}
	}
}

int store_rows(StoreReader *r, Uuid participant, Buf *out)
{
	int n = 0, status;
	bind_uuid(r->newest, 1, &tenant);
	bind_uuid(r->newest, 2, &participant);
	while ((status = sqlite3_step(r->newest)) == SQLITE_ROW) {
		char at[TEXT_MOST];
		buf_z(out, "<tr><td>");
		buf_str_add(out, text_time_into(at, LANG_DA, sqlite3_column_int64(r->newest, 0)));
		buf_z(out, "</td><td>");
		for (int i = 1; i < 4; i++) {
			escaped(out, r->newest, i);
			buf_z(out, "</td><td>");
		}
		buf_int(out, sqlite3_column_int64(r->newest, 4));
		buf_z(out, "</td><td>");
		escaped(out, r->newest, 5);
		buf_z(out, "</td></tr>\n");
		n++;
	}
	if (status != SQLITE_DONE)
		die(r->db, "newest contacts");
	sqlite3_reset(r->newest);
	return n;
}
