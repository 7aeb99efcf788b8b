/* search: how fast records are taken into the index of a database, and found.
 *
 *     search FOLDER DOCUMENTS TEXT WORDS
 *
 * A new SQLite database in FOLDER takes in DOCUMENTS records of a title (5 words) and two sentences (30 words), with a
 * year and a municipality as facets, JOB_RECORDS to a commit. Words are those of TEXT as they follow one another, every
 * eighth one any of WORDS (one to a line), so that some stand in nearly every record and some in one. Then it is asked:
 * one or two words, a quotation, the beginning of a word, a misspelt one; the first page of ten with the counts of the
 * municipalities. Prints one line: records a second, megabytes of the database, median, 99 % and most of all questions
 * in ms, median and 99 % of those of plain words, the longest commit in ms, and the greatest memory in MB. */
#include "search/search.h"
#include "base/buf.h"
#include "base/file.h"
#include "db/commit.h"
#include "db/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

enum { TITLE_WORDS = 5, TEXT_WORDS = 30, JOB_RECORDS = 256, ASKED = 1000, FILE_MOST = 64 << 20, WORDS_MOST = 1 << 20 };

extern const DbMigrations db_migrations;

static const SearchCollection projects = { "project", 2, { 3, 1 } };

typedef struct {
	Str *at;
	size_t n;
} Words;

typedef struct {
	Ctx c;
	Words text, any;
	Random random;
} Bench;

static _Noreturn void die(const char *what, Str why)
{
	fprintf(stderr, "search: %s: %.*s\n", what, STR_ARG(why));
	exit(1);
}

static double milliseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static size_t below(Bench *b, size_t n)
{
	return (size_t)random_below(&b->random, n);
}

static Words read_words(Ctx *c, const char *path)
{
	Words w = { ARENA_ARRAY(c->arena, WORDS_MOST, Str), 0 };
	Str rest, line, word;
	if (file_read(c, str_of(path), FILE_MOST, &rest) != OK)
		die(path, STR("cannot be read"));
	while (str_split(&rest, '\n', &line))
		while (str_split(&line, ' ', &word))
			if (word.len > 0 && w.n < WORDS_MOST)
				w.at[w.n++] = word;
	if (w.n < TEXT_WORDS)
		die(path, STR("too few words"));
	return w;
}

static Str some_text(Bench *b, Arena *a, size_t words)
{
	Buf *text = buf_new(a, 1 << 16);
	size_t at = below(b, b->text.n - words);
	for (size_t i = 0; i < words; i++) {
		Str word = below(b, 8) == 0 ? b->any.at[below(b, b->any.n)] : b->text.at[at + i];
		if (i > 0)
			buf_char(text, ' ');
		buf_str_add(text, word);
	}
	return buf_str(text);
}

typedef struct {
	Bench *bench;
	size_t first, n;
} Job;

static Err put_some(Ctx *c, void *arg)
{
	const Job *job = arg;
	SearchRecord *records = ARENA_ARRAY(c->arena, job->n, SearchRecord);
	for (size_t i = 0; i < job->n; i++) {
		SearchRecord r = { .facet_count = 2 };
		size_t number = job->first + i;
		memcpy(r.record.b, &number, sizeof number);
		r.record.b[15] = 1;
		r.texts[0] = some_text(job->bench, c->arena, TITLE_WORDS);
		r.texts[1] = some_text(job->bench, c->arena, TEXT_WORDS);
		r.facets[0] = str_printf(c->arena, "municipality=%zu", below(job->bench, 98));
		r.facets[1] = str_printf(c->arena, "year=%zu", 2005 + below(job->bench, 20));
		records[i] = r;
	}
	RETURN_IF_ERR(search_put(c, &projects, records, job->n));
	return commit_audit(c, &(AuditEvent){ .action = STR("bench.put"), .outcome = AUDIT_DONE });
}

