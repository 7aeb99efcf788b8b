/* What the citizen's yes lets happen with companies. Anna has let any company be contacted since she was admitted; Bo
 * has said nothing. The days are counted by hand. */
#include "../access/served.h"
#include "app/lists.h"
#include "feature/decide/decide.h"
#include "feature/feature.h"
#include "feature/network/network.h"
#include "feature/seen/seen.h"

#include <math.h>

static Served served;
static ParticipantId bo;

static int set_up(void **state)
{
	served_make(&served, feature_routes);
	TestRegister *r = served.register_;
	ParticipantIn in = participant_input(r, "Bo Bak", "7506751002", day("2016-09-01"));
	assert_ok(put_participant(r, &in, &bo));
	*state = &served;
	return 0;
}

static int tear_down(void **state)
{
	served_remove(*state);
	return 0;
}

static const char *filled(Served *s, const char *format, Uuid id)
{
	Str text = uuid_str(s->arena, id);
	Buf *b = buf_new(s->arena, 1000);
	size_t at = str_find(str_of(format), '@', 0);
	buf_printf(b, "%.*s%.*s%s", (int)at, format, STR_ARG(text), format + at + 1);
	return str_z(s->arena, buf_str(b));
}

static Err contact_on(TestRegister *r, ParticipantId who, const char *on, CompanyId company, int purpose)
{
	ContactId id;
	ContactIn in = contact_input(r, day(on));
	in.participant = who;
	in.purpose = purpose;
	in.company = company;
	return put_contact(r, &in, &id);
}

static Err search_on(TestRegister *r, ParticipantId who, const char *on, CompanyId company)
{
	return contact_on(r, who, on, company, PURPOSE_COMPANY_JOB_SEARCH);
}

static int64_t contacts(TestRegister *r)
{
	ContactCheck check;
	begin(r);
	assert_ok(contact_count_check(r->c, &check));
	end(r);
	assert_int_equal(check.wrong, 0);
	return check.contacts;
}

/* ---- companies -------------------------------------------------------------------- */

static void a_company_is_contacted_on_the_days_of_its_yes(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	ConsentId id;
	PlacementId job;
	assert_refused(r, search_on(r, bo, "2017-05-02", r->bakery), ERR_DENIED, "company");
	PlacementIn work = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2017-01-02"), DATE_NONE);
	assert_ok(put_placement(r, bo, &work, &job)); /* working there is no yes */
	assert_refused(r, contact_on(r, bo, "2017-05-02", r->bakery, PURPOSE_COMPANY_RETENTION), ERR_DENIED, "company");
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, r->bakery.v, day("2017-05-01"), day("2017-06-30"), &id));
	assert_refused(r, search_on(r, bo, "2017-04-30", r->bakery), ERR_DENIED, "company");
	assert_ok(search_on(r, bo, "2017-05-01", r->bakery));
	assert_ok(contact_on(r, bo, "2017-06-30", r->bakery, PURPOSE_COMPANY_RETENTION));
	assert_refused(r, search_on(r, bo, "2017-07-01", r->bakery), ERR_DENIED, "company");
	assert_refused(r, search_on(r, bo, "2017-05-02", r->garage), ERR_DENIED, "company");
	assert_int_equal(contacts(r), 2);
}

/* An own-found job comes without anybody's asking; whoever would follow it up there is told first. */
static void a_placement_needs_no_yes_and_the_page_says_that_there_is_none(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId id;
	PlacementId job;
	static const char told[] = "a company that may not be contacted";
	PlacementIn over = placement_input(r->garage, PLACEMENT_INTERNSHIP, day("2018-09-03"), day("2018-10-26"));
	assert_ok(put_placement(r, bo, &over, &job));
	assert_null(strstr(str_z(s->arena, served_get(s, WHO_AARHUS, served_path(s, bo, "")).body), told));
	PlacementIn work = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2018-11-01"), DATE_NONE);
	assert_ok(put_placement(r, bo, &work, &job));
	assert_non_null(strstr(str_z(s->arena, served_get(s, WHO_AARHUS, served_path(s, bo, "")).body), told));
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, r->bakery.v, day("2018-11-30"), DATE_NONE, &id));
	assert_null(strstr(str_z(s->arena, served_get(s, WHO_AARHUS, served_path(s, bo, "")).body), told));
}

typedef struct {
	TestRegister *r;
	CompanyId company;
	const char *on;
} Brought;

