#include "format/svg_chart.h"

#include "format/svg.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
	*state = arena_new();
	return 0;
}

static int teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static size_t times(const char *text, const char *part)
{
	size_t n = 0;
	for (const char *p = text; (p = strstr(p, part)) != NULL; p += strlen(part))
		n++;
	return n;
}

#define ASSERT_HAS(svg, part) assert_non_null(strstr((svg), (part)))

static void chart_bars_tell_shares_counts_and_n(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 1 << 20);
	const ChartBar bars[] = { { STR("Better"), 32, true }, { STR("Worse"), 1, false } };
	ChartHead head = { "q1", STR("Direction"), STR(""), LANG_EN, 720 };
	chart_bars(b, a, head, bars, 2, 80);
	const char *svg = str_z(a, buf_str(b));
	ASSERT_HAS(svg, "role=\"img\"");
	ASSERT_HAS(svg, "aria-labelledby=\"q1-title q1-desc\"");
	ASSERT_HAS(svg, "<title id=\"q1-title\">Direction</title>");
	/* 32/80 = 40 %, 1/80 = 1.25 % */
	ASSERT_HAS(svg, "<desc id=\"q1-desc\">Better: 32 of 80 (40%). Worse: 1 of 80 (1%).</desc>");
	ASSERT_HAS(svg, ">40%</text>");
	ASSERT_HAS(svg, ">n = 80</text>");
	/* One dark bar, one that is not, two tracks. */
	assert_int_equal(times(svg, "fill=\"" SVG_DARK "\"/>"), 1);
	assert_int_equal(times(svg, "fill=\"" SVG_MIDDLE "\"/>"), 1);
	assert_int_equal(times(svg, "fill=\"" SVG_TRACK "\"/>"), 2);
}

/* The track is 100 %, so the bar of 32 in 80 is 0.4 of it. */
static void chart_bars_are_as_long_as_their_share(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 1 << 20);
	const ChartBar bars[] = { { STR("x"), 32, true } };
	chart_bars(b, a, (ChartHead){ "q", STR("t"), STR(""), LANG_DA, 720 }, bars, 1, 80);
	const char *svg = str_z(a, buf_str(b));
	const char *bar = strstr(strstr(svg, "<rect") + 5, "<rect");
	double track_width = 0, bar_width = 0;
	const char *track = strstr(strstr(svg, "<rect"), "width=\"") + 7;
	bar = strstr(bar, "width=\"") + 7;
	assert_true(str_to_real((Str){ track, strcspn(track, "\"") }, &track_width));
	assert_true(str_to_real((Str){ bar, strcspn(bar, "\"") }, &bar_width));
	assert_true(fabs(bar_width - 0.4 * track_width) < 0.02);
	ASSERT_HAS(svg, ">40\xC2\xA0%</text>");
}

static void charts_of_nobody_show_a_dash(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 1 << 20);
	const ChartBar bars[] = { { STR("x"), 0, false } };
	chart_bars(b, a, (ChartHead){ "q", STR("t"), STR(""), LANG_EN, 0 }, bars, 1, 0);
	ASSERT_HAS(str_z(a, buf_str(b)), ">–</text>");
	assert_null(strstr(str_z(a, buf_str(b)), "nan"));
}

static void charts_escape_what_people_typed(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 1 << 20);
	const ChartBar bars[] = { { STR("<b>&\"'\x01"), 1, false } };
	chart_bars(b, a, (ChartHead){ "q", STR("</title><script>"), STR("a < b"), LANG_EN, 0 }, bars, 1, 1);
	const char *svg = str_z(a, buf_str(b));
	assert_null(strstr(svg, "<script>"));
	assert_null(strstr(svg, "<b>"));
	ASSERT_HAS(svg, ">&lt;b&gt;&amp;&quot;&#39;</text>");
	ASSERT_HAS(svg, ">a &lt; b</desc>");
}

static void chart_grouped_names_every_bar(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 1 << 20);
	const Str labels[] = { STR("Good"), STR("Bad") };
	const int64_t start[] = { 11, 102 }, end[] = { 17, 63 };
	const ChartGroup groups[] = { { STR("Start"), 113, start }, { STR("End"), 80, end } };
	chart_grouped(b, a, (ChartHead){ "g", STR("t"), STR(""), LANG_EN, 0 }, labels, 2, groups, 2);
	const char *svg = str_z(a, buf_str(b));
	assert_int_equal(times(svg, ">Start</text>"), 2);
	assert_int_equal(times(svg, ">End</text>"), 2);
	ASSERT_HAS(svg, ">Start: n = 113 · End: n = 80</text>");
	/* 11/113 = 9.7 %, 17/80 = 21.25 % */
	ASSERT_HAS(svg, "Good: Start 11 of 113 (10%), End 17 of 80 (21%).");
}

