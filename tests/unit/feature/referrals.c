/* Referrals: what is proposed, what becomes of it, who follows, and that a refused person is erased. Both engines. */
#include "feature/referral/referral.h"

#include "access/relation.h"
#include "access/user.h"
#include "audit_sql.h"
#include "base/danish.h"
#include "db/engine.h"
#include "db/vault.h"
#include "fates.h"
#include "feature/erasure/erasure.h"
#include "feature/erasure/retention.h"
#include "feature/feature.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#define CANARY "Kanariefugl"

typedef struct {
	TestRegister *r;
	UserId caseworker, another;
	ParticipantId id; /* of the referral */
	const ReferralIn *in;
	const ReferralDecisionIn *decision;
	const AdmissionIn *admission;
	Str reason; /* of a withdrawal */
	Scope scope;
	int minutes;
} Play;

static Err hire(Ctx *c, void *arg)
{
	Play *k = arg;
	UserIn in = { .login = STR("sagsbehandler"),
		      .name = STR("Signe Sagsbehandler"),
		      .role = ROLE_CASEWORKER,
		      .programme = k->r->programme,
		      .lang = LANG_DA };
	RETURN_IF_ERR(user_add(c, &in, STR(""), &k->caseworker));
	in.login = STR("anden");
	return user_add(c, &in, STR(""), &k->another);
}

static void act_as(const Play *k, UserId user)
{
	static Actor actor; /* outlives the Play that is copied */
	actor = (Actor){ .user = user,
			 .role = ROLE_CASEWORKER,
			 .name = STR("Signe"),
			 .login = STR("sagsbehandler"),
			 .programme = k->r->programme };
	k->r->c->actor = &actor;
}

static Err run(Play *k, Err (*work)(Ctx *c, void *arg))
{
	ctx_clear(k->r->c);
	return commit_run(k->r->c, work, k);
}

static Play play(TestRegister *r)
{
	Play k = { .r = r, .scope = { .programme = r->programme } };
	assert_ok(run(&k, hire));
	return k;
}

static Err make_work(Ctx *c, void *arg)
{
	Play *k = arg;
	return referral_make(c, k->r->programme, k->in, &k->id);
}

static ReferralIn referral_input(const TestRegister *r)
{
	return (ReferralIn){ .name = STR(CANARY " Bo"),
			     .cpr = STR("0707614285"),
			     .municipality = 751,
			     .partner = r->aarhus,
			     .phone = STR("87654321"),
			     .email = STR("kanariefugl@example.dk"),
			     .why = STR(CANARY " why"),
			     .agreed = true };
}

static Err refer(Play *k, const ReferralIn *in)
{
	k->in = in;
	return run(k, make_work);
}

static Err decide_work(Ctx *c, void *arg)
{
	const Play *k = arg;
	Referral row;
	RETURN_IF_ERR(referral_in_scope(c, &k->scope, k->id, &row));
	return referral_decide(c, &row, k->decision);
}

static Err answer(Play *k, const ReferralDecisionIn *in)
{
	k->decision = in;
	k->r->clock = clock_fixed(time_of(day("2018-11-30"), 13 * 60 + ++k->minutes)); /* one after the other */
	return run(k, decide_work);
}

static Err decide(Play *k, ReferralState state, const char *reason)
{
	return answer(k, &(ReferralDecisionIn){ .state = (int)state, .reason = str_of(reason) });
}

/* With the citizen's new yes. */
static Err take_up(Play *k, ReferralState state, const char *reason)
{
	return answer(k, &(ReferralDecisionIn){ .state = (int)state, .reason = str_of(reason), .agreed = true });
}

typedef struct {
	const char *action;
	int64_t n;
} Counting;

static Err count_row(void *arg, const AuditRow *row)
{
	Counting *k = arg;
	k->n += str_eq_z(row->action, k->action);
	return OK;
}

static int64_t audited(TestRegister *r, const char *action)
{
	Counting counting = { action, 0 };
	begin(r);
	assert_ok(audit_walk(r->c, count_row, &counting));
	end(r);
	return counting.n;
}