/* As a file of another system, or a time before consents, would have left it. */
static Err bring(Ctx *c, void *arg)
{
	const Brought *k = arg;
	const Contact row = { .id = { uuid_v7(c->clock, c->random) },
			      .participant = bo,
			      .at = time_of(day(k->on), 12 * 60),
			      .programme = k->r->programme,
			      .partner = k->r->aarhus,
			      .day = day(k->on),
			      .kind = CONTACT_PHONE,
			      .purpose = PURPOSE_COMPANY_JOB_SEARCH,
			      .place = (ContactPlace)ENUM_NONE,
			      .company = k->company,
			      .minutes = INT_NONE,
			      .note = STR_NONE,
			      .version = 1 };
	RETURN_IF_ERR(contact_insert(c, &row));
	return feature_audit(c, "test.bring", NULL, UUID_NONE, NOBODY);
}

static void what_no_yes_covered_is_found_and_named(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	Brought k = { r, r->bakery, "2017-07-01" };
	ConsentId id;
	int64_t all = 0;
	ContactUnaskedList rows;
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, r->bakery.v, day("2017-05-01"), day("2017-06-30"), &id));
	assert_ok(search_on(r, bo, "2017-06-30", r->bakery));
	assert_ok(contact_on(r, bo, "2017-05-02", (CompanyId){ UUID_NONE }, PURPOSE_CITIZEN));
	assert_ok(withdraw_consent(r, bo, id)); /* later: it counted then */
	begin(r);
	assert_ok(contact_with_company(r->c, &all));
	assert_ok(contact_unasked(r->c, &rows));
	end(r);
	assert_true(all == 1 && rows.n == 0);
	assert_ok(commit_run(r->c, bring, &k)); /* the day after */
	k = (Brought){ r, r->garage, "2017-06-01" };
	assert_ok(commit_run(r->c, bring, &k)); /* another company */
	begin(r);
	assert_ok(contact_with_company(r->c, &all));
	assert_ok(contact_unasked(r->c, &rows));
	end(r);
	assert_true(all == 3 && rows.n == 2 && rows.at[1].all_n == 2);
	assert_true(rows.at[0].day == day("2017-07-01") && uuid_eq(rows.at[0].company.v, r->bakery.v));
	assert_true(rows.at[1].day == day("2017-06-01") && uuid_eq(rows.at[1].participant.v, bo.v));
}

static void another_yes_is_none(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	ConsentId id;
	assert_ok(put_consent(r, bo, CONSENT_TELL_COMPANY, r->bakery.v, day("2017-01-01"), DATE_NONE, &id));
	assert_ok(put_consent(r, bo, CONSENT_QUOTES, UUID_NONE, day("2017-01-01"), DATE_NONE, &id));
	assert_refused(r, search_on(r, bo, "2017-05-02", r->bakery), ERR_DENIED, "company"); /* Anna's is hers */
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, UUID_NONE, day("2017-01-01"), DATE_NONE, &id));
	assert_ok(search_on(r, bo, "2017-05-02", r->bakery));
	assert_ok(search_on(r, bo, "2017-05-02", r->garage));
}

static void the_citizen_and_professionals_need_no_yes(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	CompanyId none = { UUID_NONE };
	assert_ok(contact_on(r, bo, "2017-05-02", none, PURPOSE_CITIZEN));
	assert_ok(contact_on(r, bo, "2017-05-02", none, PURPOSE_NETWORK));
}

/* Withdrawn at the clock's moment, 2018-11-30 12:00 UTC: what happened before may still be written down. */
static void what_happened_before_a_no_is_written_down_after_it(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	ContactId id;
	assert_ok(withdraw_consent(r, r->anna, r->anyone));
	ContactIn in = contact_input(r, day("2018-11-30"));
	in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	in.company = r->bakery;
	in.at = clock_now(r->c->clock) - 1;
	assert_ok(put_contact(r, &in, &id));
	in.at = clock_now(r->c->clock);
	assert_refused(r, put_contact(r, &in, &id), ERR_DENIED, "company");
	in.at = TIME_NONE;
	assert_refused(r, put_contact(r, &in, &id), ERR_DENIED, "company");
	assert_int_equal(contacts(r), 1);
}

