/* Programme, participants, statuses: rules over a real database, both engines. */
#include "register.h"

#include "feature/feature.h"

#include <stdio.h>

static void a_programme_keeps_its_days_in_order(void **state)
{
	TestRegister *r = *state;
	ProgrammeId id;
	ProgrammeIn in = programme_input(r);
	in.code = STR("another");
	in.ends = day("2015-12-31");
	assert_refused(r, put_programme(r, &in, &id), ERR_INVALID, "ends");
	in = programme_input(r);
	in.code = STR("another");
	in.intake_last = day("2019-01-01");
	assert_refused(r, put_programme(r, &in, &id), ERR_INVALID, "intake_last");
	in = programme_input(r);
	in.code = STR("another");
	in.status_date = day("2019-01-01");
	assert_refused(r, put_programme(r, &in, &id), ERR_INVALID, "status_date");
	in = programme_input(r);
	in.code = STR("Med mellemrum");
	assert_refused(r, put_programme(r, &in, &id), ERR_INVALID, "code");
	in = programme_input(r);
	assert_refused(r, put_programme(r, &in, &id), ERR_CONFLICT, "code");
	Programme found;
	begin(r);
	assert_ok(programme_by_code(r->c, STR("rampen"), &found));
	assert_true(uuid_eq(found.id.v, r->programme.v));
	assert_int_equal(programme_by_code(r->c, STR("another"), &found), ERR_NOT_FOUND);
	end(r);
}

/* Anna was admitted on 2016-09-01, met on 2016-10-03, and began a job on 2018-05-01. */
static void a_programme_goes_on_holding_what_is_registered(void **state)
{
	TestRegister *r = *state;
	ContactId contact;
	PlacementId job;
	ContactIn met = contact_input(r, day("2016-10-03"));
	PlacementIn began = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2018-05-01"), DATE_NONE);
	assert_ok(put_contact(r, &met, &contact));
	assert_ok(put_placement(r, r->anna, &began, &job));
	ProgrammeIn in = programme_input(r);
	in.version = 1;
	in.intake_first = day("2016-09-02");
	assert_refused(r, change_programme(r, &in), ERR_INVALID, "intake_first");
	in = programme_input(r);
	in.version = 1;
	in.starts = in.intake_first = day("2016-10-04");
	in.intake_last = day("2016-12-31");
	ctx_clear(r->c);
	assert_int_equal(change_programme(r, &in), ERR_INVALID);
	assert_int_equal(r->c->problem_count, 2); /* Anna's admission, and the contact */
	assert_string_equal(str_z(r->c->arena, r->c->problems[1].field), "starts");
	in = programme_input(r);
	in.version = 1;
	in.ends = in.status_date = day("2018-04-30");
	in.intake_last = day("2018-03-31");
	assert_refused(r, change_programme(r, &in), ERR_INVALID, "ends");
	in = programme_input(r);
	in.version = 1;
	in.intake_last = day("2018-04-30");
	assert_ok(change_programme(r, &in));
}

/* Aarhus had 75 places and, agreed in March 2018, 57. */
static void places_have_a_history(void **state)
{
	TestRegister *r = *state;
	PartnerRowList partners;
	PlacesRowList history;
	assert_ok(put_places(r, r->aarhus, day("2016-01-01"), 75));
	assert_ok(put_places(r, r->aarhus, day("2018-03-15"), 57));
	assert_refused(r, put_places(r, r->aarhus, day("2018-03-15"), 58), ERR_CONFLICT, "valid_from");
	assert_refused(r, put_places(r, r->aarhus, day("2018-04-01"), -1), ERR_INVALID, "places");
	assert_refused(r, put_places(r, r->ngo, day("2018-04-01"), 5), ERR_INVALID, "organisation");
	begin(r);
	assert_ok(programme_partners(r->c, r->programme, day("2018-03-14"), &partners));
	assert_int_equal(partners.n, 2);
	assert_int_equal(partners.at[0].places, 75);
	assert_int_equal(partners.at[0].admitted, 1);
	assert_int_equal(partners.at[1].places, INT_NONE);
	assert_ok(programme_partners(r->c, r->programme, day("2018-03-15"), &partners));
	assert_int_equal(partners.at[0].places, 57);
	assert_ok(places_history(r->c, r->programme, &history));
	assert_int_equal(history.n, 2);
	end(r);
}

/* The CPR says who was born when: 010190-0000 in 1990 (digit 7 is 0), a woman
 * (last digit even); 26 whole years on 2016-12-31, 27 on 2017-01-01. */
