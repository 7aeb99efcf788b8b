#include "http/form.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static Ctx c;

static int setup(void **state)
{
	(void)state;
	ctx_init(&c);
	c.lang = LANG_EN;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	ctx_release(&c);
	return 0;
}

/* "name=value|name=value|" of a body, or "refused: " and the problems. */
static const char *urlencoded(const char *body)
{
	HttpPairs pairs;
	ctx_clear(&c);
	if (form_urlencoded(&c, str_of(body), &pairs) != OK) {
		Str why = ctx_problems_text(&c);
		return str_z(c.arena, str_printf(c.arena, "refused: %.*s", STR_ARG(why)));
	}
	Buf *b = buf_new(c.arena, 100000);
	for (size_t i = 0; i < pairs.n; i++)
		buf_printf(b, "%.*s=%.*s|", STR_ARG(pairs.items[i].name), STR_ARG(pairs.items[i].value));
	return str_z(c.arena, buf_str(b));
}

static const char *path(const char *raw)
{
	Str out;
	ctx_clear(&c);
	return form_path(&c, str_of(raw), &out) == OK ? str_z(c.arena, out) : "refused";
}

/* The same for multipart, with files as "name[filename,type]=bytes|". */
static const char *multipart(const char *type, Str body)
{
	HttpForm form;
	ctx_clear(&c);
	if (form_multipart(&c, str_of(type), body, &form) != OK)
		return "refused";
	Buf *b = buf_new(c.arena, 100000);
	for (size_t i = 0; i < form.fields.n; i++)
		buf_printf(b, "%.*s=%.*s|", STR_ARG(form.fields.items[i].name), STR_ARG(form.fields.items[i].value));
	for (size_t i = 0; i < form.file_count; i++)
		buf_printf(b, "%.*s[%.*s,%.*s]=%.*s|", STR_ARG(form.files[i].name), STR_ARG(form.files[i].filename),
			   STR_ARG(form.files[i].content_type), STR_ARG(form.files[i].bytes));
	return str_z(c.arena, buf_str(b));
}

static void urlencoded__is_decoded(void **state)
{
	(void)state;
	assert_string_equal(urlencoded(""), "");
	assert_string_equal(urlencoded("a=1&b=2"), "a=1|b=2|");
	assert_string_equal(urlencoded("name=S%C3%B8ren+%2B+%c3%85se"), "name=Søren + Åse|");
	assert_string_equal(urlencoded("a&b=&a=3"), "a=|b=|a=3|");
	assert_string_equal(urlencoded("a=1&&b=2&"), "a=1|b=2|");
	assert_string_equal(urlencoded("a=b=c"), "a=b=c|");
	assert_string_equal(urlencoded("note=one%0D%0Atwo%0Dthree"), "note=one\ntwo\nthree|");
}

static void urlencoded__malformed_is_refused_whole(void **state)
{
	(void)state;
	assert_string_equal(urlencoded("a=1&b=%"), "refused: b: The form holds a broken percent escape.");
	assert_string_equal(urlencoded("a=%4"), "refused: a: The form holds a broken percent escape.");
	assert_string_equal(urlencoded("a=%g0"), "refused: a: The form holds a broken percent escape.");
	assert_string_equal(urlencoded("%zz=1"), "refused: The form holds a broken percent escape.");
	assert_string_equal(urlencoded("a=%C3"), "refused: a: The text is not valid UTF-8.");
	assert_string_equal(urlencoded("a=%ED%A0%80"), "refused: a: The text is not valid UTF-8.");
	assert_string_equal(urlencoded("a=%C0%AF"), "refused: a: The text is not valid UTF-8.");
	assert_string_equal(urlencoded("a=x%00y"), "refused: a: The text holds control characters.");
	assert_string_equal(urlencoded("=1"), "refused: A field of the form has no name.");
	assert_string_equal(urlencoded("%0a=1"), "refused: A field of the form has a name that is not text.");
	Buf b;
	buf_init(&b, 100000);
	for (int i = 0; i < FORM_FIELDS_MOST; i++)
		buf_z(&b, "a=1&");
	buf_add(&b, "a=1", sizeof "a=1"); /* with its end */
	assert_string_equal(urlencoded(b.ptr), "refused: The form has more than 1000 fields.");
	buf_release(&b);
}

