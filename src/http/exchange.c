#include "http/inside.h"

#include <assert.h>
#include <sys/socket.h>

enum {
	IDLE_MOST = 64,             /* exchanges kept per worker */
	ARENA_KEPT = 256 * 1024,    /* bytes; larger ones go back to the system */
	BODY_KEPT = 128 * 1024,     /* the same for a buffer */
	DROPPED_MOST = 1024 * 1024, /* bytes of a refused body that are read, so that the client sees the answer */
};

static void exchange_init(Exchange *ex)
{
	ctx_init(&ex->x.ctx);
	buf_init(&ex->x.out.body, HTTP_ANSWER_MOST);
	buf_init(&ex->body, 0);
}

static void exchange_release(Exchange *ex)
{
	ctx_release(&ex->x.ctx);
	buf_release(&ex->x.out.body);
	buf_release(&ex->body);
}

void exchanges_release(Worker *w)
{
	for (Exchange *ex = w->idle; ex != NULL; ex = ex->next)
		exchange_release(ex);
	w->idle = NULL;
	w->idle_count = 0;
}

static Exchange *exchange_take(Worker *w)
{
	Exchange *ex = w->idle;
	if (ex != NULL) {
		w->idle = ex->next;
		w->idle_count--;
		return ex;
	}
	ex = w->empty;
	if (ex != NULL)
		w->empty = ex->next;
	else
		ex = ARENA_NEW(w->arena, Exchange);
	exchange_init(ex);
	return ex;
}

static void exchange_give_back(Worker *w, Exchange *ex)
{
	if (w->idle_count == IDLE_MOST) {
		exchange_release(ex);
		ex->next = w->empty;
		w->empty = ex;
		return;
	}
	ex->next = w->idle;
	w->idle = ex;
	w->idle_count++;
}

static void buf_reset(Buf *b, size_t most)
{
	if (b->cap > BODY_KEPT) {
		buf_release(b);
		buf_init(b, most);
	}
	buf_clear(b);
	b->most = most;
}

/* As good as new, with the memory of earlier requests. */
static void exchange_clear(Exchange *ex)
{
	ctx_clear(&ex->x.ctx);
	if (arena_bytes(ex->x.ctx.arena) + arena_bytes(ex->x.ctx.scratch) > ARENA_KEPT) {
		ctx_release(&ex->x.ctx);
		ctx_init(&ex->x.ctx);
	}
	buf_reset(&ex->x.out.body, HTTP_ANSWER_MOST);
	buf_reset(&ex->body, 0);
	Arena *arena = ex->x.ctx.arena, *scratch = ex->x.ctx.scratch;
	Buf answer = ex->x.out.body, body = ex->body;
	*ex = (Exchange){ .x = { .ctx = { .arena = arena,
					  .scratch = scratch,
					  .clock = clock_system(),
					  .random = random_system(),
					  .lang = LANG_DA },
				 .out = { .status = 200, .body = answer } },
			  .body = body };
}

static void deadline_in(Exchange *ex, int seconds)
{
	int64_t at = seconds == NO_DEADLINE ? NO_DEADLINE : seconds_now() + seconds;
	atomic_store_explicit(&ex->connection->deadline, at, memory_order_relaxed);
}

/* The seconds, and what so many bytes take at the least rate. */
static void deadline_for(Exchange *ex, int seconds, size_t bytes)
{
	deadline_in(ex, seconds + (int)(bytes / (size_t)ex->worker->server->config.rate_least));
}

void *exchange_begin(void *worker, const char *uri, struct MHD_Connection *mhd)
{
	Worker *w = worker;
	Exchange *ex = exchange_take(w);
	exchange_clear(ex);
	ex->worker = w;
	ex->mhd = mhd;
	ex->connection = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	Str target = str_of(uri);
	ex->target_too_long = target.len > HTTP_TARGET_MOST;
	ex->target = str_dup(ex->x.ctx.arena, str_sub(target, 0, HTTP_TARGET_MOST));
	deadline_in(ex, w->server->config.header_seconds);
	atomic_fetch_add(&w->server->active, 1);
	return ex;
}

/* What the client has not taken when the connection closes: the system would go
 * on offering it, and holding it, for minutes. */
