/* Horizontal bars: one question's answers, or the same answers in several groups. */
#include "format/svg.h"
#include "format/svg_chart.h"

#include <math.h>

static const double text_size = 13, small_size = 11.5;
static const double line_height = 17; /* of wrapped labels */
static const double bar_pitch = 20;   /* from one bar of an answer to the next */
static const double row_gap = 11;     /* between answers */
static const double head_height = 22; /* the columns' heads */

/* Where things stand, from left to right: label, bar, group's name, share, number. */
typedef struct {
	double width, label_right, bar_left, bar_width, group_left, group_width, share_right, number_right;
	bool named; /* groups are named beside their bars */
} Layout;

/* Room for the largest count there can be: nobody gives an answer more often than all do. */
static double number_width(Arena *a, Lang lang, const ChartGroup *groups, size_t group_count)
{
	double width = 52;
	for (size_t g = 0; g < group_count; g++)
		width = fmax(width, svg_text_width(text_int(a, lang, groups[g].n), text_size));
	return width + 10;
}

static Layout lay_out(Arena *a, ChartHead head, const ChartGroup *groups, size_t group_count)
{
	Layout l = { .width = head.width > 0 ? head.width : 720, .named = group_count > 1 };
	for (size_t g = 0; l.named && g < group_count; g++)
		l.group_width = fmax(l.group_width, svg_text_width(groups[g].label, small_size));
	l.group_width = fmin(l.group_width, l.width * 0.16);
	l.label_right = l.width * 0.34; /* the same for every chart, so that their bars stand in line */
	l.bar_left = l.label_right + 12;
	l.number_right = l.width - 4;
	l.share_right = l.number_right - number_width(a, head.lang, groups, group_count);
	l.group_left = l.share_right - 58 - l.group_width;
	l.bar_width = l.group_left - (l.named ? 10 : 0) - l.bar_left;
	return l;
}

static double share(int64_t count, int64_t n)
{
	return n == 0 ? NAN : (double)count / (double)n;
}

static void draw_bar(Buf *out, Arena *a, Layout l, Lang lang, const ChartGroup *group, size_t i, double top, bool dark)
{
	double part = share(group->counts[i], group->n), base = top + bar_pitch / 2 + 4.5;
	svg_rect(out, l.bar_left, top + 2, l.bar_width, bar_pitch - 4, SVG_TRACK);
	if (part > 0)
		svg_rect(out, l.bar_left, top + 2, l.bar_width * fmin(part, 1), bar_pitch - 4,
			 dark ? SVG_DARK : SVG_MIDDLE);
	if (l.named)
		svg_text(out, l.group_left, base, (SvgFont){ small_size, SVG_QUIET, SVG_START, false },
			 svg_fit(a, group->label, small_size, l.group_width));
	svg_text(out, l.share_right, base, (SvgFont){ text_size, SVG_INK, SVG_END, true },
		 text_percent(a, lang, part, 0));
	svg_text(out, l.number_right, base, (SvgFont){ text_size, SVG_QUIET, SVG_END, false },
		 text_int(a, lang, group->counts[i]));
}

static double row_height(int lines, size_t group_count)
{
	return fmax(lines * line_height + 3, (double)group_count * bar_pitch);
}

static void draw_label(Buf *out, Layout l, SvgLines lines, double top, double height, bool bold)
{
	double base = top + (height - lines.count * line_height) / 2 + line_height - 4;
	for (int i = 0; i < lines.count; i++)
		svg_text(out, l.label_right, base + i * line_height, (SvgFont){ text_size, SVG_INK, SVG_END, bold },
			 lines.line[i]);
}

/* "Bedre: 32 of 80 (40%). …", by group where there are several. */
static Str described(Arena *a, ChartHead head, const Str *labels, size_t label_count, const ChartGroup *groups,
		     size_t group_count)
{
	if (!str_is_empty(head.desc))
		return head.desc;
	Buf *b = buf_new(a, 1 << 20);
	for (size_t i = 0; i < label_count; i++) {
		buf_printf(b, "%s%.*s: ", i > 0 ? " " : "", STR_ARG(labels[i]));
		for (size_t g = 0; g < group_count; g++) {
			Str count = text_int(a, head.lang, groups[g].counts[i]),
			    n = text_int(a, head.lang, groups[g].n);
			Str part = text_percent(a, head.lang, share(groups[g].counts[i], groups[g].n), 0);
			buf_printf(b, "%s%.*s%s", g > 0 ? ", " : "", STR_ARG(groups[g].label),
				   groups[g].label.len > 0 ? " " : "");
			buf_printf(b, T(head.lang, "%.*s of %.*s (%.*s)"), STR_ARG(count), STR_ARG(n), STR_ARG(part));
		}
		buf_char(b, '.');
	}
	return buf_str(b);
}

