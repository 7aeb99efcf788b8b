/* What stands by a citizen's consent alone, over HTTP: without the consent it is neither taken nor shown, and when
 * the consent is withdrawn it is gone. */
#include "../access/served.h"
#include "access/consent.h"
#include "app/lists.h"
#include "fates.h"
#include "feature/citizen/own.h"
#include "feature/diagnosis/diagnosis.h"
#include "feature/network/network.h"

#include <string.h>

static Served served;

static int set_up(void **state)
{
	served_make(&served, feature_routes);
	*state = &served;
	return 0;
}

static int tear_down(void **state)
{
	served_remove(*state);
	return 0;
}

static Str anna(Served *s, const char *below)
{
	Str id = uuid_str(s->arena, s->register_->anna.v);
	return str_printf(s->arena, "/borger/%.*s%s", STR_ARG(id), below);
}

static Reply get(Served *s, int who, Str target)
{
	return served_as(s, who, "GET", target.ptr, NULL, STR(""));
}

static Reply post(Served *s, int who, Str target, const char *body)
{
	return served_as(s, who, "POST", target.ptr, "application/x-www-form-urlencoded", str_of(body));
}

/* Of a yes that was given by the staff's form: the newest. */
static ConsentId says_yes(Served *s, const char *body)
{
	TestRegister *r = s->register_;
	ConsentLineList all;
	served_wait(s, 1);
	assert_int_equal(post(s, WHO_AARHUS, anna(s, "/samtykke"), body).status, 303);
	begin(r);
	assert_ok(consent_of(r->c, r->anna, &all));
	end(r);
	return all.at[0].id;
}

static void says_no(Served *s, ConsentId id)
{
	Str text = uuid_str(s->arena, id.v);
	Str path = str_printf(s->arena, "/samtykke/%.*s/tilbage", STR_ARG(text));
	assert_int_equal(post(s, WHO_AARHUS, anna(s, path.ptr), "x=1").status, 303);
}

/* ---- those close to the citizen ------------------------------------------------------ */

static Reply write_down(Served *s, ConsentId consent, const char *rest)
{
	Str id = uuid_str(s->arena, consent.v);
	return post(s, WHO_AARHUS, anna(s, "/netvaerk"),
		    str_printf(s->arena, "consent=%.*s&%s", STR_ARG(id), rest).ptr);
}

static const char karen[] = "name=Karen+Kanariefugl&relation=mor&phone=87654321&email=karen%40example.dk";

static NetworkPersonList invited(Served *s, Date on)
{
	TestRegister *r = s->register_;
	NetworkPersonList list;
	begin(r);
	assert_ok(network_invited(r->c, r->anna, on, &list));
	end(r);
	return list;
}

static int64_t written_down(Served *s)
{
	TestRegister *r = s->register_;
	return rows_filled(r, "network_person", "name", "participant", r->anna.v);
}

static void network__is_written_down_only_by_the_citizens_invitation(void **state)
{
	Served *s = *state;
	ConsentId other = says_yes(s, "purpose=quotes");
	assert_int_equal(get(s, WHO_AARHUS, anna(s, "/netvaerk")).status, 403);
	assert_int_equal(write_down(s, other, karen).status, 403);
	assert_int_equal(write_down(s, other, "name=").status, 403); /* nor is the form shown again */
	assert_false(has(get(s, WHO_AARHUS, anna(s, "/beslutter")).body, "/netvaerk"));
	ConsentId mother = says_yes(s, "purpose=invite_network&receiver_name=Min+mor");
	assert_true(has(get(s, WHO_AARHUS, anna(s, "/beslutter")).body, "/netvaerk"));
	assert_true(has(get(s, WHO_AARHUS, anna(s, "/netvaerk")).body, "Min mor"));
	Reply wrong = write_down(s, other, karen);
	assert_int_equal(wrong.status, 422);
	assert_true(has(wrong.body, "id=\"consent-error\"") || has(wrong.body, "#consent"));
	assert_int_equal(write_down(s, mother, "name=Karen").status, 422);
	assert_int_equal(written_down(s), 0);
	assert_int_equal(write_down(s, mother, karen).status, 303);
	assert_int_equal(written_down(s), 1);
	assert_int_equal(served_audited(s, "network.add", AUDIT_DONE), 1);
	Reply page = get(s, WHO_AARHUS, anna(s, ""));
	assert_true(has(page.body, "Karen Kanariefugl") && has(page.body, "87654321"));
	assert_int_equal(get(s, WHO_MANAGER, anna(s, "/netvaerk")).status, 200);
	assert_int_equal(get(s, WHO_RANDERS, anna(s, "/netvaerk")).status, 404);
	assert_int_equal(get(s, WHO_EVALUATOR, anna(s, "/netvaerk")).status, 403);
	assert_false(rows_in_files(s->register_, STR("Kanariefugl")) ||
		     rows_in_files(s->register_, STR("karen@example.dk")));
}

