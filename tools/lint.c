/* lint: the rules of the house that no compiler knows.
 *
 *     lint [ROOT]
 *
 * Prints `file:line: what is wrong` for everything it finds below ROOT and
 * ends with status 1 when there was anything. The tables stand first: whoever
 * wants to know the rules, or to change one, reads no further.
 */
#include "base/buf.h"
#include "whole.h"

#include <ctype.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MOST = 4 * 1024 * 1024, LINES_MOST = 600, FUNCTION_LINES_MOST = 90, FILES_MOST = 4000 };

/* Where a folder of src/ may reach: itself and these. tests/ and bench/ reach everywhere, tools/ like "tools". */
static const struct {
	const char *folder, *reaches;
} ARROWS[] = {
	{ "base", "" },
	{ "crypto", " base " },
	{ "db", " crypto base " },
	{ "text", " base " },
	{ "stats", " base " },
	{ "format", " base " },
	{ "html", " base " },
	{ "http", " base " },
	{ "convert", " base " },
	{ "tools", " text base " },
	{ "ui", " html base " },
	{ "search", " db text crypto base " },
	{ "access", " ui db text crypto stats format html http convert base " },
	{ "feature", " access ui search db text crypto stats format html http convert base " },
	{ "measure", " feature access ui search db text crypto stats format html http convert base " },
	{ "evidence", " feature access ui search db text crypto stats format html http convert base " },
	{ "analysis", " access ui search db text crypto stats format html http convert base " },
	{ "demo", " measure feature access ui search db text crypto stats format html http convert base " },
	{ "report", " measure evidence feature access ui search db text crypto stats format html http convert base " },
	{ "app",
	  " demo report analysis measure evidence feature access ui search db text crypto stats format html http "
	  "convert base " },
};

/* Headers of libraries that one place alone may know. */
static const struct {
	const char *header, *place;
} OWNED[] = {
	{ "sqlite3.h", "src/db/db_sqlite.c" },
	{ "libpq-fe.h", "src/db/db_pg.c" },
	{ "microhttpd.h", "src/http/" },
	{ "xlsxwriter.h", "src/format/" },
	{ "zip.h", "src/format/" },
	{ "ini.h", "src/app/" },
	{ "curl/curl.h", "src/http/" },
	{ "rhonabwy.h", "src/crypto/jws.c" },
	{ "liboath/oath.h", "src/crypto/totp.c" },
	{ "qrencode.h", "src/format/qr.c" },
	{ "Rmath.h", "src/stats/distribution.c" },
	{ "libstemmer.h", "src/text/stem.c" },
	{ "utf8proc.h", "src/text/fold.c" },
};

/* Functions that nobody calls, in tests as in src/. */
static const struct {
	const char *name, *why;
} FORBIDDEN[] = {
	{ "strcpy", "knows no ceiling: use Str and Buf" },
	{ "stpcpy", "knows no ceiling: use Str and Buf" },
	{ "strcat", "knows no ceiling: use Buf" },
	{ "strncpy", "may leave no NUL behind: use Str" },
	{ "strncat", "counts the wrong bytes: use Buf" },
	{ "sprintf", "knows no ceiling: use buf_printf or str_printf" },
	{ "vsprintf", "knows no ceiling: use str_vprintf" },
	{ "gets", "knows no ceiling" },
	{ "strtok", "keeps its place between callers: use str_split" },
	{ "alloca", "takes the stack without asking: use an arena" },
	{ "atoi", "takes any text for a number: use str_to_int" },
	{ "atol", "takes any text for a number: use str_to_int" },
	{ "atoll", "takes any text for a number: use str_to_int" },
	{ "atof", "takes any text for a number: use str_to_real" },
	{ "scanf", "overflows silently: use str_to_int, str_to_real" },
	{ "sscanf", "overflows silently: use str_to_int, str_to_real" },
	{ "fscanf", "overflows silently: use str_to_int, str_to_real" },
	{ "mktemp", "leaves a race for the name: use mkstemp, mkdtemp" },
	{ "tmpnam", "leaves a race for the name: use mkstemp, mkdtemp" },
	{ "tempnam", "leaves a race for the name: use mkstemp, mkdtemp" },
	{ "localtime", "shares one result between threads, and follows the machine's zone: use base/date.h" },
	{ "gmtime", "shares one result between threads: use base/date.h" },
	{ "ctime", "shares one result between threads: use base/date.h" },
	{ "asctime", "shares one result between threads: use base/date.h" },
	{ "rand", "can be foretold: use base/random.h" },
	{ "srand", "can be foretold: use base/random.h" },
	{ "setlocale", "changes the decimal point of the whole process" },
};

