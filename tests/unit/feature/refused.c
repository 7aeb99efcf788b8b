/* A citizen's no to one company or mentor: it goes before every yes that is older, and before a yes to all. */
#include "said.h"

#include "feature/decide/decide.h"

static UserId mentor;

static Err add_mentor(Ctx *c, void *arg)
{
	const TestRegister *r = arg;
	const UserIn in = { .login = STR("mentor"),
			    .name = STR("Mona Mentor"),
			    .role = ROLE_MENTOR,
			    .organisation = r->aarhus,
			    .programme = r->programme,
			    .lang = LANG_EN };
	return user_add(c, &in, STR_NONE, &mentor);
}

static int set_up(void **state)
{
	said_set_up(state);
	assert_ok(commit_run(served.register_->c, add_mentor, served.register_));
	return 0;
}

/* A phone call about a job, so many minutes after the clock's first noon. */
static Err call_at(CompanyId company, int minutes, ContactId *out)
{
	TestRegister *r = served.register_;
	ContactIn in = contact_input(r, day("2018-11-30"));
	in.participant = bo;
	in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	in.company = company;
	in.at = time_of(day("2018-11-30"), 13 * 60 + minutes); /* Danish time */
	return put_contact(r, &in, out);
}

static Err call(CompanyId company, int minutes)
{
	ContactId id;
	return call_at(company, minutes, &id);
}

typedef struct {
	CompanyId company;
	bool yes;
} Answering;

/* On the own page; of a company that stands there, or is suggested first. */
static Err answer_work(Ctx *c, void *arg)
{
	const Answering *a = arg;
	WishLineList list;
	int64_t there = 0;
	RETURN_IF_ERR(wish_count(c, bo, a->company, &there));
	if (there == 0)
		RETURN_IF_ERR(wish_suggest(c, bo, a->company));
	RETURN_IF_ERR(wish_list(c, bo, &list));
	for (size_t i = 0; i < list.n; i++)
		if (uuid_eq(list.at[i].company.v, a->company.v))
			return wish_answer(c, bo, list.at[i].id, a->yes);
	return ERR_NOT_FOUND;
}

static Err answer(CompanyId company, bool yes)
{
	Answering a = { company, yes };
	ctx_clear(served.register_->c);
	return commit_run(served.register_->c, answer_work, &a);
}

/* What the own page says of the company; ENUM_NONE: it does not stand there. */
static int answered(CompanyId company)
{
	TestRegister *r = served.register_;
	WishLineList list;
	int found = ENUM_NONE;
	begin(r);
	assert_ok(wish_list(r->c, bo, &list));
	end(r);
	for (size_t i = 0; i < list.n; i++)
		if (uuid_eq(list.at[i].company.v, company.v))
			found = (int)list.at[i].decision;
	return found;
}

static Reply ask(Served *s, const char *method, const char *below, Str body)
{
	Str id = uuid_str(s->arena, bo.v);
	const char *path = str_z(s->arena, str_printf(s->arena, "/borger/%.*s%s", STR_ARG(id), below));
	return served_as(s, WHO_MANAGER, method, path, "application/x-www-form-urlencoded", body);
}

static bool tells_phone(CompanyId company)
{
	TestRegister *r = served.register_;
	ConsentCover cover;
	begin(r);
	assert_ok(consent_covering(r->c, bo, CONSENT_TELL_COMPANY, company.v, clock_today(r->c->clock), TIME_NONE,
				   &cover));
	end(r);
	return cover.phone > 0;
}

static size_t standing_noes(TestRegister *r)
{
	ConsentNoList noes;
	begin(r);
	assert_ok(consent_noes(r->c, bo, false, clock_today(r->c->clock), &noes));
	end(r);
	return noes.n;
}

static int sheet_status(Served *s, CompanyId company)
{
	Str id = uuid_str(s->arena, company.v);
	return ask(s, "GET", str_z(s->arena, str_printf(s->arena, "/virksomhed/%.*s/ark", STR_ARG(id))), STR(""))
		.status;
}

/* ---- yes and no, in either order --------------------------------------------------- */