/* "n = 80", or "Start: n = 113 · End: n = 80". */
static Str counted(Arena *a, Lang lang, const ChartGroup *groups, size_t group_count)
{
	Buf *b = buf_new(a, 64 * 1024);
	for (size_t g = 0; g < group_count; g++) {
		Str n = text_int(a, lang, groups[g].n);
		if (group_count > 1)
			buf_printf(b, "%s%.*s: ", g > 0 ? " · " : "", STR_ARG(groups[g].label));
		buf_printf(b, "n = %.*s", STR_ARG(n));
	}
	return buf_str(b);
}

/* `dark` says which bars stand out: dark[answer * group_count + group]. */
static void draw(Buf *out, Arena *a, ChartHead head, const Str *labels, size_t label_count, const ChartGroup *groups,
		 size_t group_count, const bool *dark, const bool *bold)
{
	Layout l = lay_out(a, head, groups, group_count);
	SvgLines *lines = ARENA_ARRAY(a, label_count, SvgLines);
	SvgLines all = svg_wrap(a, counted(a, head.lang, groups, group_count), small_size, l.width - l.bar_left);
	double height = head_height + 26 + line_height * fmax(all.count - 1, 0), top = head_height;
	for (size_t i = 0; i < label_count; i++) {
		lines[i] = svg_wrap(a, labels[i], bold[i] ? text_size * 1.06 : text_size, l.label_right);
		height += row_height(lines[i].count, group_count) + row_gap;
	}
	svg_open(out, head.id, l.width, height, head.title,
		 described(a, head, labels, label_count, groups, group_count), head.lang);
	SvgFont small = { small_size, SVG_QUIET, SVG_END, false };
	svg_text(out, l.share_right, 13, small, str_of(T(head.lang, "Share")));
	svg_text(out, l.number_right, 13, small, str_of(T(head.lang, "Number")));
	for (size_t i = 0; i < label_count; i++) {
		double high = row_height(lines[i].count, group_count);
		double bar_top = top + (high - (double)group_count * bar_pitch) / 2;
		draw_label(out, l, lines[i], top, high, bold[i]);
		for (size_t g = 0; g < group_count; g++)
			draw_bar(out, a, l, head.lang, &groups[g], i, bar_top + (double)g * bar_pitch,
				 dark[i * group_count + g]);
		top += high + row_gap;
	}
	svg_line(out, l.bar_left, head_height - 4, l.bar_left, top - row_gap + 4, SVG_QUIET, 1);
	small.anchor = SVG_START;
	for (int i = 0; i < all.count; i++)
		svg_text(out, l.bar_left, top + 10 + i * line_height, small, all.line[i]);
	svg_close(out);
}

void chart_bars(Buf *out, Arena *a, ChartHead head, const ChartBar *bars, size_t bar_count, int64_t n)
{
	Str *labels = ARENA_ARRAY(a, bar_count, Str);
	int64_t *counts = ARENA_ARRAY(a, bar_count, int64_t);
	bool *dark = ARENA_ARRAY(a, bar_count, bool), *bold = ARENA_ARRAY(a, bar_count, bool);
	bool any = false;
	for (size_t i = 0; i < bar_count; i++)
		any |= bars[i].highlight;
	for (size_t i = 0; i < bar_count; i++) {
		labels[i] = bars[i].label;
		counts[i] = bars[i].count;
		dark[i] = bars[i].highlight || !any;
		bold[i] = bars[i].highlight;
	}
	ChartGroup all = { STR(""), n, counts };
	draw(out, a, head, labels, bar_count, &all, 1, dark, bold);
}

void chart_grouped(Buf *out, Arena *a, ChartHead head, const Str *labels, size_t label_count, const ChartGroup *groups,
		   size_t group_count)
{
	bool *dark = ARENA_ARRAY(a, label_count * group_count, bool), *bold = ARENA_ARRAY(a, label_count, bool);
	for (size_t i = 0; i < label_count * group_count; i++)
		dark[i] = i % group_count == group_count - 1;
	draw(out, a, head, labels, label_count, groups, group_count, dark, bold);
}
