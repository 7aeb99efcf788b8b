/* Contacts and their counters; placements, companies and follow-ups around them. */
#include "register.h"

static void a_contact_is_read_back_as_it_was_told(void **state)
{
	TestRegister *r = *state;
	ContactIn in = contact_input(r, day("2017-05-02"));
	in.kind = CONTACT_MEETING;
	in.place = PLACE_WALK_AND_TALK;
	in.minutes = 45;
	in.note = STR("Gik en tur om søen");
	in.member = r->mette;
	ContactId id;
	ContactLineList lines;
	assert_ok(put_contact(r, &in, &id));
	begin(r);
	assert_ok(contact_page(r->c, r->anna, time_of(day("2018-12-31"), 0), (ContactId){ UUID_NONE }, 50, &lines));
	assert_int_equal(lines.n, 1);
	assert_true(uuid_eq(lines.at[0].id.v, id.v));
	assert_int_equal(lines.at[0].day, day("2017-05-02"));
	assert_int_equal(lines.at[0].kind, CONTACT_MEETING);
	assert_int_equal(lines.at[0].place, PLACE_WALK_AND_TALK);
	assert_int_equal(lines.at[0].minutes, 45);
	assert_true(str_eq_z(lines.at[0].member_name, "Mette Holm"));
	assert_true(str_is_none(lines.at[0].company_name));
	end(r);
}

static void without_a_time_it_was_now(void **state)
{
	TestRegister *r = *state;
	ContactIn in = contact_input(r, day("2017-05-02"));
	in.at = TIME_NONE;
	ContactId id;
	Contact k;
	assert_ok(put_contact(r, &in, &id));
	begin(r);
	assert_ok(contact_get(r->c, id, &k));
	assert_int_equal(k.at, clock_now(r->c->clock));
	assert_int_equal(k.day, day("2018-11-30"));
	end(r);
}

static void bad_contacts_are_refused_by_field(void **state)
{
	TestRegister *r = *state;
	ContactId id;
	ContactIn good = contact_input(r, day("2017-05-02")), in = good;
	in.at = time_of(day("2015-12-31"), 23 * 60 + 59); /* the last minute before the programme */
	assert_refused(r, put_contact(r, &in, &id), ERR_INVALID, "at");
	in.at = clock_now(r->c->clock) + (Time)11 * 60 * 1000000;
	assert_refused(r, put_contact(r, &in, &id), ERR_INVALID, "at");
	in = good;
	in.purpose = PURPOSE_COMPANY_RETENTION;
	assert_refused(r, put_contact(r, &in, &id), ERR_INVALID, "company");
	in.company = (CompanyId){ r->anna.v };
	assert_refused(r, put_contact(r, &in, &id), ERR_INVALID, "company");
	in = good;
	in.participant = (ParticipantId){ r->bakery.v };
	assert_refused(r, put_contact(r, &in, &id), ERR_INVALID, "participant");
	in = good;
	in.member = (MemberId){ r->bakery.v };
	assert_refused(r, put_contact(r, &in, &id), ERR_INVALID, "member");
	in = good;
	in.placement = (PlacementId){ r->bakery.v };
	assert_refused(r, put_contact(r, &in, &id), ERR_INVALID, "placement");
	in = good;
	in.purpose = PURPOSE_COMPANY_RETENTION;
	in.company = r->bakery;
	in.follow_up = true; /* of nothing: no placement there */
	assert_refused(r, put_contact(r, &in, &id), ERR_INVALID, "follow_up");
	ContactCheck check;
	begin(r);
	assert_ok(contact_count_check(r->c, &check));
	end(r);
	assert_int_equal(check.contacts, 0); /* nothing half stored */
	assert_int_equal(check.wrong, 0);
}

static void the_last_day_of_the_programme_counts(void **state)
{
	TestRegister *r = *state;
	ContactId id;
	r->clock = clock_fixed(time_of(day("2019-06-01"), 12 * 60));
	ContactIn in = contact_input(r, day("2018-12-31"));
	assert_ok(put_contact(r, &in, &id));
	in.at = time_of(day("2019-01-01"), 1);
	assert_refused(r, put_contact(r, &in, &id), ERR_INVALID, "at");
}