static Err admit_work(Ctx *c, void *arg)
{
	const Play *k = arg;
	Referral row;
	RETURN_IF_ERR(referral_in_scope(c, &k->scope, k->id, &row));
	return referral_admit(c, &row, k->admission);
}

static Err admit(Play *k, const char *on)
{
	const AdmissionIn in = {
		.admitted = day(on), .contact_person = k->r->mette, .gender = ENUM_NONE, .status = ENUM_NONE
	};
	k->admission = &in;
	k->r->c->actor = NULL;
	return run(k, admit_work);
}

static Play referred(TestRegister *r)
{
	Play k = play(r);
	const ReferralIn in = referral_input(r);
	act_as(&k, k.caseworker);
	assert_ok(refer(&k, &in));
	return k;
}

/* ---- proposing ------------------------------------------------------------------ */

static void referral__waits_for_the_unit_that_was_asked(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	ReferralLineList lines;
	Referral row;
	Scope elsewhere = { .programme = r->programme, .organisation = r->randers };
	begin(r);
	assert_ok(referral_waiting(r->c, r->programme, r->aarhus, &lines));
	assert_int_equal(lines.n, 1);
	assert_true(str_eq_z(lines.at[0].name, CANARY " Bo") && lines.at[0].state == REFERRAL_OPEN);
	assert_true(str_eq_z(lines.at[0].user_name, "Signe Sagsbehandler"));
	assert_ok(referral_waiting(r->c, r->programme, r->randers, &lines));
	assert_int_equal(lines.n, 0);
	assert_ok(referral_in_scope(r->c, &k.scope, k.id, &row));
	assert_true(str_eq_z(row.cpr, "0707614285") && str_eq_z(row.why, CANARY " why"));
	assert_int_equal(referral_in_scope(r->c, &elsewhere, k.id, &row), ERR_NOT_FOUND);
	TenantId here = r->c->tenant;
	r->c->tenant.v.b[0] ^= 0xff;
	assert_int_equal(referral_in_scope(r->c, &k.scope, k.id, &row), ERR_NOT_FOUND);
	r->c->tenant = here;
	end(r);
}

static void referral__needs_the_citizens_yes_and_a_partner(void **state)
{
	TestRegister *r = *state;
	Play k = play(r);
	ReferralIn in = referral_input(r);
	act_as(&k, k.caseworker);
	in.agreed = false;
	assert_refused(r, refer(&k, &in), ERR_INVALID, "agreed");
	in = referral_input(r);
	in.cpr = STR("9999999999");
	assert_refused(r, refer(&k, &in), ERR_INVALID, "cpr");
	in = referral_input(r);
	in.partner = r->ngo;
	assert_refused(r, refer(&k, &in), ERR_INVALID, "partner");
}

/* Nobody can try out numbers: whether the programme has the citizen is told to the team, by the admission. */
static void caseworker__is_not_told_whom_the_programme_has(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	ReferralIn in = referral_input(r);
	assert_refused(r, refer(&k, &in), ERR_CONFLICT, "cpr"); /* one's own */
	act_as(&k, k.another);
	assert_ok(refer(&k, &in));  /* another's */
	in.cpr = STR("7506751000"); /* Anna's */
	assert_ok(refer(&k, &in));
	assert_refused(r, admit(&k, "2018-03-01"), ERR_CONFLICT, "cpr");
}

static void caseworker__sees_the_own_only(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	Referral row;
	ReferralLineList lines;
	begin(r);
	assert_ok(referral_mine(r->c, r->programme, k.id, &row));
	act_as(&k, k.another);
	assert_int_equal(referral_mine(r->c, r->programme, k.id, &row), ERR_NOT_FOUND);
	assert_ok(referral_own(r->c, r->programme, k.another, &lines));
	assert_int_equal(lines.n, 0);
	assert_ok(referral_own(r->c, r->programme, k.caseworker, &lines));
	assert_int_equal(lines.n, 1);
	end(r);
}

/* ---- answering -------------------------------------------------------------------- */

