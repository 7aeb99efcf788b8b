#include "whole.h"

#include "base/buf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const char *whole_read(Arena *a, const char *path, size_t most, Str *out)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return strerror(errno);
	Buf *b = buf_new(a, most);
	char part[65536];
	size_t got;
	while (!b->failed && (got = fread(part, 1, sizeof part, f)) > 0)
		buf_add(b, part, got);
	const char *wrong = ferror(f) != 0 ? "cannot be read" : NULL;
	fclose(f);
	if (b->failed)
		wrong = str_printf(a, "larger than %zu bytes", most).ptr;
	*out = buf_str(b);
	return wrong;
}