static void a_no_ends_the_yes_that_named_the_company(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	assert_int_equal(sheet_status(s, r->bakery), 200);
	served_wait(s, 60);
	assert_ok(answer(r->bakery, false));
	assert_int_equal(served_audited(s, "wish.no", AUDIT_DONE), 1);
	assert_int_equal(served_audited(s, "consent.withdraw", AUDIT_DONE), 2);
	assert_false(may(r->bakery) || may_tell(r->bakery));
	assert_true(may(r->garage) && may_tell(r->garage));
	assert_int_equal(sheet_status(s, r->bakery), 403);
	assert_refused(r, call(r->bakery, 1), ERR_DENIED, "company");
	assert_ok(call(r->bakery, 0)); /* a minute before the no */
	assert_ok(call(r->garage, 1));
}

static void a_yes_after_the_no_counts_and_the_next_no_ends_it(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId id;
	served_wait(s, 60);
	assert_ok(answer(r->bakery, false));
	assert_ok(answer(r->bakery, false)); /* pressed twice */
	served_wait(s, 60);
	says_yes(CONSENT_TELL_COMPANY, r->bakery.v, "2018-11-30", &id);
	assert_true(may_tell(r->bakery) && !may(r->bakery)); /* of what it is for alone */
	assert_ok(withdraw_consent(r, bo, id));
	assert_false(may_tell(r->bakery));
	assert_int_equal(answered(r->bakery), WISH_NO);
	served_wait(s, 60);
	says_yes(CONSENT_CONTACT_COMPANY, r->bakery.v, "2018-11-30", &id);
	assert_true(may(r->bakery));
	assert_int_equal(answered(r->bakery), WISH_YES);
	served_wait(s, 60);
	assert_ok(answer(r->bakery, false));
	assert_false(may(r->bakery) || may_tell(r->bakery));
	assert_int_equal(answered(r->bakery), WISH_NO);
}

/* No at 12:01, yes at 12:31: what every company may be told counts again, and nothing is brought back over the no. */
static void an_answer_can_be_changed_and_the_days_of_the_no_stay_it(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	assert_ok(withdraw_consent(r, bo, contact_bakery));
	assert_int_equal(answered(r->bakery), WISH_NO);
	assert_ok(answer(r->bakery, true));
	served_wait(s, 60);
	assert_ok(answer(r->garage, false));
	served_wait(s, 1800);
	assert_ok(answer(r->garage, true));
	assert_int_equal(answered(r->garage), WISH_YES);
	assert_true(may(r->garage) && may_tell(r->garage));
	assert_ok(call(r->garage, 31));
	served_wait(s, 86400);
	assert_ok(answer(r->garage, false));
	served_wait(s, 86400);
	assert_ok(answer(r->garage, true));
	ContactIn in = contact_input(r, day("2018-12-01"));
	ContactId id;
	in.participant = bo;
	in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	in.company = r->garage;
	in.at = time_of(day("2018-12-01"), 15 * 60);
	assert_refused(r, put_contact(r, &in, &id), ERR_DENIED, "company");
	in.at = time_of(day("2018-12-01"), 13 * 60);
	assert_ok(put_contact(r, &in, &id)); /* while the first yes stood */
}

/* As if it had not been withdrawn with the no: the statement itself knows which of them is older. */
static Err say_no_alone(Ctx *c, void *arg)
{
	const TestRegister *r = arg;
	RETURN_IF_ERR(consent_no_say(c, bo, CONSENT_TELL_COMPANY, r->bakery.v, clock_now(c->clock)));
	AuditEvent e = actor_event(c, "wish.no");
	return commit_audit(c, &e);
}

static void a_yes_that_is_older_than_the_no_counts_for_nothing(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	Disclosed told;
	ConsentId id;
	assert_true(may_tell(r->bakery));
	served_wait(s, 1);
	assert_ok(commit_run(r->c, say_no_alone, r));
	assert_false(may_tell(r->bakery));
	begin(r);
	assert_int_equal(consent_disclose(r->c, bo, CONSENT_TELL_COMPANY, r->bakery.v, &told), ERR_DENIED);
	end(r);
	assert_true(may(r->bakery));
	says_yes(CONSENT_TELL_COMPANY, r->bakery.v, "2018-11-30", &id);
	assert_true(may_tell(r->bakery));
}

