/* actor: who asks.
 *
 * The dispatcher sets c->actor before a handler runs: a logged-in user, a
 * token's user, a guest (a citizen on the own page, a company with a sheet), or
 * actor_public. NULL is the program itself (command line,
 * demonstration). An Actor is read-only and lives as long as the request.
 */
#ifndef ACCESS_ACTOR_H
#define ACCESS_ACTOR_H

#include "base/ctx.h"
#include "base/enum.h"
#include "db/commit.h"

/* What a role may do stands in policy.c and nowhere else. */
typedef enum {
	ROLE_PUBLIC, /* nobody has logged in */
	ROLE_ADMINISTRATOR,
	ROLE_MANAGER,
	ROLE_CONTACT_PERSON,
	ROLE_EVALUATOR,
	ROLE_CASEWORKER, /* of a municipality: refers citizens and follows how it goes */
	ROLE_MENTOR,
	ROLE_STEERING_GROUP,
	ROLE_ARCHIVE_EDITOR,
	ROLE_CITIZEN, /* has no user: comes by a code (guest.h) */
	ROLE_COMPANY, /* has no user: comes by the link of a sheet (guest.h) */
} Role;
enum { ROLE_COUNT = ROLE_COMPANY + 1, ROLE_LAST_USER = ROLE_ARCHIVE_EDITOR };
extern const EnumTable role_table;

typedef struct Actor {
	UserId user; /* none for actor_public and guests */
	Role role;
	Str login, name;
	OrganisationId organisation; /* the unit: a partner of the programme; may be none */
	ProgrammeId programme;       /* may be none */
	MemberId member;             /* the same person as a member of the team; may be none */
	ParticipantId participant;   /* a citizen's own, or the one a company has a sheet about; none for others */
	GuestCodeId guest;           /* what a citizen or company came by; none for others */
	SheetId sheet;               /* a company's; none for others */
	Lang lang;
	bool by_token; /* through the API, without a session */
} Actor;

extern const Actor actor_public;

/* The one tenant of an installation that has not been told of others. */
TenantId tenant_default(void);

/* Who it is, as audit and columns keep it for good: a user's login, what kind of guest ("citizen"), "cli" for the
 * program itself. No user has such a login (user.h). What people read is c->actor->name. */
Str actor_login(const Ctx *c);

/* An audit event with time and actor filled in; the caller adds subject,
 * participant, purpose and hands it to commit_audit or commit_log_read. */
AuditEvent actor_event(const Ctx *c, const char *action);

#endif