static void chart_months_adds_up(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 1 << 20);
	const Str kinds[] = { STR("Meeting"), STR("Phone") };
	const int64_t counts[] = { 30, 10, 0, 0, 50, 25 };
	chart_months(b, a, (ChartHead){ "m", STR("t"), STR(""), LANG_EN, 0 }, 201611, 3, kinds, 2, counts);
	const char *svg = str_z(a, buf_str(b));
	ASSERT_HAS(svg, "Meeting: 80, Phone: 35. Most in January 2017: 75; fewest in December 2016: 0.");
	ASSERT_HAS(svg, ">Meeting (80)</text>");
	ASSERT_HAS(svg, ">40</text>"); /* total of November; the axis goes 0, 20, 40, 60, 80 */
	ASSERT_HAS(svg, ">75</text>");
	ASSERT_HAS(svg, ">2016</text>");
	ASSERT_HAS(svg, ">2017</text>");
}

/* Three people: event at 2, censored at 4, event at 6; S = 2/3, 2/3, 0. */
static void chart_survival_shows_steps_ticks_and_numbers_at_risk(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 1 << 20);
	const ChartStep steps[] = { { 2, 2.0 / 3, 0.05, 0.95, 3, 1, 0 },
				    { 4, 2.0 / 3, 0.05, 0.95, 2, 0, 1 },
				    { 6, 0, NAN, NAN, 1, 1, 0 } };
	const ChartCurve curve = { STR("All"), steps, 3, 6 };
	const ChartSurvival how = { STR("Months"), STR("In a job"), 8, false, true };
	chart_survival(b, a, (ChartHead){ "k", STR("t"), STR(""), LANG_EN, 0 }, how, &curve, 1);
	const char *svg = str_z(a, buf_str(b));
	ASSERT_HAS(
		svg,
		"In a job. Months: 0: 100% (3 at risk); 1: 100% (3 at risk); 2: 67% (3 at risk); 3: 67% (2 at risk); "
		"4: 67% (2 at risk); 5: 67% (1 at risk); 6: 0% (1 at risk); 7: 0% (0 at risk); 8: 0% (0 at risk); "
		"median 6.</desc>");
	ASSERT_HAS(svg, ">median 6</text>");
	/* One censoring tick. */
	assert_int_equal(times(svg, "stroke-width=\"1.2\"/>"), 1);
	assert_null(strstr(svg, "nan"));
}

enum { MANY = 300 };

/* No number is missing, nothing leaves the drawing on the right, and it ends. */
static void assert_drawn(Arena *a, const Buf *b, double width)
{
	const char *svg = str_z(a, buf_str(b));
	assert_false(b->failed);
	assert_null(strstr(svg, "nan"));
	assert_null(strstr(svg, "inf"));
	assert_int_equal(times(svg, "</svg>"), 1);
	for (const char *p = svg; (p = strstr(p, "<text x=\"")) != NULL; p++) {
		double x;
		Str number = { p + 9, strcspn(p + 9, "\"") };
		assert_true(str_to_real(number, &x));
		assert_true(x >= 0 && x <= width);
	}
	for (const char *p = svg; (p = strstr(p, "width=\"")) != NULL; p++) {
		double x;
		Str number = { p + 7, strcspn(p + 7, "\"") };
		assert_true(str_to_real(number, &x) && x >= 0);
	}
}

/* 200 characters, as long as a name may be. */
static Str long_name(Arena *a, size_t i)
{
	return str_printf(a, "Jobcenter %zu %0*d", i, 185, 7);
}

static void bars_can_be_none_one_many_and_huge(void **state)
{
	static const size_t sizes[] = { 0, 1, MANY };
	Arena *a = *state;
	for (size_t s = 0; s < 3; s++) {
		ChartBar *bars = ARENA_ARRAY(a, sizes[s], ChartBar);
		for (size_t i = 0; i < sizes[s]; i++)
			bars[i] = (ChartBar){ long_name(a, i), 1000000000000, i % 2 == 0 };
		Buf *b = buf_new(a, 1 << 24);
		chart_bars(b, a, (ChartHead){ "q", STR("t"), STR(""), LANG_DA, 520 }, bars, sizes[s], 1000000000000);
		assert_drawn(a, b, 520);
		assert_int_equal(times(str_z(a, buf_str(b)), ">1.000.000.000.000</text>"), sizes[s]);
	}
}