static void birth_age_and_gender_follow_from_the_cpr(void **state)
{
	TestRegister *r = *state;
	ParticipantId before, after;
	Participant p;
	ParticipantIn in = participant_input(r, "Bo Bak", "010190-0000", day("2016-12-31"));
	assert_ok(put_participant(r, &in, &before));
	in = participant_input(r, "Cai Bak", "0101900001", day("2017-01-01"));
	in.gender = GENDER_OTHER;
	assert_ok(put_participant(r, &in, &after));
	begin(r);
	assert_ok(participant_get(r->c, before, &p));
	assert_int_equal(p.born, day("1990-01-01"));
	assert_int_equal(p.age_admitted, 26);
	assert_int_equal(p.gender, GENDER_FEMALE);
	assert_true(str_eq_z(p.cpr, "0101900000"));
	assert_ok(participant_get(r->c, after, &p));
	assert_int_equal(p.age_admitted, 27);
	assert_int_equal(p.gender, GENDER_OTHER);
	assert_ok(participant_get(r->c, r->anna, &p)); /* replacement number */
	assert_int_equal(p.born, day("1975-06-15"));
	end(r);
}

static void bad_participants_are_refused_by_field(void **state)
{
	TestRegister *r = *state;
	ParticipantId id;
	ParticipantIn good = participant_input(r, "Bo Bak", "0101900000", day("2017-01-01"));
	ParticipantIn in = good;
	in.name = STR_NONE;
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "name");
	in = good;
	in.cpr = STR("3102900000"); /* 31 February */
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "cpr");
	in = good;
	in.admitted = day("2016-07-31"); /* the day before the intake */
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "admitted");
	in.admitted = day("2018-06-01"); /* the day after */
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "admitted");
	in = good;
	in.cpr = STR("0101184000"); /* digit 7 is 4 and year 18: born 2018 */
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "admitted");
	in = good;
	in.partner = r->ngo;
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "partner");
	/* danish-rules.md, section 1: digit 7 is 5, year 58: 1858; digit 7 is 4, year 17: 2017, nought years old. */
	in = participant_input(r, "Bo Bak", "0101585234", day("2017-01-01"));
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "cpr");
	in = participant_input(r, "Bo Bak", "0101174234", day("2017-01-01"));
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "cpr");
	in = good;
	in.contact_person = (MemberId){ r->anna.v };
	assert_refused(r, put_participant(r, &in, &id), ERR_INVALID, "contact_person");
	in = good;
	in.cpr = STR("7506751000"); /* Anna's */
	assert_refused(r, put_participant(r, &in, &id), ERR_CONFLICT, "cpr");
	ParticipantSearch everyone = { .list = LIST_NOTHING, .status = ENUM_NONE };
	ParticipantRowList rows;
	Scope all = { 0 };
	int64_t total = 0;
	begin(r);
	assert_ok(participant_search(r->c, &all, r->programme, &everyone, day("2018-11-30"), &rows, &total));
	end(r);
	assert_int_equal(total, 1); /* nothing half stored: Anna alone */
}

/* Admitted on 1 September 2016, a status from that day on, a job from 1 March 2017. */
static void an_admission_stays_before_what_followed_it(void **state)
{
	TestRegister *r = *state;
	Participant p;
	PlacementId job, job_of_bo;
	PlacementIn work = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2017-03-01"), DATE_NONE);
	PlacementIn before = placement_input(r->garage, PLACEMENT_ORDINARY, day("2016-08-15"), DATE_NONE);
	ParticipantId bo;
	ParticipantIn in = participant_input(r, "Bo Bak", "0101900000", day("2016-09-01"));
	assert_ok(put_participant(r, &in, &bo));
	assert_ok(put_placement(r, bo, &work, &job_of_bo));
	assert_ok(put_placement(r, bo, &before, &job));
	in.version = 1;
	in.admitted = day("2017-03-02"); /* the day after the job began: she had none before */
	assert_refused(r, change_participant(r, bo, &in), ERR_INVALID, "admitted");
	in.employed_at_admission = true;
	assert_ok(change_participant(r, bo, &in));
	in.version = 2;
	in.employed_at_admission = false;
	in.admitted = day("2016-08-15"); /* earlier is always possible */
	assert_ok(change_participant(r, bo, &in));
	in.version = 3;
	in.admitted = day("2016-09-01");
	assert_refused(r, change_participant(r, bo, &in), ERR_INVALID, "admitted");
	assert_ok(put_status(r, bo, STATUS_SICK, day("2016-08-20")));
	in.employed_at_admission = true;
	in.admitted = day("2016-08-21");
	assert_refused(r, change_participant(r, bo, &in), ERR_INVALID, "admitted");
	in.admitted = day("2016-08-19");
	assert_ok(change_participant(r, bo, &in));
	begin(r);
	assert_ok(participant_get(r->c, bo, &p));
	assert_int_equal(p.admitted, day("2016-08-19"));
	Status first;
	assert_ok(status_at(r->c, bo, day("2016-08-19"), &first)); /* the first status moved along */
	assert_int_equal(status_at(r->c, bo, day("2016-08-18"), &first), ERR_NOT_FOUND);
	end(r);
	work.ends = day("2017-04-30");
	work.version = 1;
	assert_ok(change_placement(r, job_of_bo, &work));
	in.version = 4;
	in.admitted = day("2017-05-01");
	in.employed_at_admission = true;
	assert_refused(r, change_participant(r, bo, &in), ERR_INVALID, "admitted");
	in.admitted = day("2016-08-19");
	in.status = STATUS_SICK;
	assert_refused(r, change_participant(r, bo, &in), ERR_INVALID, "status");
}

