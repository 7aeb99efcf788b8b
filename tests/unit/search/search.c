/* The index in the database, on both engines: whatever is put, changed and removed, it answers as one in memory that
 * was made of the living records alone, to the last bit of the scores. */
#include "search/search.h"

#include "database.h"
#include "db/commit.h"
#include "text/index.h"
#include "text/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

extern const DbMigrations db_migrations;

static const SearchCollection shelf = { "shelf", 2, { 3, 1 } };
static Database database;

static void ok(Err e)
{
	if (e != OK)
		print_error("%.*s\n", STR_ARG(database.c.why));
	assert_int_equal(e, OK);
}

static int set_up(void **state)
{
	(void)state;
	database_make(&database, on_pg, &db_migrations);
	return commit_start(&database.c, database.db) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	database_remove(&database);
	return 0;
}

static Uuid record_of(uint32_t n)
{
	Uuid u = { .b = { 1 } };
	for (size_t i = 0; i < 4; i++)
		u.b[15 - i] = (unsigned char)(n >> (8 * i));
	return u;
}

static uint32_t number_of(Uuid u)
{
	uint32_t n = 0;
	for (size_t i = 0; i < 4; i++)
		n |= (uint32_t)u.b[15 - i] << (8 * i);
	return n;
}

/* Some records to put (none: to remove), in one job. */
typedef struct {
	const SearchRecord *at;
	const bool *removed;
	size_t n;
	bool fails;
} Change;

static Err change(Ctx *c, void *arg)
{
	const Change *change = arg;
	for (size_t i = 0, n; i < change->n; i += n) {
		bool removed = change->removed != NULL && change->removed[i];
		for (n = 1; i + n < change->n && change->removed != NULL && change->removed[i + n] == removed; n++)
			;
		if (!removed)
			RETURN_IF_ERR(search_put(c, &shelf, &change->at[i], n));
		for (size_t k = 0; removed && k < n; k++)
			RETURN_IF_ERR(search_remove(c, &shelf, change->at[i + k].record));
	}
	RETURN_IF_ERR(commit_audit(c, &(AuditEvent){ .action = STR("test.put"), .outcome = AUDIT_DONE }));
	return change->fails ? ERR_CONFLICT : OK;
}

static void put(uint32_t n, const char *title, const char *text, const char *facet)
{
	SearchRecord r = { record_of(n), { str_of(title), str_of(text) }, { str_of(facet) }, 1 };
	ok(commit_run(&database.c, change, &(Change){ &r, NULL, 1, false }));
}

static SearchAnswer find(const SearchAsk *ask)
{
	SearchAnswer answer;
	ok(db_begin_read(&database.c));
	ok(search_find(&database.c, &shelf, ask, &answer));
	db_end_read(&database.c);
	return answer;
}

/* The records that answer, the best first: "2 0". */
static const char *found(const char *text, const char *facet)
{
	static char said[200];
	SearchAnswer a = find(&(SearchAsk){ .text = str_of(text), .facet = str_of(facet), .most = 10 });
	size_t n = 0;
	said[0] = '\0';
	for (size_t i = 0; i < a.n; i++)
		n += (size_t)snprintf(said + n, sizeof said - n, i == 0 ? "%u" : " %u", number_of(a.records[i]));
	assert_int_equal(a.total, a.n);
	return said;
}

static void put_books(void)
{
	put(0, "Virksomhedspraktik", "Unge prøver et arbejde i en virksomhed.", "kind=report");
	put(1, "Praktik på skolen", "En praktik er ikke et job. Praktikken varer en uge.", "kind=book");
	put(2, "Mentorordninger", "En mentor hjælper unge ledige i gang med et fleksjob.", "kind=report");
	put(3, "Sorg", "Bøger om at miste, på Aarhus Bibliotek", "kind=book");
}

static void records_are_found_from_the_moment_they_are_stored(void **state)
{
	(void)state;
	assert_string_equal(found("praktik", ""), ""); /* no index yet */
	put_books();
	assert_string_equal(found("praktik", ""), "1 0");
	assert_string_equal(found("praktik", "kind=report"), "0");
	assert_string_equal(found("\"et job\"", ""), "1");
	assert_string_equal(found("bibl*", ""), "3");
	assert_string_equal(found("unge job", "kind=book"), "1");
	assert_string_equal(found("job", "kind=film"), "");
}

static void changed_and_removed_records_are_found_as_they_are(void **state)
{
	(void)state;
	put_books();
	put(1, "Keramik", "Ler og glasur.", "kind=course");
	assert_string_equal(found("praktik", ""), "0");
	assert_string_equal(found("keramik", "kind=book"), "");
	assert_string_equal(found("keramik", "kind=course"), "1");
	SearchRecord gone = { .record = record_of(3) };
	const bool removed = true;
	ok(commit_run(&database.c, change, &(Change){ &gone, &removed, 1, false }));
	ok(commit_run(&database.c, change, &(Change){ &gone, &removed, 1, false })); /* is not there */
	assert_string_equal(found("sorg", ""), "");
}

