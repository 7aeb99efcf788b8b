/* What the own data say a company could see of a sheet: what it could see, neither more nor less. */
#include "said.h"

#include "feature/citizen/own.h"

static Err make_sheet(Ctx *c, void *arg)
{
	Str code;
	return sheet_make(c, bo, *(const CompanyId *)arg, &code);
}

static void gets_a_sheet(CompanyId company)
{
	ctx_clear(served.register_->c);
	assert_ok(commit_run(served.register_->c, make_sheet, &company));
}

/* Of the company's only sheet, as the own data say it. */
static ConsentTold told(CompanyId company)
{
	TestRegister *r = served.register_;
	Own own;
	ConsentTold found = { 0 };
	size_t sheets = 0;
	ctx_clear(r->c);
	begin(r);
	assert_ok(own_collect(r->c, bo, &own));
	end(r);
	for (size_t i = 0; i < own.sheets.n; i++)
		if (uuid_eq(own.sheets.at[i].sheet.company.v, company.v)) {
			found = own.sheets.at[i].told;
			sheets++;
		}
	assert_int_equal(sheets, 1);
	return found;
}

static void may_tell_all_the_phone(const char *since, Date until)
{
	const ConsentIn phone = { .purpose = CONSENT_TELL_COMPANY,
				  .everyone = true,
				  .receiver_name = STR_NONE,
				  .tells_phone = true,
				  .since = day(since),
				  .until = until };
	ConsentId id;
	assert_ok(put_consent_in(served.register_, bo, &phone, &id));
}

/* Sheets are made after the no to the bakery; the garage is told until the no to it. */
static void behind_a_no_nothing(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	says_no(r->bakery);
	served_wait(s, 60);
	gets_a_sheet(r->bakery);
	gets_a_sheet(r->garage);
	served_wait(s, 60);
	says_no(r->garage);
	assert_false(told(r->bakery).name);
	assert_true(told(r->garage).name);
}

static Err open_work(Ctx *c, void *arg)
{
	return consent_take_no_back(c, bo, CONSENT_TELL_COMPANY, ((const CompanyId *)arg)->v);
}

/* The phone may be told until today, and all of today there is a no; what has no end counts again after it. */
static void what_ran_out_behind_a_no_nothing(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	CompanyId garage = r->garage;
	may_tell_all_the_phone("2018-01-01", day("2018-11-30"));
	says_no(garage);
	served_wait(s, 60);
	gets_a_sheet(garage);
	served_wait(s, 60);
	assert_false(told(garage).name || told(garage).phone);
	served_wait(s, (int64_t)2 * 86400);
	assert_ok(commit_run(r->c, open_work, &garage));
	assert_true(told(garage).name);
	assert_false(told(garage).phone);
}

/* Written down late, when there was a no already; for days that were over; for days to come. */
static void what_was_written_down_too_late_or_too_early_nothing(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	gets_a_sheet(r->garage);
	served_wait(s, 60);
	says_no(r->garage);
	served_wait(s, 60);
	may_tell_all_the_phone("2017-06-01", day("2019-06-01"));
	served_wait(s, 60);
	assert_false(told(r->garage).phone);
	gets_a_sheet(r->bakery);
	assert_true(told(r->bakery).phone);
}

static void what_is_of_other_days_nothing(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	gets_a_sheet(r->garage);
	served_wait(s, (int64_t)3 * 86400);
	may_tell_all_the_phone("2018-11-01", day("2018-12-01"));
	may_tell_all_the_phone("2018-12-20", DATE_NONE);
	served_wait(s, 60);
	assert_false(told(r->garage).phone);
	assert_true(told(r->garage).name);
}

/* ---- a stretch of time against its moments, at random ----------------------------- */

enum { STEPS = 40, WINDOW = 12, KEPT = 8 };

