#include "base/buf.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Arena *arena;

static int make(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int drop(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void no_value_is_not_an_empty_text(void **state)
{
	(void)state;
	assert_true(str_is_none(STR_NONE));
	assert_false(str_is_none(STR("")));
	assert_true(str_is_empty(STR_NONE) && str_is_empty(STR("")));
	assert_true(str_is_none(str_of(NULL)));
	assert_true(str_is_none(str_dup(arena, STR_NONE)));
	assert_false(str_is_none(str_dup(arena, STR(""))));
	assert_string_equal(str_z(arena, STR_NONE), "");
}

static void texts_are_compared_by_bytes(void **state)
{
	(void)state;
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
	assert_true(str_cmp(STR("b"), STR("abc")) > 0);
	assert_true(str_cmp(STR("\xC3"), STR("z")) > 0);
	assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
	assert_true(str_eq_nocase(STR("Content-TYPE"), STR("content-type")));
	assert_false(str_eq_nocase(STR("Å"), STR("å"))); /* ASCII only */
	assert_true(str_starts(STR("sqlite:x"), STR("sqlite:")));
	assert_false(str_starts(STR("sq"), STR("sqlite:")));
	assert_true(str_ends(STR("rapport.pdf"), STR(".pdf")));
	assert_false(str_ends(STR("pdf"), STR(".pdf")));
}

static void texts_are_found_and_cut(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("a.b.c"), '.', 0), 1);
	assert_int_equal(str_find(STR("a.b.c"), '.', 2), 3);
	assert_true(str_find(STR("a.b.c"), '.', 9) == SIZE_MAX);
	assert_int_equal(str_find_str(STR("aaab"), STR("aab")), 1);
	assert_true(str_find_str(STR("aab"), STR("aaab")) == SIZE_MAX);
	assert_true(str_eq_z(str_sub(STR("abc"), 1, 99), "bc"));
	assert_true(str_eq_z(str_sub(STR("abc"), 3, 1), ""));
	assert_true(str_eq_z(str_trim(STR(" \t a b\r\n")), "a b"));
	assert_true(str_eq_z(str_trim(STR("  ")), ""));
	assert_true(str_eq_z(str_lower_ascii(arena, STR("ABÆ")), "abÆ"));
}

static void a_text_that_ends_in_the_mark_has_an_empty_last_piece(void **state)
{
	(void)state;
	Str rest = STR("a;;b;"), piece;
	static const char *const pieces[] = { "a", "", "b", "" };
	for (size_t i = 0; i < 4; i++) {
		assert_true(str_split(&rest, ';', &piece));
		assert_true(str_eq_z(piece, pieces[i]));
	}
	assert_false(str_split(&rest, ';', &piece));
}

