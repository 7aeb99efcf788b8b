/* policy: who may do what, to whose rows. The only place that decides.
 *
 * One table, role × operation, says how far a role reaches; what it does not
 * say is denied. A route names its operation and the least reach it needs; the
 * dispatcher checks that before a handler runs. A handler binds its scope into
 * its SQL, so that a row outside it is ERR_NOT_FOUND, as if it did not exist.
 * Pure functions over static data. c->actor == NULL (the program itself) may
 * everything.
 *
 *   WHERE tenant = :tenant AND id = :id
 *     AND (:programme IS NULL OR programme = :programme)
 *     AND (:partner IS NULL OR partner = :partner)
 */
#ifndef ACCESS_POLICY_H
#define ACCESS_POLICY_H

#include "access/actor.h"

typedef enum {
	OP_NONE,           /* no operation: always denied */
	OP_PUBLIC,         /* what everybody may see: login, accessibility, the API's description */
	OP_OWN_ACCOUNT,    /* one's own name, language, tokens, logging out */
	OP_SEE_NUMBERS,    /* aggregates: goal board, report, summaries */
	OP_SEE_PSEUDONYMS, /* rows about people without names or anything that identifies */
	OP_SEE_PEOPLE,     /* names and everything registered about people; companies' contact data */
	OP_REGISTER,       /* contacts, placements, statuses, participants, companies */
	OP_MANAGE,         /* the programme, its partners, members, goals, judgements */
	OP_ADMINISTER,     /* users */
} Operation;
enum { OPERATION_COUNT = OP_ADMINISTER + 1 };
extern const EnumTable operation_table;

/* How far an actor reaches, or a route needs it to; each includes those before. */
typedef enum {
	REACH_NONE,
	REACH_OWN_PARTICIPANT, /* whose contact person the actor is */
	REACH_OWN_UNIT,        /* of the actor's organisation within the programme */
	REACH_OWN_PROGRAMME,
	REACH_ANY,
} Reach;
extern const EnumTable reach_table;

/* The restriction to bind into SQL: ids that are none (SQL NULL) do not restrict. */
typedef struct {
	ProgrammeId programme;
	OrganisationId organisation;
	MemberId contact_person;
} Scope;

/* What the table says. REACH_NONE: not at all. */
Reach policy_reach(Role role, Operation op);
/* OK when the actor reaches at least as far as `least`, DENIED otherwise. An
 * actor without programme or organisation reaches no rows of either. */
Err policy_may(const Actor *actor, Operation op, Reach least) MUST_USE;
/* True when the actor may do it to some rows at least; for menus and buttons. */
bool policy_some(const Actor *actor, Operation op);
/* The actor's scope for an operation. DENIED (and a scope that matches no row)
 * when it may not at all. */
Err policy_scope(const Ctx *c, Operation op, Scope *out) MUST_USE;
/* NOT_FOUND when the programme is outside the actor's scope for `op`. */
Err policy_programme(const Ctx *c, Operation op, ProgrammeId programme) MUST_USE;

#endif
