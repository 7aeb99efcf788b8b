/* bare: the yardstick of the benchmarks.
 *
 *     bare DATABASE PORT PARTICIPANTS CONTACTS_EACH PAGE_BYTES
 *
 * A server that does nothing but what the measured request cannot do without:
 * libmicrohttpd (epoll, two threads), SQLite with group commit, the same table
 * and indexes. No login, rules, audit, templates or languages.
 *
 *     POST /api/v1/contacts            stores a contact durably, 201
 *     GET /participants/UUID           the newest 50 as a page of PAGE_BYTES
 *
 * Prints "ready PORT" and the participants' ids to standard output, then serves
 * until SIGTERM or SIGINT.
 */
#include "store.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WORKERS = 2, BODY_MOST = 65536, PAGE_MOST = 1024 * 1024 };

typedef struct {
	struct MHD_Daemon *daemon;
	StoreReader *reader;
} Worker;

typedef struct {
	BareWrite write; /* first */
	struct MHD_Connection *mhd;
	Buf body, page;
	json_t *json;
	bool waiting;
} Request;

static Store *store;
static Worker workers[WORKERS];
static size_t page_bytes;
static int listener = -1;

static enum MHD_Result send_answer(struct MHD_Connection *mhd, unsigned status, const char *type, Str body)
{
	struct MHD_Response *r =
		MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.ptr, MHD_RESPMEM_PERSISTENT);
	MHD_add_response_header(r, "Content-Type", type);
	enum MHD_Result result = MHD_queue_response(mhd, status, r);
	MHD_destroy_response(r);
	return result;
}

static Str text_of(const json_t *json, const char *key)
{
	return str_of(json_string_value(json_object_get(json, key)));
}

static bool contact_read(Request *rq)
{
	BareContact *k = &rq->write.contact;
	rq->json = json_loadb(rq->body.ptr, rq->body.len, 0, NULL);
	k->kind = text_of(rq->json, "kind");
	k->purpose = text_of(rq->json, "purpose");
	k->place = text_of(rq->json, "place");
	k->note = text_of(rq->json, "note");
	k->minutes = json_integer_value(json_object_get(rq->json, "minutes"));
	k->follow_up = json_is_true(json_object_get(rq->json, "follow_up"));
	return uuid_parse(text_of(rq->json, "id"), &k->id) &&
	       uuid_parse(text_of(rq->json, "participant"), &k->participant) &&
	       time_parse(text_of(rq->json, "at"), &k->at) && !str_is_none(k->kind) && !str_is_none(k->purpose);
}

static void stored(BareWrite *w)
{
	MHD_resume_connection(((Request *)w)->mhd);
}

static enum MHD_Result post(Request *rq)
{
	if (rq->waiting) {
		char id[36];
		uuid_write(rq->write.contact.id, id);
		buf_printf(&rq->page, "{\"id\":\"%.36s\"}", id);
		return send_answer(rq->mhd, rq->write.stored ? 201 : 200, "application/json", buf_str(&rq->page));
	}
	if (!contact_read(rq))
		return send_answer(rq->mhd, 400, "text/plain", STR("not a contact\n"));
	rq->write.contact.day = time_date(rq->write.contact.at);
	rq->write.done = stored;
	rq->waiting = true;
	MHD_suspend_connection(rq->mhd);
	store_submit(store, &rq->write);
	return MHD_YES;
}

static enum MHD_Result get(Request *rq, Worker *w, const char *url)
{
	static const char before[] =
		"<!doctype html><html lang=\"da\"><meta charset=\"utf-8\"><title>x</title>\n<table>\n";
	Str path = str_of(url), prefix = STR("/participants/");
	Uuid participant;
	if (!str_starts(path, prefix) || !uuid_parse(str_sub(path, prefix.len, path.len), &participant))
		return send_answer(rq->mhd, 404, "text/plain", STR("no such page\n"));
	buf_z(&rq->page, before);
	store_rows(w->reader, participant, &rq->page);
	buf_z(&rq->page, "</table>\n");
	if (rq->page.len < page_bytes) {
		size_t n = page_bytes - rq->page.len;
		memset(buf_room(&rq->page, n), ' ', n);
		rq->page.len += n;
	}
	return send_answer(rq->mhd, 200, "text/html; charset=utf-8", buf_str(&rq->page));
}

