/* Kaplan–Meier curves with interval, censoring ticks and the numbers at risk. */
#include "format/svg.h"
#include "format/svg_chart.h"

#include <math.h>

static const double plot_top = 12, plot_height = 250, axis_height = 44, risk_line = 18, small_size = 11.5;
static const double legend_line = 20, left_least = 56, right_gap = 18, note_height = 22;
static const double label_part = 0.25; /* of the width, at most, for the curves' names */

static const char *const colours[CHART_CURVES_MOST] = { "#0b4a86", "#b04a00", "#3c7a3c", "#6b4c9a" };
/* Told apart without colour too. */
static const char *const dashes[CHART_CURVES_MOST] = { NULL, "8 3", "2.5 2.5", "10 3 2.5 3" };

typedef struct {
	ChartHead head;
	ChartSurvival how;
	const ChartCurve *curves;
	size_t count;
	double width, left, top, plot_width;
	double last, tick; /* of the time axis */
	double longest;    /* that anybody was followed; beyond `last` where the axis is cut */
} Plot;

static double x_of(const Plot *p, double time)
{
	return p->left + p->plot_width * fmin(time, p->last) / p->last;
}

static double longest_of(const ChartCurve *c)
{
	return c->count > 0 ? c->steps[c->count - 1].time : 0;
}

/* The time after which at most one in twenty is still followed. */
static double usual_of(const ChartCurve *c)
{
	for (size_t i = 0; i < c->count; i++) {
		int64_t left = c->steps[i].at_risk - c->steps[i].events - c->steps[i].censored;
		if (left * 20 <= c->steps[0].at_risk)
			return c->steps[i].time;
	}
	return longest_of(c);
}

/* The smallest distance that divides the span into at most twelve; months fill years. */
static double tick_of(double span)
{
	static const double ticks[] = { 1, 3, 6, 12, 24, 60, 120, 240, 600, 1200 };
	for (size_t i = 0; i < sizeof ticks / sizeof ticks[0]; i++)
		if (span <= 12 * ticks[i])
			return ticks[i];
	return ceil(span / 12);
}

/* A few who were followed several times as long as the others would press these
 * together: then the axis ends where nearly all do, and says so. */
static void set_axis(Plot *p)
{
	double least = fmax(p->how.least, 1), usual = least;
	for (size_t k = 0; k < p->count; k++)
		p->longest = fmax(p->longest, longest_of(&p->curves[k]));
	if (p->count > 0)
		usual = fmax(usual, usual_of(&p->curves[0]));
	p->last = p->longest > 2 * usual ? usual : fmax(p->longest, least);
	p->tick = tick_of(p->last);
	p->last = ceil(p->last / p->tick) * p->tick;
}

static double y_of(const Plot *p, double survival)
{
	double share = p->how.rising ? 1 - survival : survival;
	return p->top + plot_height * (1 - share);
}

static void draw_grid(Buf *out, Arena *a, const Plot *p)
{
	SvgFont font = { small_size, SVG_QUIET, SVG_END, false };
	double base = p->top + plot_height;
	for (int percent = 0; percent <= 100; percent += 25) {
		double y = base - plot_height * percent / 100;
		svg_line(out, p->left, y, p->width - right_gap, y, percent == 0 ? SVG_QUIET : SVG_GRID, 1);
		svg_text(out, p->left - 8, y + 4, font, text_percent(a, p->head.lang, percent / 100.0, 0));
	}
	font.anchor = SVG_MIDDLE_OF;
	for (double t = 0; t <= p->last + 1e-9; t += p->tick) {
		svg_line(out, x_of(p, t), base, x_of(p, t), base + 5, SVG_QUIET, 1);
		svg_text(out, x_of(p, t), base + 18, font, text_real(a, p->head.lang, t, t == floor(t) ? 0 : 1));
	}
	svg_text(out, p->left + p->plot_width / 2, base + 36, (SvgFont){ 12.5, SVG_INK, SVG_MIDDLE_OF, false },
		 p->how.axis);
}

