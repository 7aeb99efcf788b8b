#include "text/index.h"

#include "text/distance.h"
#include "text/snippet.h"
#include "text/suggest.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
	Ctx c;
	Index *index;
} Shelf;

/* Four books; the numbers are those of the order. */
static int make(void **state)
{
	static const double weights[] = { 3, 1 };
	static const char *const books[][2] = {
		{ "Virksomhedspraktik", "Unge prøver et arbejde i en virksomhed." },
		{ "Praktik på skolen", "En praktik er ikke et job. Praktikken varer en uge." },
		{ "Mentorordninger", "En mentor hjælper unge ledige i gang med et fleksjob." },
		{ "Sorg", "Bøger om at miste, på Aarhus Bibliotek" },
	};
	static Shelf s;
	ctx_init(&s.c);
	s.index = index_new(s.c.arena, 2, weights);
	for (size_t i = 0; i < sizeof books / sizeof books[0]; i++) {
		(void)index_add_document(s.index);
		index_add_text(s.index, 0, str_of(books[i][0]));
		index_add_text(s.index, 1, str_of(books[i][1]));
	}
	*state = &s;
	return 0;
}

static int drop(void **state)
{
	Shelf *s = *state;
	ctx_release(&s->c);
	return 0;
}

static BestHits ask(Shelf *s, const char *text)
{
	Query q;
	Hits hits = { .arena = s->c.arena };
	query_parse(index_analyser(s->index), str_of(text), &q);
	PostingSource source = index_source(s->index);
	assert_int_equal(score_query(&s->c, &source, &q, STR_NONE, (HitSink){ hits_take, &hits }), OK);
	BestHits best = best_hits(s->c.arena, hits.n);
	for (size_t i = 0; i < hits.n; i++)
		best_hits_take(&best, &hits.at[i]);
	best_hits_sort(&best);
	return best;
}

/* `books` are the numbers of those that answer, the best first: "20". */
static void assert_answer(Shelf *s, const char *text, const char *books)
{
	char said[8] = "";
	BestHits hits = ask(s, text);
	for (size_t i = 0; i < hits.n; i++)
		said[i] = (char)('0' + (int)hits.at[i].document);
	assert_string_equal(said, books);
}

static void words_are_found_in_all_their_forms(void **state)
{
	assert_answer(*state, "bog", "3");
	assert_answer(*state, "BIBLIOTEKET", "3");
	assert_answer(*state, "Århus", "3");
	assert_answer(*state, "mentorer", "2");
	assert_answer(*state, "hjaelpe", "2");
	assert_answer(*state, "regnbue", "");
}

static void a_part_of_a_compound_counts_less_than_the_word(void **state)
{
	assert_answer(*state, "praktik", "10");
	assert_answer(*state, "virksomhedspraktik", "01");
	assert_answer(*state, "job", "12");
	assert_answer(*state, "mentorordning", "2");
}

static void small_words_count_only_where_there_is_nothing_else(void **state)
{
	assert_answer(*state, "sorg er ikke at", "3");
	assert_answer(*state, "ikke", "1");
	assert_answer(*state, " , . ", "");
}

static void quoted_words_stand_side_by_side_as_written(void **state)
{
	assert_answer(*state, "\"unge ledige\"", "2");
	assert_answer(*state, "\"ledige unge\"", "");
	assert_answer(*state, "„en mentor“", "2");
	assert_answer(*state, "\"en mentor\" \"et job\"", "");
	assert_answer(*state, "\"et fleksjob\" \"en mentor\"", "2");
	assert_answer(*state, "\"unge", "02");                    /* not closed; the shorter text first */
	assert_answer(*state, "\"virksomhedspraktik unge\"", ""); /* not from one field into the next */
}

static void a_star_lets_a_word_go_on(void **state)
{
	assert_answer(*state, "ment*", "2");
	assert_answer(*state, "bibl*", "3");
	assert_answer(*state, "xyz*", "");
}

/* By hand: "sorg" stands once, in the title of one document of four. N = 4, df = 1: idf = ln(1 + 3.5/1.5) = 1.203973.
 * Titles have 1, 3, 1, 1 words, mean 1.5; length 1: 1 - 0.75 + 0.75 · 1/1.5 = 0.75; tf = 3 · 1 / 0.75 = 4;
 * 4 · 2.2 / (4 + 1.2) = 1.692308. As written (0.4) and as stem (1): 1.4 · 1.203973 · 1.692308 = 2.852490. */
static void the_score_is_that_of_the_formula(void **state)
{
	BestHits hits = ask(*state, "sorg");
	assert_int_equal(hits.n, 1);
	assert_true(fabs(hits.at[0].score - 1.4 * log(1 + 3.5 / 1.5) * 4 * 2.2 / 5.2) < 1e-12);
	assert_true(fabs(hits.at[0].score - 2.852490) < 1e-5);
}

