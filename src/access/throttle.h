/* throttle: wrong passwords make the next try wait, never for good.
 *
 * After a number of failures of one key, further tries wait 2, 4, 8 … up to
 * THROTTLE_SECONDS_MOST seconds after the last failure; a success or a quiet
 * hour forgets them. A key is a login (THROTTLE_FREE failures; those that do not
 * exist are counted alike) or an address, from which one password may be tried
 * on many logins (THROTTLE_ADDRESS_FREE: a whole job centre may share it). A
 * bounded table in memory, safe from any thread: a key that is pushed out of it
 * by others starts anew.
 */
#ifndef ACCESS_THROTTLE_H
#define ACCESS_THROTTLE_H

#include "base/clock.h"

enum { THROTTLE_FREE = 5, THROTTLE_ADDRESS_FREE = 20, THROTTLE_SECONDS_MOST = 60, THROTTLE_KEYS = 1024 };

typedef struct Throttle Throttle;

Throttle *throttle_new(void);
void throttle_free(Throttle *t);
/* Seconds this key has to wait after `free` failures; 0: it may try now. */
int throttle_wait(Throttle *t, Str key, int free, Time now);
void throttle_failed(Throttle *t, Str key, Time now);
void throttle_passed(Throttle *t, Str key);

#endif
