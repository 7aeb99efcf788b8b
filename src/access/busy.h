/* busy: nobody has two slow things made at once, so that nobody takes the threads that all share.
 *
 * A bounded table in memory of whose job waits or runs, safe from any thread. A
 * key is a user, a citizen or a company's code, however many sessions and tokens
 * there are of each; the nil identifier is nobody's and never
 * busy.
 */
#ifndef ACCESS_BUSY_H
#define ACCESS_BUSY_H

#include "base/uuid.h"

enum { BUSY_KEYS = 128 }; /* more than the slow lane takes */

typedef struct Busy Busy;

Busy *busy_new(void);
void busy_free(Busy *b);
/* False: there is one under way already (or, of everybody, BUSY_KEYS). */
bool busy_begin(Busy *b, Uuid key);
/* Once for each begin that said yes. */
void busy_end(Busy *b, Uuid key);

#endif
