#include "said.h"

#include "app/lists.h"

Served served;
ParticipantId bo;
ConsentId contact_all, contact_bakery, tell_all, tell_bakery;

void says_yes(ConsentPurpose purpose, Uuid receiver, const char *since, ConsentId *out)
{
	assert_ok(put_consent(served.register_, bo, purpose, receiver, day(since), DATE_NONE, out));
}

static Err refuse_work(Ctx *c, void *arg)
{
	return consent_refuse(c, bo, *(const CompanyId *)arg);
}

void says_no(CompanyId company)
{
	ctx_clear(served.register_->c);
	assert_ok(commit_run(served.register_->c, refuse_work, &company));
}

int said_set_up(void **state)
{
	served_make(&served, feature_routes);
	TestRegister *r = served.register_;
	ParticipantIn in = participant_input(r, "Bo Bak", "7506751002", day("2016-09-01"));
	assert_ok(put_participant(r, &in, &bo));
	says_yes(CONSENT_CONTACT_COMPANY, UUID_NONE, "2017-01-01", &contact_all);
	says_yes(CONSENT_CONTACT_COMPANY, r->bakery.v, "2017-01-01", &contact_bakery);
	says_yes(CONSENT_TELL_COMPANY, UUID_NONE, "2017-01-01", &tell_all);
	says_yes(CONSENT_TELL_COMPANY, r->bakery.v, "2017-01-01", &tell_bakery);
	*state = &served;
	return 0;
}

int said_tear_down(void **state)
{
	served_remove(*state);
	return 0;
}

bool covers(ConsentPurpose purpose, Uuid receiver)
{
	TestRegister *r = served.register_;
	bool covered;
	begin(r);
	assert_ok(consent_covers(r->c, bo, purpose, receiver, &covered));
	end(r);
	return covered;
}

bool may(CompanyId company)
{
	return covers(CONSENT_CONTACT_COMPANY, company.v);
}

bool may_tell(CompanyId company)
{
	return covers(CONSENT_TELL_COMPANY, company.v);
}
