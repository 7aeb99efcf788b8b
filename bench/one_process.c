/* one_process: three analyses of three files at once, in one process.
 *
 *     one_process CONTACTS.csv SPELLS.csv ANSWERS.csv
 *
 * Contacts by kind and month, Kaplan and Meier's curves of spells, and frequencies of five answers, as `rampe table`
 * and `rampe stats survival` make them, each from its file to the text of its answer; the first in a thread, the others
 * after each other in a second one. Prints seconds from the start of the work to its end, the processor's seconds, and
 * the process's largest resident size in MB. */
#include "analysis/analysis.h"
#include "analysis/table.h"
#include "base/file.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

enum { ANSWERS = 5 };

typedef struct {
	const char *contacts, *spells, *answers; /* none: NULL */
	size_t bytes;                            /* of what was answered; 0: something failed */
} Work;

static Err table_of(Ctx *c, const char *path, const Str *by, size_t n, size_t *bytes)
{
	Str file;
	Csv csv;
	TableSet set;
	RETURN_IF_ERR(file_read(c, str_of(path), csv_limits.bytes, &file));
	RETURN_IF_ERR(csv_open(c, file, NULL, &csv));
	RETURN_IF_ERR(tables_read(&csv, by, n, STR_NONE, &set));
	Buf *out = buf_new(c->arena, ANALYSIS_PRINT_MOST);
	for (size_t i = 0; i < set.n; i++)
		table_put_text(c, &set, &set.tables[i], out);
	*bytes += out->len;
	return OK;
}

static Err survival_of(Ctx *c, const char *path, size_t *bytes)
{
	Str file;
	Analysis a = { .c = c, .kind = &analysis_survival, .json = true };
	RETURN_IF_ERR(file_read(c, str_of(path), csv_limits.bytes, &file));
	RETURN_IF_ERR(csv_open(c, file, NULL, &a.csv));
	a.out = buf_new(c->arena, ANALYSIS_PRINT_MOST);
	a.w = json_writer(a.out);
	RETURN_IF_ERR(a.kind->run(&a));
	*bytes += a.out->len;
	return OK;
}

static void *work(void *of)
{
	static const Str by_month[] = { { STR_LIT("kind,month(day)") } };
	static const Str by_answer[ANSWERS] = {
		{ STR_LIT("q1") }, { STR_LIT("q2") }, { STR_LIT("q3") }, { STR_LIT("q4") }, { STR_LIT("q5") }
	};
	Work *w = of;
	Ctx c;
	Err e = OK;
	ctx_init(&c);
	if (w->contacts != NULL)
		e = table_of(&c, w->contacts, by_month, 1, &w->bytes);
	if (e == OK && w->spells != NULL)
		e = survival_of(&c, w->spells, &w->bytes);
	if (e == OK && w->answers != NULL)
		e = table_of(&c, w->answers, by_answer, ANSWERS, &w->bytes);
	if (e != OK)
		w->bytes = 0;
	ctx_release(&c);
	return NULL;
}

static double seconds(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return fputs("one_process CONTACTS.csv SPELLS.csv ANSWERS.csv\n", stderr), 2;
	double start = seconds(CLOCK_MONOTONIC);
	Work first = { .contacts = argv[1] }, second = { .spells = argv[2], .answers = argv[3] };
	pthread_t other;
	struct rusage used;
	if (pthread_create(&other, NULL, work, &second) != 0)
		return 1;
	work(&first);
	pthread_join(other, NULL);
	if (first.bytes == 0 || second.bytes == 0)
		return fputs("one_process: a file cannot be read\n", stderr), 1;
	getrusage(RUSAGE_SELF, &used);
	printf("%.3f %.3f %.1f\n", seconds(CLOCK_MONOTONIC) - start, seconds(CLOCK_PROCESS_CPUTIME_ID),
	       (double)used.ru_maxrss / 1024);
	return 0;
}
