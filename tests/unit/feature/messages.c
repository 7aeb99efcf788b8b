/* Links that are sent: against a mail server that takes, refuses, hangs, drops and has no TLS. Nothing is lost without
 * a word, nothing that was acknowledged is sent again, and what is sent says nothing about anybody. Both engines. */
#include "feature/message/message.h"

#include "access/guest.h"
#include "access/restored.h"
#include "db/engine.h"
#include "fates.h"
#include "feature/erasure/erasure.h"
#include "feature/feature.h"
#include "feature/seen/seen.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- the mail server ---------------------------------------------------------- */

typedef enum { TAKES, TAKES_AND_DROPS, REFUSES, IS_BUSY, DROPS_THE_TEXT, HANGS } Manner;

enum { TEXT_ROOM = 8192, LINE_ROOM = 1100 };

static struct {
	int listening;
	uint16_t port;
	pthread_t thread;
	_Atomic(Manner) manner;
	atomic_int acknowledged, asked, greeted; /* texts taken; MAIL FROM heard; connections */
	char to[LINE_ROOM], text[TEXT_ROOM];     /* of the last */
} relay;

static void say(int fd, const char *line)
{
	(void)!write(fd, line, strlen(line));
}

/* One line without its end; false when the client is gone. */
static bool hear(int fd, char *line, size_t room)
{
	size_t n = 0;
	while (n + 1 < room && read(fd, line + n, 1) == 1) {
		if (line[n] == '\n') {
			line[n > 0 && line[n - 1] == '\r' ? n - 1 : n] = '\0';
			return true;
		}
		n++;
	}
	return false;
}

static bool take_text(int fd)
{
	char line[LINE_ROOM];
	size_t n = 0;
	while (hear(fd, line, sizeof line) && strcmp(line, ".") != 0) {
		size_t len = strlen(line);
		if (n + len + 2 < TEXT_ROOM) {
			memcpy(relay.text + n, line, len);
			relay.text[n + len] = '\n';
			n += len + 1;
		}
	}
	relay.text[n] = '\0';
	return strcmp(line, ".") == 0;
}

/* False: the connection ends here. */
static bool answer(int fd, const char *line, Manner manner)
{
	if (strncmp(line, "EHLO", 4) == 0) {
		say(fd, "250-test\r\n250 8BITMIME\r\n");
	} else if (strncmp(line, "MAIL", 4) == 0) {
		relay.asked++;
		say(fd, "250 ok\r\n");
	} else if (strncmp(line, "RCPT", 4) == 0) {
		memcpy(relay.to, line, strlen(line) + 1);
		say(fd, manner == REFUSES ? "550 nobody here\r\n" : manner == IS_BUSY ? "451 later\r\n" : "250 ok\r\n");
	} else if (strcmp(line, "DATA") == 0) {
		say(fd, "354 go on\r\n");
		if (!take_text(fd) || manner == DROPS_THE_TEXT)
			return false;
		relay.acknowledged++;
		say(fd, "250 taken\r\n");
		return manner != TAKES_AND_DROPS;
	} else if (strcmp(line, "QUIT") == 0) {
		say(fd, "221 bye\r\n");
		return false;
	} else {
		say(fd, "250 ok\r\n");
	}
	return true;
}

static void *be_relay(void *arg)
{
	char line[LINE_ROOM];
	(void)arg;
	for (int fd = accept(relay.listening, NULL, NULL); fd >= 0; fd = accept(relay.listening, NULL, NULL)) {
		Manner manner = atomic_load(&relay.manner);
		relay.greeted++;
		if (manner == HANGS)
			(void)hear(fd, line, sizeof line); /* until the client gives up */
		else
			say(fd, "220 test\r\n");
		while (manner != HANGS && hear(fd, line, sizeof line) && answer(fd, line, manner))
			;
		(void)close(fd);
	}
	return NULL;
}

static void relay_start(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof at;
	memset(&relay, 0, sizeof relay);
	relay.listening = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(bind(relay.listening, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(getsockname(relay.listening, (struct sockaddr *)&at, &len), 0);
	assert_int_equal(listen(relay.listening, 5), 0);
	relay.port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&relay.thread, NULL, be_relay, NULL), 0);
}

/* ---- the register around it ------------------------------------------------------ */

static MessageSettings settings;

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

