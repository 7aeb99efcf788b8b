#include "feature/message/message.h"

#include "access/actor.h"
#include "access/guest.h"
#include "feature/feature.h"
#include "http/fetch.h"

#define SECOND ((Time)1000000)

static const EnumRow kinds[] = {
	{ "link", N_("A link to the own page") },
	{ "login", N_("Word that a login opens the own page") },
};
const EnumTable message_kind_table = ENUM_TABLE("message_kind", kinds);

static const EnumRow channels[] = {
	{ "mail", N_("E-mail") },
	{ "sms", N_("Text message") },
};
const EnumTable message_channel_table = ENUM_TABLE("message_channel", channels);

static const EnumRow states[] = {
	{ "waits", N_("Waits to be sent") },
	{ "sending", N_("Is being sent") },
	{ "sent", N_("Sent") },
	{ "failed", N_("Could not be sent") },
	{ "useless", N_("Not sent: the link had ended") },
	{ "unknown", N_("Perhaps sent: the program was interrupted") },
};
const EnumTable message_state_table = ENUM_TABLE("message_state", states);

static const EnumRow faults[] = {
	{ "unreachable", N_("the mail server does not answer") },
	{ "too_slow", N_("the mail server was too slow") },
	{ "no_tls", N_("no safe connection to the mail server") },
	{ "login", N_("the mail server does not know this program") },
	{ "busy", N_("the mail server said: not now") },
	{ "refused", N_("the mail server refused the address or the message") },
};
const EnumTable message_fault_table = ENUM_TABLE("message_fault", faults);

static const Field fields[] = {
	FIELD(MessageIn, channel, FIELD_ENUM, N_("How the link is sent"), .required = true,
	      .choices = &message_channel_table),
};
const Form message_form = FORM("message", MessageIn, fields);

static Str authority_of(Str rest)
{
	size_t slash = str_find(rest, '/', 0);
	return slash == SIZE_MAX ? rest : str_sub(rest, 0, slash);
}

/* "https://host[:port]"; plain http for this machine alone. */
static bool is_site(Str s)
{
	Str http = STR("http://");
	bool plain = str_starts(s, http);
	if (!(plain ? fetch_is_here(authority_of(str_sub(s, http.len, s.len))) : str_starts(s, STR("https://"))) ||
	    s.len < 10 || s.len > 200)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] > '~' || s.ptr[i] == '?' || s.ptr[i] == '#' || s.ptr[i] == '@')
			return false;
	return !str_ends(s, STR("/"));
}

static bool is_gateway(Ctx *c, Str sms)
{
	size_t at = str_find_str(sms, STR("%s"));
	if (at == SIZE_MAX || str_find(sms, '%', at + 1) != SIZE_MAX)
		return false;
	Str before = str_sub(sms, 0, at), after = str_sub(sms, at + 2, sms.len);
	return mail_is_address(str_printf(c->arena, "%.*s4512345678%.*s", STR_ARG(before), STR_ARG(after)));
}

Err message_check_settings(Ctx *c, const MessageSettings *s)
{
	if (!mail_is_relay(s->relay.relay))
		return refuse(c, "--mail", "%s", T(c->lang, "A mail server is smtps://HOST:PORT or smtp://HOST:PORT."));
	if (!mail_is_address(s->from))
		return refuse(c, "--mail-from", "%s", T(c->lang, "This is not an e-mail address."));
	if (!is_site(s->site))
		return refuse(
			c, "--site", "%s",
			T(c->lang, "Tell how citizens reach the program: https://HOST, without a slash at the end."));
	if (!str_is_none(s->sms) && !is_gateway(c, s->sms))
		return refuse(c, "--mail-sms", "%s",
			      T(c->lang, "The text message gateway is an e-mail address with %s for the number."));
	return OK;
}

/* ---- offering and queueing ---------------------------------------------------- */

