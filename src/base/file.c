#include "base/file.h"

#include "base/buf.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

Err file_refused(Ctx *c, Str path, int why)
{
	const char *reason = NULL;
	switch (why) {
	case ENOENT: reason = T(c->lang, "there is no such file or folder"); break;
	case EACCES:
	case EPERM: reason = T(c->lang, "the system does not permit it"); break;
	case EISDIR: reason = T(c->lang, "this is a folder"); break;
	case ENOTDIR: reason = T(c->lang, "a part of the path is not a folder"); break;
	case ENOSPC:
	case EDQUOT: reason = T(c->lang, "there is no room left on the disk"); break;
	case EROFS: reason = T(c->lang, "nothing can be written there"); break;
	default: reason = strerror(why); break;
	}
	return fail(c, ERR_IO, "%.*s: %s", STR_ARG(path), reason);
}

/* Room for the whole file at once where its size is known. The first touch of each page costs more than what is read
 * into it, so large files ask for large pages. */
static void make_room(int fd, Buf *b)
{
	enum { LARGE = 8 << 20, PAGE = 2 << 20 };
	struct stat s;
	if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode) || s.st_size <= 0 || (uint64_t)s.st_size >= b->most)
		return;
	char *p = buf_room(b, (size_t)s.st_size + 1);
	if (p == NULL || s.st_size < LARGE)
		return;
	uintptr_t page = ((uintptr_t)p + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
	(void)madvise((void *)page, (size_t)s.st_size - PAGE, MADV_HUGEPAGE);
}

/* Everything up to the end; an errno, or 0. More than the ceiling fails the buffer. */
static int read_all(int fd, Buf *b)
{
	for (;;) {
		char beyond;
		bool full = b->len == b->most;
		char *to = full ? &beyond : buf_room(b, 1);
		size_t room = b->cap < b->most ? b->cap - b->len : b->most - b->len;
		ssize_t got = read(fd, to, full ? 1 : room);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? errno : 0;
		b->failed = full;
		if (full)
			return 0;
		b->len += (size_t)got;
	}
}

Err file_read(Ctx *c, Str path, size_t most, Str *out)
{
	bool input = str_eq_z(path, "-");
	int fd = input ? STDIN_FILENO : open(str_z(c->arena, path), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return file_refused(c, path, errno);
	Buf *b = buf_new(c->arena, most);
	make_room(fd, b);
	int why = read_all(fd, b);
	if (!input)
		close(fd);
	if (why != 0)
		return file_refused(c, path, why);
	if (b->failed)
		return fail(c, ERR_LIMIT, T(c->lang, "%.*s: larger than %zu bytes"), STR_ARG(path), most);
	*out = buf_str(b);
	return OK;
}

static bool write_all(int fd, Str bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_sub(bytes, (size_t)n, bytes.len);
	}
	return true;
}

Err file_write(Ctx *c, Str path, Str bytes)
{
	if (str_eq_z(path, "-"))
		return write_all(STDOUT_FILENO, bytes) ? OK
						       : file_refused(c, str_of(T(c->lang, "standard output")), errno);
	const char *to = str_z(c->arena, path);
	const char *beside = str_printf(c->arena, "%s.%ld.part", to, (long)getpid()).ptr;
	(void)unlink(beside); /* a leftover; O_EXCL: nobody else's file or link, also in a shared folder */
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_refused(c, path, errno);
	bool written = write_all(fd, bytes) && fsync(fd) == 0;
	int why = errno;
	written = close(fd) == 0 && written;
	if (written && rename(beside, to) == 0)
		return OK;
	why = written ? errno : why;
	unlink(beside);
	return file_refused(c, path, why);
}

/* The name of a new file is durable when its folder is. */
static bool sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[4096] = ".";
	if (slash != NULL && (size_t)(slash - path) < sizeof folder - 1) {
		size_t n = slash == path ? 1 : (size_t)(slash - path);
		memcpy(folder, path, n);
		folder[n] = '\0';
	}
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return done;
}

Err file_append(Ctx *c, Str path, Str bytes)
{
	const char *to = str_z(c->arena, path);
	int fd = open(to, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_refused(c, path, errno);
	char last = '\n';
	off_t size = lseek(fd, 0, SEEK_END);
	bool read = size >= 0 && (size == 0 || pread(fd, &last, 1, size - 1) == 1);
	Str all = last == '\n' ? bytes : str_printf(c->arena, "\n%.*s", STR_ARG(bytes));
	bool written = read && write(fd, all.ptr, all.len) == (ssize_t)all.len && fsync(fd) == 0 && sync_folder(to);
	int why = errno;
	close(fd);
	return written ? OK : file_refused(c, path, why);
}

Err file_move(Ctx *c, Str from, Str to)
{
	const char *place = str_z(c->arena, to);
	return rename(str_z(c->arena, from), place) == 0 && sync_folder(place) ? OK : file_refused(c, to, errno);
}