static void sending_twice_registers_once(void **state)
{
	TestRegister *r = *state;
	ContactIn in = contact_input(r, day("2017-05-02"));
	ContactId id;
	ContactSumList sums;
	in.id = (ContactId){ uuid_v7(clock_system(), random_system()) };
	in.note = STR("Ringede om mandag");
	assert_ok(put_contact(r, &in, &id));
	assert_true(uuid_eq(id.v, in.id.v));
	assert_ok(put_contact(r, &in, &id));
	in.note = STR("Ringede om tirsdag");
	assert_refused(r, put_contact(r, &in, &id), ERR_CONFLICT, "id");
	begin(r);
	assert_ok(contact_summary(r->c, r->programme, (OrganisationId){ UUID_NONE }, (ContactBy){ 0 }, &sums));
	assert_true(sums.n == 1 && sums.at[0].n == 1);
	end(r);
}

/* The minute that a form gives as now is now; the same form sent once more when it has gone by is the same contact. */
static void sending_again_a_minute_later_is_the_same_contact(void **state)
{
	TestRegister *r = *state;
	Time noon = time_of(day("2018-11-30"), 13 * 60), second = 1000000;
	ContactId id;
	ContactIn in = contact_input(r, day("2018-11-30"));
	in.at = noon;
	in.id = (ContactId){ uuid_v7(clock_system(), random_system()) };
	r->clock = clock_fixed(noon + 30 * second);
	assert_ok(put_contact(r, &in, &id));
	r->clock = clock_fixed(noon + 90 * second);
	assert_ok(put_contact(r, &in, &id));
	in.at = noon + 60 * second;
	assert_refused(r, put_contact(r, &in, &id), ERR_CONFLICT, "id");
}

static void put_at(TestRegister *r, const char *on, int kind, int purpose, int times)
{
	for (int i = 0; i < times; i++) {
		ContactIn in = contact_input(r, day(on));
		ContactId id;
		in.kind = kind;
		in.purpose = purpose;
		if (purpose == PURPOSE_COMPANY_RETENTION)
			in.company = r->bakery;
		assert_ok(put_contact(r, &in, &id));
	}
}

/* May: 2 calls and 1 meeting with the citizen; June: 3 calls with a company. */
static void the_summary_says_what_a_full_count_says(void **state)
{
	TestRegister *r = *state;
	OrganisationId all = { UUID_NONE };
	ContactSumList sums;
	ContactCheck check;
	put_at(r, "2017-05-02", CONTACT_PHONE, PURPOSE_CITIZEN, 1);
	put_at(r, "2017-05-31", CONTACT_PHONE, PURPOSE_CITIZEN, 1);
	put_at(r, "2017-05-31", CONTACT_MEETING, PURPOSE_CITIZEN, 1);
	put_at(r, "2017-06-01", CONTACT_PHONE, PURPOSE_COMPANY_RETENTION, 3);
	begin(r);
	assert_ok(contact_summary(r->c, r->programme, all, (ContactBy){ .month = true, .kind = true }, &sums));
	assert_int_equal(sums.n, 3);
	assert_int_equal(sums.at[0].month, 201705);
	assert_int_equal(sums.at[0].kind, CONTACT_MEETING);
	assert_int_equal(sums.at[0].n, 1);
	assert_int_equal(sums.at[1].kind, CONTACT_PHONE);
	assert_int_equal(sums.at[1].n, 2);
	assert_int_equal(sums.at[2].month, 201706);
	assert_int_equal(sums.at[2].n, 3);
	assert_true(uuid_is_none(sums.at[2].partner.v));
	assert_int_equal((int)sums.at[2].purpose, ENUM_NONE);
	assert_ok(contact_summary(r->c, r->programme, all, (ContactBy){ .purpose = true, .partner = true }, &sums));
	assert_int_equal(sums.n, 2);
	assert_ok(contact_summary(r->c, r->programme, r->randers, (ContactBy){ .month = true }, &sums));
	assert_int_equal(sums.n, 0);
	assert_ok(contact_count_check(r->c, &check));
	assert_int_equal(check.contacts, 6);
	assert_int_equal(check.wrong, 0);
	end(r);
	database_script(&r->d, "UPDATE contact_count SET n = n + 1 WHERE month = 201706",
			"UPDATE contact_count SET n = n + 1 WHERE month = 201706");
	begin(r);
	assert_ok(contact_count_check(r->c, &check));
	assert_int_equal(check.wrong, 1);
	end(r);
}