static void network__is_gone_with_the_invitation_and_with_no_other(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId mother = says_yes(s, "purpose=invite_network&receiver_name=Min+mor");
	ConsentId friend = says_yes(s, "purpose=invite_network&receiver_name=Ole");
	assert_int_equal(write_down(s, mother, karen).status, 303);
	assert_int_equal(write_down(s, friend, "name=Ole+Odde&relation=ven").status, 303);
	says_no(s, mother);
	Reply page = get(s, WHO_AARHUS, anna(s, ""));
	assert_true(has(page.body, "Ole Odde") && !has(page.body, "Karen"));
	assert_int_equal(written_down(s), 1);
	Own own;
	begin(r);
	assert_ok(own_collect(r->c, r->anna, &own));
	end(r);
	assert_int_equal(own.network.n, 1);
	assert_true(str_eq_z(own.network.at[0].relation, "ven"));
	Str id = uuid_str(s->arena, own.network.at[0].id.v);
	Str path = anna(s, str_printf(s->arena, "/netvaerk/%.*s/fjern", STR_ARG(id)).ptr);
	assert_int_equal(post(s, WHO_RANDERS, path, "x=1").status, 404);
	assert_int_equal(written_down(s), 1);
	assert_int_equal(post(s, WHO_AARHUS, path, "x=1").status, 303);
	assert_int_equal(post(s, WHO_AARHUS, path, "x=1").status, 404);
	assert_int_equal(written_down(s), 0);
}

static void network__is_not_shown_when_the_invitation_has_run_out(void **state)
{
	Served *s = *state;
	ConsentId mother =
		says_yes(s, "purpose=invite_network&receiver_name=Min+mor&since=2018-11-01&until=2018-11-30");
	assert_int_equal(write_down(s, mother, karen).status, 303);
	assert_int_equal(invited(s, day("2018-11-30")).n, 1);
	assert_int_equal(invited(s, day("2018-12-01")).n, 0);
	assert_int_equal(invited(s, day("2018-10-31")).n, 0);
	ConsentId past = says_yes(s, "purpose=invite_network&receiver_name=Ole&since=2018-01-01&until=2018-11-29");
	assert_int_equal(write_down(s, past, "name=Ole&relation=ven").status, 422);
}

/* ---- diagnoses ---------------------------------------------------------------------- */

static Str programme(Served *s, const char *below)
{
	Str id = uuid_str(s->arena, s->register_->programme.v);
	return str_printf(s->arena, "/projekt/%.*s%s", STR_ARG(id), below);
}

static void turn_on(Served *s)
{
	assert_int_equal(post(s, WHO_MANAGER, programme(s, "/diagnoser"), "on=true&erases=0&why=Aftalt").status, 303);
}

static int64_t diagnoses(Served *s)
{
	TestRegister *r = s->register_;
	return rows_filled(r, "diagnosis", "words", "participant", r->anna.v);
}

static const char canary[] = "words=Kanariefugl+i+hovedet";

