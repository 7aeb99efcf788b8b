#include "stats/contingency.h"

#include "exact.h"

static double fisher(size_t rows, size_t columns, const int64_t *at)
{
	Fisher t = fisher_test(arena, (Contingency){ rows, columns, at });
	assert_false(t.too_large);
	return t.p;
}

/* All expected 15, four deviations of 5: 4 · 25/15 = 20/3; with one degree p is that of a normal z = √(20/3). */
static void chi_square_by_hand(void **state)
{
	(void)state;
	ChiSquare t = chi_square_test(arena, (Contingency){ 2, 2, (int64_t[]){ 10, 20, 20, 10 } });
	assert_near(t.chisq, 20.0 / 3);
	assert_near(t.p, erfc(sqrt(10.0 / 3)));
	assert_int_equal(t.df, 1);
	assert_near(t.least, 15);
}

static void empty_rows_and_columns_do_not_count(void **state)
{
	(void)state;
	const int64_t at[] = { 10, 0, 20, 0, 0, 0, 20, 0, 10 };
	ChiSquare t = chi_square_test(arena, (Contingency){ 3, 3, at });
	assert_near(t.chisq, 20.0 / 3);
	assert_int_equal(t.df, 1);
	assert_near(fisher(3, 3, at), fisher(2, 2, (int64_t[]){ 10, 20, 20, 10 }));
	t = chi_square_test(arena, (Contingency){ 2, 2, (int64_t[]){ 3, 4, 0, 0 } });
	assert_near(t.p, 1);
	assert_int_equal(t.df, 0);
	assert_near(fisher(2, 2, (int64_t[]){ 3, 4, 0, 0 }), 1);
	assert_true(isnan(chi_square_test(arena, (Contingency){ 2, 2, (int64_t[4]){ 0 } }).p));
	assert_true(isnan(fisher(2, 2, (int64_t[4]){ 0 })));
	assert_true(isnan(fisher(0, 0, NULL)));
}

/* Fisher's tea: of 70 ways to choose four cups 1, 16, 36, 16, 1 have 0 to 4 right; three right: (1 + 16 + 16 + 1)/70.
 * All twelve against none of twelve: 2/C(24, 12) = 2/2704156. Two of six people answer,
 * two of six are asked: 6, 8 and 1 of 15 ways have none, one and both of the asked among them. */
static void four_cells_by_hand(void **state)
{
	(void)state;
	assert_near(fisher(2, 2, (int64_t[]){ 3, 1, 1, 3 }), 34.0 / 70);
	assert_near(fisher(2, 2, (int64_t[]){ 2, 2, 2, 2 }), 1);
	assert_near(fisher(2, 2, (int64_t[]){ 12, 0, 0, 12 }), 2.0 / 2704156);
	assert_near(fisher(2, 2, (int64_t[]){ 0, 2, 2, 2 }), 7.0 / 15);
	assert_near(fisher(2, 2, (int64_t[]){ 2, 0, 0, 4 }), 1.0 / 15);
	assert_near(fisher(2, 2, (int64_t[]){ 1, 1000000, 0, 1000000 }), 1);
	assert_true(fisher(2, 2, (int64_t[]){ 500000000, 0, 0, 500000000 }) == 0);
}

/* Two rows of 3, three columns of 2: of the 20 ways 8 put one of each column into a row, and 2 each the six orders of
 * 2, 1, 0. A row of 2, 0, 1: 12/20. */
static void six_cells_by_hand(void **state)
{
	(void)state;
	const int64_t rows[] = { 2, 0, 1, 0, 2, 1 }, columns[] = { 2, 0, 0, 2, 1, 1 };
	assert_near(fisher(2, 3, rows), 0.6);
	assert_near(fisher(3, 2, columns), 0.6);
	assert_near(fisher(2, 3, (int64_t[]){ 1, 1, 1, 1, 1, 1 }), 1);
}

/* Six people, each row and each column its own: every table is one of 6! equally likely ones. */
static void all_tables_may_be_equally_likely(void **state)
{
	(void)state;
	int64_t at[36] = { 0 };
	for (int i = 0; i < 6; i++)
		at[7 * i] = 1;
	assert_near(fisher(6, 6, at), 1);
	/* Two of each in 3×3, all on the diagonal: of 6!/(2!)³ = 90 ways to deal the columns one is this; six orders of
	 * the diagonal are as likely. */
	assert_near(fisher(3, 3, (int64_t[]){ 2, 0, 0, 0, 2, 0, 0, 0, 2 }), 6.0 / 90);
}

static void too_large_a_table_is_not_computed(void **state)
{
	(void)state;
	const int64_t people[] = { 200, 200, 200, 200, 100, 101 }, side[49] = { 1, 1, 1, 1, 1, 1, 1, 1, [16] = 1 };
	int64_t many[24], diagonal[49] = { 0 };
	for (int i = 0; i < 24; i++)
		many[i] = 20 + i % 7;
	for (int i = 0; i < 7; i++)
		diagonal[8 * i] = 1;
	assert_true(fisher_test(arena, (Contingency){ 2, 3, people }).too_large);
	assert_true(fisher_test(arena, (Contingency){ 7, 7, diagonal }).too_large);
	assert_false(fisher_test(arena, (Contingency){ 7, 7, side }).too_large);
	Fisher t = fisher_test(arena, (Contingency){ 4, 6, many });
	assert_true(t.too_large && isnan(t.p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chi_square_by_hand),
		cmocka_unit_test(empty_rows_and_columns_do_not_count),
		cmocka_unit_test(four_cells_by_hand),
		cmocka_unit_test(six_cells_by_hand),
		cmocka_unit_test(all_tables_may_be_equally_likely),
		cmocka_unit_test(too_large_a_table_is_not_computed),
	};
	return cmocka_run_group_tests(tests, make_arena, free_arena);
}
