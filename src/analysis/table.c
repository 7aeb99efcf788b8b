#include "analysis/table.h"

#include "analysis/analysis.h"
#include "base/danish.h"
#include "base/dictionary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = TABLES_MOST * TABLE_KEYS_MOST, CODE_BITS = 21, SLOTS_FIRST = 1024 };

typedef enum { PART_ALL, PART_YEAR, PART_QUARTER, PART_MONTH } Part;

/* A key while the file is read. What a field stands for is worked out once for each text that there is. */
typedef struct {
	TableKey key;
	int column;
	Part part;
	Dictionary fields, values;
	uint32_t *value_of; /* of each field */
	size_t room;        /* in value_of */
	uint32_t *rank;     /* of each value among the sorted ones */
	uint32_t now;       /* the row's value */
} Column;

typedef struct {
	uint64_t key; /* value + 1 of the first key in the lowest CODE_BITS bits, and so on; 0: total */
	int64_t n;
	double sum, lost; /* `lost` is what rounding took from the sum (Neumaier 1974, ZAMM 54:39–51) */
} Cell;

typedef struct {
	size_t columns[TABLE_KEYS_MOST], n;
	Cell *cells; /* in the order in which they come: what is added up must not hang on the hash */
	size_t used;
	uint32_t *slots; /* open addressing over keys: cell + 1; 0: free */
	size_t slot_count;
} Counts;

typedef struct {
	Csv *csv;
	TableSet *out;
	Column *columns; /* the keys of all tables, each once */
	size_t column_count;
	Counts counts[TABLES_MOST];
	int sum;
} Reader;

/* ---- what is asked for ---- */

/* "month(day)" → the part and "day"; a column of just that name comes first. */
static Part part_of(const Csv *csv, Str name, Str *column)
{
	static const struct {
		Str start;
		Part part;
	} parts[] = { { { STR_LIT("year(") }, PART_YEAR },       { { STR_LIT("quarter(") }, PART_QUARTER },
		      { { STR_LIT("month(") }, PART_MONTH },     { { STR_LIT("år(") }, PART_YEAR },
		      { { STR_LIT("kvartal(") }, PART_QUARTER }, { { STR_LIT("måned(") }, PART_MONTH } };
	*column = name;
	if (csv_column(csv, str_z(csv->c->arena, name)) >= 0 || !str_ends(name, STR(")")))
		return PART_ALL;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (!str_starts(name, parts[i].start))
			continue;
		*column = str_trim(str_sub(name, parts[i].start.len, name.len - 1));
		return parts[i].part;
	}
	return PART_ALL;
}

/* The key's column, made when no table has asked for it yet. */
static Err find_column(Reader *r, Str name, size_t *out)
{
	Ctx *c = r->csv->c;
	for (*out = 0; *out < r->column_count; ++*out)
		if (str_eq(r->columns[*out].key.name, name))
			return OK;
	Column *k = &r->columns[r->column_count];
	Str column;
	k->part = part_of(r->csv, name, &column);
	k->key.name = name;
	r->column_count++;
	return csv_column_required(r->csv, str_z(c->arena, column), &k->column);
}

static bool is_key(const Reader *r, const Counts *counts, size_t column)
{
	const Column *k = &r->columns[column];
	for (size_t i = 0; i < counts->n; i++) {
		const Column *other = &r->columns[counts->columns[i]];
		if (other->column == k->column && other->part == k->part)
			return true;
	}
	return false;
}

static Err read_by(Reader *r, Str by, Counts *counts)
{
	Ctx *c = r->csv->c;
	Str rest = by, name;
	size_t column;
	while (str_split(&rest, ',', &name)) {
		name = str_trim(name);
		r->out->misused = true;
		if (name.len == 0)
			return refuse(c, "--by", "%s", T(c->lang, "The name of a column is missing."));
		if (counts->n == TABLE_KEYS_MOST)
			return refuse(c, "--by", T(c->lang, "“%.*s”: at most %d columns at once."), STR_ARG(by),
				      TABLE_KEYS_MOST);
		r->out->misused = false;
		RETURN_IF_ERR(find_column(r, name, &column));
		r->out->misused = is_key(r, counts, column);
		if (r->out->misused)
			return refuse(c, "--by", T(c->lang, "“%.*s” stands there twice."), STR_ARG(name));
		counts->columns[counts->n++] = column;
	}
	counts->slot_count = SLOTS_FIRST;
	counts->slots = ARENA_ARRAY(c->arena, counts->slot_count, uint32_t);
	counts->cells = ARENA_ARRAY(c->arena, counts->slot_count / 2 + 1, Cell);
	return OK;
}

