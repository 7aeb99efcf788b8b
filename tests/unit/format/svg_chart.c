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
	const ChartSurvival how = { STR("Months"), STR("In a job"), 8, 4, false, true };
	chart_survival(b, a, (ChartHead){ "k", STR("t"), STR(""), LANG_EN, 0 }, how, &curve, 1);
	const char *svg = str_z(a, buf_str(b));
	ASSERT_HAS(svg, "In a job. Months: 0: 100% (3 at risk); 4: 67% (2 at risk); 8: 0% (0 at risk); median 6.");
	ASSERT_HAS(svg, ">median 6</text>");
	/* One censoring tick. */
	assert_int_equal(times(svg, "stroke-width=\"1.2\"/>"), 1);
	assert_null(strstr(svg, "nan"));
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
		cmocka_unit_test_setup_teardown(svg_wrap_breaks_at_spaces_and_never_overflows, setup, teardown),
		cmocka_unit_test_setup_teardown(svg_numbers_are_short_and_pointed, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
