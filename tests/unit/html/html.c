/* The escaping that HTML 5 (13.1.2.3, 13.3) and RFC 3986 ask for. */
#include "html/html.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Html page;
static Buf out;

static int open_page(void **state)
{
	(void)state;
	buf_init(&out, 4096);
	html_init(&page, &out, LANG_DA);
	return 0;
}

static int close_page(void **state)
{
	(void)state;
	buf_release(&out);
	return 0;
}

static void assert_written(const char *expected)
{
	buf_char(&out, '\0');
	assert_string_equal(out.ptr, expected);
	buf_clear(&out);
}

static void assert_str(Str s, const char *expected)
{
	buf_str_add(&out, s);
	assert_written(expected);
}

static void html__text_escapes_the_five_bytes_that_mean_something(void **state)
{
	(void)state;
	html_str(&page, STR("<a href=\"x\" id='y'>&amp;</a>"));
	assert_written("&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
	html_str(&page, STR("æøå · 100 %"));
	assert_written("æøå · 100 %");
	html_str(&page, STR_NONE);
	html_z(&page, NULL);
	assert_written("");
	html_str(&page, STR("<"));
	assert_written("&lt;");
}

static void html__numbers_are_plain_digits(void **state)
{
	(void)state;
	HTML_TEXT(&page, INT64_MIN);
	assert_written("-9223372036854775808");
	HTML_TEXT(&page, UINT64_MAX);
	assert_written("18446744073709551615");
	HTML_ATTR(&page, (unsigned char)200);
	assert_written("200");
}

static void html__urls_keep_four_schemes_and_relative_references(void **state)
{
	(void)state;
	static const char *const kept[] = { "/a/b?c=d#e",          "a/b:c",       "?a:b",      "#a:b",          "",
					    "https://example.dk/", "HTTP://x.dk", "tel:+4512", "mailto:a@b.dk", "//x/",
					    "/%C3%A6?a=b+c",       "/a(b)[c]" };
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		html_url_z(&page, kept[i]);
		assert_written(kept[i]);
	}
	static const char *const refused[] = { "javascript:alert(1)",
					       "JaVaScRiPt:alert(1)",
					       " javascript:alert(1)",
					       "\tjavascript:alert(1)",
					       "java\nscript:alert(1)",
					       "data:text/html,x",
					       "vbscript:x",
					       ":",
					       "http\1:x" };
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		html_url_z(&page, refused[i]);
		assert_written("#refused");
	}
}

static void html__whole_urls_cannot_leave_their_quotes(void **state)
{
	(void)state;
	html_url_z(&page, "/a\"b'c<d>e&f g\\h\xC3\xA6");
	assert_written("/a%22b&#39;c%3Cd%3Ee&amp;f%20g%5Ch%C3%A6");
}

static void html__pieces_of_urls_keep_only_unreserved_bytes(void **state)
{
	(void)state;
	/* RFC 3986, 2.3: ALPHA DIGIT - . _ ~ */
	html_url_part_z(&page, "aZ09-._~");
	assert_written("aZ09-._~");
	html_url_part(&page, STR("a/b?c#d&e=f+g:h@i%j;\0k"));
	assert_written("a%2Fb%3Fc%23d%26e%3Df%2Bg%3Ah%40i%25j%3B%00k");
	html_url_address_z(&page, "a+b@c.dk?x");
	assert_written("a+b@c.dk%3Fx");
}

static void html__messages_give_their_places_in_the_order_of_the_translation(void **state)
{
	(void)state;
	const char *message = "{2} < {1} {0} {x} {";
	assert_int_equal(html_message(&page, &message), 2);
	buf_z(&out, "two");
	assert_int_equal(html_message(&page, &message), 1);
	buf_z(&out, "one");
	assert_int_equal(html_message(&page, &message), 0);
	assert_null(message);
	assert_written("two &lt; one {0} {x} {");
}

