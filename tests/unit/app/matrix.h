/* matrix: walks routes as everybody, asking for everything, over HTTP. */
#ifndef TEST_MATRIX_H
#define TEST_MATRIX_H

#include "body.h"
#include "rows.h"

typedef struct {
	Worlds worlds;
	bool quiet; /* faults are expected: do not print them */
	bool brief; /* one of each kind of people, with the own rows and those of the next world */
	int faults;
	int asked, passed; /* requests; those that did what they were for */
	/* of the route and actor that are walked */
	const Route *route;
	int actor;
	Rows base;
	uint64_t full_tables; /* what the last full body has changed */
	bool full_added;      /* it has made a new row */
	uint64_t seen[4096];  /* requests made already */
	size_t seen_n;
	/* over the whole walk */
	bool sung[WORLDS]; /* a canary was heard where it may sing */
} Matrix;

/* All routes of the tables; with `only`, all of that one. */
void matrix_walk(Matrix *m, const RouteTable *const *tables, const RouteTable *only);

#endif