static double put_all(Bench *b, size_t n, double *longest)
{
	double start = milliseconds();
	for (size_t i = 0; i < n; i += JOB_RECORDS) {
		Job job = { b, i, n - i < JOB_RECORDS ? n - i : JOB_RECORDS };
		double from = milliseconds();
		if (commit_run(&b->c, put_some, &job) != OK)
			die("put", b->c.why);
		double took = milliseconds() - from;
		*longest = took > *longest ? took : *longest;
		ctx_clear(&b->c);
	}
	return (double)n * 1e3 / (milliseconds() - start);
}

static Str question(Bench *b, Arena *a, int kind)
{
	size_t at = below(b, b->text.n - 1);
	Str first = b->text.at[at], second = b->text.at[at + 1], rare = b->any.at[below(b, b->any.n)];
	Str beginning = str_sub(rare, 0, rare.len < 4 ? rare.len : 4);
	switch (kind) {
	case 0: return str_printf(a, "\"%.*s %.*s\"", STR_ARG(first), STR_ARG(second));
	case 1: return str_printf(a, "%.*s*", STR_ARG(beginning));
	case 2: return str_printf(a, "%.*sxq", STR_ARG(rare));
	case 3:
	case 4: return first;
	default: return str_printf(a, "%.*s %.*s", STR_ARG(first), STR_ARG(rare));
	}
}

static int by_size(const void *a, const void *b)
{
	const double *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

/* Questions of kinds `first` to `last`: their times, sorted. */
static void ask(Bench *b, int first, int last, double *times)
{
	for (size_t i = 0; i < ASKED; i++) {
		SearchAnswer answer;
		Str text = question(b, b->c.arena, first + (int)(i % (size_t)(last - first + 1)));
		SearchAsk asked = { .text = text, .counts = STR("municipality="), .most = 10 };
		double from = milliseconds();
		if (db_begin_read(&b->c) != OK || search_find(&b->c, &projects, &asked, &answer) != OK)
			die("ask", b->c.why);
		db_end_read(&b->c);
		times[i] = milliseconds() - from;
		ctx_clear(&b->c);
	}
	qsort(times, ASKED, sizeof *times, by_size);
}

int main(int argc, char **argv)
{
	static Bench b;
	static double mixed[ASKED], plain[ASKED];
	int64_t documents = 0;
	struct rusage used;
	struct stat file;
	if (argc != 5 || !str_to_int(str_of(argv[2]), &documents) || documents < 1) {
		fputs("usage: search FOLDER DOCUMENTS TEXT WORDS\n", stderr);
		return 2;
	}
	Ctx kept; /* for what lasts */
	ctx_init(&kept);
	ctx_init(&b.c);
	b.c.tenant.v.b[0] = 1;
	random_seed(&b.random, 7);
	b.text = read_words(&kept, argv[3]);
	b.any = read_words(&kept, argv[4]);
	Str path = str_printf(kept.arena, "%s/search.db", argv[1]);
	if (db_open(&b.c, str_printf(kept.arena, "sqlite:%.*s", STR_ARG(path)), NULL, &b.c.db) != OK ||
	    db_migrate(&b.c, b.c.db, &db_migrations) != OK || commit_start(&b.c, b.c.db) != OK)
		die(argv[1], b.c.why);
	double longest = 0, rate = put_all(&b, (size_t)documents, &longest);
	ask(&b, 0, 9, mixed);
	ask(&b, 3, 9, plain);
	getrusage(RUSAGE_SELF, &used);
	if (stat(str_z(kept.arena, path), &file) != 0)
		die("search.db", STR("is not there"));
	printf("%.0f %.0f %.2f %.2f %.2f %.2f %.2f %.1f %.0f\n", rate, (double)file.st_size / 1e6, mixed[ASKED / 2],
	       mixed[ASKED / 100 * 99], mixed[ASKED - 1], plain[ASKED / 2], plain[ASKED / 100 * 99], longest,
	       (double)used.ru_maxrss / 1024);
	db_close(b.c.db);
	ctx_release(&b.c);
	ctx_release(&kept);
	return 0;
}
