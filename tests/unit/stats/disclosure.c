/* The attacker knows what is published: the told cells, the sums, and that counts are whole numbers of at least 0. GLPK
 * finds the least and the largest value that each cell held back can have; nothing here is taken from the program but
 * which cells it holds back and what it promises. */
#include "stats/disclosure.h"

#include "base/random.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LEAST = 5, CELLS_MOST = 400, SUMS_MOST = 400, SIDES_MOST = 3 };

typedef struct {
	Arena *a;
	int64_t counts[CELLS_MOST];
	DisclosureSum sums[SUMS_MOST];
	DisclosureTables t;
} Made;

static size_t cell_at(const size_t *sides, size_t n, const size_t *at)
{
	size_t cell = 0;
	for (size_t d = 0; d < n; d++)
		cell = cell * (sides[d] + 1) + at[d];
	return cell;
}

/* The place behind `at` in counting order, each side having its values and, last, its total. */
static bool step(const size_t *sides, size_t n, size_t *at)
{
	for (size_t d = n; d-- > 0; at[d] = 0)
		if (at[d]++ < sides[d])
			return true;
	return false;
}

static void add_sum(Made *m, size_t total, const size_t *parts, size_t n)
{
	size_t *kept = arena_copy(m->a, parts, n * sizeof *parts);
	m->sums[m->t.sum_count++] = (DisclosureSum){ total, kept, n };
	m->counts[total] = 0;
	for (size_t i = 0; i < n; i++)
		m->counts[total] += m->counts[kept[i]];
}

/* The sums over each side of a table: first those of which no later side is a total, so that margins are there when
 * they are added up themselves; then the others. */
static void add_sums(Made *m, const size_t *sides, size_t n, bool others)
{
	for (size_t d = 0; d < n; d++) {
		size_t at[SIDES_MOST] = { 0 };
		do {
			bool later_total = false;
			for (size_t e = d + 1; e < n; e++)
				later_total = later_total || at[e] == sides[e];
			if (at[d] != sides[d] || later_total != others)
				continue;
			size_t parts[16], total = cell_at(sides, n, at);
			for (at[d] = 0; at[d] < sides[d]; at[d]++)
				parts[at[d]] = cell_at(sides, n, at);
			add_sum(m, total, parts, sides[d]);
		} while (step(sides, n, at));
	}
}

/* Zeros, few and many, as tables of people are. */
static int64_t draw_count(Random *chance)
{
	uint64_t kind = random_below(chance, 10);
	return (int64_t)(kind == 0 ? 0 : kind < 3 ? random_below(chance, 6) : random_below(chance, 40));
}

static void make_table(Made *m, Arena *a, Random *chance, const size_t *sides, size_t n)
{
	size_t at[SIDES_MOST] = { 0 };
	*m = (Made){ .a = a };
	m->t = (DisclosureTables){ m->counts, 1, m->sums, 0 };
	for (size_t d = 0; d < n; d++)
		m->t.cells *= sides[d] + 1;
	do
		m->counts[cell_at(sides, n, at)] = draw_count(chance);
	while (step(sides, n, at));
	add_sums(m, sides, n, false);
	add_sums(m, sides, n, true);
}

/* Two tables that share the totals of their rows, as kind by month and kind by sex do. The second one's cells stand
 * behind the first one's. */
static void make_linked(Made *m, Arena *a, Random *chance, size_t rows, size_t left, size_t right)
{
	make_table(m, a, chance, (size_t[]){ rows, left }, 2);
	size_t from = m->t.cells, parts[16];
	m->t.cells += (rows + 1) * right;
	for (size_t r = 0; r < rows; r++) {
		int64_t rest = m->counts[r * (left + 1) + left];
		for (size_t i = 0; i < right; i++) {
			int64_t n = i + 1 == right ? rest : (int64_t)random_below(chance, (uint64_t)rest + 1);
			m->counts[from + r * right + i] = n;
			rest -= n;
			parts[i] = from + r * right + i;
		}
		add_sum(m, r * (left + 1) + left, parts, right);
	}
	for (size_t i = 0; i < right; i++) {
		for (size_t r = 0; r < rows; r++)
			parts[r] = from + r * right + i;
		add_sum(m, from + rows * right + i, parts, rows);
	}
	for (size_t i = 0; i < right; i++)
		parts[i] = from + rows * right + i;
	add_sum(m, rows * (left + 1) + left, parts, right);
}

/* ---- the attacker ---- */

typedef struct {
	glp_prob *lp;
	int column[CELLS_MOST]; /* of each cell held back, from 1; 0: told */
} Attack;

