#include "convert/broker.h"

#include <errno.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { JOBS_MOST = 2 };

/* A converter that runs; pid 0: a free place. */
typedef struct {
	pid_t pid;
	int watch, reply;
	int64_t deadline; /* milliseconds of the steady clock */
	bool late;
	char folder[64];
} Job;

typedef struct {
	int socket;
	const ConvertReader *const *readers;
	int reader_count;
	bool closed; /* nobody asks any more */
	Job jobs[JOBS_MOST];
} Broker;

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

static void answer(int socket, Ending ending, int code)
{
	Reply reply = { ending, code };
	/* Whoever asked may have gone; then nobody needs the answer. */
	(void)!send(socket, &reply, sizeof reply, MSG_NOSIGNAL);
	close(socket);
}

static void finish(Job *job)
{
	siginfo_t info = { 0 };
	waitid(P_PID, (id_t)job->pid, &info, WEXITED);
	kill(-job->pid, SIGKILL);
	nftw(job->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	close(job->watch);
	if (job->late)
		answer(job->reply, ENDED_LATE, 0);
	else if (info.si_code != CLD_EXITED)
		answer(job->reply, ENDED_KILLED, info.si_status);
	else
		answer(job->reply, info.si_status == 0 ? ENDED_WELL : ENDED_BADLY, info.si_status);
	*job = (Job){ 0 };
}

static _Noreturn void become_converter(const Broker *b, const Request *request, const int fds[FD_COUNT],
				       const char *folder)
{
	ConvertKind kind = request->kind;
	struct sigaction usual = { .sa_handler = SIG_DFL };
	sigaction(SIGINT, &usual, NULL);
	sigaction(SIGTERM, &usual, NULL);
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	bool ok = dup2(fds[FD_INPUT], 0) == 0 && dup2(fds[FD_OUTPUT], 1) == 1 && dup2(fds[FD_ERRORS], 2) == 2 &&
		  close_range(3, ~0u, 0) == 0 && chdir(folder) == 0;
	if (ok && request->reader >= 0 && sandbox_enter_reader())
		reader_run(b->readers[request->reader], request->lang);
	if (!ok || request->reader >= 0 || !sandbox_enter(folder, converter_seconds(kind)))
		_exit(126);
	converter_exec(kind, folder);
}

static bool start(const Broker *b, Job *job, const Request *request, const int fds[FD_COUNT])
{
	memcpy(job->folder, "/tmp/rampe-convert-XXXXXX", sizeof "/tmp/rampe-convert-XXXXXX");
	if (mkdtemp(job->folder) == NULL)
		return false;
	job->pid = fork();
	if (job->pid == 0)
		become_converter(b, request, fds, job->folder);
	job->watch = job->pid < 0 ? -1 : (int)syscall(SYS_pidfd_open, job->pid, 0);
	if (job->watch < 0) {
		if (job->pid > 0) {
			kill(job->pid, SIGKILL);
			waitpid(job->pid, NULL, 0);
		}
		nftw(job->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
		*job = (Job){ 0 };
		return false;
	}
	job->reply = fds[FD_REPLY];
	job->deadline =
		now_ms() + 1000 * (int64_t)(request->reader >= 0 ? READER_SECONDS : converter_seconds(request->kind));
	return true;
}

/* Reads one request with its files; false when there is none. */
static bool receive(Broker *b, Request *request, int fds[FD_COUNT])
{
	struct iovec part = { request, sizeof *request };
	union {
		char bytes[CMSG_SPACE(sizeof(int) * FD_COUNT)];
		struct cmsghdr aligned;
	} control;
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
	};
	ssize_t n = recvmsg(b->socket, &message, MSG_CMSG_CLOEXEC);
	if (n == 0)
		b->closed = true;
	struct cmsghdr *head = n == (ssize_t)sizeof *request ? CMSG_FIRSTHDR(&message) : NULL;
	if (head == NULL || head->cmsg_len != CMSG_LEN(sizeof(int) * FD_COUNT))
		return false;
	memcpy(fds, CMSG_DATA(head), sizeof(int) * FD_COUNT);
	return true;
}

static void accept_request(Broker *b)
{
	Request request;
	int fds[FD_COUNT];
	if (!receive(b, &request, fds))
		return;
	Job *job = b->jobs;
	while (job->pid != 0)
		job++;
	bool known = request.reader < b->reader_count && (request.lang == LANG_DA || request.lang == LANG_EN);
	if (!known || !start(b, job, &request, fds))
		answer(fds[FD_REPLY], NOT_STARTED, 0);
	close(fds[FD_INPUT]);
	close(fds[FD_OUTPUT]);
	close(fds[FD_ERRORS]);
}

static int running(const Broker *b)
{
	int n = 0;
	for (int i = 0; i < JOBS_MOST; i++)
		n += b->jobs[i].pid != 0;
	return n;
}

/* Ends what is late, or everything when nobody waits any more; milliseconds to
 * the next deadline, -1 when there is none. */
static int enforce_time(Broker *b)
{
	int64_t now = now_ms(), next = -1;
	for (int i = 0; i < JOBS_MOST; i++) {
		Job *job = &b->jobs[i];
		if (job->pid == 0)
			continue;
		if (now >= job->deadline || b->closed) {
			job->late = true;
			kill(-job->pid, SIGKILL);
			kill(job->pid, SIGKILL);
		} else if (next < 0 || job->deadline - now < next) {
			next = job->deadline - now;
		}
	}
	return (int)next;
}

/* Where a database is, with its password, is nothing that a child should find. */
static void forget_environment(void)
{
	for (char **variable = environ; variable != NULL && *variable != NULL; variable++)
		explicit_bzero(*variable, strlen(*variable));
	environ = NULL;
}

_Noreturn void broker_serve(int socket, const ConvertReader *const *readers)
{
	Broker b = { .socket = socket, .readers = readers };
	while (readers[b.reader_count] != NULL)
		b.reader_count++;
	forget_environment();
	/* Ctrl-C in the terminal is for the server, which then closes the socket. */
	struct sigaction ignore = { .sa_handler = SIG_IGN }, usual = { .sa_handler = SIG_DFL };
	sigaction(SIGINT, &ignore, NULL);
	sigaction(SIGTERM, &ignore, NULL);
	sigaction(SIGCHLD, &usual, NULL);
	prctl(PR_SET_NAME, "rampe-convert");
	while (!b.closed || running(&b) > 0) {
		int wait = enforce_time(&b);
		struct pollfd fds[JOBS_MOST + 1];
		for (int i = 0; i < JOBS_MOST; i++)
			fds[i] = (struct pollfd){ .fd = b.jobs[i].pid != 0 ? b.jobs[i].watch : -1, .events = POLLIN };
		bool listens = !b.closed && running(&b) < JOBS_MOST;
		fds[JOBS_MOST] = (struct pollfd){ .fd = b.closed ? -1 : socket, .events = listens ? POLLIN : 0 };
		if (poll(fds, JOBS_MOST + 1, wait) < 0 && errno != EINTR)
			_exit(1);
		for (int i = 0; i < JOBS_MOST; i++)
			if (fds[i].revents != 0)
				finish(&b.jobs[i]);
		if (listens && fds[JOBS_MOST].revents != 0)
			accept_request(&b);
		else if ((fds[JOBS_MOST].revents & POLLHUP) != 0)
			b.closed = true;
	}
	_exit(0);
}
