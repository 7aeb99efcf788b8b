/* svg_chart: the charts of an evaluation, each one accessible SVG element.
 *
 * Pure functions of their data; they append one <svg> to a Buf, whose error
 * sticks. Every chart has role="img", a title and a description; an empty
 * description is put together from the figures, so that whoever cannot see
 * the chart gets them too. Numbers stand on the charts; nothing is told by colour alone;
 * numbers and words follow the language. Scratch memory comes from the arena.
 * The SVG has no size of its own and scales with the width of its place.
 * Any data can be drawn: none, and however much of it; a label that is longer
 * than its place ends in "…" there and stands in full in the description.
 */
#ifndef FORMAT_SVG_CHART_H
#define FORMAT_SVG_CHART_H

#include "base/buf.h"
#include "base/text.h"

typedef struct {
	const char *id; /* unique on the page: letters, digits, hyphens */
	Str title;      /* what the chart shows, in a line; not drawn, captions do that */
	Str desc;       /* the same in words for those who cannot see it; empty: made from the figures */
	Lang lang;
	double width; /* of the drawing; 0: 720. Text is 13 of these units high. */
} ChartHead;

/* One answer to a question. */
typedef struct {
	Str label;
	int64_t count;
	bool highlight; /* belongs to what the text speaks of, such as "at least to some degree" */
} ChartBar;

/* How many of `n` (0: nobody, shown as "–") gave each answer, as shares of n. */
void chart_bars(Buf *out, Arena *a, ChartHead head, const ChartBar *bars, size_t bar_count, int64_t n);

/* The same answers in several groups, such as start and end; the last stands out. */
typedef struct {
	Str label;
	int64_t n;
	const int64_t *counts; /* one per answer */
} ChartGroup;

void chart_grouped(Buf *out, Arena *a, ChartHead head, const Str *labels, size_t label_count, const ChartGroup *groups,
		   size_t group_count);

enum { CHART_KINDS_MOST = 6 }; /* the program's own kinds, not data */

/* Columns per month from `first` (201604) on, stacked by kind; the first kind
 * stands at the bottom. counts[month * kind_count + kind]. */
void chart_months(Buf *out, Arena *a, ChartHead head, int first, size_t month_count, const Str *kinds,
		  size_t kind_count, const int64_t *counts);

/* One time of a survival estimate; see stats/survival.h. */
typedef struct {
	double time;                /* in the axis's unit, mostly months; ascending */
	double survival, low, high; /* NaN for no interval */
	int64_t at_risk, events, censored;
} ChartStep;

typedef struct {
	Str label;
	const ChartStep *steps;
	size_t count;
	double median; /* NaN: not reached */
} ChartCurve;

typedef struct {
	Str axis;      /* "Months since admission" */
	Str share;     /* what the curve counts: "Share in a job" */
	double least;  /* the time axis shows at least so much */
	bool rising;   /* draws 1 - survival: the share for whom it has happened */
	bool interval; /* draws the 95 % band, of at most two curves: more would hide each other */
} ChartSurvival;

enum { CHART_CURVES_MOST = 4 };

/* Kaplan–Meier curves with ticks where somebody was censored, and the numbers
 * at risk below. The first curve is of everybody; at most CHART_CURVES_MOST are
 * drawn, so whoever has more chooses and says which. The axis reaches as far as
 * anybody was followed, unless a few were for more than twice as long as 19 of
 * 20: then it ends where these do, and the chart says so. */
void chart_survival(Buf *out, Arena *a, ChartHead head, ChartSurvival how, const ChartCurve *curves,
		    size_t curve_count);

#endif