static void throw_away(const Connection *connection)
{
	const struct linger none = { .l_onoff = 1, .l_linger = 0 };
	(void)setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

void exchange_end(void *worker, struct MHD_Connection *mhd, void **con_cls, enum MHD_RequestTerminationCode how)
{
	Worker *w = worker;
	Exchange *ex = *con_cls;
	(void)mhd;
	if (ex == NULL)
		return;
	*con_cls = NULL;
	if (ex->phase == PHASE_DONE && how != MHD_REQUEST_TERMINATED_COMPLETED_OK)
		throw_away(ex->connection);
	deadline_in(ex, w->server->config.idle_seconds);
	if (ex->counted)
		connections_request_over(&w->server->connections, &ex->visit);
	atomic_fetch_sub(&w->server->active, 1);
	/* The client was gone when the answer came: nobody asked for it. */
	if (ex->phase == PHASE_HANDLED)
		atomic_fetch_sub(&w->server->handled, 1);
	exchange_give_back(w, ex);
}

static enum MHD_Result send_now(Exchange *ex)
{
	const HttpResponse *out = &ex->x.out;
	ex->phase = PHASE_DONE;
	deadline_for(ex, ex->worker->server->config.answer_seconds,
		     str_is_none(out->fixed) ? out->body.len : out->fixed.len);
	return answer_send(ex);
}

/* Behind a proxy all come from this machine, and are told apart by what it says. */
static bool is_one_too_many(Exchange *ex)
{
	if (ex->connection->loopback && !ex->worker->server->config.behind_proxy)
		return false;
	if (!address_parse(http_remote(&ex->x), ex->visit.address) || address_is_loopback(ex->visit.address))
		return false;
	ex->counted = connections_request(&ex->worker->server->connections, &ex->visit);
	return !ex->counted;
}

static enum MHD_Result refuse_with(Exchange *ex, int status)
{
	const HttpConfig *config = &ex->worker->server->config;
	ex->x.out.status = status;
	if (status == 413 || status == 503)
		http_set(&ex->x, "Connection", STR("close"));
	if (config->refused != NULL)
		config->refused(&ex->x, config->arg);
	return send_now(ex);
}

static size_t body_limit(Exchange *ex)
{
	const HttpConfig *config = &ex->worker->server->config;
	return config->body_limit == NULL ? config->body_most : config->body_limit(&ex->x, config->arg);
}

static enum MHD_Result head_complete(Exchange *ex, const char *method)
{
	int status = request_read(ex, method);
	if (status != 0)
		return refuse_with(ex, status);
	ex->body_most = body_limit(ex);
	ex->body.most = ex->body_most;
	int64_t length = 0;
	Str stated = http_header(&ex->x, "Content-Length");
	if (!str_is_none(stated) && (!str_to_int(stated, &length) || length < 0))
		return refuse_with(ex, 400);
	if ((uint64_t)length > ex->body_most)
		return refuse_with(ex, 413);
	if (is_one_too_many(ex))
		return refuse_with(ex, 503);
	ex->phase = PHASE_BODY;
	deadline_for(ex, ex->worker->server->config.body_seconds, str_is_none(stated) ? ex->body_most : (size_t)length);
	return MHD_YES;
}

static enum MHD_Result body_arrives(Exchange *ex, const char *upload, size_t size)
{
	if (ex->body.failed)
		ex->dropped += size;
	else
		buf_add(&ex->body, upload, size);
	return ex->dropped > DROPPED_MOST ? MHD_NO : MHD_YES;
}

static enum MHD_Result answer_or_wait(Exchange *ex)
{
	HttpServer *s = ex->worker->server;
	if (!atomic_load(&ex->answered)) {
		assert(ex->later); /* the handler answers, or says that it will */
		return MHD_YES;
	}
	enum MHD_Result result = send_now(ex);
	atomic_fetch_sub(&s->handled, 1);
	return result;
}

static enum MHD_Result body_complete(Exchange *ex)
{
	HttpServer *s = ex->worker->server;
	if (ex->body.failed)
		return refuse_with(ex, 413);
	ex->x.in.body = ex->body.len > 0 ? buf_str(&ex->body) : STR("");
	/* First counted, then looked: http_stop looks at the count after it has
	 * set `stopping`, so one of the two sees the other. */
	atomic_fetch_add(&s->handled, 1);
	if (atomic_load(&s->stopping)) {
		atomic_fetch_sub(&s->handled, 1);
		return refuse_with(ex, 503);
	}
	ex->phase = PHASE_HANDLED;
	deadline_in(ex, NO_DEADLINE);
	s->config.handle(&ex->x, s->config.arg);
	/* Given away, it may be answered already, and belongs to the next call. */
	return ex->later ? MHD_YES : answer_or_wait(ex);
}

enum MHD_Result exchange_go_on(void *worker, struct MHD_Connection *mhd, const char *url, const char *method,
			       const char *version, const char *upload, size_t *upload_size, void **con_cls)
{
	Exchange *ex = *con_cls;
	(void)worker;
	(void)mhd;
	(void)url;
	(void)version;
	if (ex == NULL)
		return MHD_NO;
	if (ex->phase == PHASE_HEAD)
		return head_complete(ex, method);
	if (ex->phase == PHASE_BODY && *upload_size > 0) {
		size_t size = *upload_size;
		*upload_size = 0;
		return body_arrives(ex, upload, size);
	}
	if (ex->phase == PHASE_BODY)
		return body_complete(ex);
	if (ex->phase == PHASE_HANDLED)
		return answer_or_wait(ex);
	return MHD_NO;
}

void http_later(HttpExchange *x)
{
	Exchange *ex = (Exchange *)x;
	assert(ex->phase == PHASE_HANDLED && !ex->later);
	ex->later = true;
	MHD_suspend_connection(ex->mhd);
}

void http_answer(HttpExchange *x)
{
	Exchange *ex = (Exchange *)x;
	struct MHD_Connection *mhd = ex->mhd;
	bool later = ex->later;
	bool twice = atomic_exchange(&ex->answered, true);
	assert(!twice);
	if (later)
		MHD_resume_connection(mhd);
}