static void equal_scores_come_in_the_order_of_the_documents(void **state)
{
	static const double weights[] = { 1 };
	Shelf *s = *state;
	Shelf twins = { .c = s->c, .index = index_new(s->c.arena, 1, weights) };
	for (int i = 0; i < 3; i++) {
		(void)index_add_document(twins.index);
		index_add_text(twins.index, 0, STR("samme ord"));
	}
	assert_answer(&twins, "ord", "012");
}

static void a_quotation_does_not_reach_from_one_piece_to_the_next(void **state)
{
	static const double weights[] = { 1 };
	Shelf *s = *state;
	Shelf pieces = { .c = s->c, .index = index_new(s->c.arena, 1, weights) };
	(void)index_add_document(pieces.index);
	index_add_text(pieces.index, 0, STR("unge ledige"));
	index_add_text(pieces.index, 0, STR("mænd"));
	assert_answer(&pieces, "\"unge ledige\"", "0");
	assert_answer(&pieces, "\"ledige mænd\"", "");
}

static void assert_distance(const char *a, const char *b, int distance)
{
	Spelling x = spelling_of(str_of(a)), y = spelling_of(str_of(b));
	assert_int_equal(spelling_distance(&x, &y, 2), distance);
	assert_int_equal(spelling_distance(&y, &x, 2), distance);
}

static void slips_of_the_pen_are_counted_by_letters(void **state)
{
	(void)state;
	assert_distance("mentor", "mentor", 0);
	assert_distance("mentor", "metnor", 1);
	assert_distance("mentor", "mentr", 1);
	assert_distance("mentor", "menntor", 1);
	assert_distance("køb", "køø", 1);
	assert_distance("køb", "kab", 1);
	assert_distance("mentor", "metnorr", 2);
	assert_distance("mentor", "tormen", 3);
	assert_distance("", "ab", 2);
	assert_distance("", "abc", 3);
}

static Str suggest(Shelf *s, const char *word)
{
	PostingSource source = index_source(s->index);
	Str meant;
	assert_int_equal(suggest_word(&s->c, &source, analyse_word(index_analyser(s->index), str_of(word)), &meant),
			 OK);
	return meant;
}

static void a_misspelt_word_is_mended_by_one_of_the_index(void **state)
{
	assert_true(str_eq_z(suggest(*state, "virksomhedspraktk"), "virksomhedspraktik"));
	assert_true(str_eq_z(suggest(*state, "biblotek"), "bibliotek"));
	assert_true(str_is_none(suggest(*state, "mentor")));   /* stands there */
	assert_true(str_is_none(suggest(*state, "håndbold"))); /* a word, though it does not */
	assert_true(str_is_none(suggest(*state, "qwrtpsdfg")));
}

static const char *snippet(Shelf *s, const char *query, const char *text)
{
	Query q;
	Buf *b = buf_new(s->c.arena, 4096);
	query_parse(index_analyser(s->index), str_of(query), &q);
	(void)snippet_put(index_analyser(s->index), &q, str_of(text), STR("["), STR("]"), b);
	Str made = buf_str(b);
	return str_z(s->c.arena, made);
}

static void a_snippet_shows_what_was_asked_for(void **state)
{
	assert_string_equal(snippet(*state, "job unge", "Unge får  et\nfleksjob."), "[Unge] får et [fleksjob].");
	assert_string_equal(snippet(*state, "sorg", "Ingen her."), "Ingen her.");
	assert_string_equal(snippet(*state, "sorg", ""), "");
	assert_string_equal(
		snippet(*state, "z", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 æ ø, å. z!"),
		"… 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 æ ø, å. [z]!");
	assert_string_equal(snippet(*state, "a", "a 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25"),
			    "[a] 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 …");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_in_all_their_forms),
		cmocka_unit_test(a_part_of_a_compound_counts_less_than_the_word),
		cmocka_unit_test(small_words_count_only_where_there_is_nothing_else),
		cmocka_unit_test(quoted_words_stand_side_by_side_as_written),
		cmocka_unit_test(a_star_lets_a_word_go_on),
		cmocka_unit_test(the_score_is_that_of_the_formula),
		cmocka_unit_test(equal_scores_come_in_the_order_of_the_documents),
		cmocka_unit_test(a_quotation_does_not_reach_from_one_piece_to_the_next),
		cmocka_unit_test(slips_of_the_pen_are_counted_by_letters),
		cmocka_unit_test(a_misspelt_word_is_mended_by_one_of_the_index),
		cmocka_unit_test(a_snippet_shows_what_was_asked_for),
	};
	return cmocka_run_group_tests(tests, make, drop);
}
