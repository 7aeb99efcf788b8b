/* message: sends a citizen the link to the own page, or word that a login opens it, by mail or text message.
 *
 * Owns table message. A message is queued by a commit job and sent by
 * message_send_next, outside of any: it is marked as being sent before the
 * relay is asked, and as sent when the relay has taken it over, each in a
 * commit. What the relay has acknowledged is never sent again; what it has not
 * is tried MESSAGE_TRIES_MOST times, with longer and longer waits. What has been
 * under way for longer than anybody sends, since a program died or an error
 * kept its end from being stored, is called unknown, and a person decides. Two
 * servers on one database take each message once. It goes only to the phone or e-mail that is registered, says nothing
 * about citizen or programme, and its link lets nobody in without the birthday. A text message goes by mail to a
 * gateway. Person and link are sealed, and emptied when it is over.
 */
#ifndef FEATURE_MESSAGE_H
#define FEATURE_MESSAGE_H

#include "base/field.h"
#include "feature/message/message_codes.h"
#include "http/mail.h"
#include "message_sql.h"

enum {
	MESSAGE_TRIES_MOST = 6,
	MESSAGE_WAIT_SECONDS = 60, /* after the first try; doubled after each */
	MESSAGE_STUCK_SECONDS = 4 * MAIL_SECONDS,
};

/* What an installation is told when it starts. */
typedef struct MessageSettings {
	MailRelay relay;
	Str from; /* an address */
	Str site; /* how citizens reach the program: "https://rampe.example.dk" */
	Str sms;  /* the gateway's address with %s for the number; none: no text messages */
} MessageSettings;

/* INVALID, with the option's name: no relay, address or site. */
Err message_check_settings(Ctx *c, const MessageSettings *s) MUST_USE;

/* Digits with country code: Danish when eight were registered. False: no number that text messages go to. */
enum { MESSAGE_NUMBER_MOST = 16 };
bool message_number(Str phone, char out[MESSAGE_NUMBER_MOST]);

typedef struct {
	bool sends;     /* the installation can */
	bool mail, sms; /* this citizen can be reached so */
	MessageLineList lines;
} MessageOffer;
/* Inside a read. */
Err message_offer(Ctx *c, ParticipantId who, MessageOffer *out) MUST_USE;

typedef struct {
	int channel;
} MessageIn;
extern const Form message_form;
/* Inside a commit job: makes a code, which ends earlier ones, and queues its link. INVALID: nothing is sent here, or
 * nothing fitting is registered. */
Err message_link(Ctx *c, ParticipantId who, const MessageIn *in) MUST_USE;

/* The link that opens the page of a code, as it is handed over: whole where messages are sent, whose settings hold the
 * installation's address; otherwise with three dots for it. */
Str message_link_text(const Ctx *c, Str code);

/* Inside the commit job in which the citizen, who is the actor, links a login: word of it by every way that is
 * registered, so that the citizen hears of it also when it was somebody else. Where none is, or nothing is sent here,
 * nothing. */
Err message_tell_linked(Ctx *c, ParticipantId who) MUST_USE;
/* Inside a commit job, which audits: the links of the citizen that wait are not sent; word about a login is. */
Err message_end_waiting(Ctx *c, ParticipantId who) MUST_USE;

/* Outside reads and commits, on the one thread that sends, which may wait. *any: there was one that was due. What an
 * earlier call left under way is called unknown first. */
Err message_send_next(Ctx *c, const atomic_bool *stop, bool *any) MUST_USE;
/* Whether the program sends or not: what has been under way for too long. */
Err message_recover(Ctx *c) MUST_USE;

/* Inside a commit job, which audits: nothing that waits in a restored backup is sent once more. */
Err message_end_restored(Ctx *c) MUST_USE;

/* The whole message, as SMTP takes it. */
Str message_text(Ctx *c, const MessageSettings *s, const MessageDue *row, Str to);
/* Where it goes; none: nowhere. */
Str message_address(Ctx *c, const MessageSettings *s, const MessageDue *row);

#endif