static void a_company_is_a_company_whatever_the_contact_is_said_to_be_about(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	assert_refused(r, contact_on(r, bo, "2017-05-02", r->bakery, PURPOSE_CITIZEN), ERR_DENIED, "company");
	assert_refused(r, contact_on(r, bo, "2017-05-02", r->bakery, PURPOSE_NETWORK), ERR_DENIED, "company");
	assert_int_equal(contacts(r), 0);
}

static Err no_work(Ctx *c, void *arg)
{
	const CompanyId *company = arg;
	WishLineList wishes;
	RETURN_IF_ERR(wish_suggest(c, bo, *company));
	RETURN_IF_ERR(wish_list(c, bo, &wishes));
	return wish_answer(c, bo, wishes.at[0].id, false);
}

/* The clock stands at 2018-11-30 12:00 UTC. */
static void a_no_to_one_company_goes_before_a_yes_to_all(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	ConsentId id;
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, UUID_NONE, day("2017-01-01"), DATE_NONE, &id));
	assert_ok(search_on(r, bo, "2018-11-29", r->bakery));
	assert_ok(commit_run(r->c, no_work, &r->bakery));
	assert_ok(search_on(r, bo, "2018-11-28", r->bakery)); /* before the no */
	ContactIn in = contact_input(r, day("2018-11-30"));
	ContactId contact;
	in.participant = bo;
	in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	in.company = r->bakery;
	in.at = TIME_NONE;
	assert_refused(r, put_contact(r, &in, &contact), ERR_DENIED, "company");
	in.company = r->garage;
	assert_ok(put_contact(r, &in, &contact));
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, r->bakery.v, day("2018-11-30"), DATE_NONE, &id));
	in.company = r->bakery;
	assert_ok(put_contact(r, &in, &contact)); /* the citizen thought better of it */
}

static Err said_yes(Ctx *c, void *arg)
{
	const CompanyId *company = arg;
	WishLineList wishes;
	RETURN_IF_ERR(wish_suggest(c, bo, *company));
	RETURN_IF_ERR(wish_list(c, bo, &wishes));
	return wish_answer(c, bo, wishes.at[0].id, true);
}

static Err suggest_work(Ctx *c, void *arg)
{
	return wish_suggest(c, bo, *(const CompanyId *)arg);
}

typedef struct {
	WishDecision stands; /* the list's last so far */
	bool by_another;
	Err (*work)(Ctx *c, ParticipantId who, WishId id);
} WishChange;

static Err say_no(Ctx *c, ParticipantId who, WishId id)
{
	return wish_answer(c, who, id, false);
}

static Err change_wish(Ctx *c, void *arg)
{
	const WishChange *k = arg;
	WishLineList wishes;
	RETURN_IF_ERR(wish_list(c, bo, &wishes));
	for (size_t i = 0; i < wishes.n; i++)
		if (wishes.at[i].decision == k->stands)
			return k->work(c, k->by_another ? (ParticipantId){ wishes.at[i].id.v } : bo, wishes.at[i].id);
	return ERR_INTERNAL;
}

static Err wish_change(TestRegister *r, WishDecision stands, bool by_another,
		       Err (*work)(Ctx *c, ParticipantId who, WishId id))
{
	WishChange k = { stands, by_another, work };
	ctx_clear(r->c);
	return commit_run(r->c, change_wish, &k);
}

static size_t wishes_of(TestRegister *r, WishDecision decision)
{
	WishLineList wishes;
	size_t n = 0;
	begin(r);
	assert_ok(wish_list(r->c, bo, &wishes));
	end(r);
	for (size_t i = 0; i < wishes.n; i++)
		n += wishes.at[i].decision == decision;
	return n;
}

static void a_company_that_a_yes_names_is_answered_when_it_is_proposed(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	ConsentId id;
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, r->bakery.v, day("2018-11-30"), DATE_NONE, &id));
	assert_ok(commit_run(r->c, suggest_work, &r->bakery));
	assert_int_equal(wishes_of(r, WISH_YES), 1);
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, suggest_work, &r->garage));
	assert_int_equal(wishes_of(r, WISH_ASKED), 1);
}