static Attack attack_begin(const DisclosureTables *t, const CellFate *fate)
{
	Attack k = { .lp = glp_create_prob() };
	int columns = 0, at[CELLS_MOST + 1];
	double by[CELLS_MOST + 1];
	for (size_t i = 0; i < t->cells; i++)
		if (fate[i] != CELL_TOLD)
			k.column[i] = ++columns;
	if (columns > 0)
		glp_add_cols(k.lp, columns);
	for (int j = 1; j <= columns; j++) {
		glp_set_col_bnds(k.lp, j, GLP_LO, 0, 0);
		glp_set_col_kind(k.lp, j, GLP_IV);
	}
	for (size_t i = 0; i < t->sum_count; i++) {
		const DisclosureSum *s = &t->sums[i];
		int n = 0;
		double known = k.column[s->total] == 0 ? (double)t->counts[s->total] : 0;
		if (k.column[s->total] != 0) {
			at[++n] = k.column[s->total];
			by[n] = -1;
		}
		for (size_t p = 0; p < s->count; p++) {
			if (k.column[s->parts[p]] == 0) {
				known -= (double)t->counts[s->parts[p]];
				continue;
			}
			at[++n] = k.column[s->parts[p]];
			by[n] = 1;
		}
		if (n == 0)
			continue;
		int row = glp_add_rows(k.lp, 1);
		glp_set_row_bnds(k.lp, row, GLP_FX, known, known);
		glp_set_mat_row(k.lp, row, n, at, by);
	}
	return k;
}

/* The end of what a cell can be; infinite when nothing holds it. Where the linear programme's corner is no whole
 * table, whole tables are searched. */
static double attack_end(const Attack *k, int column, int direction)
{
	glp_smcp quiet;
	glp_init_smcp(&quiet);
	quiet.msg_lev = GLP_MSG_OFF;
	glp_set_obj_dir(k->lp, direction);
	glp_set_obj_coef(k->lp, column, 1);
	assert_int_equal(glp_simplex(k->lp, &quiet), 0);
	double end = glp_get_obj_val(k->lp);
	bool whole = true;
	if (glp_get_status(k->lp) == GLP_UNBND) {
		end = INFINITY;
	} else {
		assert_int_equal(glp_get_status(k->lp), GLP_OPT);
		for (int j = 1; j <= glp_get_num_cols(k->lp); j++)
			whole = whole && fabs(glp_get_col_prim(k->lp, j) - round(glp_get_col_prim(k->lp, j))) < 1e-6;
	}
	if (!whole) {
		glp_iocp search;
		glp_init_iocp(&search);
		search.msg_lev = GLP_MSG_OFF;
		assert_int_equal(glp_intopt(k->lp, &search), 0);
		assert_int_equal(glp_mip_status(k->lp), GLP_OPT);
		end = glp_mip_obj_val(k->lp);
	}
	glp_set_obj_coef(k->lp, column, 0);
	return end;
}

/* How many cells held back are bounded closer than `width`. Where `promised` is given, its intervals must be possible,
 * and be the attacker's own where `exact`. */
static int attack(const DisclosureTables *t, const CellFate *fate, int64_t width, const Suppression *promised,
		  bool exact)
{
	Attack k = attack_begin(t, fate);
	int found = 0;
	for (size_t i = 0; i < t->cells; i++) {
		if (k.column[i] == 0)
			continue;
		double low = attack_end(&k, k.column[i], GLP_MIN), high = attack_end(&k, k.column[i], GLP_MAX);
		found += high - low < (double)width - 1e-6;
		if (promised == NULL)
			continue;
		assert_true(low <= (double)promised->low[i] + 1e-6 && high >= (double)promised->high[i] - 1e-6);
		if (exact)
			assert_true(fabs(low - (double)promised->low[i]) < 1e-6 &&
				    (isinf(high) || fabs(high - (double)promised->high[i]) < 1e-6));
	}
	glp_delete_prob(k.lp);
	return found;
}

/* ---- what it is compared with ---- */

/* By hand one hides the smallest further cell of every sum that has one hidden cell only, until there is none. */
static size_t naive_loss(const DisclosureTables *t, CellFate *fate)
{
	size_t lost = 0;
	for (size_t i = 0; i < t->cells; i++)
		fate[i] = t->counts[i] > 0 && t->counts[i] < LEAST ? CELL_PRIMARY : CELL_TOLD;
	for (bool again = true; again;) {
		again = false;
		for (size_t i = 0; i < t->sum_count; i++) {
			const DisclosureSum *s = &t->sums[i];
			size_t hidden = fate[s->total] != CELL_TOLD, least = s->total;
			for (size_t p = 0; p < s->count; p++) {
				size_t cell = s->parts[p];
				hidden += fate[cell] != CELL_TOLD;
				if (fate[cell] == CELL_TOLD && t->counts[cell] > 0 &&
				    (fate[least] != CELL_TOLD || t->counts[cell] < t->counts[least]))
					least = cell;
			}
			if (hidden != 1 || fate[least] != CELL_TOLD)
				continue;
			fate[least] = CELL_COMPLEMENTARY;
			lost++;
			again = true;
		}
	}
	return lost;
}