/* ---- counting ---- */

static Err value_text(const Reader *r, const Column *k, Str field, Str *out)
{
	Ctx *c = r->csv->c;
	Date day;
	*out = field;
	if (k->part == PART_ALL || field.len == 0)
		return OK;
	if (!date_parse(field, &day))
		return csv_refuse(r->csv, k->column, T(c->lang, "“%.*s” is no day."), STR_ARG(field));
	Ymd v = date_ymd(day);
	*out = k->part == PART_YEAR    ? str_printf(c->arena, "%d", v.year)
	       : k->part == PART_MONTH ? str_printf(c->arena, "%d-%02d", v.year, v.month)
				       : str_printf(c->arena, "%d-Q%d", v.year, (v.month + 2) / 3);
	return OK;
}

static void widen(Arena *a, Column *k)
{
	uint32_t *wider = ARENA_ARRAY(a, k->fields.room, uint32_t);
	if (k->room > 0)
		memcpy(wider, k->value_of, k->room * sizeof *wider);
	k->value_of = wider;
	k->room = k->fields.room;
}

static Err read_key(const Reader *r, Column *k)
{
	Arena *a = r->csv->c->arena;
	Str text;
	size_t known = k->fields.n;
	uint32_t field = dictionary_number(a, &k->fields, csv_field(r->csv, k->column));
	if (field == known) {
		if (known == TABLE_VALUES_MOST)
			return csv_refuse(r->csv, k->column,
					  T(r->csv->c->lang, "The column has more than %d different values."),
					  TABLE_VALUES_MOST);
		RETURN_IF_ERR(value_text(r, k, k->fields.at[field], &text));
		if (field >= k->room)
			widen(a, k);
		k->value_of[field] = dictionary_number(a, &k->values, text);
	}
	k->now = k->value_of[field];
	return OK;
}

static uint32_t *slot_of(const Counts *t, uint64_t key)
{
	size_t mask = t->slot_count - 1, i = hash_number(key) & mask;
	while (t->slots[i] != 0 && t->cells[t->slots[i] - 1].key != key)
		i = (i + 1) & mask;
	return &t->slots[i];
}

/* Room for one more cell than half of the slots. */
static void grow(Arena *a, Counts *t)
{
	Cell *wider = ARENA_ARRAY(a, t->slot_count + 1, Cell);
	memcpy(wider, t->cells, t->used * sizeof *wider);
	t->cells = wider;
	t->slot_count *= 2;
	t->slots = ARENA_ARRAY(a, t->slot_count, uint32_t);
	for (size_t i = 0; i < t->used; i++)
		*slot_of(t, t->cells[i].key) = (uint32_t)i + 1;
}

/* The key's cell, made when there is none. */
static Cell *cell_of(Arena *a, Counts *t, uint64_t key)
{
	uint32_t *slot = slot_of(t, key);
	if (*slot == 0) {
		if (t->used > t->slot_count / 2) {
			grow(a, t);
			slot = slot_of(t, key);
		}
		t->cells[t->used].key = key;
		*slot = (uint32_t)++t->used;
	}
	return &t->cells[*slot - 1];
}

static void add_to_sum(Cell *cell, double x)
{
	double sum = cell->sum + x;
	cell->lost += fabs(cell->sum) >= fabs(x) ? cell->sum - sum + x : x - sum + cell->sum;
	cell->sum = sum;
}

static Err read_row(Reader *r)
{
	Ctx *c = r->csv->c;
	double x = 0;
	for (size_t i = 0; i < r->column_count; i++)
		RETURN_IF_ERR(read_key(r, &r->columns[i]));
	if (r->sum >= 0)
		RETURN_IF_ERR(analysis_read(r->csv, r->sum, &x));
	for (size_t i = 0; i < r->out->n; i++) {
		Counts *t = &r->counts[i];
		uint64_t key = 0;
		for (size_t k = 0; k < t->n; k++)
			key |= (uint64_t)(r->columns[t->columns[k]].now + 1) << k * CODE_BITS;
		Cell *cell = cell_of(c->arena, t, key);
		cell->n++;
		add_to_sum(cell, isnan(x) ? 0 : x);
		if (t->used > TABLE_CELLS_MOST)
			return refuse_at(c, "", r->csv->row, 0, T(c->lang, "The table has more than %d cells."),
					 TABLE_CELLS_MOST);
	}
	r->out->rows++;
	return OK;
}

/* ---- what was counted ---- */