/* The yes ends at once, and what was done while it lasted stays allowed. */
static void a_no_comes_after_a_yes_and_ends_it(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	ConsentId id;
	ContactId contact;
	ContactIn in = contact_input(r, day("2018-11-30"));
	in.participant = bo;
	in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	in.company = r->bakery;
	in.at = TIME_NONE;
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, UUID_NONE, day("2017-01-01"), DATE_NONE, &id));
	assert_ok(commit_run(r->c, said_yes, &r->bakery));
	assert_ok(put_contact(r, &in, &contact));
	assert_int_equal(wish_change(r, WISH_YES, true, say_no), ERR_NOT_FOUND);
	assert_ok(wish_change(r, WISH_YES, false, say_no));
	assert_refused(r, put_contact(r, &in, &contact), ERR_DENIED, "company"); /* the yes to all covers it neither */
	assert_ok(search_on(r, bo, "2018-11-29", r->bakery));
	assert_true(wishes_of(r, WISH_YES) == 0 && wishes_of(r, WISH_NO) == 1);
	assert_ok(wish_change(r, WISH_NO, false, say_no)); /* pressed twice */
}

static Err wish_for_a_nursery(Ctx *c, void *arg)
{
	return wish_add(c, bo, *(const Str *)arg);
}

static void an_own_wish_is_taken_off_the_list_by_its_citizen_alone(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	Str nursery = STR("Et gartneri"), loudly = STR("ET Gartneri");
	assert_ok(commit_run(r->c, wish_for_a_nursery, &nursery));
	assert_ok(commit_run(r->c, wish_for_a_nursery, &loudly)); /* the same words: pressed twice */
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, said_yes, &r->bakery));
	assert_int_equal(wish_change(r, WISH_OWN, true, wish_remove), ERR_NOT_FOUND);
	assert_int_equal(wish_change(r, WISH_YES, false, wish_remove), ERR_NOT_FOUND);
	assert_int_equal(wishes_of(r, WISH_OWN), 1);
	assert_ok(wish_change(r, WISH_OWN, false, wish_remove));
	assert_true(wishes_of(r, WISH_OWN) == 0 && wishes_of(r, WISH_YES) == 1);
}

static void a_yes_begins_neither_before_the_citizen_nor_over_a_no(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	ConsentId id, other;
	assert_refused(r, put_consent(r, bo, CONSENT_QUOTES, UUID_NONE, day("2016-08-31"), DATE_NONE, &id), ERR_INVALID,
		       "since");
	assert_ok(put_consent(r, bo, CONSENT_QUOTES, UUID_NONE, day("2016-09-01"), DATE_NONE, &id));
	assert_ok(withdraw_consent(r, bo, id));
	assert_refused(r, put_consent(r, bo, CONSENT_QUOTES, UUID_NONE, day("2018-11-29"), DATE_NONE, &id), ERR_INVALID,
		       "since");
	assert_ok(put_consent(r, bo, CONSENT_QUOTES, UUID_NONE, day("2018-11-30"), DATE_NONE, &id));
	assert_ok(
		put_consent(r, bo, CONSENT_ANSWERS, UUID_NONE, day("2016-09-01"), DATE_NONE, &other)); /* another yes */
}

static Err invites_karen(Ctx *c, void *arg)
{
	NetworkIn karen = { .name = STR("Karen Kanariefugl"), .relation = STR("mor"), .phone = STR("87654321") };
	NetworkId id;
	const ConsentIn in = { .purpose = CONSENT_INVITE_NETWORK,
			       .receiver_name = STR("Min mor"),
			       .since = DATE_NONE,
			       .until = DATE_NONE };
	(void)arg;
	RETURN_IF_ERR(consent_give(c, bo, &in, &karen.consent));
	return network_add(c, bo, &karen, &id);
}

/* To whoever has broken the glass: not by a choice, not by a way on, not by how a contact is answered. */
static void no_company_is_told_of(Served *s, CompanyId company)
{
	const char *form = served_path(s, bo, "/kontakt");
	Str id = uuid_str(s->arena, company.v);
	Reply page = served_get(s, WHO_RANDERS, form);
	assert_int_equal(page.status, 200);
	assert_false(has(page.body, str_z(s->arena, id)));
	page = served_post(s, WHO_RANDERS, form, filled(s, "how=phone&about=job_search:@", company.v));
	assert_int_equal(page.status, 422);
	assert_true(has(page.body, "In an emergency"));
	assert_false(has(page.body, "not said yes") || has(page.body, "/samtykke"));
}

