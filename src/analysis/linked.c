#include "analysis/linked.h"

#include "format/heading.h"

#include <string.h>

enum { ENTRIES_MOST = 2 * LINKED_CELLS_MOST };

typedef struct {
	uint16_t table; /* 0 where cells of all tables are looked up */
	LinkedCell cell;
} Key;

/* A cell as one table has it. */
typedef struct {
	Key key;
	int64_t n, row; /* as the file says; row 0: it does not */
	int64_t sum;    /* of a margin: what its cells add up to */
	bool has_parts; /* of a margin: there are some */
	size_t cell;    /* among all tables' cells */
} Entry;

typedef struct {
	Csv *csv;
	LinkedTables *out;
	int columns[LINKED_SIDES_MOST];
	int table, n;
	Str tables[LINKED_TABLES_MOST];
	size_t table_count;
	bool has[LINKED_TABLES_MOST][LINKED_SIDES_MOST]; /* does the table have the side? */
	Entry *entries;
	size_t entry_count, room;
	size_t *places; /* open addressing over keys: entry + 1; twice as many as there is room for entries */
	size_t *cell_places;
	int64_t *counts;
} Reader;

static Err find_columns(Reader *r)
{
	const Csv *csv = r->csv;
	RETURN_IF_ERR(heading_required(csv, HEADING_COUNT, &r->n));
	r->table = heading_column(csv, HEADING_TABLE);
	for (size_t i = 0; i < csv->columns; i++) {
		if ((int)i == r->n || (int)i == r->table)
			continue;
		if (r->out->sides == LINKED_SIDES_MOST)
			return csv_refuse(csv, (int)i, T(csv->c->lang, "At most %d columns besides the count."),
					  LINKED_SIDES_MOST);
		r->columns[r->out->sides] = (int)i;
		r->out->names[r->out->sides++] = csv->heads[i];
	}
	if (r->out->sides == 0)
		return csv_refuse(csv, -1, "%s", T(csv->c->lang, "There is no column that tells the cells apart."));
	return OK;
}

/* Its place in the list, from 0; new ones are copied there. `most`: there is no room. */
static size_t place_of(Arena *a, Str *list, size_t *n, size_t most, Str text)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(list[i], text))
			return i;
	if (*n < most)
		list[(*n)++] = str_dup(a, text);
	else
		return most;
	return *n - 1;
}

/* A total that is taken for a category gives away what the others hold back, so all its usual names count. */
static bool is_total(Str text)
{
	static const char *const names[] = { "i alt", "i\u00A0alt", "ialt",      "total",       "totalt", "sum",
					     "alle",  "samlet",     "tilsammen", "hele landet", "all" };
	if (str_ends(text, STR(":")))
		text = str_trim(str_sub(text, 0, text.len - 1));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(text, str_of(names[i])))
			return true;
	return text.len == 0;
}

/* Where the key stands among `places`, or would. */
static size_t *look_up(const Reader *r, size_t *places, const Key *key)
{
	size_t at = str_hash_quick((Str){ (const char *)key, sizeof *key }) % (2 * r->room);
	for (; places[at] != 0; at = (at + 1) % (2 * r->room)) {
		const Key *other = &r->entries[places[at] - 1].key;
		bool same = memcmp(&other->cell, &key->cell, sizeof key->cell) == 0;
		if (same && (key->table == 0 || key->table == other->table))
			break;
	}
	return &places[at];
}

static Err refuse_size(const Reader *r)
{
	return csv_refuse(r->csv, -1, T(r->csv->c->lang, "More than %d cells with their totals."), LINKED_CELLS_MOST);
}

/* The entry of a key, made when there is none; NULL: no room. */
static Entry *entry_of(Reader *r, const Key *key)
{
	size_t *place = look_up(r, r->places, key);
	if (*place == 0) {
		if (r->entry_count == r->room)
			return NULL;
		r->entries[r->entry_count].key = *key;
		*place = ++r->entry_count;
	}
	return &r->entries[*place - 1];
}

