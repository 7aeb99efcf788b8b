#include "body.h"

#include "http/form.h"
#include "rows.h"

#include <string.h>

static const struct {
	const char *name;
	IdKind kind;
} kinds[] = {
	{ "participant", ID_PERSON }, { "placement", ID_PERSON },    { "contact", ID_PERSON },
	{ "partner", ID_PERSON },     { "programme", ID_INSIDE },    { "goal", ID_INSIDE },
	{ "definition", ID_INSIDE },  { "member", ID_INSIDE },       { "contact_person", ID_INSIDE },
	{ "company", ID_SHARED },     { "organisation", ID_INSIDE }, { "owner", ID_SHARED },
	{ "funder", ID_SHARED },      { "token", ID_ACCOUNT },       { "node", ID_INSIDE },
	{ "cause", ID_INSIDE },       { "effect", ID_INSIDE },       { "user", ID_SHARED },
	{ "consent", ID_PERSON },     { "wish", ID_PERSON },         { "own_wish", ID_PERSON },
	{ "refused", ID_PERSON },     { "relation", ID_PERSON },     { "request", ID_INSIDE },
	{ "receiver", ID_SHARED },    { "after_no", ID_SHARED },     { "session", ID_ACCOUNT },
	{ "quote", ID_PERSON },       { "network", ID_PERSON },      { "wave", ID_INSIDE },
	{ "referral", ID_PERSON },
};

/* Any organisation can become a partner: the form of a new one is about those that are none yet. */
static bool is_new_partner(const Route *r, Str name)
{
	return r->form != NULL && strcmp(r->form->name, "partner") == 0 && str_eq_z(name, "organisation");
}

/* Whom a citizen's page can be opened to: a mentor of the programme. */
static bool is_helper(const Route *r, Str name)
{
	return r->form != NULL && strcmp(r->form->name, "relation") == 0 && str_eq_z(name, "user");
}

/* The manager looks at all of the programme's. */
static bool is_emergency(const Route *r, Str name)
{
	return strncmp(r->pattern, "/noedadgange/", 13) == 0 && str_eq_z(name, "relation");
}

/* A caseworker may ask any partner of the programme. */
static bool is_asked_partner(const Route *r, Str name)
{
	return r->form != NULL && strcmp(r->form->name, "referral") == 0 && str_eq_z(name, "partner");
}

static IdKind id_kind(const Route *r, Str name)
{
	if (is_new_partner(r, name))
		return ID_SHARED;
	if (is_helper(r, name) || is_emergency(r, name) || is_asked_partner(r, name))
		return ID_INSIDE;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_eq_z(name, kinds[i].name))
			return kinds[i].kind;
	return ID_NONE;
}

static Uuid id_of(const World *v, const Route *r, Str name)
{
	if (is_new_partner(r, name))
		return v->owner.v;
	if (is_helper(r, name))
		return v->helper.v;
	if (is_emergency(r, name))
		return v->emergency.v;
	const struct {
		const char *name;
		Uuid id;
	} ids[] = {
		{ "participant", v->participant.v },
		{ "placement", v->placement.v },
		{ "contact", v->contact.v },
		{ "partner", v->partner.v },
		{ "programme", v->programme.v },
		{ "goal", v->goal.v },
		{ "definition", v->definition.v },
		{ "member", v->member.v },
		{ "contact_person", v->member.v },
		{ "company", v->company.v },
		{ "organisation", v->partner.v },
		{ "owner", v->owner.v },
		{ "funder", v->owner.v },
		{ "token", v->token.v },
		{ "node", v->node.v },
		{ "cause", v->cause.v },
		{ "effect", v->effect.v },
		{ "user", v->user.v },
		{ "consent", v->consent.v },
		{ "wish", v->wish.v },
		{ "own_wish", v->own_wish.v },
		{ "refused", v->helper.v },
		{ "relation", v->relation.v },
		{ "request", v->request.v },
		{ "receiver", v->company.v },
		{ "after_no", v->company.v },
		{ "session", v->session.v },
		{ "quote", v->quote.v },
		{ "network", v->network.v },
		{ "wave", v->wave.v },
		{ "referral", v->referral.v },
	};
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
		if (str_eq_z(name, ids[i].name))
			return ids[i].id;
	/* "id": a row of its own to be made */
	return (Uuid){ { 1, 0x89, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 0xee } };
}