static Reply write_diagnosis(Served *s, const char *body)
{
	return post(s, WHO_AARHUS, anna(s, "/diagnose"), body);
}

static void diagnosis__wants_both_the_programme_and_the_citizen(void **state)
{
	Served *s = *state;
	Str page = anna(s, "/diagnose");
	assert_int_equal(get(s, WHO_AARHUS, page).status, 403);
	assert_int_equal(write_diagnosis(s, canary).status, 403);
	ConsentId yes = says_yes(s, "purpose=diagnoses");
	assert_int_equal(get(s, WHO_AARHUS, page).status, 403);
	assert_int_equal(write_diagnosis(s, canary).status, 403);
	says_no(s, yes);
	turn_on(s);
	assert_int_equal(get(s, WHO_AARHUS, page).status, 403);
	assert_int_equal(write_diagnosis(s, canary).status, 403);
	assert_false(has(get(s, WHO_AARHUS, anna(s, "")).body, "/diagnose"));
	assert_int_equal(diagnoses(s), 0);
	(void)says_yes(s, "purpose=diagnoses");
	assert_true(has(get(s, WHO_AARHUS, anna(s, "")).body, "/diagnose"));
	assert_int_equal(write_diagnosis(s, "words=").status, 422);
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	assert_int_equal(write_diagnosis(s, canary).status, 409); /* something stands there by now */
	assert_true(has(get(s, WHO_AARHUS, page).body, "Kanariefugl i hovedet"));
	assert_true(has(get(s, WHO_MANAGER, page).body, "Kanariefugl i hovedet"));
	assert_int_equal(get(s, WHO_RANDERS, page).status, 404);
	assert_int_equal(get(s, WHO_EVALUATOR, page).status, 403);
	assert_int_equal(get(s, WHO_ADMIN, page).status, 403);
	assert_false(rows_in_files(s->register_, STR("Kanariefugl")));
	assert_int_equal(write_diagnosis(s, "version=1&words=Kanariefugl+igen").status, 303);
	assert_int_equal(write_diagnosis(s, "version=1&words=x").status, 409);
	assert_int_equal(write_diagnosis(s, "version=2&words=").status, 303);
	assert_int_equal(diagnoses(s), 0);
}

static void diagnosis__stands_on_no_page_but_its_own(void **state)
{
	Served *s = *state;
	turn_on(s);
	(void)says_yes(s, "purpose=diagnoses");
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	const Str pages[] = { anna(s, ""), anna(s, "/beslutter"), anna(s, "/ret"),         STR("/borgere"),
			      STR("/"),    STR("/evaluering"),    STR("/evaluering/html"), programme(s, "/diagnoser") };
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		Reply r = get(s, WHO_MANAGER, pages[i]);
		assert_int_equal(r.status, 200);
		assert_false(has(r.body, "Kanariefugl"));
	}
	TestRegister *r = s->register_;
	Own own;
	begin(r);
	assert_ok(own_collect(r->c, r->anna, &own));
	Buf *json = buf_new(r->c->arena, 1 << 20);
	own_json(r->c->arena, json, &own);
	end(r);
	assert_true(has(buf_str(json), "Kanariefugl i hovedet"));
}

static void diagnosis__is_erased_when_the_citizen_says_no(void **state)
{
	Served *s = *state;
	turn_on(s);
	ConsentId yes = says_yes(s, "purpose=diagnoses"), again = says_yes(s, "purpose=diagnoses");
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	says_no(s, says_yes(s, "purpose=quotes"));
	says_no(s, again);
	assert_int_equal(diagnoses(s), 1); /* the other one allows it */
	says_no(s, yes);
	assert_int_equal(diagnoses(s), 0);
	assert_int_equal(served_audited(s, "diagnosis.erase", AUDIT_DONE), 1);
	assert_int_equal(get(s, WHO_AARHUS, anna(s, "/diagnose")).status, 403);
	(void)says_yes(s, "purpose=diagnoses");
	assert_false(has(get(s, WHO_AARHUS, anna(s, "/diagnose")).body, "Kanariefugl"));
}

