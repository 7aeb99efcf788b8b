/* What stands by a citizen's consent alone, over HTTP: without the consent it is neither taken nor shown, and when
 * the consent is withdrawn it is gone. */
#include "../access/served.h"
#include "access/consent.h"
#include "app/lists.h"
#include "fates.h"
#include "feature/citizen/own.h"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(network__is_written_down_only_by_the_citizens_invitation, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(network__is_gone_with_the_invitation_and_with_no_other, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(network__is_not_shown_when_the_invitation_has_run_out, set_up,
						tear_down),
	};
	return register_run("consented", tests, sizeof(tests) / sizeof(tests[0]));
}