static Request *request_new(struct MHD_Connection *mhd)
{
	Request *rq = calloc(1, sizeof *rq);
	if (rq == NULL)
		exit(1);
	rq->mhd = mhd;
	buf_init(&rq->body, BODY_MOST);
	buf_init(&rq->page, PAGE_MOST);
	return rq;
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *mhd, const char *url, const char *method,
			      const char *version, const char *upload, size_t *size, void **con_cls)
{
	Request *rq = *con_cls;
	(void)version;
	if (rq == NULL) {
		*con_cls = request_new(mhd);
		return MHD_YES;
	}
	if (*size > 0) {
		buf_add(&rq->body, upload, *size);
		*size = 0;
		return MHD_YES;
	}
	return strcmp(method, "POST") == 0 ? post(rq) : get(rq, arg, url);
}

static void ended(void *arg, struct MHD_Connection *mhd, void **con_cls, enum MHD_RequestTerminationCode how)
{
	Request *rq = *con_cls;
	(void)arg;
	(void)mhd;
	(void)how;
	if (rq == NULL)
		return;
	json_decref(rq->json);
	buf_release(&rq->body);
	buf_release(&rq->page);
	free(rq);
	*con_cls = NULL;
}

/* libmicrohttpd's own thread pool now and then gives one thread everything. */
static void *accept_run(void *arg)
{
	(void)arg;
	for (unsigned turn = 0;; turn++) {
		struct sockaddr_storage from;
		socklen_t len = sizeof from;
		int fd = accept4(listener, (struct sockaddr *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd < 0)
			return NULL;
		MHD_add_connection(workers[turn % WORKERS].daemon, fd, (struct sockaddr *)&from, len);
	}
}

static int listen_at(int port)
{
	const int on = 1;
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	socklen_t len = sizeof at;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0 || listen(listener, 511) != 0 ||
	    getsockname(listener, (struct sockaddr *)&at, &len) != 0) {
		perror("bare: listen");
		exit(1);
	}
	return ntohs(at.sin_port);
}

static void workers_start(const char *path)
{
	for (int i = 0; i < WORKERS; i++) {
		Worker *w = &workers[i];
		w->reader = store_reader(path);
		w->daemon = MHD_start_daemon(
			MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
			NULL, handle, w, MHD_OPTION_NOTIFY_COMPLETED, ended, NULL, MHD_OPTION_END);
		if (w->daemon == NULL)
			exit(1);
	}
}

static int64_t number(const char *text, int64_t most)
{
	int64_t n = -1;
	if (!str_to_int(str_of(text), &n) || n < 0 || n > most) {
		fprintf(stderr, "bare: not a number from 0 to %lld: %s\n", (long long)most, text);
		exit(2);
	}
	return n;
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fputs("usage: bare DATABASE PORT PARTICIPANTS CONTACTS_EACH PAGE_BYTES\n", stderr);
		return 2;
	}
	sigset_t ending;
	sigemptyset(&ending);
	sigaddset(&ending, SIGTERM);
	sigaddset(&ending, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ending, NULL);
	int participants = (int)number(argv[3], 65535);
	page_bytes = (size_t)number(argv[5], PAGE_MOST);
	store = store_open(argv[1]);
	store_fill(store, participants, (int)number(argv[4], 65535));
	workers_start(argv[1]);
	int port = listen_at((int)number(argv[2], 65535));
	pthread_t accepting;
	if (pthread_create(&accepting, NULL, accept_run, NULL) != 0)
		return 1;
	printf("ready %d\n", port);
	for (int i = 0; i < participants; i++) {
		char id[36];
		uuid_write(store_participant(i), id);
		printf("%.36s\n", id);
	}
	fflush(stdout);
	int which = 0;
	sigwait(&ending, &which);
	shutdown(listener, SHUT_RDWR);
	pthread_join(accepting, NULL);
	/* Every write is answered before libmicrohttpd is stopped with it suspended. */
	store_close(store);
	for (int i = 0; i < WORKERS; i++) {
		MHD_stop_daemon(workers[i].daemon);
		store_reader_free(workers[i].reader);
	}
	return 0;
}
