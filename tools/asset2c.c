/* asset2c: files into the table of http/asset.h, each also compressed.
 *
 *     asset2c LIST FOLDER OUT.c OUT.bin OUT.d
 *
 * A line of LIST is "kind URL file", the file below FOLDER; '#' begins a
 * comment. Kinds: `file` as it is; `style` for a style sheet of somebody else:
 * its @font-face rules and source map are left out (fonts are ours to choose),
 * pictures whose name begins with "logo" become `none`, and every other file
 * that it names by url() comes along, under the URL that the browser will ask
 * for. All bytes go to OUT.bin, which OUT.c takes in; OUT.d tells the build what
 * was read. Same input, same output. Exit status 1 with the reason on standard
 * error.
 */
#include "base/buf.h"
#include "whole.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { ASSETS_MOST = 1000, FILE_MOST = 4 * 1024 * 1024, ALL_MOST = 8 * 1024 * 1024 };

typedef struct {
	Str url, type;
	uint64_t hash;
	size_t at, size, gzip_at, gzip_size; /* in the blob; gzip_size 0: none */
} Made;

typedef struct {
	Arena *arena;
	const char *folder;
	Made made[ASSETS_MOST];
	size_t count;
	Buf *blob, *reads; /* reads: the depfile's right-hand side */
} Work;

static _Noreturn void die(const char *what, Str detail)
{
	fprintf(stderr, "asset2c: %s: %.*s\n", what, STR_ARG(detail));
	exit(1);
}

static Str read_whole(Arena *a, const char *path)
{
	Str bytes;
	const char *wrong = whole_read(a, path, FILE_MOST, &bytes);
	if (wrong != NULL)
		die(strstr(path, "node_modules") != NULL && access(path, F_OK) != 0
			    ? "missing, `tools/need build` fetches it"
			    : wrong,
		    str_of(path));
	return bytes;
}

static void write_whole(const char *path, Str bytes)
{
	FILE *f = fopen(path, "wb");
	if (f == NULL)
		die(strerror(errno), str_of(path));
	if (fwrite(bytes.ptr, 1, bytes.len, f) != bytes.len || fclose(f) != 0)
		die("cannot write", str_of(path));
}

