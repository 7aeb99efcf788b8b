#include "format/json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
	static Ctx c;
	ctx_init(&c);
	c.lang = LANG_EN;
	*state = &c;
	return 0;
}

static int teardown(void **state)
{
	ctx_release(*state);
	return 0;
}

static void json_writer_puts_commas_and_escapes(void **state)
{
	Ctx *c = *state;
	Buf *b = buf_new(c->arena, 4096);
	JsonWriter w = json_writer(b);
	json_open_object(&w);
	json_key(&w, "navn \"ø\"");
	json_put_text(&w, STR("a\\b\n\x01\x1f/ø"));
	json_key(&w, "list");
	json_open_list(&w);
	json_put_int(&w, INT64_MIN);
	json_put_bool(&w, true);
	json_open_object(&w);
	json_close(&w);
	json_open_list(&w);
	json_close(&w);
	json_put_null(&w);
	json_close(&w);
	json_key(&w, "date");
	json_put_date(&w, date_of(2018, 11, 30));
	json_key(&w, "none");
	json_put_text(&w, STR_NONE);
	assert_false(json_done(&w));
	json_close(&w);
	assert_true(json_done(&w));
	assert_string_equal(str_z(c->arena, buf_str(b)),
			    "{\"navn \\\"ø\\\"\":\"a\\\\b\\n\\u0001\\u001f/ø\",\"list\":[-9223372036854775808,true,{},"
			    "[],null],\"date\":\"2018-11-30\",\"none\":null}");
}

static void json_writer_puts_finite_numbers_only(void **state)
{
	Ctx *c = *state;
	Buf *b = buf_new(c->arena, 4096);
	JsonWriter w = json_writer(b);
	json_open_list(&w);
	json_put_real(&w, 0.488);
	json_put_real(&w, 0.1 + 0.2); /* IEEE 754: 0.30000000000000004 */
	json_put_real(&w, 48);
	json_put_real(&w, NAN);
	json_put_real(&w, -INFINITY);
	json_close(&w);
	assert_string_equal(str_z(c->arena, buf_str(b)), "[0.488,0.30000000000000004,48,null,null]");
}

static void json_writer_tells_when_the_ceiling_is_hit(void **state)
{
	Ctx *c = *state;
	JsonWriter w = json_writer(buf_new(c->arena, 8));
	json_open_list(&w);
	json_put_text(&w, STR("too long for eight"));
	json_close(&w);
	assert_false(json_done(&w));
}

static void json_parse_gives_every_kind(void **state)
{
	Ctx *c = *state;
	JsonValue v;
	Str s = STR_NONE;
	int64_t n = 0;
	double x = 0;
	bool b = false;
	assert_int_equal(json_parse(c,
				    STR("{\"t\": \"\\u00f8l\", \"i\": -7, \"r\": 1.5, \"b\": true, \"n\": null,"
					" \"l\": [1, [2]], \"o\": {}}"),
				    1000, &v),
			 OK);
	assert_true(json_as_text(json_member(v, "t"), &s) && str_eq_z(s, "øl"));
	assert_true(json_as_int(json_member(v, "i"), &n) && n == -7);
	assert_true(json_as_real(json_member(v, "r"), &x) && x == 1.5);
	assert_true(json_as_real(json_member(v, "i"), &x) && x == -7);
	assert_true(json_as_bool(json_member(v, "b"), &b) && b);
	assert_int_equal(json_kind(json_member(v, "n")), JSON_IS_NULL);
	assert_int_equal(json_kind(json_member(v, "missing")), JSON_IS_MISSING);
	assert_int_equal(json_count(json_member(v, "l")), 2);
	assert_true(json_as_int(json_at(json_at(json_member(v, "l"), 1), 0), &n) && n == 2);
	assert_int_equal(json_kind(json_at(json_member(v, "l"), 2)), JSON_IS_MISSING);
	assert_int_equal(json_kind(json_member(json_member(v, "missing"), "deeper")), JSON_IS_MISSING);
	assert_false(json_as_int(json_member(v, "r"), &n));
	assert_false(json_as_text(json_member(v, "i"), &s));
}