static void nobody_silently_overwrites_anothers_change(void **state)
{
	TestRegister *r = *state;
	Participant p;
	begin(r);
	assert_ok(participant_get(r->c, r->anna, &p));
	ParticipantIn in = participant_in(&p);
	end(r);
	in.name = STR("Anna Ærø");
	in.cpr = STR("7506751000");
	in.phone = STR("12345678");
	in.email = in.wishes = in.considerations = STR_NONE;
	assert_int_equal(in.version, 1);
	assert_ok(change_participant(r, r->anna, &in));
	assert_refused(r, change_participant(r, r->anna, &in), ERR_CONFLICT, "version");
	in.version = 2;
	assert_ok(change_participant(r, r->anna, &in));
	assert_int_equal(change_participant(r, (ParticipantId){ r->mette.v }, &in), ERR_NOT_FOUND);
	begin(r);
	assert_ok(participant_get(r->c, r->anna, &p));
	assert_int_equal(p.version, 3);
	end(r);
}

static Err search(TestRegister *r, ParticipantSearch s, ParticipantRowList *rows, int64_t *total)
{
	Scope all = { 0 };
	return participant_search(r->c, &all, r->programme, &s, day("2018-11-30"), rows, total);
}

static void participants_are_found_sorted_and_filtered(void **state)
{
	TestRegister *r = *state;
	ParticipantSearch everyone = { .list = LIST_NOTHING, .status = ENUM_NONE };
	ParticipantIn in = participant_input(r, "Åse 100% Dahl", "0101900000", day("2017-01-01"));
	ParticipantRowList rows;
	ParticipantId aase, zita;
	int64_t total = 0;
	assert_ok(put_participant(r, &in, &aase));
	in = participant_input(r, "Zita Lund", "0101900002", day("2018-01-01"));
	in.partner = r->randers;
	in.employed_at_admission = true;
	assert_ok(put_participant(r, &in, &zita));
	assert_ok(put_status(r, zita, STATUS_SICK, day("2018-12-01") - 1));
	begin(r);
	assert_ok(search(r, everyone, &rows, &total));
	assert_int_equal(total, 3); /* Anna, Zita, Åse */
	assert_true(str_eq_z(rows.at[1].name, "Zita Lund"));
	assert_true(str_eq_z(rows.at[2].name, "Åse 100% Dahl"));
	ParticipantSearch s = everyone;
	s.list.sort = PARTICIPANTS_BY_ADMITTED;
	assert_ok(search(r, s, &rows, &total));
	assert_true(str_eq_z(rows.at[0].name, "Zita Lund"));
	s = everyone;
	s.partner = r->randers;
	assert_ok(search(r, s, &rows, &total));
	assert_int_equal(total, 1);
	s = everyone;
	s.contact_person = r->mette;
	assert_ok(search(r, s, &rows, &total));
	assert_true(total == 1 && str_eq_z(rows.at[0].name, "Anna Ærø"));
	s = everyone;
	s.status = STATUS_SICK; /* the one that holds, not the earlier one */
	assert_ok(search(r, s, &rows, &total));
	assert_true(total == 1 && rows.n == 1);
	s.status = STATUS_EMPLOYED;
	assert_ok(search(r, s, &rows, &total));
	assert_int_equal(total, 0);
	s = everyone;
	s.list.text = STR("ÅSE");
	assert_ok(search(r, s, &rows, &total));
	assert_int_equal(total, 1);
	s.list.text = STR("100%"); /* a wildcard stands for itself */
	assert_ok(search(r, s, &rows, &total));
	assert_int_equal(total, 1);
	s.list.text = STR("1%D");
	assert_ok(search(r, s, &rows, &total));
	assert_int_equal(total, 0);
	s = everyone;
	s.list.page = 2;
	assert_ok(search(r, s, &rows, &total));
	assert_true(total == 3 && rows.n == 0);
	end(r);
}

