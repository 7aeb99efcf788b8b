#include "analysis/analysis.h"

#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

PrintTable print_table_bare(Ctx *c, size_t columns)
{
	return (PrintTable){ .c = c,
			     .columns = columns,
			     .room = columns * 64,
			     .at = ARENA_ARRAY(c->arena, columns * 64, Str),
			     .right = ARENA_ARRAY(c->arena, columns, bool) };
}

PrintTable print_table(Ctx *c, const char *const *headings)
{
	size_t columns = 0;
	while (headings[columns] != NULL)
		columns++;
	Str *translated = ARENA_ARRAY(c->arena, columns, Str);
	for (size_t i = 0; i < columns; i++)
		translated[i] = str_of(T(c->lang, headings[i]));
	return print_table_of(c, translated, columns);
}

PrintTable print_table_of(Ctx *c, const Str *headings, size_t columns)
{
	PrintTable t = print_table_bare(c, columns);
	for (; t.cells < t.columns; t.cells++)
		t.at[t.cells] = headings[t.cells];
	return t;
}

void print_table_text(PrintTable *t, Str cell)
{
	if (t->cells == t->room) {
		Str *wider = ARENA_ARRAY(t->c->arena, t->room * 2, Str);
		for (size_t i = 0; i < t->cells; i++)
			wider[i] = t->at[i];
		t->at = wider;
		t->room *= 2;
	}
	t->at[t->cells++] = cell;
}

void print_table_number(PrintTable *t, Str cell)
{
	t->right[t->cells % t->columns] = true;
	print_table_text(t, cell);
}

void print_table_int(PrintTable *t, int64_t n)
{
	print_table_number(t, text_int(t->c->arena, t->c->lang, n));
}

void print_table_real(PrintTable *t, double x, int decimals)
{
	print_table_number(t, text_real(t->c->arena, t->c->lang, x, decimals));
}

void print_table_percent(PrintTable *t, double share)
{
	print_table_number(t, text_percent(t->c->arena, t->c->lang, share, 1));
}

static void put_spaces(Buf *out, size_t n)
{
	while (n-- > 0)
		buf_char(out, ' ');
}

void print_table_put(const PrintTable *t, Buf *out)
{
	size_t *widths = ARENA_ARRAY(t->c->arena, t->columns, size_t);
	for (size_t i = 0; i < t->cells; i++) {
		size_t width = utf8_length(t->at[i]);
		if (width > widths[i % t->columns])
			widths[i % t->columns] = width;
	}
	if (buf_str(out).len > 0)
		buf_char(out, '\n');
	for (size_t i = 0; i < t->cells; i++) {
		size_t column = i % t->columns, left = widths[column] - utf8_length(t->at[i]);
		bool last = column + 1 == t->columns;
		if (t->right[column])
			put_spaces(out, left);
		buf_str_add(out, t->at[i]);
		if (!t->right[column] && !last)
			put_spaces(out, left);
		buf_str_add(out, last ? STR("\n") : STR("  "));
	}
}

Str p_text(Ctx *c, double p)
{
	if (p < 0.001) {
		Str least = text_real(c->arena, c->lang, 0.001, 3);
		return str_printf(c->arena, T(c->lang, "under %.*s"), STR_ARG(least));
	}
	return text_real(c->arena, c->lang, p, 3);
}

Str chance_text(Ctx *c, double p)
{
	enum { FEWEST = 1000000 };
	if (p >= 0.1)
		return str_printf(c->arena, T(c->lang, "%d of 100 cases"), (int)round(p * 100));
	if (p < 1.0 / FEWEST) {
		Str most = text_int(c->arena, c->lang, FEWEST);
		return str_printf(c->arena, T(c->lang, "fewer than 1 of %.*s cases"), STR_ARG(most));
	}
	Str times = text_int(c->arena, c->lang, (int64_t)round(1 / p));
	return str_printf(c->arena, T(c->lang, "1 of %.*s cases"), STR_ARG(times));
}

void print_sentence(Analysis *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	Str sentence = str_vprintf(a->c->arena, format, args);
	va_end(args);
	buf_printf(a->out, "\n%.*s\n", STR_ARG(sentence));
}

void print_chance(Analysis *a, double p)
{
	Lang lang = a->c->lang;
	Str cases = chance_text(a->c, p);
	if (isnan(p))
		return;
	buf_printf(a->out, T(lang, "If only chance were at work, a difference this large or larger would come in %.*s"),
		   STR_ARG(cases));
	buf_z(a->out, p < 0.05 ? T(lang, "; what else is at work, the numbers do not say.\n")
			       : T(lang, ": it may well be chance.\n"));
}

void json_put_interval(JsonWriter *w, Interval i)
{
	json_add_real(w, "lo", i.low);
	json_add_real(w, "hi", i.high);
}