static Err read_row(Reader *r)
{
	const Csv *csv = r->csv;
	Ctx *c = csv->c;
	Key key = { 0 };
	int64_t n;
	size_t table = place_of(c->arena, r->tables, &r->table_count, LINKED_TABLES_MOST, csv_field(csv, r->table));
	if (table == LINKED_TABLES_MOST)
		return csv_refuse(csv, r->table, T(c->lang, "At most %d tables."), LINKED_TABLES_MOST);
	key.table = (uint16_t)(table + 1);
	for (size_t s = 0; s < r->out->sides; s++) {
		Str text = csv_field(csv, r->columns[s]);
		if (is_total(text))
			continue;
		size_t value = place_of(c->arena, r->out->values[s], &r->out->value_count[s], LINKED_CELLS_MOST, text);
		if (value == LINKED_CELLS_MOST)
			return refuse_size(r);
		key.cell.value[s] = (uint16_t)(value + 1);
		r->has[table][s] = true;
	}
	RETURN_IF_ERR(csv_int_between(csv, r->n, 0, DISCLOSURE_COUNT_MOST, &n));
	Entry *e = entry_of(r, &key);
	if (e == NULL)
		return refuse_size(r);
	if (e->row != 0)
		return csv_refuse(csv, -1, T(c->lang, "This cell stands in row %lld already."), (long long)e->row);
	e->n = n;
	e->row = csv->row;
	return OK;
}

/* Is the cell a total of its table? */
static bool is_margin(const Reader *r, const Key *key)
{
	for (size_t s = 0; s < r->out->sides; s++)
		if (r->has[key->table - 1][s] && key->cell.value[s] == 0)
			return true;
	return false;
}

/* Adds a cell in the middle to every total that it belongs to. */
static Err add_to_margins(Reader *r, const Entry *from)
{
	const bool *has = r->has[from->key.table - 1];
	for (size_t over = 1; over < (size_t)1 << r->out->sides; over++) {
		Key key = from->key;
		bool right = true;
		for (size_t s = 0; s < r->out->sides; s++) {
			if ((over >> s & 1) == 0)
				continue;
			right = right && has[s];
			key.cell.value[s] = 0;
		}
		if (!right)
			continue;
		Entry *e = entry_of(r, &key);
		if (e == NULL)
			return refuse_size(r);
		e->has_parts = true;
		e->sum += from->n;
		if (e->sum > DISCLOSURE_COUNT_MOST)
			return csv_refuse(r->csv, r->n, T(r->csv->c->lang, "The counts add up to more than %lld."),
					  (long long)DISCLOSURE_COUNT_MOST);
	}
	return OK;
}

static Err add_margins(Reader *r)
{
	Ctx *c = r->csv->c;
	for (size_t i = 0, n = r->entry_count; i < n; i++)
		if (!is_margin(r, &r->entries[i].key))
			RETURN_IF_ERR(add_to_margins(r, &r->entries[i]));
	for (size_t i = 0; i < r->entry_count; i++) {
		Entry *e = &r->entries[i];
		if (!is_margin(r, &e->key))
			continue;
		Str sum = text_int(c->arena, c->lang, e->sum), n = text_int(c->arena, c->lang, e->n);
		if (!e->has_parts)
			return refuse_at(c, "n", e->row, 0, "%s", T(c->lang, "No cell adds up to this total."));
		if (e->row != 0 && e->n != e->sum)
			return refuse_at(c, "n", e->row, 0, T(c->lang, "The parts add up to %.*s, not to %.*s."),
					 STR_ARG(sum), STR_ARG(n));
		e->n = e->sum;
	}
	return OK;
}