static int make(void **state)
{
	assert_int_equal(register_make(state), 0);
	TestRegister *r = *state;
	relay_start();
	settings = (MessageSettings){ .from = STR("noreply@example.dk"),
				      .site = STR("https://rampe.example.dk"),
				      .sms = STR("%s@sms.example.dk") };
	settings.relay.relay = str_printf(r->d.db->arena, "smtp://127.0.0.1:%u", relay.port);
	set_anna(r, "+45 87 65 43 21", "anna@example.dk");
	r->c->messages = &settings;
	return 0;
}

static int clean(void **state)
{
	(void)shutdown(relay.listening, SHUT_RDWR);
	(void)close(relay.listening);
	(void)pthread_join(relay.thread, NULL);
	return register_remove(state);
}

typedef struct {
	ParticipantId who;
	MessageIn in;
} Queueing;

static Err queue_work(Ctx *c, void *arg)
{
	const Queueing *q = arg;
	return message_link(c, q->who, &q->in);
}

static Err queue(TestRegister *r, MessageChannel channel)
{
	Queueing q = { r->anna, { (int)channel } };
	ctx_clear(r->c);
	return commit_run(r->c, queue_work, &q);
}

static bool send_one(TestRegister *r)
{
	bool any = false;
	ctx_clear(r->c);
	assert_ok(message_send_next(r->c, NULL, &any));
	return any;
}

/* The code in what waits. */
static Str queued_link(TestRegister *r)
{
	MessageDue row;
	begin(r);
	assert_ok(message_next(r->c, clock_now(r->c->clock), &row));
	end(r);
	return row.link;
}

static MessageLine last(TestRegister *r)
{
	MessageOffer offer;
	begin(r);
	assert_ok(message_offer(r->c, r->anna, &offer));
	end(r);
	assert_true(offer.lines.n > 0);
	return offer.lines.at[0];
}

/* Minutes after noon (UTC) of the register's day. */
static void clock_at(TestRegister *r, int minutes)
{
	r->clock = clock_fixed(time_of(day("2018-11-30"), 13 * 60 + minutes));
}

static void assert_nothing_kept(TestRegister *r)
{
	assert_int_equal(rows_filled(r, "message", "recipient", "participant", r->anna.v), 0);
	assert_int_equal(rows_filled(r, "message", "link", "participant", r->anna.v), 0);
}

/* ---- what is sent ------------------------------------------------------------------ */

typedef struct {
	Str code, secret;
	Date born;
	bool right;
} Entering;

static Err enter_work(Ctx *c, void *arg)
{
	Entering *e = arg;
	return guest_enter(c, e->code, e->born, &e->right, &e->secret);
}

static bool enters(TestRegister *r, Str code, const char *born)
{
	Entering e = { .code = code, .born = day(born) };
	assert_ok(commit_run(r->c, enter_work, &e));
	return e.right;
}

static void link__is_sent_once_and_opens_with_the_birthday_only(void **state)
{
	static const char begins[] = "https://rampe.example.dk/adgang/";
	TestRegister *r = *state;
	assert_ok(queue(r, MESSAGE_SMS));
	assert_int_equal(last(r).state, MESSAGE_WAITS);
	assert_true(send_one(r));
	assert_int_equal(last(r).state, MESSAGE_SENT);
	assert_false(send_one(r));
	assert_int_equal(relay.acknowledged, 1);
	assert_non_null(strstr(relay.to, "<4587654321@sms.example.dk>"));
	const char *link = strstr(relay.text, begins);
	assert_non_null(link);
	Str code = str_dup(r->d.db->arena, (Str){ link + strlen(begins), 14 }); /* abcd-efgh-jkmn */
	assert_nothing_kept(r);
	ctx_clear(r->c);
	assert_false(enters(r, code, "1975-06-16"));
	assert_true(enters(r, code, "1975-06-15"));
}

/* RFC 4648, section 4; enough for a test. */
static Str decoded(Arena *a, const char *text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *out = arena_alloc(a, strlen(text));
	unsigned bits = 0, have = 0;
	size_t n = 0;
	for (; *text != '\0'; text++) {
		const char *digit = strchr(digits, *text);
		if (digit == NULL)
			continue;
		bits = bits << 6 | (unsigned)(digit - digits);
		have += 6;
		if (have >= 8)
			out[n++] = (char)(bits >> (have -= 8) & 0xff);
	}
	return (Str){ out, n };
}

