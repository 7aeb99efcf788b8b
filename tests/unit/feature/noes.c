/* What pages show of a citizen's noes, ask about them, and do about them. */
#include "said.h"

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

/* What the staff is told before it writes a yes to all down once more. */
static Reply staff_yes(const char *body)
{
	return staff("POST", "/samtykke", body);
}

/* Name and phone were let to all, the phone withdrawn: the yes to the name is not the last word. */
static void staff_is_told_of_a_no_to_a_part(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	static const char body[] = "purpose=tell_company&everyone=true&tells_phone=true";
	ConsentIn phone = { .purpose = CONSENT_TELL_COMPANY,
			    .everyone = true,
			    .receiver_name = STR_NONE,
			    .tells_phone = true,
			    .since = day("2018-11-30"),
			    .until = DATE_NONE };
	ConsentId id;
	assert_ok(put_consent_in(r, bo, &phone, &id));
	served_wait(s, 60);
	assert_ok(withdraw_consent(r, bo, id));
	served_wait(s, 60);
	assert_int_equal(staff_yes(body).status, 422);
	Str who = uuid_str(s->arena, bo.v), again = str_printf(s->arena, "%s&after_no=%.*s", body, STR_ARG(who));
	assert_int_equal(staff_yes(str_z(s->arena, again)).status, 303);
}

static Err no_to_quotes(Ctx *c, void *arg)
{
	(void)arg;
	return consent_refuse_all(c, bo, CONSENT_QUOTES);
}

static Err staff_quotes(Ctx *c, void *arg)
{
	const TestRegister *r = arg;
	const Actor contact = { .role = ROLE_CONTACT_PERSON,
				.login = STR("kontakt"),
				.programme = r->programme,
				.organisation = r->aarhus };
	const ConsentIn in = {
		.purpose = CONSENT_QUOTES, .receiver_name = STR_NONE, .since = DATE_NONE, .until = DATE_NONE
	};
	ConsentId id;
	c->actor = &contact;
	Err e = consent_give(c, bo, &in, &id);
	c->actor = NULL;
	return e;
}

/* A no that there was nothing in force for any more leaves a trace, too; a yes of the citizen's that has run out since
 * is none. */
static void staff_is_told_of_the_last_word(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentIn quotes = { .purpose = CONSENT_QUOTES,
			     .receiver_name = STR_NONE,
			     .since = day("2018-01-01"),
			     .until = day("2018-11-29") };
	ConsentId id;
	assert_ok(put_consent_in(r, bo, &quotes, &id));
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, no_to_quotes, NULL));
	served_wait(s, 60);
	assert_int_equal(staff_yes("purpose=quotes").status, 422);
	quotes.since = day("2018-11-30");
	quotes.until = day("2018-12-01");
	assert_ok(put_consent_in(r, bo, &quotes, &id));
	served_wait(s, (int64_t)5 * 86400);
	assert_ok(commit_run(s->register_->c, staff_quotes, s->register_));
}

/* A yes that is mistyped, a sheet that nothing may stand on, a request that waits and is answered: where they are seen.
 */
static void what_citizen_and_manager_are_told(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	assert_int_equal(staff_yes("purpose=quotes&since=2390-01-01").status, 422);
	assert_int_equal(served_citizen(s, bo, "POST", "/min/samtykke/nej", "purpose=tell_company").status, 303);
	Str garage = uuid_str(s->arena, r->garage.v),
	    sheet = str_printf(s->arena, "/virksomhed/%.*s/ark", STR_ARG(garage));
	assert_int_equal(staff("POST", str_z(s->arena, sheet), "").status, 403);
	assert_false(has(served_get(s, WHO_MANAGER, "/").body, "has asked to be erased"));
	assert_int_equal(served_citizen(s, bo, "POST", "/min/sletning", "").status, 303);
	assert_true(has(served_get(s, WHO_MANAGER, "/").body, "1 citizen has asked to be erased"));
	const char *list = str_z(s->arena, served_get(s, WHO_MANAGER, "/henvendelser").body);
	const char *from = strstr(list, "action=\"/henvendelser/");
	assert_non_null(from);
	from += strlen("action=\"");
	Str path = { from, strcspn(from, "\"") };
	assert_int_equal(served_post(s, WHO_MANAGER, str_z(s->arena, path), "").status, 303);
	assert_false(has(served_get(s, WHO_MANAGER, "/").body, "has asked to be erased"));
	assert_true(has(served_citizen(s, bo, "GET", "/min", "").body, "you asked to be erased"));
}

#define SERVED(f) cmocka_unit_test_setup_teardown(f, said_set_up, said_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_no_that_ended_no_yes_is_shown_and_taken_back),
		SERVED(a_yes_over_a_no_is_asked_about),
		SERVED(a_no_to_a_purpose_ends_every_yes_to_all),
		SERVED(staff_is_told_of_a_no_to_a_part),
		SERVED(staff_is_told_of_the_last_word),
		SERVED(what_citizen_and_manager_are_told),
	};
	return register_run("noes", tests, sizeof tests / sizeof tests[0]);
}