static unsigned next(unsigned *seed, unsigned below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

static Err refuse_work(Ctx *c, void *arg)
{
	return consent_refuse(c, bo, *(const CompanyId *)arg);
}

static Err accept_work(Ctx *c, void *arg)
{
	return consent_accept(c, bo, *(const CompanyId *)arg);
}

static ConsentIn some_yes(unsigned *seed, Date today, CompanyId company)
{
	ConsentIn in = { .purpose = CONSENT_TELL_COMPANY,
			 .receiver_name = STR_NONE,
			 .tells_name = next(seed, 2) == 0,
			 .since = today + 2 - (int)next(seed, 6),
			 .until = next(seed, 2) == 0 ? today + 2 - (int)next(seed, 4) : DATE_NONE,
			 .everyone = next(seed, 2) == 0 };
	in.tells_phone = !in.tells_name || next(seed, 3) == 0;
	in.receiver = in.after_no = in.everyone ? UUID_NONE : company.v;
	return in;
}

typedef struct {
	unsigned seed;
	ConsentId given[KEPT]; /* the last ones */
	size_t n;
} Talk;

/* A yes or a no of Bo's; what is refused is as good. */
static void say_something(Talk *t, CompanyId company)
{
	TestRegister *r = served.register_;
	Err e = OK;
	ctx_clear(r->c);
	unsigned what = next(&t->seed, 12);
	if (what == 0) {
		e = commit_run(r->c, refuse_work, &company);
	} else if (what == 1) {
		e = commit_run(r->c, accept_work, &company);
	} else if (what == 2) {
		e = commit_run(r->c, open_work, &company);
	} else if (what <= 4 && t->n > 0) {
		e = withdraw_consent(r, bo, t->given[next(&t->seed, (unsigned)(t->n < KEPT ? t->n : KEPT))]);
	} else {
		ConsentId id;
		ConsentIn in = some_yes(&t->seed, clock_today(r->c->clock), company);
		e = put_consent_in(r, bo, &in, &id);
		if (e == OK)
			t->given[t->n++ % KEPT] = id;
	}
	assert_true(e == OK || e == ERR_NOT_FOUND || e == ERR_INVALID);
}

/* What the company sees at this moment. */
static ConsentTold sees(CompanyId company)
{
	TestRegister *r = served.register_;
	ConsentCover cover;
	ctx_clear(r->c);
	begin(r);
	assert_ok(consent_covering(r->c, bo, CONSENT_TELL_COMPANY, company.v, clock_today(r->c->clock), TIME_NONE,
				   &cover));
	end(r);
	return (ConsentTold){ .name = cover.name > 0, .phone = cover.phone > 0 };
}

static ConsentTold could_tell(CompanyId company, Time begin_, Time end_)
{
	TestRegister *r = served.register_;
	ConsentTold t;
	ctx_clear(r->c);
	begin(r);
	assert_ok(consent_could_tell(r->c, bo, company, begin_, end_, &t));
	end(r);
	return t;
}

/* Steps of minutes, now and then to the next midnight exactly, so that no day begins or ends unseen. */
static void a_step_on(Served *s, unsigned *seed)
{
	served_wait(s, 60 + next(seed, 600));
	Time now = clock_now(s->register_->c->clock);
	if (next(seed, 4) == 0)
		served_wait(s, (time_of(time_date(now) + 1, 0) - now) / 1000000);
}

static void a_stretch__says_what_its_moments_said(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	const CompanyId of[2] = { r->bakery, r->garage };
	int asked = 0, seen_n = 0;
	for (unsigned seed = 1; seed <= 4; seed++) {
		Talk t = { .seed = seed * 7919 };
		Time at[STEPS];
		ConsentTold seen[STEPS][2];
		ParticipantIn in = participant_input(
			r, "Per", str_z(s->arena, str_printf(s->arena, "010170000%u", seed)), day("2016-09-01"));
		assert_ok(put_participant(r, &in, &bo));
		for (int i = 0; i < STEPS; i++) {
			at[i] = clock_now(r->c->clock);
			say_something(&t, of[next(&t.seed, 2)]);
			for (int v = 0; v < 2; v++)
				seen[i][v] = sees(of[v]);
			a_step_on(s, &t.seed);
		}
		for (int i = 0; i < STEPS; i++)
			for (int v = 0; v < 2; v++) {
				bool name = false, phone = false;
				for (int j = i; j < STEPS && j < i + WINDOW; j++) {
					name |= seen[j][v].name;
					phone |= seen[j][v].phone;
					ConsentTold said = could_tell(of[v], at[i], at[j]);
					assert_int_equal(said.name, name);
					assert_int_equal(said.phone, phone);
					asked++;
					seen_n += name;
				}
			}
	}
	print_message("# %d stretches, the name seen in %d\n", asked, seen_n);
	assert_true(seen_n > asked / 5 && seen_n < asked * 4 / 5);
}

#define SERVED(f) cmocka_unit_test_setup_teardown(f, said_set_up, said_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(behind_a_no_nothing),
		SERVED(what_ran_out_behind_a_no_nothing),
		SERVED(what_was_written_down_too_late_or_too_early_nothing),
		SERVED(what_is_of_other_days_nothing),
		SERVED(a_stretch__says_what_its_moments_said),
	};
	return register_run("told", tests, sizeof tests / sizeof tests[0]);
}
