#include "access/oidc_link.h"

#include "crypto/token.h"

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

Err oidc_link_add(Ctx *c, UserId user, const OidcIdentity *who)
{
	OidcLink row = { who->issuer, who->subject, user, clock_now(c->clock) };
	UserId owner;
	int64_t added = 0;
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
	RETURN_IF_ERR(oidc_link_owner(c, who->issuer, who->subject, &owner));
	return user_get(c, owner, out);
}

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