static void point(Buf *out, char command, double x, double y)
{
	buf_char(out, command);
	svg_number(out, x);
	buf_char(out, ' ');
	svg_number(out, y);
}

/* The staircase of the interval's upper ends forward and of its lower ends back. */
static void draw_band(Buf *out, const Plot *p, const ChartCurve *c, const char *colour)
{
	buf_z(out, "<path d=\"");
	point(out, 'M', x_of(p, 0), y_of(p, 1));
	double high = 1;
	size_t n = 0;
	for (; n < c->count && c->steps[n].time <= p->last && isfinite(c->steps[n].low); n++) {
		point(out, 'L', x_of(p, c->steps[n].time), y_of(p, high));
		high = c->steps[n].high;
		point(out, 'L', x_of(p, c->steps[n].time), y_of(p, high));
	}
	for (size_t i = n; i-- > 0;) {
		double before = i > 0 ? c->steps[i - 1].low : 1;
		point(out, 'L', x_of(p, c->steps[i].time), y_of(p, c->steps[i].low));
		point(out, 'L', x_of(p, c->steps[i].time), y_of(p, before));
	}
	buf_printf(out, "Z\" fill=\"%s\" fill-opacity=\"0.13\"/>\n", colour);
}

static void draw_curve(Buf *out, const Plot *p, const ChartCurve *c, size_t which)
{
	double survival = 1;
	buf_z(out, "<path d=\"");
	point(out, 'M', x_of(p, 0), y_of(p, 1));
	for (size_t i = 0; i < c->count && c->steps[i].time <= p->last; i++) {
		buf_char(out, 'H');
		svg_number(out, x_of(p, c->steps[i].time));
		if (c->steps[i].events > 0) {
			survival = c->steps[i].survival;
			point(out, 'L', x_of(p, c->steps[i].time), y_of(p, survival));
		}
	}
	if (c->count > 0 && c->steps[c->count - 1].time > p->last) {
		buf_char(out, 'H');
		svg_number(out, x_of(p, p->last));
	}
	buf_printf(out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"", colours[which]);
	if (dashes[which] != NULL)
		buf_printf(out, " stroke-dasharray=\"%s\"", dashes[which]);
	buf_z(out, "/>\n");
	for (size_t i = 0; i < c->count && c->steps[i].time <= p->last; i++)
		if (c->steps[i].censored > 0)
			svg_line(out, x_of(p, c->steps[i].time), y_of(p, c->steps[i].survival) - 4,
				 x_of(p, c->steps[i].time), y_of(p, c->steps[i].survival) + 4, colours[which], 1.2);
}

static Str median_text(Arena *a, Lang lang, const ChartCurve *c)
{
	if (!isfinite(c->median))
		return str_of(T(lang, "median not reached"));
	Str value = text_real(a, lang, c->median, c->median == floor(c->median) ? 0 : 1);
	return str_printf(a, T(lang, "median %.*s"), STR_ARG(value));
}

/* From the middle of the share axis over the curve down to the time. */
static void draw_median(Buf *out, Arena *a, const Plot *p, const ChartCurve *c)
{
	if (!(c->median <= p->last))
		return;
	double x = x_of(p, c->median), base = p->top + plot_height;
	buf_z(out, "<g stroke-dasharray=\"2 3\">\n");
	svg_line(out, p->left, y_of(p, 0.5), x, y_of(p, 0.5), SVG_QUIET, 1);
	svg_line(out, x, y_of(p, 0.5), x, base, SVG_QUIET, 1);
	buf_z(out, "</g>\n");
	Str text = median_text(a, p->head.lang, c);
	bool left = x + svg_text_width(text, small_size) + 6 > p->width - right_gap;
	svg_text(out, left ? x - 6 : x + 6, base - 8,
		 (SvgFont){ small_size, SVG_INK, left ? SVG_END : SVG_START, false }, text);
}

