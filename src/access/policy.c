#include "access/policy.h"

static const EnumRow operation_rows[] = {
	{ "none", N_("Nothing") },
	{ "public", N_("See what is public") },
	{ "own_account", N_("Use one's own account") },
	{ "see_aggregates", N_("See goals without small numbers") },
	{ "see_numbers", N_("See numbers") },
	{ "see_pseudonyms", N_("See rows without names") },
	{ "see_shared", N_("See what a citizen shares with a mentor") },
	{ "see_referred", N_("See how it goes for those referred") },
	{ "refer", N_("Refer citizens") },
	{ "see_people", N_("See people") },
	{ "break_glass", N_("Open another unit's citizen in an emergency") },
	{ "register", N_("Register") },
	{ "decide_with", N_("Write down what a citizen decides") },
	{ "manage", N_("Manage the programme") },
	{ "administer", N_("Administer users") },
	{ "guest", N_("Come and go as a guest") },
	{ "own_case", N_("See and decide about one's own case") },
	{ "own_sheet", N_("Answer the sheet one was sent") },
};
const EnumTable operation_table = ENUM_TABLE("operation", operation_rows);

static const EnumRow reach_rows[] = {
	{ "none", N_("Nobody's") },     { "own_participant", N_("Own citizens") },
	{ "own_unit", N_("Own unit") }, { "own_programme", N_("Own programme") },
	{ "any", N_("All") },
};
const EnumTable reach_table = ENUM_TABLE("reach", reach_rows);

/* The whole policy. What does not stand here is denied (REACH_NONE is 0). An
 * administrator keeps the installation and sees no citizen. */
static const Reach granted[ROLE_COUNT][OPERATION_COUNT] = {
	[ROLE_PUBLIC] = {
		[OP_PUBLIC] = REACH_ANY,
	},
	[ROLE_ADMINISTRATOR] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_OWN_ACCOUNT] = REACH_ANY,
		[OP_SEE_AGGREGATES] = REACH_ANY,
		[OP_SEE_NUMBERS] = REACH_ANY,
		[OP_MANAGE] = REACH_ANY,
		[OP_ADMINISTER] = REACH_ANY,
	},
	[ROLE_MANAGER] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_OWN_ACCOUNT] = REACH_ANY,
		[OP_SEE_AGGREGATES] = REACH_OWN_PROGRAMME,
		[OP_SEE_NUMBERS] = REACH_OWN_PROGRAMME,
		[OP_SEE_PSEUDONYMS] = REACH_OWN_PROGRAMME,
		[OP_SEE_PEOPLE] = REACH_OWN_PROGRAMME,
		[OP_REGISTER] = REACH_OWN_PROGRAMME,
		[OP_DECIDE_WITH] = REACH_OWN_PROGRAMME,
		[OP_MANAGE] = REACH_OWN_PROGRAMME,
	},
	[ROLE_CONTACT_PERSON] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_OWN_ACCOUNT] = REACH_ANY,
		[OP_SEE_AGGREGATES] = REACH_OWN_PROGRAMME,
		[OP_SEE_NUMBERS] = REACH_OWN_PROGRAMME,
		[OP_SEE_PSEUDONYMS] = REACH_OWN_UNIT,
		[OP_SEE_PEOPLE] = REACH_OWN_UNIT,
		[OP_REGISTER] = REACH_OWN_UNIT,
		[OP_DECIDE_WITH] = REACH_OWN_UNIT,
		[OP_BREAK_GLASS] = REACH_OWN_PROGRAMME,
	},
	[ROLE_EVALUATOR] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_OWN_ACCOUNT] = REACH_ANY,
		[OP_SEE_AGGREGATES] = REACH_OWN_PROGRAMME,
		[OP_SEE_NUMBERS] = REACH_OWN_PROGRAMME,
		[OP_SEE_PSEUDONYMS] = REACH_OWN_PROGRAMME,
	},
	[ROLE_CASEWORKER] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_OWN_ACCOUNT] = REACH_ANY,
		[OP_SEE_REFERRED] = REACH_OWN_PARTICIPANT,
		[OP_REFER] = REACH_OWN_PARTICIPANT,
	},
	[ROLE_MENTOR] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_OWN_ACCOUNT] = REACH_ANY,
		[OP_SEE_SHARED] = REACH_OWN_PARTICIPANT,
	},
	[ROLE_STEERING_GROUP] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_OWN_ACCOUNT] = REACH_ANY,
		[OP_SEE_AGGREGATES] = REACH_OWN_PROGRAMME,
	},
	[ROLE_ARCHIVE_EDITOR] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_OWN_ACCOUNT] = REACH_ANY,
		[OP_SEE_AGGREGATES] = REACH_ANY,
	},
	[ROLE_CITIZEN] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_GUEST] = REACH_OWN_PARTICIPANT,
		[OP_OWN_CASE] = REACH_OWN_PARTICIPANT,
	},
	[ROLE_COMPANY] = {
		[OP_PUBLIC] = REACH_ANY,
		[OP_GUEST] = REACH_OWN_PARTICIPANT,
		[OP_OWN_SHEET] = REACH_OWN_PARTICIPANT,
	},
};