/* In names aa and å are one letter; whoever types stops anywhere in it. */
static void half_a_name_with_aa_finds_it(void **state)
{
	TestRegister *r = *state;
	static const struct {
		const char *typed;
		int64_t found;
	} tries[] = { { "Nørga", 1 },   { "Nørgaa", 1 },     { "Nørgaard", 1 }, { "nørgå", 1 },
		      { "Kirkega", 1 }, { "kirkegaard", 1 }, { "Kirkegå", 1 },  { "Aaga", 2 },
		      { "Aagaard", 2 }, { "Ågård", 2 },      { "ågaard", 2 },   { "aag", 2 },
		      { "gaard", 4 },   { "gård", 4 },       { "Nørgo", 0 },    { "Aagord", 0 } };
	static const char *const names[] = { "Kaj Nørgaard", "Bo Kirkegård", "Ida Ågård", "Per Aagaard" };
	ParticipantRowList rows;
	int64_t total = 0;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		ParticipantId id;
		char cpr[11];
		snprintf(cpr, sizeof cpr, "010190001%d", (int)i);
		ParticipantIn in = participant_input(r, names[i], cpr, day("2017-01-01"));
		assert_ok(put_participant(r, &in, &id));
	}
	begin(r);
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		ParticipantSearch s = { .list = LIST_NOTHING, .status = ENUM_NONE };
		s.list.text = str_of(tries[i].typed);
		assert_ok(search(r, s, &rows, &total));
		assert_int_equal(total, tries[i].found);
	}
	end(r);
}

static void a_scope_hides_what_is_outside_it(void **state)
{
	TestRegister *r = *state;
	ParticipantSearch everyone = { .list = LIST_NOTHING, .status = ENUM_NONE };
	Scope randers = { .programme = r->programme, .organisation = r->randers };
	Scope aarhus = { .programme = r->programme, .organisation = r->aarhus };
	ParticipantRowList rows;
	Person anna;
	int64_t total = 0;
	begin(r);
	assert_int_equal(feature_in_scope(r->c, &randers, r->anna, &anna), ERR_NOT_FOUND);
	assert_ok(feature_in_scope(r->c, &aarhus, r->anna, &anna));
	assert_ok(participant_search(r->c, &randers, r->programme, &everyone, day("2018-11-30"), &rows, &total));
	assert_int_equal(total, 0);
	everyone.partner = r->aarhus; /* asking for it does not widen the scope */
	assert_ok(participant_search(r->c, &randers, r->programme, &everyone, day("2018-11-30"), &rows, &total));
	assert_int_equal(total, 0);
	assert_int_equal(rows.n, 0);
	end(r);
}

static void a_citizen_has_one_status_on_any_day(void **state)
{
	TestRegister *r = *state;
	Status s;
	assert_refused(r, put_status(r, r->anna, STATUS_UNEMPLOYED, day("2016-08-31")), ERR_INVALID, "since");
	/* Unemployed since she was admitted. */
	assert_refused(r, put_status(r, r->anna, STATUS_SICK, day("2016-09-01")), ERR_CONFLICT, "since");
	assert_ok(put_status(r, r->anna, STATUS_EMPLOYED, day("2017-06-01")));
	assert_refused(r, put_status(r, r->anna, STATUS_SICK, day("2017-06-01")), ERR_CONFLICT, "since");
	assert_ok(put_status(r, r->anna, STATUS_INTERNSHIP, day("2017-03-01"))); /* in between */
	assert_refused(r, put_status(r, r->anna, STATUS_SICK, day("2018-12-01")), ERR_INVALID, "since");
	assert_refused(r, put_status(r, r->anna, STATUS_INTERNSHIP, day("2017-04-01")), ERR_INVALID,
		       "code"); /* is so */
	begin(r);
	assert_ok(status_at(r->c, r->anna, day("2017-02-28"), &s));
	assert_int_equal(s.code, STATUS_UNEMPLOYED);
	assert_ok(status_at(r->c, r->anna, day("2017-03-01"), &s));
	assert_int_equal(s.code, STATUS_INTERNSHIP);
	assert_ok(status_at(r->c, r->anna, day("2018-11-30"), &s));
	assert_int_equal(s.code, STATUS_EMPLOYED);
	assert_int_equal(status_at(r->c, r->anna, day("2016-08-31"), &s), ERR_NOT_FOUND);
	end(r);
}

