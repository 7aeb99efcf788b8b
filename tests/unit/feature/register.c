#include "register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const DbMigrations db_migrations;

Date day(const char *iso)
{
	Date d = DATE_NONE;
	assert_true(date_parse(str_of(iso), &d));
	return d;
}

void begin(TestRegister *r)
{
	ctx_clear(r->c);
	assert_ok(db_begin_read(r->c));
}

void end(TestRegister *r)
{
	db_end_read(r->c);
}

/* A function that runs `call` as a commit job; `in`, `out` and `of` are what it is given. */
#define PUT(function, work, In, Out, call)                                    \
	typedef struct {                                                      \
		const In *in;                                                 \
		Out *out;                                                     \
		Uuid of;                                                      \
	} function##_job;                                                     \
	static Err work(Ctx *c, void *arg)                                    \
	{                                                                     \
		function##_job *j = arg;                                      \
		return call;                                                  \
	}                                                                     \
	static Err function(TestRegister *r, Uuid of, const In *in, Out *out) \
	{                                                                     \
		function##_job j = { in, out, of };                           \
		ctx_clear(r->c);                                              \
		return commit_run(r->c, work, &j);                            \
	}

PUT(run_organisation, organisation_work, OrganisationIn, OrganisationId, organisation_add(c, j->in, j->out))
PUT(run_programme, programme_work, ProgrammeIn, ProgrammeId, programme_add(c, j->in, j->out))
PUT(run_programme_change, programme_change_work, ProgrammeIn, void, programme_change(c, (ProgrammeId){ j->of }, j->in))
PUT(run_partner, partner_work, OrganisationId, void,
    programme_partner_add(c, (ProgrammeId){ j->of }, *j->in, (double)NAN))
PUT(run_member, member_work, MemberIn, MemberId, programme_member_add(c, (ProgrammeId){ j->of }, j->in, j->out))
PUT(run_admit, admit_work, ParticipantIn, ParticipantId, participant_admit(c, (ProgrammeId){ j->of }, j->in, j->out))
PUT(run_change, change_work, ParticipantIn, void, participant_change(c, (ParticipantId){ j->of }, j->in))
PUT(run_contact, contact_work, ContactIn, ContactId, contact_register(c, j->in, j->out))
PUT(run_placement, placement_work, PlacementIn, PlacementId,
    placement_start(c, (ParticipantId){ j->of }, j->in, j->out))
PUT(run_placement_change, placement_change_work, PlacementIn, void, placement_change(c, (PlacementId){ j->of }, j->in))
PUT(run_status, status_work, StatusIn, void, status_add(c, (ParticipantId){ j->of }, j->in))
PUT(run_consent, consent_work, ConsentIn, ConsentId, consent_give(c, (ParticipantId){ j->of }, j->in, j->out))
PUT(run_withdrawal, withdrawal_work, ConsentId, void, consent_withdraw(c, (ParticipantId){ j->of }, *j->in))
PUT(run_quote, quote_work, QuoteIn, QuoteId, quote_add(c, (ParticipantId){ j->of }, j->in, j->out))
PUT(run_company, company_work, CompanyIn, CompanyId, company_add(c, j->in, j->out))

typedef struct {
	Date from;
	int64_t places;
	ProgrammeId programme;
} Places;
PUT(run_places, places_work, Places, void,
    programme_places_set(c, j->in->programme, (OrganisationId){ j->of }, j->in->from, j->in->places, STR_NONE))

Err put_programme(TestRegister *r, const ProgrammeIn *in, ProgrammeId *out)
{
	return run_programme(r, UUID_NONE, in, out);
}

Err change_programme(TestRegister *r, const ProgrammeIn *in)
{
	return run_programme_change(r, r->programme.v, in, NULL);
}

Err put_participant(TestRegister *r, const ParticipantIn *in, ParticipantId *out)
{
	return run_admit(r, r->programme.v, in, out);
}

Err change_participant(TestRegister *r, ParticipantId id, const ParticipantIn *in)
{
	return run_change(r, id.v, in, NULL);
}

Err put_contact(TestRegister *r, const ContactIn *in, ContactId *out)
{
	return run_contact(r, UUID_NONE, in, out);
}

Err put_placement(TestRegister *r, ParticipantId who, const PlacementIn *in, PlacementId *out)
{
	return run_placement(r, who.v, in, out);
}

Err change_placement(TestRegister *r, PlacementId id, const PlacementIn *in)
{
	return run_placement_change(r, id.v, in, NULL);
}

Err put_status(TestRegister *r, ParticipantId who, int code, Date since)
{
	StatusIn in = { .since = since, .code = code, .note = STR_NONE };
	return run_status(r, who.v, &in, NULL);
}

Err put_company(TestRegister *r, const CompanyIn *in, CompanyId *out)
{
	return run_company(r, UUID_NONE, in, out);
}

Err put_consent(TestRegister *r, ParticipantId who, ConsentPurpose purpose, Uuid receiver, Date since, Date until,
		ConsentId *out)
{
	ConsentIn in = { .purpose = (int)purpose,
			 .receiver = receiver,
			 .everyone = uuid_is_none(receiver) && consent_goes_to(purpose),
			 .receiver_name = STR_NONE,
			 .tells_name = consent_tells(purpose),
			 .since = since,
			 .until = until,
			 .after_no = receiver };
	return run_consent(r, who.v, &in, out);
}

Err put_consent_in(TestRegister *r, ParticipantId who, const ConsentIn *in, ConsentId *out)
{
	return run_consent(r, who.v, in, out);
}

