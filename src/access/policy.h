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
 *
 * A relation (relation.h) lets a user reach one citizen more; feature_in_scope
 * asks for it. What a citizen has not consented to is refused by route.h's
 * `consent`, whoever asks.
 */
#ifndef ACCESS_POLICY_H
#define ACCESS_POLICY_H

#include "access/actor.h"

typedef enum {
	OP_NONE,           /* no operation: always denied */
	OP_PUBLIC,         /* what everybody may see: login, accessibility, the API's description */
	OP_OWN_ACCOUNT,    /* one's own name, language, tokens, logging out */
	OP_SEE_AGGREGATES, /* goals without small numbers */
	OP_SEE_NUMBERS,    /* all numbers: goal board, report, summaries */
	OP_SEE_PSEUDONYMS, /* rows about people without names or anything that identifies */
	OP_SEE_SHARED,     /* of a citizen what the citizen shares with a mentor */
	OP_SEE_REFERRED,   /* of a citizen who was referred: name, contact person, status */
	OP_REFER,          /* propose citizens for the programme, and follow the answer */
	OP_SEE_PEOPLE,     /* names and everything registered about people; companies' contact data */
	OP_BREAK_GLASS,    /* temporary access to a citizen of another unit, with a reason */
	OP_REGISTER,       /* contacts, placements, statuses, participants, companies */
	OP_DECIDE_WITH,    /* what a citizen decides, or lets others know: consents, codes, relations, contact data */
	OP_MANAGE,         /* the programme, its partners, members, goals, judgements */
	OP_ADMINISTER,     /* users */
	OP_GUEST,          /* being let in without a user, and leaving */
	OP_OWN_CASE,       /* a citizen's own page and decisions */
	OP_OWN_SHEET,      /* a company's sheet */
} Operation;
enum { OPERATION_COUNT = OP_OWN_SHEET + 1 };
extern const EnumTable operation_table;

/* How far an actor reaches, or a route needs it to; each includes those before. */
typedef enum {
	REACH_NONE,
	REACH_OWN_PARTICIPANT, /* to whom the actor has a relation (relation.h); the guest's own */
	REACH_OWN_UNIT,        /* of the actor's organisation within the programme */
	REACH_OWN_PROGRAMME,
	REACH_ANY,
} Reach;
extern const EnumTable reach_table;

/* The restriction to bind into SQL: ids that are none (SQL NULL) do not restrict. */
typedef struct {
	ProgrammeId programme;
	OrganisationId organisation;
	UserId related; /* whose relations reach single citizens beyond the organisation; none: nobody's */
} Scope;

/* What a user may be to one citizen (relation.h). */
typedef enum { RELATION_CASEWORKER, RELATION_MENTOR, RELATION_EMERGENCY } RelationKind;
extern const EnumTable relation_kind_table;
/* Which relations a role's rights go by; false: none. */
bool policy_relation(Role role, RelationKind *out);

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
/* Whether the actor may do it to a citizen of that unit, by the unit and not by a relation; for buttons. */
bool policy_covers(const Ctx *c, Operation op, ProgrammeId programme, OrganisationId partner);
/* NOT_FOUND when the programme is outside the actor's scope for `op`. */
Err policy_programme(const Ctx *c, Operation op, ProgrammeId programme) MUST_USE;

#endif
