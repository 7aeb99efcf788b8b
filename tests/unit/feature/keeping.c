/* What administrators and managers keep: organisations, users, programme and team, the theory of change; and a
 * contact that is corrected. */
#include "register.h"

#include "access/user.h"
#include "audit_sql.h"
#include "measure/theory.h"

/* A call as a commit job of its own. */
typedef struct {
	TestRegister *r;
	const void *in;
	Uuid id, of, out;
} Call;
typedef Err Work(Ctx *c, void *arg);

static Err run(Call *call, Work *work)
{
	ctx_clear(call->r->c);
	call->r->c->lang = LANG_EN;
	return commit_run(call->r->c, work, call);
}

#define WORK(name, call)                   \
	static Err name(Ctx *c, void *arg) \
	{                                  \
		Call *k = arg;             \
		return call;               \
	}

WORK(add_organisation, organisation_add(c, k->in, (OrganisationId *)&k->out))
WORK(change_organisation, organisation_change(c, (OrganisationId){ k->id }, k->in))
WORK(add_user, user_add(c, k->in, STR(""), (UserId *)&k->out))
WORK(change_user, user_change(c, (UserId){ k->id }, k->in))
WORK(close_user, user_close(c, (UserId){ k->id }))
WORK(change_member, programme_member_change(c, (MemberId){ k->id }, k->in))
WORK(correct_contact, contact_change(c, (ParticipantId){ k->of }, (ContactId){ k->id }, k->in))
WORK(add_node, theory_add_node(c, (ProgrammeId){ k->of }, k->in, (NodeId *)&k->out))
WORK(change_node, theory_change_node(c, (NodeId){ k->id }, k->in))
WORK(remove_node, theory_remove_node(c, (NodeId){ k->id }))
WORK(add_arrow, theory_add_arrow(c, (ProgrammeId){ k->of }, k->in))

static void an_organisation_keeps_its_name_for_itself(void **state)
{
	TestRegister *r = *state;
	OrganisationIn in = { .name = STR("Jobcenter Odder"),
			      .kind = ORGANISATION_JOB_CENTRE,
			      .municipality = INT_NONE };
	Call k = { .r = r, .in = &in };
	assert_refused(r, run(&k, add_organisation), ERR_INVALID, "municipality");
	in.municipality = 727;
	assert_ok(run(&k, add_organisation));
	assert_refused(r, run(&k, add_organisation), ERR_CONFLICT, "name");
	k.id = k.out;
	in.version = 2;
	assert_refused(r, run(&k, change_organisation), ERR_CONFLICT, "version");
	in.version = 1;
	in.name = STR("Odder Kommune");
	assert_ok(run(&k, change_organisation));
	assert_refused(r, run(&k, change_organisation), ERR_CONFLICT, "version"); /* now it is 2 */
}

static void no_change_makes_people_made_up(void **state)
{
	TestRegister *r = *state;
	Programme g;
	ProgrammeIn in = programme_input(r);
	in.made_up = true;
	in.version = 1;
	assert_ok(change_programme(r, &in));
	begin(r);
	assert_ok(programme_get(r->c, r->programme, &g));
	assert_false(g.made_up);
	end(r);
	assert_null(form_field(&programme_form, STR("made_up")));
}

static UserIn user_input(const TestRegister *r, const char *login, Role role)
{
	UserIn in = { .login = str_of(login), .name = str_of(login), .role = (int)role, .lang = LANG_DA };
	if (role != ROLE_ADMINISTRATOR)
		in.programme = r->programme;
	return in;
}

/* The audit calls those who are no users so (actor.c, guest.c): nobody may be taken for them. */
static void a_login_is_none_that_the_log_uses(void **state)
{
	TestRegister *r = *state;
	const char *const taken[] = { "citizen", "company", "public", "cli", "demo", "unknown", "Citizen" };
	for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
		UserIn in = user_input(r, taken[i], ROLE_MANAGER);
		Call k = { .r = r, .in = &in };
		assert_refused(r, run(&k, add_user), ERR_INVALID, "login");
	}
	UserIn in = user_input(r, "citizens", ROLE_MANAGER);
	Call k = { .r = r, .in = &in };
	assert_ok(run(&k, add_user));
	in = user_input(r, "manager", ROLE_MANAGER);
	assert_ok(run(&k, add_user));
}

