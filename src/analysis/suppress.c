/* Counts held back so that nobody can be made out: tables in, what may be published out.
 *
 * Which cells are primary and which complementary, and between which values a
 * cell can be, is told to whoever publishes; published are the counts that are
 * told, and a mark in place of the others, the same for both. */
#include "analysis/analysis.h"
#include "analysis/linked.h"

static Err read_size(const Analysis *a, const char *option, int64_t otherwise, int64_t *out)
{
	Str given = analysis_option(a, option);
	*out = otherwise;
	if (str_is_none(given) || (str_to_int(given, out) && *out >= 1 && *out <= 1000000))
		return OK;
	return refuse(a->c, option, T(a->c->lang, "Between 1 and %lld."), 1000000LL);
}

static const char *why_of(CellFate fate)
{
	return fate == CELL_PRIMARY ? N_("primary") : fate == CELL_COMPLEMENTARY ? N_("complementary") : NULL;
}

static void put_cell_json(JsonWriter *w, const LinkedTables *t, const Suppression *s, size_t i)
{
	bool told = s->fate[i] == CELL_TOLD;
	json_open_object(w);
	json_key(w, "at");
	json_open_object(w);
	for (size_t side = 0; side < t->sides; side++) {
		json_key_str(w, t->names[side]);
		json_put_text(w, linked_value(t, i, side));
	}
	json_close(w);
	json_key(w, "n");
	if (told)
		json_put_int(w, t->counts.counts[i]);
	else
		json_put_null(w);
	json_key(w, "why");
	json_put_text(w, str_of(why_of(s->fate[i])));
	json_key(w, "lo");
	json_put_int(w, s->low[i]);
	json_key(w, "hi");
	json_put_int(w, s->high[i]);
	json_close(w);
}

static void put_json(JsonWriter *w, const LinkedTables *t, const Suppression *s, int64_t least, int64_t width)
{
	json_open_object(w);
	json_key(w, "least");
	json_put_int(w, least);
	json_key(w, "width");
	json_put_int(w, width);
	json_key(w, "of");
	json_put_int(w, (int64_t)t->counts.cells);
	json_key(w, "primary");
	json_put_int(w, (int64_t)s->primary);
	json_key(w, "complementary");
	json_put_int(w, (int64_t)s->complementary);
	json_key(w, "cells");
	json_open_list(w);
	for (size_t i = 0; i < t->counts.cells; i++)
		put_cell_json(w, t, s, i);
	json_close(w);
	json_close(w);
}

static void put_text(Analysis *a, const LinkedTables *t, const Suppression *s)
{
	Str headings[LINKED_SIDES_MOST + 4];
	size_t n = t->sides;
	for (size_t side = 0; side < t->sides; side++)
		headings[side] = t->names[side];
	headings[n++] = STR("n");
	headings[n++] = str_of(T(a->c->lang, "Held back"));
	headings[n++] = str_of(T(a->c->lang, "Can be from"));
	headings[n++] = str_of(T(a->c->lang, "Can be to"));
	PrintTable table = print_table_of(a->c, headings, n);
	for (size_t i = 0; i < t->counts.cells; i++) {
		const char *why = why_of(s->fate[i]);
		for (size_t side = 0; side < t->sides; side++) {
			Str value = linked_value(t, i, side);
			print_table_text(&table, str_is_none(value) ? str_of(T(a->c->lang, "Total")) : value);
		}
		if (why == NULL)
			print_table_int(&table, t->counts.counts[i]);
		else
			print_table_number(&table, STR("·"));
		print_table_text(&table, why == NULL ? STR("") : str_of(T(a->c->lang, why)));
		print_table_int(&table, s->low[i]);
		print_table_int(&table, s->high[i]);
	}
	print_table_put(&table, a->out);
	buf_char(a->out, '\n');
	buf_printf(a->out, T(a->c->lang, "%zu small counts and %zu further cells of %zu are held back."), s->primary,
		   s->complementary, t->counts.cells);
	buf_char(a->out, '\n');
}

static Err run(Analysis *a)
{
	LinkedTables t;
	Suppression s;
	int64_t least, width;
	RETURN_IF_ERR(read_size(a, "--least", 5, &least));
	RETURN_IF_ERR(read_size(a, "--width", least, &width));
	RETURN_IF_ERR(linked_read(&a->csv, &t));
	if (!disclosure_suppress(a->c->arena, &t.counts, least, width, &s))
		return refuse(a->c, "",
			      T(a->c->lang, "%zu cells with %zu sums are too many to be proven safe together."),
			      t.counts.cells, t.counts.sum_count);
	if (a->json)
		put_json(&a->w, &t, &s, least, width);
	else
		put_text(a, &t, &s);
	return OK;
}

const AnalysisKind analysis_suppress = { "suppress", { "--least", "--width" }, run };
