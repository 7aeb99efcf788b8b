/* register: a small programme in an empty database, for the features' tests.
 *
 * 2016-01-01 to 2018-12-31, intake 2016-08-01 to 2018-05-31; the clock stands
 * at 2018-11-30 12:00 UTC. Aarhus and Randers are partners; Mette is contact
 * person in Aarhus; Anna (born 1975-06-15) was admitted on 2016-09-01.
 */
#ifndef TEST_REGISTER_H
#define TEST_REGISTER_H

#include "../db/database.h"
#include "access/consent.h"
#include "db/commit.h"
#include "feature/activity/activity.h"
#include "feature/company/company.h"
#include "feature/contact/contact.h"
#include "feature/followup/followup.h"
#include "feature/mentor/mentor.h"
#include "feature/organisation/organisation.h"
#include "feature/participant/participant.h"
#include "feature/placement/placement.h"
#include "feature/programme/programme.h"
#include "feature/quote/quote.h"
#include "feature/status/status.h"
#include "feature/survey/survey.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct {
	Database d;
	Ctx *c;
	Clock clock;
	OrganisationId ngo, aarhus, randers;
	ProgrammeId programme;
	MemberId mette;
	CompanyId bakery, garage;
	ParticipantId anna;
	ConsentId anyone; /* Anna lets any company be contacted */
} TestRegister;

/* On the engine that the running group is for. */
int register_make(void **state);
int register_remove(void **state);
/* Runs the tests on both engines, or on the one that RAMPE_TEST_ENGINE names: sqlite, postgres. */
int register_run(const char *name, const struct CMUnitTest *tests, size_t n);

/* Inputs as a form gives them when only what must be there is filled in. */
ProgrammeIn programme_input(const TestRegister *r);
ParticipantIn participant_input(const TestRegister *r, const char *name, const char *cpr, Date admitted);
ContactIn contact_input(const TestRegister *r, Date day);
PlacementIn placement_input(CompanyId company, int kind, Date starts, Date ends);

/* Each in a commit of its own. */
Err put_programme(TestRegister *r, const ProgrammeIn *in, ProgrammeId *out) MUST_USE;
Err change_programme(TestRegister *r, const ProgrammeIn *in) MUST_USE; /* the register's own */
Err put_participant(TestRegister *r, const ParticipantIn *in, ParticipantId *out) MUST_USE;
Err change_participant(TestRegister *r, ParticipantId id, const ParticipantIn *in) MUST_USE;
Err put_contact(TestRegister *r, const ContactIn *in, ContactId *out) MUST_USE;
Err put_placement(TestRegister *r, ParticipantId who, const PlacementIn *in, PlacementId *out) MUST_USE;
Err change_placement(TestRegister *r, PlacementId id, const PlacementIn *in) MUST_USE;
Err put_status(TestRegister *r, ParticipantId who, int code, Date since) MUST_USE;
Err put_company(TestRegister *r, const CompanyIn *in, CompanyId *out) MUST_USE;
Err put_consent(TestRegister *r, ParticipantId who, ConsentPurpose purpose, Uuid receiver, Date since, Date until,
		ConsentId *out) MUST_USE;
/* What put_consent leaves out. */
Err put_consent_in(TestRegister *r, ParticipantId who, const ConsentIn *in, ConsentId *out) MUST_USE;
Err withdraw_consent(TestRegister *r, ParticipantId who, ConsentId id) MUST_USE;
Err put_quote(TestRegister *r, ParticipantId who, const QuoteIn *in, QuoteId *out) MUST_USE;
Err put_places(TestRegister *r, OrganisationId partner, Date from, int64_t places) MUST_USE;

/* The call was refused as `e`, and the first problem names `field`. */
#define assert_refused(r, call, e, name)                                                      \
	do {                                                                                  \
		assert_int_equal((call), (e));                                                \
		assert_true((r)->c->problem_count > 0);                                       \
		assert_true((r)->c->problems[0].message.len > 0);                             \
		assert_string_equal(str_z((r)->c->arena, (r)->c->problems[0].field), (name)); \
	} while (0)
#define assert_ok(call) assert_int_equal((call), OK)

void begin(TestRegister *r); /* a read */
void end(TestRegister *r);
Date day(const char *iso);

#endif