/* Four hours, by the page's own words; what the citizen decides stays with the citizen's unit. */
static void breaking_the_glass_reaches_the_page_and_no_further(void **state)
{
	Served *s = *state;
	const char *api = filled(s, "/api/v1/participants/@/contacts", bo.v);
	const char *kept[] = { "/ret", "/samtykke", "/udsagn", "/relation", "/forslag", "/beslutter" };
	PlacementId job;
	assert_int_equal(served_get(s, WHO_RANDERS, served_path(s, bo, "")).status, 404);
	assert_int_equal(served_post(s, WHO_RANDERS, "/noed", "cpr=7506751002&reason=kort").status, 422);
	int64_t denied = served_audited(s, "access.denied", AUDIT_DENIED);
	assert_int_equal(served_post(s, WHO_RANDERS, "/noed", "cpr=0101701234&reason=Ringer+og+er+bange").status, 422);
	assert_int_equal(served_audited(s, "access.denied", AUDIT_DENIED), denied + 1);
	assert_int_equal(served_audited(s, "relation.emergency", AUDIT_DONE), 0);
	assert_int_equal(served_post(s, WHO_RANDERS, "/noed", "cpr=7506751002&reason=Ringer+og+er+bange").status, 303);
	assert_int_equal(served_audited(s, "relation.emergency", AUDIT_DONE), 1);
	assert_ok(commit_run(s->register_->c, invites_karen, NULL));
	PlacementIn work = placement_input(s->register_->bakery, PLACEMENT_FLEKSJOB, day("2018-11-01"), DATE_NONE);
	assert_ok(put_placement(s->register_, bo, &work, &job));
	Reply full = served_get(s, WHO_MANAGER, served_path(s, bo, ""));
	assert_true(has(full.body, "Karen Kanariefugl") && has(full.body, "may not be contacted"));
	Reply page = served_get(s, WHO_RANDERS, served_path(s, bo, ""));
	assert_int_equal(page.status, 200);
	assert_false(has(page.body, "Kanariefugl") || has(page.body, "/beslutter"));
	assert_false(has(page.body, "may not be contacted"));
	assert_ok(commit_run(s->register_->c, said_yes, &s->register_->garage));
	no_company_is_told_of(s, s->register_->garage); /* with a yes */
	no_company_is_told_of(s, s->register_->bakery); /* without */
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		assert_int_equal(served_get(s, WHO_RANDERS, served_path(s, bo, kept[i])).status, 404);
	assert_int_equal(served_post(s, WHO_RANDERS, served_path(s, bo, "/kode"), "").status, 404);
	assert_int_equal(served_get(s, WHO_RANDERS, api).status, 200);
	served_wait(s, 4 * 3600 - 60);
	assert_int_equal(served_get(s, WHO_RANDERS, api).status, 200);
	served_wait(s, 61);
	assert_int_equal(served_get(s, WHO_RANDERS, api).status, 404);
}

typedef struct {
	ContactId id;
	ContactIn in;
} Correction;

static Err correct_work(Ctx *c, void *arg)
{
	Correction *k = arg;
	return contact_change(c, bo, k->id, &k->in);
}

static Err correct(TestRegister *r, Correction *k)
{
	ctx_clear(r->c);
	return commit_run(r->c, correct_work, k);
}

static void a_correction_needs_the_yes_of_what_it_makes(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	ConsentId consent;
	Correction k = { .in = contact_input(r, day("2017-05-02")) };
	k.in.participant = bo;
	k.in.version = 1;
	assert_ok(put_contact(r, &k.in, &k.id));
	k.in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	k.in.company = r->bakery;
	assert_refused(r, correct(r, &k), ERR_DENIED, "company");
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, r->bakery.v, day("2017-05-01"), day("2017-05-31"),
			      &consent));
	assert_ok(correct(r, &k));
	k.in.version = 2;
	k.in.at = time_of(day("2017-06-01"), 600);
	assert_refused(r, correct(r, &k), ERR_DENIED, "company");
	k.in.at = time_of(day("2017-05-31"), 600);
	k.in.company = r->garage;
	assert_refused(r, correct(r, &k), ERR_DENIED, "company");
	k.in.company = r->bakery;
	assert_ok(correct(r, &k));
}

