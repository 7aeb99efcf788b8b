#include "text/index.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PAGES_MOST = 64 };

/* Pages as a database would keep them. */
typedef struct {
	Ctx c;
	struct {
		Str first, body;
		uint32_t piece;
	} pages[PAGES_MOST];
	size_t n;
} Kept;

static Err keep(Ctx *c, void *arg, Str first, uint32_t piece, Str page)
{
	Kept *k = arg;
	assert_true(k->n < PAGES_MOST);
	k->pages[k->n].first = str_dup(c->arena, first);
	k->pages[k->n].body = str_dup(c->arena, page);
	k->pages[k->n++].piece = piece;
	return OK;
}

static int make(void **state)
{
	static Kept k;
	k.n = 0;
	ctx_init(&k.c);
	*state = &k;
	return 0;
}

static int drop(void **state)
{
	Kept *k = *state;
	ctx_release(&k->c);
	return 0;
}

/* One posting of each document `first`, first + step, … below `behind`. */
static Postings every(Arena *a, uint32_t first, uint32_t behind, uint32_t step)
{
	size_t n = (behind - first + step - 1) / step;
	Posting *at = ARENA_ARRAY(a, n, Posting);
	uint32_t *places = ARENA_ARRAY(a, n, uint32_t);
	for (uint32_t i = 0; i < n; i++) {
		at[i] = (Posting){ .document = first + i * step, .field = i % 4, .count = 1, .length = i, .place = i };
		places[i] = i * 3;
	}
	return (Postings){ at, n, places };
}

/* By hand: the word "ab" in documents 10 (field 0, twice, at places 1 and 4, of 5 words) and 12 (field 1, once, at 300,
 * of 400), counted from document 10; then "ac" of the vocabulary. */
static void a_page_is_as_its_header_says(void **state)
{
	Kept *k = *state;
	PageWriter w;
	const uint32_t places[] = { 1, 4, 300 };
	const Posting at[] = { { 10, 0, 2, 5, 0 }, { 12, 1, 1, 400, 2 } };
	char room[PAGE_KEY_MOST];
	page_writer_init(&w, k->c.arena, keep, k);
	page_begin(&w, page_key(KEY_WORD, STR("ab"), room));
	page_add(&w, &(Postings){ at, 2, places }, 10);
	assert_int_equal(page_end(&k->c, &w), OK);
	page_begin(&w, page_key(KEY_VOCABULARY, STR("ac"), room));
	assert_int_equal(page_end(&k->c, &w), OK);
	assert_int_equal(page_flush(&k->c, &w), OK);
	assert_int_equal(k->n, 1);
	static const char expected[] =
		"\x00\x03\x00"
		"ab\x02\x06\x04"   /* nothing shared, three bytes; last document 2; 6 and 4 bytes */
		"\x01\x00\x05"     /* 0 on, field 0, more than once: twice; 5 words */
		"\x12\x90\x03"     /* 2 on, field 1, once; 400 words */
		"\x01\x03\xAC\x02" /* at 1, 3 further; at 300 */
		"\x00\x03\x04"
		"ac\x00\x00\x00";
	assert_int_equal(k->pages[0].body.len, sizeof expected - 1);
	assert_memory_equal(k->pages[0].body.ptr, expected, sizeof expected - 1);
}

/* All postings of a key, read from what is kept, against those that were put. */
static void assert_read(Kept *k, Str key, uint32_t first, const Postings *put)
{
	size_t seen = 0;
	for (size_t i = 0; i < k->n; i++) {
		PageReader r = page_reader(k->pages[i].body);
		for (Entry e; page_next(&r, &e);) {
			if (!str_eq(e.key, key))
				continue;
			Posting *at = ARENA_ARRAY(k->c.arena, put->n, Posting);
			uint32_t *places = ARENA_ARRAY(k->c.arena, put->n, uint32_t);
			PostingReader p = posting_reader(e.postings, first);
			size_t n = posting_next(&p, at, put->n);
			assert_true(n > 0 && seen + n <= put->n && posting_places(e.places, at, n, places, n));
			for (size_t j = 0; j < n; j++) {
				const Posting *is = &at[j], *was = &put->at[seen + j];
				assert_int_equal(is->document, was->document);
				assert_int_equal(is->field, was->field);
				assert_int_equal(is->count, was->count);
				assert_int_equal(is->length, was->length);
				assert_int_equal(places[is->place], put->places[was->place]);
			}
			seen += n;
		}
		assert_false(r.broken);
	}
	assert_int_equal(seen, put->n);
}

