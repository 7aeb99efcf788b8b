/* What pages show of a citizen's noes, ask about them, and do about them. */
#include "said.h"

#include "feature/citizen/own.h"

static Reply staff(const char *method, const char *below, const char *body)
{
	const char *path = served_path(&served, bo, below);
	return strcmp(method, "GET") == 0 ? served_get(&served, WHO_MANAGER, path)
					  : served_post(&served, WHO_MANAGER, path, body);
}

/* The citizen's own page shows a no to whom nothing had been said before, and takes it back. */
static void a_no_that_ended_no_yes_is_shown_and_taken_back(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	assert_ok(withdraw_consent(r, bo, contact_bakery));
	says_no(r->garage);
	assert_true(has(staff("GET", "/beslutter", NULL).body, "has said no to these"));
	Reply page = served_citizen(s, bo, "GET", "/min/samtykker", "");
	Str garage = uuid_str(s->arena, r->garage.v),
	    path = str_printf(s->arena, "/min/nej/%.*s/tilbage", STR_ARG(garage));
	assert_true(has(page.body, str_z(s->arena, path)));
	served_wait(s, 60);
	assert_int_equal(served_citizen(s, bo, "POST", str_z(s->arena, path), "purpose=contact_company").status, 303);
	assert_int_equal(served_citizen(s, bo, "POST", str_z(s->arena, path), "purpose=contact_company").status, 303);
	assert_true(may(r->garage) && may_tell(r->garage));
	assert_false(has(served_citizen(s, bo, "GET", "/min/samtykker", "").body, str_z(s->arena, path)));
}

static void a_yes_over_a_no_is_asked_about(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	Str bakery = uuid_str(s->arena, r->bakery.v);
	says_no(r->bakery);
	served_wait(s, 60);
	assert_false(has(staff("GET", "/samtykke", NULL).body, "<select id=\"after_no\""));
	Str form = str_printf(s->arena, "purpose=contact_company&receiver=%.*s", STR_ARG(bakery));
	Reply reply = staff("POST", "/samtykke", str_z(s->arena, form));
	assert_int_equal(reply.status, 422);
	assert_true(has(reply.body, "said no to this on 30/11/2018"));
	assert_true(has(reply.body, "href=\"#after_no\"") && has(reply.body, ">Yes, to "));
	assert_false(may(r->bakery));
	Str garage = uuid_str(s->arena, r->garage.v); /* of whom nothing was asked */
	Str other = str_printf(s->arena, "%.*s&after_no=%.*s", STR_ARG(form), STR_ARG(garage));
	assert_int_equal(staff("POST", "/samtykke", str_z(s->arena, other)).status, 422);
	form = str_printf(s->arena, "%.*s&after_no=%.*s", STR_ARG(form), STR_ARG(bakery));
	assert_int_equal(staff("POST", "/samtykke", str_z(s->arena, form)).status, 303);
	assert_true(may(r->bakery));
	/* A no to all is one, too; the citizen alone is not asked. */
	assert_int_equal(served_citizen(s, bo, "POST", "/min/samtykke/nej", "purpose=contact_company").status, 303);
	assert_int_equal(staff("POST", "/samtykke", "purpose=contact_company&everyone=true").status, 422);
	assert_false(may(r->garage));
	Str id = uuid_str(s->arena, bo.v);
	Str all = str_printf(s->arena, "purpose=contact_company&everyone=true&after_no=%.*s", STR_ARG(id));
	assert_int_equal(staff("POST", "/samtykke", str_z(s->arena, all)).status, 303);
	assert_int_equal(served_citizen(s, bo, "POST", "/min/samtykke/nej", "purpose=contact_company").status, 303);
	assert_int_equal(
		served_citizen(s, bo, "POST", "/min/samtykke/ja", "purpose=contact_company&everyone=true").status, 303);
	assert_true(may(r->garage));
	Str sheet = str_printf(s->arena, "/virksomhed/%.*s/ark", STR_ARG(bakery));
	reply = staff("GET", str_z(s->arena, sheet), NULL); /* the no to telling stands */
	assert_int_equal(reply.status, 403);
	assert_true(has(reply.body, "The citizen has said no to this"));
}

