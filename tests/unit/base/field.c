#include "base/field.h"

#include <math.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const EnumRow colour_rows[] = { { "red", N_("Red") }, { "blue", N_("Blue") } };
static const EnumTable colour_table = ENUM_TABLE("colour", colour_rows);

typedef struct {
	Str line, note, secret, email, phone, cpr, cvr, p;
	Date day;
	Time at;
	int64_t count, place;
	double hours;
	bool yes;
	int colour;
	Uuid id;
} In;

static const Field fields[] = {
	FIELD(In, line, FIELD_TEXT, N_("Line"), .required = true, .most = 5),
	FIELD(In, note, FIELD_NOTE, N_("Note")),
	FIELD(In, secret, FIELD_SECRET, N_("Secret")),
	FIELD(In, email, FIELD_EMAIL, N_("E-mail")),
	FIELD(In, phone, FIELD_PHONE, N_("Phone")),
	FIELD(In, cpr, FIELD_CPR, N_("CPR number")),
	FIELD(In, cvr, FIELD_CVR, N_("CVR number")),
	FIELD(In, p, FIELD_P_NUMBER, N_("P-number")),
	FIELD(In, day, FIELD_DATE, N_("Day")),
	FIELD(In, at, FIELD_TIME, N_("When")),
	FIELD(In, count, FIELD_INT, N_("Count")),
	FIELD(In, place, FIELD_MUNICIPALITY, N_("Municipality")),
	FIELD(In, hours, FIELD_REAL, N_("Hours"), .min = 0, .max = 37),
	FIELD(In, yes, FIELD_BOOL, N_("Yes")),
	FIELD(In, colour, FIELD_ENUM, N_("Colour"), .choices = &colour_table),
	FIELD(In, id, FIELD_ID, N_("Identifier")),
};
static const Form form = FORM("in", In, fields);

/* A source with one value beside the required line. */
typedef struct {
	const char *name;
	Str value;
} Given;

static Str get(const FieldSource *self, const char *name, bool *present)
{
	const Given *given = self->data;
	*present = true;
	if (strcmp(name, given->name) == 0)
		return given->value;
	*present = strcmp(name, "line") == 0;
	return *present ? STR("x") : STR_NONE;
}

static Ctx c;

static int make(void **state)
{
	(void)state;
	ctx_init(&c);
	c.lang = LANG_EN;
	return 0;
}

static int drop(void **state)
{
	(void)state;
	ctx_release(&c);
	return 0;
}

static Err parse(const char *name, Str value, bool localised, In *in)
{
	Given given = { name, value };
	FieldSource source = { .get = get, .data = &given, .row = 3, .localised = localised };
	ctx_clear(&c);
	return form_parse(&c, &form, &source, in);
}

static In taken(const char *name, const char *value, bool localised)
{
	In in;
	assert_int_equal(parse(name, str_of(value), localised, &in), OK);
	assert_int_equal(c.problem_count, 0);
	return in;
}

/* Refused once, for this field and row, with a message. */
static void refused_bytes(const char *name, Str value)
{
	In in;
	assert_int_equal(parse(name, value, false, &in), ERR_INVALID);
	assert_int_equal(c.problem_count, 1);
	assert_true(str_eq_z(c.problems[0].field, name));
	assert_int_equal(c.problems[0].row, 3);
	assert_true(c.problems[0].message.len > 10);
}

static void refused(const char *name, const char *value)
{
	refused_bytes(name, str_of(value));
}

