/* throttle: wrong passwords make the next try wait, never for good.
 *
 * After THROTTLE_FREE failures of one login, further tries wait 2, 4, 8 … up
 * to THROTTLE_SECONDS_MOST seconds after the last failure; a success or a quiet
 * hour forgets them. Logins that do not exist are counted alike. A bounded
 * table in memory, safe from any thread: a login that is pushed out of it by
 * others starts anew.
 */
#ifndef ACCESS_THROTTLE_H
#define ACCESS_THROTTLE_H

#include "base/clock.h"

enum { THROTTLE_FREE = 5, THROTTLE_SECONDS_MOST = 60, THROTTLE_LOGINS = 1024 };

typedef struct Throttle Throttle;

Throttle *throttle_new(void);
void throttle_free(Throttle *t);
/* Seconds this login has to wait; 0: it may try now. */
int throttle_wait(Throttle *t, Str login, Time now);
void throttle_failed(Throttle *t, Str login, Time now);
void throttle_passed(Throttle *t, Str login);

#endif
