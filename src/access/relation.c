#include "access/relation.h"

#include "user_sql.h"

#define SECOND ((Time)1000000)

static Err audit(Ctx *c, const char *action, RelationId id, ParticipantId who)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = STR("relation");
	e.subject = id.v;
	e.participant = who;
	return commit_audit(c, &e);
}

Err relation_reaches(Ctx *c, const Scope *scope, ParticipantId who)
{
	RelationKind kind;
	RelationId id;
	if (c->actor == NULL || uuid_is_none(scope->related.v) || !policy_relation(c->actor->role, &kind))
		return ERR_NOT_FOUND;
	return relation_held(c, scope->related, who, kind, clock_now(c->clock), &id);
}

Err relation_in_scope(Ctx *c, const Scope *scope, ParticipantId who)
{
	ParticipantId found;
	Err e = relation_scope(c, who, scope->programme, scope->organisation, &found);
	return e == ERR_NOT_FOUND ? relation_reaches(c, scope, who) : e;
}

static bool is_of(const Scope *scope, const RelationPlace *at)
{
	bool programme = uuid_is_none(scope->programme.v) || uuid_eq(scope->programme.v, at->programme.v);
	bool unit = uuid_is_none(scope->organisation.v) || uuid_eq(scope->organisation.v, at->partner.v);
	bool made = !uuid_is_none(scope->related.v) && uuid_eq(scope->related.v, at->made_by.v);
	return programme && (unit || made);
}

Err relation_known(Ctx *c, ParticipantId who, ParticipantId *out)
{
	RelationPlace at = { 0 };
	Err e = uuid_is_none(who.v) ? ERR_NOT_FOUND : relation_place(c, who, &at);
	*out = at.id;
	return e == ERR_NOT_FOUND ? OK : e;
}

Err relation_beyond(Ctx *c, const Scope *scope, ParticipantId who)
{
	RelationPlace at;
	RETURN_IF_ERR(relation_place(c, who, &at));
	if (at.erased || is_of(scope, &at))
		return ERR_NOT_FOUND;
	Err e = relation_reaches(c, scope, who);
	return e == ERR_NOT_FOUND ? OK : e == OK ? ERR_NOT_FOUND : e;
}

Err relation_fits(Ctx *c, UserId user, ProgrammeId programme, RelationKind *kind, bool *out)
{
	User u;
	Err e = uuid_is_none(user.v) ? ERR_NOT_FOUND : user_get(c, user, &u);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	*out = e == OK && u.closed == TIME_NONE && policy_relation(u.role, kind) && *kind != RELATION_EMERGENCY &&
	       uuid_eq(u.programme.v, programme.v);
	return OK;
}

Err relation_begin(Ctx *c, UserId user, ProgrammeId programme, ParticipantId who)
{
	bool fits;
	Relation row = { .id = { uuid_v7(c->clock, c->random) },
			 .app_user = user,
			 .participant = who,
			 .since = clock_now(c->clock),
			 .until = TIME_NONE,
			 .reason = STR_NONE };
	RelationId held;
	RETURN_IF_ERR(relation_fits(c, user, programme, &row.kind, &fits));
	if (!fits)
		return refuse(c, "user", "%s",
			      T(c->lang, "Only a caseworker or mentor of the programme can be chosen."));
	Err e = relation_held(c, user, who, row.kind, row.since, &held);
	if (e == OK) {
		(void)refuse(c, "user", "%s", T(c->lang, "This user works with the citizen already."));
		return ERR_CONFLICT;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	RETURN_IF_ERR(relation_insert(c, &row));
	return audit(c, "relation.begin", row.id, who);
}

Err relation_end(Ctx *c, ParticipantId who, RelationId id)
{
	int64_t n = 0;
	RETURN_IF_ERR(relation_set_end(c, id, who, clock_now(c->clock), &n));
	return n == 0 ? ERR_NOT_FOUND : audit(c, "relation.end", id, who);
}

Err relation_check_reason(Ctx *c, Str reason)
{
	size_t len = str_trim(reason).len;
	return len >= EMERGENCY_REASON_LEAST && len <= EMERGENCY_REASON_MOST
		       ? OK
		       : refuse(c, "reason", T(c->lang, "Say in at least %d letters why it cannot wait."),
				EMERGENCY_REASON_LEAST);
}

Err relation_break_glass(Ctx *c, ParticipantId who, Str reason)
{
	Time now = clock_now(c->clock);
	Relation row = { .id = { uuid_v7(c->clock, c->random) },
			 .app_user = c->actor->user,
			 .participant = who,
			 .kind = RELATION_EMERGENCY,
			 .since = now,
			 .until = now + EMERGENCY_HOURS * 3600 * SECOND,
			 .reason = str_trim(reason) };
	RETURN_IF_ERR(relation_check_reason(c, reason));
	RETURN_IF_ERR(relation_insert(c, &row));
	return audit(c, "relation.emergency", row.id, who);
}

Err relation_review(Ctx *c, ProgrammeId programme, RelationId id)
{
	int64_t n = 0;
	ParticipantId who;
	UserId by = c->actor == NULL ? (UserId){ UUID_NONE } : c->actor->user;
	RETURN_IF_ERR(relation_to_review(c, id, programme, &who));
	RETURN_IF_ERR(relation_set_reviewed(c, id, programme, clock_now(c->clock), by, &n));
	return n == 0 ? ERR_NOT_FOUND : audit(c, "relation.review", id, who);
}

Err relation_unseen(Ctx *c, ProgrammeId programme, int64_t *out)
{
	return relation_unreviewed(c, programme, out);
}