/* Functions with a home in src/; in its other rooms they are forbidden. */
static const struct {
	const char *name, *homes, *why;
} AT_HOME[] = {
	{ "malloc", " base ", "memory comes from an arena" },
	{ "calloc", " base db http access convert ",
	  "memory comes from an arena; only long-lived services have their own" },
	{ "realloc", " base ", "memory comes from an arena, or grows in a Buf" },
	{ "strdup", " base ", "use str_dup" },
	{ "system", " ", "hands a string to a shell: programs are run by the broker" },
	{ "popen", " ", "hands a string to a shell: programs are run by the broker" },
	{ "fork", " convert ", "programs are run by the broker" },
	{ "vfork", " convert ", "programs are run by the broker" },
	{ "execv", " convert ", "programs are run by the broker" },
	{ "execve", " convert ", "programs are run by the broker" },
	{ "execvp", " convert ", "programs are run by the broker" },
	{ "posix_spawn", " convert ", "programs are run by the broker" },
	{ "posix_spawnp", " app ", "programs are run by the broker; pg_dump alone has to reach a server" },
	{ "time", " base ", "the clock is injected: use base/clock.h" },
	{ "gettimeofday", " base ", "the clock is injected: use base/clock.h" },
};

/* Words that say a thing is unfinished; written apart here so that this file passes. */
static const char *const UNFINISHED[] = { "TO"
					  "DO",
					  "FIX"
					  "ME",
					  "X"
					  "XX" };

/* How a string literal begins that holds a statement; those stand in .sql files, where sql2c checks them. */
static const char *const SQL_BEGINNINGS[] = { "SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH RECURSIVE " };

typedef struct {
	Str path;  /* from the root: src/db/db.h */
	Str bytes; /* as it stands in the file */
	Str code;  /* C only: the same length, comments and the insides of literals blanked */
} File;

typedef struct {
	Arena *arena;
	File *files;
	size_t count;
	size_t found;
} Lint;

static void complain(Lint *l, const File *f, size_t line, const char *what, Str detail)
{
	printf("%.*s:%zu: %s%s%.*s\n", STR_ARG(f->path), line, what, detail.len > 0 ? ": " : "", STR_ARG(detail));
	l->found++;
}

static bool starts(Str s, const char *prefix)
{
	return str_starts(s, str_of(prefix));
}

static bool ends(Str s, const char *suffix)
{
	return str_ends(s, str_of(suffix));
}

static bool is_c(const File *f)
{
	return ends(f->path, ".c") || ends(f->path, ".h");
}

static bool contains(Str s, Str what)
{
	return str_find_str(s, what) != SIZE_MAX;
}

static bool word_char(char ch)
{
	return isalnum((unsigned char)ch) || ch == '_';
}

/* One of the words of a list that begins and ends with a space. */
static bool listed(const char *words, Str word)
{
	Str rest = str_of(words), piece;
	while (str_split(&rest, ' ', &piece))
		if (piece.len > 0 && str_eq(piece, word))
			return true;
	return false;
}

/* The part before the last slash, "" when there is none. */
static Str folder_of(Str path)
{
	size_t cut = path.len;
	while (cut > 0 && path.ptr[cut - 1] != '/')
		cut--;
	return cut == 0 ? STR("") : str_sub(path, 0, cut - 1);
}

static Str name_of(Str path)
{
	Str folder = folder_of(path);
	return folder.len == 0 ? path : str_sub(path, folder.len + 1, path.len);
}

/* The room of the house a path belongs to: src/feature/contact/contact.c is in "feature", tools/lint.c in "tools". */
static Str room_of(Str path)
{
	Str inside = starts(path, "src/") ? str_sub(path, 4, path.len) : path;
	return str_sub(inside, 0, str_find(inside, '/', 0));
}

/* Reading ------------------------------------------------------------------------------------------------------ */

static Str read_whole(Arena *a, const char *path)
{
	Str bytes;
	const char *wrong = whole_read(a, path, FILE_MOST, &bytes);
	if (wrong == NULL)
		return bytes;
	fprintf(stderr, "lint: %s: %s\n", wrong, path);
	exit(4);
}