static void mail__says_nothing_about_citizen_or_programme(void **state)
{
	static const char *const silent[] = {
		"Anna", "7506751000", "750675", "rampe\"", "Brug din", "Aarhus", "Mette"
	};
	TestRegister *r = *state;
	assert_ok(queue(r, MESSAGE_MAIL));
	assert_true(send_one(r));
	assert_non_null(strstr(relay.to, "<anna@example.dk>"));
	assert_non_null(strstr(relay.text, "\nTo: <anna@example.dk>\n"));
	assert_non_null(strstr(relay.text, "\nDate: Fri, 30 Nov 2018 12:00:00 +0000\n"));     /* a Friday */
	assert_non_null(strstr(relay.text, "\nSubject: =?utf-8?B?RXQgbGluayB0aWwgZGln?=\n")); /* by base64(1) */
	const char *body = strstr(relay.text, "\n\n");
	assert_non_null(body);
	Str text = decoded(r->d.db->arena, body);
	assert_true(str_starts(text, STR("Hej\r\n")));
	assert_true(str_find_str(text, STR("https://rampe.example.dk/adgang/")) != SIZE_MAX);
	for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++) {
		assert_null(strstr(relay.text, silent[i]));
		assert_true(str_find_str(text, str_of(silent[i])) == SIZE_MAX);
	}
}

/* ---- servers that do not ------------------------------------------------------------- */

static void refused__is_over_at_once(void **state)
{
	TestRegister *r = *state;
	relay.manner = REFUSES;
	assert_ok(queue(r, MESSAGE_MAIL));
	assert_true(send_one(r));
	MessageLine line = last(r);
	assert_true(line.state == MESSAGE_FAILED && line.fault == FAULT_REFUSED);
	assert_nothing_kept(r);
	clock_at(r, 600);
	assert_false(send_one(r));
}

static void busy__is_tried_again_later_and_later(void **state)
{
	TestRegister *r = *state;
	relay.manner = IS_BUSY;
	assert_ok(queue(r, MESSAGE_MAIL));
	assert_true(send_one(r));
	assert_true(last(r).state == MESSAGE_WAITS && last(r).fault == FAULT_BUSY);
	assert_false(send_one(r)); /* not yet */
	clock_at(r, 1);
	assert_true(send_one(r));
	clock_at(r, 2); /* two minutes after the second */
	assert_false(send_one(r));
	relay.manner = TAKES;
	clock_at(r, 3);
	assert_true(send_one(r));
	assert_true(last(r).state == MESSAGE_SENT && last(r).tries == 3 && last(r).fault == FAULT_NONE);
	assert_int_equal(relay.acknowledged, 1);
}

static void dropped_before_it_was_taken__is_tried_six_times(void **state)
{
	TestRegister *r = *state;
	int tries = 0;
	relay.manner = DROPS_THE_TEXT;
	assert_ok(queue(r, MESSAGE_MAIL));
	for (int minutes = 0; minutes < 24 * 60; minutes += 10) {
		clock_at(r, minutes);
		tries += send_one(r);
	}
	assert_int_equal(tries, 6);
	assert_true(last(r).state == MESSAGE_FAILED && last(r).fault == FAULT_UNREACHABLE);
	assert_nothing_kept(r);
}

static void acknowledged_and_dropped__is_never_sent_again(void **state)
{
	TestRegister *r = *state;
	relay.manner = TAKES_AND_DROPS;
	assert_ok(queue(r, MESSAGE_MAIL));
	assert_true(send_one(r));
	assert_int_equal(last(r).state, MESSAGE_SENT);
	clock_at(r, 600);
	assert_false(send_one(r));
	assert_int_equal(relay.acknowledged, 1);
}

static void *stop_soon(void *arg)
{
	(void)usleep(500000);
	atomic_store((atomic_bool *)arg, true);
	return NULL;
}

static void hanging__ends_when_the_program_does_and_nothing_is_lost(void **state)
{
	TestRegister *r = *state;
	atomic_bool stop = false;
	pthread_t thread;
	bool any = false;
	struct timespec before, after;
	relay.manner = HANGS;
	assert_ok(queue(r, MESSAGE_MAIL));
	assert_int_equal(pthread_create(&thread, NULL, stop_soon, &stop), 0);
	(void)clock_gettime(CLOCK_MONOTONIC, &before);
	ctx_clear(r->c);
	assert_ok(message_send_next(r->c, &stop, &any));
	(void)clock_gettime(CLOCK_MONOTONIC, &after);
	(void)pthread_join(thread, NULL);
	assert_true(after.tv_sec - before.tv_sec < 5);
	assert_int_equal(last(r).state, MESSAGE_WAITS);
	relay.manner = TAKES;
	clock_at(r, 1);
	assert_true(send_one(r));
	assert_int_equal(last(r).state, MESSAGE_SENT);
}