/* "Say no from now on" leaves no yes to all, also none that has not begun. */
static void a_no_to_a_purpose_ends_every_yes_to_all(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentIn phone = { .purpose = CONSENT_TELL_COMPANY,
			    .everyone = true,
			    .receiver_name = STR_NONE,
			    .tells_phone = true,
			    .since = day("2018-01-01"),
			    .until = day("2018-11-30") };
	ConsentId id;
	assert_ok(put_consent_in(r, bo, &phone, &id));
	phone.since = day("2018-12-24");
	phone.until = DATE_NONE;
	assert_ok(put_consent_in(r, bo, &phone, &id));
	assert_int_equal(served_citizen(s, bo, "POST", "/min/samtykke/nej", "purpose=tell_company").status, 303);
	assert_false(may_tell(r->garage));
	assert_true(may_tell(r->bakery)); /* which has its own */
	assert_true(may(r->garage));
	assert_int_equal(served_citizen(s, bo, "POST", "/min/samtykke/nej", "purpose=tell_company").status, 303);
	assert_int_equal(served_audited(s, "consent.withdraw", AUDIT_DONE), 3);
	served_wait(s, (int64_t)30 * 86400);
	assert_false(may_tell(r->garage));
}

/* ---- what a sheet could tell -------------------------------------------------------- */

static Err make_sheets(Ctx *c, void *arg)
{
	const TestRegister *r = arg;
	Str code;
	RETURN_IF_ERR(sheet_make(c, bo, r->bakery, &code));
	return sheet_make(c, bo, r->garage, &code);
}

/* Sheets are made after the no to the bakery; the garage is told until the no to it. */
static void a_sheet_behind_a_no_told_nothing(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	Own own;
	says_no(r->bakery);
	served_wait(s, 60);
	assert_ok(commit_run(r->c, make_sheets, r));
	served_wait(s, 60);
	says_no(r->garage);
	begin(r);
	assert_ok(own_collect(r->c, bo, &own));
	end(r);
	assert_int_equal(own.sheets.n, 2);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(own.sheets.at[i].told.name, uuid_eq(own.sheets.at[i].sheet.company.v, r->garage.v));
}

static Err open_garage(Ctx *c, void *arg)
{
	const TestRegister *r = arg;
	return consent_take_no_back(c, bo, CONSENT_TELL_COMPANY, r->garage.v);
}

static Err make_garages_sheet(Ctx *c, void *arg)
{
	const TestRegister *r = arg;
	Str code;
	return sheet_make(c, bo, r->garage, &code);
}

/* The phone may be told until today, and all of today there is a no; what has no end counts again after it. */
static void a_yes_that_ran_out_behind_a_no_told_nothing(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentIn phone = { .purpose = CONSENT_TELL_COMPANY,
			    .everyone = true,
			    .receiver_name = STR_NONE,
			    .tells_phone = true,
			    .since = day("2018-01-01"),
			    .until = day("2018-11-30") };
	ConsentId id;
	Own own;
	assert_ok(put_consent_in(r, bo, &phone, &id));
	says_no(r->garage);
	served_wait(s, 60);
	assert_ok(commit_run(r->c, make_garages_sheet, r));
	begin(r);
	assert_ok(own_collect(r->c, bo, &own));
	end(r);
	assert_false(own.sheets.at[0].told.name || own.sheets.at[0].told.phone);
	served_wait(s, (int64_t)2 * 86400);
	assert_ok(commit_run(r->c, open_garage, r));
	begin(r);
	assert_ok(own_collect(r->c, bo, &own));
	end(r);
	assert_true(own.sheets.at[0].told.name);
	assert_false(own.sheets.at[0].told.phone);
}

#define SERVED(f) cmocka_unit_test_setup_teardown(f, said_set_up, said_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_no_that_ended_no_yes_is_shown_and_taken_back), SERVED(a_yes_over_a_no_is_asked_about),
		SERVED(a_no_to_a_purpose_ends_every_yes_to_all),        SERVED(a_sheet_behind_a_no_told_nothing),
		SERVED(a_yes_that_ran_out_behind_a_no_told_nothing),
	};
	return register_run("noes", tests, sizeof tests / sizeof tests[0]);
}