/* 120 contacts, two a day from 2017-01-01: pages of 50, 50, 20, no overlap. */
static void paging_meets_every_contact_once(void **state)
{
	TestRegister *r = *state;
	for (int i = 0; i < 120; i++) {
		ContactIn in = contact_input(r, day("2017-01-01") + i / 2); /* two at the same moment */
		ContactId id;
		assert_ok(put_contact(r, &in, &id));
	}
	Time before = time_of(day("2018-12-31"), 0);
	ContactId before_id = { UUID_NONE };
	int64_t seen = 0;
	begin(r);
	for (int page = 0; page < 3; page++) {
		ContactLineList lines;
		assert_ok(contact_page(r->c, r->anna, before, before_id, 50, &lines));
		assert_int_equal(lines.n, page < 2 ? 50 : 20);
		for (size_t i = 0; i < lines.n; i++) {
			bool later = lines.at[i].at < before ||
				     (lines.at[i].at == before && uuid_cmp(lines.at[i].id.v, before_id.v) < 0);
			assert_true(later);
			before = lines.at[i].at;
			before_id = lines.at[i].id;
		}
		seen += (int64_t)lines.n;
	}
	end(r);
	assert_int_equal(seen, 120);
}

static void bad_placements_are_refused_by_field(void **state)
{
	TestRegister *r = *state;
	PlacementId id;
	PlacementIn good = placement_input(r->bakery, PLACEMENT_INTERNSHIP, day("2017-03-01"), day("2017-04-01"));
	PlacementIn in = good;
	in.ends = day("2017-02-28");
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "ends");
	in = good;
	in.planned_end = day("2017-02-28");
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "planned_end");
	in = good;
	in.ends = DATE_NONE;
	in.end_reason = STR("Fik job");
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "end_reason");
	in = good;
	in.hours_week = 0;
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "hours_week");
	in.hours_week = 37.01;
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "hours_week");
	in = good;
	in.company = (CompanyId){ r->anna.v };
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "company");
	in = good;
	in.starts = day("2019-01-01");
	in.ends = DATE_NONE;
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "starts");
	in = placement_input(r->bakery, PLACEMENT_INTERNSHIP, day("2015-12-31"),
			     DATE_NONE); /* the programme began 2016-01-01 */
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "starts");
	in = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2010-01-01"),
			     day("2016-08-31")); /* admitted the day after */
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "ends");
	in = placement_input(r->bakery, PLACEMENT_FLEKSJOB, DATE_NONE, DATE_NONE);
	in.starts = day("1975-06-14"); /* Anna was born on the 15th */
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "starts");
	in.starts = day("1371-01-01");
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "starts");
	assert_int_equal(put_placement(r, (ParticipantId){ r->bakery.v }, &good, &id), ERR_NOT_FOUND);
	in = good;
	in.hours_week = 37;
	assert_ok(put_placement(r, r->anna, &in, &id));
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_CONFLICT, "company"); /* twice the same */
	in.version = 2;
	assert_refused(r, change_placement(r, id, &in), ERR_CONFLICT, "version");
}

static void those_who_moved_or_died_start_nothing(void **state)
{
	TestRegister *r = *state;
	PlacementId id;
	assert_ok(put_status(r, r->anna, STATUS_MOVED, day("2017-06-01")));
	PlacementIn in = placement_input(r->bakery, PLACEMENT_INTERNSHIP, day("2017-06-01"), DATE_NONE);
	assert_refused(r, put_placement(r, r->anna, &in, &id), ERR_INVALID, "starts");
	in.starts = day("2017-05-31");
	assert_ok(put_placement(r, r->anna, &in, &id));
}