/* No at 12:01, yes once more at 13:01: a call of half past twelve had no yes, whenever it is written down. */
static void a_yes_of_the_same_day_does_not_reach_back_over_a_withdrawal(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId id;
	served_wait(s, 60);
	assert_ok(withdraw_consent(r, bo, contact_all));
	served_wait(s, 3600);
	says_yes(CONSENT_CONTACT_COMPANY, UUID_NONE, "2018-11-30", &id);
	assert_ok(call(r->garage, 0));
	assert_refused(r, call(r->garage, 30), ERR_DENIED, "company");
	assert_non_null(strstr(str_z(s->arena, r->c->problems[0].message), "gælder først fra 30.11.2018 kl. 14.01"));
	assert_ok(call(r->garage, 61));
	assert_ok(call(r->bakery, 30)); /* which has its own */
	served_wait(s, 86400);
	assert_refused(r, call(r->garage, 30), ERR_DENIED, "company");
}

/* Withdrawn on 30 November and said again since; written down on 4 December as from 30 November: of that day nothing is
 * covered any more, of the days after all is. */
static void a_yes_that_is_written_down_late_counts_from_the_day_after(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId id;
	ContactId late;
	served_wait(s, 60);
	assert_ok(withdraw_consent(r, bo, contact_all));
	served_wait(s, (int64_t)4 * 86400);
	says_yes(CONSENT_CONTACT_COMPANY, UUID_NONE, "2018-11-30", &id);
	assert_ok(call(r->garage, 0));
	assert_refused(r, call(r->garage, 30), ERR_DENIED, "company");
	ContactIn in = contact_input(r, day("2018-12-01"));
	in.participant = bo;
	in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	in.company = r->garage;
	in.at = time_of(day("2018-12-01"), 9 * 60);
	assert_ok(put_contact(r, &in, &late));
}

/* The no was said by a server whose clock is two minutes ahead. */
static void a_yes_by_a_clock_that_is_behind_counts(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	says_no(r->garage);
	served_wait(s, -120);
	assert_ok(answer(r->garage, true));
	assert_true(may(r->garage) && may_tell(r->garage));
	assert_int_equal(answered(r->garage), WISH_YES);
}

/* ---- withdrawing what names somebody ------------------------------------------------ */

static void withdrawing_the_yes_to_one_closes_it_against_the_yes_to_all(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	assert_int_equal(answered(r->bakery), ENUM_NONE);
	assert_ok(withdraw_consent(r, bo, contact_bakery));
	assert_false(may(r->bakery) || may_tell(r->bakery));
	assert_true(may(r->garage) && may_tell(r->garage));
	assert_int_equal(answered(r->bakery), WISH_NO); /* where the citizen can change it */
	assert_int_equal(served_audited(s, "wish.no", AUDIT_DONE), 1);
	served_wait(s, 60);
	assert_ok(answer(r->bakery, true));
	assert_true(may(r->bakery) && may_tell(r->bakery));
	assert_ok(withdraw_consent(r, bo, contact_bakery)); /* which is so already */
	assert_int_equal(served_audited(s, "consent.again", AUDIT_DONE), 1);
	assert_true(may(r->bakery) && may_tell(r->bakery));
}

static void what_is_no_longer_told_may_still_be_asked(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	assert_ok(withdraw_consent(r, bo, tell_bakery));
	assert_false(may_tell(r->bakery));
	assert_true(may(r->bakery) && may_tell(r->garage));
	assert_int_equal(answered(r->bakery), ENUM_NONE);
	served_wait(s, 60);
	assert_ok(answer(r->bakery, false));
	served_wait(s, 60);
	assert_ok(answer(r->bakery, true));
	assert_true(may(r->bakery));
	assert_false(may_tell(r->bakery)); /* said for itself */
}

/* Said for itself after a yes that stood behind the list's no: taking that back does not take this back. */
static void a_no_said_for_itself_outlasts_the_lists_no(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId id;
	assert_ok(answer(r->bakery, false));
	served_wait(s, 60);
	says_yes(CONSENT_TELL_COMPANY, r->bakery.v, "2018-11-30", &id);
	assert_true(may_tell(r->bakery));
	served_wait(s, 60);
	assert_ok(withdraw_consent(r, bo, id));
	served_wait(s, 60);
	assert_ok(answer(r->bakery, true));
	assert_true(may(r->bakery) && !may_tell(r->bakery));
	assert_int_equal(standing_noes(r), 1);
}