static void groups_can_be_none_one_many_and_huge(void **state)
{
	static const size_t sizes[] = { 0, 1, 5, MANY };
	Arena *a = *state;
	const Str labels[] = { STR("Good"), STR("Bad") };
	const int64_t counts[] = { 1000000000000, 0 };
	for (size_t s = 0; s < 4; s++) {
		ChartGroup *groups = ARENA_ARRAY(a, sizes[s], ChartGroup);
		for (size_t i = 0; i < sizes[s]; i++)
			groups[i] = (ChartGroup){ long_name(a, i), 1000000000000, counts };
		Buf *b = buf_new(a, 1 << 24);
		chart_grouped(b, a, (ChartHead){ "g", STR("t"), STR(""), LANG_DA, 520 }, labels, 2, groups, sizes[s]);
		assert_drawn(a, b, 520);
		assert_int_equal(times(str_z(a, buf_str(b)), ">1.000.000.000.000</text>"), sizes[s]);
	}
}

/* None, one, two years, and from 1900 to 2399: years stand where there is room. */
static void months_can_be_none_one_many_and_huge(void **state)
{
	static const size_t sizes[] = { 0, 1, 24, 6000 };
	static const char *const shown[] = { "<svg", ">1900</text>", ">1901</text>", ">2000</text>" };
	Arena *a = *state;
	const Str kinds[] = { STR("Meeting"), STR("Phone"), STR("SMS"), STR("E-mail") };
	for (size_t s = 0; s < 4; s++) {
		int64_t *counts = ARENA_ARRAY(a, sizes[s] * 4, int64_t);
		for (size_t i = 0; i < sizes[s] * 4; i++)
			counts[i] = i % 3 == 0 ? 1000000000000000 : 0;
		Buf *b = buf_new(a, 1 << 24);
		chart_months(b, a, (ChartHead){ "m", STR("t"), STR(""), LANG_DA, 0 }, 190001, sizes[s], kinds, 4,
			     counts);
		assert_drawn(a, b, 720);
		ASSERT_HAS(str_z(a, buf_str(b)), shown[s]);
	}
}

static ChartCurve curve_to(Arena *a, Str label, double last)
{
	ChartStep *step = ARENA_NEW(a, ChartStep);
	*step = (ChartStep){ last, 0.5, 0.2, 0.8, 2, 1, 1 };
	return (ChartCurve){ label, step, 1, last };
}

static void survival_can_be_of_none_one_many_and_of_any_length(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 4, MANY };
	static const double lasts[] = { 0, 0.03, 36, 330, 5000, 1e9 };
	Arena *a = *state;
	const ChartSurvival how = { STR("Months"), STR("In a job"), 12, false, true };
	for (size_t s = 0; s < 5; s++) {
		for (size_t k = 0; k < 6; k++) {
			ChartCurve *curves = ARENA_ARRAY(a, sizes[s], ChartCurve);
			for (size_t i = 0; i < sizes[s]; i++)
				curves[i] = curve_to(a, long_name(a, i), lasts[k]);
			Buf *b = buf_new(a, 1 << 24);
			chart_survival(b, a, (ChartHead){ "k", STR("t"), STR(""), LANG_DA, 0 }, how, curves, sizes[s]);
			assert_drawn(a, b, 720);
			/* Every curve has a path, several one in the legend; the axis has at most 13 marks. */
			const char *svg = str_z(a, buf_str(b));
			assert_int_equal(times(svg, "stroke-width=\"2.2\""), sizes[s] == 0   ? 0
									     : sizes[s] == 1 ? 1
									     : sizes[s] == 2 ? 4
											     : 8);
			assert_true(times(svg, "<line") <= 5 + 13 + 2 * 4 + 2);
		}
	}
}

/* A curve without anybody, as before the first admission. */
static void survival_of_nobody_says_so(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 1 << 20);
	const ChartCurve nobody = { STR("All"), NULL, 0, (double)NAN };
	const ChartSurvival how = { STR("Months"), STR("In a job"), 12, false, true };
	chart_survival(b, a, (ChartHead){ "k", STR("t"), STR(""), LANG_EN, 0 }, how, &nobody, 1);
	assert_drawn(a, b, 720);
	ASSERT_HAS(str_z(a, buf_str(b)), ">Nobody has been followed yet.</text>");
}

/* 39 jobs of up to 24 months and one of 330: the axis ends where 38 of the 40
 * have ended, after 24 months, and two years are divided into eight times three. */