static void every_answer__stays_with_its_reason(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	ReferralStepList steps;
	int64_t open;
	assert_ok(decide(&k, REFERRAL_STANDBY, "Der er ikke plads."));
	assert_refused(r, decide(&k, REFERRAL_STANDBY, "Igen."), ERR_CONFLICT, "state");
	assert_refused(r, decide(&k, REFERRAL_OPEN, ""), ERR_INVALID, "reason");
	assert_refused(r, decide(&k, REFERRAL_ADMITTED, "Uden om."), ERR_INVALID, "state");
	assert_ok(decide(&k, REFERRAL_CITIZEN_DECLINED, "Vil hellere vente."));
	assert_ok(decide(&k, REFERRAL_DECLINED, "Andet tilbud."));
	begin(r);
	assert_ok(referral_steps(r->c, k.id, &steps));
	assert_ok(referral_count_open(r->c, r->programme, r->aarhus, &open));
	end(r);
	assert_int_equal(open, 0);
	assert_int_equal(steps.n, 4);
	assert_int_equal(steps.at[0].state, REFERRAL_OPEN);
	assert_true(steps.at[1].state == REFERRAL_STANDBY && str_eq_z(steps.at[1].reason, "Der er ikke plads."));
	assert_true(str_eq_z(steps.at[1].made_by, "Signe"));
	assert_int_equal(steps.at[2].state, REFERRAL_CITIZEN_DECLINED);
	assert_int_equal(steps.at[3].state, REFERRAL_DECLINED);
}

static void admitted__is_the_same_person_and_the_caseworker_follows(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	Participant row;
	RelatedList related;
	ReferralStory story;
	Referral referral;
	assert_refused(r, admit(&k, "2018-06-01"), ERR_INVALID, "admitted"); /* after the intake window */
	assert_ok(admit(&k, "2018-03-01"));
	begin(r);
	assert_ok(participant_get(r->c, k.id, &row));
	assert_true(str_eq_z(row.name, CANARY " Bo") && str_eq_z(row.cpr, "0707614285"));
	assert_true(str_eq_z(row.phone, "87654321") && str_eq_z(row.email, "kanariefugl@example.dk"));
	assert_true(uuid_eq(row.contact_person.v, r->mette.v) && row.municipality == 751);
	assert_ok(relation_own(r->c, k.caseworker, RELATION_CASEWORKER, clock_now(r->c->clock), &related));
	assert_true(related.n == 1 && uuid_eq(related.at[0].participant.v, k.id.v));
	assert_int_equal(referral_in_scope(r->c, &k.scope, k.id, &referral), ERR_NOT_FOUND);
	assert_ok(referral_story(r->c, k.id, &story));
	assert_true(story.referred && story.steps.n == 2 && str_eq_z(story.origin.why, CANARY " why"));
	assert_ok(referral_story(r->c, r->anna, &story));
	assert_false(story.referred);
	end(r);
	static const char *const moved[] = { "name", "cpr", "cpr_index", "phone", "email", "municipality" };
	for (size_t i = 0; i < sizeof moved / sizeof moved[0]; i++) /* one fact, one place */
		assert_int_equal(rows_filled(r, "referral", moved[i], "id", k.id.v), 0);
	assert_int_equal(admit(&k, "2018-03-01"), ERR_NOT_FOUND);
}

/* Somebody who has said no, or whom the team has declined, is not admitted by whoever has the page open. */
static void after_a_no__nobody_is_admitted_before_a_new_yes(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	Referral row;
	assert_ok(decide(&k, REFERRAL_CITIZEN_DECLINED, "Vil ikke."));
	assert_int_equal(admit(&k, "2018-03-01"), ERR_CONFLICT);
	assert_ok(decide(&k, REFERRAL_DECLINED, "Andet tilbud."));
	assert_int_equal(admit(&k, "2018-03-01"), ERR_CONFLICT);
	assert_refused(r, decide(&k, REFERRAL_OPEN, "Alligevel."), ERR_INVALID, "agreed");
	assert_refused(r, decide(&k, REFERRAL_STANDBY, "Alligevel."), ERR_INVALID, "agreed");
	assert_ok(take_up(&k, REFERRAL_OPEN, "Har talt om det igen."));
	assert_int_equal(audited(r, "referral.agree"), 1);
	begin(r);
	assert_ok(referral_in_scope(r->c, &k.scope, k.id, &row));
	assert_int_equal(row.agreed, clock_now(r->c->clock));
	end(r);
	assert_true(referral_waits(&row));
	row.agreed = TIME_NONE; /* taken up again before that was asked for */
	assert_false(referral_waits(&row));
	assert_ok(admit(&k, "2018-03-01"));
}

