#include "stats/disclosure.h"

#include "base/random.h"
#include "stats/simplex.h"

#include <math.h>
#include <string.h>

enum { RUNS_MOST = 8 };

static const double work_most = 2e6; /* cells × sums × small counts × runs: more orders are tried of small tables */
static const double whole_within = 1e-6;

/* How far a cell can go, and with what changes of others the sums still hold. */
typedef struct {
	int64_t by; /* 0: no such change is known */
	size_t *cells;
	int64_t *changes; /* of each of the cells, itself among them */
	size_t n;
} Move;

typedef struct {
	Arena *a;
	const DisclosureTables *tables;
	int64_t least, width, largest;
	double effort;
	size_t *in_sums_at; /* of each cell: where its sums begin in in_sums; one more at the end */
	size_t *in_sums;
	Simplex simplex;
	size_t *columns;     /* cells of the programme at hand, two columns each: up, down */
	size_t *row_of;      /* of each sum in it; SIZE_MAX: none of its cells takes part */
	double *cost;        /* of holding back a cell */
	CellFate *fate;      /* the set at hand */
	Move *up, *down;     /* of each cell that is held back, within the set at hand */
	size_t *order;       /* of looking at cells */
	int64_t *out_by;     /* of each sum, while a move is checked; 0 otherwise */
	size_t *proven_anew; /* while a cell is tried to be told: whose moves have changed, */
	Move *before;        /* and what they were, up and down */
	Random chance;
} Search;

static void index_sums(Search *s)
{
	const DisclosureTables *t = s->tables;
	s->in_sums_at = ARENA_ARRAY(s->a, t->cells + 2, size_t);
	for (size_t i = 0; i < t->sum_count; i++) {
		s->in_sums_at[t->sums[i].total + 2]++;
		for (size_t k = 0; k < t->sums[i].count; k++)
			s->in_sums_at[t->sums[i].parts[k] + 2]++;
	}
	for (size_t i = 2; i < t->cells + 2; i++)
		s->in_sums_at[i] += s->in_sums_at[i - 1];
	s->in_sums = ARENA_ARRAY(s->a, s->in_sums_at[t->cells + 1], size_t);
	for (size_t i = 0; i < t->sum_count; i++) {
		s->in_sums[s->in_sums_at[t->sums[i].total + 1]++] = i;
		for (size_t k = 0; k < t->sums[i].count; k++)
			s->in_sums[s->in_sums_at[t->sums[i].parts[k] + 1]++] = i;
	}
}

static Search search_new(Arena *a, const DisclosureTables *t, int64_t least, int64_t width, double effort)
{
	Search s = { .a = a, .tables = t, .least = least, .width = width, .effort = effort };
	index_sums(&s);
	s.simplex = simplex_new(a, t->sum_count, 2 * t->cells);
	s.columns = ARENA_ARRAY(a, t->cells, size_t);
	s.row_of = ARENA_ARRAY(a, t->sum_count, size_t);
	s.cost = ARENA_ARRAY(a, t->cells, double);
	s.fate = ARENA_ARRAY(a, t->cells, CellFate);
	s.up = ARENA_ARRAY(a, t->cells, Move);
	s.down = ARENA_ARRAY(a, t->cells, Move);
	s.order = ARENA_ARRAY(a, t->cells, size_t);
	s.out_by = ARENA_ARRAY(a, t->sum_count, int64_t);
	s.proven_anew = ARENA_ARRAY(a, t->cells, size_t);
	s.before = ARENA_ARRAY(a, 2 * t->cells, Move);
	for (size_t i = 0; i < t->cells; i++)
		s.largest = t->counts[i] > s.largest ? t->counts[i] : s.largest;
	random_seed(&s.chance, 1);
	return s;
}

/* Adds `change` of a cell to what its sums are out by. */
static void add_change(Search *s, size_t cell, int64_t change)
{
	for (size_t k = s->in_sums_at[cell]; k < s->in_sums_at[cell + 1]; k++) {
		size_t sum = s->in_sums[k];
		s->out_by[sum] += s->tables->sums[sum].total == cell ? -change : change;
	}
}