static void a_workplace_stands_once(void **state)
{
	TestRegister *r = *state;
	CompanyId id;
	CompanyIn in = { .name = STR("Kantinen"),
			 .cvr = STR("24256790"),
			 .municipality = INT_NONE,
			 .ordinary_employees = 10,
			 .subsidised_now = 1,
			 .version = INT_NONE };
	CompanyRatio ratio;
	PlacementId placement;
	assert_ok(put_company(r, &in, &id));
	PlacementIn p = placement_input(id, PLACEMENT_INTERNSHIP, day("2018-11-01"), DATE_NONE);
	assert_ok(put_placement(r, r->anna, &p, &placement));
	p = placement_input(id, PLACEMENT_FLEKSJOB, day("2018-11-01"), DATE_NONE); /* takes no place */
	assert_ok(put_placement(r, r->anna, &p, &placement));
	begin(r);
	assert_ok(company_ratio(r->c, id, day("2018-11-30"), &ratio));
	assert_int_equal(ratio.places, 2); /* one per 5 */
	assert_int_equal(ratio.used, 2);   /* one from elsewhere, one internship */
	assert_false(ratio.exceeded);
	end(r);
	assert_refused(r, put_company(r, &in, &id), ERR_CONFLICT, "cvr");
	in.p_number = STR("1234567890");
	assert_ok(put_company(r, &in, &id));
	assert_refused(r, put_company(r, &in, &id), ERR_CONFLICT, "p_number");
	in.cvr = STR("24256791"); /* fails modulus 11 */
	assert_refused(r, put_company(r, &in, &id), ERR_INVALID, "cvr");
}

static FollowupList followups(TestRegister *r, const char *today)
{
	FollowupList list;
	assert_ok(followup_list(r->c, r->programme, (OrganisationId){ UUID_NONE }, (MemberId){ UUID_NONE }, day(today),
				&list));
	return list;
}

/* A fleksjob from Monday 2018-06-04: due on Tuesday 2018-09-04 with both; a
 * talk with the citizen on 2018-09-03 moves that side to Monday 2018-12-03. */
static void followups_are_done_by_a_contact_that_says_so(void **state)
{
	TestRegister *r = *state;
	PlacementId id;
	ContactId contact;
	PlacementIn in = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2018-06-04"), DATE_NONE);
	assert_ok(put_placement(r, r->anna, &in, &id));
	begin(r);
	FollowupList list = followups(r, "2018-09-10");
	assert_int_equal(list.n, 2);
	assert_int_equal(list.at[0].due, day("2018-09-04"));
	assert_int_equal(list.at[0].side, FOLLOWUP_CITIZEN);
	assert_int_equal(list.at[1].side, FOLLOWUP_COMPANY);
	assert_int_equal(list.at[1].state, FOLLOWUP_OVERDUE);
	assert_int_equal(followups(r, "2018-08-06").n, 0); /* 29 days before */
	end(r);
	ContactIn talk = contact_input(r, day("2018-09-03"));
	assert_ok(put_contact(r, &talk, &contact)); /* says nothing */
	begin(r);
	assert_int_equal(followups(r, "2018-09-10").n, 2);
	end(r);
	talk.follow_up = true;
	assert_ok(put_contact(r, &talk, &contact));
	talk.purpose = PURPOSE_COMPANY_RETENTION;
	talk.company = r->bakery;
	talk.at = time_of(day("2018-09-05"), 600);
	begin(r);
	list = followups(r, "2018-09-10");
	assert_true(list.n == 1 && list.at[0].side == FOLLOWUP_COMPANY);
	end(r);
	assert_ok(put_contact(r, &talk, &contact)); /* finds the open placement there */
	begin(r);
	assert_int_equal(followups(r, "2018-09-10").n, 0);
	list = followups(r, "2018-12-03");
	assert_int_equal(list.n, 2);
	assert_int_equal(list.at[0].due, day("2018-12-03"));
	assert_int_equal(list.at[0].last, day("2018-09-03"));
	assert_int_equal(list.at[1].due, day("2018-12-05"));
	end(r);
}

