/* sender: the thread of `rampe serve` that sends what waits.
 *
 * Owns one thread with a Ctx of its own. It looks every SENDER_SECONDS, and
 * sends one message after the other; a mail server that hangs holds up other
 * messages, and nothing else.
 */
#ifndef APP_SENDER_H
#define APP_SENDER_H

#include "feature/message/message.h"

enum { SENDER_SECONDS = 2 };

typedef struct Sender Sender;

typedef struct {
	struct Db *db; /* writer running */
	TenantId tenant;
	const Clock *clock;
	const MessageSettings *settings;
	void (*log)(Ctx *c, Str line);
} SenderConfig;

/* After message_recover. It lives in c->arena, which must outlast it. */
Err sender_start(Ctx *c, const SenderConfig *config, Sender **out) MUST_USE;
/* Breaks off what is under way, and ends the thread. NULL: nothing to do. */
void sender_stop(Sender *s);

#endif