static void after_the_teams_no__nobody_is_admitted_and_no_new_yes_is_asked_for(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	assert_ok(decide(&k, REFERRAL_DECLINED, "Andet tilbud."));
	assert_int_equal(admit(&k, "2018-03-01"), ERR_CONFLICT);
	assert_int_equal(rows_filled(r, "participant", "name", "id", k.id.v), 0);
	assert_ok(decide(&k, REFERRAL_STANDBY, "Der er blevet plads."));
	assert_int_equal(audited(r, "referral.agree"), 0);
	assert_ok(admit(&k, "2018-03-01"));
}

static Err withdraw_work(Ctx *c, void *arg)
{
	const Play *k = arg;
	Referral row;
	RETURN_IF_ERR(referral_mine(c, k->r->programme, k->id, &row));
	return referral_withdraw(c, &row, &(ReferralWithdrawalIn){ k->reason });
}

static Err withdraw(Play *k, const char *reason)
{
	k->reason = str_of(reason);
	act_as(k, k->caseworker);
	return run(k, withdraw_work);
}

static void caseworker__withdraws_what_waits_and_overwrites_no_answer(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	Referral row;
	ReferralStepList steps;
	assert_ok(decide(&k, REFERRAL_DECLINED, "Andet tilbud."));
	assert_refused(r, withdraw(&k, "Vil ikke."), ERR_CONFLICT, "reason");
	begin(r);
	assert_ok(referral_mine(r->c, r->programme, k.id, &row));
	assert_ok(referral_steps(r->c, k.id, &steps));
	assert_true(row.state == REFERRAL_DECLINED && steps.n == 2);
	end(r);
	assert_ok(decide(&k, REFERRAL_STANDBY, "Der er måske plads."));
	assert_refused(r, withdraw(&k, ""), ERR_INVALID, "reason");
	assert_ok(withdraw(&k, "Vil ikke."));
	assert_refused(r, withdraw(&k, "Vil stadig ikke."), ERR_CONFLICT, "reason");
	assert_int_equal(audited(r, "referral.withdraw"), 1);
	begin(r);
	assert_ok(referral_mine(r->c, r->programme, k.id, &row));
	assert_true(row.state == REFERRAL_CITIZEN_DECLINED && row.agreed == TIME_NONE);
	end(r);
	assert_int_equal(admit(&k, "2018-03-01"), ERR_CONFLICT);
}

static Err close_work(Ctx *c, void *arg)
{
	return user_close(c, ((const Play *)arg)->caseworker);
}

static void caseworker_who_has_left__follows_nobody(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	RelationLineList relations;
	r->c->actor = NULL;
	assert_ok(run(&k, close_work));
	assert_ok(admit(&k, "2018-03-01"));
	begin(r);
	assert_ok(relation_of(r->c, k.id, clock_now(r->c->clock), &relations));
	assert_int_equal(relations.n, 0);
	end(r);
}

/* ---- being forgotten ---------------------------------------------------------------- */

static const char *const about[] = { "made_by", "name",  "cpr", "cpr_index", "municipality",
				     "phone",   "email", "why", "agreed" };