/* In whole numbers: every sum holds after the move as before, and no count is below 0. */
static bool holds(Search *s, const Move *m)
{
	bool right = true;
	for (size_t i = 0; i < m->n; i++)
		add_change(s, m->cells[i], m->changes[i]);
	for (size_t i = 0; i < m->n; i++) {
		right = right && s->tables->counts[m->cells[i]] + m->changes[i] >= 0;
		for (size_t k = s->in_sums_at[m->cells[i]]; k < s->in_sums_at[m->cells[i] + 1]; k++)
			right = right && s->out_by[s->in_sums[k]] == 0;
	}
	for (size_t i = 0; i < m->n; i++)
		add_change(s, m->cells[i], -m->changes[i]);
	return right;
}

/* The programme of moving `target` up or down by at most `most`, by changes of cells that are held back, or at a cost
 * of any. How many cells take part. */
static size_t state_programme(Search *s, size_t target, bool up, int64_t most, bool any)
{
	const DisclosureTables *t = s->tables;
	size_t n = 0, rows = 0;
	for (size_t i = 0; i < t->sum_count; i++)
		s->row_of[i] = SIZE_MAX;
	for (size_t i = 0; i < t->cells; i++) {
		if (!any && s->fate[i] == CELL_TOLD)
			continue;
		s->columns[n++] = i;
		for (size_t k = s->in_sums_at[i]; k < s->in_sums_at[i + 1]; k++)
			if (s->row_of[s->in_sums[k]] == SIZE_MAX)
				s->row_of[s->in_sums[k]] = rows++;
	}
	simplex_clear(&s->simplex, rows, 2 * n);
	for (size_t j = 0; j < n; j++) {
		size_t cell = s->columns[j];
		double count = (double)t->counts[cell], moved = (double)s->width;
		double cost = s->fate[cell] == CELL_TOLD ? s->cost[cell] : 1e-4;
		for (size_t k = s->in_sums_at[cell]; k < s->in_sums_at[cell + 1]; k++) {
			size_t sum = s->in_sums[k];
			double *at = &s->simplex.table[s->row_of[sum] * 2 * n + 2 * j];
			at[0] = t->sums[sum].total == cell ? -1 : 1;
			at[1] = -at[0];
		}
		/* Who has little to give needs others beside it: dearer by the unit. */
		s->simplex.reward[2 * j] = -cost / moved;
		s->simplex.reward[2 * j + 1] = -cost / (count > 0 && count < moved ? count : moved);
		s->simplex.most[2 * j] = INFINITY;
		s->simplex.most[2 * j + 1] = count;
		if (cell == target) {
			size_t goes = 2 * j + !up;
			s->simplex.reward[goes] = 1e6;
			s->simplex.most[goes] = fmin((double)most, s->simplex.most[goes]);
			s->simplex.most[2 * j + up] = 0;
		}
	}
	return n;
}

/* Nothing more is looked for. */
static bool is_spent(const Search *s)
{
	return s->simplex.work > s->effort;
}

/* The move as far as it goes; by 0 when there is none in whole numbers. */
static Move find_move(Search *s, size_t target, bool up, int64_t most, bool any)
{
	Move m = { 0 };
	if (most <= 0 || is_spent(s))
		return m;
	size_t n = state_programme(s, target, up, most, any);
	if (!simplex_solve(&s->simplex))
		return m;
	for (size_t j = 0; j < n; j++)
		m.n += fabs(s->simplex.x[2 * j] - s->simplex.x[2 * j + 1]) > whole_within;
	m.cells = ARENA_ARRAY(s->a, m.n, size_t);
	m.changes = ARENA_ARRAY(s->a, m.n, int64_t);
	m.n = 0;
	for (size_t j = 0; j < n; j++) {
		double change = s->simplex.x[2 * j] - s->simplex.x[2 * j + 1];
		if (fabs(change - round(change)) > whole_within)
			return (Move){ 0 };
		if (round(change) == 0)
			continue;
		m.cells[m.n] = s->columns[j];
		m.changes[m.n++] = (int64_t)round(change);
		if (s->columns[j] == target)
			m.by = (int64_t)fabs(round(change));
	}
	return m.by > 0 && holds(s, &m) ? m : (Move){ 0 };
}

static bool is_proven(const Search *s, size_t cell)
{
	return s->up[cell].by + s->down[cell].by >= s->width;
}

