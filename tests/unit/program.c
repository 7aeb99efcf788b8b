#include "program.h"

#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { OUTPUT_MOST = 1 << 20, ARGUMENTS_MOST = 10 };

static pid_t start(const char *const *arguments, char *path, int output)
{
	const char *all[ARGUMENTS_MOST] = { NULL };
	int n = 0;
	for (; arguments[n] != NULL && n < ARGUMENTS_MOST - 2; n++)
		all[n] = arguments[n];
	all[n] = path;
	pid_t pid = 0;
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	assert_int_equal(posix_spawnp(&pid, all[0], &actions, NULL, (char *const *)(uintptr_t)all, environ), 0);
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

const char *program_says(Arena *a, const char *const *arguments, Str bytes)
{
	char path[] = "/tmp/rampe-test-XXXXXX";
	int ends[2], fd = mkstemp(path), status = 0;
	assert_true(fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
	close(fd);
	assert_int_equal(pipe(ends), 0);
	pid_t pid = start(arguments, path, ends[1]);
	close(ends[1]);
	char *text = arena_alloc(a, OUTPUT_MOST + 1);
	ssize_t n;
	for (size_t len = 0; (n = read(ends[0], text + len, OUTPUT_MOST - len)) > 0;)
		len += (size_t)n;
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	unlink(path);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return text;
}
