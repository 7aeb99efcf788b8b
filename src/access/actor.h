/* actor: who asks.
 *
 * The dispatcher sets c->actor before a handler runs: a logged-in user, a
 * token's user, or actor_public. NULL is the program itself (command line,
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
} Role;
enum { ROLE_COUNT = ROLE_EVALUATOR + 1 };
extern const EnumTable role_table;

typedef struct Actor {
	UserId user; /* none for actor_public */
	Role role;
	Str login, name;
	OrganisationId organisation; /* the unit: a partner of the programme; may be none */
	ProgrammeId programme;       /* may be none */
	MemberId member;             /* the same person as a member of the team; may be none */
	Lang lang;
	bool by_token; /* through the API, without a session */
} Actor;

extern const Actor actor_public;

/* The one tenant of an installation that has not been told of others. */
TenantId tenant_default(void);

/* An audit event with time and actor filled in; the caller adds subject,
 * participant, purpose and hands it to commit_audit or commit_log_read. */
AuditEvent actor_event(const Ctx *c, const char *action);

#endif