/* Looks for both ends within the set at hand. */
static bool prove(Search *s, size_t cell)
{
	s->up[cell] = find_move(s, cell, true, s->width, false);
	s->down[cell] = find_move(s, cell, false, s->width - s->up[cell].by, false);
	return is_proven(s, cell);
}

static void hold_back_all_of(Search *s, const Move *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (s->fate[m->cells[i]] == CELL_TOLD)
			s->fate[m->cells[i]] = CELL_COMPLEMENTARY;
}

/* Holds back what is cheapest for one cell; downwards first, or upwards only. False: no whole table was found. */
static bool protect(Search *s, size_t cell, bool down_first)
{
	if (prove(s, cell))
		return true;
	if (down_first) {
		s->down[cell] = find_move(s, cell, false, s->width, true);
		hold_back_all_of(s, &s->down[cell]);
	}
	s->up[cell] = find_move(s, cell, true, s->width - s->down[cell].by, true);
	hold_back_all_of(s, &s->up[cell]);
	return is_proven(s, cell);
}

/* Every table's multiple is a table: with all counts but 0 held back, each can grow by itself times the width. */
static void hold_back_everything(Search *s)
{
	const DisclosureTables *t = s->tables;
	Move all = { .cells = ARENA_ARRAY(s->a, t->cells, size_t), .changes = ARENA_ARRAY(s->a, t->cells, int64_t) };
	for (size_t i = 0; i < t->cells; i++) {
		if (s->fate[i] != CELL_PRIMARY)
			s->fate[i] = t->counts[i] > 0 ? CELL_COMPLEMENTARY : CELL_TOLD;
		if (t->counts[i] == 0)
			continue;
		all.cells[all.n] = i;
		all.changes[all.n++] = t->counts[i] * s->width;
	}
	for (size_t i = 0; i < all.n; i++) {
		s->up[all.cells[i]] = all;
		s->up[all.cells[i]].by = all.changes[i];
		s->down[all.cells[i]] = (Move){ 0 };
	}
}

static bool touches(const Move *m, size_t cell)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->cells[i] == cell)
			return true;
	return false;
}

/* Tells a complementary cell after all, if the others can be proven without it. */
static void try_to_tell(Search *s, size_t cell)
{
	size_t n = 0;
	bool proven = true;
	if (is_spent(s))
		return;
	s->fate[cell] = CELL_TOLD;
	for (size_t i = 0; i < s->tables->cells && proven; i++) {
		if (s->fate[i] == CELL_TOLD || (!touches(&s->up[i], cell) && !touches(&s->down[i], cell)))
			continue;
		s->before[2 * n] = s->up[i];
		s->before[2 * n + 1] = s->down[i];
		s->proven_anew[n++] = i;
		proven = prove(s, i);
	}
	if (proven)
		return;
	s->fate[cell] = CELL_COMPLEMENTARY;
	while (n-- > 0) {
		s->up[s->proven_anew[n]] = s->before[2 * n];
		s->down[s->proven_anew[n]] = s->before[2 * n + 1];
	}
}

/* One attempt: cells in s->order, at s->cost. False: the work was spent before all were protected. */
static bool attempt(Search *s, bool down_first)
{
	const DisclosureTables *t = s->tables;
	bool grew = true, whole = true;
	for (size_t i = 0; i < t->cells; i++) {
		s->fate[i] = t->counts[i] > 0 && t->counts[i] < s->least ? CELL_PRIMARY : CELL_TOLD;
		s->up[i] = s->down[i] = (Move){ 0 };
	}
	while (grew && whole) {
		grew = false;
		for (size_t i = 0; i < t->cells && whole; i++) {
			size_t cell = s->order[i];
			if (s->fate[cell] == CELL_TOLD || is_proven(s, cell))
				continue;
			grew = true;
			whole = protect(s, cell, down_first) || protect(s, cell, !down_first);
		}
	}
	if (!whole && is_spent(s))
		return false;
	if (!whole)
		hold_back_everything(s);
	for (size_t i = t->cells; i-- > 0;)
		if (s->fate[s->order[i]] == CELL_COMPLEMENTARY)
			try_to_tell(s, s->order[i]);
	return true;
}