static void reach(const MessageSettings *s, const MessageReach *row, MessageOffer *out)
{
	char number[MESSAGE_NUMBER_MOST];
	out->sends = s != NULL;
	out->mail = s != NULL && !str_is_empty(row->email) && mail_is_address(row->email);
	out->sms = s != NULL && !str_is_none(s->sms) && !str_is_empty(row->phone) && message_number(row->phone, number);
}

Err message_offer(Ctx *c, ParticipantId who, MessageOffer *out)
{
	MessageReach row;
	*out = (MessageOffer){ 0 };
	RETURN_IF_ERR(message_reach(c, who, &row));
	reach(c->messages, &row, out);
	return message_of(c, who, &out->lines);
}

/* Of which kind it is, is told too: who reads the log must not take word of a login for a link. */
static Err audit(Ctx *c, const char *action, MessageId id, ParticipantId about, MessageKind kind)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = STR("message");
	e.subject = id.v;
	e.participant = about;
	e.detail = enum_code(&message_kind_table, (int)kind);
	return commit_audit(c, &e);
}

/* `link` none: word about a login. */
static Err queue(Ctx *c, const MessageReach *person, GuestCodeId code, MessageChannel channel, Str link)
{
	Time now = clock_now(c->clock);
	const Message row = { .id = { uuid_v7(c->clock, c->random) },
			      .participant = person->id,
			      .code = code,
			      .kind = str_is_none(link) ? MESSAGE_LOGIN : MESSAGE_LINK,
			      .channel = channel,
			      .recipient = channel == MESSAGE_MAIL ? person->email : person->phone,
			      .link = link,
			      .made = now,
			      .made_by = feature_actor_name(c),
			      .state = MESSAGE_WAITS,
			      .due = now,
			      .changed = now,
			      .fault = FAULT_NONE };
	RETURN_IF_ERR(message_insert(c, &row));
	return audit(c, "message.queue", row.id, person->id, row.kind);
}

Err message_link(Ctx *c, ParticipantId who, const MessageIn *in)
{
	MessageReach person;
	MessageOffer offer = { 0 };
	GuestCode code;
	Str secret;
	RETURN_IF_ERR(message_reach(c, who, &person));
	reach(c->messages, &person, &offer);
	if (!offer.sends)
		return refuse(c, "channel", "%s", T(c->lang, "This installation sends no messages."));
	if (in->channel == MESSAGE_MAIL ? !offer.mail : !offer.sms)
		return refuse(c, "channel", "%s",
			      T(c->lang, "Nothing is registered about the citizen that it can be sent to."));
	RETURN_IF_ERR(guest_invite(c, ROLE_CITIZEN, who, (SheetId){ UUID_NONE }, &secret));
	RETURN_IF_ERR(guest_look(c, secret, &code));
	return queue(c, &person, code.id, (MessageChannel)in->channel, secret);
}

Err message_tell_linked(Ctx *c, ParticipantId who)
{
	MessageReach person;
	MessageOffer offer = { 0 };
	RETURN_IF_ERR(message_reach(c, who, &person));
	reach(c->messages, &person, &offer);
	if (offer.mail)
		RETURN_IF_ERR(queue(c, &person, c->actor->guest, MESSAGE_MAIL, STR_NONE));
	return offer.sms ? queue(c, &person, c->actor->guest, MESSAGE_SMS, STR_NONE) : OK;
}

Err message_end_waiting(Ctx *c, ParticipantId who)
{
	return message_end_links(c, who, clock_now(c->clock));
}

/* ---- sending -------------------------------------------------------------------- */

/* One message on its way. */
typedef struct {
	MessageDue row;
	bool any, over;
	Str to, text;
	MailOutcome outcome;
} Sending;

