/* Kaplan–Meier curves with interval, censoring ticks and the numbers at risk. */
#include "format/svg.h"
#include "format/svg_chart.h"

#include <assert.h>
#include <math.h>

static const double plot_top = 12, plot_height = 250, axis_height = 44, risk_line = 18, small_size = 11.5;
static const double legend_line = 20, left_least = 56, right_gap = 18;

static const char *const colours[CHART_GROUPS_MOST] = { "#0b4a86", "#b04a00", "#3c7a3c", "#6b4c9a" };
/* Told apart without colour too. */
static const char *const dashes[CHART_GROUPS_MOST] = { NULL, "8 3", "2.5 2.5", "10 3 2.5 3" };

typedef struct {
	ChartHead head;
	ChartSurvival how;
	const ChartCurve *curves;
	size_t count;
	double width, left, top, plot_width;
} Plot;

static double x_of(const Plot *p, double time)
{
	return p->left + p->plot_width * fmin(time, p->how.last) / p->how.last;
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
	for (double t = 0; t <= p->how.last + 1e-9; t += p->how.tick) {
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
	for (; n < c->count && c->steps[n].time <= p->how.last && isfinite(c->steps[n].low); n++) {
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
	for (size_t i = 0; i < c->count && c->steps[i].time <= p->how.last; i++) {
		buf_char(out, 'H');
		svg_number(out, x_of(p, c->steps[i].time));
		if (c->steps[i].events > 0) {
			survival = c->steps[i].survival;
			point(out, 'L', x_of(p, c->steps[i].time), y_of(p, survival));
		}
	}
	if (c->count > 0 && c->steps[c->count - 1].time > p->how.last) {
		buf_char(out, 'H');
		svg_number(out, x_of(p, p->how.last));
	}
	buf_printf(out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"", colours[which]);
	if (dashes[which] != NULL)
		buf_printf(out, " stroke-dasharray=\"%s\"", dashes[which]);
	buf_z(out, "/>\n");
	for (size_t i = 0; i < c->count && c->steps[i].time <= p->how.last; i++)
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
	if (!(c->median <= p->how.last))
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
				 p->curves[k].label);
		for (double t = 0; t <= p->how.last + 1e-9; t += p->how.tick)
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
		Str text = str_printf(a, "%.*s, %.*s", STR_ARG(p->curves[k].label), STR_ARG(median));
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

/* Share and number at risk at every tick, and the median, for each curve. */
static Str described(Arena *a, const Plot *p)
{
	if (!str_is_empty(p->head.desc))
		return p->head.desc;
	Lang lang = p->head.lang;
	Buf *b = buf_new(a, 16 * 1024);
	for (size_t k = 0; k < p->count; k++) {
		const ChartCurve *c = &p->curves[k];
		Str name = p->count > 1 ? c->label : p->how.share, median = median_text(a, lang, c);
		buf_printf(b, "%s%.*s. %.*s:", k > 0 ? " " : "", STR_ARG(name), STR_ARG(p->how.axis));
		for (double t = 0; t <= p->how.last + 1e-9; t += p->how.tick) {
			Str time = text_real(a, lang, t, t == floor(t) ? 0 : 1);
			Str share = text_percent(a, lang, share_at(p, c, t), 0),
			    risk = text_int(a, lang, at_risk(c, t));
			buf_printf(b, " %.*s: ", STR_ARG(time));
			buf_printf(b, T(lang, "%.*s (%.*s at risk);"), STR_ARG(share), STR_ARG(risk));
		}
		buf_printf(b, " %.*s.", STR_ARG(median));
	}
	return buf_str(b);
}

void chart_survival(Buf *out, Arena *a, ChartHead head, ChartSurvival how, const ChartCurve *curves, size_t curve_count)
{
	assert(curve_count > 0 && curve_count <= CHART_GROUPS_MOST && how.last > 0 && how.tick > 0 &&
	       how.last / how.tick <= 100);
	Plot p = { .head = head,
		   .how = how,
		   .curves = curves,
		   .count = curve_count,
		   .left = left_least,
		   .width = head.width > 0 ? head.width : 720 };
	for (size_t k = 0; curve_count > 1 && k < curve_count; k++)
		p.left = fmax(p.left, svg_text_width(curves[k].label, small_size * 1.1) + 34);
	p.plot_width = p.width - right_gap - p.left;
	p.top = plot_top + (curve_count > 1 ? legend(NULL, a, &p) + 4 : 0) + 18;
	double height = p.top + plot_height + axis_height + 20 + risk_line * (double)curve_count;
	svg_open(out, head.id, p.width, height, head.title, described(a, &p), head.lang);
	if (curve_count > 1)
		legend(out, a, &p);
	svg_text(out, p.left, p.top - 10, (SvgFont){ 12.5, SVG_INK, SVG_START, false }, how.share);
	draw_grid(out, a, &p);
	for (size_t k = 0; how.interval && curve_count <= 2 && k < curve_count; k++)
		draw_band(out, &p, &curves[k], colours[k]);
	for (size_t k = 0; k < curve_count; k++)
		draw_curve(out, &p, &curves[k], k);
	if (curve_count == 1)
		draw_median(out, a, &p, &curves[0]);
	draw_at_risk(out, a, &p);
	svg_close(out);
}
