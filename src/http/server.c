#include "http/inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	BACKLOG = 511,
	DRAIN_STEP_MS = 5,
	FULL_PAUSE_MS = 50,
	UNTAKEN_MOST = 128 * 1024, /* bytes of an answer that the system holds for a client; it takes twice that */
};

static void connection_changed(void *arg, struct MHD_Connection *mhd, void **socket_context,
			       enum MHD_ConnectionNotificationCode what)
{
	HttpServer *s = ((Worker *)arg)->server;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		int fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
		*socket_context = connections_start(&s->connections, fd);
	} else {
		connections_leave(&s->connections, *socket_context);
	}
}

/* Percent escapes stay as they are: form.c decodes them, strictly. */
static size_t leave_escapes(void *arg, struct MHD_Connection *mhd, char *text)
{
	(void)arg;
	(void)mhd;
	return strlen(text);
}

static void say_nothing(void *arg, const char *format, va_list args)
{
	(void)arg;
	(void)format;
	(void)args;
}

static struct MHD_Daemon *daemon_new(Worker *w)
{
	const HttpConfig *config = &w->server->config;
	return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME, 0,
				NULL, NULL, exchange_go_on, w, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL,
				MHD_OPTION_CONNECTION_LIMIT, (unsigned)config->connections_most,
				MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)config->idle_seconds,
				MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(2 * HTTP_HEADER_BYTES_MOST),
				MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)HTTP_HEADER_BYTES_MOST,
				MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, w,
				MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED,
				exchange_end, w, MHD_OPTION_NOTIFY_CONNECTION, connection_changed, w, MHD_OPTION_END);
}

static void take_connection(HttpServer *s, unsigned *turn)
{
	struct sockaddr_storage from;
	socklen_t len = sizeof from;
	int fd = accept4(s->listener, (struct sockaddr *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd < 0) {
		/* Out of descriptors: the waiting connection would wake us at once. */
		if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
			(void)poll(NULL, 0, FULL_PAUSE_MS);
		return;
	}
	const struct sockaddr *address = (const struct sockaddr *)&from;
	const int untaken = UNTAKEN_MOST;
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &untaken, sizeof untaken);
	Connection *connection =
		connections_enter(&s->connections, fd, address, seconds_now() + s->config.header_seconds);
	if (connection == NULL) {
		close(fd);
		return;
	}
	Worker *w = &s->workers[(*turn)++ % (unsigned)s->config.workers];
	if (MHD_add_connection(w->daemon, fd, address, len) != MHD_YES)
		connections_leave(&s->connections, connection);
}

static void *accept_run(void *arg)
{
	HttpServer *s = arg;
	struct pollfd ready[2] = { { s->listener, POLLIN, 0 }, { s->wake, POLLIN, 0 } };
	unsigned turn = 0;
	int64_t looked = 0;
	int open = 0;
	for (;;) {
		int n = poll(ready, 2, open > 0 ? 1000 : -1);
		if (ready[1].revents != 0)
			return NULL;
		if (n > 0 && (ready[0].revents & POLLIN) != 0) {
			take_connection(s, &turn);
			open++;
		}
		int64_t now = seconds_now();
		if (now != looked)
			open = connections_cut(&s->connections, now);
		looked = now;
	}
}

static int number(int given, int otherwise)
{
	return given == 0 ? otherwise : given;
}

static Err config_check(Ctx *c, HttpConfig *config)
{
	config->workers = number(config->workers, 2);
	config->connections_most = number(config->connections_most, 1000);
	config->address_most = number(config->address_most, 64);
	config->requests_most = number(config->requests_most, 32);
	config->idle_seconds = number(config->idle_seconds, 30);
	config->header_seconds = number(config->header_seconds, 10);
	config->body_seconds = number(config->body_seconds, 10);
	config->answer_seconds = number(config->answer_seconds, 30);
	config->rate_least = number(config->rate_least, 16 * 1024);
	if (config->body_most == 0)
		config->body_most = 1024 * 1024;
	if (config->workers < 1 || config->workers > WORKERS_MOST || config->connections_most < 1 ||
	    config->address_most < 1 || config->requests_most < 1 || config->idle_seconds < 1 ||
	    config->header_seconds < 1 || config->body_seconds < 1 || config->answer_seconds < 1 ||
	    config->rate_least < 1)
		return fail(c, ERR_INVALID, "the server's limits are not in range");
	return OK;
}

