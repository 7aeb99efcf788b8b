/* busy: one slow job at a time for each person, so that nobody takes the threads that all share.
 *
 * A bounded table in memory of whose job runs and which of theirs wait for it,
 * safe from any thread. A key is a user, a citizen or a company's code, however
 * many sessions and tokens there are of each; the nil identifier is nobody's, and
 * its jobs wait for none. Jobs are the caller's, and owned by whoever runs them.
 */
#ifndef ACCESS_BUSY_H
#define ACCESS_BUSY_H

#include "base/uuid.h"

enum {
	BUSY_KEYS = 128,       /* more than the slow lane takes */
	BUSY_WAITING_MOST = 3, /* of one key: two pages opened beside each other, and a reload */
};

typedef enum {
	BUSY_RUNS,    /* the job may begin; busy_end when it has ended */
	BUSY_WAITS,   /* busy_end will hand it out */
	BUSY_REFUSED, /* too many wait already (or, of everybody, BUSY_KEYS) */
} BusyTurn;

typedef struct Busy Busy;

Busy *busy_new(void);
void busy_free(Busy *b);
BusyTurn busy_begin(Busy *b, Uuid key, void *job);
/* Once for each job that ran: the key's next one, which the caller now has run behind what others wait for; NULL: none
 * waits. */
void *busy_end(Busy *b, Uuid key);

#endif