static void html__machine_forms_do_not_depend_on_the_language(void **state)
{
	(void)state;
	assert_str(html_iso_date(&page, date_of(2018, 3, 1)), "2018-03-01");
	assert_str(html_iso_date(&page, DATE_NONE), "");
	/* 1 second, and 1 microsecond, before 1970: the last second of 1969. */
	assert_str(html_iso_time(&page, -1000000), "1969-12-31T23:59:59Z");
	assert_str(html_iso_time(&page, -1), "1969-12-31T23:59:59Z");
	assert_str(html_iso_time(&page, 0), "1970-01-01T00:00:00Z");
	assert_str(html_local(&page, time_of(date_of(2018, 7, 1), 14 * 60 + 5)), "2018-07-01T14:05");
	assert_str(html_number(&page, 12.5), "12.5");
	assert_str(html_number(&page, -0.0000001), "0");
	assert_str(html_number(&page, 100), "100");
	assert_str(html_number(&page, NAN), "");
}

static void html__figures_are_written_as_danes_do(void **state)
{
	(void)state;
	assert_str(html_int(&page, 1234567), "1.234.567");
	assert_str(html_decimal(&page, 37.25), "37,3");           /* half away from zero */
	assert_str(html_percent1(&page, 0.488), "48,8\xC2\xA0%"); /* 61 of 125 */
	assert_str(html_percent(&page, NAN), "–");
	assert_str(html_date_long(&page, date_of(2018, 11, 30)), "30. november 2018");
	assert_str(html_month(&page, 201803), "marts 2018");
	/* The largest double has 309 digits. */
	assert_true(html_decimal2(&page, 1e300).len == 301 + 100 + 3);
}

static void html__truth_is_having_a_value(void **state)
{
	(void)state;
	assert_true(HTML_TRUE(STR("x")));
	assert_false(HTML_TRUE(STR("")));
	assert_false(HTML_TRUE(STR_NONE));
	assert_false(HTML_TRUE((const char *)NULL));
	assert_false(HTML_TRUE((Date)DATE_NONE));
	assert_false(HTML_TRUE((Time)TIME_NONE));
	assert_true(HTML_TRUE((size_t)1 << 40));
	assert_false(HTML_TRUE(UUID_NONE));
	assert_true(HTML_TRUE((const Html *)&page));
}

static void html__equal_means_the_same_value(void **state)
{
	(void)state;
	assert_true(HTML_EQ(STR("ab"), ((Str){ "abc", 2 })));
	assert_false(HTML_EQ(STR("ab"), STR("AB")));
	assert_true(HTML_EQ("ab", STR("ab")));
	assert_false(HTML_EQ(0.5, 0)); /* not as whole numbers */
	assert_true(HTML_EQ((int64_t)1 << 40, (int64_t)1 << 40));
	assert_false(HTML_EQ(((Uuid){ { 1 } }), UUID_NONE));
}

static void html__a_page_past_its_ceiling_is_known_to_be(void **state)
{
	(void)state;
	for (int i = 0; i < 1000; i++)
		html_str(&page, STR("<<<<"));
	assert_true(out.failed);
	assert_true(out.len <= 4096);
}

#define PAGE_TEST(name) cmocka_unit_test_setup_teardown(name, open_page, close_page)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAGE_TEST(html__text_escapes_the_five_bytes_that_mean_something),
		PAGE_TEST(html__numbers_are_plain_digits),
		PAGE_TEST(html__urls_keep_four_schemes_and_relative_references),
		PAGE_TEST(html__whole_urls_cannot_leave_their_quotes),
		PAGE_TEST(html__pieces_of_urls_keep_only_unreserved_bytes),
		PAGE_TEST(html__messages_give_their_places_in_the_order_of_the_translation),
		PAGE_TEST(html__machine_forms_do_not_depend_on_the_language),
		PAGE_TEST(html__figures_are_written_as_danes_do),
		PAGE_TEST(html__truth_is_having_a_value),
		PAGE_TEST(html__equal_means_the_same_value),
		PAGE_TEST(html__a_page_past_its_ceiling_is_known_to_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