static void json_each_keeps_the_order_of_the_document(void **state)
{
	Ctx *c = *state;
	JsonValue v, value;
	Str key;
	void *walk = NULL;
	Buf *keys = buf_new(c->arena, 8);
	assert_int_equal(json_parse(c, STR("{\"z\":1,\"a\":2,\"m\":3}"), 1000, &v), OK);
	while (json_each(v, &walk, &key, &value))
		buf_str_add(keys, key);
	assert_true(str_eq_z(buf_str(keys), "zam"));
}

static const char *refused(Ctx *c, Str bytes)
{
	JsonValue v;
	ctx_clear(c);
	assert_int_equal(json_parse(c, bytes, 100, &v), ERR_INVALID);
	assert_int_equal(json_kind(v), JSON_IS_MISSING);
	return str_z(c->arena, ctx_problems_text(c));
}

static void json_parse_refuses_with_line_and_character(void **state)
{
	Ctx *c = *state;
	assert_string_equal(refused(c, STR("{\"ø\": 1,\n \"a\": tru}")),
			    "row 2, a: The JSON document is malformed here (character 10)");
	assert_string_equal(refused(c, STR("{\"a\": 1")), "row 1, a: The JSON document ends too early (character 8)");
	assert_string_equal(refused(c, STR("")), "row 1, The JSON document ends too early (character 1)");
	assert_string_equal(refused(c, STR("{} x")), "row 1, Something stands behind the JSON document (character 5)");
	assert_string_equal(refused(c, STR("{\"a\":1,\"a\":2}")),
			    "row 1, a: The same name stands twice in a JSON object (character 11)");
	assert_string_equal(refused(c, STR("[\"bl\xE5\"]")), "row 1, This is not UTF-8 text (character 5)");
	assert_string_equal(refused(c, STR("{\"kind\": \"a:b\", \"note\": \"bl\xE5\"}")),
			    "row 1, note: This is not UTF-8 text (character 28)");
	assert_string_equal(refused(c, STR("[1e999]")), "row 1, The number is too large (character 7)");
	assert_string_equal(refused(c, STR("[\"\\u0000\"]")),
			    "row 1, A zero byte is not allowed in JSON text (character 10)");
	/* Lone surrogates, single quotes, NaN and trailing commas are no JSON. */
	assert_non_null(strstr(refused(c, STR("[\"\\ud800\"]")), "row 1"));
	assert_non_null(strstr(refused(c, STR("['a']")), "malformed"));
	assert_non_null(strstr(refused(c, STR("[NaN]")), "malformed"));
	assert_non_null(strstr(refused(c, STR("[1,]")), "malformed"));
}

static void json_parse_keeps_to_its_limits(void **state)
{
	Ctx *c = *state;
	JsonValue v;
	char deep[70];
	memset(deep, '[', 32);
	memset(deep + 32, ']', 32);
	assert_int_equal(json_parse(c, (Str){ deep, 64 }, 100, &v), OK);
	memset(deep, '[', 33);
	memset(deep + 33, ']', 33);
	assert_string_equal(refused(c, (Str){ deep, 66 }),
			    "row 1, The JSON document is nested too deeply (character 33)");
	/* Brackets in a text nest nothing. */
	assert_int_equal(json_parse(c, STR("[\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]"), 100, &v), OK);
	assert_int_equal(json_parse(c, STR("[1,2]"), 4, &v), ERR_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(json_writer_puts_commas_and_escapes, setup, teardown),
		cmocka_unit_test_setup_teardown(json_writer_puts_finite_numbers_only, setup, teardown),
		cmocka_unit_test_setup_teardown(json_writer_tells_when_the_ceiling_is_hit, setup, teardown),
		cmocka_unit_test_setup_teardown(json_parse_gives_every_kind, setup, teardown),
		cmocka_unit_test_setup_teardown(json_each_keeps_the_order_of_the_document, setup, teardown),
		cmocka_unit_test_setup_teardown(json_parse_refuses_with_line_and_character, setup, teardown),
		cmocka_unit_test_setup_teardown(json_parse_keeps_to_its_limits, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
