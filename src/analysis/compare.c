/* Groups of different people, a row each: reads them and finds what their values are. */
#include "analysis/compare.h"

#include <math.h>
#include <string.h>

static const char *const kinds[] = { "numbers", "categories", NULL };
enum { AS_NUMBERS, AS_CATEGORIES, AS_FOUND };

static void add(Arena *a, Comparison *in, Compared row)
{
	if (in->n == in->room) {
		in->room = in->room == 0 ? 256 : in->room * 2;
		Compared *wider = ARENA_ARRAY(a, in->room, Compared);
		if (in->n > 0)
			memcpy(wider, in->rows, in->n * sizeof *wider);
		in->rows = wider;
	}
	in->rows[in->n++] = row;
}

static Err read_row(const Csv *csv, int group, int value, int as, Comparison *in)
{
	Str name = csv_field(csv, group), text = csv_field(csv, value);
	Compared row = { .number = NAN };
	if (name.len == 0)
		return csv_refuse(csv, group, "%s", T(csv->c->lang, "The group is missing"));
	if (text.len == 0) {
		in->missing++;
		return OK;
	}
	if (as != AS_CATEGORIES)
		RETURN_IF_ERR(analysis_check_point(csv, value));
	if (as == AS_NUMBERS)
		RETURN_IF_ERR(analysis_read(csv, value, &row.number));
	else if (!analysis_parse(text, &row.number))
		in->word_row = in->words++ == 0 ? csv->row : in->word_row;
	row.group = labels_place(&in->groups, name, LABELS_MOST);
	if (row.group == LABELS_FULL)
		return csv_refuse(csv, group, T(csv->c->lang, "There are more than %d different groups"), LABELS_MOST);
	row.category = labels_place(&in->categories, text, LABELS_MOST);
	if (row.category == LABELS_FULL && in->full_row == 0)
		in->full_row = csv->row;
	add(csv->c->arena, in, row);
	return OK;
}

static Err read_rows(Analysis *a, int as, Comparison *in)
{
	int group, value;
	bool more;
	RETURN_IF_ERR(heading_required(&a->csv, HEADING_GROUP, &group));
	RETURN_IF_ERR(heading_required(&a->csv, HEADING_VALUE, &value));
	for (;;) {
		RETURN_IF_ERR(csv_next(&a->csv, &more));
		if (!more)
			return OK;
		RETURN_IF_ERR(read_row(&a->csv, group, value, as, in));
	}
}

static void sort_labels(Arena *a, Comparison *in)
{
	int groups[LABELS_MOST], categories[LABELS_MOST];
	labels_sort(a, &in->groups, groups);
	labels_sort(a, &in->categories, categories);
	for (size_t i = 0; i < in->n; i++) {
		in->rows[i].group = groups[in->rows[i].group];
		if (in->rows[i].category != LABELS_FULL)
			in->rows[i].category = categories[in->rows[i].category];
	}
}

static Err run(Analysis *a)
{
	int as;
	Comparison *in = ARENA_NEW(a->c->arena, Comparison);
	RETURN_IF_ERR(analysis_choice(a, "--as", kinds, AS_FOUND, &as));
	RETURN_IF_ERR(read_rows(a, as, in));
	sort_labels(a->c->arena, in);
	if (in->groups.n < 2)
		return refuse(a->c, "group", "%s", T(a->c->lang, "Values of at least two groups are needed"));
	if (as != AS_CATEGORIES && in->word_row == 0)
		compare_numbers(a, in);
	else if (as == AS_FOUND && in->words * 2 < in->n)
		return refuse_at(a->c, "value", in->word_row, 0, "%s",
				 T(a->c->lang, "This is no number, as most of the values are. Correct it, or say --as "
					       "categories."));
	else if (in->full_row > 0)
		return refuse_at(a->c, "value", in->full_row, 0,
				 T(a->c->lang, "There are more than %d different values: too many for categories."),
				 LABELS_MOST);
	else
		compare_categories(a, in);
	return OK;
}

void compare_put_difference(JsonWriter *w, const char *name, double value, Interval interval)
{
	json_add_object(w, name);
	json_add_real(w, "value", value);
	json_put_interval(w, interval);
	json_close(w);
}

const AnalysisKind analysis_compare = { "compare",
					N_("compare: do groups of different people answer differently?\n"
					   "  columns   group, value: a row for each person\n"
					   "  --as      numbers: higher and lower are compared\n"
					   "            categories: so many of each kind are compared\n"
					   "            (default: numbers when all values are some)\n"
					   "  example   rampe stats compare answers.csv --as categories"),
					{ "--as" },
					run };
