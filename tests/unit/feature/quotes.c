/* Sentences of citizens: written down, and published while their yes lasts. The days are counted by hand. */
#include "../access/served.h"
#include "app/lists.h"
#include "feature/quote/quote.h"

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

static void a_sentence_is_written_down_and_taken_back(void **state)
{
	Served *s = *state;
	const char *page = served_path(s, bo, "/udsagn");
	const char *body = "words=Jeg+st%C3%A5r+op+igen&topic=everyday&occasion=talk&said=2018-05-02";
	assert_int_equal(served_post(s, WHO_AARHUS, page, body).status, 303);
	Reply reply = served_get(s, WHO_AARHUS, page);
	assert_true(has(reply.body, "Jeg st\303\245r op igen") && has(reply.body, "About everyday life"));
	assert_true(has(reply.body, "has not said yes to publishing"));
	assert_int_equal(served_get(s, WHO_RANDERS, page).status, 404);
	assert_int_equal(served_get(s, WHO_EVALUATOR, page).status, 403);
	assert_int_equal(served_post(s, WHO_RANDERS, page, body).status, 404);
	QuoteList quotes;
	begin(s->register_);
	assert_ok(quote_of(s->register_->c, bo, &quotes));
	Uuid id = quotes.n == 1 ? quotes.at[0].id.v : UUID_NONE;
	end(s->register_);
	Str text = uuid_str(s->arena, id);
	const char *remove = str_z(s->arena, str_printf(s->arena, "/udsagn/%.*s/fjern", STR_ARG(text)));
	assert_int_equal(served_post(s, WHO_RANDERS, served_path(s, bo, remove), "").status, 404);
	assert_int_equal(served_post(s, WHO_AARHUS, served_path(s, s->register_->anna, remove), "").status, 404);
	assert_int_equal(served_post(s, WHO_AARHUS, served_path(s, bo, remove), "").status, 303);
	assert_true(has(served_get(s, WHO_AARHUS, page).body, "Nothing has been written down yet."));
	assert_int_equal(served_audited(s, "quote.add", AUDIT_DONE), 1);
	assert_int_equal(served_audited(s, "quote.remove", AUDIT_DONE), 1);
}

static void bad_sentences_name_their_field(void **state)
{
	Served *s = *state;
	static const struct {
		const char *body, *field;
	} bad[] = {
		{ "words=+&topic=work&occasion=talk", "words" },
		{ "words=Ja&occasion=talk", "topic" },
		{ "words=Ja&topic=work&occasion=brev", "occasion" },
		{ "words=Ja&topic=work&occasion=talk&said=2018-12-01", "said" }, /* tomorrow */
		{ "words=Ja&topic=work&occasion=talk&said=2016-08-31", "said" }, /* the day before admission */
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		Reply reply = served_post(s, WHO_AARHUS, served_path(s, bo, "/udsagn"), bad[i].body);
		assert_int_equal(reply.status, 422);
		const char *link = str_z(s->arena, str_printf(s->arena, "href=\"#%s\"", bad[i].field));
		assert_true(has(reply.body, link));
	}
	assert_int_equal(served_audited(s, "quote.add", AUDIT_DONE), 0);
}

static size_t published(TestRegister *r, ProgrammeId programme, const char *on)
{
	QuotedList list;
	begin(r);
	assert_ok(consent_quotes(r->c, programme, day(on), &list));
	end(r);
	return list.n;
}

/* Said on 2018-05-02; today is 2018-11-30. */
static void a_sentence_is_published_while_its_yes_lasts(void **state)
{
	TestRegister *r = ((Served *)*state)->register_;
	QuoteIn in = { .words = STR("Jeg tør godt"), .said = day("2018-05-02") };
	QuoteId quote;
	ConsentId over, later;
	assert_ok(put_quote(r, bo, &in, &quote));
	assert_ok(put_quote(r, r->anna, &in, &quote)); /* whose consent is to something else */
	assert_int_equal(published(r, r->programme, "2018-11-30"), 0);
	assert_ok(put_consent(r, bo, CONSENT_QUOTES, UUID_NONE, day("2018-04-01"), day("2018-11-29"), &over));
	assert_int_equal(published(r, r->programme, "2018-11-01"), 0); /* of then, but it ended yesterday */
	assert_ok(put_consent(r, bo, CONSENT_QUOTES, UUID_NONE, day("2018-04-01"), day("2018-11-30"), &later));
	assert_int_equal(published(r, r->programme, "2018-03-31"), 0);
	assert_int_equal(published(r, r->programme, "2018-05-01"), 0); /* not said yet */
	assert_int_equal(published(r, r->programme, "2018-05-02"), 1);
	assert_int_equal(published(r, r->programme, "2018-11-30"), 1);
	assert_int_equal(published(r, r->programme, "2018-12-01"), 0);
	assert_int_equal(published(r, (ProgrammeId){ bo.v }, "2018-11-30"), 0);
	TenantId here = r->c->tenant;
	r->c->tenant.v.b[0] ^= 0xff;
	assert_int_equal(published(r, r->programme, "2018-11-30"), 0);
	r->c->tenant = here;
	assert_ok(withdraw_consent(r, bo, later));
	assert_int_equal(published(r, r->programme, "2018-05-02"), 0);
	assert_int_equal(published(r, r->programme, "2018-11-30"), 0);
}

#define SERVED(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_sentence_is_written_down_and_taken_back),
		SERVED(bad_sentences_name_their_field),
		SERVED(a_sentence_is_published_while_its_yes_lasts),
	};
	return register_run("quotes", tests, sizeof tests / sizeof tests[0]);
}