static int64_t at_risk(const ChartCurve *c, double time)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->steps[i].time >= time - 1e-9)
			return c->steps[i].at_risk;
	return 0;
}

/* One row per curve under the axis: how many were still followed. */
static void draw_at_risk(Buf *out, Arena *a, const Plot *p)
{
	double y = p->top + plot_height + axis_height + 14;
	svg_text(out, 0, y, (SvgFont){ small_size, SVG_INK, SVG_START, true },
		 str_of(T(p->head.lang, "Number at risk")));
	for (size_t k = 0; k < p->count; k++) {
		y += risk_line;
		if (p->count > 1)
			svg_text(out, p->left - 26, y, (SvgFont){ small_size, colours[k], SVG_END, true },
				 svg_fit(a, p->curves[k].label, small_size * 1.1, p->left - 26));
		for (double t = 0; t <= p->last + 1e-9; t += p->tick)
			svg_text(out, x_of(p, t), y, (SvgFont){ small_size, SVG_INK, SVG_MIDDLE_OF, false },
				 text_int(a, p->head.lang, at_risk(&p->curves[k], t)));
	}
}

/* Names and medians with a piece of their line, above the plot; several curves
 * only. Returns the height; draws when `out` is given. */
static double legend(Buf *out, Arena *a, const Plot *p)
{
	double x = p->left, y = 0;
	for (size_t k = 0; k < p->count; k++) {
		Str median = median_text(a, p->head.lang, &p->curves[k]);
		double room = p->width - p->left - 60 - svg_text_width(median, 12.5);
		Str label = svg_fit(a, p->curves[k].label, 12.5, room);
		Str text = str_printf(a, "%.*s, %.*s", STR_ARG(label), STR_ARG(median));
		double width = 32 + svg_text_width(text, 12.5) + 18;
		if (x > p->left && x + width > p->width) {
			x = p->left;
			y += legend_line;
		}
		if (out != NULL) {
			const char *dash = dashes[k] == NULL ? "none" : dashes[k];
			buf_printf(out, "<g stroke-dasharray=\"%s\">\n", dash);
			svg_line(out, x, y + 9, x + 26, y + 9, colours[k], 2.2);
			buf_z(out, "</g>\n");
			svg_text(out, x + 32, y + 13, (SvgFont){ 12.5, SVG_INK, SVG_START, false }, text);
		}
		x += width;
	}
	return y + legend_line;
}

/* NaN where nobody was followed any more and not all had the event. */
static double share_at(const Plot *p, const ChartCurve *c, double time)
{
	double survival = c->count > 0 ? 1 : NAN;
	for (size_t i = 0; i < c->count && c->steps[i].time <= time; i++)
		survival = c->steps[i].survival;
	if (survival > 0 && at_risk(c, time) == 0)
		survival = NAN;
	return p->how.rising ? 1 - survival : survival;
}

/* Where the axis ends before the longest time: who is beyond. Empty: nobody. */
static Str beyond(Arena *a, const Plot *p)
{
	if (p->longest <= p->last)
		return STR("");
	Lang lang = p->head.lang;
	const ChartCurve *everybody = &p->curves[0];
	int64_t n = 0, total = everybody->count > 0 ? everybody->steps[0].at_risk : 0;
	for (size_t i = 0; i < everybody->count && n == 0; i++)
		if (everybody->steps[i].time > p->last)
			n = everybody->steps[i].at_risk;
	Str end = text_real(a, lang, p->last, 0), longest = text_real(a, lang, p->longest, 0);
	Str few = text_int(a, lang, n), all = text_int(a, lang, total);
	return str_printf(
		a, T(lang, "The axis ends at %.*s; %.*s of %.*s were followed for longer, the longest for %.*s."),
		STR_ARG(end), STR_ARG(few), STR_ARG(all), STR_ARG(longest));
}

