/* Two statements of one rule: yeses, noes and calls at random, of which `rampe check` names as many as registering them
 * would have refused. The clock stands at 2018-11-30 13:00 Danish time when the test begins. */
#include "access/consent.h"
#include "feature/contact/contact.h"
#include "register.h"

enum { STEPS = 120 };
static const Time second = 1000000;

typedef struct {
	const TestRegister *r;
	ParticipantId who;
	CompanyId company;
	Time at;
} Called;

/* As a file of another system would have left it: nobody is asked. */
static Err bring_work(Ctx *c, void *arg)
{
	const Called *k = arg;
	const Contact row = { .id = { uuid_v7(c->clock, c->random) },
			      .participant = k->who,
			      .at = k->at,
			      .programme = k->r->programme,
			      .partner = k->r->aarhus,
			      .day = time_date(k->at),
			      .kind = CONTACT_PHONE,
			      .purpose = PURPOSE_COMPANY_JOB_SEARCH,
			      .place = (ContactPlace)ENUM_NONE,
			      .company = k->company,
			      .minutes = INT_NONE,
			      .note = STR_NONE,
			      .version = 1 };
	RETURN_IF_ERR(contact_insert(c, &row));
	AuditEvent e = actor_event(c, "test.bring");
	return commit_audit(c, &e);
}

static Err refuse_work(Ctx *c, void *arg)
{
	const Called *k = arg;
	return consent_refuse(c, k->who, k->company);
}

static Err accept_work(Ctx *c, void *arg)
{
	const Called *k = arg;
	return consent_accept(c, k->who, k->company);
}

static unsigned next(unsigned *seed, unsigned below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

/* One yes or no, as it comes; what is refused is as good. */
static void say_something(TestRegister *r, Called *k, unsigned *seed, ConsentId *last)
{
	Date today = clock_today(r->c->clock), since = today + 2 - (int)next(seed, 6);
	Date until = next(seed, 3) == 0 ? today + (int)next(seed, 3) : DATE_NONE;
	Uuid to = next(seed, 3) == 0 ? UUID_NONE : k->company.v;
	ConsentId id;
	Err e = OK;
	switch (next(seed, 5)) {
	case 0: e = commit_run(r->c, refuse_work, k); break;
	case 1: e = commit_run(r->c, accept_work, k); break;
	case 2: e = withdraw_consent(r, k->who, *last); break;
	default:
		e = put_consent(r, k->who, CONSENT_CONTACT_COMPANY, to, since, until, &id);
		if (e == OK)
			*last = id;
	}
	assert_true(e == OK || e == ERR_NOT_FOUND || e == ERR_INVALID);
	ctx_clear(r->c);
}

static void what_check_names__is_what_registering_refuses(void **state)
{
	TestRegister *r = *state;
	Called calls[STEPS];
	ConsentId last = { UUID_NONE };
	ContactUnaskedList rows;
	Time now = clock_now(r->c->clock);
	unsigned seed = 20181130;
	int64_t refused = 0;
	for (int i = 0; i < STEPS; i++) {
		Called k = { r, r->anna, next(&seed, 2) == 0 ? r->bakery : r->garage, 0 };
		say_something(r, &k, &seed, &last);
		now += (60 + (Time)next(&seed, 36000)) * second;
		r->clock = clock_fixed(now);
		k.at = now - (Time)next(&seed, 90000) * second;
		calls[i] = k;
		assert_ok(commit_run(r->c, bring_work, &k));
		ctx_clear(r->c);
	}
	for (int i = 0; i < STEPS; i++) {
		begin(r);
		Err e = consent_need_at(r->c, r->anna, CONSENT_CONTACT_COMPANY, calls[i].company.v, calls[i].at,
					"company");
		end(r);
		assert_true(e == OK || e == ERR_DENIED);
		refused += e == ERR_DENIED;
		ctx_clear(r->c);
	}
	begin(r);
	assert_ok(contact_unasked(r->c, &rows));
	end(r);
	print_message("# %d calls, %lld of them without a yes\n", STEPS, (long long)refused);
	assert_true(refused > STEPS / 10 && refused < STEPS * 9 / 10);
	assert_int_equal(rows.at[0].all_n, refused);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_check_names__is_what_registering_refuses, register_make,
						register_remove),
	};
	return register_run("covered", tests, sizeof tests / sizeof tests[0]);
}