/* Blanks comments, and what stands between quotes; the quotes and the line ends stay. */
static Str blanked(Arena *a, Str s)
{
	enum { CODE, LINE_COMMENT, COMMENT, STRING, CHARACTER } in = CODE;
	char *out = arena_alloc(a, s.len + 1);
	size_t opened = 0; /* where the comment began */
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : '\0';
		out[i] = ch == '\n' || (in == CODE && ch != '/') ? ch : ' ';
		if (in == CODE && ch == '/' && (next == '*' || next == '/')) {
			in = next == '*' ? COMMENT : LINE_COMMENT;
			opened = i;
		} else if (in == CODE && ch == '/')
			out[i] = ch;
		else if (in == CODE && (ch == '"' || ch == '\''))
			in = ch == '"' ? STRING : CHARACTER;
		else if (in == LINE_COMMENT && ch == '\n')
			in = CODE;
		else if (in == COMMENT && ch == '/' && i > opened + 2 && s.ptr[i - 1] == '*')
			in = CODE;
		else if ((in == STRING || in == CHARACTER) && ch == '\\' && next != '\0')
			out[++i] = next == '\n' ? '\n' : ' ';
		else if ((in == STRING && ch == '"') || (in == CHARACTER && ch == '\'')) {
			out[i] = ch;
			in = CODE;
		}
	}
	return (Str){ out, s.len };
}

static bool is_text(const char *name)
{
	static const char *const ENDINGS[] = { ".c",  ".h",   ".sql", ".html", ".build",
					       ".md", ".css", ".js",  ".po",   ".test" };
	Str s = str_of(name);
	for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++)
		if (ends(s, ENDINGS[i]))
			return true;
	return false;
}

/* Folders that hold what others wrote, what the build made, or what is meant to be wrong. */
static bool is_skipped(const char *path, const char *name)
{
	return name[0] == '.' || strcmp(name, "node_modules") == 0 || strcmp(path, "tests/golden") == 0 ||
	       strcmp(path, "tests/fuzz/corpus") == 0 || (strncmp(path, "build", 5) == 0 && strchr(path, '/') == NULL);
}

static void collect(Lint *l)
{
	char here[] = ".";
	char *roots[] = { here, NULL };
	FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	if (tree == NULL) {
		fprintf(stderr, "lint: cannot walk the folder\n");
		exit(4);
	}
	for (FTSENT *e = fts_read(tree); e != NULL; e = fts_read(tree)) {
		const char *path = e->fts_pathlen > 2 ? e->fts_path + 2 : "";
		if (e->fts_info == FTS_D && e->fts_level > 0 && is_skipped(path, e->fts_name))
			fts_set(tree, e, FTS_SKIP);
		if (e->fts_info != FTS_F || !is_text(e->fts_name))
			continue;
		if (l->count == FILES_MOST) {
			fprintf(stderr, "lint: more than %d files\n", FILES_MOST);
			exit(4);
		}
		File *f = &l->files[l->count++];
		f->path = str_dup(l->arena, str_of(path));
		f->bytes = read_whole(l->arena, path);
		f->code = is_c(f) ? blanked(l->arena, f->bytes) : STR_NONE;
	}
	fts_close(tree);
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const File *)a)->path, ((const File *)b)->path);
}

/* Layout ------------------------------------------------------------------------------------------------------- */

static void check_unfinished(Lint *l, const File *f, size_t line, Str text)
{
	for (size_t i = 0; i < sizeof UNFINISHED / sizeof *UNFINISHED; i++) {
		size_t at = str_find_str(text, str_of(UNFINISHED[i]));
		size_t end = at + strlen(UNFINISHED[i]);
		if (at != SIZE_MAX && (at == 0 || !word_char(text.ptr[at - 1])) &&
		    (end >= text.len || !word_char(text.ptr[end])))
			complain(l, f, line, "unfinished: finish it, or file an issue", str_of(UNFINISHED[i]));
	}
}

static void check_lines(Lint *l, const File *f)
{
	Str rest = f->bytes, text;
	size_t line = 0;
	if (f->bytes.len > 0 && f->bytes.ptr[f->bytes.len - 1] != '\n')
		complain(l, f, 1, "the last line has no end", STR_NONE);
	while (str_split(&rest, '\n', &text)) {
		line++;
		char last = text.len > 0 ? text.ptr[text.len - 1] : 'x';
		if (last == ' ' || last == '\t' || last == '\r')
			complain(l, f, line, "white space at the end of the line", STR_NONE);
		check_unfinished(l, f, line, text);
	}
	if (is_c(f) && line > LINES_MOST + 1)
		complain(l, f, LINES_MOST + 1, "the file is about more than one thing: over 600 lines", STR_NONE);
}