/* Gives entries of several tables that are one cell the same number. */
static Err join_cells(Reader *r)
{
	Ctx *c = r->csv->c;
	size_t *first = ARENA_ARRAY(c->arena, r->entry_count, size_t), cells = 0;
	for (size_t i = 0; i < r->entry_count; i++) {
		Entry *e = &r->entries[i];
		Key key = { .cell = e->key.cell };
		size_t *place = look_up(r, r->cell_places, &key);
		if (*place == 0) {
			if (cells == LINKED_CELLS_MOST)
				return refuse_size(r);
			*place = i + 1;
			e->cell = cells;
			first[cells] = i;
			r->out->cells[cells] = e->key.cell;
			r->counts[cells++] = e->n;
			continue;
		}
		const Entry *other = &r->entries[*place - 1];
		e->cell = other->cell;
		Str one = text_int(c->arena, c->lang, other->n), two = text_int(c->arena, c->lang, e->n);
		if (e->n != other->n)
			return refuse_at(
				c, "n", e->row != 0 ? e->row : other->row, 0,
				T(c->lang, "Two tables have this cell, with %.*s in one and %.*s in the other."),
				STR_ARG(one), STR_ARG(two));
	}
	r->out->counts.counts = r->counts;
	r->out->counts.cells = cells;
	return OK;
}

/* A sum for every margin and side over which it is one. */
static void add_sums(Reader *r)
{
	Arena *a = r->csv->c->arena;
	size_t sides = r->out->sides, *members = ARENA_ARRAY(a, r->entry_count * sides, size_t);
	DisclosureSum *all = ARENA_ARRAY(a, r->entry_count * sides, DisclosureSum);
	size_t **parts = ARENA_ARRAY(a, r->entry_count * sides, size_t *), n = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < r->entry_count; i++) {
			for (size_t s = 0; s < sides; s++) {
				Key over = r->entries[i].key;
				if (over.cell.value[s] == 0)
					continue;
				over.cell.value[s] = 0;
				size_t total = *look_up(r, r->places, &over) - 1, at = total * sides + s;
				if (pass == 0) {
					members[at]++;
					continue;
				}
				if (parts[at] == NULL)
					parts[at] = ARENA_ARRAY(a, members[at], size_t);
				parts[at][all[at].count++] = r->entries[i].cell;
				all[at].total = r->entries[total].cell;
			}
		}
	}
	for (size_t at = 0; at < r->entry_count * sides; at++)
		if (all[at].count > 0)
			all[n++] = (DisclosureSum){ all[at].total, parts[at], all[at].count };
	r->out->counts.sums = all;
	r->out->counts.sum_count = n;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* A line is one cell, with a margin for every choice among its sides; small files take little room. */
static void make_room(Reader *r)
{
	Arena *a = r->csv->c->arena;
	size_t lines = 1;
	for (const char *p = r->csv->at; p < r->csv->end; p++)
		lines += *p == '\n';
	lines = smaller(lines, ENTRIES_MOST);
	r->room = smaller(lines << r->out->sides, ENTRIES_MOST);
	r->entries = ARENA_ARRAY(a, r->room, Entry);
	r->places = ARENA_ARRAY(a, 2 * r->room, size_t);
	r->cell_places = ARENA_ARRAY(a, 2 * r->room, size_t);
	r->counts = ARENA_ARRAY(a, smaller(r->room, LINKED_CELLS_MOST), int64_t);
	r->out->cells = ARENA_ARRAY(a, smaller(r->room, LINKED_CELLS_MOST), LinkedCell);
	for (size_t s = 0; s < r->out->sides; s++)
		r->out->values[s] = ARENA_ARRAY(a, smaller(lines, LINKED_CELLS_MOST), Str);
}

Err linked_read(Csv *csv, LinkedTables *out)
{
	Reader r = { .csv = csv, .out = out };
	bool more;
	*out = (LinkedTables){ 0 };
	RETURN_IF_ERR(find_columns(&r));
	make_room(&r);
	for (;;) {
		RETURN_IF_ERR(csv_next(csv, &more));
		if (!more)
			break;
		RETURN_IF_ERR(read_row(&r));
	}
	RETURN_IF_ERR(add_margins(&r));
	RETURN_IF_ERR(join_cells(&r));
	add_sums(&r);
	return OK;
}

Str linked_value(const LinkedTables *t, size_t cell, size_t side)
{
	uint16_t value = t->cells[cell].value[side];
	return value == 0 ? STR_NONE : t->values[side][value - 1];
}
