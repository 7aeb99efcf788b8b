/* Stacked columns: how many of each kind in each month. */
#include "format/svg.h"
#include "format/svg_chart.h"

#include <assert.h>
#include <math.h>

static const double plot_top = 14, plot_height = 230, axis_height = 40, legend_line = 20;
static const double small_size = 11.5, total_size = 9.5, year_size = 12;

/* Dark to light, so that kinds differ in grey too; from the fourth on they are hatched. */
static const char *const fills[CHART_KINDS_MOST] = { "#0b3c6f", "#3f86c2", "#f0b23e", "#7a3b6f", "#2f6b3c", "#a3241a" };
static const int hatch_angles[CHART_KINDS_MOST] = { 0, 0, 0, 45, 135, 0 };

enum { FIRST_HATCHED = 3 };

typedef struct {
	ChartHead head;
	int first;
	size_t months, kinds;
	const Str *names;
	const int64_t *counts;
	double width, left, column, top; /* a month's width; top of the plot */
	int64_t step, most;              /* of the value axis */
	bool totals;                     /* stand above the columns: there is room for all of them */
} Months;

static int64_t count_of(const Months *m, size_t month, size_t kind)
{
	return m->counts[month * m->kinds + kind];
}

static int64_t month_total(const Months *m, size_t month)
{
	int64_t sum = 0;
	for (size_t k = 0; k < m->kinds; k++)
		sum += count_of(m, month, k);
	return sum;
}

static int64_t kind_total(const Months *m, size_t kind)
{
	int64_t sum = 0;
	for (size_t i = 0; i < m->months; i++)
		sum += count_of(m, i, kind);
	return sum;
}

static int month_at(const Months *m, size_t i)
{
	int n = m->first / 100 * 12 + m->first % 100 - 1 + (int)i;
	return n / 12 * 100 + n % 12 + 1;
}

/* The smallest of 1, 2, 5 × 10^k with which at most five steps reach `most`. */
static int64_t nice_step(int64_t most)
{
	int64_t unit = 1;
	for (;;) {
		for (int i = 0; i < 3; i++) {
			int64_t step = unit * (i == 0 ? 1 : i == 1 ? 2 : 5);
			if (step >= most / 5 + (most % 5 > 0))
				return step;
		}
		unit *= 10;
	}
}

static double y_of(const Months *m, double value)
{
	return m->top + plot_height * (1 - value / (double)m->most);
}

static void define_hatches(Buf *out, const Months *m)
{
	if (m->kinds <= FIRST_HATCHED)
		return;
	buf_z(out, "<defs>\n");
	for (size_t k = FIRST_HATCHED; k < m->kinds; k++)
		buf_printf(out,
			   "<pattern id=\"%s-hatch%zu\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\""
			   " patternTransform=\"rotate(%d)\"><rect width=\"5\" height=\"5\" fill=\"#ffffff\"/>"
			   "<rect width=\"5\" height=\"2.6\" fill=\"%s\"/></pattern>\n",
			   m->head.id, k, hatch_angles[k], fills[k]);
	buf_z(out, "</defs>\n");
}

static void draw_block(Buf *out, Arena *a, const Months *m, size_t kind, double x, double y, double width,
		       double height)
{
	bool hatched = kind >= FIRST_HATCHED;
	Str hatch = str_printf(a, "url(#%s-hatch%zu)", m->head.id, kind);
	svg_rect(out, x, y, width, height, hatched ? hatch.ptr : fills[kind]);
}

static void draw_grid(Buf *out, Arena *a, const Months *m)
{
	for (int64_t v = 0; v <= m->most; v += m->step) {
		double y = y_of(m, (double)v);
		svg_line(out, m->left, y, m->width, y, v == 0 ? SVG_QUIET : SVG_GRID, 1);
		svg_text(out, m->left - 8, y + 4, (SvgFont){ small_size, SVG_QUIET, SVG_END, false },
			 text_int(a, m->head.lang, v));
	}
}

static void draw_column(Buf *out, Arena *a, const Months *m, size_t i)
{
	double x = m->left + m->column * (double)i, gap = fmin(m->column * 0.2, 8), below = 0;
	for (size_t k = 0; k < m->kinds; k++) {
		double n = (double)count_of(m, i, k);
		double top = y_of(m, below + n), bottom = y_of(m, below);
		/* A white hair between the kinds, where there is room for it. */
		double hair = k > 0 && bottom - top > 3 ? 1 : 0;
		if (n > 0)
			draw_block(out, a, m, k, x + gap / 2, top, m->column - gap, bottom - top - hair);
		below += n;
	}
	if (below > 0 && m->totals)
		svg_text(out, x + m->column / 2, y_of(m, below) - 4,
			 (SvgFont){ total_size, SVG_QUIET, SVG_MIDDLE_OF, false },
			 text_int(a, m->head.lang, month_total(m, i)));
}

static Str month_initial(Arena *a, Lang lang, int month)
{
	Str name = text_month(a, lang, month);
	return str_sub(name, 0, 1);
}