static Err claim(Ctx *c, void *arg)
{
	Sending *s = arg;
	int64_t changed = 0;
	Time now = clock_now(c->clock);
	RETURN_IF_ERR(message_next(c, now, &s->row));
	s->any = true;
	s->to = s->row.useful ? message_address(c, c->messages, &s->row) : STR_NONE;
	s->over = str_is_none(s->to);
	if (s->over) {
		RETURN_IF_ERR(message_set_useless(c, s->row.id, now, &changed));
	} else {
		s->text = message_text(c, c->messages, &s->row, s->to);
		RETURN_IF_ERR(message_set_sending(c, s->row.id, now, &changed));
	}
	if (changed == 0) /* another server has taken it */
		return ERR_NOT_FOUND;
	return audit(c, s->over ? "message.useless" : "message.try", s->row.id, s->row.participant, s->row.kind);
}

static Err settle(Ctx *c, void *arg)
{
	const Sending *s = arg;
	int64_t changed = 0;
	Time now = clock_now(c->clock);
	int64_t tries = s->row.tries + 1;
	bool sent = s->outcome == MAIL_ACCEPTED;
	bool never = s->outcome == MAIL_REFUSED || tries >= MESSAGE_TRIES_MOST;
	MessageFault fault = sent ? FAULT_NONE : (MessageFault)((int)s->outcome - 1);
	if (sent || never)
		RETURN_IF_ERR(
			message_set_over(c, s->row.id, now, sent ? MESSAGE_SENT : MESSAGE_FAILED, fault, &changed));
	else
		RETURN_IF_ERR(message_set_waiting(c, s->row.id, now,
						  now + ((Time)MESSAGE_WAIT_SECONDS << (tries - 1)) * SECOND, fault,
						  &changed));
	if (changed == 0) /* it took so long that it was called unknown */
		return ERR_NOT_FOUND;
	return audit(c,
		     sent    ? "message.sent"
		     : never ? "message.failed"
			     : "message.put_off",
		     s->row.id, s->row.participant, s->row.kind);
}

typedef struct {
	int64_t due, stuck;
} Waiting;

/* Whoever took it before that is sending it no more. */
static Time stuck_before(const Ctx *c)
{
	return clock_now(c->clock) - (Time)MESSAGE_STUCK_SECONDS * SECOND;
}

static Err count_waiting(Ctx *c, Waiting *out)
{
	RETURN_IF_ERR(message_count_due(c, clock_now(c->clock), &out->due));
	return message_count_stuck(c, stuck_before(c), &out->stuck);
}

static Err look(Ctx *c, Waiting *out)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = count_waiting(c, out);
	db_end_read(c);
	return e;
}

static Err recover(Ctx *c, void *arg)
{
	MessageStuckList stuck;
	(void)arg;
	RETURN_IF_ERR(message_stuck(c, stuck_before(c), &stuck));
	for (size_t i = 0; i < stuck.n; i++) {
		const MessageStuck *m = &stuck.at[i];
		int64_t changed = 0;
		RETURN_IF_ERR(message_set_unknown(c, m->id, clock_now(c->clock), &changed));
		if (changed > 0)
			RETURN_IF_ERR(audit(c, "message.unknown", m->id, m->participant, m->kind));
	}
	return stuck.n == 0 ? ERR_NOT_FOUND : OK;
}

Err message_recover(Ctx *c)
{
	Err e = commit_run(c, recover, NULL);
	return e == ERR_NOT_FOUND ? OK : e;
}

Err message_send_next(Ctx *c, const atomic_bool *stop, bool *any)
{
	Sending s = { 0 };
	Waiting waiting = { 0 };
	*any = false;
	RETURN_IF_ERR(look(c, &waiting));
	if (waiting.stuck > 0)
		RETURN_IF_ERR(message_recover(c));
	if (waiting.due == 0)
		return OK;
	Err e = commit_run(c, claim, &s);
	*any = e == OK && s.any;
	if (e != OK || s.over)
		return e == ERR_NOT_FOUND ? OK : e;
	const Mail mail = { c->messages->from, s.to, s.text, stop };
	RETURN_IF_ERR(mail_send(c, &c->messages->relay, &mail, &s.outcome));
	e = commit_run(c, settle, &s);
	return e == ERR_NOT_FOUND ? OK : e;
}

Err message_end_restored(Ctx *c)
{
	return message_end_all(c, clock_now(c->clock));
}
