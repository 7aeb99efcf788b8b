#include "convert/convert.h"

#include "convert/broker.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

Err convert_start(Ctx *c, const ConvertReader *const *readers, Convert *out)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return fail(c, ERR_IO, "convert: socketpair: %s", strerror(errno));
	pid_t pid = fork();
	if (pid == 0) {
		close(pair[0]);
		broker_serve(pair[1], readers);
	}
	close(pair[1]);
	if (pid < 0) {
		close(pair[0]);
		return fail(c, ERR_IO, "convert: fork: %s", strerror(errno));
	}
	*out = (Convert){ .socket = pair[0], .broker = pid, .readers = readers };
	return OK;
}

void convert_stop(Convert *b)
{
	close(b->socket);
	while (waitpid(b->broker, NULL, 0) < 0 && errno == EINTR)
		continue;
	*b = (Convert){ .socket = -1 };
}

static bool write_all(int fd, Str s)
{
	for (size_t done = 0; done < s.len;) {
		ssize_t n = write(fd, s.ptr + done, s.len - done);
		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return lseek(fd, 0, SEEK_SET) == 0;
}

/* What a memory file holds, at most `most` bytes of it. */
static bool read_all(Arena *a, int fd, size_t most, Str *out)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return false;
	size_t size = (size_t)st.st_size < most ? (size_t)st.st_size : most, done = 0;
	char *p = arena_alloc(a, size + 1);
	while (done < size) {
		ssize_t n = pread(fd, p + done, size - done, (off_t)done);
		if (n == 0 || (n < 0 && errno != EINTR))
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	*out = (Str){ p, size };
	return true;
}

static bool send_request(int socket, const Request *request, const int fds[FD_COUNT])
{
	struct iovec part = { (void *)(uintptr_t)request, sizeof *request };
	union {
		char bytes[CMSG_SPACE(sizeof(int) * FD_COUNT)];
		struct cmsghdr aligned;
	} control = { { 0 } };
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
	};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int) * FD_COUNT);
	memcpy(CMSG_DATA(head), fds, sizeof(int) * FD_COUNT);
	ssize_t n;
	do
		n = sendmsg(socket, &message, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof *request;
}

/* Waits for the broker's word; false when the broker is gone. */
static bool receive_reply(int socket, Reply *reply)
{
	ssize_t n;
	do
		n = recv(socket, reply, sizeof *reply, 0);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof *reply;
}

static Err judge(Ctx *c, ConvertKind kind, Reply reply, const int fds[FD_COUNT], Str *output)
{
	static const char *const names[] = { "dot", "weasyprint" };
	Str errors = STR("");
	if (!read_all(c->arena, fds[FD_ERRORS], 64 * 1024, &errors))
		errors = STR("");
	Str last = str_trim(str_sub(errors, errors.len > 500 ? errors.len - 500 : 0, errors.len));
	switch (reply.ending) {
	case ENDED_WELL: break;
	case ENDED_LATE: return fail(c, ERR_LIMIT, "convert: %s took more than its time", names[kind]);
	case ENDED_KILLED:
		return fail(c, ERR_LIMIT, "convert: %s was ended by signal %d: %.*s", names[kind], reply.code,
			    STR_ARG(last));
	case NOT_STARTED: return fail(c, ERR_IO, "convert: %s could not be started", names[kind]);
	case ENDED_BADLY:
		return fail(c, ERR_IO, "convert: %s ended with status %d: %.*s", names[kind], reply.code,
			    STR_ARG(last));
	}
	if (!read_all(c->arena, fds[FD_OUTPUT], CONVERT_OUTPUT_MOST, output) || output->len == 0)
		return fail(c, ERR_IO, "convert: %s gave nothing: %.*s", names[kind], STR_ARG(last));
	return OK;
}

static Err exchange(Ctx *c, const Convert *b, const Request *request, Str input, int fds[FD_COUNT], int reply_end,
		    Reply *reply)
{
	if (fds[FD_INPUT] < 0 || fds[FD_OUTPUT] < 0 || fds[FD_ERRORS] < 0 || !write_all(fds[FD_INPUT], input))
		return fail(c, ERR_IO, "convert: memory file: %s", strerror(errno));
	bool sent = send_request(b->socket, request, fds);
	close(fds[FD_REPLY]);
	fds[FD_REPLY] = -1;
	if (!sent || !receive_reply(reply_end, reply))
		return fail(c, ERR_IO, "convert: the broker is gone");
	return OK;
}

static Err judge_reader(Ctx *c, const ConvertReader *reader, Reply reply, const int fds[FD_COUNT], Str *output)
{
	Str bytes = STR("");
	bool late = reply.ending == ENDED_LATE || (reply.ending == ENDED_KILLED && reply.code == SIGXCPU);
	Err e = ERR_IO;
	if (reply.ending == ENDED_WELL && read_all(c->arena, fds[FD_OUTPUT], READER_OUTPUT_MOST + 1, &bytes))
		e = reader_answer(c, bytes, output);
	if (e != ERR_IO)
		return e;
	c->problem_count = 0;
	c->why = str_printf(c->arena, "convert: reader %s ended otherwise (%d, %d)", reader->name, (int)reply.ending,
			    reply.code);
	return refuse(c, NULL, "%s",
		      late ? T(c->lang, "Reading the file took too long. Nothing of it has been kept.")
			   : T(c->lang, "The file could not be read: it is damaged, or too large when it is opened. "
					"Nothing of it has been kept."));
}

/* One request to the broker, judged as what it was. */
static Err ask(Ctx *c, const Convert *b, const Request *request, Str input, Str *output)
{
	*output = STR_NONE;
	if (input.len > CONVERT_INPUT_MOST)
		return fail(c, ERR_LIMIT, "convert: %zu bytes are too many", input.len);
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return fail(c, ERR_IO, "convert: socketpair: %s", strerror(errno));
	int fds[FD_COUNT] = { memfd_create("input", MFD_CLOEXEC), memfd_create("output", MFD_CLOEXEC),
			      memfd_create("errors", MFD_CLOEXEC), pair[1] };
	Reply reply;
	Err e = exchange(c, b, request, input, fds, pair[0], &reply);
	if (e == OK)
		e = request->reader < 0 ? judge(c, request->kind, reply, fds, output)
					: judge_reader(c, b->readers[request->reader], reply, fds, output);
	for (int i = 0; i < FD_COUNT; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	close(pair[0]);
	return e;
}

Err convert_run(Ctx *c, const Convert *b, ConvertKind kind, Str input, Str *output)
{
	const Request request = { .kind = kind, .reader = -1 };
	return ask(c, b, &request, input, output);
}

Err convert_read(Ctx *c, const Convert *b, const ConvertReader *reader, Str input, Str *output)
{
	Request request = { .lang = c->lang };
	while (b->readers[request.reader] != NULL && b->readers[request.reader] != reader)
		request.reader++;
	if (b->readers[request.reader] == NULL)
		return fail(c, ERR_INTERNAL, "convert: the broker does not know the reader %s", reader->name);
	return ask(c, b, &request, input, output);
}
