/* probe: what bench/run measures that wrk does not.
 *
 *     probe fsync FOLDER             how long the disk takes to keep 4 KiB: median and 99 %, in ms
 *     probe first PORT PATH BEGUN    asks until a server answers; ms since BEGUN (date +%s%N)
 *     probe memory PID               resident now and at most, in MB
 *
 * One line of numbers on standard output; exit status 1 when there is none.
 */
#include "base/buf.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { COUNT = 300, PAGE = 4096, PATIENCE_S = 30, PAUSE_US = 200 };

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "probe: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now_ms(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int64_t number(const char *text)
{
	int64_t n = 0;
	if (!str_to_int(str_of(text), &n) || n < 0) {
		errno = EINVAL;
		die(text);
	}
	return n;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void probe_fsync(const char *folder)
{
	static char page[PAGE];
	double took[COUNT];
	Arena *a = arena_new();
	const char *path = str_z(a, str_printf(a, "%s/probe-fsync", folder));
	int fd = open(path, O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		die(path);
	for (int i = 0; i < COUNT; i++) {
		double begun = now_ms(CLOCK_MONOTONIC);
		if (write(fd, page, PAGE) != PAGE || fdatasync(fd) != 0)
			die(path);
		took[i] = now_ms(CLOCK_MONOTONIC) - begun;
	}
	close(fd);
	unlink(path);
	arena_free(a);
	qsort(took, COUNT, sizeof took[0], by_size);
	printf("%.3f %.3f\n", took[COUNT / 2], took[COUNT * 99 / 100]);
}

/* True when something that speaks HTTP has answered. */
static bool answers(int64_t port, const char *path)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	char begin[5] = "";
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		die("socket");
	Buf request;
	buf_init(&request, 4096);
	buf_printf(&request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
	bool ok = connect(fd, (struct sockaddr *)&at, sizeof at) == 0 &&
		  send(fd, request.ptr, request.len, MSG_NOSIGNAL) == (ssize_t)request.len &&
		  recv(fd, begin, 5, MSG_WAITALL) == 5 && memcmp(begin, "HTTP/", 5) == 0;
	buf_release(&request);
	close(fd);
	return ok;
}

static void probe_first(const char *port, const char *path, const char *begun)
{
	double from = (double)number(begun) / 1e6, now = 0;
	int64_t at = number(port);
	bool ok = false;
	do {
		ok = answers(at, path);
		now = now_ms(CLOCK_REALTIME);
		if (!ok)
			nanosleep(&(struct timespec){ 0, PAUSE_US * 1000 }, NULL);
	} while (!ok && now - from < PATIENCE_S * 1e3);
	if (!ok)
		die("nobody answers");
	printf("%.1f\n", now - from);
}

/* The number behind `name` in /proc/PID/status, in MB. */
static double memory_of(Str status, const char *name)
{
	Str line;
	int64_t kilobytes = 0;
	while (str_split(&status, '\n', &line))
		if (str_starts(line, str_of(name)) &&
		    str_to_int(str_trim(str_sub(line, strlen(name), line.len - strlen(" kB"))), &kilobytes))
			return (double)kilobytes / 1024;
	errno = ENOENT;
	die(name);
}

static void probe_memory(const char *pid)
{
	static char bytes[16384];
	Arena *a = arena_new();
	const char *path = str_z(a, str_printf(a, "/proc/%lld/status", (long long)number(pid)));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
	if (n <= 0)
		die(path);
	close(fd);
	Str status = { bytes, (size_t)n };
	printf("%.1f %.1f\n", memory_of(status, "VmRSS:"), memory_of(status, "VmHWM:"));
	arena_free(a);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "fsync") == 0)
		probe_fsync(argv[2]);
	else if (argc == 5 && strcmp(argv[1], "first") == 0)
		probe_first(argv[2], argv[3], argv[4]);
	else if (argc == 3 && strcmp(argv[1], "memory") == 0)
		probe_memory(argv[2]);
	else {
		fputs("usage: probe fsync FOLDER | first PORT PATH BEGUN | memory PID\n", stderr);
		return 2;
	}
	return 0;
}
