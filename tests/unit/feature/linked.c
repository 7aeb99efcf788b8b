/* Word about a login that has been linked to a citizen's page: to everything that is registered, with no link in it and
 * nobody's name; and called by its own name wherever it is told of. Both engines. */
#include "access/guest.h"
#include "feature/feature.h"
#include "feature/message/message.h"
#include "feature/seen/seen.h"
#include "register.h"

#include <string.h>

static const MessageSettings settings = { .relay = { .relay = { STR_LIT("smtp://127.0.0.1:9") } },
					  .from = { STR_LIT("noreply@example.dk") },
					  .site = { STR_LIT("https://rampe.example.dk") },
					  .sms = { STR_LIT("%s@sms.example.dk") } };

static void set_anna(TestRegister *r, const char *phone, const char *email)
{
	Participant row;
	begin(r);
	assert_ok(participant_get(r->c, r->anna, &row));
	end(r);
	ParticipantIn anna = participant_input(r, "Anna Ærø", "7506751000", day("2016-09-01"));
	anna.phone = str_of(phone);
	anna.email = str_of(email);
	anna.version = row.version;
	assert_ok(change_participant(r, r->anna, &anna));
}

/* Anna comes in by a code and links; then the code ends, as one does that was used. */
static Err linked_work(Ctx *c, void *arg)
{
	TestRegister *r = arg;
	Str code;
	GuestCode row;
	RETURN_IF_ERR(guest_invite(c, ROLE_CITIZEN, r->anna, (SheetId){ UUID_NONE }, &code));
	RETURN_IF_ERR(guest_look(c, code, &row));
	const Actor anna = { .role = ROLE_CITIZEN, .login = STR("citizen"), .participant = r->anna, .guest = row.id };
	c->actor = &anna;
	Err e = message_tell_linked(c, r->anna);
	c->actor = NULL;
	RETURN_IF_ERR(e);
	return guest_end_own(c, r->anna);
}

static void tell_linked(TestRegister *r)
{
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, linked_work, r));
}

static Err end_work(Ctx *c, void *arg)
{
	TestRegister *r = arg;
	RETURN_IF_ERR(message_link(c, r->anna, &(MessageIn){ MESSAGE_SMS }));
	RETURN_IF_ERR(message_end_waiting(c, r->anna));
	return feature_audit(c, "guest.end", NULL, UUID_NONE, r->anna);
}

static int64_t waiting(TestRegister *r)
{
	int64_t n = -1;
	begin(r);
	assert_ok(message_count_due(r->c, clock_now(r->c->clock), &n));
	end(r);
	return n;
}

/* What is sent next. */
static MessageDue next(TestRegister *r)
{
	MessageDue row;
	begin(r);
	assert_ok(message_next(r->c, clock_now(r->c->clock), &row));
	end(r);
	return row;
}

static void word__goes_to_everything_that_is_registered(void **state)
{
	TestRegister *r = *state;
	r->c->messages = &settings;
	tell_linked(r); /* nothing is */
	assert_int_equal(waiting(r), 0);
	set_anna(r, "87654321", "anna@example.dk");
	tell_linked(r);
	assert_int_equal(waiting(r), 2);
	r->c->messages = NULL; /* an installation that sends nothing links all the same */
	tell_linked(r);
	assert_int_equal(waiting(r), 2);
}

static void word__says_what_happened_and_nothing_else(void **state)
{
	TestRegister *r = *state;
	r->c->messages = &settings;
	set_anna(r, "87654321", "");
	tell_linked(r);
	MessageDue row = next(r);
	assert_true(row.kind == MESSAGE_LOGIN && row.useful); /* though the code has ended */
	Str to = message_address(r->c, &settings, &row);
	assert_true(str_eq_z(to, "4587654321@sms.example.dk"));
	Str text = message_text(r->c, &settings, &row, to);
	assert_true(str_ends(text,
			     STR("\r\n\r\nEt login giver fra nu af adgang til din side. Var det ikke dig? Sig det til "
				 "din kontaktperson.\r\n")));
	assert_int_equal(str_find_str(text, STR("/adgang/")), SIZE_MAX);
	assert_int_equal(str_find_str(text, STR("Anna")), SIZE_MAX);
}

static void word__goes_also_when_the_links_that_wait_are_ended(void **state)
{
	TestRegister *r = *state;
	r->c->messages = &settings;
	set_anna(r, "87654321", "");
	tell_linked(r);
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, end_work, r));
	assert_int_equal(waiting(r), 1);
	assert_int_equal(next(r).kind, MESSAGE_LOGIN);
}

/* What Anna's list says last, in the words of the code. */
static const char *told(TestRegister *r)
{
	SeenLines seen;
	begin(r);
	assert_ok(seen_newest(r->c, r->anna, SEEN_MOST, &seen));
	end(r);
	for (size_t i = 0; i < seen.n; i++)
		if (str_starts(seen.at[i].action, STR("message.")))
			return seen.at[i].to_citizen;
	return "";
}

static Err link_work(Ctx *c, void *arg)
{
	const TestRegister *r = arg;
	return message_link(c, r->anna, &(MessageIn){ MESSAGE_SMS });
}

/* An intruder who links a login must not look as if Anna had asked for a link. */
static void word__is_no_link_in_what_the_citizen_reads(void **state)
{
	TestRegister *r = *state;
	bool any = false;
	r->c->messages = &settings;
	set_anna(r, "87654321", "");
	tell_linked(r);
	assert_string_equal(told(r), "chose a login, and so word of it is sent to you");
	ctx_clear(r->c);
	assert_ok(message_send_next(r->c, NULL, &any)); /* nobody listens */
	assert_string_equal(told(r), "could not send you word of a login, and tries again later");
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, link_work, r));
	assert_string_equal(told(r), "had a link to your page sent to you");
}

static Err useless_work(Ctx *c, void *arg)
{
	const MessageDue *row = arg;
	int64_t changed = -1;
	RETURN_IF_ERR(message_set_useless(c, row->id, clock_now(c->clock), &changed));
	return changed == 0 ? ERR_NOT_FOUND : OK;
}

static int64_t in_state(TestRegister *r, MessageState state)
{
	MessageOffer offer;
	int64_t n = 0;
	begin(r);
	assert_ok(message_offer(r->c, r->anna, &offer));
	end(r);
	for (size_t i = 0; i < offer.lines.n; i++)
		n += offer.lines.at[i].state == state;
	return n;
}

/* Two servers have read that it is of no use, while it waited, and one was faster. */
static void useless__is_taken_from_no_other_server(void **state)
{
	TestRegister *r = *state;
	r->c->messages = &settings;
	set_anna(r, "87654321", "");
	tell_linked(r);
	MessageDue row = next(r);
	database_script(&r->d, "UPDATE message SET state = 'sending'", "UPDATE message SET state = 'sending'");
	ctx_clear(r->c);
	assert_int_equal(commit_run(r->c, useless_work, &row), ERR_NOT_FOUND);
	assert_int_equal(in_state(r, MESSAGE_SENDING), 1);
	database_script(&r->d, "UPDATE message SET state = 'useless'", "UPDATE message SET state = 'useless'");
	ctx_clear(r->c);
	assert_int_equal(commit_run(r->c, useless_work, &row), ERR_NOT_FOUND);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(word__goes_to_everything_that_is_registered),
		ON(word__says_what_happened_and_nothing_else),
		ON(word__goes_also_when_the_links_that_wait_are_ended),
		ON(word__is_no_link_in_what_the_citizen_reads),
		ON(useless__is_taken_from_no_other_server),
	};
	return register_run("linked", tests, sizeof tests / sizeof tests[0]);
}