static void what_is_undone_was_never_indexed(void **state)
{
	(void)state;
	put_books();
	SearchRecord r = { record_of(9), { STR("Sorg og savn"), STR_NONE }, { STR_NONE }, 0 };
	assert_int_equal(commit_run(&database.c, change, &(Change){ &r, NULL, 1, true }), ERR_CONFLICT);
	ctx_clear(&database.c);
	assert_string_equal(found("savn", ""), "");
	assert_string_equal(found("sorg", ""), "3");
}

static void a_misspelt_word_is_mended_by_one_that_is_still_there(void **state)
{
	(void)state;
	put_books();
	SearchAnswer a = find(&(SearchAsk){ .text = STR("biblotek"), .most = 10 });
	assert_int_equal(a.n, 1);
	assert_true(str_eq_z(a.written[0], "biblotek"));
	assert_true(str_eq_z(a.query.words[0].word->folded, "bibliotek"));
	put(3, "Sorg", "Bøger om at miste", "kind=book");
	a = find(&(SearchAsk){ .text = STR("biblotek"), .most = 10 });
	assert_int_equal(a.n, 0);
	assert_true(str_is_none(a.written[0]));
}

static void facets_are_counted_over_all_that_answers(void **state)
{
	(void)state;
	put_books();
	SearchAnswer a = find(&(SearchAsk){ .text = STR("praktik sorg"), .counts = STR("kind="), .most = 1 });
	assert_int_equal(a.total, 3);
	assert_int_equal(a.n, 1);
	assert_int_equal(a.facet_count, 2);
	assert_true(str_eq_z(a.facets[0].value, "kind=book"));
	assert_int_equal(a.facets[0].count, 2);
	assert_true(str_eq_z(a.facets[1].value, "kind=report"));
	assert_int_equal(a.facets[1].count, 1);
	a = find(&(SearchAsk){ .text = STR("praktik"), .counts = STR("year="), .most = 1 });
	assert_int_equal(a.total, 2);
	assert_int_equal(a.facet_count, 0);
}

static void pages_follow_one_another(void **state)
{
	(void)state;
	put_books();
	SearchAnswer first = find(&(SearchAsk){ .text = STR("praktik job unge"), .most = 2 });
	SearchAnswer second = find(&(SearchAsk){ .text = STR("praktik job unge"), .skip = 2, .most = 2 });
	SearchAnswer beyond = find(&(SearchAsk){ .text = STR("praktik job unge"), .skip = 3, .most = 2 });
	assert_int_equal(first.n, 2);
	assert_int_equal(second.n, 1);
	assert_int_equal(beyond.n, 0);
	assert_int_equal(beyond.total, 3);
	assert_true(first.scores[1] >= second.scores[0]);
}

/* Random records. */
enum { RECORDS = 400, WORDS = 60, JOB = 64 };
static uint64_t chance = 1;

static uint32_t below(uint32_t n)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(chance >> 33) % n;
}

/* Frequent ones first: the square of an even chance. */
static const char *random_word(void)
{
	static const char *const words[WORDS] = { "og",
						  "i",
						  "borger",
						  "job",
						  "fleksjob",
						  "praktik",
						  "virksomhedspraktik",
						  "mentor",
						  "mentorer",
						  "kommune",
						  "kommunen",
						  "jobcenter",
						  "jobcentermedarbejder",
						  "arbejde",
						  "arbejdsmarked",
						  "unge",
						  "ledige",
						  "støtte",
						  "støtteperson",
						  "psykisk",
						  "sygdom",
						  "rehabilitering",
						  "uddannelse",
						  "uddannelsesplan",
						  "netværk",
						  "virksomhed",
						  "virksomheder",
						  "samtale",
						  "samtaler",
						  "plan",
						  "handleplan",
						  "bøger",
						  "bog",
						  "Aarhus",
						  "Århus",
						  "skole",
						  "skoler",
						  "kursus",
						  "kurser",
						  "hjælp",
						  "hjælpemiddel",
						  "projekt",
						  "projekter",
						  "metode",
						  "evaluering",
						  "effekt",
						  "resultat",
						  "resultater",
						  "indsats",
						  "indsatser",
						  "kontakt",
						  "kontaktperson",
						  "møde",
						  "møder",
						  "xylofon",
						  "qvadrat",
						  "zebra",
						  "æble",
						  "ørken",
						  "ål" };
	uint32_t n = below(WORDS * WORDS), i = 0;
	while ((i + 1) * (i + 1) <= n)
		i++;
	return words[WORDS - 1 - i];
}

static Str random_text(Arena *a, uint32_t most)
{
	Buf *b = buf_new(a, 1 << 16);
	for (uint32_t n = below(most + 1); n > 0; n--) {
		buf_z(b, random_word());
		buf_char(b, ' ');
	}
	return buf_str(b);
}