static Str type_of(Str url)
{
	static const struct {
		const char *ending, *type;
	} types[] = {
		{ ".css", "text/css; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".svg", "image/svg+xml" },
		{ ".png", "image/png" },
		{ ".ico", "image/x-icon" },
		{ ".woff2", "font/woff2" },
		{ ".txt", "text/plain; charset=utf-8" },
		{ ".webmanifest", "application/manifest+json" },
	};
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (str_ends(url, str_of(types[i].ending)))
			return str_of(types[i].type);
	die("no content type for", url);
}

/* Compressed bytes; empty when that is not smaller by a tenth. */
static Str compressed(Arena *a, Str bytes)
{
	z_stream z = { 0 };
	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		die("zlib", STR("cannot begin"));
	uLong most = deflateBound(&z, (uLong)bytes.len);
	Bytef *to = arena_alloc(a, most);
	z.next_in = (Bytef *)(uintptr_t)bytes.ptr;
	z.avail_in = (uInt)bytes.len;
	z.next_out = to;
	z.avail_out = (uInt)most;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		die("zlib", STR("cannot compress"));
	Str packed = { (const char *)to, z.total_out };
	deflateEnd(&z);
	return packed.len < bytes.len / 10 * 9 ? packed : STR("");
}

static void add(Work *w, Str url, Str bytes)
{
	if (w->count == ASSETS_MOST)
		die("too many files", url);
	Str packed = compressed(w->arena, bytes);
	Made *m = &w->made[w->count++];
	*m = (Made){ .url = url, .type = type_of(url), .hash = str_hash(bytes), .size = bytes.len };
	m->at = w->blob->len;
	buf_str_add(w->blob, bytes);
	m->gzip_at = w->blob->len;
	m->gzip_size = packed.len;
	buf_str_add(w->blob, packed);
	if (w->blob->failed)
		die("all files together are too large", url);
}

static Str read_listed(Work *w, Str file)
{
	const char *path = str_z(w->arena, str_printf(w->arena, "%s/%.*s", w->folder, STR_ARG(file)));
	buf_printf(w->reads, " %s", path);
	return read_whole(w->arena, path);
}

static bool has(const Work *w, Str url)
{
	for (size_t i = 0; i < w->count; i++)
		if (str_eq(w->made[i].url, url))
			return true;
	return false;
}

/* `of`'s folder, then `relative` with its leading "../". */
static Str beside(Arena *a, Str of, Str relative)
{
	size_t end = of.len;
	for (;;) {
		while (end > 0 && of.ptr[end - 1] != '/')
			end--;
		if (!str_starts(relative, STR("../")) || end == 0)
			break;
		relative = str_sub(relative, 3, relative.len);
		end--;
	}
	return str_printf(a, "%.*s%.*s", (int)end, of.ptr, STR_ARG(relative));
}

/* Copies from `css` up to and with the rule's end or the url's, see main comment. */
static void copy_url(Work *w, Buf *out, Str sheet_url, Str sheet_file, Str name)
{
	Str last = name;
	for (size_t slash = str_find(last, '/', 0); slash != SIZE_MAX; slash = str_find(last, '/', 0))
		last = str_sub(last, slash + 1, last.len);
	if (str_starts(last, STR("logo"))) {
		buf_z(out, "none");
		return;
	}
	buf_printf(out, "url(%.*s)", STR_ARG(name));
	if (str_starts(name, STR("#")) || str_starts(name, STR("data:")))
		return;
	Str url = beside(w->arena, sheet_url, name);
	if (!has(w, url))
		add(w, url, read_listed(w, beside(w->arena, sheet_file, name)));
}

static void add_style(Work *w, Str url, Str file)
{
	Str css = read_listed(w, file);
	Buf *out = buf_new(w->arena, FILE_MOST);
	size_t at = 0;
	while (at < css.len) {
		Str rest = str_sub(css, at, css.len);
		size_t skip = 0;
		if (str_starts(rest, STR("@font-face"))) {
			skip = str_find(rest, '}', 0);
		} else if (str_starts(rest, STR("/*# sourceMappingURL"))) {
			skip = str_find(rest, '/', 2);
		} else if (str_starts(rest, STR("url("))) {
			skip = str_find(rest, ')', 0);
			if (skip != SIZE_MAX)
				copy_url(w, out, url, file, str_sub(rest, 4, skip));
		} else {
			buf_char(out, css.ptr[at]);
		}
		if (skip == SIZE_MAX)
			die("a rule has no end in", file);
		at += skip + 1;
	}
	add(w, url, buf_str(out));
}

static void add_line(Work *w, Str line)
{
	Str word[3] = { STR_NONE, STR_NONE, STR_NONE }, piece;
	size_t n = 0;
	Str rest = str_trim(line);
	if (rest.len == 0 || rest.ptr[0] == '#')
		return;
	while (str_split(&rest, ' ', &piece)) {
		if (piece.len > 0 && n == 3)
			die("a line is \"kind URL file\", not", line);
		if (piece.len > 0)
			word[n++] = piece;
	}
	if (n != 3 || word[1].ptr[0] != '/' || has(w, word[1]))
		die("not \"kind URL file\", or given twice", line);
	if (str_eq(word[0], STR("file")))
		add(w, word[1], read_listed(w, word[2]));
	else if (str_eq(word[0], STR("style")))
		add_style(w, word[1], word[2]);
	else
		die("kind is file or style, not", word[0]);
}

static int by_url(const void *a, const void *b)
{
	return str_cmp(((const Made *)a)->url, ((const Made *)b)->url);
}

static Str source(Work *w, const char *blob_path)
{
	Buf *b = buf_new(w->arena, ALL_MOST);
	qsort(w->made, w->count, sizeof w->made[0], by_url);
	buf_printf(
		b,
		"/* Made by tools/asset2c. */\n#include \"http/asset.h\"\n\n"
		"extern const unsigned char asset_blob[] __attribute__((visibility(\"hidden\")));\n"
		"__asm__(\".section .rodata\\n.balign 16\\n.globl asset_blob\\n.hidden asset_blob\\nasset_blob:\\n\"\n"
		"\t\".incbin \\\"%s\\\"\\n.previous\\n\");\n\nstatic const Asset items[] = {\n",
		blob_path);
	for (size_t i = 0; i < w->count; i++) {
		const Made *m = &w->made[i];
		buf_printf(b, "\t{ \"%.*s\", \"%.*s\", \"\\\"%016llx\\\"\", asset_blob + %zu, %zu, ", STR_ARG(m->url),
			   STR_ARG(m->type), (unsigned long long)m->hash, m->at, m->size);
		if (m->gzip_size > 0)
			buf_printf(b, "asset_blob + %zu, %zu },\n", m->gzip_at, m->gzip_size);
		else
			buf_z(b, "NULL, 0 },\n");
	}
	buf_z(b, "};\n\nconst AssetTable asset_table = { items, sizeof items / sizeof items[0] };\n");
	return buf_str(b);
}

int main(int argc, char **argv)
{
	if (argc != 6) {
		fputs("usage: asset2c LIST FOLDER OUT.c OUT.bin OUT.d\n", stderr);
		return 2;
	}
	Arena *a = arena_new();
	Work *w = ARENA_NEW(a, Work);
	w->arena = a;
	w->folder = argv[2];
	w->blob = buf_new(a, ALL_MOST);
	w->reads = buf_new(a, ALL_MOST);
	Str lines = read_whole(a, argv[1]), line;
	while (str_split(&lines, '\n', &line))
		add_line(w, line);
	write_whole(argv[4], buf_str(w->blob));
	char *blob_path = realpath(argv[4], NULL);
	if (blob_path == NULL)
		die(strerror(errno), str_of(argv[4]));
	write_whole(argv[3], source(w, blob_path));
	free(blob_path);
	Str read = buf_str(w->reads);
	write_whole(argv[5], str_printf(a, "%s:%.*s\n", argv[3], STR_ARG(read)));
	arena_free(a);
	return 0;
}