static void pairs__of_one_name_are_all_found(void **state)
{
	(void)state;
	HttpPairs pairs;
	assert_int_equal(form_urlencoded(&c, STR("kind=a&x=1&kind=b"), &pairs), OK);
	assert_true(str_eq(pairs_get(pairs, "kind"), STR("a")));
	assert_int_equal(pairs_next(pairs, "kind", 0), 0);
	assert_int_equal(pairs_next(pairs, "kind", 1), 2);
	assert_int_equal(pairs_next(pairs, "kind", 3), 3);
	assert_true(str_is_none(pairs_get(pairs, "y")));
}

static void path__is_decoded_and_kept_inside(void **state)
{
	(void)state;
	assert_string_equal(path("/"), "/");
	assert_string_equal(path("/borger/S%C3%B8ren%20B"), "/borger/Søren B");
	assert_string_equal(path("/a+b/"), "/a+b/");
	assert_string_equal(path("/a..b/...c"), "/a..b/...c");
	static const char *const wrong[] = {
		"",      "a",         "http://x/", "*",      "//",     "/a//b", "/./a",
		"/a/..", "/%2e%2e/a", "/a%2Fb",    "/a%2fb", "/a%5cb", "/a%00", "/a%0A",
		"/%",    "/%zz",      "/%C3",      "/%FF",   "/a/%2e", "/a\\b", "/%C2%85"
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_string_equal(path(wrong[i]), "refused");
}

#define B "multipart/form-data; boundary=xyz"

static void multipart__fields_and_files(void **state)
{
	(void)state;
	assert_string_equal(
		multipart(B, STR("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz--\r\n")),
		"a=1|");
	assert_string_equal(multipart("multipart/form-data; charset=utf-8; boundary=\"x y\"",
				      STR("--x y\r\ncontent-disposition: FORM-DATA; name=\"a\"\r\n\r\n\r\n--x y--")),
			    "a=|");
	assert_string_equal(
		multipart(B, STR("--xyz\r\nContent-Disposition: form-data; name=\"f\"; "
				 "filename=\"C:\\\\d\\\\\xc3\xa6%22.csv\"\r\n"
				 "Content-Type: text/csv\r\n\r\na,b\r\n--xy\r\n\r\n--xyz\r\n"
				 "Content-Disposition: form-data; name=\"n\"\r\n\r\none\r\ntwo\r\n--xyz--\r\n")),
		"n=one\ntwo|f[æ\".csv,text/csv]=a,b\r\n--xy\r\n|");
	assert_string_equal(multipart(B, STR("--xyz--\r\n")), "");
}

static void multipart__malformed_is_refused_whole(void **state)
{
	(void)state;
	assert_string_equal(multipart("multipart/form-data", STR("--xyz--\r\n")), "refused");
	assert_string_equal(multipart("multipart/form-data; boundary=", STR("--\r\n")), "refused");
	assert_string_equal(multipart("multipart/form-data; boundary=\"xyz", STR("--xyz--\r\n")), "refused");
	assert_string_equal(multipart("text/plain; boundary=xyz", STR("--xyz--\r\n")), "refused");
	assert_string_equal(multipart(B, STR("")), "refused");
	assert_string_equal(multipart(B, STR("preamble\r\n--xyz--\r\n")), "refused");
	assert_string_equal(multipart(B, STR("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1")),
			    "refused");
	assert_string_equal(multipart(B, STR("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyzq")),
			    "refused");
	assert_string_equal(
		multipart(B, STR("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz--rest")),
		"refused");
	assert_string_equal(multipart(B, STR("--xyz\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xyz--")),
			    "refused");
	assert_string_equal(multipart(B, STR("--xyz\r\nContent-Type: text/plain\r\n\r\n1\r\n--xyz--")), "refused");
	assert_string_equal(multipart(B, STR("--xyz\r\nno header here\r\n\r\n1\r\n--xyz--")), "refused");
	assert_string_equal(
		multipart(B,
			  STR("--xyz\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n1\r\n--xyz--")),
		"refused");
	assert_string_equal(multipart(B, STR("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n"
					     "Content-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--xyz--")),
			    "refused");
	assert_string_equal(
		multipart(B, STR("--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--xyz--")),
		"refused");
}

static void file__not_chosen_is_no_file(void **state)
{
	(void)state;
	HttpForm form;
	Str body = STR("--xyz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n"
		       "Content-Type: application/octet-stream\r\n\r\n\r\n--xyz--\r\n");
	assert_int_equal(form_multipart(&c, str_of(B), body, &form), OK);
	assert_int_equal(form.file_count, 1);
	assert_null(form_file(&form, "f"));
}

static void cookie__is_found_by_its_whole_name(void **state)
{
	(void)state;
	Str header = STR("ssession=1; session=2;empty=; quoted=\"q v\"; noequals; session=3");
	assert_true(str_eq(cookie_get(header, "session"), STR("2")));
	assert_true(str_eq(cookie_get(header, "quoted"), STR("q v")));
	assert_true(str_eq(cookie_get(header, "empty"), STR("")));
	assert_true(str_is_none(cookie_get(header, "noequals")));
	assert_true(str_is_none(cookie_get(header, "sess")));
	assert_true(str_is_none(cookie_get(STR_NONE, "session")));
}

static void language__the_preferred_of_two(void **state)
{
	(void)state;
	assert_int_equal(accept_language(STR_NONE), LANG_DA);
	assert_int_equal(accept_language(STR("en")), LANG_EN);
	assert_int_equal(accept_language(STR("en-US,en;q=0.9,da;q=0.8")), LANG_EN);
	assert_int_equal(accept_language(STR("da, en-gb;q=0.8, en;q=0.7")), LANG_DA);
	assert_int_equal(accept_language(STR("en;q=0.5, da;q=0.8")), LANG_DA);
	assert_int_equal(accept_language(STR("fr, *;q=0.1")), LANG_DA);
	assert_int_equal(accept_language(STR("da;q=0, *")), LANG_EN);
	assert_int_equal(accept_language(STR("en;q=abc, ;;,,")), LANG_DA);
	assert_int_equal(accept_language(STR("nb,sv")), LANG_DA);
}

static void url_encode__round_trips(void **state)
{
	(void)state;
	Str all = STR("Åse & co=50%/-._~?#");
	assert_string_equal(str_z(c.arena, url_encode(c.arena, all)), "%C3%85se%20%26%20co%3D50%25%2F-._~%3F%23");
	HttpPairs pairs;
	Str sent = url_encode(c.arena, all);
	Str query = str_printf(c.arena, "q=%.*s", STR_ARG(sent));
	assert_int_equal(form_urlencoded(&c, query, &pairs), OK);
	assert_true(str_eq(pairs_get(pairs, "q"), all));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urlencoded__is_decoded),
		cmocka_unit_test(urlencoded__malformed_is_refused_whole),
		cmocka_unit_test(pairs__of_one_name_are_all_found),
		cmocka_unit_test(path__is_decoded_and_kept_inside),
		cmocka_unit_test(multipart__fields_and_files),
		cmocka_unit_test(multipart__malformed_is_refused_whole),
		cmocka_unit_test(file__not_chosen_is_no_file),
		cmocka_unit_test(cookie__is_found_by_its_whole_name),
		cmocka_unit_test(language__the_preferred_of_two),
		cmocka_unit_test(url_encode__round_trips),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
