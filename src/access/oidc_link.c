#include "access/oidc_link.h"

#include "access/guest.h"
#include "crypto/token.h"
#include "db/vault.h"

#define SECOND ((Time)1000000)

/* The subject is a name that the provider gives a person: not told in the audit. */
static Err audit_link(Ctx *c, const char *action, UserId user, Str issuer)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = STR("user");
	e.subject = user.v;
	e.detail = issuer;
	return commit_audit(c, &e);
}

/* What is kept of a citizen's issuer and subject. */
static Err blind(Ctx *c, const OidcIdentity *who, Str *out)
{
	Str both = str_printf(c->arena, "%.*s\n%.*s", STR_ARG(who->issuer), STR_ARG(who->subject));
	return vault_blind(c, "oidc_citizen.identity", both, out);
}

/* NOT_FOUND: no citizen's. */
static Err owner_of(Ctx *c, const OidcIdentity *who, ParticipantId *out)
{
	Str identity;
	RETURN_IF_ERR(blind(c, who, &identity));
	return oidc_citizen_owner(c, identity, out);
}

/* What is looked for and belongs to the other kind of people is DENIED; NOT_FOUND: to nobody. */
static Err denied_if_found(Err found)
{
	return found == OK ? ERR_DENIED : found;
}

Err oidc_link_add(Ctx *c, UserId user, const OidcIdentity *who)
{
	OidcLink row = { who->issuer, who->subject, user, clock_now(c->clock) };
	ParticipantId citizen;
	UserId owner;
	int64_t added = 0;
	Err taken = denied_if_found(owner_of(c, who, &citizen));
	if (taken != ERR_NOT_FOUND)
		return taken;
	RETURN_IF_ERR(oidc_link_insert(c, &row, &added));
	RETURN_IF_ERR(oidc_link_owner(c, who->issuer, who->subject, &owner));
	if (!uuid_eq(owner.v, user.v))
		return ERR_CONFLICT;
	return audit_link(c, "user.link", user, who->issuer);
}

Err oidc_link_remove(Ctx *c, UserId user, const OidcIdentity *who)
{
	int64_t removed = 0;
	RETURN_IF_ERR(oidc_link_delete(c, user, who->issuer, who->subject, &removed));
	return removed == 1 ? audit_link(c, "user.unlink", user, who->issuer) : ERR_NOT_FOUND;
}

Err oidc_link_remove_all(Ctx *c, UserId user)
{
	RETURN_IF_ERR(oidc_link_delete_user(c, user));
	return audit_link(c, "user.unlink", user, STR_NONE);
}

Err oidc_link_find(Ctx *c, const OidcIdentity *who, User *out)
{
	UserId owner;
	ParticipantId citizen;
	Err found = oidc_link_owner(c, who->issuer, who->subject, &owner);
	if (found == ERR_NOT_FOUND)
		return denied_if_found(owner_of(c, who, &citizen));
	RETURN_IF_ERR(found);
	return user_get(c, owner, out);
}

/* ---- citizens -------------------------------------------------------------------- */

static Err audit_citizen(Ctx *c, const char *action, ParticipantId who, Str issuer)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = enum_code(&role_table, ROLE_CITIZEN);
	e.subject = who.v;
	e.participant = who;
	e.detail = issuer;
	return commit_audit(c, &e);
}

Err oidc_citizen_add(Ctx *c, ParticipantId who, const OidcIdentity *identity, Str kept)
{
	OidcCitizen row = { .participant = who,
			    .host = oidc_issuer_host(identity->issuer),
			    .created = clock_now(c->clock) };
	UserId user;
	int64_t added = 0;
	Err taken = denied_if_found(oidc_link_owner(c, identity->issuer, identity->subject, &user));
	if (taken != ERR_NOT_FOUND)
		return taken;
	RETURN_IF_ERR(blind(c, identity, &row.identity));
	RETURN_IF_ERR(oidc_citizen_delete(c, who));
	RETURN_IF_ERR(oidc_citizen_insert(c, &row, &added));
	if (added == 0)
		return ERR_CONFLICT;
	RETURN_IF_ERR(guest_end_others(c, who, kept));
	return audit_citizen(c, "guest.link", who, identity->issuer);
}

Err oidc_citizen_remove(Ctx *c, ParticipantId who, Str kept)
{
	RETURN_IF_ERR(oidc_citizen_delete(c, who));
	RETURN_IF_ERR(guest_end_others(c, who, kept));
	return audit_citizen(c, "guest.unlink", who, STR_NONE);
}

Err oidc_citizen_find(Ctx *c, const OidcIdentity *identity, ParticipantId *out)
{
	UserId user;
	Err found = owner_of(c, identity, out);
	return found == ERR_NOT_FOUND ? denied_if_found(oidc_link_owner(c, identity->issuer, identity->subject, &user))
				      : found;
}

/* ---- once ------------------------------------------------------------------------ */

Err oidc_use(Ctx *c, const OidcFlow *flow)
{
	unsigned char hash[TOKEN_HASH];
	int64_t added = 0;
	Time over = flow->begun + (Time)OIDC_MINUTES * 60 * SECOND;
	token_hash(flow->nonce, hash);
	RETURN_IF_ERR(oidc_used_delete_ended(c, clock_now(c->clock)));
	RETURN_IF_ERR(oidc_used_insert(c, (Str){ (const char *)hash, sizeof hash }, over, &added));
	return added == 1 ? OK : ERR_CONFLICT;
}
