/* Which addresses mail goes to, what an installation that sends messages is told, and which numbers it sends to. */
#include "feature/message/message.h"

#include "register.h"

static void addresses__carry_nothing_but_themselves(void **state)
{
	static const char *const good[] = { "a@b.dk", "anna.aeroe+rampe@sub.example.dk" };
	static const char *const bad[] = { "",
					   "a",
					   "@b.dk",
					   "a@",
					   "a@b@c.dk",
					   "a b@c.dk",
					   "a@b.dk\r\n",
					   "a@b.dk\nX: y",
					   "a@b.dk,c@d.dk",
					   "<a@b.dk>",
					   "-a@b.dk",
					   "\"a\"@b.dk",
					   "a@b.dk;c",
					   "\xc3\xa6@b.dk",
					   "a@b.dk\t" };
	TestRegister *r = *state;
	const MailRelay nowhere = { .relay = STR("smtp://127.0.0.1:1") };
	MailOutcome outcome;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		assert_true(mail_is_address(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		const Mail mail = { STR("noreply@example.dk"), str_of(bad[i]), STR("x"), NULL };
		assert_false(mail_is_address(str_of(bad[i])));
		assert_int_equal(mail_send(r->c, &nowhere, &mail, &outcome), ERR_INVALID);
	}
}

static void numbers__get_their_country(void **state)
{
	static const struct {
		const char *typed, *number; /* NULL: none */
	} table[] = { { "87654321", "4587654321" },
		      { "87 65 43 21", "4587654321" },
		      { "+45 87654321", "4587654321" },
		      { "0045 87654321", "4587654321" },
		      { "+46 70 123 45 67", "46701234567" },
		      { "8765432", NULL },
		      { "876543210", NULL },
		      { "12", NULL },
		      { "+123456789012345678", NULL },
		      { "87654321\r\n", NULL },
		      { "8765x321", NULL } };
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char number[MESSAGE_NUMBER_MOST] = "";
		assert_int_equal(message_number(str_of(table[i].typed), number), table[i].number != NULL);
		if (table[i].number != NULL)
			assert_string_equal(number, table[i].number);
	}
}

static Err check(TestRegister *r, const MessageSettings *s)
{
	ctx_clear(r->c);
	return message_check_settings(r->c, s);
}

static void settings__are_whole_or_refused(void **state)
{
	TestRegister *r = *state;
	const MessageSettings settings = { .relay.relay = STR("smtp://127.0.0.1:25"),
					   .from = STR("noreply@example.dk"),
					   .site = STR("https://rampe.example.dk"),
					   .sms = STR("%s@sms.example.dk") };
	MessageSettings s = settings;
	assert_ok(check(r, &s));
	s.relay.relay = STR("http://example.dk");
	assert_refused(r, check(r, &s), ERR_INVALID, "--mail");
	s.relay.relay = STR("smtp://user@example.dk");
	assert_refused(r, check(r, &s), ERR_INVALID, "--mail");
	s = settings;
	s.from = STR("Rampe <a@b.dk>");
	assert_refused(r, check(r, &s), ERR_INVALID, "--mail-from");
	s = settings;
	s.site = STR_NONE; /* no host is guessed for a link */
	assert_refused(r, check(r, &s), ERR_INVALID, "--site");
	s.site = STR("http://rampe.example.dk");
	assert_refused(r, check(r, &s), ERR_INVALID, "--site");
	s.site = STR("http://127.0.0.1.evil.dk"); /* more of them: access/oidc.c */
	assert_refused(r, check(r, &s), ERR_INVALID, "--site");
	s.site = STR("http://127.0.0.1:80.evil.dk/rampe");
	assert_refused(r, check(r, &s), ERR_INVALID, "--site");
	s.site = STR("http://127.0.0.1:8080");
	assert_ok(check(r, &s));
	s = settings;
	s.sms = STR("%s%s@sms.example.dk");
	assert_refused(r, check(r, &s), ERR_INVALID, "--mail-sms");
	s.sms = STR("sms@example.dk");
	assert_refused(r, check(r, &s), ERR_INVALID, "--mail-sms");
}

#define ON(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(addresses__carry_nothing_but_themselves),
		ON(numbers__get_their_country),
		ON(settings__are_whole_or_refused),
	};
	return register_run("message settings", tests, sizeof tests / sizeof tests[0]);
}