static void a_user_belongs_where_the_programme_has_people(void **state)
{
	TestRegister *r = *state;
	UserIn in = user_input(r, "karl", ROLE_CONTACT_PERSON);
	Call k = { .r = r, .in = &in };
	assert_refused(r, run(&k, add_user), ERR_INVALID, "organisation");
	in.organisation = (OrganisationId){ r->anna.v };
	assert_refused(r, run(&k, add_user), ERR_INVALID, "organisation");
	in.organisation = r->randers;
	in.member = r->mette; /* of Aarhus */
	assert_refused(r, run(&k, add_user), ERR_INVALID, "member");
	in.organisation = r->aarhus;
	in.programme = (ProgrammeId){ r->anna.v };
	assert_refused(r, run(&k, add_user), ERR_INVALID, "programme");
	in.programme = r->programme;
	assert_ok(run(&k, add_user));
	assert_refused(r, run(&k, add_user), ERR_CONFLICT, "login");
}

static void the_last_administrator_stays(void **state)
{
	TestRegister *r = *state;
	UserIn in = user_input(r, "anne", ROLE_ADMINISTRATOR);
	Call k = { .r = r, .in = &in };
	assert_ok(run(&k, add_user));
	k.id = k.out;
	assert_int_equal(run(&k, close_user), ERR_INVALID);
	in = user_input(r, "anne", ROLE_MANAGER);
	in.version = 1;
	assert_int_equal(run(&k, change_user), ERR_INVALID);
	UserIn other = user_input(r, "bo", ROLE_ADMINISTRATOR);
	k.in = &other;
	assert_ok(run(&k, add_user));
	k.in = &in;
	in.version = 3;
	assert_refused(r, run(&k, change_user), ERR_CONFLICT, "version");
	in.version = 1;
	assert_ok(run(&k, change_user));
	assert_ok(run(&k, close_user)); /* a manager by now */
}

static void an_initial_password_is_long_and_new_every_time(void **state)
{
	TestRegister *r = *state;
	ctx_clear(r->c);
	Str one = user_initial_password(r->c), two = user_initial_password(r->c);
	assert_int_equal(one.len, 19); /* four groups of four with hyphens between */
	assert_false(str_eq(one, two));
	assert_ok(user_check_password(r->c, STR("karl"), one));
}

static void a_contact_person_works_for_the_citizens_partner(void **state)
{
	TestRegister *r = *state;
	ParticipantId id;
	ParticipantIn in = participant_input(r, "Bo Bak", "1301711231", day("2017-01-01"));
	in.partner = r->randers;
	in.contact_person = r->mette; /* of Aarhus */
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "contact_person");
	in.partner = r->aarhus;
	assert_ok(put_participant(r, &in, &id));
}

/* Mette of Aarhus has Anna. */
static void a_member_with_citizens_stays_with_the_organisation(void **state)
{
	TestRegister *r = *state;
	Member m;
	begin(r);
	assert_ok(member_get(r->c, r->mette, &m));
	MemberIn in = member_in(&m);
	end(r);
	in.name = STR("Mette Holm");
	in.email = STR_NONE;
	Call k = { .r = r, .in = &in, .id = r->mette.v };
	in.organisation = r->randers;
	assert_refused(r, run(&k, change_member), ERR_INVALID, "organisation");
	in.organisation = r->aarhus;
	in.until = day("2015-01-01"); /* before the first day */
	assert_refused(r, run(&k, change_member), ERR_INVALID, "until");
	in.until = day("2018-06-30");
	assert_ok(run(&k, change_member));
	assert_refused(r, run(&k, change_member), ERR_CONFLICT, "version");
}

typedef struct {
	TestRegister *r;
	const char *action;
	Str detail; /* of the last entry of the action */
} Last;

static Err look(void *arg, const AuditRow *row)
{
	Last *last = arg;
	if (str_eq_z(row->action, last->action))
		last->detail = str_dup(last->r->c->arena, row->detail);
	return OK;
}

static Str last_detail(TestRegister *r, const char *action)
{
	Last last = { r, action, STR_NONE };
	assert_ok(audit_walk(r->c, look, &last));
	return last.detail;
}

