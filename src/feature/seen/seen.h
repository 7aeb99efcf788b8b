/* seen: who has looked at what is registered about a citizen, or changed it.
 *
 * Reads the audit log (db/audit.h), which has no index by citizen on purpose:
 * it grows with every reading, and few ask. What an entry was is said in words,
 * by its code; who it was by what the actor is now, never by the name that the
 * entry carries, which somebody may have chosen. Stateless; results live in c->arena.
 */
#ifndef FEATURE_SEEN_H
#define FEATURE_SEEN_H

#include "base/ids.h"
#include "db/commit.h"

enum { SEEN_MOST = 200, SEEN_PRINT_MOST = 2000, SEEN_ALL = 1000000 };

/* Who, as a citizen is told: without a name. */
typedef enum {
	SEEN_CITIZEN,
	SEEN_OTHER_CITIZEN,
	SEEN_OWN_CONTACT_PERSON,
	SEEN_CONTACT_PERSON,
	SEEN_MANAGER,
	SEEN_MENTOR,
	SEEN_CASEWORKER,
	SEEN_ADMINISTRATOR,
	SEEN_EVALUATOR,
	SEEN_STAFF,
	SEEN_COMPANY,
	SEEN_STRANGER, /* had not logged in */
	SEEN_PROGRAM,
} SeenWho;
extern const EnumTable seen_who_table;

typedef struct {
	Time at;
	const char *to_citizen; /* what happened, in words to the citizen; not yet translated */
	const char *to_staff;   /* the same, about the citizen */
	SeenWho who;
	Str name;    /* the user's; none: nobody who has a login here */
	Str action;  /* code */
	int purpose; /* ConsentPurpose; ENUM_NONE: the entry has none */
	Str reason;  /* why the glass was broken; none: it was not */
	AuditOutcome outcome;
} SeenLine;

typedef struct {
	SeenLine *at;
	size_t n;
	size_t all; /* how many there are */
} SeenLines;

/* The newest `most`, newest first. Within a read. */
Err seen_newest(Ctx *c, ParticipantId who, size_t most, SeenLines *out) MUST_USE;

#endif