/* What is there: each record's text, and when it was put last. */
typedef struct {
	Arena *arena;
	SearchRecord records[RECORDS];
	uint32_t put[RECORDS]; /* 0: it is not there */
	uint32_t puts;
} Shelf;

static void random_job(Shelf *s)
{
	SearchRecord changed[JOB];
	bool removed[JOB];
	size_t n = 1 + below(JOB);
	for (size_t i = 0; i < n; i++) {
		uint32_t k = below(RECORDS);
		SearchRecord r = { .record = record_of(k), .facet_count = below(3) };
		r.texts[0] = random_text(s->arena, 4);
		r.texts[1] = random_text(s->arena, below(20) == 0 ? 300 : 30);
		for (size_t f = 0; f < r.facet_count; f++)
			r.facets[f] = str_printf(s->arena, "f%zu=%u", f, below(9));
		removed[i] = below(10) == 0;
		changed[i] = r;
		s->records[k] = r;
		s->put[k] = removed[i] ? 0 : ++s->puts;
	}
	ok(commit_run(&database.c, change, &(Change){ changed, removed, n, false }));
	ctx_clear(&database.c);
}

static int by_put(const void *a, const void *b, void *of)
{
	const Shelf *s = of;
	const uint32_t *left = a, *right = b;
	return s->put[*left] < s->put[*right] ? -1 : 1;
}

/* The living in an index in memory, in the order in which they were put last; records[i] is document i's. */
static Index *in_memory(Ctx *c, const Shelf *s, uint32_t records[RECORDS])
{
	Index *x = index_new(c->arena, shelf.fields, shelf.weights);
	size_t n = 0;
	for (uint32_t k = 0; k < RECORDS; k++)
		if (s->put[k] > 0)
			records[n++] = k;
	qsort_r(records, n, sizeof *records, by_put, (void *)(uintptr_t)s);
	for (size_t i = 0; i < n; i++) {
		const SearchRecord *r = &s->records[records[i]];
		(void)index_add_document(x);
		for (size_t f = 0; f < r->facet_count; f++)
			index_add_facet(x, r->facets[f]);
		index_add_text(x, 0, r->texts[0]);
		index_add_text(x, 1, r->texts[1]);
	}
	return x;
}

static Str random_query(Arena *a)
{
	switch (below(5)) {
	case 0: return str_printf(a, "%s", random_word());
	case 1: return str_printf(a, "%s*", (const char[]){ random_word()[0], random_word()[0], '\0' });
	case 2: return str_printf(a, "\"%s %s\"", random_word(), random_word());
	case 3: return str_printf(a, "%sk", random_word()); /* perhaps misspelt */
	default: return str_printf(a, "%s %s %s", random_word(), random_word(), random_word());
	}
}

static void assert_the_same(const Shelf *s)
{
	uint32_t records[RECORDS];
	Ctx *c = &database.c;
	Index *x = in_memory(c, s, records);
	PostingSource source = index_source(x);
	for (int asked = 0; asked < 20; asked++) {
		Query q;
		Hits hits = { .arena = c->arena };
		Str written[QUERY_WORDS_MOST], text = random_query(c->arena);
		query_parse(index_analyser(x), text, &q);
		ok(suggest_for_query(c, &source, index_analyser(x), &q, written));
		ok(score_query(c, &source, &q, STR_NONE, (HitSink){ hits_take, &hits }));
		BestHits best = best_hits(c->arena, hits.n);
		for (size_t i = 0; i < hits.n; i++)
			best_hits_take(&best, &hits.at[i]);
		best_hits_sort(&best);
		SearchAnswer a = find(&(SearchAsk){ .text = text, .most = RECORDS });
		assert_int_equal(a.total, hits.n);
		for (size_t i = 0; i < hits.n; i++) {
			assert_int_equal(number_of(a.records[i]), records[best.at[i].document]);
			assert_memory_equal(&a.scores[i], &best.at[i].score, sizeof(double));
		}
		for (size_t i = 0; i < q.n; i++)
			assert_true(str_eq(a.written[i], written[i]));
	}
	ctx_clear(c);
}

static void it_answers_as_an_index_in_memory_does(void **state)
{
	Shelf *s = calloc(1, sizeof *s);
	(void)state;
	assert_non_null(s);
	s->arena = arena_new();
	for (int job = 0; job < (on_pg ? 24 : 160); job++) {
		random_job(s);
		if (job % 4 == 3)
			assert_the_same(s);
	}
	arena_free(s->arena);
	free(s);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static int run_search(const char *engine)
{
	const struct CMUnitTest tests[] = {
		ON(records_are_found_from_the_moment_they_are_stored),
		ON(changed_and_removed_records_are_found_as_they_are),
		ON(what_is_undone_was_never_indexed),
		ON(a_misspelt_word_is_mended_by_one_that_is_still_there),
		ON(facets_are_counted_over_all_that_answers),
		ON(pages_follow_one_another),
		ON(it_answers_as_an_index_in_memory_does),
	};
	return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
	return on_both_engines(run_search);
}