static void two_yeses_to_one_are_ended_by_one_no(void **state)
{
	(void)state;
	TestRegister *r = served.register_;
	ConsentId more;
	ConsentLineList lines;
	says_yes(CONSENT_TELL_COMPANY, r->bakery.v, "2017-01-01", &more);
	assert_ok(withdraw_consent(r, bo, more));
	assert_false(may_tell(r->bakery));
	begin(r);
	assert_ok(consent_of(r->c, bo, &lines));
	end(r);
	for (size_t i = 0; i < lines.n; i++) /* nothing is told as standing that counts for nothing */
		assert_true(lines.at[i].purpose != CONSENT_TELL_COMPANY || str_is_none(lines.at[i].company_name) ||
			    lines.at[i].withdrawn != TIME_NONE);
}

typedef struct {
	ConsentPurpose purpose;
	Uuid receiver;
} No;

static Err take_back_work(Ctx *c, void *arg)
{
	const No *n = arg;
	return consent_take_no_back(c, bo, n->purpose, n->receiver);
}

static Err take_back(TestRegister *r, ConsentPurpose purpose, Uuid receiver)
{
	No n = { purpose, receiver };
	ctx_clear(r->c);
	return commit_run(r->c, take_back_work, &n);
}

/* What was said for itself is taken back where it was said; a yes to all counts again from then on. */
static void a_no_is_taken_back(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId all, one;
	says_yes(CONSENT_TELL_MENTOR, UUID_NONE, "2017-01-01", &all);
	says_yes(CONSENT_TELL_MENTOR, mentor.v, "2017-01-01", &one);
	assert_int_equal(take_back(r, CONSENT_TELL_MENTOR, mentor.v), ERR_NOT_FOUND); /* nobody has said no */
	assert_int_equal(served_audited(s, "consent.open", AUDIT_DONE), 0);
	assert_ok(withdraw_consent(r, bo, one));
	assert_int_equal(standing_noes(r), 1);
	assert_false(covers(CONSENT_TELL_MENTOR, mentor.v));
	served_wait(s, 60);
	assert_ok(take_back(r, CONSENT_TELL_MENTOR, mentor.v));
	assert_true(covers(CONSENT_TELL_MENTOR, mentor.v));
	assert_ok(withdraw_consent(r, bo, contact_bakery));
	assert_int_equal(answered(r->bakery), WISH_NO);
	assert_int_equal(standing_noes(r), 2);
	served_wait(s, 60);
	assert_ok(take_back(r, CONSENT_CONTACT_COMPANY, r->bakery.v));
	assert_int_equal(answered(r->bakery), WISH_AS_ALL);
	assert_true(may(r->bakery) && may_tell(r->bakery)); /* the no to contacting had closed both */
	assert_int_equal(standing_noes(r), 0);
	assert_int_equal(served_audited(s, "consent.open", AUDIT_DONE), 2);
}

/* Name and phone to all, and after a no the name alone to one. */
static void a_yes_to_one_after_a_no_tells_what_it_says_and_no_more(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentIn phone = { .purpose = CONSENT_TELL_COMPANY,
			    .everyone = true,
			    .receiver_name = STR_NONE,
			    .tells_phone = true,
			    .since = DATE_NONE,
			    .until = DATE_NONE };
	ConsentId id;
	assert_ok(put_consent_in(r, bo, &phone, &id));
	assert_true(tells_phone(r->bakery) && tells_phone(r->garage));
	assert_ok(withdraw_consent(r, bo, tell_bakery));
	served_wait(s, 60);
	says_yes(CONSENT_TELL_COMPANY, r->bakery.v, "2018-11-30", &id);
	assert_true(may_tell(r->bakery));
	assert_false(tells_phone(r->bakery));
	assert_true(tells_phone(r->garage));
	served_wait(s, 60);
	assert_ok(take_back(r, CONSENT_TELL_COMPANY, r->bakery.v));
	assert_true(tells_phone(r->bakery));
}

