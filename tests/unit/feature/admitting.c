/* Admitting and referring meet: an admission by hand answers the referral that waits, and a referral is checked as an
 * admission is. Both engines. */
#include "feature/referral/referral.h"

#include "access/relation.h"
#include "access/user.h"
#include "register.h"

#define NUMBER "0707614285" /* of somebody born on 1961-07-07 */

typedef struct {
	TestRegister *r;
	UserId caseworker;
	ParticipantId id;
	ReferralIn in;
	ReferralState state;
} Play;

static Err hire(Ctx *c, void *arg)
{
	Play *k = arg;
	const UserIn in = { .login = STR("sagsbehandler"),
			    .name = STR("Signe Sagsbehandler"),
			    .role = ROLE_CASEWORKER,
			    .programme = k->r->programme,
			    .lang = LANG_DA };
	return user_add(c, &in, STR(""), &k->caseworker);
}

static Err refer_work(Ctx *c, void *arg)
{
	Play *k = arg;
	const Actor actor = { .user = k->caseworker,
			      .role = ROLE_CASEWORKER,
			      .name = STR("Signe"),
			      .login = STR("sagsbehandler"),
			      .programme = k->r->programme };
	c->actor = &actor;
	Err e = referral_make(c, k->r->programme, &k->in, &k->id);
	c->actor = NULL;
	return e;
}

static Err decide_work(Ctx *c, void *arg)
{
	const Play *k = arg;
	const ReferralDecisionIn in = { .state = (int)k->state, .reason = STR("Andet tilbud.") };
	const Scope scope = { .programme = k->r->programme };
	Referral row;
	RETURN_IF_ERR(referral_in_scope(c, &scope, k->id, &row));
	return referral_decide(c, &row, &in);
}

static Err run(Play *k, Err (*work)(Ctx *c, void *arg))
{
	ctx_clear(k->r->c);
	return commit_run(k->r->c, work, k);
}

static Play play(TestRegister *r)
{
	Play k = { .r = r,
		   .in = { .name = STR("Bo Bravo"),
			   .cpr = STR(NUMBER),
			   .municipality = INT_NONE,
			   .partner = r->aarhus,
			   .phone = STR_NONE,
			   .email = STR_NONE,
			   .why = STR("Vil gerne"),
			   .agreed = true } };
	assert_ok(run(&k, hire));
	return k;
}

static Err admit_to(Play *k, OrganisationId partner, ParticipantId *out)
{
	ParticipantIn in = participant_input(k->r, "Bo B. Bravo", "070761-4285", day("2018-03-01"));
	in.partner = partner;
	in.contact_person = (MemberId){ UUID_NONE };
	return put_participant(k->r, &in, out);
}

static int64_t open_referrals(TestRegister *r)
{
	int64_t n;
	begin(r);
	assert_ok(referral_count_open(r->c, r->programme, (OrganisationId){ UUID_NONE }, &n));
	end(r);
	return n;
}

/* ---- an admission by hand --------------------------------------------------------- */

static void admission_by_hand__is_the_answer_to_what_waits(void **state)
{
	TestRegister *r = *state;
	Play k = play(r);
	ParticipantId id;
	Participant row;
	ReferralStory story;
	RelatedList related;
	assert_ok(run(&k, refer_work));
	assert_int_equal(open_referrals(r), 1);
	r->clock = clock_fixed(time_of(day("2018-11-30"), 14 * 60)); /* one step after the other */
	assert_ok(admit_to(&k, r->aarhus, &id));
	assert_true(uuid_eq(id.v, k.id.v));
	assert_int_equal(open_referrals(r), 0);
	begin(r);
	assert_ok(participant_get(r->c, id, &row));
	assert_true(str_eq_z(row.name, "Bo B. Bravo") && str_eq_z(row.cpr, NUMBER)); /* as typed last */
	assert_ok(referral_story(r->c, id, &story));
	assert_true(story.referred && story.steps.n == 2 && story.steps.at[1].state == REFERRAL_ADMITTED);
	assert_ok(relation_own(r->c, k.caseworker, RELATION_CASEWORKER, clock_now(r->c->clock), &related));
	assert_true(related.n == 1 && uuid_eq(related.at[0].participant.v, id.v));
	end(r);
}