/* Is any set of `more` further cells, from candidate `from` on, enough? */
static bool enough(const DisclosureTables *t, CellFate *fate, size_t from, size_t more)
{
	if (more == 0)
		return attack(t, fate, LEAST, NULL, false) == 0;
	for (size_t i = from; i < t->cells; i++) {
		if (fate[i] != CELL_TOLD || t->counts[i] == 0)
			continue;
		fate[i] = CELL_COMPLEMENTARY;
		bool found = enough(t, fate, i + 1, more - 1);
		fate[i] = CELL_TOLD;
		if (found)
			return true;
	}
	return false;
}

static size_t zeros_lost(const DisclosureTables *t, const Suppression *s)
{
	size_t n = 0;
	for (size_t i = 0; i < t->cells; i++)
		n += s->fate[i] == CELL_COMPLEMENTARY && t->counts[i] == 0;
	return n;
}

/* ---- the tests ---- */

/* By hand: 3 in the middle of
 *      3 20 | 23
 *     30 40 | 70
 *     33 60 | 93   needs the whole square: with (3,20,30,40) hidden, 3 may be 0 to 23. */
static void a_square_covers_one_small_count(void **state)
{
	(void)state;
	Arena *a = arena_new();
	static const int64_t counts[] = { 3, 20, 23, 30, 40, 70, 33, 60, 93 };
	const DisclosureSum sums[] = {
		{ 2, (const size_t[]){ 0, 1 }, 2 }, { 5, (const size_t[]){ 3, 4 }, 2 },
		{ 8, (const size_t[]){ 6, 7 }, 2 }, { 6, (const size_t[]){ 0, 3 }, 2 },
		{ 7, (const size_t[]){ 1, 4 }, 2 }, { 8, (const size_t[]){ 2, 5 }, 2 },
	};
	const DisclosureTables t = { counts, 9, sums, 6 };
	Suppression s;
	assert_true(disclosure_suppress(a, &t, LEAST, LEAST, DISCLOSURE_EFFORT, &s));
	assert_int_equal(s.primary, 1);
	assert_int_equal(s.complementary, 3);
	assert_int_equal(s.fate[0], CELL_PRIMARY);
	assert_int_equal(s.low[0], 0);
	assert_int_equal(s.high[0], 23);
	assert_int_equal(s.fate[4], CELL_COMPLEMENTARY);
	assert_int_equal(s.low[4], 37);
	assert_int_equal(s.high[4], 60);
	arena_free(a);
}

static void nothing_small_loses_nothing(void **state)
{
	(void)state;
	Arena *a = arena_new();
	static const int64_t counts[] = { 0, 20, 20 };
	const DisclosureSum sums[] = { { 2, (const size_t[]){ 0, 1 }, 2 } };
	Suppression s;
	assert_true(
		disclosure_suppress(a, &(DisclosureTables){ counts, 3, sums, 1 }, LEAST, LEAST, DISCLOSURE_EFFORT, &s));
	assert_int_equal(s.primary + s.complementary, 0);
	assert_int_equal(s.high[1], 20);
	/* Where all there is is small, all but the zero is held back. */
	static const int64_t few[] = { 0, 2, 2 };
	assert_true(
		disclosure_suppress(a, &(DisclosureTables){ few, 3, sums, 1 }, LEAST, LEAST, DISCLOSURE_EFFORT, &s));
	assert_int_equal(s.primary, 2);
	assert_int_equal(s.complementary, 0);
	arena_free(a);
}

static const size_t two_way[][2] = { { 2, 2 }, { 3, 3 }, { 2, 5 }, { 4, 4 }, { 5, 4 }, { 6, 5 }, { 3, 8 } };
static const size_t three_way[][3] = { { 2, 2, 2 }, { 3, 2, 2 }, { 3, 3, 2 }, { 3, 3, 3 } };

static void make_any(Made *m, Arena *a, Random *chance, int i)
{
	if (i % 10 < 8)
		make_table(m, a, chance, two_way[(size_t)i % 7], 2);
	else if (i % 10 == 8)
		make_linked(m, a, chance, 2 + (size_t)i / 10 % 3, 3, 2 + (size_t)i / 30 % 2);
	else
		make_table(m, a, chance, three_way[(size_t)i / 10 % 4], 3);
}