/* The list says what is so: a yes with an end is one until then. */
static void the_no_counts_again_when_a_yes_for_some_days_has_run_out(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId id;
	assert_ok(answer(r->garage, false));
	served_wait(s, 60);
	assert_ok(put_consent(r, bo, CONSENT_CONTACT_COMPANY, r->garage.v, day("2018-11-30"), day("2018-12-01"), &id));
	assert_int_equal(answered(r->garage), WISH_YES);
	assert_true(may(r->garage));
	served_wait(s, (int64_t)2 * 86400);
	assert_int_equal(answered(r->garage), WISH_NO); /* which stood before it */
	assert_false(may(r->garage));
	assert_ok(answer(r->garage, true));
	assert_int_equal(answered(r->garage), WISH_YES);
}

/* A yes that begins later was written down after the no; another no ends it before. */
static void a_no_said_again_is_not_lost(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId id;
	assert_ok(answer(r->garage, false));
	served_wait(s, 60);
	says_yes(CONSENT_CONTACT_COMPANY, r->garage.v, "2018-12-10", &id);
	served_wait(s, 60);
	assert_false(may(r->garage));
	assert_ok(answer(r->garage, false));
	served_wait(s, (int64_t)11 * 86400);
	assert_false(may(r->garage));
	assert_int_equal(answered(r->garage), WISH_NO);
}

static void one_mentor_is_closed_and_the_others_are_not(void **state)
{
	(void)state;
	TestRegister *r = served.register_;
	ConsentId all, one;
	UserId other = { bo.v };
	says_yes(CONSENT_TELL_MENTOR, UUID_NONE, "2017-01-01", &all);
	says_yes(CONSENT_TELL_MENTOR, mentor.v, "2017-01-01", &one);
	assert_ok(answer(r->bakery, false)); /* to a company: no mentor is meant */
	assert_true(covers(CONSENT_TELL_MENTOR, mentor.v));
	assert_ok(withdraw_consent(r, bo, one));
	assert_false(covers(CONSENT_TELL_MENTOR, mentor.v));
	assert_true(covers(CONSENT_TELL_MENTOR, other.v));
	assert_ok(withdraw_consent(r, bo, all));
	assert_false(covers(CONSENT_TELL_MENTOR, other.v));
}

/* ---- written down late ------------------------------------------------------------- */