static void assert_forgotten(Play *k)
{
	TestRegister *r = k->r;
	Referral row;
	bool key = true;
	int64_t checked, wrong = 1;
	for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
		assert_int_equal(rows_filled(r, "referral", about[i], "id", k->id.v), 0);
	assert_int_equal(rows_filled(r, "referral_step", "reason", "referral", k->id.v), 0);
	assert_int_equal(rows_filled(r, "referral_step", "made_by", "referral", k->id.v), 0);
	assert_ok(vault_has_key(r->c, k->id.v, &key));
	assert_false(key);
	begin(r);
	assert_ok(erasure_check_keys(r->c, &checked, &wrong));
	assert_int_equal(wrong, 0);
	assert_int_equal(referral_in_scope(r->c, &k->scope, k->id, &row), ERR_NOT_FOUND);
	end(r);
}

static void declined__is_erased_and_no_file_holds_it(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	assert_ok(decide(&k, REFERRAL_DECLINED, CANARY " reason"));
	r->c->actor = NULL;
	for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
		assert_int_equal(rows_filled(r, "referral", about[i], "id", k.id.v), 1);
	Arena *kept = r->d.db->arena;
	Str name = str_dup(kept, rows_bytes(r, "referral", "name", "id", k.id.v));
	Str index = str_dup(kept, rows_bytes(r, "referral", "cpr_index", "id", k.id.v));
	assert_true(rows_in_files(r, name) && rows_in_files(r, index));
	assert_false(rows_in_files(r, STR(CANARY)));
	ctx_clear(r->c);
	assert_ok(erasure_run(r->c, k.id.v, STR("asked for it")));
	assert_forgotten(&k);
	assert_int_equal(rows_filled(r, "referral", "state", "id", k.id.v), 1); /* that there was one is counted */
	if (r->c->db->engine->is_sqlite)
		assert_false(rows_in_files(r, name) || rows_in_files(r, index));
	assert_int_equal(erasure_run(r->c, k.id.v, STR("again")), ERR_NOT_FOUND);
}

static void admitted_and_erased__leaves_nothing_in_the_referral(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	assert_ok(decide(&k, REFERRAL_STANDBY, CANARY " reason"));
	assert_ok(admit(&k, "2018-03-01"));
	ctx_clear(r->c);
	assert_ok(erasure_run(r->c, k.id.v, STR("asked for it")));
	assert_forgotten(&k);
}

/* Two caseworkers, and one of them twice: four keys of one person. */
static void erased__is_gone_from_every_referral_of_the_same_number(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r), other, declined, stranger;
	ReferralIn in = referral_input(r);
	assert_ok(decide(&k, REFERRAL_DECLINED, CANARY " reason"));
	declined = k;
	act_as(&k, k.another);
	assert_ok(refer(&k, &in));
	other = k;
	in.cpr = STR("0101904000");
	in.name = STR("En anden");
	assert_ok(refer(&k, &in));
	stranger = k;
	act_as(&k, k.caseworker);
	in = referral_input(r);
	assert_ok(refer(&k, &in));
	assert_ok(admit(&k, "2018-03-01"));
	Arena *kept = r->d.db->arena;
	Str index = str_dup(kept, rows_bytes(r, "referral", "cpr_index", "id", other.id.v));
	Str name = str_dup(kept, rows_bytes(r, "referral", "name", "id", declined.id.v));
	ctx_clear(r->c);
	assert_ok(erasure_run(r->c, k.id.v, STR("asked for it")));
	assert_forgotten(&k);
	assert_forgotten(&other);
	assert_forgotten(&declined);
	if (r->c->db->engine->is_sqlite)
		assert_false(rows_in_files(r, name) || rows_in_files(r, index));
	assert_int_equal(rows_filled(r, "referral", "name", "id", stranger.id.v), 1);
	ctx_clear(r->c);
	begin(r);
	int64_t checked, wrong = 1;
	assert_ok(erasure_check_noted(r->c, &checked, &wrong));
	assert_true(checked == 3 && wrong == 0);
	end(r);
}

static void referral_erased__takes_the_others_and_no_participant(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r), other;
	const ReferralIn in = referral_input(r);
	other = k;
	act_as(&k, k.another);
	assert_ok(refer(&k, &in));
	ctx_clear(r->c);
	assert_ok(erasure_run(r->c, k.id.v, STR("asked for it")));
	assert_forgotten(&k);
	assert_forgotten(&other);
	assert_int_equal(rows_filled(r, "participant", "name", "id", r->anna.v), 1);
}