/* A header begins by saying what it is: its name, a colon, what it owns. */
static void check_header(Lint *l, const File *f)
{
	Str name = name_of(f->path);
	Str beginning = str_printf(l->arena, "/* %.*s: ", (int)(name.len - 2), name.ptr);
	if (!str_starts(f->bytes, beginning))
		complain(l, f, 1, "a header's first comment begins with", beginning);
}

static void check_function_length(Lint *l, const File *f)
{
	Str rest = f->code, text;
	size_t line = 0, began = 0;
	while (str_split(&rest, '\n', &text)) {
		line++;
		if (str_eq_z(text, "{"))
			began = line;
		if (str_eq_z(text, "}") && began > 0 && line - began > FUNCTION_LINES_MOST)
			complain(l, f, began, "the function does not fit on a screen: over 90 lines", STR_NONE);
	}
}

/* Includes ----------------------------------------------------------------------------------------------------- */

static const File *file_named(const Lint *l, Str name)
{
	for (size_t i = 0; i < l->count; i++)
		if (str_eq(name_of(l->files[i].path), name))
			return &l->files[i];
	return NULL;
}

static bool reaches(Str from, Str to)
{
	if (str_eq(from, to))
		return true;
	for (size_t i = 0; i < sizeof ARROWS / sizeof *ARROWS; i++)
		if (str_eq_z(from, ARROWS[i].folder))
			return listed(ARROWS[i].reaches, to);
	return false;
}

static void check_own_include(Lint *l, const File *f, size_t line, Str header)
{
	Str from = room_of(f->path), to = room_of(header);
	bool statements = ends(header, "_sql.h"), page = ends(header, "_html.h");
	if (str_eq_z(from, "tests") || str_eq_z(from, "bench"))
		return;
	if (statements || page) {
		Str stem = str_sub(header, 0, header.len - (statements ? 6 : 7));
		const File *source =
			file_named(l, str_printf(l->arena, "%.*s.%s", STR_ARG(stem), statements ? "sql" : "html"));
		if (source == NULL) {
			complain(l, f, line, "made from no file that is here", header);
			return;
		}
		if (statements && !str_eq(folder_of(source->path), folder_of(f->path)))
			complain(l, f, line, "statements belong to the folder they stand in; call its functions",
				 header);
		to = room_of(source->path);
	} else if (str_find(header, '/', 0) == SIZE_MAX) {
		if (str_eq_z(from, "tools"))
			return;
		to = from; /* made by the build beside the room that includes it */
	}
	if (!reaches(from, to))
		complain(l, f, line, "this folder may not include", header);
}

static void check_library_include(Lint *l, const File *f, size_t line, Str header)
{
	for (size_t i = 0; i < sizeof OWNED / sizeof *OWNED; i++)
		if (str_eq_z(header, OWNED[i].header) && starts(f->path, "src/") && !starts(f->path, OWNED[i].place))
			complain(l, f, line, "this library is known in one place alone", str_of(OWNED[i].place));
}

static void check_includes(Lint *l, const File *f)
{
	Str rest = f->bytes, text;
	size_t line = 0;
	while (str_split(&rest, '\n', &text)) {
		line++;
		if (!starts(text, "#include "))
			continue;
		Str name = str_trim(str_sub(text, 9, text.len));
		size_t end = str_find(name, name.len > 0 && name.ptr[0] == '<' ? '>' : '"', 1);
		Str header = end == SIZE_MAX ? STR("") : str_sub(name, 1, end);
		if (header.len > 0 && name.ptr[0] == '<')
			check_library_include(l, f, line, header);
		else if (header.len > 0)
			check_own_include(l, f, line, header);
	}
}

/* Functions and statements ------------------------------------------------------------------------------------- */

static void check_call(Lint *l, const File *f, size_t line, Str name)
{
	for (size_t i = 0; i < sizeof FORBIDDEN / sizeof *FORBIDDEN; i++)
		if (str_eq_z(name, FORBIDDEN[i].name))
			complain(l, f, line, str_z(l->arena, name), str_of(FORBIDDEN[i].why));
	for (size_t i = 0; i < sizeof AT_HOME / sizeof *AT_HOME; i++)
		if (str_eq_z(name, AT_HOME[i].name) && starts(f->path, "src/") &&
		    !listed(AT_HOME[i].homes, room_of(f->path)))
			complain(l, f, line, str_z(l->arena, name), str_of(AT_HOME[i].why));
}