/* Every year has its number where there is room, otherwise every second, fifth, tenth and so on. */
static int years_apart(const Months *m)
{
	static const int apart[] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000 };
	size_t i = 0;
	while (i + 1 < sizeof apart / sizeof apart[0] &&
	       apart[i] * 12 * m->column < svg_text_width(STR("2016 "), year_size))
		i++;
	return apart[i];
}

/* The months' initials, and the years with a line where one begins. */
static void draw_axis(Buf *out, Arena *a, const Months *m)
{
	double base = m->top + plot_height;
	SvgFont font = { small_size, SVG_QUIET, SVG_MIDDLE_OF, false };
	size_t year_from = 0;
	int apart = years_apart(m);
	for (size_t i = 0; i < m->months; i++) {
		double x = m->left + m->column * (double)i;
		if (m->column >= 11)
			svg_text(out, x + m->column / 2, base + 15, font,
				 month_initial(a, m->head.lang, month_at(m, i)));
		bool ends = i + 1 == m->months || month_at(m, i + 1) % 100 == 1;
		if (!ends)
			continue;
		double from = m->left + m->column * (double)year_from, to = x + m->column;
		int year = month_at(m, i) / 100;
		Str number = str_printf(a, "%d", year);
		if (i + 1 < m->months && (year + 1) % apart == 0)
			svg_line(out, to, base, to, base + axis_height - 4, SVG_GRID, 1);
		if (apart > 1 ? year % apart == 0 : svg_text_width(number, year_size) <= to - from)
			svg_text(out, (from + to) / 2, base + 33, (SvgFont){ year_size, SVG_INK, SVG_MIDDLE_OF, true },
				 number);
		year_from = i + 1;
	}
}

/* Swatches with name and total, in as many lines as they need; returns the height. Draws when `out` is given. */
static double legend(Buf *out, Arena *a, const Months *m)
{
	double x = m->left, y = 0;
	for (size_t k = 0; k < m->kinds; k++) {
		Str total = text_int(a, m->head.lang, kind_total(m, k));
		Str text = str_printf(a, "%.*s (%.*s)", STR_ARG(m->names[k]), STR_ARG(total));
		double width = 18 + svg_text_width(text, 12.5) + 18;
		if (x > m->left && x + width > m->width) {
			x = m->left;
			y += legend_line;
		}
		if (out != NULL) {
			draw_block(out, a, m, k, x, y + 2, 12, 12);
			svg_text(out, x + 18, y + 12.5, (SvgFont){ 12.5, SVG_INK, SVG_START, false }, text);
		}
		x += width;
	}
	return y + legend_line;
}

/* Totals by kind, and the months with most and fewest. */
static Str described(Arena *a, const Months *m)
{
	if (!str_is_empty(m->head.desc))
		return m->head.desc;
	Lang lang = m->head.lang;
	Buf *b = buf_new(a, 16 * 1024);
	size_t most = 0, fewest = 0;
	for (size_t i = 1; i < m->months; i++) {
		most = month_total(m, i) > month_total(m, most) ? i : most;
		fewest = month_total(m, i) < month_total(m, fewest) ? i : fewest;
	}
	for (size_t k = 0; k < m->kinds; k++) {
		Str total = text_int(a, lang, kind_total(m, k));
		buf_printf(b, "%s%.*s: %.*s", k > 0 ? ", " : "", STR_ARG(m->names[k]), STR_ARG(total));
	}
	buf_z(b, ". ");
	if (m->months > 0) {
		Str many = text_month(a, lang, month_at(m, most)), few = text_month(a, lang, month_at(m, fewest));
		Str many_n = text_int(a, lang, month_total(m, most)), few_n = text_int(a, lang, month_total(m, fewest));
		buf_printf(b, T(lang, "Most in %.*s: %.*s; fewest in %.*s: %.*s."), STR_ARG(many), STR_ARG(many_n),
			   STR_ARG(few), STR_ARG(few_n));
	}
	return buf_str(b);
}

void chart_months(Buf *out, Arena *a, ChartHead head, int first, size_t month_count, const Str *kinds,
		  size_t kind_count, const int64_t *counts)
{
	assert(kind_count > 0 && kind_count <= CHART_KINDS_MOST);
	Months m = { .head = head,
		     .first = first,
		     .months = month_count,
		     .kinds = kind_count,
		     .names = kinds,
		     .counts = counts,
		     .width = head.width > 0 ? head.width : 720 };
	int64_t most = 1;
	for (size_t i = 0; i < month_count; i++)
		most = month_total(&m, i) > most ? month_total(&m, i) : most;
	m.step = nice_step(most);
	m.most = (most + m.step - 1) / m.step * m.step;
	m.left = svg_text_width(text_int(a, head.lang, m.most), small_size) + 12;
	m.column = (m.width - m.left) / (double)(month_count > 0 ? month_count : 1);
	m.totals = svg_text_width(text_int(a, head.lang, most), total_size) <= m.column + 2;
	m.top = legend(NULL, a, &m) + plot_top;
	svg_open(out, head.id, m.width, m.top + plot_height + axis_height, head.title, described(a, &m), head.lang);
	define_hatches(out, &m);
	legend(out, a, &m);
	draw_grid(out, a, &m);
	for (size_t i = 0; i < month_count; i++)
		draw_column(out, a, &m, i);
	draw_axis(out, a, &m);
	svg_close(out);
}