Err withdraw_consent(TestRegister *r, ParticipantId who, ConsentId id)
{
	return run_withdrawal(r, who.v, &id, NULL);
}

Err put_quote(TestRegister *r, ParticipantId who, const QuoteIn *in, QuoteId *out)
{
	return run_quote(r, who.v, in, out);
}

Err put_places(TestRegister *r, OrganisationId partner, Date from, int64_t places)
{
	Places in = { from, places, r->programme };
	return run_places(r, partner.v, &in, NULL);
}

ProgrammeIn programme_input(const TestRegister *r)
{
	return (ProgrammeIn){ .code = STR("rampen"),
			      .name = STR("Brug din rampe"),
			      .owner = r->ngo,
			      .starts = day("2016-01-01"),
			      .ends = day("2018-12-31"),
			      .intake_first = day("2016-08-01"),
			      .intake_last = day("2018-05-31"),
			      .status_date = day("2018-11-30"),
			      .gap_days = 14,
			      .retention_months = 6,
			      .followup_job_months = 3,
			      .followup_internship_days = 21 };
}

ParticipantIn participant_input(const TestRegister *r, const char *name, const char *cpr, Date admitted)
{
	return (ParticipantIn){ .name = str_of(name),
				.cpr = str_of(cpr),
				.gender = ENUM_NONE,
				.municipality = INT_NONE,
				.partner = r->aarhus,
				.admitted = admitted,
				.status = ENUM_NONE,
				.version = INT_NONE };
}

ContactIn contact_input(const TestRegister *r, Date on)
{
	return (ContactIn){ .participant = r->anna,
			    .at = time_of(on, 10 * 60),
			    .kind = CONTACT_PHONE,
			    .purpose = PURPOSE_CITIZEN,
			    .place = ENUM_NONE,
			    .minutes = INT_NONE };
}

PlacementIn placement_input(CompanyId company, int kind, Date starts, Date ends)
{
	return (PlacementIn){ .company = company,
			      .kind = kind,
			      .starts = starts,
			      .planned_end = DATE_NONE,
			      .ends = ends,
			      .hours_week = (double)NAN,
			      .version = INT_NONE };
}

static CompanyId make_company(TestRegister *r, const char *name)
{
	CompanyId id;
	CompanyIn in = { .name = str_of(name),
			 .municipality = 751,
			 .ordinary_employees = (double)NAN,
			 .subsidised_now = INT_NONE,
			 .version = INT_NONE };
	assert_ok(put_company(r, &in, &id));
	return id;
}

static OrganisationId make_organisation(TestRegister *r, const char *name, int kind, int64_t municipality)
{
	OrganisationId id;
	OrganisationIn in = { .name = str_of(name), .kind = kind, .municipality = municipality };
	assert_ok(run_organisation(r, UUID_NONE, &in, &id));
	return id;
}

int register_make(void **state)
{
	TestRegister *r = calloc(1, sizeof *r);
	assert_non_null(r);
	*state = r;
	database_make(&r->d, on_pg, &db_migrations);
	r->c = &r->d.c;
	r->clock = clock_fixed(time_of(day("2018-11-30"), 13 * 60));
	r->c->clock = &r->clock;
	assert_ok(commit_start(r->c, r->d.db));
	r->ngo = make_organisation(r, "SIND Pårørenderådgivning", ORGANISATION_NGO, INT_NONE);
	r->aarhus = make_organisation(r, "Jobcenter Aarhus", ORGANISATION_JOB_CENTRE, 751);
	r->randers = make_organisation(r, "Jobcenter Randers", ORGANISATION_JOB_CENTRE, 730);
	ProgrammeIn programme = programme_input(r);
	assert_ok(put_programme(r, &programme, &r->programme));
	assert_ok(run_partner(r, r->programme.v, &r->aarhus, NULL));
	assert_ok(run_partner(r, r->programme.v, &r->randers, NULL));
	MemberIn mette = { .organisation = r->aarhus,
			   .name = STR("Mette Holm"),
			   .role = MEMBER_CONTACT_PERSON,
			   .since = day("2016-01-01"),
			   .until = DATE_NONE };
	assert_ok(run_member(r, r->programme.v, &mette, &r->mette));
	r->bakery = make_company(r, "Bageren på Torvet");
	r->garage = make_company(r, "Ådalens Autoværksted");
	/* 75-06-75: replacement number of 15 June 1975 (day + 60), digit 7 is 1: 19YY; even: a woman. */
	ParticipantIn anna = participant_input(r, "Anna Ærø", "7506751000", day("2016-09-01"));
	anna.contact_person = r->mette;
	assert_ok(put_participant(r, &anna, &r->anna));
	assert_ok(put_consent(r, r->anna, CONSENT_CONTACT_COMPANY, UUID_NONE, anna.admitted, DATE_NONE, &r->anyone));
	return 0;
}

int register_remove(void **state)
{
	TestRegister *r = *state;
	database_remove(&r->d);
	free(r);
	return 0;
}

/* What register_run was given, for run_given. */
static struct {
	const char *name;
	const struct CMUnitTest *tests;
	size_t n;
} given;

static int run_given(const char *engine)
{
	printf("%s on %s\n", given.name, engine);
	return _cmocka_run_group_tests(given.name, given.tests, given.n, NULL, NULL);
}

int register_run(const char *name, const struct CMUnitTest *tests, size_t n)
{
	given.name = name;
	given.tests = tests;
	given.n = n;
	return on_both_engines(run_given);
}
