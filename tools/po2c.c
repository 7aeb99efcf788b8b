/* po2c: a compiled catalogue (.mo, made by msgfmt --check) into the hash table of base/text.h.
 *
 *     po2c da.mo text_table_da text_da.c
 *
 * Untranslated entries are left out, so that the English is shown. An entry
 * whose numbered places ({1}, {2}) differ from the English ones is refused:
 * a page would silently lose a figure. Exit status 1 with the reason on
 * standard error.
 */
#include "base/buf.h"
#include "whole.h"

#include <stdio.h>
#include <stdlib.h>

enum { CATALOGUE_MOST = 16 * 1024 * 1024 };

typedef struct {
	Str bytes;
	bool swapped; /* written on a machine of the other byte order */
} Catalogue;

static _Noreturn void die(const char *what, Str detail)
{
	fprintf(stderr, "po2c: %s: %.*s\n", what, STR_ARG(detail));
	exit(1);
}

static Str read_whole(Arena *a, const char *path)
{
	Str bytes;
	const char *wrong = whole_read(a, path, CATALOGUE_MOST, &bytes);
	if (wrong != NULL)
		die(wrong, str_of(path));
	return bytes;
}

static size_t number_at(const Catalogue *c, size_t at)
{
	if (at > c->bytes.len || c->bytes.len - at < 4)
		die("damaged catalogue", STR("a number lies outside the file"));
	const unsigned char *p = (const unsigned char *)c->bytes.ptr + at;
	uint32_t n = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
	return c->swapped ? __builtin_bswap32(n) : n;
}

/* The text that row `i` of the table at `table` describes. */
static Str text_at(const Catalogue *c, size_t table, size_t i)
{
	size_t len = number_at(c, table + i * 8), at = number_at(c, table + i * 8 + 4);
	if (at > c->bytes.len || c->bytes.len - at < len)
		die("damaged catalogue", STR("a text lies outside the file"));
	Str s = { c->bytes.ptr + at, len };
	if (str_find(s, '\0', 0) != SIZE_MAX)
		die("plural entries are not used here; write two entries", s);
	return s;
}

/* The places {1} to {9} of a text, one bit each. */
static unsigned places(Str s)
{
	unsigned seen = 0;
	for (size_t i = 0; i + 2 < s.len; i++)
		if (s.ptr[i] == '{' && s.ptr[i + 1] >= '1' && s.ptr[i + 1] <= '9' && s.ptr[i + 2] == '}')
			seen |= 1u << (s.ptr[i + 1] - '0');
	return seen;
}

static void add_literal(Buf *b, Str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		if (ch == '"' || ch == '\\')
			buf_printf(b, "\\%c", ch);
		else if (ch < ' ' || ch >= 0x7f || ch == '?')
			buf_printf(b, "\\%03o", ch);
		else
			buf_char(b, (char)ch);
	}
	buf_char(b, '"');
}

typedef struct {
	Str english, other;
} Row;

/* The table with open addressing that T() walks; a power of two, at most half full. */
static void write_table(Arena *a, Buf *b, Str name, const Row *rows, size_t n)
{
	size_t size = 2;
	while (size < n * 2)
		size *= 2;
	const Row **slots = ARENA_ARRAY(a, size, const Row *);
	for (size_t i = 0; i < n; i++) {
		size_t at = str_hash(rows[i].english) & (size - 1);
		while (slots[at] != NULL)
			at = (at + 1) & (size - 1);
		slots[at] = &rows[i];
	}
	buf_z(b, "/* Made by po2c. */\n#include \"base/text.h\"\n\n");
	buf_printf(b, "static const TextEntry entries[%zu] = {\n", size);
	for (size_t i = 0; i < size; i++) {
		if (slots[i] == NULL)
			continue;
		buf_printf(b, "\t[%zu] = { ", i);
		add_literal(b, slots[i]->english);
		buf_z(b, ", ");
		add_literal(b, slots[i]->other);
		buf_z(b, " },\n");
	}
	buf_printf(b, "};\n\nconst TextTable %.*s = { entries, %zu };\n", STR_ARG(name), size);
}

static size_t read_rows(Arena *a, const Catalogue *c, Row **rows)
{
	size_t n = number_at(c, 8), english = number_at(c, 12), other = number_at(c, 16), kept = 0;
	if (n > c->bytes.len / 16)
		die("damaged catalogue", STR("more entries than bytes"));
	*rows = ARENA_ARRAY(a, n, Row);
	for (size_t i = 0; i < n; i++) {
		Row r = { text_at(c, english, i), text_at(c, other, i) };
		if (r.english.len == 0 || r.other.len == 0)
			continue; /* the header, or nothing translated */
		if (places(r.english) != places(r.other))
			die("the translation has other numbered places than the English", r.english);
		(*rows)[kept++] = r;
	}
	return kept;
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: po2c FILE.mo TABLE OUT.c\n", stderr);
		return 2;
	}
	Arena *a = arena_new();
	Catalogue c = { .bytes = read_whole(a, argv[1]) };
	size_t magic = number_at(&c, 0);
	if (magic != 0x950412de && magic != 0xde120495)
		die("not a compiled catalogue", str_of(argv[1]));
	c.swapped = magic == 0xde120495;
	Row *rows;
	size_t n = read_rows(a, &c, &rows);
	Buf *b = buf_new(a, 2 * CATALOGUE_MOST);
	write_table(a, b, str_of(argv[2]), rows, n);
	FILE *f = fopen(argv[3], "wb");
	if (b->failed || f == NULL || fwrite(b->ptr, 1, b->len, f) != b->len || fclose(f) != 0)
		die("cannot write", str_of(argv[3]));
	arena_free(a);
	return 0;
}