/* The first time small counts are cheap and looked at first; then everything is a little by chance. */
static void draw_order(Search *s, int run)
{
	const DisclosureTables *t = s->tables;
	for (size_t i = 0; i < t->cells; i++) {
		double chance = (double)random_below(&s->chance, 1000) / 1000;
		double size = log1p((double)t->counts[i]) / log1p((double)s->largest);
		s->cost[i] = t->counts[i] == 0 ? 1000 : 1 + (run == 0 ? size / 2 : chance);
		s->order[i] = i;
	}
	for (size_t i = t->cells; run > 0 && i > 1; i--) {
		size_t k = random_below(&s->chance, i), swap = s->order[i - 1];
		s->order[i - 1] = s->order[k];
		s->order[k] = swap;
	}
}

/* What a set costs: zeros, then cells, then counts. */
typedef struct {
	size_t zeros, cells;
	int64_t counts;
} Loss;

static Loss loss_of(const Search *s)
{
	Loss loss = { 0 };
	for (size_t i = 0; i < s->tables->cells; i++) {
		if (s->fate[i] != CELL_COMPLEMENTARY)
			continue;
		loss.zeros += s->tables->counts[i] == 0;
		loss.cells++;
		loss.counts += s->tables->counts[i];
	}
	return loss;
}

static bool is_less(Loss a, Loss b)
{
	if (a.zeros != b.zeros)
		return a.zeros < b.zeros;
	return a.cells != b.cells ? a.cells < b.cells : a.counts < b.counts;
}

/* The ends of each interval, as far as whole tables reach. */
static void tell_intervals(Search *s, const Move *up, const Move *down, Suppression *out)
{
	const DisclosureTables *t = s->tables;
	memcpy(s->fate, out->fate, t->cells * sizeof *s->fate);
	for (size_t i = 0; i < t->cells; i++) {
		out->low[i] = out->high[i] = t->counts[i];
		if (out->fate[i] == CELL_TOLD)
			continue;
		int64_t rises = find_move(s, i, true, s->largest + s->width, false).by;
		int64_t falls = find_move(s, i, false, t->counts[i], false).by;
		out->high[i] += rises > up[i].by ? rises : up[i].by;
		out->low[i] -= falls > down[i].by ? falls : down[i].by;
		out->primary += out->fate[i] == CELL_PRIMARY;
		out->complementary += out->fate[i] == CELL_COMPLEMENTARY;
	}
}

static int runs_for(const Search *s)
{
	size_t small = 0;
	for (size_t i = 0; i < s->tables->cells; i++)
		small += s->tables->counts[i] > 0 && s->tables->counts[i] < s->least;
	double runs =
		small == 0 ? 1 : work_most / ((double)s->tables->cells * (double)s->tables->sum_count * (double)small);
	return runs < 1 ? 1 : runs > RUNS_MOST ? RUNS_MOST : (int)runs;
}

bool disclosure_suppress(Arena *a, const DisclosureTables *tables, int64_t least, int64_t width, double effort,
			 Suppression *out)
{
	size_t n = tables->cells;
	if (tables->sum_count > 0 && n > SIMPLEX_CELLS_MOST / 2 / tables->sum_count)
		return false;
	Search s = search_new(a, tables, least, width, effort);
	Move *up = ARENA_ARRAY(a, n, Move), *down = ARENA_ARRAY(a, n, Move);
	Loss best = { .zeros = SIZE_MAX };
	*out = (Suppression){ ARENA_ARRAY(a, n, CellFate), ARENA_ARRAY(a, n, int64_t), ARENA_ARRAY(a, n, int64_t), 0,
			      0 };
	for (int run = 0, runs = runs_for(&s); run < runs && !is_spent(&s); run++) {
		draw_order(&s, run);
		if (!attempt(&s, run % 2 == 0))
			break;
		Loss loss = loss_of(&s);
		if (!is_less(loss, best))
			continue;
		best = loss;
		memcpy(out->fate, s.fate, n * sizeof *s.fate);
		memcpy(up, s.up, n * sizeof *up);
		memcpy(down, s.down, n * sizeof *down);
	}
	if (best.zeros == SIZE_MAX)
		return false;
	s.simplex.work = 0;
	tell_intervals(&s, up, down, out);
	return true;
}
