/* message_codes: what a message is, how it goes, how it stands, what went wrong. Static data. */
#ifndef FEATURE_MESSAGE_CODES_H
#define FEATURE_MESSAGE_CODES_H

#include "base/enum.h"

typedef enum {
	MESSAGE_LINK,
	MESSAGE_LOGIN, /* that a login opens the page from now on */
} MessageKind;
extern const EnumTable message_kind_table;

typedef enum { MESSAGE_MAIL, MESSAGE_SMS } MessageChannel;
extern const EnumTable message_channel_table;

typedef enum {
	MESSAGE_WAITS,
	MESSAGE_SENDING, /* the relay is being asked */
	MESSAGE_SENT,    /* the relay has taken it over */
	MESSAGE_FAILED,
	MESSAGE_USELESS, /* its link had ended before it could be sent */
	MESSAGE_UNKNOWN, /* nobody knows what the relay answered */
} MessageState;
extern const EnumTable message_state_table;

/* MailOutcome but for MAIL_ACCEPTED, in its order. */
typedef enum {
	FAULT_NONE = ENUM_NONE,
	FAULT_UNREACHABLE,
	FAULT_TOO_SLOW,
	FAULT_NO_TLS,
	FAULT_LOGIN,
	FAULT_BUSY,
	FAULT_REFUSED,
} MessageFault;
extern const EnumTable message_fault_table;

#endif