static void survival_cuts_its_axis_where_a_few_are_far_out_and_says_so(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 1 << 20);
	const ChartStep steps[] = { { 6, 0.5, 0.3, 0.6, 40, 20, 0 },
				    { 24, 0.025, 0.01, 0.1, 20, 19, 0 },
				    { 330, 0.025, 0.01, 0.1, 1, 0, 1 } };
	const ChartCurve curve = { STR("All"), steps, 3, 6 };
	const ChartSurvival how = { STR("Months"), STR("In a job"), 12, false, true };
	chart_survival(b, a, (ChartHead){ "k", STR("t"), STR(""), LANG_EN, 0 }, how, &curve, 1);
	const char *svg = str_z(a, buf_str(b));
	assert_drawn(a, b, 720);
	/* Drawn and described. */
	assert_int_equal(times(svg, "The axis ends at 24; 1 of 40 were followed for longer, the longest for 330."), 2);
	ASSERT_HAS(svg, ">21</text>");
	assert_null(strstr(svg, ">27</text>"));
	/* Not cut where the longest is not twice as long: 38 and 48 months. */
	const ChartStep near[] = { { 38, 0.05, 0.01, 0.1, 40, 38, 0 }, { 48, 0.05, 0.01, 0.1, 2, 0, 2 } };
	const ChartCurve whole = { STR("All"), near, 2, 38 };
	b = buf_new(a, 1 << 20);
	chart_survival(b, a, (ChartHead){ "k", STR("t"), STR(""), LANG_EN, 0 }, how, &whole, 1);
	ASSERT_HAS(str_z(a, buf_str(b)), ">48</text>");
	assert_null(strstr(str_z(a, buf_str(b)), "The axis ends"));
}

static void svg_wrap_breaks_at_spaces_and_never_overflows(void **state)
{
	Arena *a = *state;
	Str text = STR("I hvilken retning har Arbejdsmarkedsuddannelsesinstitutionen påvirket dit liv?");
	for (double width = 40; width < 600; width += 7) {
		SvgLines lines = svg_wrap(a, text, 13, width);
		assert_true(lines.count >= 1 && lines.count <= SVG_LINES_MOST);
		for (int i = 0; i < lines.count; i++)
			assert_true(svg_text_width(lines.line[i], 13) <= width);
	}
	SvgLines lines = svg_wrap(a, STR("one two"), 10, svg_text_width(STR("one t"), 10));
	assert_int_equal(lines.count, 2);
	assert_true(str_eq_z(lines.line[1], "two"));
	assert_int_equal(svg_wrap(a, STR(""), 13, 100).count, 0);
}

static void svg_numbers_are_short_and_pointed(void **state)
{
	Arena *a = *state;
	Buf *b = buf_new(a, 100);
	svg_number(b, 12);
	buf_char(b, ' ');
	svg_number(b, -0.001);
	buf_char(b, ' ');
	svg_number(b, 1.5);
	buf_char(b, ' ');
	svg_number(b, 0.125);
	assert_string_equal(str_z(a, buf_str(b)), "12 0 1.5 0.13");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(chart_bars_tell_shares_counts_and_n, setup, teardown),
		cmocka_unit_test_setup_teardown(chart_bars_are_as_long_as_their_share, setup, teardown),
		cmocka_unit_test_setup_teardown(charts_of_nobody_show_a_dash, setup, teardown),
		cmocka_unit_test_setup_teardown(charts_escape_what_people_typed, setup, teardown),
		cmocka_unit_test_setup_teardown(chart_grouped_names_every_bar, setup, teardown),
		cmocka_unit_test_setup_teardown(chart_months_adds_up, setup, teardown),
		cmocka_unit_test_setup_teardown(chart_survival_shows_steps_ticks_and_numbers_at_risk, setup, teardown),
		cmocka_unit_test_setup_teardown(bars_can_be_none_one_many_and_huge, setup, teardown),
		cmocka_unit_test_setup_teardown(groups_can_be_none_one_many_and_huge, setup, teardown),
		cmocka_unit_test_setup_teardown(months_can_be_none_one_many_and_huge, setup, teardown),
		cmocka_unit_test_setup_teardown(survival_can_be_of_none_one_many_and_of_any_length, setup, teardown),
		cmocka_unit_test_setup_teardown(survival_of_nobody_says_so, setup, teardown),
		cmocka_unit_test_setup_teardown(survival_cuts_its_axis_where_a_few_are_far_out_and_says_so, setup,
						teardown),
		cmocka_unit_test_setup_teardown(svg_wrap_breaks_at_spaces_and_never_overflows, setup, teardown),
		cmocka_unit_test_setup_teardown(svg_numbers_are_short_and_pointed, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