/* What the rules want, by route ("" any), form ("" any) and field; NULL: leave the field out. */
static const struct {
	const char *ends, *form, *field, *value;
} wanted[] = {
	{ "/ret", "status", "since", WORLD_STATUS_DAY },
	{ "/ret", "status_since", "since", WORLD_STATUS_DAY },
	{ "/ret", "participant", "cpr", "CPR" },
	{ "", "participant", "cpr", "1301711231" },
	{ "/ret", "participant", "admitted", "2016-09-01" },
	{ "/ret", "participant", "status", NULL },
	{ "", "participant", "admitted", "2017-02-01" },
	{ "/borgere", "", "text", "NAME" },
	{ "/participants/search", "", "text", "NAME" },
	{ "", "", "text", "Bager" },
	{ "", "", "sealed", NULL },
	{ "", "", "archived", NULL },
	{ "/opbevaring", "", "due", "0" },
	{ "/opbevaring/ret", "retention", "version", NULL },
	{ "/diagnose", "diagnosis", "erase", NULL },
	{ "/diagnoser", "diagnosis_switch", "on", NULL },
	{ "/diagnoser", "diagnosis_switch", "erases", "1" },
	{ "/projekter/ny", "programme", "code", "nyt" },
	{ "/programmes", "programme", "code", "nyt" },
	{ "", "programme", "code", "CODE" },
	{ "", "programme", "starts", "2016-01-01" },
	{ "", "programme", "ends", "2018-12-31" },
	{ "", "programme", "intake_first", "2016-08-01" },
	{ "", "programme", "intake_last", "2018-05-31" },
	{ "", "user", "login", "proeve" },
	{ "", "user", "role", "evaluator" },
	{ "", "theory_arrow", "cause", "CAUSE" },
	{ "", "theory_arrow", "effect", "NAME" },
	{ "", "contact", "purpose", "company_job_search" },
	{ "", "contact_change", "at", "2018-05-20T10:00" },
	{ "", "contact_change", "kind", "phone" },
	{ "", "contact_change", "purpose", "company_retention" },
	{ "", "admission", "admitted", "2017-02-01" },
	{ "", "referral_decision", "state", "standby" },
	{ "", "placement", "starts", "2018-10-01" },
	{ "", "contact_quick", "about", "citizen" },
	{ "", "contact_prefill", "about", "citizen" },
	{ "", "contact_summary", "by", "month,kind" },
	{ "", "contacts", "before", NULL },
	{ "", "timeline", "before", NULL },
	{ "", "goal", "code", "Z9" },
	{ "", "goal", "node", NULL },
	{ "", "definition", "expression", "count participants" },
	{ "", "preview", "expression", "count participants" },
	{ "", "login", "login", "LOGIN" },
	{ "", "consent", "purpose", "tell_company" },
	{ "", "consent", "everyone", NULL },
	{ "", "consent", "receiver_name", NULL },
	{ "/tilbage", "consent_purpose", "purpose", "tell_mentor" },
	{ "", "consent_purpose", "purpose", "quotes" },
	{ "", "glass", "cpr", "HOME_CPR" },
	{ "", "glass", "reason", "Kontaktpersonen er syg, og borgeren ringer." },
	{ "", "door", "code", "GUEST" },
	{ "", "door", "born", "1975-06-15" },
	{ "", "", "next", "/maal" },
	{ "", "", "ends", "2018-11-20" },
	{ "", "", "until", "2018-11-20" },
	{ "", "", "planned_end", "2018-11-20" },
	{ "", "", "password", PASSWORD },
	{ "", "", "old", PASSWORD },
	{ "", "", "fresh", "en ganske anden kode" },
	{ "", "", "repeated", "en ganske anden kode" },
	{ "", "", "version", "1" },
};

static Str typed(Worlds *w, const Field *f)
{
	double least = f->min == 0 && f->max == 0 ? 1 : f->min > 1 ? f->min : 1;
	switch (f->type) {
	case FIELD_EMAIL: return STR("proeve@example.dk");
	case FIELD_PHONE: return STR("12345678");
	case FIELD_CPR: return STR("1301711231");
	case FIELD_CVR: return STR("13748136");
	case FIELD_P_NUMBER: return STR("1012345678");
	case FIELD_DATE: return STR("2018-11-05");
	case FIELD_TIME: return STR("2018-11-20T10:00");
	case FIELD_INT:
	case FIELD_REAL: return str_printf(w->s.arena, "%g", least);
	case FIELD_MUNICIPALITY: return STR("751");
	case FIELD_BOOL: return STR("true");
	case FIELD_ENUM: return enum_code(f->choices, 0);
	default: return STR("Proeve");
	}
}