/* The row is there still; a yes that has run out shows it neither on the page nor when the form is sent wrongly. */
static void diagnosis__is_not_shown_when_the_yes_has_run_out(void **state)
{
	Served *s = *state;
	Reply r;
	turn_on(s);
	ConsentId yes = says_yes(s, "purpose=diagnoses&since=2018-11-01&until=2018-11-30");
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	served_wait(s, 24 * 3600);
	Str session = served_login(s, "aarhus", PASSWORD, &r);
	Str headers = str_printf(s->arena, "Cookie: rampe_session=%.*s\r\n", STR_ARG(session));
	Str page = served_ask(s, "GET", anna(s, "/beslutter").ptr, headers.ptr, STR("")).body;
	size_t at = str_find_str(page, STR("name=\"csrf\" value=\"")) + 19;
	Str csrf = str_sub(page, at, str_find(page, '"', at));
	assert_int_equal(served_ask(s, "GET", anna(s, "/diagnose").ptr, headers.ptr, STR("")).status, 403);
	headers = str_printf(s->arena, "%.*sX-CSRF-Token: %.*s\r\nContent-Type: application/x-www-form-urlencoded\r\n",
			     STR_ARG(headers), STR_ARG(csrf));
	r = served_ask(s, "POST", anna(s, "/diagnose").ptr, headers.ptr, STR("version=wrong"));
	assert_int_equal(r.status, 403);
	assert_false(has(r.body, "Kanariefugl"));
	assert_int_equal(diagnoses(s), 1);
	Str id = uuid_str(s->arena, yes.v);
	Str path = anna(s, str_printf(s->arena, "/samtykke/%.*s/tilbage", STR_ARG(id)).ptr);
	assert_int_equal(served_ask(s, "POST", path.ptr, headers.ptr, STR("x=1")).status, 303);
	assert_int_equal(diagnoses(s), 0);
}

static void diagnosis__is_erased_when_the_programme_turns_it_off(void **state)
{
	Served *s = *state;
	Str page = programme(s, "/diagnoser");
	turn_on(s);
	(void)says_yes(s, "purpose=diagnoses");
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	assert_int_equal(post(s, WHO_MANAGER, page, "on=true&erases=1&why=Igen").status, 409);
	assert_int_equal(post(s, WHO_MANAGER, page, "erases=0&why=Slut").status, 409);
	assert_int_equal(post(s, WHO_MANAGER, page, "erases=1").status, 422);
	assert_int_equal(post(s, WHO_AARHUS, page, "erases=1&why=Slut").status, 403);
	assert_int_equal(diagnoses(s), 1);
	assert_true(has(get(s, WHO_MANAGER, page).body, "Something is written down about one citizen"));
	assert_int_equal(post(s, WHO_MANAGER, page, "erases=1&why=Slut+nu").status, 303);
	assert_int_equal(diagnoses(s), 0);
	assert_int_equal(served_audited(s, "diagnosis.erase", AUDIT_DONE), 1);
	assert_int_equal(served_audited(s, "diagnosis.off", AUDIT_DONE), 1);
	assert_true(has(get(s, WHO_MANAGER, page).body, "Slut nu"));
	assert_int_equal(get(s, WHO_AARHUS, anna(s, "/diagnose")).status, 403);
	turn_on(s);
	assert_false(has(get(s, WHO_AARHUS, anna(s, "/diagnose")).body, "Kanariefugl"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(network__is_written_down_only_by_the_citizens_invitation, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(network__is_gone_with_the_invitation_and_with_no_other, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(network__is_not_shown_when_the_invitation_has_run_out, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__wants_both_the_programme_and_the_citizen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__stands_on_no_page_but_its_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__is_erased_when_the_citizen_says_no, set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__is_not_shown_when_the_yes_has_run_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__is_erased_when_the_programme_turns_it_off, set_up,
						tear_down),
	};
	return register_run("consented", tests, sizeof(tests) / sizeof(tests[0]));
}
