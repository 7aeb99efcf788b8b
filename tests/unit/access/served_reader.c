/* A reader of files that does to its process what the file's text says, as one that was taken over could. */
#include "convert/convert.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* What it still can; nothing, it should be. */
static void try_all(Buf *out)
{
	extern char **environ;
	if (open("/etc/passwd", O_RDONLY) >= 0 || open("/tmp", O_RDONLY | O_DIRECTORY) >= 0)
		buf_z(out, "opens ");
	if (open("/tmp/rampe-reader", O_RDWR | O_CREAT, 0600) >= 0 || mkdir("/tmp/rampe-reader", 0700) == 0)
		buf_z(out, "makes ");
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
		buf_z(out, "connects ");
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	if (child > 0)
		buf_z(out, "forks ");
	if (kill(getppid(), 0) == 0)
		buf_z(out, "signals ");
	for (int fd = 3; fd < 256; fd++)
		if (lseek(fd, 0, SEEK_CUR) >= 0 || errno == ESPIPE || write(fd, "x", 1) >= 0)
			buf_z(out, "has files ");
	if (environ != NULL)
		buf_z(out, "has an environment ");
	execl("/bin/true", "true", (char *)NULL);
	buf_z(out, "nothing else");
}

static void take_memory(void)
{
	for (;;) {
		volatile char *more = malloc(1 << 20);
		if (more == NULL)
			abort();
		for (size_t i = 0; i < 1 << 20; i += 4096)
			more[i] = 1;
	}
}

static _Noreturn void say(const char *text)
{
	(void)!write(1, text, strlen(text));
	_exit(0);
}

static const char much[65536];

static Err obey(Ctx *c, Str input, Buf *out)
{
	if (str_eq_z(input, "refuse"))
		return refuse_at(c, "percent", 7, 3, "%s", c->lang == LANG_DA ? "Ikke et tal." : "No number.");
	if (str_eq_z(input, "crash"))
		raise(SIGSEGV);
	if (str_eq_z(input, "abort"))
		abort();
	if (str_eq_z(input, "hang"))
		for (volatile bool on = true; on;)
			continue;
	if (str_eq_z(input, "sleep"))
		for (;;)
			pause();
	if (str_eq_z(input, "greedy"))
		take_memory();
	if (str_eq_z(input, "flood"))
		for (;;)
			if (write(1, much, sizeof much) < 0)
				_exit(0);
	if (str_eq_z(input, "lie"))
		say("-1 1 5 9999\nshort");
	if (str_eq_z(input, "mumble"))
		say("<script>");
	if (str_eq_z(input, "silent"))
		_exit(0);
	if (str_eq_z(input, "fail"))
		return fail(c, ERR_IO, "secret");
	if (str_eq_z(input, "try"))
		try_all(out);
	else
		buf_printf(out, "read %zu bytes", input.len);
	return OK;
}

extern const ConvertReader served_reader; /* served.h, which brings cmocka's `fail` along */
const ConvertReader served_reader = { "obedient", obey };