static void a_yes_is_not_written_down_over_a_no_to_the_same_company(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId id;
	assert_ok(answer(r->bakery, false)); /* 30 November */
	served_wait(s, (int64_t)20 * 86400);
	for (ConsentPurpose p = CONSENT_CONTACT_COMPANY; p <= CONSENT_TELL_COMPANY; p++) {
		assert_refused(r, put_consent(r, bo, p, r->bakery.v, day("2018-11-29"), DATE_NONE, &id), ERR_INVALID,
			       "since");
		assert_ok(put_consent(r, bo, p, r->garage.v, day("2017-01-01"), DATE_NONE, &id));
	}
	/* Nor from the day of the no on: it has stood until today, 20 December. */
	assert_refused(r, put_consent(r, bo, CONSENT_CONTACT_COMPANY, r->bakery.v, day("2018-11-30"), DATE_NONE, &id),
		       ERR_INVALID, "since");
	assert_ok(answer(r->bakery, true));
	assert_refused(r, call(r->bakery, 5 * 1440), ERR_DENIED, "company");
	assert_refused(r, put_consent(r, bo, CONSENT_TELL_COMPANY, r->bakery.v, day("2018-12-19"), DATE_NONE, &id),
		       ERR_INVALID, "since");
	says_yes(CONSENT_TELL_COMPANY, r->bakery.v, "2018-12-20", &id);
	assert_ok(withdraw_consent(r, bo, contact_all)); /* and that is a no to all */
	assert_refused(r, put_consent(r, bo, CONSENT_CONTACT_COMPANY, r->garage.v, day("2018-12-19"), DATE_NONE, &id),
		       ERR_INVALID, "since");
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

/* The no is said at 12:30 UTC; the call of 12:00 is moved within the day. */
static void a_correction_within_the_day_asks_for_its_moment(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	Correction k = { .in = contact_input(r, day("2018-11-30")) };
	assert_ok(call_at(r->garage, 0, &k.id));
	served_wait(s, 1800);
	assert_ok(answer(r->garage, false));
	served_wait(s, 1800);
	k.in.participant = bo;
	k.in.purpose = PURPOSE_COMPANY_JOB_SEARCH;
	k.in.company = r->garage;
	k.in.version = 1;
	k.in.at = time_of(day("2018-11-30"), 13 * 60 + 45);
	assert_refused(r, correct(r, &k), ERR_DENIED, "company");
	k.in.at = time_of(day("2018-11-30"), 13 * 60 + 15);
	assert_ok(correct(r, &k));
}

/* ---- to whom ------------------------------------------------------------------------ */

/* Left out is nobody's yes. */
static void a_yes_to_all_is_said_and_one_mentor_can_be_chosen(void **state)
{
	Served *s = *state;
	Str who = uuid_str(s->arena, mentor.v), bakery = uuid_str(s->arena, s->register_->bakery.v);
	const Str refused[] = {
		STR("purpose=contact_company&receiver="),
		STR("purpose=tell_mentor&tells_name=true"),
		str_printf(s->arena, "purpose=contact_company&everyone=true&receiver=%.*s", STR_ARG(bakery)),
		str_printf(s->arena, "purpose=contact_company&receiver=%.*s", STR_ARG(who)),
		STR("purpose=quotes&everyone=true"),
	};
	int64_t given = served_audited(s, "consent.give", AUDIT_DONE);
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		Reply reply = ask(s, "POST", "/samtykke", refused[i]);
		assert_int_equal(reply.status, 422);
		assert_true(has(reply.body, "href=\"#receiver\""));
	}
	assert_int_equal(served_audited(s, "consent.give", AUDIT_DONE), given);
	Reply form = ask(s, "GET", "/samtykke", STR(""));
	assert_true(has(form.body, ">Mona Mentor (Mentor)</option>"));
	assert_false(has(form.body, "name=\"everyone\" value=\"true\" checked"));
	Str one = str_printf(s->arena, "purpose=tell_mentor&tells_name=true&receiver=%.*s", STR_ARG(who));
	assert_int_equal(ask(s, "POST", "/samtykke", one).status, 303);
	assert_true(covers(CONSENT_TELL_MENTOR, mentor.v) && !covers(CONSENT_TELL_MENTOR, bo.v));
	assert_int_equal(ask(s, "POST", "/samtykke", STR("purpose=tell_mentor&tells_name=true&everyone=true")).status,
			 303);
	assert_true(covers(CONSENT_TELL_MENTOR, bo.v));
}

#define SERVED(f) cmocka_unit_test_setup_teardown(f, set_up, said_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_no_ends_the_yes_that_named_the_company),
		SERVED(a_yes_after_the_no_counts_and_the_next_no_ends_it),
		SERVED(an_answer_can_be_changed_and_the_days_of_the_no_stay_it),
		SERVED(a_yes_of_the_same_day_does_not_reach_back_over_a_withdrawal),
		SERVED(a_yes_that_is_written_down_late_counts_from_the_day_after),
		SERVED(a_yes_by_a_clock_that_is_behind_counts),
		SERVED(a_yes_that_is_older_than_the_no_counts_for_nothing),
		SERVED(withdrawing_the_yes_to_one_closes_it_against_the_yes_to_all),
		SERVED(what_is_no_longer_told_may_still_be_asked),
		SERVED(a_no_said_for_itself_outlasts_the_lists_no),
		SERVED(two_yeses_to_one_are_ended_by_one_no),
		SERVED(a_no_is_taken_back),
		SERVED(a_yes_to_one_after_a_no_tells_what_it_says_and_no_more),
		SERVED(the_no_counts_again_when_a_yes_for_some_days_has_run_out),
		SERVED(a_no_said_again_is_not_lost),
		SERVED(one_mentor_is_closed_and_the_others_are_not),
		SERVED(a_yes_is_not_written_down_over_a_no_to_the_same_company),
		SERVED(a_correction_within_the_day_asks_for_its_moment),
		SERVED(a_yes_to_all_is_said_and_one_mentor_can_be_chosen),
	};
	return register_run("refused", tests, sizeof tests / sizeof tests[0]);
}
