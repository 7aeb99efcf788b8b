/* How long data are kept: whose rule it is, who is due when, what is done to them, and who still sees the archived. */
#include "feature/erasure/retention.h"
#include "access/guest.h"
#include "db/engine.h"
#include "feature/message/message.h"
#include "feature/sheet/sheet.h"

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

/* ---- who comes in ------------------------------------------------------------------- */

typedef struct {
	TestRegister *r;
	Str own, sheet;  /* codes */
	Str me, company; /* secrets of sessions */
	Str waiting;     /* code of the link that waits to be sent */
	bool right;
} Ways;

static Err open_work(Ctx *c, void *arg)
{
	Ways *w = arg;
	bool right = false;
	Str code;
	MessageDue due;
	const Date birthday = day("1975-06-15");
	RETURN_IF_ERR(guest_invite(c, ROLE_CITIZEN, w->r->anna, (SheetId){ UUID_NONE }, &code));
	RETURN_IF_ERR(guest_enter(c, code, birthday, &right, &w->me));
	assert_true(right);
	RETURN_IF_ERR(sheet_make(c, w->r->anna, w->r->bakery, &w->sheet));
	RETURN_IF_ERR(guest_enter(c, w->sheet, DATE_NONE, &right, &w->company));
	RETURN_IF_ERR(message_link(c, w->r->anna, &(MessageIn){ MESSAGE_SMS }));
	RETURN_IF_ERR(message_next(c, clock_now(c->clock), &due));
	w->waiting = str_dup(w->r->d.db->arena, due.link);
	w->me = str_dup(w->r->d.db->arena, w->me);
	w->company = str_dup(w->r->d.db->arena, w->company);
	w->sheet = str_dup(w->r->d.db->arena, w->sheet);
	return OK;
}

static Err again_work(Ctx *c, void *arg)
{
	Ways *w = arg;
	RETURN_IF_ERR(guest_invite(c, ROLE_CITIZEN, w->r->anna, (SheetId){ UUID_NONE }, &w->own));
	RETURN_IF_ERR(guest_enter(c, w->own, day("1975-06-15"), &w->right, &w->me));
	w->me = str_dup(w->r->d.db->arena, w->me);
	return OK;
}

static Err sheet_work(Ctx *c, void *arg)
{
	Ways *w = arg;
	return sheet_make(c, w->r->anna, w->r->bakery, &w->sheet);
}

static Err opens_page(TestRegister *r, Str secret)
{
	Known known;
	ctx_clear(r->c);
	return guest_find(r->c, secret, &known);
}

static Err opens_door(TestRegister *r, Str code)
{
	GuestCode row;
	ctx_clear(r->c);
	begin(r);
	Err e = guest_look(r->c, code, &row);
	end(r);
	return e;
}

static Ways open_ways(TestRegister *r)
{
	static const MessageSettings messages = { .relay = { .relay = { STR_LIT("smtp://127.0.0.1:9") } },
						  .from = { STR_LIT("rampe@example.dk") },
						  .site = { STR_LIT("https://rampe.example.dk") },
						  .sms = { STR_LIT("%s@sms.example.dk") } };
	Participant row;
	Ways w = { .r = r };
	begin(r);
	assert_ok(participant_get(r->c, r->anna, &row));
	end(r);
	ParticipantIn anna = participant_input(r, "Anna Ærø", "7506751000", day("2016-09-01"));
	anna.phone = STR("87654321");
	anna.version = row.version;
	assert_ok(change_participant(r, r->anna, &anna));
	r->c->messages = &messages;
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, open_work, &w));
	return w;
}

static void archiving__ends_every_way_in_and_what_waits_to_be_sent(void **state)
{
	TestRegister *r = *state;
	int64_t done = 0, due = 0;
	give_to_municipality(r);
	(void)look(r, "2020-01-01"); /* it is that day from now on */
	Ways w = open_ways(r);
	assert_ok(opens_page(r, w.me));
	assert_ok(opens_page(r, w.company));
	assert_ok(opens_door(r, w.sheet));
	assert_ok(opens_door(r, w.waiting));
	assert_ok(apply(r, 1, &done));
	assert_int_equal(done, 1);
	assert_int_equal(opens_page(r, w.me), ERR_NOT_FOUND);
	assert_int_equal(opens_page(r, w.company), ERR_NOT_FOUND);
	assert_int_equal(opens_door(r, w.sheet), ERR_NOT_FOUND);
	assert_int_equal(opens_door(r, w.waiting), ERR_NOT_FOUND);
	begin(r);
	assert_ok(message_count_due(r->c, clock_now(r->c->clock), &due));
	end(r);
	assert_int_equal(due, 0);
	/* The citizen's right to see remains, by a new code; a company's does not, were its code still there. */
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, again_work, &w));
	assert_true(w.right);
	assert_ok(opens_page(r, w.me));
	database_script(&r->d, "UPDATE guest_code SET ended = NULL WHERE role = 'company'",
			"UPDATE guest_code SET ended = NULL WHERE role = 'company'");
	assert_int_equal(opens_door(r, w.sheet), ERR_NOT_FOUND);
	ctx_clear(r->c);
	assert_int_equal(commit_run(r->c, sheet_work, &w), ERR_INVALID);
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
		ON(archiving__ends_every_way_in_and_what_waits_to_be_sent),
		ON(referral_of_a_municipality__is_archived_as_participants_are),
		ON(erased__when_due_and_never_others_than_were_seen),
	};
	return register_run("retention", tests, sizeof tests / sizeof tests[0]);
}