static void ten_thousand_tables_are_attacked_in_vain(void **state)
{
	(void)state;
	static Made m;
	static CellFate naive[CELLS_MOST];
	Arena *a = arena_new();
	Random chance;
	size_t lost = 0, naive_lost = 0, primary = 0, zeros = 0;
	int leaks_found = 0, leaks = 0, naive_leaks = 0;
	random_seed(&chance, 4);
	for (int i = 0; i < 10000; i++) {
		Suppression s;
		make_any(&m, a, &chance, i);
		assert_true(disclosure_suppress(a, &m.t, LEAST, LEAST, DISCLOSURE_EFFORT, &s));
		assert_int_equal(attack(&m.t, s.fate, LEAST, &s, i % 10 < 8), 0);
		for (size_t k = 0; k < m.t.cells; k++)
			assert_true(m.counts[k] < 1 || m.counts[k] >= LEAST || s.fate[k] == CELL_PRIMARY);
		primary += s.primary;
		lost += s.complementary;
		zeros += zeros_lost(&m.t, &s);
		naive_lost += naive_loss(&m.t, naive);
		if (i % 10 == 0 && s.complementary > 0) {
			size_t k = 0;
			while (s.fate[k] != CELL_COMPLEMENTARY)
				k++;
			s.fate[k] = CELL_TOLD;
			leaks++;
			leaks_found += attack(&m.t, s.fate, LEAST, NULL, false) > 0;
			naive_leaks += attack(&m.t, naive, LEAST, NULL, false) > 0;
		}
		arena_clear(a);
	}
	print_message("10,000 tables: %zu small counts, %zu further cells lost (%zu of them zeros); by hand %zu, with "
		      "leaks in %d of %d tables\n",
		      primary, lost, zeros, naive_lost, naive_leaks, leaks);
	/* The attacker is one: where a cell is given back, he finds out in every table, since none was lost for
	 * nothing. */
	assert_true(leaks > 500);
	assert_int_equal(leaks_found, leaks);
	arena_free(a);
}

/* Of tables that are small enough to try every set of cells. */
static void hardly_more_cells_are_lost_than_must_be(void **state)
{
	(void)state;
	static Made m;
	Arena *a = arena_new();
	Random chance;
	size_t lost = 0, fewest = 0;
	int tables = 0, equal = 0;
	random_seed(&chance, 5);
	while (tables < 100) {
		Suppression s;
		make_table(&m, a, &chance, (size_t[]){ 3, 3 }, 2);
		assert_true(disclosure_suppress(a, &m.t, LEAST, LEAST, DISCLOSURE_EFFORT, &s));
		if (s.complementary > 0 && zeros_lost(&m.t, &s) == 0) {
			CellFate fate[CELLS_MOST] = { 0 };
			size_t n = 0;
			for (size_t i = 0; i < m.t.cells; i++)
				fate[i] = s.fate[i] == CELL_PRIMARY ? CELL_PRIMARY : CELL_TOLD;
			while (n < s.complementary && !enough(&m.t, fate, 0, n))
				n++;
			tables++;
			equal += n == s.complementary;
			fewest += n;
			lost += s.complementary;
		}
		arena_clear(a);
	}
	print_message("%d tables of 3 by 3: %zu further cells lost, %zu must be; as few as can be in %d\n", tables,
		      lost, fewest, equal);
	assert_true(lost * 100 <= fewest * 102);
	arena_free(a);
}

/* With too little effort nothing is told; with more it is told too little, but never too much. */
static void effort_ends_in_time_and_safely(void **state)
{
	(void)state;
	static Made m;
	Arena *a = arena_new();
	Random chance;
	int refused = 0, dearer = 0;
	random_seed(&chance, 6);
	for (int table = 0; table < 20; table++) {
		Suppression full, s;
		bool done = false;
		make_table(&m, a, &chance, (size_t[]){ 6, 5 }, 2);
		assert_true(disclosure_suppress(a, &m.t, LEAST, LEAST, DISCLOSURE_EFFORT, &full));
		for (double effort = 100; effort < 1e7; effort *= 1.1) {
			if (!disclosure_suppress(a, &m.t, LEAST, LEAST, effort, &s)) {
				refused++;
				assert_false(done);
				continue;
			}
			done = true;
			assert_int_equal(attack(&m.t, s.fate, LEAST, NULL, false), 0);
			assert_int_equal(s.primary, full.primary);
			dearer += s.complementary > full.complementary;
		}
		assert_true(done);
		arena_clear(a);
	}
	print_message("refused %d times, too little told %d times\n", refused, dearer);
	assert_true(refused > 20);
	assert_true(dearer > 20);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_square_covers_one_small_count),
		cmocka_unit_test(nothing_small_loses_nothing),
		cmocka_unit_test(ten_thousand_tables_are_attacked_in_vain),
		cmocka_unit_test(effort_ends_in_time_and_safely),
		cmocka_unit_test(hardly_more_cells_are_lost_than_must_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
