/* How a goal's value went, month by month, and its drawing. */
#include "format/svg.h"
#include "measure/goal_page.h"
#include "measure/goal_text.h"

#include <math.h>
#include <string.h>

static double target_on(const GoalResult *g, Date day)
{
	double target = (double)NAN;
	for (size_t i = 0; i < g->targets.n && g->targets.at[i].valid_from <= day; i++)
		target = g->targets.at[i].value;
	return target;
}

static Err measure_point(Ctx *c, const GoalResult *g, const DefinitionResult *d, const Indicator *in, int64_t gap_days,
			 HistoryPoint *p)
{
	DefinitionResult then = *d;
	Evaluation *e = evaluation_new(c, g->goal.programme, p->day, gap_days);
	RETURN_IF_ERR(indicator_evaluate(e, in, &then.measured));
	p->value = measured_value(d->unit, &then.measured);
	p->target = target_on(g, p->day);
	p->value_text = goal_measured_text(c, &then);
	p->target_text = goal_number_text(c, g->goal.unit, p->target);
	return OK;
}

Err goal_history(Ctx *c, const GoalResult *g, const DefinitionResult *d, const Programme *programme, Date day,
		 HistoryPoints *out)
{
	Indicator *in;
	bool fits;
	*out = (HistoryPoints){ 0 };
	RETURN_IF_ERR(indicator_parse(c, "expression", d->definition.expression, &in));
	RETURN_IF_ERR(indicator_fits(evaluation_new(c, g->goal.programme, day, programme->gap_days), in, &fits));
	if (!fits)
		return OK;
	Date month = date_month_start(date_month(programme->starts));
	Date earliest = date_add_months(date_month_start(date_month(day)), 1 - HISTORY_MOST);
	if (month < earliest)
		month = earliest;
	*out = (HistoryPoints){ ARENA_ARRAY(c->arena, HISTORY_MOST, HistoryPoint), 0 };
	for (; month <= day && out->n < HISTORY_MOST; month = date_add_months(month, 1)) {
		HistoryPoint *p = &out->at[out->n++];
		Date last = date_add_months(month, 1) - 1;
		p->day = last < day ? last : day;
		RETURN_IF_ERR(measure_point(c, g, d, in, programme->gap_days, p));
	}
	return OK;
}

/* ---- the drawing ------------------------------------------------------------------ */

static const double width = 560, height = 250, left_least = 56, right = 12, top = 14, bottom = 34;

typedef struct {
	Buf *out;
	const HistoryPoints *points;
	double low, high; /* of the value axis */
	double left;      /* where the plot begins, behind the axis's numbers */
} Drawing;

static double x_of(const Drawing *d, size_t i)
{
	return d->left + (width - d->left - right) * (double)i / (double)(d->points->n - 1);
}

static double y_of(const Drawing *d, double value)
{
	return top + (height - top - bottom) * (d->high - value) / (d->high - d->low);
}

/* 1, 2 or 5 times a power of ten that divides `span` into at most five. */
static double tick_of(double span)
{
	double tick = pow(10, floor(log10(span / 5)));
	static const double steps[] = { 1, 2, 5, 10 };
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (span / (tick * steps[i]) <= 5)
			return tick * steps[i];
	return tick * 10;
}

/* Of one of the two lines. */
static double point_of(const HistoryPoint *p, bool target)
{
	return target ? p->target : p->value;
}

/* Rounds the axis outwards to whole ticks; shares always show 0 and 100. */
static void set_axis(Drawing *d, GoalUnit unit, bool share)
{
	d->low = 0;
	d->high = unit == GOAL_PERCENT && share ? 100 : 1;
	for (size_t i = 0; i < d->points->n; i++) {
		for (int k = 0; k < 2; k++) {
			d->low = fmin(d->low, point_of(&d->points->at[i], k == 1));
			d->high = fmax(d->high, point_of(&d->points->at[i], k == 1));
		}
	}
	double tick = tick_of(d->high - d->low);
	d->low = floor(d->low / tick) * tick;
	d->high = ceil(d->high / tick) * tick;
}

static void set_left(Ctx *c, Drawing *d, GoalUnit unit)
{
	double low = svg_text_width(goal_number_text(c, unit, d->low), 13);
	double high = svg_text_width(goal_number_text(c, unit, d->high), 13);
	d->left = fmax(left_least, fmax(low, high) + 10);
}