/* Share and number at risk at every tick, and the median, for each curve. */
static Str described(Arena *a, const Plot *p)
{
	if (!str_is_empty(p->head.desc))
		return p->head.desc;
	Lang lang = p->head.lang;
	Buf *b = buf_new(a, 64 * 1024);
	for (size_t k = 0; k < p->count; k++) {
		const ChartCurve *c = &p->curves[k];
		Str name = p->count > 1 ? c->label : p->how.share, median = median_text(a, lang, c);
		buf_printf(b, "%s%.*s. %.*s:", k > 0 ? " " : "", STR_ARG(name), STR_ARG(p->how.axis));
		for (double t = 0; t <= p->last + 1e-9; t += p->tick) {
			Str time = text_real(a, lang, t, t == floor(t) ? 0 : 1);
			Str share = text_percent(a, lang, share_at(p, c, t), 0),
			    risk = text_int(a, lang, at_risk(c, t));
			buf_printf(b, " %.*s: ", STR_ARG(time));
			buf_printf(b, T(lang, "%.*s (%.*s at risk);"), STR_ARG(share), STR_ARG(risk));
		}
		buf_printf(b, " %.*s.", STR_ARG(median));
	}
	Str cut = beyond(a, p);
	buf_printf(b, "%s%.*s", cut.len > 0 ? " " : "", STR_ARG(cut));
	return buf_str(b);
}

static void draw_notes(Buf *out, Arena *a, const Plot *p, double height)
{
	Str cut = beyond(a, p);
	if (cut.len > 0)
		svg_text(out, 0, height - 8, (SvgFont){ small_size, SVG_INK, SVG_START, false }, cut);
	if (p->longest > 0)
		return;
	for (size_t k = 0; k < p->count; k++)
		if (p->curves[k].count > 0)
			return;
	svg_text(out, p->left + p->plot_width / 2, p->top + plot_height / 2,
		 (SvgFont){ 12.5, SVG_QUIET, SVG_MIDDLE_OF, false },
		 str_of(T(p->head.lang, "Nobody has been followed yet.")));
}

void chart_survival(Buf *out, Arena *a, ChartHead head, ChartSurvival how, const ChartCurve *curves, size_t curve_count)
{
	Plot p = { .head = head,
		   .how = how,
		   .curves = curves,
		   .count = curve_count < CHART_CURVES_MOST ? curve_count : CHART_CURVES_MOST,
		   .left = left_least,
		   .width = head.width > 0 ? head.width : 720 };
	for (size_t k = 0; p.count > 1 && k < p.count; k++)
		p.left = fmax(p.left, svg_text_width(curves[k].label, small_size * 1.1) + 34);
	p.left = fmin(p.left, p.width * label_part);
	p.plot_width = p.width - right_gap - p.left;
	p.top = plot_top + (p.count > 1 ? legend(NULL, a, &p) + 4 : 0) + 18;
	set_axis(&p);
	double height = p.top + plot_height + axis_height + 20 + risk_line * (double)p.count;
	if (p.longest > p.last)
		height += note_height;
	svg_open(out, head.id, p.width, height, head.title, described(a, &p), head.lang);
	if (p.count > 1)
		legend(out, a, &p);
	svg_text(out, p.left, p.top - 10, (SvgFont){ 12.5, SVG_INK, SVG_START, false }, how.share);
	draw_grid(out, a, &p);
	for (size_t k = 0; how.interval && p.count <= 2 && k < p.count; k++)
		draw_band(out, &p, &curves[k], colours[k]);
	for (size_t k = 0; k < p.count; k++)
		draw_curve(out, &p, &curves[k], k);
	if (p.count == 1)
		draw_median(out, a, &p, &curves[0]);
	draw_at_risk(out, a, &p);
	draw_notes(out, a, &p, height);
	svg_close(out);
}