typedef struct {
	Play *k;
	atomic_bool admitted;
	Err got;
} Meeting;

/* Admitted, but not before the erasure has looked and destroyed the key. */
static Err slow_admission(Ctx *c, void *arg)
{
	Meeting *m = arg;
	bool key = true;
	RETURN_IF_ERR(admit_work(c, m->k));
	atomic_store(&m->admitted, true);
	for (int i = 0; i < 2000 && key; i++) {
		(void)usleep(5000);
		RETURN_IF_ERR(vault_has_key(c, m->k->id.v, &key));
	}
	return key ? ERR_INTERNAL : OK;
}

static void *admit_meanwhile(void *arg)
{
	Meeting *m = arg;
	Ctx c;
	ctx_init(&c);
	c.db = m->k->r->c->db;
	c.tenant = m->k->r->c->tenant;
	c.clock = m->k->r->c->clock;
	m->got = commit_run(&c, slow_admission, m);
	ctx_release(&c);
	return NULL;
}

static void erasure_that_meets_an_admission__leaves_no_half(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	Meeting m = { .k = &k };
	pthread_t thread;
	const AdmissionIn in = {
		.admitted = day("2018-03-01"), .contact_person = r->mette, .gender = ENUM_NONE, .status = ENUM_NONE
	};
	k.admission = &in;
	r->c->actor = NULL;
	ctx_clear(r->c);
	assert_int_equal(pthread_create(&thread, NULL, admit_meanwhile, &m), 0);
	while (!atomic_load(&m.admitted))
		(void)usleep(1000);
	assert_ok(erasure_run(r->c, k.id.v, STR("asked for it")));
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(m.got, OK);
	assert_forgotten(&k);
	assert_int_equal(rows_filled(r, "participant", "erased", "id", k.id.v), 1);
	assert_int_equal(rows_filled(r, "participant", "contact_person", "id", k.id.v), 0);
	assert_int_equal(rows_filled(r, "participant_word", "word", "participant", k.id.v), 0);
}

static void retention__reaches_those_who_were_not_admitted(void **state)
{
	TestRegister *r = *state;
	Play k = referred(r);
	RetentionPreview p;
	int64_t done;
	r->c->actor = NULL;
	r->clock = clock_fixed(time_of(day("2019-12-31"), 13 * 60)); /* twelve months after the programme's end */
	begin(r);
	assert_ok(retention_preview(r->c, r->programme, &p));
	assert_int_equal(p.due, 2); /* Anna, too */
	end(r);
	ctx_clear(r->c);
	assert_ok(retention_apply(r->c, r->programme, 2, &done));
	assert_int_equal(done, 2);
	assert_forgotten(&k);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(referral__waits_for_the_unit_that_was_asked),
		ON(referral__needs_the_citizens_yes_and_a_partner),
		ON(caseworker__is_not_told_whom_the_programme_has),
		ON(caseworker__sees_the_own_only),
		ON(every_answer__stays_with_its_reason),
		ON(admitted__is_the_same_person_and_the_caseworker_follows),
		ON(after_a_no__nobody_is_admitted_before_a_new_yes),
		ON(after_the_teams_no__nobody_is_admitted_and_no_new_yes_is_asked_for),
		ON(caseworker__withdraws_what_waits_and_overwrites_no_answer),
		ON(caseworker_who_has_left__follows_nobody),
		ON(declined__is_erased_and_no_file_holds_it),
		ON(admitted_and_erased__leaves_nothing_in_the_referral),
		ON(erased__is_gone_from_every_referral_of_the_same_number),
		ON(referral_erased__takes_the_others_and_no_participant),
		ON(erasure_that_meets_an_admission__leaves_no_half),
		ON(retention__reaches_those_who_were_not_admitted),
	};
	return register_run("referrals", tests, sizeof tests / sizeof tests[0]);
}