/* "localhost" is a name: only the addresses themselves are this machine for certain. */
static void relay_without_tls__is_told_nothing(void **state)
{
	TestRegister *r = *state;
	settings.relay.relay = str_printf(r->d.db->arena, "smtp://localhost:%u", relay.port);
	assert_ok(queue(r, MESSAGE_MAIL));
	assert_true(send_one(r));
	assert_true(last(r).state == MESSAGE_WAITS && last(r).fault == FAULT_NO_TLS);
	assert_true(relay.greeted > 0);
	assert_int_equal(relay.asked, 0);
}

static void nobody_there__is_told(void **state)
{
	TestRegister *r = *state;
	settings.relay.relay = STR("smtp://127.0.0.1:1");
	assert_ok(queue(r, MESSAGE_MAIL));
	assert_true(send_one(r));
	assert_true(last(r).state == MESSAGE_WAITS && last(r).fault == FAULT_UNREACHABLE);
}

/* As when the disk is full after the relay has answered: the end is not stored, and nobody knows it. */
static void error_in_the_middle__is_told_and_holds_up_nothing(void **state)
{
	TestRegister *r = *state;
	Str right = settings.relay.relay;
	bool any = true;
	assert_ok(queue(r, MESSAGE_MAIL));
	settings.relay.relay = STR("no relay");
	ctx_clear(r->c);
	assert_int_equal(message_send_next(r->c, NULL, &any), ERR_INTERNAL);
	assert_int_equal(last(r).state, MESSAGE_SENDING);
	settings.relay.relay = right;
	clock_at(r, 5);
	assert_false(send_one(r));
	assert_int_equal(last(r).state, MESSAGE_UNKNOWN);
	assert_nothing_kept(r);
	clock_at(r, 6);
	assert_ok(queue(r, MESSAGE_SMS));
	assert_true(send_one(r));
	assert_int_equal(last(r).state, MESSAGE_SENT);
	assert_int_equal(relay.acknowledged, 1);
}

/* ---- what is not sent ------------------------------------------------------------------ */

static void ended_link__is_not_sent(void **state)
{
	TestRegister *r = *state;
	MessageOffer offer;
	assert_ok(queue(r, MESSAGE_MAIL));
	assert_ok(queue(r, MESSAGE_SMS)); /* ends the first */
	assert_true(send_one(r) && send_one(r));
	assert_false(send_one(r));
	assert_int_equal(relay.acknowledged, 1);
	assert_non_null(strstr(relay.to, "sms.example.dk"));
	begin(r);
	assert_ok(message_offer(r->c, r->anna, &offer));
	end(r);
	assert_int_equal(offer.lines.n, 2);
	int useless = 0;
	for (size_t i = 0; i < 2; i++)
		useless += offer.lines.at[i].state == MESSAGE_USELESS && offer.lines.at[i].channel == MESSAGE_MAIL;
	assert_int_equal(useless, 1);
	assert_ok(queue(r, MESSAGE_MAIL));
	clock_at(r, (GUEST_CODE_DAYS * 24 + 1) * 60);
	assert_true(send_one(r));
	assert_int_equal(relay.acknowledged, 1);
	assert_nothing_kept(r);
}

static void died_meanwhile__is_unknown_and_not_sent_again(void **state)
{
	TestRegister *r = *state;
	assert_ok(queue(r, MESSAGE_MAIL));
	database_script(&r->d, "UPDATE message SET state = 'sending'", "UPDATE message SET state = 'sending'");
	ctx_clear(r->c);
	assert_ok(message_recover(r->c)); /* another server may be sending it */
	assert_false(send_one(r));
	assert_int_equal(last(r).state, MESSAGE_SENDING);
	clock_at(r, 60);
	assert_ok(message_recover(r->c));
	assert_int_equal(last(r).state, MESSAGE_UNKNOWN);
	SeenLines seen; /* Anna is told */
	begin(r);
	assert_ok(seen_newest(r->c, r->anna, SEEN_MOST, &seen));
	end(r);
	assert_true(str_eq_z(seen.at[0].action, "message.unknown"));
	assert_nothing_kept(r);
	assert_false(send_one(r));
	assert_int_equal(relay.acknowledged, 0);
	ctx_clear(r->c);
	assert_ok(message_recover(r->c)); /* nothing to say */
}