static void the_refusal_keeps_what_was_typed_and_leads_on(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	const char *form = served_path(s, bo, "/kontakt"), *all = served_path(s, bo, "/kontakt/alle");
	const char *body = filled(s, "how=phone&about=job_search:@&minutes=12&note=Husk+mig", r->bakery.v);
	const char *way = filled(s, "/samtykke?purpose=contact_company&amp;receiver=@\"", r->bakery.v);
	const char *prefilled = filled(s, "/samtykke?purpose=contact_company&receiver=@", r->bakery.v);
	Str id = uuid_str(s->arena, bo.v);
	const char *typed = str_z(s->arena, str_printf(s->arena,
						       "participant=%.*s&kind=phone&purpose=company_retention"
						       "&company=@&note=Husk+mig",
						       STR_ARG(id)));
	int64_t denied = served_audited(s, "access.denied", AUDIT_DENIED);
	Reply reply = served_post(s, WHO_MANAGER, form, body);
	assert_int_equal(reply.status, 422);
	assert_true(has(reply.body, "href=\"#about\"") && has(reply.body, "Ask the citizen"));
	assert_true(has(reply.body, "Husk mig") && has(reply.body, "value=\"12\"") && has(reply.body, way));
	assert_int_equal(served_audited(s, "access.denied", AUDIT_DENIED), denied + 1);
	reply = served_post(s, WHO_MANAGER, all, filled(s, typed, r->bakery.v));
	assert_int_equal(reply.status, 422);
	assert_true(has(reply.body, "href=\"#company\"") && has(reply.body, way));
	assert_int_equal(contacts(r), 0);
	assert_true(has(served_get(s, WHO_MANAGER, served_path(s, bo, prefilled)).body,
			">Bageren p\303\245 Torvet</option>"));
	reply = served_post(s, WHO_MANAGER, served_path(s, bo, "/samtykke"),
			    filled(s, "purpose=contact_company&receiver=@", r->bakery.v));
	assert_int_equal(reply.status, 303);
	assert_int_equal(served_post(s, WHO_MANAGER, form, body).status, 303);
	assert_int_equal(contacts(r), 1);
}

static void the_api_says_which_field(void **state)
{
	Served *s = *state;
	Str who = uuid_str(s->arena, bo.v), company = uuid_str(s->arena, s->register_->bakery.v);
	Str body = str_printf(s->arena,
			      "{\"participant\":\"%.*s\",\"kind\":\"phone\",\"purpose\":\"company_job_search\","
			      "\"at\":\"2017-05-02T10:00:00Z\",\"company\":\"%.*s\"}",
			      STR_ARG(who), STR_ARG(company));
	int64_t denied = served_audited(s, "access.denied", AUDIT_DENIED);
	Reply reply = served_as(s, WHO_MANAGER, "POST", "/api/v1/contacts", "application/json", body);
	assert_int_equal(reply.status, 403);
	assert_true(has(reply.body, "\"error\":\"denied\"") && has(reply.body, "\"field\":\"company\""));
	assert_int_equal(served_audited(s, "access.denied", AUDIT_DENIED), denied + 1);
	SeenLines seen; /* and stands in the citizen's own list */
	begin(s->register_);
	assert_ok(seen_newest(s->register_->c, bo, SEEN_MOST, &seen));
	end(s->register_);
	assert_true(str_eq_z(seen.at[0].action, "access.denied"));
	assert_int_equal(seen.at[0].outcome, AUDIT_DENIED);
	/* Of another unit's citizen nobody learns that. */
	assert_int_equal(served_as(s, WHO_RANDERS, "POST", "/api/v1/contacts", "application/json", body).status, 422);
	assert_int_equal(contacts(s->register_), 0);
}

#define SERVED(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_company_is_contacted_on_the_days_of_its_yes),
		SERVED(a_placement_needs_no_yes_and_the_page_says_that_there_is_none),
		SERVED(what_no_yes_covered_is_found_and_named),
		SERVED(another_yes_is_none),
		SERVED(the_citizen_and_professionals_need_no_yes),
		SERVED(what_happened_before_a_no_is_written_down_after_it),
		SERVED(a_company_is_a_company_whatever_the_contact_is_said_to_be_about),
		SERVED(a_no_to_one_company_goes_before_a_yes_to_all),
		SERVED(a_company_that_a_yes_names_is_answered_when_it_is_proposed),
		SERVED(a_no_comes_after_a_yes_and_ends_it),
		SERVED(an_own_wish_is_taken_off_the_list_by_its_citizen_alone),
		SERVED(a_yes_begins_neither_before_the_citizen_nor_over_a_no),
		SERVED(breaking_the_glass_reaches_the_page_and_no_further),
		SERVED(a_correction_needs_the_yes_of_what_it_makes),
		SERVED(the_refusal_keeps_what_was_typed_and_leads_on),
		SERVED(the_api_says_which_field),
	};
	return register_run("consents", tests, sizeof tests / sizeof tests[0]);
}