static int world_of(const Sources *from, Str name)
{
	for (size_t i = 0; i < from->n; i++)
		if (str_eq(from->name[i], name))
			return from->of[i];
	return from->n > 0 ? from->of[0] : AARHUS;
}

static bool ends_in(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n >= m && strcmp(text + n - m, end) == 0;
}

/* STR_NONE: not sent. */
static Str value_of(Worlds *w, const Route *r, int actor, const Sources *from, const Field *f)
{
	const World *v = &w->worlds[world_of(from, str_of(f->name))];
	if (f->type == FIELD_ID)
		return uuid_str(w->s.arena, id_of(v, r, str_of(f->name)));
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		if (strcmp(wanted[i].field, f->name) != 0 || !ends_in(r->pattern, wanted[i].ends) ||
		    (wanted[i].form[0] != '\0' && strcmp(wanted[i].form, r->form->name) != 0))
			continue;
		const char *value = wanted[i].value;
		if (value == NULL)
			return STR_NONE;
		if (strcmp(value, "CPR") == 0)
			return str_of(v->cpr);
		if (strcmp(value, "HOME_CPR") == 0)
			return str_of(w->worlds[w->actors[actor].home].cpr);
		if (strcmp(value, "GUEST") == 0)
			return w->worlds[RANDERS].guest_code; /* whose citizen asks for nothing */
		if (strcmp(value, "CODE") == 0)
			return str_of(v->code);
		if (strcmp(value, "NAME") == 0)
			return str_of(v->person);
		if (strcmp(value, "CAUSE") == 0)
			return str_printf(w->s.arena, "%s-1", v->person);
		if (strcmp(value, "LOGIN") == 0)
			return str_of(uuid_is_none(w->actors[actor].id.v) || w->actors[actor].token.len == 0
					      ? "m-leder"
					      : w->actors[actor].login);
		return str_of(value);
	}
	return typed(w, f);
}

bool form_has(const Route *r, const char *field)
{
	return r->form != NULL && form_field(r->form, str_of(field)) != NULL;
}

static void add_source(Sources *s, const Route *r, Str name, int of, bool in_path)
{
	IdKind kind = id_kind(r, name);
	if (kind == ID_NONE)
		return;
	assert_true(s->n < SOURCES_MOST);
	s->name[s->n] = name;
	s->kind[s->n] = kind;
	s->of[s->n] = of;
	s->in_path[s->n++] = in_path;
}

static bool is_source(const Sources *s, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_z(s->name[i], name))
			return true;
	return false;
}

Sources sources_of(const Route *r, int of)
{
	Sources s = { 0 };
	Str rest = str_of(r->pattern);
	for (size_t at = str_find(rest, '{', 0); at != SIZE_MAX && !r->words; at = str_find(rest, '{', 0)) {
		size_t end = str_find(rest, '}', at);
		add_source(&s, r, str_sub(rest, at + 1, end), of, true);
		rest = str_sub(rest, end + 1, rest.len);
	}
	size_t in_path = s.n; /* which wins over a field of the same name */
	for (size_t i = 0; r->form != NULL && i < r->form->n; i++)
		if (r->form->fields[i].type == FIELD_ID && !is_source(&s, in_path, r->form->fields[i].name))
			add_source(&s, r, str_of(r->form->fields[i].name), of, false);
	return s;
}

/* Fields that no form of the web has: a handler that takes one gives away what is not the sender's to say. */
static const struct {
	const char *name, *value;
} extras[] = {
	{ "made_up", "true" },       { "version", ROWS_MARK },       { "changed_by", ROWS_MARK },
	{ "tenant", "TENANT" },      { "programme", "FOREIGN" },     { "role", "manager" },
	{ "participant", "PERSON" }, { "password_hash", ROWS_MARK },
};