static void only_what_is_registered__is_written_to(void **state)
{
	TestRegister *r = *state;
	MessageOffer offer;
	set_anna(r, NULL, "anna@example.dk\r\nBcc: andre@example.dk"); /* past the form */
	assert_refused(r, queue(r, MESSAGE_MAIL), ERR_INVALID, "channel");
	assert_refused(r, queue(r, MESSAGE_SMS), ERR_INVALID, "channel");
	begin(r);
	assert_ok(message_offer(r->c, r->anna, &offer));
	end(r);
	assert_true(offer.sends && !offer.mail && !offer.sms && offer.lines.n == 0);
	r->c->messages = NULL;
	assert_refused(r, queue(r, MESSAGE_MAIL), ERR_INVALID, "channel");
	begin(r);
	assert_ok(message_offer(r->c, r->anna, &offer));
	end(r);
	assert_false(offer.sends);
}

static Err restored_work(Ctx *c, void *arg)
{
	int64_t *users = arg;
	RETURN_IF_ERR(restored_end_access(c, users));
	RETURN_IF_ERR(message_end_restored(c));
	return feature_audit(c, "backup.end_access", NULL, UUID_NONE, NOBODY);
}

static void restored__is_not_sent_again_and_its_link_opens_nothing(void **state)
{
	TestRegister *r = *state;
	Str secret;
	int64_t users = -1;
	assert_ok(queue(r, MESSAGE_MAIL));
	secret = str_dup(r->d.db->arena, queued_link(r));
	ctx_clear(r->c);
	assert_false(enters(r, secret, "1975-06-16")); /* it is known, until */
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, restored_work, &users));
	assert_int_equal(users, 0);
	assert_int_equal(last(r).state, MESSAGE_UNKNOWN);
	assert_nothing_kept(r);
	assert_false(send_one(r));
	assert_int_equal(relay.greeted, 0);
	Entering again = { .code = secret, .born = day("1975-06-15") };
	ctx_clear(r->c);
	assert_int_equal(commit_run(r->c, enter_work, &again), ERR_NOT_FOUND);
}

static void another_tenants__is_not_looked_at(void **state)
{
	TestRegister *r = *state;
	TenantId here = r->c->tenant;
	assert_ok(queue(r, MESSAGE_MAIL));
	r->c->tenant.v.b[0] ^= 0xff;
	assert_false(send_one(r));
	r->c->tenant = here;
	assert_true(send_one(r));
}

static void erased_citizen__gets_no_mail(void **state)
{
	TestRegister *r = *state;
	assert_ok(queue(r, MESSAGE_MAIL));
	assert_int_equal(rows_filled(r, "message", "link", "participant", r->anna.v), 1);
	ctx_clear(r->c);
	assert_ok(erasure_run(r->c, r->anna.v, STR("asked for it")));
	assert_int_equal(rows_filled(r, "message", "id", "participant", r->anna.v), 0);
	assert_false(send_one(r));
}

#define ON(test) cmocka_unit_test_setup_teardown(test, make, clean)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(link__is_sent_once_and_opens_with_the_birthday_only),
		ON(mail__says_nothing_about_citizen_or_programme),
		ON(refused__is_over_at_once),
		ON(busy__is_tried_again_later_and_later),
		ON(dropped_before_it_was_taken__is_tried_six_times),
		ON(acknowledged_and_dropped__is_never_sent_again),
		ON(hanging__ends_when_the_program_does_and_nothing_is_lost),
		ON(relay_without_tls__is_told_nothing),
		ON(nobody_there__is_told),
		ON(error_in_the_middle__is_told_and_holds_up_nothing),
		ON(ended_link__is_not_sent),
		ON(died_meanwhile__is_unknown_and_not_sent_again),
		ON(only_what_is_registered__is_written_to),
		ON(restored__is_not_sent_again_and_its_link_opens_nothing),
		ON(another_tenants__is_not_looked_at),
		ON(erased_citizen__gets_no_mail),
	};
	return register_run("messages", tests, sizeof tests / sizeof tests[0]);
}