static void draw_axes(Ctx *c, Drawing *d, GoalUnit unit)
{
	double tick = tick_of(d->high - d->low);
	int marks = (int)round((d->high - d->low) / tick);
	for (int i = 0; i <= marks; i++) {
		double value = d->low + i * tick, y = y_of(d, value);
		svg_line(d->out, d->left, y, width - right, y, value == 0 ? SVG_QUIET : SVG_GRID, 1);
		svg_text(d->out, d->left - 8, y + 4.5, (SvgFont){ 13, SVG_QUIET, SVG_END, false },
			 goal_number_text(c, unit, value));
	}
	for (size_t i = 0; i < d->points->n; i++) {
		Ymd ymd = date_ymd(d->points->at[i].day);
		if (ymd.month != 1 && i > 0)
			continue;
		double x = x_of(d, i);
		svg_line(d->out, x, height - bottom, x, height - bottom + 5, SVG_QUIET, 1);
		svg_text(d->out, x, height - bottom + 20, (SvgFont){ 13, SVG_QUIET, SVG_START, false },
			 str_printf(c->arena, "%d", ymd.year));
	}
}

/* Each month's value lasts until the next one; months without a value are left out. */
static void draw_steps(Drawing *d, bool target)
{
	bool open = false;
	buf_z(d->out, "<path d=\"");
	for (size_t i = 0; i < d->points->n; i++) {
		double value = point_of(&d->points->at[i], target);
		if (isnan(value)) {
			open = false;
			continue;
		}
		buf_z(d->out, open ? "H" : "M");
		svg_number(d->out, x_of(d, i));
		buf_z(d->out, open ? "V" : " ");
		svg_number(d->out, y_of(d, value));
		open = true;
	}
	buf_printf(d->out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s/>\n", target ? SVG_QUIET : SVG_DARK,
		   target ? "1.5" : "2.5", target ? " stroke-dasharray=\"5 4\"" : "");
}

/* Above its line, unless the other one would run through it; on one and the
 * same line the target's name stands below. */
static void name_line(const Drawing *d, double at, double other, bool target, SvgFont font, const char *name)
{
	if (isnan(at))
		return;
	double gap = isnan(other) ? height : y_of(d, at) - y_of(d, other);
	bool below = gap < 18 && (target ? gap >= 0 : gap > 0);
	double y = y_of(d, at) + (below ? 16 : -6);
	svg_text(d->out, width - right - 2, fmin(fmax(y, 12), height - bottom - 4), font, str_of(name));
}

static void name_lines(Ctx *c, const Drawing *d)
{
	const HistoryPoint *last = &d->points->at[d->points->n - 1];
	name_line(d, last->target, last->value, true, (SvgFont){ 13, SVG_QUIET, SVG_END, false }, T(c->lang, "target"));
	name_line(d, last->value, last->target, false, (SvgFont){ 13, SVG_DARK, SVG_END, true }, T(c->lang, "result"));
}

HtmlSafe goal_chart(Ctx *c, const GoalResult *g, const HistoryPoints *history)
{
	Drawing d = { .out = buf_new(c->arena, 1 << 20), .points = history };
	const HistoryPoint *last = &history->at[history->n - 1];
	Str title = str_printf(c->arena, T(c->lang, "%.*s month by month"), STR_ARG(g->goal.code));
	Str from = text_date_long(c->arena, c->lang, history->at[0].day);
	Str to = text_date_long(c->arena, c->lang, last->day);
	Str desc = str_printf(c->arena,
			      T(c->lang, "Steps from %.*s to %.*s. At the end: %.*s; target %.*s. The table below has "
					 "every value."),
			      STR_ARG(from), STR_ARG(to), STR_ARG(last->value_text), STR_ARG(last->target_text));
	bool share = g->definition_count > 0 && strcmp(g->definitions[0].unit, "share") == 0;
	set_axis(&d, g->goal.unit, share);
	set_left(c, &d, g->goal.unit);
	svg_open(d.out, "course", width, height, title, desc, c->lang);
	draw_axes(c, &d, g->goal.unit);
	draw_steps(&d, true);
	draw_steps(&d, false);
	name_lines(c, &d);
	svg_close(d.out);
	return (HtmlSafe){ buf_str(d.out) };
}