static void those_who_moved_are_not_followed_up(void **state)
{
	TestRegister *r = *state;
	PlacementId id;
	PlacementIn in = placement_input(r->bakery, PLACEMENT_INTERNSHIP, day("2018-09-03"), DATE_NONE);
	assert_ok(put_placement(r, r->anna, &in, &id));
	begin(r);
	assert_int_equal(followups(r, "2018-11-30").n, 2);
	end(r);
	assert_ok(put_status(r, r->anna, STATUS_MOVED, day("2018-11-01")));
	begin(r);
	assert_int_equal(followups(r, "2018-11-30").n, 0);
	end(r);
}

static PlacementId placement_of_contact(TestRegister *r, ContactId id)
{
	Contact k;
	begin(r);
	assert_ok(contact_get(r->c, id, &k));
	end(r);
	return k.placement;
}

/* Goals count how often a company was spoken with while it had the citizen,
 * whatever it was about: keeping the job or finding one, a follow-up or not. */
static void company_contacts_belong_to_the_placement_open_there(void **state)
{
	TestRegister *r = *state;
	ContactId before, keeping, finding, elsewhere, citizen;
	PlacementId job;
	ContactIn in = contact_input(r, day("2017-02-28"));
	in.purpose = PURPOSE_COMPANY_RETENTION;
	in.company = r->bakery;
	assert_ok(put_contact(r, &in, &before));
	in.at = time_of(day("2017-03-02"), 600);
	assert_ok(put_contact(r, &in, &keeping)); /* before anybody registered the placement */
	PlacementIn work = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2017-03-01"), day("2017-05-31"));
	assert_ok(put_placement(r, r->anna, &work, &job));
	in.at = time_of(day("2017-05-31"), 600);
	in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	assert_ok(put_contact(r, &in, &finding));
	in.company = r->garage;
	assert_ok(put_contact(r, &in, &elsewhere));
	in.company = (CompanyId){ UUID_NONE };
	in.purpose = PURPOSE_CITIZEN;
	assert_ok(put_contact(r, &in, &citizen));
	assert_true(uuid_is_none(placement_of_contact(r, before).v));
	assert_true(uuid_eq(placement_of_contact(r, keeping).v, job.v));
	assert_true(uuid_eq(placement_of_contact(r, finding).v, job.v));
	assert_true(uuid_is_none(placement_of_contact(r, elsewhere).v));
	assert_true(uuid_is_none(placement_of_contact(r, citizen).v));
	/* It began a day earlier; then it turns out to have been at the garage. */
	work.version = 1;
	work.starts = day("2017-02-28");
	assert_ok(change_placement(r, job, &work));
	assert_true(uuid_eq(placement_of_contact(r, before).v, job.v));
	work.version = 2;
	work.company = r->garage;
	assert_ok(change_placement(r, job, &work));
	assert_true(uuid_is_none(placement_of_contact(r, before).v));
	assert_true(uuid_is_none(placement_of_contact(r, finding).v));
	assert_true(uuid_eq(placement_of_contact(r, elsewhere).v, job.v));
}

/* An internship that is ended afterwards, and a job at the same company from the
 * day after: what was said in July is said about the job, in whatever order the two are registered. */