static Str extra_value(Worlds *w, int actor, const char *value)
{
	const World *far = &w->worlds[w->actors[actor].home == OTHER ? AARHUS : OTHER];
	if (strcmp(value, "FOREIGN") == 0)
		return uuid_str(w->s.arena, far->programme.v);
	if (strcmp(value, "PERSON") == 0)
		return uuid_str(w->s.arena, far->participant.v);
	if (strcmp(value, "TENANT") == 0)
		return uuid_str(w->s.arena, w->worlds[ABROAD].tenant.v);
	return str_of(value);
}

static void put_pair(Worlds *w, Buf *b, const char *name, Str value)
{
	Str text = url_encode(w->s.arena, value);
	buf_printf(b, "%s%s=%.*s", b->len > 0 ? "&" : "", name, STR_ARG(text));
}

/* None of the values needs escaping. */
static void put_member(Buf *b, const Field *f, const char *name, Str value)
{
	bool bare = f != NULL && (f->type == FIELD_INT || f->type == FIELD_REAL || f->type == FIELD_BOOL ||
				  f->type == FIELD_MUNICIPALITY);
	const char *quote = bare ? "" : "\"";
	buf_printf(b, "%s\"%s\":%s%.*s%s", b->len > 1 ? "," : "", name, quote, STR_ARG(value), quote);
}

static void put(Worlds *w, Buf *b, bool json, const Field *f, const char *name, Str value)
{
	if (json)
		put_member(b, f, name, value);
	else
		put_pair(w, b, name, value);
}

/* A field that the path outweighs belongs to the extras, too: the form is not asked who it is about. */
static bool is_extra(const Route *r, const Sources *from, const char *name)
{
	bool in_path = false;
	for (size_t i = 0; i < from->n; i++)
		in_path = in_path || (from->in_path[i] && str_eq_z(from->name[i], name));
	return !form_has(r, name) || in_path;
}

static void put_fields(Worlds *w, Buf *b, bool json, const Route *r, int actor, const Sources *from, BodyKind kind)
{
	for (size_t i = 0; kind == BODY_EXTRAS && i < sizeof extras / sizeof extras[0]; i++)
		if (is_extra(r, from, extras[i].name))
			put(w, b, json, NULL, extras[i].name, extra_value(w, actor, extras[i].value));
	for (size_t i = 0; r->form != NULL && i < r->form->n; i++) {
		const Field *f = &r->form->fields[i];
		Str value = value_of(w, r, actor, from, f);
		if (kind == BODY_STALE && strcmp(f->name, "version") == 0)
			value = STR(ROWS_MARK);
		if (!str_is_none(value))
			put(w, b, json, f, f->name, value);
	}
}

Str request_body(Worlds *w, const Route *r, int actor, const Sources *from, BodyKind kind)
{
	if (r->method == HTTP_GET || r->method == HTTP_DELETE)
		return STR("");
	bool json = strncmp(r->pattern, "/api/", 5) == 0;
	Buf *b = buf_new(w->s.arena, 65536);
	if (json)
		buf_char(b, '{');
	if (kind != BODY_EMPTY)
		put_fields(w, b, json, r, actor, from, kind);
	if (json)
		buf_char(b, '}');
	else if (b->len == 0)
		buf_z(b, "x=1");
	return buf_str(b);
}

const char *request_target(Worlds *w, const Route *r, int actor, const Sources *from, BodyKind kind)
{
	Buf *b = buf_new(w->s.arena, 65536), *query = buf_new(w->s.arena, 65536);
	Str rest = str_of(r->pattern);
	for (size_t at = str_find(rest, '{', 0); at != SIZE_MAX; at = str_find(rest, '{', 0)) {
		size_t end = str_find(rest, '}', at);
		Str name = str_sub(rest, at + 1, end);
		buf_str_add(b, str_sub(rest, 0, at));
		buf_str_add(b, r->words ? STR("en")
					: uuid_str(w->s.arena, id_of(&w->worlds[world_of(from, name)], r, name)));
		rest = str_sub(rest, end + 1, rest.len);
	}
	buf_str_add(b, rest);
	if (r->method == HTTP_GET && kind == BODY_FULL)
		put_fields(w, query, false, r, actor, from, kind);
	if (query->len > 0)
		buf_printf(b, "?%.*s", (int)query->len, query->ptr);
	buf_char(b, '\0');
	return b->ptr;
}