static void every_type_takes_what_belongs_to_it(void **state)
{
	(void)state;
	assert_true(str_eq_z(taken("line", "  blåbæ ", false).line, "blåbæ")); /* five characters, seven bytes */
	assert_true(str_eq_z(taken("note", "a\nb\tc", false).note, "a\nb\tc"));
	assert_true(str_eq_z(taken("line",
				   "\xE2\x80\xAE"
				   "bl\xE2\x80\x8B\xC3\xA5 ",
				   false)
				     .line,
			     "blå"));
	assert_true(str_eq_z(taken("cpr", "0707614285\xE2\x80\x8B", false).cpr, "0707614285"));
	assert_true(str_eq_z(taken("secret", "a\xE2\x80\x8B", false).secret, "a\xE2\x80\x8B"));
	assert_true(str_eq_z(taken("secret", " with blanks ", false).secret, " with blanks "));
	assert_true(str_eq_z(taken("email", "a@b.dk", false).email, "a@b.dk"));
	assert_true(str_eq_z(taken("phone", "+45 12 34-56 78", false).phone, "+45 12 34-56 78"));
	assert_true(str_eq_z(taken("cpr", "070761-4285", false).cpr, "0707614285"));
	assert_true(
		str_eq_z(taken("cpr", "0101650000", false).cpr, "0101650000")); /* fails modulus 11: a warning only */
	assert_true(str_eq_z(taken("cvr", "24 25 67 90", false).cvr, "24256790"));
	assert_true(str_eq_z(taken("p", "1003388394", false).p, "1003388394"));
	assert_int_equal(taken("day", "2018-11-30", false).day, date_of(2018, 11, 30));
	assert_int_equal(taken("at", "2018-11-30T12:00:00Z", false).at, INT64_C(1543579200000000));
	assert_int_equal(taken("count", "-12", false).count, -12);
	assert_int_equal(taken("place", "751", false).place, 751);
	assert_int_equal(taken("place", "HJØRRING", false).place, 860);
	assert_true(taken("hours", "7.5", false).hours == 7.5);
	assert_true(taken("yes", "true", false).yes);
	assert_false(taken("yes", "nej", false).yes);
	assert_int_equal(taken("colour", "blue", false).colour, 1);
	assert_int_equal(taken("id", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", false).id.b[0], 0x01);
}

static void forms_take_numbers_as_people_write_them(void **state)
{
	(void)state;
	c.lang = LANG_DA;
	assert_true(taken("hours", "7,5", true).hours == 7.5);
	assert_int_equal(taken("count", "1.234", true).count, 1234);
	refused("hours", "7,5"); /* JSON and files have a decimal point */
	c.lang = LANG_EN;
}

static void every_type_refuses_what_does_not(void **state)
{
	(void)state;
	refused("line", "");
	refused("line", "   ");
	refused("line", "\xE2\x80\x8B"); /* a zero-width space alone */
	refused("line", "sixsix");
	refused("line", "a\nb");
	refused_bytes("line", STR("a\0b"));
	refused("line", "a\x1B");
	refused("line", "\xE6");
	refused("note", "\xC3(");
	refused("email", "a@b");
	refused("email", "@b.dk");
	refused("email", "a@b@c.dk");
	refused("email", "a b@c.dk");
	refused("email", "a@b.dk.");
	refused("email", "a@b.dk\r\nBcc: x@y.dk");
	refused("phone", "1234567");
	refused("phone", "12345678901234567");
	refused("phone", "1234567a");
	refused("phone", "1234+5678");
	refused("cpr", "3002650000");
	refused("cvr", "24256791");
	refused("p", "123");
	refused("day", "2018-02-30");
	refused("at", "2018-02-30T10:00");
	refused("count", "1.5");
	refused("count", "9223372036854775808");
	refused("count", "-9223372036854775808"); /* stands for none inside */
	refused("place", "102");
	refused("place", "Atlantis");
	refused("hours", "37.1");
	refused("hours", "-0.1");
	refused("hours", "nan");
	refused("hours", "1e1");
	refused("yes", "perhaps");
	refused("colour", "green");
	refused("colour", "RED");
	refused("id", "5");
	refused("id", "00000000-0000-0000-0000-000000000000"); /* stands for none inside */
}

static Str told(const char *name, const char *value)
{
	In in;
	assert_int_equal(parse(name, str_of(value), false, &in), ERR_INVALID);
	return c.problems[0].message;
}

static void a_day_out_of_reach_is_answered_with_what_is_taken(void **state)
{
	(void)state;
	static const char *const beyond[] = { "9999-12-31", "31.12.9999", "2400-01-01", "1369-12-31", "0001-01-01" };
	for (size_t i = 0; i < sizeof beyond / sizeof beyond[0]; i++)
		assert_true(str_eq_z(told("day", beyond[i]), "Only days from 01/01/1370 to 31/12/2399 are taken."));
	assert_true(str_eq_z(told("at", "9999-12-31T10:00"), "Only days from 01/01/1370 to 31/12/2399 are taken."));
	assert_true(str_eq_z(told("day", "9999-02-30"), "There is no such day."));
	assert_true(str_eq_z(told("at", "2018-01-01T25:00"), "There is no such time."));
}

static void a_field_without_value_holds_none(void **state)
{
	(void)state;
	In in = taken("note", "", false);
	assert_true(str_is_none(in.note) && str_is_none(in.secret) && str_is_none(in.cpr));
	assert_int_equal(in.day, DATE_NONE);
	assert_true(in.at == TIME_NONE);
	assert_true(in.count == INT_NONE && in.place == INT_NONE);
	assert_true(isnan(in.hours));
	assert_false(in.yes);
	assert_int_equal(in.colour, ENUM_NONE);
	assert_true(uuid_is_none(in.id));
	for (size_t i = 1; i < form.n; i++)
		assert_true(str_is_empty(field_text(&c, &form.fields[i], &in, true)) ||
			    form.fields[i].type == FIELD_BOOL);
}

static void values_are_written_as_they_are_read(void **state)
{
	(void)state;
	In in = taken("hours", "7.5", false);
	assert_true(str_eq_z(field_text(&c, form_field(&form, STR("hours")), &in, false), "7.5"));
	c.lang = LANG_DA;
	assert_true(str_eq_z(field_text(&c, form_field(&form, STR("hours")), &in, true), "7,5"));
	c.lang = LANG_EN;
	in = taken("at", "2018-11-30T12:00:00Z", false);
	assert_true(str_eq_z(field_text(&c, form_field(&form, STR("at")), &in, true), "2018-11-30T13:00"));
	assert_true(str_eq_z(field_text(&c, form_field(&form, STR("at")), &in, false), "2018-11-30T12:00:00Z"));
	in = taken("secret", "hush", false);
	assert_true(str_eq_z(field_text(&c, form_field(&form, STR("secret")), &in, true), ""));
	assert_null(form_field(&form, STR("nothing")));
}

static void all_problems_are_told_with_row_and_field(void **state)
{
	(void)state;
	ctx_clear(&c);
	assert_int_equal(refuse_at(&c, "ends", 3, 0, "%s", "End is before start"), ERR_INVALID);
	assert_int_equal(refuse_at(&c, "definition", 0, 17, "%s", "Unknown word"), ERR_INVALID);
	assert_int_equal(refuse(&c, NULL, "%d%%", 5), ERR_INVALID);
	assert_true(str_eq_z(ctx_problems_text(&c),
			     "row 3, ends: End is before start\ndefinition: Unknown word (character 17)\n5%"));
	assert_int_equal((fail)(&c, ERR_IO, "first"), ERR_IO);
	assert_int_equal((fail)(&c, ERR_DB, "second"), ERR_DB);
	assert_true(str_eq_z(c.why, "first"));
	for (int i = 0; i < 2 * PROBLEMS_MOST; i++)
		(void)refuse(&c, "x", "%d", i);
	assert_int_equal(c.problem_count, 2 * PROBLEMS_MOST + 3);
	ctx_clear(&c);
	assert_int_equal(c.problem_count, 0);
	assert_true(str_is_none(c.why));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_takes_what_belongs_to_it),
		cmocka_unit_test(forms_take_numbers_as_people_write_them),
		cmocka_unit_test(every_type_refuses_what_does_not),
		cmocka_unit_test(a_day_out_of_reach_is_answered_with_what_is_taken),
		cmocka_unit_test(a_field_without_value_holds_none),
		cmocka_unit_test(values_are_written_as_they_are_read),
		cmocka_unit_test(all_problems_are_told_with_row_and_field),
	};
	return cmocka_run_group_tests(tests, make, drop);
}
