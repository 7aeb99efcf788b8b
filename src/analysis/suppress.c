/* Counts held back so that nobody can be made out: tables in, what may be published out.
 *
 * Which cells are primary and which complementary, and between which values a
 * cell can be, is told to whoever publishes; published are the counts that are
 * told, and a mark in place of the others, the same for both. */
#include "analysis/analysis.h"
#include "analysis/linked.h"

static Err read_size(Analysis *a, const char *option, int64_t otherwise, int64_t *out)
{
	Str given = analysis_option(a, option);
	*out = otherwise;
	if (str_is_none(given) || (str_to_int(given, out) && *out >= 1 && *out <= 1000000))
		return OK;
	return analysis_misuse(a, option, T(a->c->lang, "“%.*s” is no whole number between 1 and %lld."),
			       STR_ARG(given), 1000000LL);
}

/* In the JSON document; NULL: told. */
static const char *why_of(CellFate fate)
{
	return fate == CELL_PRIMARY ? "primary" : fate == CELL_COMPLEMENTARY ? "complementary" : NULL;
}

static const char *why_text(Lang lang, CellFate fate)
{
	return fate == CELL_PRIMARY         ? T(lang, "primary: a small count")
	       : fate == CELL_COMPLEMENTARY ? T(lang, "secondary: would give another away")
					    : "";
}

static void put_cell_json(JsonWriter *w, const LinkedTables *t, const Suppression *s, size_t i)
{
	bool told = s->fate[i] == CELL_TOLD;
	json_open_object(w);
	json_add_object(w, "at");
	for (size_t side = 0; side < t->sides; side++) {
		json_key_str(w, t->names[side]);
		json_put_text(w, linked_value(t, i, side));
	}
	json_close(w);
	if (told)
		json_add_int(w, "n", t->counts.counts[i]);
	else
		json_add_null(w, "n");
	json_add_text(w, "why", str_of(why_of(s->fate[i])));
	json_add_int(w, "lo", s->low[i]);
	json_add_int(w, "hi", s->high[i]);
	json_close(w);
}

static void put_json(JsonWriter *w, const LinkedTables *t, const Suppression *s, int64_t least, int64_t width)
{
	json_open_object(w);
	json_add_int(w, "least", least);
	json_add_int(w, "width", width);
	json_add_int(w, "of", (int64_t)t->counts.cells);
	json_add_int(w, "primary", (int64_t)s->primary);
	json_add_int(w, "complementary", (int64_t)s->complementary);
	json_add_list(w, "cells");
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
		for (size_t side = 0; side < t->sides; side++) {
			Str value = linked_value(t, i, side);
			print_table_text(&table, str_is_none(value) ? str_of(T(a->c->lang, "Total")) : value);
		}
		if (s->fate[i] == CELL_TOLD)
			print_table_int(&table, t->counts.counts[i]);
		else
			print_table_number(&table, STR("·"));
		print_table_text(&table, str_of(why_text(a->c->lang, s->fate[i])));
		print_table_int(&table, s->low[i]);
		print_table_int(&table, s->high[i]);
	}
	print_table_put(&table, a->out);
	print_sentence(a,
		       T(a->c->lang,
			 "%zu small counts and %zu further cells of %zu are held back, so that no small count "
			 "can be reckoned from the others."),
		       s->primary, s->complementary, t->counts.cells);
	buf_z(a->out, T(a->c->lang,
			"Publish the counts and the dots; what a cell can be, and why it is held back, stays here.\n"));
}

static Err run(Analysis *a)
{
	LinkedTables t;
	Suppression s;
	int64_t least, width;
	RETURN_IF_ERR(read_size(a, "--least", 5, &least));
	RETURN_IF_ERR(read_size(a, "--width", least, &width));
	RETURN_IF_ERR(linked_read(&a->csv, &t));
	if (!disclosure_suppress(a->c->arena, &t.counts, least, width, DISCLOSURE_EFFORT, &s))
		return refuse(a->c, "",
			      T(a->c->lang, "%zu cells with %zu sums are too many to be proven safe together."),
			      t.counts.cells, t.counts.sum_count);
	if (a->json)
		put_json(&a->w, &t, &s, least, width);
	else
		put_text(a, &t, &s);
	return OK;
}

const AnalysisKind analysis_suppress = {
	"suppress",
	N_("suppress: which counts of a table must be held back, so that nobody can be made out?\n"
	   "  columns   n: the count, a row for each cell; every other column says which cell it is (kind, month …);\n"
	   "            “Total”, “I alt” or nothing there: a total, which must be what its cells add up to; totals\n"
	   "            that are lacking are made; table: optional, the name of the row's table where there are\n"
	   "            several of the same people\n"
	   "  --least   the smallest count that may be published (5)\n"
	   "  --width   how far apart the values must lie that a held back cell can have (as --least)\n"
	   "  example   rampe stats suppress contacts.csv --least 5"),
	{ "--least", "--width" },
	run
};
