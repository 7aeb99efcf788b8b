#include "access/actor.h"

static const EnumRow role_rows[] = {
	{ "public", N_("Visitor") },
	{ "administrator", N_("Administrator") },
	{ "manager", N_("Programme manager") },
	{ "contact_person", N_("Contact person") },
	{ "evaluator", N_("Evaluator") },
	{ "caseworker", N_("Caseworker") },
	{ "mentor", N_("Mentor") },
	{ "steering_group", N_("Steering group") },
	{ "archive_editor", N_("Archive editor") },
	{ "citizen", N_("Citizen") },
	{ "company", N_("Company") },
};
const EnumTable role_table = ENUM_TABLE("role", role_rows);

const Actor actor_public = { .role = ROLE_PUBLIC, .login = { "", 0 }, .name = { "", 0 } };

TenantId tenant_default(void)
{
	return (TenantId){ { { 0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1 } } };
}

Str actor_login(const Ctx *c)
{
	return c->actor == NULL ? STR("cli") : c->actor->login;
}

AuditEvent actor_event(const Ctx *c, const char *action)
{
	AuditEvent e = {
		.at = clock_now(c->clock), .action = str_of(action), .actor_name = actor_login(c), .outcome = AUDIT_DONE
	};
	if (c->actor != NULL)
		e.actor = uuid_is_none(c->actor->user.v) ? (UserId){ c->actor->guest.v } : c->actor->user;
	return e;
}
