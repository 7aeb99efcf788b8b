#include "feature/feature.h"

#include "access/relation.h"
#include "base/buf.h"
#include "base/danish.h"

Err feature_audit(Ctx *c, const char *action, const char *subject_kind, Uuid subject, ParticipantId about)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = str_of(subject_kind);
	e.subject = subject;
	e.participant = about;
	return commit_audit(c, &e);
}

Err feature_log_read(Ctx *c, const char *action, ParticipantId about)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = STR("participant");
	e.subject = about.v;
	e.participant = about;
	return commit_log_read(c, &e);
}

Str feature_actor_name(const Ctx *c)
{
	return c->actor == NULL ? STR_NONE : c->actor->name;
}

Err feature_conflict(Ctx *c, const char *field, const char *message)
{
	(void)refuse(c, field, "%s", message);
	return ERR_CONFLICT;
}

Err feature_check_version(Ctx *c, int64_t asked, int64_t stored, Time changed, Str by)
{
	if (asked == stored)
		return OK;
	Str when = text_time(c->arena, c->lang, changed);
	if (str_is_empty(by))
		(void)refuse(c, "version", T(c->lang, "This was changed on %.*s, after you opened it. Load it again."),
			     STR_ARG(when));
	else
		(void)refuse(c, "version", T(c->lang, "%.*s changed this on %.*s, after you opened it. Load it again."),
			     STR_ARG(by), STR_ARG(when));
	return ERR_CONFLICT;
}

Err feature_check_changed(Ctx *c, int64_t rows)
{
	if (rows == 1)
		return OK;
	return feature_conflict(c, "version",
				T(c->lang, "Somebody else changed this after you opened it. Load it again."));
}

Str feature_like(Ctx *c, Str typed)
{
	if (str_is_empty(typed))
		return STR_NONE;
	Str key = danish_search_key(c->arena, typed);
	Buf *b = buf_new(c->arena, 4096);
	for (size_t i = 0; i < key.len; i++) {
		if (key.ptr[i] == '%' || key.ptr[i] == '_' || key.ptr[i] == '!')
			buf_char(b, '!');
		buf_char(b, key.ptr[i]);
	}
	return buf_str(b);
}

Err feature_in_scope(Ctx *c, const Scope *scope, ParticipantId id, Person *out)
{
	Err e = feature_person(c, id, scope->programme, scope->organisation, out);
	if (e == ERR_NOT_FOUND) {
		RETURN_IF_ERR(relation_reaches(c, scope, id));
		e = feature_person(c, id, scope->programme, (OrganisationId){ UUID_NONE }, out);
	}
	RETURN_IF_ERR(e);
	return str_is_none(out->name) ? ERR_NOT_FOUND : OK; /* being erased: the key is gone already */
}

Str feature_name(const Ctx *c, Str name)
{
	return str_is_none(name) ? str_of(T(c->lang, "Erased citizen")) : name;
}

Str feature_person_path(Ctx *c, ParticipantId id, const char *below)
{
	Str text = uuid_str(c->arena, id.v);
	return str_printf(c->arena, "/borger/%.*s%s", STR_ARG(text), below);
}
