#include "base/file.h"

#include "base/buf.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Why the system refuses, in the user's language. */
static Err refused(Ctx *c, Str path, int why)
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

Err file_read(Ctx *c, Str path, size_t most, Str *out)
{
	bool input = str_eq_z(path, "-");
	FILE *file = input ? stdin : fopen(str_z(c->arena, path), "rb");
	if (file == NULL)
		return refused(c, path, errno);
	Buf *b = buf_new(c->arena, most);
	char part[65536];
	size_t got;
	while (!b->failed && (got = fread(part, 1, sizeof part, file)) > 0)
		buf_add(b, part, got);
	bool broken = ferror(file) != 0;
	int why = errno;
	if (!input)
		fclose(file);
	if (broken)
		return refused(c, path, why);
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
		return write_all(STDOUT_FILENO, bytes) ? OK : refused(c, str_of(T(c->lang, "standard output")), errno);
	const char *to = str_z(c->arena, path);
	const char *beside = str_printf(c->arena, "%s.%ld.part", to, (long)getpid()).ptr;
	(void)unlink(beside); /* a leftover; O_EXCL: nobody else's file or link, also in a shared folder */
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return refused(c, path, errno);
	bool written = write_all(fd, bytes) && fsync(fd) == 0;
	int why = errno;
	written = close(fd) == 0 && written;
	if (written && rename(beside, to) == 0)
		return OK;
	why = written ? errno : why;
	unlink(beside);
	return refused(c, path, why);
}
