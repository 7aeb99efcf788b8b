/* store: contacts in SQLite, written by one thread in shared transactions.
 *
 * The same design as Rampe's own commit and nothing else: no rules, no audit,
 * no savepoints. A Store owns its connections and two threads (writer and
 * checkpoint); readers are one connection per calling thread. Errors end the
 * process: a yardstick that fails measures nothing.
 */
#ifndef BENCH_STORE_H
#define BENCH_STORE_H

#include "base/buf.h"
#include "base/text.h"
#include "base/uuid.h"

#include <sqlite3.h>

typedef struct {
	Uuid id, participant;
	Time at;
	Date day;
	Str kind, purpose, place, note;
	int64_t minutes;
	bool follow_up;
} BareContact;

/* One insert on its way; `done` is called by the writer's thread after the
 * fsync. `stored` is false when the id was there already. */
typedef struct BareWrite {
	struct BareWrite *next;
	BareContact contact;
	bool stored;
	void (*done)(struct BareWrite *w);
} BareWrite;

typedef struct Store Store;
typedef struct StoreReader StoreReader;

Store *store_open(const char *path);
/* Waits for what is queued, then closes. */
void store_close(Store *s);
/* `participants` people with `each` contacts, unless they are there. */
void store_fill(Store *s, int participants, int each);
void store_submit(Store *s, BareWrite *w);

/* For one thread. */
StoreReader *store_reader(const char *path);
void store_reader_free(StoreReader *r);
/* The participant's newest 50 as rows of an HTML table; how many. */
int store_rows(StoreReader *r, Uuid participant, Buf *out);

/* The id of participant number `i`. */
Uuid store_participant(int i);

#endif