static void nothing_follows_a_death(void **state)
{
	TestRegister *r = *state;
	PlacementId job;
	PlacementIn open = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2017-01-01"), DATE_NONE);
	assert_ok(put_status(r, r->anna, STATUS_EMPLOYED, day("2017-01-01")));
	assert_ok(put_placement(r, r->anna, &open, &job));
	assert_refused(r, put_status(r, r->anna, STATUS_DECEASED, day("2018-02-01")), ERR_INVALID, "since");
	open.ends = day("2018-01-31");
	open.version = 1;
	assert_ok(change_placement(r, job, &open));
	assert_ok(put_status(r, r->anna, STATUS_SICK, day("2018-02-01")));
	assert_refused(r, put_status(r, r->anna, STATUS_DECEASED, day("2018-01-31")), ERR_INVALID, "since");
	ContactId last;
	ContactIn talk = contact_input(r, day("2018-03-01"));
	assert_ok(put_contact(r, &talk, &last));
	assert_refused(r, put_status(r, r->anna, STATUS_DECEASED, day("2018-02-28")), ERR_INVALID, "since");
	assert_ok(put_status(r, r->anna, STATUS_DECEASED, day("2018-03-01")));
	assert_refused(r, put_status(r, r->anna, STATUS_SICK, day("2018-03-02")), ERR_INVALID, "since");
	ContactId id;
	ContactIn walk = contact_input(r, day("2018-03-02"));
	assert_refused(r, put_contact(r, &walk, &id), ERR_INVALID, "at");
	walk.purpose = PURPOSE_NETWORK; /* with others there may still be something to talk about */
	assert_ok(put_contact(r, &walk, &id));
	walk = contact_input(r, day("2018-03-01"));
	assert_ok(put_contact(r, &walk, &id));
}

/* Admitted by the day: Anna (2016-09-01), Bo (2017-01-01), Cai (2018-05-31). */
static void the_status_table_adds_up_on_every_day(void **state)
{
	TestRegister *r = *state;
	OrganisationId all = { UUID_NONE };
	ParticipantId bo, cai;
	StatusTable t;
	ParticipantIn in = participant_input(r, "Bo Bak", "0101900000", day("2017-01-01"));
	in.status = STATUS_SICK;
	assert_ok(put_participant(r, &in, &bo));
	in = participant_input(r, "Cai Bak", "0101900002", day("2018-05-31"));
	in.employed_at_admission = true;
	in.partner = r->randers;
	assert_ok(put_participant(r, &in, &cai));
	assert_ok(put_status(r, r->anna, STATUS_EMPLOYED, day("2018-01-01")));
	assert_ok(put_status(r, bo, STATUS_EMPLOYED, day("2017-02-01")));
	begin(r);
	assert_ok(status_on(r->c, r->programme, all, day("2016-08-31"), &t));
	assert_int_equal(t.total, 0);
	assert_ok(status_on(r->c, r->programme, all, day("2017-01-31"), &t));
	assert_int_equal(t.total, 2);
	assert_int_equal(t.n[STATUS_UNEMPLOYED], 1);
	assert_int_equal(t.n[STATUS_SICK], 1); /* Bo, until February */
	assert_ok(status_on(r->c, r->programme, all, day("2018-11-30"), &t));
	assert_int_equal(t.total, 3);
	assert_int_equal(t.n[STATUS_EMPLOYED], 3); /* Cai since the admission */
	assert_int_equal(t.not_registered, 0);
	assert_ok(status_on(r->c, r->programme, r->randers, day("2018-11-30"), &t));
	assert_int_equal(t.total, 1);
	end(r);
}

#define ON_REGISTER(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_REGISTER(a_programme_keeps_its_days_in_order),
		ON_REGISTER(a_programme_goes_on_holding_what_is_registered),
		ON_REGISTER(places_have_a_history),
		ON_REGISTER(birth_age_and_gender_follow_from_the_cpr),
		ON_REGISTER(bad_participants_are_refused_by_field),
		ON_REGISTER(nobody_silently_overwrites_anothers_change),
		ON_REGISTER(an_admission_stays_before_what_followed_it),
		ON_REGISTER(participants_are_found_sorted_and_filtered),
		ON_REGISTER(half_a_name_with_aa_finds_it),
		ON_REGISTER(a_scope_hides_what_is_outside_it),
		ON_REGISTER(a_citizen_has_one_status_on_any_day),
		ON_REGISTER(nothing_follows_a_death),
		ON_REGISTER(the_status_table_adds_up_on_every_day),
	};
	return register_run("people", tests, sizeof tests / sizeof tests[0]);
}
