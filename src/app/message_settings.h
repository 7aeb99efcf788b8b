/* message_settings: which mail server `rampe serve` is told of. */
#ifndef APP_MESSAGE_SETTINGS_H
#define APP_MESSAGE_SETTINGS_H

#include "access/cli.h"
#include "feature/message/message.h"

/* Takes --mail, --mail-from, --mail-login-file, --mail-sms and --site, or what
 * RAMPE_MAIL, RAMPE_MAIL_FROM, RAMPE_MAIL_LOGIN_FILE, RAMPE_MAIL_SMS and
 * RAMPE_SITE say, into *out, whose texts live as long as the command. *told is
 * false without a relay. INVALID: one without the others; DENIED: others than
 * its owner may read the file. */
Err message_settings_read(Cli *cli, MessageSettings *out, bool *told) MUST_USE;

#endif