static void a_key_of_many_documents_fills_pages_of_its_own(void **state)
{
	Kept *k = *state;
	PageWriter w;
	char room[PAGE_KEY_MOST];
	Postings few = every(k->c.arena, 0, 30, 3), many = every(k->c.arena, 0, 60000, 2);
	page_writer_init(&w, k->c.arena, keep, k);
	page_begin(&w, page_key(KEY_WORD, STR("a"), room));
	page_add(&w, &few, 0);
	assert_int_equal(page_end(&k->c, &w), OK);
	page_begin(&w, page_key(KEY_WORD, STR("b"), room));
	for (size_t i = 0; i < many.n; i += 1000) { /* as segments that are merged would give them */
		Postings some = { many.at + i, 1000, many.places };
		page_add(&w, &some, 0);
		assert_int_equal(page_part(&k->c, &w), OK);
	}
	assert_int_equal(page_end(&k->c, &w), OK);
	page_begin(&w, page_key(KEY_WORD, STR("c"), room));
	page_add(&w, &few, 0);
	assert_int_equal(page_end(&k->c, &w), OK);
	assert_int_equal(page_flush(&k->c, &w), OK);
	assert_true(k->n > 4);
	for (size_t i = 1; i + 1 < k->n; i++) {
		assert_int_equal(k->pages[i].piece, i - 1);
		assert_true(str_eq(k->pages[i].first, page_key(KEY_WORD, STR("b"), room)));
	}
	assert_read(k, page_key(KEY_WORD, STR("a"), room), 0, &few);
	assert_read(k, page_key(KEY_WORD, STR("b"), room), 0, &many);
	assert_read(k, page_key(KEY_WORD, STR("c"), room), 0, &few);
}

static void segments_are_joined_by_their_bytes(void **state)
{
	Kept *k = *state;
	PageWriter w;
	char room[PAGE_KEY_MOST];
	Str key = page_key(KEY_WORD, STR("a"), room);
	Postings all = every(k->c.arena, 7, 1007, 5);
	page_writer_init(&w, k->c.arena, keep, k);
	for (size_t half = 0; half < 2; half++) {
		Postings some = { all.at + half * 100, 100, all.places };
		page_begin(&w, key);
		page_add(&w, &some, half == 0 ? 7 : 500);
		assert_int_equal(page_end(&k->c, &w), OK);
		assert_int_equal(page_flush(&k->c, &w), OK);
	}
	assert_int_equal(k->n, 2);
	page_begin(&w, key);
	for (size_t half = 0; half < 2; half++) {
		PageReader r = page_reader(k->pages[half].body);
		Entry e;
		assert_true(page_next(&r, &e));
		assert_true(page_join(&w, &e, half == 0 ? 0 : 500 - 7));
	}
	assert_int_equal(page_end(&k->c, &w), OK);
	k->n = 0;
	assert_int_equal(page_flush(&k->c, &w), OK);
	assert_read(k, key, 7, &all);
}

static void what_no_writer_wrote_is_broken(void **state)
{
	static const struct {
		const char *page;
		size_t n;
	} bad[] = {
		{ "\x01\x01x\x00\x00\x00", 6 },                  /* shares with nothing */
		{ "\x00\x00\x00\x00\x00", 5 },                   /* no key */
		{ "\x00\x02x", 3 },                              /* letters are missing */
		{ "\x00\x01x\x00\x05\x00", 6 },                  /* postings are missing */
		{ "\x00\x01x\xFF\xFF\xFF\xFF\x7F\x00\x00", 10 }, /* a number above 32 bits */
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		PageReader r = page_reader((Str){ bad[i].page, bad[i].n });
		Entry e;
		assert_false(page_next(&r, &e));
		assert_true(r.broken);
	}
	Posting at[4];
	PostingReader r = posting_reader(STR("\x08\x01\x08"), 0); /* a length is missing */
	assert_int_equal(posting_next(&r, at, 4), 0);
	assert_true(r.broken);
	r = posting_reader(STR("\xF8\xFF\xFF\xFF\x7F\x01"), 0xFFFFFFF0u); /* no such document */
	assert_int_equal(posting_next(&r, at, 4), 0);
	assert_true(r.broken);
	at[0].count = 3;
	uint32_t places[4];
	assert_false(posting_places(STR("\x01\x01"), at, 1, places, 4));
	assert_false(posting_places(STR("\x01\x01\x01"), at, 1, places, 2));
	assert_false(posting_places(STR("\x01\x01\x01\x01"), at, 1, places, 4));
	assert_true(posting_places(STR("\x01\x01\x01"), at, 1, places, 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_page_is_as_its_header_says, make, drop),
		cmocka_unit_test_setup_teardown(a_key_of_many_documents_fills_pages_of_its_own, make, drop),
		cmocka_unit_test_setup_teardown(segments_are_joined_by_their_bytes, make, drop),
		cmocka_unit_test(what_no_writer_wrote_is_broken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
