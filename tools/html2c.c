/* html2c: compiles one template file into C.
 *
 *     html2c src/feature/contact/contact.html contact_html.c contact_html.h
 *
 * Exit status 1 with file:line:column and the reason when it is refused.
 */
#include "html2c.h"
#include "whole.h"

#include <stdio.h>
#include <stdlib.h>

static _Noreturn void die(const char *what, const char *path)
{
	fprintf(stderr, "html2c: %s: %s\n", what, path);
	exit(1);
}

static Str read_whole(Arena *a, const char *path)
{
	Str bytes;
	const char *wrong =
		whole_read(a, path, SOURCE_MOST + 65536, &bytes); /* a little more, to say so with its line */
	if (wrong != NULL)
		die(wrong, path);
	return bytes;
}

static void write_whole(const char *path, const Buf *b)
{
	FILE *f = fopen(path, "wb");
	if (f == NULL || fwrite(b->ptr, 1, b->len, f) != b->len || fclose(f) != 0)
		die("cannot write", path);
}

/* The file's name without folders and ".html". */
static Str module_name(Str path)
{
	size_t from = path.len;
	while (from > 0 && path.ptr[from - 1] != '/')
		from--;
	Str name = str_sub(path, from, path.len);
	return str_ends(name, STR(".html")) ? str_sub(name, 0, name.len - 5) : name;
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: html2c FILE.html OUT.c OUT.h\n", stderr);
		return 2;
	}
	Arena *a = arena_new();
	Html2cIn in = { .path = str_of(argv[1]),
			.name = module_name(str_of(argv[1])),
			.source = read_whole(a, argv[1]) };
	Buf *header = buf_new(a, OUTPUT_MOST), *code = buf_new(a, OUTPUT_MOST);
	Html2cProblem problem = { 0 };
	bool good = html2c_compile(a, &in, header, code, &problem);
	if (good) {
		write_whole(argv[2], code);
		write_whole(argv[3], header);
	} else {
		fprintf(stderr, "%s:%zu:%zu: %s\n", argv[1], problem.line, problem.column, problem.message);
	}
	arena_free(a);
	return good ? 0 : 1;
}