static const EnumRow relation_rows[] = {
	{ "caseworker", N_("Caseworker") },
	{ "mentor", N_("Mentor") },
	{ "emergency", N_("In an emergency") },
};
const EnumTable relation_kind_table = ENUM_TABLE("relation_kind", relation_rows);

bool policy_relation(Role role, RelationKind *out)
{
	switch (role) {
	case ROLE_CASEWORKER: *out = RELATION_CASEWORKER; return true;
	case ROLE_MENTOR: *out = RELATION_MENTOR; return true;
	case ROLE_CONTACT_PERSON: *out = RELATION_EMERGENCY; return true;
	default: return false;
	}
}

/* Binds where no row may match; never an id that the program makes. */
static const Uuid nobody = { { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
			       0xff } };

Reach policy_reach(Role role, Operation op)
{
	if ((int)role < 0 || (int)role >= ROLE_COUNT || (int)op < 0 || (int)op >= OPERATION_COUNT)
		return REACH_NONE;
	return granted[role][op];
}

/* The table, held against what the actor belongs to: a manager of no programme
 * reaches no rows. */
static Reach reach_of(const Actor *actor, Operation op)
{
	Reach reach = policy_reach(actor->role, op);
	bool guest = !uuid_is_none(actor->participant.v);
	if (reach == REACH_ANY || (reach == REACH_OWN_PARTICIPANT && guest))
		return reach;
	if (uuid_is_none(actor->programme.v))
		return REACH_NONE;
	if (reach == REACH_OWN_UNIT && uuid_is_none(actor->organisation.v))
		return REACH_NONE;
	if (reach == REACH_OWN_PARTICIPANT && uuid_is_none(actor->user.v))
		return REACH_NONE;
	return reach;
}

Err policy_may(const Actor *actor, Operation op, Reach least)
{
	if (actor == NULL)
		return OK;
	Reach reach = reach_of(actor, op);
	return op != OP_NONE && reach != REACH_NONE && least != REACH_NONE && reach >= least ? OK : ERR_DENIED;
}

bool policy_some(const Actor *actor, Operation op)
{
	return policy_may(actor, op, REACH_OWN_PARTICIPANT) == OK;
}

Err policy_scope(const Ctx *c, Operation op, Scope *out)
{
	*out = (Scope){ 0 };
	if (c->actor == NULL)
		return OK;
	const Actor *who = c->actor;
	switch (op == OP_NONE ? REACH_NONE : reach_of(who, op)) {
	case REACH_ANY: return OK;
	case REACH_OWN_PARTICIPANT:
		*out = (Scope){ who->programme, { nobody }, who->user };
		if (uuid_is_none(who->programme.v))
			out->programme.v = nobody;
		return OK;
	case REACH_OWN_UNIT:
		*out = (Scope){ who->programme, who->organisation, { UUID_NONE } };
		if (op == OP_SEE_PEOPLE || op == OP_REGISTER) /* an emergency goes no further */
			out->related = who->user;
		return OK;
	case REACH_OWN_PROGRAMME: out->programme = who->programme; return OK;
	case REACH_NONE: break;
	}
	*out = (Scope){ .programme = { nobody }, .organisation = { nobody } };
	return ERR_DENIED;
}

bool policy_covers(const Ctx *c, Operation op, ProgrammeId programme, OrganisationId partner)
{
	Scope scope;
	return policy_scope(c, op, &scope) == OK &&
	       (uuid_is_none(scope.programme.v) || uuid_eq(scope.programme.v, programme.v)) &&
	       (uuid_is_none(scope.organisation.v) || uuid_eq(scope.organisation.v, partner.v));
}

Err policy_programme(const Ctx *c, Operation op, ProgrammeId programme)
{
	Scope scope;
	if (policy_scope(c, op, &scope) != OK)
		return ERR_NOT_FOUND;
	return uuid_is_none(scope.programme.v) || uuid_eq(scope.programme.v, programme.v) ? OK : ERR_NOT_FOUND;
}
