/* Whom the audit says it was about, and with it the citizen's own list: what was refused, what was out of reach, and
 * what the manager has dealt with. */
#include "../access/served.h"
#include "access/relation.h"
#include "app/lists.h"
#include "db/audit.h"
#include "feature/decide/decide.h"
#include "feature/seen/seen.h"

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

/* Entries about Anna. */
static int64_t told(Served *s, const char *action)
{
	TestRegister *r = s->register_;
	SeenLines seen;
	int64_t n = 0;
	begin(r);
	assert_ok(seen_newest(r->c, r->anna, SEEN_MOST, &seen));
	end(r);
	for (size_t i = 0; i < seen.n; i++)
		n += str_eq_z(seen.at[i].action, action);
	return n;
}

static Err count_denials(void *arg, const AuditRow *row)
{
	*(int *)arg += row->outcome == AUDIT_DENIED && str_eq_z(row->action, "access.denied");
	return OK;
}

static int denials_about(Served *s, ParticipantId who)
{
	Ctx *c = s->register_->c;
	int n = 0;
	begin(s->register_);
	assert_ok(audit_read_about(c, who, count_denials, &n));
	end(s->register_);
	return n;
}

/* By the policy, at admission, and by a handler that wants a consent; not one that is made up. */
static void denial__names_the_citizen_it_was_about(void **state)
{
	Served *s = *state;
	ParticipantId anna = s->register_->anna, nobody = { anna.v };
	nobody.v.b[15] ^= 1;
	Str id = uuid_str(s->arena, anna.v), other = uuid_str(s->arena, nobody.v);
	Str page = str_printf(s->arena, "/borger/%.*s/kontakt", STR_ARG(id));
	Str none = str_printf(s->arena, "/borger/%.*s/kontakt", STR_ARG(other));
	assert_int_equal(served_as(s, WHO_EVALUATOR, "GET", page.ptr, NULL, STR("")).status, 403);
	assert_int_equal(denials_about(s, anna), 1);
	assert_int_equal(served_as(s, WHO_EVALUATOR, "GET", none.ptr, NULL, STR("")).status, 403);
	assert_int_equal(served_as(s, WHO_EVALUATOR, "GET", "/borger/x/kontakt", NULL, STR("")).status, 403);
	assert_int_equal(denials_about(s, anna), 1);
	assert_int_equal(denials_about(s, nobody), 0);
	assert_int_equal(served_audited(s, "access.denied", AUDIT_DENIED), 3);
	Str network = str_printf(s->arena, "/borger/%.*s/netvaerk", STR_ARG(id));
	assert_int_equal(served_as(s, WHO_AARHUS, "GET", network.ptr, NULL, STR("")).status, 403);
	assert_int_equal(denials_about(s, anna), 2);
	TenantId here = s->register_->c->tenant;
	s->register_->c->tenant.v.b[0] ^= 0xff;
	assert_int_equal(denials_about(s, anna), 0);
	s->register_->c->tenant = here;
}

/* The answer is the same as for somebody who is not there. */
static void reaching_for_another_units_citizen__is_a_denial(void **state)
{
	Served *s = *state;
	ParticipantId who = s->register_->anna, nobody = { who.v };
	nobody.v.b[15] ^= 1;
	Str id = uuid_str(s->arena, who.v), other = uuid_str(s->arena, nobody.v);
	int64_t all = served_audited(s, "access.denied", AUDIT_DENIED);
	assert_int_equal(get(s, WHO_RANDERS, anna(s, "")).status, 404);
	assert_int_equal(denials_about(s, who), 1);
	assert_int_equal(post(s, WHO_RANDERS, anna(s, "/kode"), "x=1").status, 404);
	assert_int_equal(denials_about(s, who), 2);
	assert_int_equal(post(s, WHO_RANDERS, anna(s, "/kontakt"), "find=1").status, 404);
	assert_int_equal(post(s, WHO_RANDERS, anna(s, "/kontakt"), "how=").status, 422); /* the form is not shown */
	assert_int_equal(denials_about(s, who), 4);
	Str body = str_printf(s->arena, "{\"participant\":\"%.*s\",\"kind\":\"phone\",\"purpose\":\"citizen\"}",
			      STR_ARG(id));
	assert_int_equal(served_as(s, WHO_RANDERS, "POST", "/api/v1/contacts", "application/json", body).status, 422);
	Str none = str_printf(s->arena, "/borger/%.*s", STR_ARG(other));
	assert_int_equal(get(s, WHO_RANDERS, none).status, 404);
	assert_int_equal(served_audited(s, "access.denied", AUDIT_DENIED), all + denials_about(s, who));
	assert_int_equal(get(s, WHO_AARHUS, anna(s, "/kontakt/01890000-0000-7000-8000-000000000000/ret")).status, 404);
	assert_int_equal(served_audited(s, "access.denied", AUDIT_DENIED), all + denials_about(s, who));
	assert_int_equal(denials_about(s, nobody), 0);
}

static Err asks_to_be_erased(Ctx *c, void *arg)
{
	return request_erasure(c, *(const ParticipantId *)arg);
}

/* A request and an access in an emergency, dealt with by the manager. */
static void what_is_answered__names_the_citizen(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	RequestLineList requests;
	EmergencyLineList emergencies;
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, asks_to_be_erased, &r->anna));
	assert_int_equal(post(s, WHO_RANDERS, STR("/noed"), "cpr=7506751000&reason=Ringer+og+er+bange").status, 303);
	begin(r);
	assert_ok(citizen_request_open(r->c, r->programme, &requests));
	assert_ok(relation_emergencies(r->c, r->programme, &emergencies));
	end(r);
	Str request = uuid_str(s->arena, requests.at[0].id.v), relation = uuid_str(s->arena, emergencies.at[0].id.v);
	Str answered = str_printf(s->arena, "/henvendelser/%.*s/svaret", STR_ARG(request));
	Str looked = str_printf(s->arena, "/noedadgange/%.*s/set", STR_ARG(relation));
	assert_int_equal(post(s, WHO_MANAGER, answered, "x=1").status, 303);
	assert_int_equal(post(s, WHO_MANAGER, looked, "x=1").status, 303);
	assert_int_equal(told(s, "request.handle"), 1);
	assert_int_equal(told(s, "relation.review"), 1);
	assert_int_equal(post(s, WHO_MANAGER, answered, "x=1").status, 404);
	assert_int_equal(post(s, WHO_MANAGER, looked, "x=1").status, 404);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(denial__names_the_citizen_it_was_about, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reaching_for_another_units_citizen__is_a_denial, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_answered__names_the_citizen, set_up, tear_down),
	};
	return register_run("about", tests, sizeof tests / sizeof tests[0]);
}