static void whole_numbers_are_read_to_the_last_that_fits(void **state)
{
	(void)state;
	int64_t n = 5;
	static const char *const wrong[] = { "",
					     "-",
					     "+1",
					     "1 ",
					     " 1",
					     "1.0",
					     "9223372036854775808",
					     "-9223372036854775809",
					     "0x1",
					     "99999999999999999999999999" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(str_to_int(str_of(wrong[i]), &n));
	assert_int_equal(n, 5);
	assert_true(str_to_int(STR("9223372036854775807"), &n) && n == INT64_MAX);
	assert_true(str_to_int(STR("-9223372036854775808"), &n) && n == INT64_MIN);
	assert_true(str_to_int(STR("-0012"), &n) && n == -12);
}

static void decimal_numbers_have_neither_exponent_nor_words(void **state)
{
	(void)state;
	double x = 5;
	static const char *const wrong[] = { "", ".", "-", "1e5", "inf", "nan", "0x10", "1,5", "1.2.3", " 1", "1-" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(str_to_real(str_of(wrong[i]), &x));
	assert_true(x == 5);
	assert_true(str_to_real(STR("-37.25"), &x) && x == -37.25);
	assert_true(str_to_real(STR(".5"), &x) && x == 0.5);
}

/* Without the seed's part in both halves of the product, a word's highest bit and two bits of the next would cancel
 * each other out whatever the seed is. */
static void the_quick_hash_hangs_on_its_seed(void **state)
{
	(void)state;
	const Str one = STR("abcdefghijklmnop"), other = STR("abcdefg\xe8"
							     "ijk\xec"
							     "mno\xf0");
	uint64_t last = 0;
	for (uint64_t seed = 1; seed < 1000; seed += 3) {
		str_hash_seed(seed * UINT64_C(0x9e3779b97f4a7c15));
		assert_true(str_hash_quick(one) != last);
		assert_true(str_hash_quick(one) != str_hash_quick(other));
		assert_true(str_hash_quick(STR("")) != str_hash_quick((Str){ "\0", 1 }));
		last = str_hash_quick(one);
	}
}

/* 4096 numbers in 4096 places, by the lowest bits, stand about as they would by chance: 1/e of the places, 1507, are
 * empty, give or take 30. */
static void the_quick_hash_spreads_what_is_alike(void **state)
{
	(void)state;
	static bool words[4096], numbers[4096];
	int words_empty = 0, numbers_empty = 0;
	char text[16];
	for (int i = 0; i < 4096; i++) {
		int n = snprintf(text, sizeof text, "%d", 100000 + i);
		words[str_hash_quick((Str){ text, (size_t)n }) % 4096] = true;
		numbers[hash_number((uint64_t)i << 21) % 4096] = true;
	}
	for (int i = 0; i < 4096; i++) {
		words_empty += !words[i];
		numbers_empty += !numbers[i];
	}
	assert_true(words_empty > 1350 && words_empty < 1650);
	assert_true(numbers_empty > 1350 && numbers_empty < 1650);
}

/* Published vectors: Fowler, Noll, Vo, "FNV hash test suite". */
static void the_hash_is_fnv_1a(void **state)
{
	(void)state;
	assert_true(str_hash(STR("")) == UINT64_C(0xcbf29ce484222325));
	assert_true(str_hash(STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(str_hash(STR("foobar")) == UINT64_C(0x85944171f73967e8));
}

static void a_full_buffer_stays_failed_until_it_is_cleared(void **state)
{
	(void)state;
	Buf b;
	buf_init(&b, 8);
	buf_z(&b, "12345");
	buf_z(&b, "6789"); /* one too many: dropped whole */
	assert_true(b.failed);
	buf_char(&b, 'x');
	assert_true(str_eq_z(buf_str(&b), "12345"));
	buf_clear(&b);
	assert_false(b.failed);
	buf_z(&b, "12345678");
	assert_false(b.failed);
	assert_null(buf_room(&b, 1));
	buf_release(&b);
}

static void buffers_grow_and_print(void **state)
{
	(void)state;
	Buf *b = buf_new(arena, 1 << 20);
	assert_true(str_eq_z(buf_str(b), ""));
	for (int i = 0; i < 10000; i++)
		buf_printf(b, "%d,", i % 10);
	assert_int_equal(b->len, 20000);
	buf_clear(b);
	buf_int(b, INT64_MIN);
	buf_int(b, 0);
	buf_int(b, INT64_MAX);
	assert_true(str_eq_z(buf_str(b), "-922337203685477580809223372036854775807"));
}

/* Markus Kuhn's stress test of UTF-8 decoders: impossible bytes, cut and over-long sequences, surrogates. */
static void a_beginning_ends_with_a_whole_letter(void **state)
{
	(void)state;
	assert_true(str_eq_z(utf8_beginning(STR("få"), 3), "få"));
	assert_true(str_eq_z(utf8_beginning(STR("få"), 2), "f"));
	assert_true(str_eq_z(utf8_beginning(STR("få"), 1), "f"));
	assert_true(str_eq_z(utf8_beginning(STR("få"), 0), ""));
	assert_true(str_eq_z(utf8_beginning(STR("⼓a"), 2), ""));
}

static void only_well_formed_utf8_passes(void **state)
{
	(void)state;
	static const char *const good[] = { "",
					    "a",
					    "æøå",
					    "€",
					    "\xF0\x9F\x98\x80",
					    "\xED\x9F\xBF",
					    "\xEE\x80\x80",
					    "\xF4\x8F\xBF\xBF",
					    "\xEF\xBF\xBF",
					    "\xC2\x80" };
	static const char *const bad[] = { "\x80",
					   "\xBF",
					   "\xFE",
					   "\xFF",
					   "\xC0\xAF",
					   "\xE0\x80\xAF",
					   "\xF0\x80\x80\xAF",
					   "\xC1\xBF",
					   "\xE0\x9F\xBF",
					   "\xED\xA0\x80",
					   "\xED\xBF\xBF",
					   "\xF4\x90\x80\x80",
					   "\xF8\x88\x80\x80\x80",
					   "\xC3",
					   "\xE2\x82",
					   "\xF0\x9F\x98",
					   "\xC3(",
					   "\xE2(\xA1" };
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(utf8_valid(str_of(good[i]), NULL));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(utf8_valid(str_of(bad[i]), NULL));
	size_t at = 0;
	assert_false(utf8_valid(STR("eight by\xE6tes"), &at));
	assert_int_equal(at, 8);
	assert_int_equal(utf8_length(STR("blåbær €")), 8);
}

static void control_characters_are_seen(void **state)
{
	(void)state;
	assert_false(utf8_has_controls(STR("one\ttwo\r\nthree æ")));
	assert_true(utf8_has_controls(STR("a\0b")));
	assert_true(utf8_has_controls(STR("a\x1B[2J")));
	assert_true(utf8_has_controls(STR("a\x7F")));
	assert_true(utf8_has_controls(STR("a\xC2\x85")));  /* next line, C1 */
	assert_false(utf8_has_controls(STR("a\xC2\xA0"))); /* no-break space */
}

/* The code points are Unicode's, the bytes worked out by hand. */
static void what_nobody_sees_is_left_out(void **state)
{
	(void)state;
	assert_true(str_eq_z(utf8_visible(arena, STR("An\xE2\x80\x8Bna\xEF\xBB\xBF")), "Anna")); /* U+200B, U+FEFF */
	assert_true(str_eq_z(utf8_visible(arena, STR("\xE2\x80\xAEgro\xE2\x80\xAC")), "gro"));   /* U+202E, U+202C */
	assert_true(str_eq_z(utf8_visible(arena, STR("\xE2\x81\xA7"
						     "a\xC2\xAD"
						     "b\xF3\xA0\x80\xA1")),
			     "ab"));
	assert_true(str_eq_z(utf8_visible(arena, STR("a\xE2\x80\xA8"
						     "b")),
			     "a b")); /* U+2028 */
	assert_true(str_eq_z(utf8_visible(arena, STR("blåbær – “€”\xC2\xA0😀")), "blåbær – “€”\xC2\xA0😀"));
	assert_int_equal(utf8_visible(arena, STR("\xE2\x80\x8B")).len, 0);
	assert_true(str_is_none(utf8_visible(arena, STR_NONE)));
}

static void folding_keeps_the_danish_letters_apart(void **state)
{
	(void)state;
	assert_true(str_eq_z(utf8_fold(arena, STR("ÆØÅ Søren ANDRÉ Ünal Çelik")), "æøå søren andre unal celik"));
	assert_true(str_eq_z(utf8_fold(arena, STR("Aase")), "aase"));
	assert_true(str_eq_z(utf8_fold(arena, STR("3 × 4 €")), "3 × 4 €"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_value_is_not_an_empty_text),
		cmocka_unit_test(texts_are_compared_by_bytes),
		cmocka_unit_test(texts_are_found_and_cut),
		cmocka_unit_test(a_text_that_ends_in_the_mark_has_an_empty_last_piece),
		cmocka_unit_test(whole_numbers_are_read_to_the_last_that_fits),
		cmocka_unit_test(decimal_numbers_have_neither_exponent_nor_words),
		cmocka_unit_test(the_quick_hash_spreads_what_is_alike),
		cmocka_unit_test(the_quick_hash_hangs_on_its_seed),
		cmocka_unit_test(the_hash_is_fnv_1a),
		cmocka_unit_test(a_full_buffer_stays_failed_until_it_is_cleared),
		cmocka_unit_test(buffers_grow_and_print),
		cmocka_unit_test(a_beginning_ends_with_a_whole_letter),
		cmocka_unit_test(only_well_formed_utf8_passes),
		cmocka_unit_test(control_characters_are_seen),
		cmocka_unit_test(what_nobody_sees_is_left_out),
		cmocka_unit_test(folding_keeps_the_danish_letters_apart),
	};
	return cmocka_run_group_tests(tests, make, drop);
}
