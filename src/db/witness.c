#include "db/witness.h"

#include "audit_sql.h"
#include "base/buf.h"
#include "base/file.h"
#include "crypto/chain.h"
#include "db/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const Str line_mark = { STR_LIT("rampe-head 1 ") };

struct Witness {
	Keyring keyring;
	Ctx c; /* the thread's own */
	const char *path;
	int file;
	AuditTenantHeadList noted; /* as they were written last; their hashes in `kept` */
	Arena *kept;
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t wake;
	bool stopping;
};

/* ---- writing ------------------------------------------------------------------ */

static bool was_noted(const Witness *w, const AuditTenantHead *head)
{
	for (size_t i = 0; i < w->noted.n; i++)
		if (uuid_eq(w->noted.at[i].tenant.v, head->tenant.v))
			return w->noted.at[i].seq == head->seq && str_eq(w->noted.at[i].hash, head->hash);
	return false;
}

static void add_line(const Witness *w, Arena *a, const AuditTenantHead *head, Str time, Buf *out)
{
	unsigned char signature[SIGNATURE];
	Str tenant = uuid_str(a, head->tenant.v);
	Str hash = hex_write(a, (const unsigned char *)head->hash.ptr, head->hash.len);
	Str said = str_printf(a, "%.*s%.*s %lld %.*s %.*s ", STR_ARG(line_mark), STR_ARG(tenant), (long long)head->seq,
			      STR_ARG(hash), STR_ARG(time));
	keyring_sign(&w->keyring, said, signature);
	Str signed_by = hex_write(a, signature, sizeof signature);
	buf_printf(out, "%.*s%.*s\n", STR_ARG(said), STR_ARG(signed_by));
}

static void remember(Witness *w, const AuditTenantHeadList *heads)
{
	arena_clear(w->kept);
	w->noted = (AuditTenantHeadList){ ARENA_ARRAY(w->kept, heads->n + 1, AuditTenantHead), heads->n };
	for (size_t i = 0; i < heads->n; i++) {
		w->noted.at[i] = heads->at[i];
		w->noted.at[i].hash = str_dup(w->kept, heads->at[i].hash);
	}
}

/* Appends in one write, so that a line is whole or not there. */
static bool append(int file, Str lines)
{
	ssize_t n = write(file, lines.ptr, lines.len);
	return n == (ssize_t)lines.len && fdatasync(file) == 0;
}

static Err note_heads(Witness *w)
{
	Ctx *c = &w->c;
	AuditTenantHeadList heads;
	ctx_clear(c);
	RETURN_IF_ERR(db_begin_read(c));
	Err e = audit_heads(c, &heads);
	db_end_read(c);
	if (e != OK)
		return e;
	Buf *lines = buf_new(c->arena, heads.n * WITNESS_LINE_MOST + 1);
	Str time = time_iso(c->arena, clock_now(c->clock));
	for (size_t i = 0; i < heads.n; i++)
		if (heads.at[i].seq > 0 && !was_noted(w, &heads.at[i]))
			add_line(w, c->arena, &heads.at[i], time, lines);
	if (lines->len > 0 && !append(w->file, buf_str(lines)))
		return fail(c, ERR_IO, "%s: %s", w->path, strerror(errno));
	remember(w, &heads);
	return OK;
}

/* What cannot be noted now is tried again next time, and said each time. */
static void note(Witness *w)
{
	if (note_heads(w) != OK)
		fprintf(stderr, "rampe: the head of the audit trail could not be noted: %.*s\n", STR_ARG(w->c.why));
}

