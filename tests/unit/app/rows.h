/* rows: what a request has changed in the database, and putting it back.
 *
 * Everything but the audit, the sessions and the schema's version is read as
 * text, row by row. A row belongs to every world whose identifiers stand in it.
 */
#ifndef TEST_ROWS_H
#define TEST_ROWS_H

#include "world.h"

enum { TABLES_MOST = 64, PROGRAMME = WORLDS, /* the two units' */ GROUPS };

typedef struct {
	uint64_t all;           /* checksum of every row */
	uint64_t group[GROUPS]; /* of the rows of a world; of PROGRAMME */
	uint64_t table[TABLES_MOST];
	int64_t count;
	bool marked; /* some row holds ROWS_MARK */
} Rows;

/* Stands in no row unless a request has put it there. */
#define ROWS_MARK "777001777"

/* How the tables stand now is how rows_restore leaves them. */
void rows_keep(Worlds *w);
Rows rows_now(Worlds *w);
/* Which groups differ, 1 << AARHUS … */
unsigned rows_groups_changed(const Rows *a, const Rows *b);
uint64_t rows_tables_changed(const Rows *a, const Rows *b);
/* `tables`: those that have changed, as rows_tables_changed says; sessions always. */
void rows_restore(Worlds *w, uint64_t tables);

/* What the audit has got since the last call. */
typedef struct {
	int n;
	bool nameless;       /* an entry has no actor */
	bool about[WORLDS];  /* the actor's, about a world's citizen */
	bool denied[WORLDS]; /* the actor was denied something of a world's citizen */
	bool searched;       /* the actor's, of a list across people */
} Trace;

/* `flush`: logged reads that wait are waited for. */
Trace rows_trace(Worlds *w, int actor, bool flush);

#endif