static Err address_read(Ctx *c, const HttpConfig *config, struct sockaddr_storage *out, socklen_t *len)
{
	const char *text = config->address == NULL ? "127.0.0.1" : config->address;
	struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)out;
	memset(out, 0, sizeof *out);
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(config->port);
		*len = sizeof *v4;
		return OK;
	}
	if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(config->port);
		*len = sizeof *v6;
		return OK;
	}
	return refuse(c, "address", T(c->lang, "%s is not an IP address."), text);
}

static Err listen_at(Ctx *c, HttpServer *s)
{
	struct sockaddr_storage at;
	socklen_t len = 0;
	const int on = 1;
	RETURN_IF_ERR(address_read(c, &s->config, &at, &len));
	s->listener = socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->listener < 0)
		return fail(c, ERR_IO, "no socket: %s", strerror(errno));
	(void)setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(s->listener, (struct sockaddr *)&at, len) != 0 || listen(s->listener, BACKLOG) != 0)
		return fail(c, ERR_IO, "cannot listen on port %d: %s", s->config.port, strerror(errno));
	if (getsockname(s->listener, (struct sockaddr *)&at, &len) != 0)
		return fail(c, ERR_IO, "no port: %s", strerror(errno));
	s->port = ntohs(at.ss_family == AF_INET ? ((struct sockaddr_in *)(void *)&at)->sin_port
						: ((struct sockaddr_in6 *)(void *)&at)->sin6_port);
	return OK;
}

static Err threads_start(Ctx *c, HttpServer *s)
{
	for (int i = 0; i < s->config.workers; i++) {
		s->workers[i].server = s;
		s->workers[i].arena = arena_new();
		s->workers[i].daemon = daemon_new(&s->workers[i]);
		if (s->workers[i].daemon == NULL)
			return fail(c, ERR_IO, "cannot start a worker thread");
	}
	s->wake = eventfd(0, EFD_CLOEXEC);
	if (s->wake < 0 || pthread_create(&s->accepting, NULL, accept_run, s) != 0)
		return fail(c, ERR_IO, "cannot start the accepting thread");
	return OK;
}

static void server_free(HttpServer *s)
{
	for (int i = 0; i < s->config.workers; i++) {
		if (s->workers[i].daemon != NULL)
			MHD_stop_daemon(s->workers[i].daemon);
		exchanges_release(&s->workers[i]);
		arena_free(s->workers[i].arena);
	}
	if (s->listener >= 0)
		close(s->listener);
	if (s->wake >= 0)
		close(s->wake);
	connections_release(&s->connections);
	arena_free(s->arena);
}

Err http_start(Ctx *c, const HttpConfig *config, HttpServer **out)
{
	HttpConfig checked = *config;
	RETURN_IF_ERR(config_check(c, &checked));
	Arena *arena = arena_new();
	HttpServer *s = ARENA_NEW(arena, HttpServer);
	s->arena = arena;
	s->config = checked;
	s->listener = s->wake = -1;
	connections_init(arena, &s->connections, checked.connections_most, checked.address_most, checked.requests_most);
	/* Signals belong to the thread that started us. */
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	Err e = listen_at(c, s);
	if (e == OK)
		e = threads_start(c, s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (e != OK) {
		server_free(s);
		return e;
	}
	*out = s;
	return OK;
}

uint16_t http_port(const HttpServer *s)
{
	return s->port;
}

static int64_t milliseconds_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

Err http_stop(HttpServer *s, int wait_seconds)
{
	int64_t deadline = milliseconds_now() + (int64_t)wait_seconds * 1000;
	if (!atomic_exchange(&s->stopping, true)) {
		(void)eventfd_write(s->wake, 1); /* fails only past 2^64 - 2 */
		pthread_join(s->accepting, NULL);
		close(s->listener);
		s->listener = -1;
	}
	while (atomic_load(&s->active) > 0 && milliseconds_now() < deadline)
		(void)poll(NULL, 0, DRAIN_STEP_MS);
	/* libmicrohttpd ends the process when it is stopped with a suspended connection. */
	if (atomic_load(&s->handled) > 0)
		return ERR_BUSY;
	server_free(s);
	return OK;
}
