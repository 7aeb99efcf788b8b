#include "analysis/analysis.h"
#include "analysis/table.h"

#include <math.h>

enum { BESIDE_MOST = 24 };

static Str name_of(Ctx *c, const Table *t, size_t key, uint32_t at)
{
	if (at == TABLE_TOTAL)
		return str_of(T(c->lang, "Total"));
	Str value = t->keys[key]->values[at];
	return value.len > 0 ? value : str_of(T(c->lang, "(empty)"));
}

static void put_number(PrintTable *p, const TableSet *set, const TableCell *cell)
{
	bool sum = !str_is_none(set->summed);
	if (!sum)
		print_table_int(p, cell == NULL ? 0 : cell->n);
	else
		print_table_real(p, cell == NULL ? 0 : cell->sum,
				 cell == NULL || cell->sum == floor(cell->sum) ? 0 : 2);
}

/* A line for each cell. */
static void put_list(Ctx *c, const TableSet *set, const Table *t, Buf *out)
{
	Str headings[TABLE_KEYS_MOST + 2];
	size_t n = t->key_count;
	for (size_t k = 0; k < n; k++)
		headings[k] = t->keys[k]->name;
	headings[n++] = STR("n");
	if (!str_is_none(set->summed))
		headings[n++] = set->summed;
	PrintTable p = print_table_of(c, headings, n);
	for (size_t i = 0; i < t->n; i++) {
		for (size_t k = 0; k < t->key_count; k++)
			print_table_text(&p, name_of(c, t, k, t->cells[i].at[k]));
		print_table_int(&p, t->cells[i].n);
		if (!str_is_none(set->summed))
			put_number(&p, set, &t->cells[i]);
	}
	print_table_put(&p, out);
}

static bool same_line(const Table *t, const TableCell *a, const TableCell *b)
{
	for (size_t k = 0; k + 1 < t->key_count; k++)
		if (a->at[k] != b->at[k])
			return false;
	return true;
}

/* The last key's values beside each other, its total at the end. */
static void put_cross(Ctx *c, const TableSet *set, const Table *t, Buf *out)
{
	const size_t last = t->key_count - 1, beside = t->keys[last]->n;
	Str headings[TABLE_KEYS_MOST + BESIDE_MOST + 1];
	size_t n = 0;
	for (size_t k = 0; k < last; k++)
		headings[n++] = t->keys[k]->name;
	for (size_t v = 0; v < beside; v++)
		headings[n++] = name_of(c, t, last, (uint32_t)v);
	headings[n++] = str_of(T(c->lang, "Total"));
	PrintTable p = print_table_of(c, headings, n);
	for (size_t i = 0, from; i < t->n;) {
		from = i;
		for (size_t k = 0; k < last; k++)
			print_table_text(&p, name_of(c, t, k, t->cells[from].at[k]));
		for (size_t v = 0; v <= beside; v++) {
			uint32_t at = v == beside ? TABLE_TOTAL : (uint32_t)v;
			bool there =
				i < t->n && same_line(t, &t->cells[from], &t->cells[i]) && t->cells[i].at[last] == at;
			put_number(&p, set, there ? &t->cells[i] : NULL);
			i += there;
		}
	}
	print_table_put(&p, out);
}

void table_put_text(Ctx *c, const TableSet *set, const Table *t, Buf *out)
{
	if (t->key_count == 1 || t->keys[t->key_count - 1]->n > BESIDE_MOST)
		put_list(c, set, t, out);
	else
		put_cross(c, set, t, out);
}