static void *witness_thread(void *arg)
{
	Witness *w = arg;
	pthread_mutex_lock(&w->lock);
	for (bool last = false; !last;) {
		struct timespec until = db_deadline(WITNESS_SECONDS * 1000);
		while (!w->stopping && pthread_cond_timedwait(&w->wake, &w->lock, &until) != ETIMEDOUT)
			;
		last = w->stopping; /* told before it began to wait, even: the end is always noted */
		pthread_mutex_unlock(&w->lock);
		note(w);
		pthread_mutex_lock(&w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* A machine may have stopped within a line: the next begins behind it. */
static bool end_line(int file)
{
	char last = '\n';
	off_t size = lseek(file, 0, SEEK_END);
	return size >= 0 && (size == 0 || pread(file, &last, 1, size - 1) == 1) &&
	       (last == '\n' || write(file, "\n", 1) == 1);
}

Err witness_start(Ctx *c, Db *db, const Keyring *keyring, Str path)
{
	Witness *w = ARENA_NEW(db->arena, Witness);
	w->path = str_z(db->arena, path);
	w->file = open(w->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (w->file < 0)
		return fail(c, ERR_IO, "%s: %s", w->path, strerror(errno));
	if (!end_line(w->file)) {
		close(w->file);
		return fail(c, ERR_IO, "%s: %s", w->path, strerror(errno));
	}
	w->keyring = *keyring;
	w->kept = arena_new();
	ctx_init(&w->c);
	w->c.db = db;
	w->c.clock = c->clock;
	pthread_mutex_init(&w->lock, NULL);
	db_cond_init(&w->wake);
	db->witness = w;
	if (pthread_create(&w->thread, NULL, witness_thread, w) == 0)
		return OK;
	w->stopping = true;
	witness_release(db);
	return fail(c, ERR_INTERNAL, "no thread to note the head of the audit trail");
}

void witness_release(Db *db)
{
	Witness *w = db->witness;
	if (w == NULL)
		return;
	pthread_mutex_lock(&w->lock);
	bool runs = !w->stopping;
	w->stopping = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	if (runs)
		pthread_join(w->thread, NULL);
	close(w->file);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	keyring_forget(&w->keyring);
	arena_free(w->kept);
	ctx_release(&w->c);
	db->witness = NULL;
}

/* ---- reading ------------------------------------------------------------------ */

typedef struct {
	TenantId tenant;
	NotedHead head;
} Line;

typedef enum { LINE_EMPTY, LINE_TORN, LINE_FALSE, LINE_SIGNED } LineKind;

static LineKind read_line(Str text, const unsigned char public_key[SIGN_PUBLIC], Line *out)
{
	unsigned char signature[SIGNATURE];
	Str rest = str_sub(text, line_mark.len, text.len), tenant, seq, hash, time;
	if (text.len == 0)
		return LINE_EMPTY;
	if (!str_starts(text, line_mark) || !str_split(&rest, ' ', &tenant) || !str_split(&rest, ' ', &seq) ||
	    !str_split(&rest, ' ', &hash) || !str_split(&rest, ' ', &time) || !uuid_parse(tenant, &out->tenant.v) ||
	    !str_to_int(seq, &out->head.seq) || out->head.seq < 1 ||
	    !hex_read(hash, out->head.hash, sizeof out->head.hash) || !hex_read(rest, signature, sizeof signature))
		return LINE_TORN;
	Str said = str_sub(text, 0, text.len - rest.len);
	return signature_fits(public_key, said, signature) ? LINE_SIGNED : LINE_FALSE;
}

static int by_seq(const void *a, const void *b)
{
	const NotedHead *x = a, *y = b;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

static Err add_head(Ctx *c, NotedHeads *list, size_t *room, const NotedHead *head)
{
	if (list->n == WITNESS_HEADS_MOST)
		return fail(c, ERR_LIMIT, "more than %d heads", WITNESS_HEADS_MOST);
	if (list->n == *room) {
		*room = *room == 0 ? 64 : *room * 2;
		NotedHead *more = ARENA_ARRAY(c->arena, *room, NotedHead);
		if (list->n > 0)
			memcpy(more, list->at, list->n * sizeof *more);
		list->at = more;
	}
	list->at[list->n++] = *head;
	return OK;
}

static Err read_lines(Ctx *c, FILE *file, const unsigned char public_key[SIGN_PUBLIC], NotedHeads *out)
{
	char text[WITNESS_LINE_MOST];
	size_t room = 0;
	for (int64_t row = 1; fgets(text, sizeof text, file) != NULL; row++) {
		Line line;
		LineKind kind = read_line(str_trim(str_of(text)), public_key, &line);
		if (kind == LINE_FALSE)
			return refuse_at(c, NULL, row, 0, "%s", T(c->lang, "The audit key has not signed this head."));
		out->torn += kind == LINE_TORN;
		if (kind == LINE_SIGNED && uuid_eq(line.tenant.v, c->tenant.v))
			RETURN_IF_ERR(add_head(c, out, &room, &line.head));
	}
	if (ferror(file))
		return ERR_IO;
	if (out->n > 0)
		qsort(out->at, out->n, sizeof *out->at, by_seq);
	return OK;
}

Err witness_read(Ctx *c, Str path, const unsigned char public_key[SIGN_PUBLIC], NotedHeads *out)
{
	*out = (NotedHeads){ 0 };
	FILE *file = fopen(str_z(c->arena, path), "re");
	int why = errno;
	if (file == NULL) {
		Err refused = file_refused(c, path, why);
		return why == ENOENT ? ERR_NOT_FOUND : refused;
	}
	Err e = read_lines(c, file, public_key, out);
	why = errno;
	fclose(file);
	return e == ERR_IO ? file_refused(c, path, why) : e;
}
