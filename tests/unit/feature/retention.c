/* How long data are kept: whose rule it is, who is due when, what is done to them, and who still sees the archived. */
#include "feature/erasure/retention.h"

#include "feature/feature.h"
#include "feature/referral/referral.h"
#include "register.h"

#include <string.h>

static RetentionIn rule_of(TestRegister *r)
{
	RetentionIn rule;
	begin(r);
	assert_ok(retention_rule(r->c, r->programme, &rule));
	end(r);
	return rule;
}

typedef struct {
	TestRegister *r;
	const RetentionIn *in;
} Setting;

typedef struct {
	TestRegister *r;
	ParticipantId id;
} Referring;

static Err set_work(Ctx *c, void *arg)
{
	const Setting *s = arg;
	return retention_set(c, s->r->programme, s->in);
}

static Err set_rule(TestRegister *r, const RetentionIn *in)
{
	Setting s = { r, in };
	ctx_clear(r->c);
	return commit_run(r->c, set_work, &s);
}

static RetentionPreview look(TestRegister *r, const char *today)
{
	RetentionPreview p;
	r->clock = clock_fixed(time_of(day(today), 13 * 60));
	begin(r);
	assert_ok(retention_preview(r->c, r->programme, &p));
	end(r);
	return p;
}

static Err apply(TestRegister *r, int64_t expected, int64_t *done)
{
	ctx_clear(r->c);
	return retention_apply(r->c, r->programme, expected, done);
}

static void give_to_municipality(TestRegister *r)
{
	ProgrammeIn in = programme_input(r);
	in.owner = r->aarhus;
	in.version = 1;
	assert_ok(change_programme(r, &in));
}

static void programme_without_a_rule__has_that_of_its_owners_kind(void **state)
{
	TestRegister *r = *state;
	assert_int_equal(rule_of(r).what, RETENTION_ERASE); /* an NGO's */
	assert_int_equal(rule_of(r).keeps, KEEPS_NUMBERS);
	give_to_municipality(r);
	assert_int_equal(rule_of(r).what, RETENTION_ARCHIVE);
	assert_int_equal(rule_of(r).months, RETENTION_MONTHS_USUAL);
}

static void municipality__may_erase_what_is_released_only(void **state)
{
	TestRegister *r = *state;
	give_to_municipality(r);
	RetentionIn in = rule_of(r);
	in.what = RETENTION_ERASE;
	assert_refused(r, set_rule(r, &in), ERR_INVALID, "authority");
	in.authority = STR("Rigsarkivet 2026-123");
	assert_ok(set_rule(r, &in));
	assert_int_equal(rule_of(r).what, RETENTION_ERASE);
	assert_true(str_eq_z(rule_of(r).authority, "Rigsarkivet 2026-123"));
}

static void rule__is_not_overwritten_unseen(void **state)
{
	TestRegister *r = *state;
	RetentionIn in = rule_of(r);
	in.months = 24;
	assert_ok(set_rule(r, &in));
	assert_int_equal(set_rule(r, &in), ERR_CONFLICT); /* somebody who saw none */
	in = rule_of(r);
	in.months = 36;
	assert_ok(set_rule(r, &in));
	assert_int_equal(set_rule(r, &in), ERR_CONFLICT); /* somebody who saw the first */
	assert_int_equal(rule_of(r).months, 36);
}

/* The programme ends on 31 December 2018. */
static void months__are_counted_from_the_programmes_end(void **state)
{
	TestRegister *r = *state;
	RetentionPreview p = look(r, "2019-12-30");
	assert_true(p.people.n == 1 && p.due == 0);
	assert_int_equal(p.people.at[0].due, day("2019-12-31"));
	assert_true(str_eq_z(p.people.at[0].name, "Anna Ærø"));
	p = look(r, "2019-12-31");
	assert_true(p.due == 1 && p.people.at[0].now);
}

static void months__are_counted_from_the_last_that_is_registered(void **state)
{
	TestRegister *r = *state;
	PlacementId job;
	RetentionIn in = rule_of(r);
	in.counted_from = FROM_CITIZEN;
	in.months = 6;
	assert_ok(set_rule(r, &in));
	assert_int_equal(look(r, "2018-11-30").people.at[0].due, day("2017-03-01")); /* admitted 2016-09-01 */
	const PlacementIn placement =
		placement_input(r->bakery, PLACEMENT_ORDINARY, day("2017-01-01"), day("2018-05-31"));
	assert_ok(put_placement(r, r->anna, &placement, &job));
	assert_int_equal(look(r, "2018-11-30").people.at[0].due, day("2018-11-30"));
	ContactIn contact = contact_input(r, day("2018-06-15"));
	ContactId id;
	assert_ok(put_contact(r, &contact, &id));
	assert_int_equal(look(r, "2018-11-30").people.at[0].due, day("2018-12-15"));
}

static Err person_in(TestRegister *r, OrganisationId unit)
{
	Scope scope = { .programme = r->programme, .organisation = unit };
	Person person;
	begin(r);
	Err e = feature_in_scope(r->c, &scope, r->anna, &person);
	end(r);
	return e;
}

static int64_t found(TestRegister *r, OrganisationId unit, bool archived)
{
	Scope scope = { .programme = r->programme, .organisation = unit };
	ParticipantSearch search = { .list = LIST_NOTHING, .status = ENUM_NONE, .archived = archived };
	ParticipantRowList rows;
	int64_t total = 0;
	begin(r);
	assert_ok(participant_search(r->c, &scope, r->programme, &search, day("2018-11-30"), &rows, &total));
	end(r);
	return total;
}