static void a_corrected_contact_is_counted_where_it_belongs(void **state)
{
	TestRegister *r = *state;
	ContactIn in = contact_input(r, day("2017-05-02"));
	ContactId id;
	Contact k;
	ContactSumList sums;
	ContactCheck check;
	in.kind = CONTACT_PHONE;
	in.note = STR("Hemmeligt");
	assert_ok(put_contact(r, &in, &id));
	ContactIn right = in;
	right.at = time_of(day("2017-06-03"), 600);
	right.kind = CONTACT_MEETING;
	right.note = STR("Rettet");
	right.version = 1;
	Call call = { .r = r, .in = &right, .id = id.v, .of = r->anna.v };
	assert_ok(run(&call, correct_contact));
	assert_refused(r, run(&call, correct_contact), ERR_CONFLICT, "version");
	begin(r);
	assert_ok(contact_get(r->c, id, &k));
	assert_true(k.kind == CONTACT_MEETING && k.day == day("2017-06-03") && k.version == 2);
	assert_ok(contact_summary(r->c, r->programme, (OrganisationId){ UUID_NONE },
				  (ContactBy){ .month = true, .kind = true }, &sums));
	assert_int_equal(sums.n, 1);
	assert_true(sums.at[0].month == 201706 && (int)sums.at[0].kind == CONTACT_MEETING && sums.at[0].n == 1);
	assert_ok(contact_count_check(r->c, &check));
	assert_int_equal(check.wrong, 0);
	assert_true(str_eq_z(last_detail(r, "contact.change"), "at, kind, note"));
	end(r);
}

static void a_correction_keeps_to_the_rules(void **state)
{
	TestRegister *r = *state;
	ContactIn in = contact_input(r, day("2017-05-02"));
	ContactId id;
	assert_ok(put_contact(r, &in, &id));
	in.version = 1;
	Call call = { .r = r, .in = &in, .id = id.v, .of = r->bakery.v };
	assert_int_equal(run(&call, correct_contact), ERR_NOT_FOUND); /* not the citizen's */
	call.of = r->anna.v;
	in.at = time_of(day("2015-12-31"), 600);
	assert_refused(r, run(&call, correct_contact), ERR_INVALID, "at");
	in.at = time_of(day("2017-05-02"), 600);
	in.purpose = PURPOSE_COMPANY_RETENTION;
	assert_refused(r, run(&call, correct_contact), ERR_INVALID, "company");
	in.company = r->bakery;
	in.follow_up = true; /* no placement there */
	assert_refused(r, run(&call, correct_contact), ERR_INVALID, "follow_up");
}

static void a_theory_of_change_grows_and_is_corrected(void **state)
{
	TestRegister *r = *state;
	TheoryNodeIn talks = {
		.code = STR("talks"), .level = LEVEL_ACTIVITY, .position = INT_NONE, .label = STR("Samtaler")
	};
	TheoryNodeIn jobs = { .code = STR("jobs"), .level = LEVEL_EFFECT, .position = INT_NONE, .label = STR("Job") };
	Call k = { .r = r, .in = &talks, .of = r->programme.v };
	assert_ok(run(&k, add_node));
	Uuid talks_id = k.out;
	assert_refused(r, run(&k, add_node), ERR_CONFLICT, "code");
	k.in = &jobs;
	assert_ok(run(&k, add_node));
	TheoryArrowIn arrow = { .cause = STR("talks"), .effect = STR("talks") };
	k.in = &arrow;
	assert_refused(r, run(&k, add_arrow), ERR_INVALID, "effect");
	arrow.effect = STR("job");
	assert_refused(r, run(&k, add_arrow), ERR_INVALID, "effect");
	arrow.effect = STR("jobs");
	assert_ok(run(&k, add_arrow));
	assert_refused(r, run(&k, add_arrow), ERR_CONFLICT, "effect");
	k.id = talks_id;
	assert_int_equal(run(&k, remove_node), ERR_INVALID); /* an arrow begins there */
	talks.label = STR("Tætte samtaler");
	talks.version = 7;
	k.in = &talks;
	assert_refused(r, run(&k, change_node), ERR_CONFLICT, "version");
	talks.version = 1;
	assert_ok(run(&k, change_node));
}

#define ON_REGISTER(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_REGISTER(an_organisation_keeps_its_name_for_itself),
		ON_REGISTER(no_change_makes_people_made_up),
		ON_REGISTER(a_user_belongs_where_the_programme_has_people),
		ON_REGISTER(a_login_is_none_that_the_log_uses),
		ON_REGISTER(the_last_administrator_stays),
		ON_REGISTER(an_initial_password_is_long_and_new_every_time),
		ON_REGISTER(a_contact_person_works_for_the_citizens_partner),
		ON_REGISTER(a_member_with_citizens_stays_with_the_organisation),
		ON_REGISTER(a_corrected_contact_is_counted_where_it_belongs),
		ON_REGISTER(a_correction_keeps_to_the_rules),
		ON_REGISTER(a_theory_of_change_grows_and_is_corrected),
	};
	return register_run("keeping", tests, sizeof(tests) / sizeof(tests[0]));
}