static void what_another_unit_was_asked__is_its_own_to_answer(void **state)
{
	TestRegister *r = *state;
	Play k = play(r);
	ParticipantId id;
	assert_ok(run(&k, refer_work));
	assert_ok(admit_to(&k, r->randers, &id));
	assert_false(uuid_eq(id.v, k.id.v));
	assert_int_equal(open_referrals(r), 1);
}

static void what_has_been_answered_with_a_no__stays_so(void **state)
{
	TestRegister *r = *state;
	Play k = play(r);
	ParticipantId id;
	ReferralStory story;
	assert_ok(run(&k, refer_work));
	k.state = REFERRAL_CITIZEN_DECLINED;
	assert_ok(run(&k, decide_work));
	assert_ok(admit_to(&k, r->aarhus, &id));
	assert_false(uuid_eq(id.v, k.id.v));
	begin(r);
	assert_ok(referral_story(r->c, id, &story));
	end(r);
	assert_false(story.referred);
}

static void a_refused_admission__answers_nothing(void **state)
{
	TestRegister *r = *state;
	Play k = play(r);
	ParticipantId id;
	ParticipantIn in = participant_input(r, "Bo Bravo", NUMBER, day("2018-06-01")); /* after the intake */
	assert_ok(run(&k, refer_work));
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "admitted");
	assert_int_equal(open_referrals(r), 1);
}

/* ---- what a referral is checked for ------------------------------------------------- */

static Err refer_number(Play *k, const char *cpr)
{
	k->in.cpr = str_of(cpr);
	return run(k, refer_work);
}

/* The clock stands at 2018-11-30, the intake ended on 2018-05-31: born on 2003-06-01 is 14 years that day, a day
 * earlier 15. A number whose seventh digit is 4 and whose year is up to 36 is of this century (CPR-kontoret). */
static void a_referral__is_of_somebody_who_can_be_admitted(void **state)
{
	TestRegister *r = *state;
	Play k = play(r);
	assert_refused(r, refer_number(&k, "310203-4004"), ERR_INVALID, "cpr"); /* no such day */
	assert_refused(r, refer_number(&k, "010603-4004"), ERR_INVALID, "cpr");
	assert_refused(r, refer_number(&k, "010136-4004"), ERR_INVALID, "cpr"); /* not born yet */
	assert_refused(r, refer_number(&k, "010117-0004"), ERR_INVALID, "cpr"); /* 101 years */
	assert_ok(refer_number(&k, "310503-4004"));
}

/* The standing order's own example of a number that is accepted with a warning. */
static void modulus_11__is_a_doubt_and_no_refusal(void **state)
{
	TestRegister *r = *state;
	Play k = play(r);
	assert_ok(refer_number(&k, "0101650000"));
	assert_non_null(participant_cpr_doubt(r->c, STR("0101650000")));
	assert_non_null(participant_cpr_doubt(r->c, STR("670761-4285"))); /* a replacement number: day + 60 */
	assert_null(participant_cpr_doubt(r->c, STR(NUMBER)));
}

static void places_left__are_a_plan(void **state)
{
	TestRegister *r = *state;
	PartnerRow partner = { .places = INT_NONE, .admitted = 40 };
	(void)r;
	assert_true(programme_places_left(&partner) > 0);
	partner.places = 40;
	assert_int_equal(programme_places_left(&partner), 0);
	partner.admitted = 41;
	assert_int_equal(programme_places_left(&partner), -1);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(admission_by_hand__is_the_answer_to_what_waits),
		ON(what_another_unit_was_asked__is_its_own_to_answer),
		ON(what_has_been_answered_with_a_no__stays_so),
		ON(a_refused_admission__answers_nothing),
		ON(a_referral__is_of_somebody_who_can_be_admitted),
		ON(modulus_11__is_a_doubt_and_no_refusal),
		ON(places_left__are_a_plan),
	};
	return register_run("admitting", tests, sizeof tests / sizeof tests[0]);
}