static void archived__is_out_of_a_units_reach_and_not_out_of_the_programmes(void **state)
{
	TestRegister *r = *state;
	const OrganisationId all = { UUID_NONE };
	PlacementId job;
	FollowupList followups;
	int64_t done = 0;
	const PlacementIn placement = placement_input(r->bakery, PLACEMENT_ORDINARY, day("2017-01-01"), DATE_NONE);
	assert_ok(put_placement(r, r->anna, &placement, &job));
	give_to_municipality(r);
	assert_int_equal(person_in(r, r->aarhus), OK);
	assert_int_equal(found(r, r->aarhus, false), 1);
	assert_int_equal(look(r, "2020-01-01").due, 1);
	assert_ok(apply(r, 1, &done));
	assert_int_equal(done, 1);
	assert_int_equal(person_in(r, r->aarhus), ERR_NOT_FOUND);
	assert_int_equal(person_in(r, all), OK);
	assert_int_equal(found(r, r->aarhus, false), 0);
	assert_int_equal(found(r, r->aarhus, true), 0);
	assert_int_equal(found(r, all, false), 0);
	assert_int_equal(found(r, all, true), 1);
	begin(r);
	assert_ok(followup_list(r->c, r->programme, all, (MemberId){ UUID_NONE }, day("2018-11-30"), &followups));
	assert_int_equal(followups.n, 0);
	end(r);
	assert_int_equal(look(r, "2020-01-01").people.n, 0); /* nothing more to expect */
}

static Err refer_work(Ctx *c, void *arg)
{
	Referring *k = arg;
	const ReferralIn in = { .name = STR("Bo Bravo"),
				.cpr = STR("0707614285"),
				.municipality = INT_NONE,
				.partner = k->r->aarhus,
				.why = STR("Vil gerne."),
				.agreed = true };
	return referral_make(c, k->r->programme, &in, &k->id);
}

static Err referral_of(const Referring *k, OrganisationId unit)
{
	Scope scope = { .programme = k->r->programme, .organisation = unit };
	Referral row;
	begin(k->r);
	Err e = referral_in_scope(k->r->c, &scope, k->id, &row);
	end(k->r);
	return e;
}

static size_t listed(TestRegister *r, OrganisationId unit)
{
	ReferralLineList waiting, over;
	int64_t open = -1;
	begin(r);
	assert_ok(referral_waiting(r->c, r->programme, unit, &waiting));
	assert_ok(referral_declined(r->c, r->programme, unit, &over));
	assert_ok(referral_count_open(r->c, r->programme, unit, &open));
	end(r);
	assert_int_equal(waiting.n, open);
	return waiting.n + over.n;
}

static Err decline_work(Ctx *c, void *arg)
{
	const Referring *k = arg;
	const Scope scope = { .programme = k->r->programme };
	Referral row;
	RETURN_IF_ERR(referral_in_scope(c, &scope, k->id, &row));
	return referral_decide(c, &row, &(ReferralDecisionIn){ .state = REFERRAL_DECLINED, .reason = STR("Nej.") });
}

/* A municipality may not erase it, and may not show it for ever either. */
static void referral_of_a_municipality__is_archived_as_participants_are(void **state)
{
	TestRegister *r = *state;
	const OrganisationId all = { UUID_NONE };
	Referring k = { .r = r };
	int64_t done = 0;
	give_to_municipality(r);
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, refer_work, &k));
	assert_int_equal(listed(r, r->aarhus), 1);
	RetentionPreview p = look(r, "2020-01-01");
	assert_true(p.people.n == 2 && p.due == 2); /* Anna, too */
	assert_ok(apply(r, 2, &done));
	assert_int_equal(done, 2);
	assert_int_equal(referral_of(&k, r->aarhus), ERR_NOT_FOUND);
	assert_int_equal(referral_of(&k, all), OK);
	assert_int_equal(listed(r, r->aarhus), 0);
	assert_int_equal(listed(r, all), 1);
	ctx_clear(r->c);
	assert_int_equal(commit_run(r->c, decline_work, &k), ERR_CONFLICT);
	assert_int_equal(look(r, "2020-01-01").people.n, 0); /* nothing more to expect */
}

static void erased__when_due_and_never_others_than_were_seen(void **state)
{
	TestRegister *r = *state;
	const OrganisationId all = { UUID_NONE };
	int64_t done = 0;
	(void)look(r, "2019-12-30");
	assert_ok(apply(r, 0, &done));
	assert_int_equal(done, 0);
	assert_int_equal(person_in(r, all), OK);
	(void)look(r, "2020-01-01");
	assert_int_equal(apply(r, 0, &done), ERR_CONFLICT); /* somebody has become due since */
	assert_int_equal(person_in(r, all), OK);
	assert_ok(apply(r, 1, &done));
	assert_int_equal(done, 1);
	assert_int_equal(person_in(r, all), ERR_NOT_FOUND);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(programme_without_a_rule__has_that_of_its_owners_kind),
		ON(municipality__may_erase_what_is_released_only),
		ON(rule__is_not_overwritten_unseen),
		ON(months__are_counted_from_the_programmes_end),
		ON(months__are_counted_from_the_last_that_is_registered),
		ON(archived__is_out_of_a_units_reach_and_not_out_of_the_programmes),
		ON(referral_of_a_municipality__is_archived_as_participants_are),
		ON(erased__when_due_and_never_others_than_were_seen),
	};
	return register_run("retention", tests, sizeof tests / sizeof tests[0]);
}