static void company_contacts_follow_the_days_of_their_placement(void **state)
{
	TestRegister *r = *state;
	ContactId july;
	PlacementId training, job;
	PlacementIn internship = placement_input(r->bakery, PLACEMENT_INTERNSHIP, day("2018-06-01"), DATE_NONE);
	PlacementIn work = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2018-07-01"), DATE_NONE);
	assert_ok(put_placement(r, r->anna, &internship, &training));
	ContactIn in = contact_input(r, day("2018-07-10"));
	in.purpose = PURPOSE_COMPANY_RETENTION;
	in.company = r->bakery;
	assert_ok(put_contact(r, &in, &july));
	assert_true(uuid_eq(placement_of_contact(r, july).v, training.v));
	internship.ends = day("2018-06-30");
	internship.version = 1;
	assert_ok(change_placement(r, training, &internship));
	assert_true(uuid_is_none(placement_of_contact(r, july).v));
	assert_ok(put_placement(r, r->anna, &work, &job));
	assert_true(uuid_eq(placement_of_contact(r, july).v, job.v));
	/* Shortened to before July, the job loses it to the internship, which goes on after all. */
	internship.ends = DATE_NONE;
	internship.version = 2;
	assert_ok(change_placement(r, training, &internship));
	assert_true(uuid_eq(placement_of_contact(r, july).v, job.v));
	work.starts = day("2018-07-11");
	work.version = 1;
	assert_ok(change_placement(r, job, &work));
	assert_true(uuid_eq(placement_of_contact(r, july).v, training.v));
}

typedef struct {
	const TestRegister *r;
	ContactId id;
	CompanyId company;
	OrganisationId unit;
} Corrected;

/* By a contact person of the unit. */
static Err correct_work(Ctx *c, void *arg)
{
	const Corrected *k = arg;
	const Actor actor = { .role = ROLE_CONTACT_PERSON,
			      .login = STR("kontakt"),
			      .programme = k->r->programme,
			      .organisation = k->unit };
	Contact row;
	RETURN_IF_ERR(contact_get(c, k->id, &row));
	ContactIn in = contact_in(&row);
	in.company = k->company;
	c->actor = &actor;
	Err e = contact_change(c, row.participant, k->id, &in);
	c->actor = NULL;
	return e;
}

static Err correct(TestRegister *r, ContactId id, CompanyId company, OrganisationId unit)
{
	Corrected k = { r, id, company, unit };
	ctx_clear(r->c);
	return commit_run(r->c, correct_work, &k);
}

/* Whose contact it was when it was written down is another matter: it stays with that unit's numbers. */
static void a_contact_with_a_company_is_for_the_unit_the_citizen_has_moved_to(void **state)
{
	TestRegister *r = *state;
	ParticipantFacts facts;
	ContactId id;
	ContactIn in = contact_input(r, day("2018-11-05"));
	in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	in.company = r->bakery;
	assert_ok(put_contact(r, &in, &id));
	begin(r);
	assert_ok(participant_facts(r->c, r->anna, r->programme, (OrganisationId){ UUID_NONE }, &facts));
	end(r);
	ParticipantIn moved = participant_input(r, "Anna Ærø", "7506751000", facts.admitted);
	moved.partner = r->randers;
	moved.version = facts.version;
	assert_ok(change_participant(r, r->anna, &moved));
	assert_refused(r, correct(r, id, r->garage, r->aarhus), ERR_DENIED, "company");
	assert_ok(correct(r, id, r->garage, r->randers));
}

#define ON_REGISTER(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_REGISTER(company_contacts_belong_to_the_placement_open_there),
		ON_REGISTER(company_contacts_follow_the_days_of_their_placement),
		ON_REGISTER(a_contact_is_read_back_as_it_was_told),
		ON_REGISTER(without_a_time_it_was_now),
		ON_REGISTER(bad_contacts_are_refused_by_field),
		ON_REGISTER(the_last_day_of_the_programme_counts),
		ON_REGISTER(sending_twice_registers_once),
		ON_REGISTER(sending_again_a_minute_later_is_the_same_contact),
		ON_REGISTER(the_summary_says_what_a_full_count_says),
		ON_REGISTER(paging_meets_every_contact_once),
		ON_REGISTER(bad_placements_are_refused_by_field),
		ON_REGISTER(those_who_moved_or_died_start_nothing),
		ON_REGISTER(a_workplace_stands_once),
		ON_REGISTER(followups_are_done_by_a_contact_that_says_so),
		ON_REGISTER(those_who_moved_are_not_followed_up),
		ON_REGISTER(a_contact_with_a_company_is_for_the_unit_the_citizen_has_moved_to),
	};
	return register_run("contacts", tests, sizeof tests / sizeof tests[0]);
}