/* Macros that evaluate their argument more than once: a call in it is made as often. */
static void check_repeated(Lint *l, const File *f, size_t line, Str from_name)
{
	int depth = 0;
	if (!starts(from_name, "STR_ARG("))
		return;
	for (size_t i = strlen("STR_ARG"); i < from_name.len; i++) {
		char ch = from_name.ptr[i];
		depth += ch == '(' ? 1 : ch == ')' ? -1 : 0;
		if (depth == 0)
			return;
		if (ch == '(' && depth > 1 && word_char(from_name.ptr[i - 1])) {
			complain(l, f, line, "STR_ARG",
				 STR("evaluates its argument three times: give it a value, no call"));
			return;
		}
	}
}

static void check_literal(Lint *l, const File *f, size_t line, Str from_quote)
{
	Str text = str_sub(from_quote, 1, from_quote.len);
	for (size_t i = 0; i < sizeof SQL_BEGINNINGS / sizeof *SQL_BEGINNINGS; i++)
		if (starts(text, SQL_BEGINNINGS[i]) && starts(f->path, "src/") && !starts(f->path, "src/db/"))
			complain(l, f, line, "a statement in C: put it into a .sql file", str_of(SQL_BEGINNINGS[i]));
}

/* Every name that is called, and every literal that begins. */
static void check_code(Lint *l, const File *f)
{
	size_t line = 1;
	bool inside = false; /* between two quotes */
	for (size_t i = 0; i < f->code.len; i++) {
		char ch = f->code.ptr[i];
		line += ch == '\n';
		if (ch == '"') {
			if (!inside)
				check_literal(l, f, line, str_sub(f->bytes, i, f->bytes.len));
			inside = !inside;
		}
		if (!word_char(ch) || isdigit((unsigned char)ch))
			continue;
		size_t end = i;
		while (end < f->code.len && word_char(f->code.ptr[end]))
			end++;
		size_t paren = end;
		while (paren < f->code.len && f->code.ptr[paren] == ' ')
			paren++;
		bool member = i > 0 && (f->code.ptr[i - 1] == '.' || f->code.ptr[i - 1] == '>');
		if (paren < f->code.len && f->code.ptr[paren] == '(' && !member)
			check_call(l, f, line, str_sub(f->code, i, end));
		check_repeated(l, f, line, str_sub(f->code, i, f->code.len));
		i = end - 1;
	}
}

/* The build ---------------------------------------------------------------------------------------------------- */

/* A source that no meson.build names is compiled by nobody. It is named with or without its ending: by its name alone
 * beside it ('date.c'), by more of its path anywhere ('base/date', '../src/base/date.c'). */
static bool is_built(const Lint *l, const File *source)
{
	for (size_t i = 0; i < l->count; i++) {
		const File *f = &l->files[i];
		if (!ends(f->path, "meson.build"))
			continue;
		bool beside = str_eq(folder_of(f->path), folder_of(source->path));
		for (Str rest = source->path; rest.len > 0;) {
			size_t slash = str_find(rest, '/', 0);
			Str stem = str_sub(rest, 0, rest.len - 2);
			if ((beside || slash != SIZE_MAX) &&
			    (contains(f->bytes, str_printf(l->arena, "%.*s'", STR_ARG(rest))) ||
			     contains(f->bytes, str_printf(l->arena, "'%.*s'", STR_ARG(stem)))))
				return true;
			rest = slash == SIZE_MAX ? STR("") : str_sub(rest, slash + 1, rest.len);
		}
	}
	return false;
}

int main(int argc, char **argv)
{
	if (argc > 1 && chdir(argv[1]) != 0) {
		fprintf(stderr, "lint: no such folder: %s\n", argv[1]);
		return 4;
	}
	Lint l = { .arena = arena_new() };
	l.files = ARENA_ARRAY(l.arena, FILES_MOST, File);
	collect(&l);
	qsort(l.files, l.count, sizeof *l.files, by_path);
	for (size_t i = 0; i < l.count; i++) {
		const File *f = &l.files[i];
		check_lines(&l, f);
		if (!is_c(f))
			continue;
		check_includes(&l, f);
		check_code(&l, f);
		check_function_length(&l, f);
		if (ends(f->path, ".h") && !starts(f->path, "tests/"))
			check_header(&l, f);
		if (ends(f->path, ".c") && !is_built(&l, f))
			complain(&l, f, 1, "no meson.build names this file", STR_NONE);
	}
	size_t found = l.found;
	arena_free(l.arena);
	return found > 0 ? 1 : 0;
}