typedef struct {
	Str text, word;
	double number; /* NaN: it is a word */
	uint32_t value;
} Sorted;

static int by_value(const void *left, const void *right)
{
	const Sorted *a = left, *b = right;
	if ((a->text.len == 0) != (b->text.len == 0))
		return a->text.len == 0 ? 1 : -1;
	if (isnan(a->number) != isnan(b->number))
		return isnan(a->number) ? 1 : -1;
	if (a->number != b->number && !isnan(a->number))
		return a->number < b->number ? -1 : 1;
	int order = str_cmp(a->word, b->word);
	return order != 0 ? order : str_cmp(a->text, b->text);
}

static void sort_values(Arena *a, Column *k)
{
	size_t n = k->values.n;
	Sorted *list = ARENA_ARRAY(a, n, Sorted);
	for (size_t i = 0; i < n; i++) {
		Str text = k->values.at[i];
		list[i] = (Sorted){ text, STR(""), NAN, (uint32_t)i };
		if (!analysis_parse(text, &list[i].number))
			list[i].word = danish_sort_key(a, text);
	}
	if (n > 0)
		qsort(list, n, sizeof *list, by_value);
	k->rank = ARENA_ARRAY(a, n, uint32_t);
	k->key.values = ARENA_ARRAY(a, n, Str);
	k->key.n = n;
	for (size_t i = 0; i < n; i++) {
		k->rank[list[i].value] = (uint32_t)i;
		k->key.values[i] = list[i].text;
	}
}

static void add_margins(Arena *a, Counts *t)
{
	for (size_t i = 0, inner = t->used; i < inner; i++) {
		const Cell cell = t->cells[i];
		for (uint64_t over = 1; over < (uint64_t)1 << t->n; over++) {
			uint64_t key = cell.key;
			for (size_t k = 0; k < t->n; k++)
				if ((over >> k & 1) != 0)
					key &= ~((((uint64_t)1 << CODE_BITS) - 1) << k * CODE_BITS);
			Cell *margin = cell_of(a, t, key);
			margin->n += cell.n;
			add_to_sum(margin, cell.sum);
			margin->lost += cell.lost;
		}
	}
}

static int by_place(const void *left, const void *right)
{
	const TableCell *a = left, *b = right;
	for (size_t k = 0; k < TABLE_KEYS_MOST; k++)
		if (a->at[k] != b->at[k])
			return a->at[k] < b->at[k] ? -1 : 1;
	return 0;
}

static void put_cells(Reader *r, Counts *t, Table *out)
{
	Arena *a = r->csv->c->arena;
	out->key_count = t->n;
	for (size_t k = 0; k < t->n; k++)
		out->keys[k] = &r->columns[t->columns[k]].key;
	add_margins(a, t);
	out->cells = ARENA_ARRAY(a, t->used, TableCell);
	for (size_t i = 0; i < t->used; i++) {
		const Cell *cell = &t->cells[i];
		TableCell *to = &out->cells[out->n++];
		*to = (TableCell){ .n = cell->n, .sum = cell->sum + cell->lost };
		for (size_t k = 0; k < t->n; k++) {
			uint32_t code = (uint32_t)(cell->key >> k * CODE_BITS & (((uint64_t)1 << CODE_BITS) - 1));
			to->at[k] = code == 0 ? TABLE_TOTAL : r->columns[t->columns[k]].rank[code - 1];
		}
	}
	if (out->n > 0)
		qsort(out->cells, out->n, sizeof *out->cells, by_place);
}

Err tables_read(Csv *csv, const Str *by, size_t n, Str sum, TableSet *out)
{
	Arena *a = csv->c->arena;
	Reader r = { .csv = csv, .out = out, .columns = ARENA_ARRAY(a, COLUMNS_MOST, Column), .sum = -1 };
	bool more;
	*out = (TableSet){ .n = n, .summed = sum };
	if (!str_is_none(sum))
		RETURN_IF_ERR(csv_column_required(csv, str_z(a, sum), &r.sum));
	for (size_t i = 0; i < n; i++)
		RETURN_IF_ERR(read_by(&r, by[i], &r.counts[i]));
	for (;;) {
		RETURN_IF_ERR(csv_next(csv, &more));
		if (!more)
			break;
		RETURN_IF_ERR(read_row(&r));
	}
	for (size_t i = 0; i < r.column_count; i++)
		sort_values(a, &r.columns[i]);
	for (size_t i = 0; i < n; i++)
		put_cells(&r, &r.counts[i], &out->tables[i]);
	return OK;
}
