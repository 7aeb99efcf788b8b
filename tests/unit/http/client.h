/* client: a blocking HTTP client for tests, one connection each; it fails the
 * test itself when the server does something that HTTP does not allow. */
#ifndef TESTS_HTTP_CLIENT_H
#define TESTS_HTTP_CLIENT_H

#include "base/buf.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
	int fd;
	Buf in; /* received and not yet given out */
} Client;

typedef struct {
	int status; /* 0: the server closed instead of answering */
	Str head;   /* status line and headers */
	Str body;
} Reply;

/* False when nobody listens. */
static inline bool client_try(Client *cl, uint16_t port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct timeval patience = { 20, 0 };
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	cl->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	(void)setsockopt(cl->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	buf_init(&cl->in, 64 * 1048576);
	if (connect(cl->fd, (struct sockaddr *)&at, sizeof at) == 0)
		return true;
	close(cl->fd);
	return false;
}

static inline Client client_open(uint16_t port)
{
	Client cl;
	assert_true(client_try(&cl, port));
	return cl;
}

static inline void client_close(Client *cl)
{
	close(cl->fd);
	buf_release(&cl->in);
}

/* False when the server has closed. */
static inline bool client_send(Client *cl, Str bytes)
{
	while (bytes.len > 0) {
		ssize_t n = send(cl->fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		bytes = (Str){ bytes.ptr + n, bytes.len - (size_t)n };
	}
	return true;
}

/* Waits for more; false at the end. */
static inline bool client_more(Client *cl)
{
	char *to = buf_room(&cl->in, 16384);
	ssize_t n = recv(cl->fd, to, 16384, 0);
	if (n < 0 && errno == EAGAIN)
		fail_msg("no answer within the client's patience");
	if (n <= 0)
		return false;
	cl->in.len += (size_t)n;
	return true;
}

/* Value of a header; STR_NONE without. */
static inline Str reply_header(Reply reply, const char *name)
{
	Str rest = reply.head, line;
	size_t n = strlen(name);
	while (rest.len > 0 && str_split(&rest, '\n', &line))
		if (line.len > n && strncasecmp(line.ptr, name, n) == 0 && line.ptr[n] == ':')
			return str_trim(str_sub(line, n + 1, line.len));
	return STR_NONE;
}

/* The next answer; texts live in the arena. `head_only`: the request was HEAD. */
static inline Reply client_reply(Client *cl, Arena *a, bool head_only)
{
	Reply reply = { 0 };
	size_t end;
	while ((end = str_find_str(buf_str(&cl->in), STR("\r\n\r\n"))) == SIZE_MAX)
		if (!client_more(cl))
			return reply;
	reply.head = str_dup(a, str_sub(buf_str(&cl->in), 0, end + 2));
	int64_t status = 0, length = 0;
	assert_true(str_to_int(str_sub(reply.head, 9, 12), &status));
	reply.status = (int)status;
	Str stated = reply_header(reply, "Content-Length");
	assert_true(reply.status == 304 || reply.status == 100 || str_to_int(stated, &length));
	if (head_only)
		length = 0;
	while (cl->in.len < end + 4 + (size_t)length)
		assert_true(client_more(cl));
	reply.body = str_dup(a, str_sub(buf_str(&cl->in), end + 4, end + 4 + (size_t)length));
	size_t used = end + 4 + (size_t)length;
	memmove(cl->in.ptr, cl->in.ptr + used, cl->in.len - used);
	cl->in.len -= used;
	return reply;
}

/* One request on a connection of its own. */
static inline Reply client_once(uint16_t port, Arena *a, Str request)
{
	Client cl = client_open(port);
	(void)client_send(&cl, request);
	Reply reply = client_reply(&cl, a, str_starts(request, STR("HEAD ")));
	client_close(&cl);
	return reply;
}

#endif
