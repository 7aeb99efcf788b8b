/* body: a request that passes a route's form, made from the form's own table.
 *
 * Every field gets a valid value for its type; identifiers are those of rows of
 * a world. What the features' rules want beyond that stands in a table of names.
 */
#ifndef TEST_BODY_H
#define TEST_BODY_H

#include "world.h"

/* What an identifier in a path or a form is of, and with it who reaches it. */
typedef enum {
	ID_NONE,    /* no identifier, or a new one */
	ID_PERSON,  /* something of one citizen, or of one unit */
	ID_INSIDE,  /* something of one programme */
	ID_SHARED,  /* companies and organisations: one tenant's */
	ID_ACCOUNT, /* one user's */
} IdKind;

enum { SOURCES_MOST = 8 };

/* The identifiers that a request names; [i] is of world `of[i]`. */
typedef struct {
	Str name[SOURCES_MOST];
	IdKind kind[SOURCES_MOST];
	int of[SOURCES_MOST];
	bool in_path[SOURCES_MOST];
	size_t n;
} Sources;

typedef enum {
	BODY_FULL,   /* every field */
	BODY_BARE,   /* nothing: of a query */
	BODY_EMPTY,  /* nothing that fits: of a form */
	BODY_STALE,  /* a version that was never there */
	BODY_EXTRAS, /* every field, and such as the form does not have */
} BodyKind;

/* All of them of world `of`. */
Sources sources_of(const Route *r, int of);
bool form_has(const Route *r, const char *field);
/* Path and query. */
const char *request_target(Worlds *w, const Route *r, int actor, const Sources *from, BodyKind kind);
/* The body; empty for GET. */
Str request_body(Worlds *w, const Route *r, int actor, const Sources *from, BodyKind kind);

#endif
