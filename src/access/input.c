#include "access/inside.h"

#include <string.h>

static Err malformed(Work *w, int status)
{
	w->status = status;
	w->plain = true;
	return ERR_INVALID;
}

/* Forms and queries: the first value of a name. */
static Str pairs_source(const FieldSource *self, const char *name, bool *present)
{
	const HttpPairs *pairs = self->data;
	Str value = pairs_get(*pairs, name);
	*present = !str_is_none(value);
	return value;
}

static Err read_pairs(Ctx *c, Work *w, const HttpPairs *pairs)
{
	FieldSource source = { .get = pairs_source, .data = pairs, .localised = !w->r.api };
	return form_parse(c, w->r.route->form, &source, w->r.in);
}

/* JSON: values as text, in the kinds that check_json lets through. */
typedef struct {
	Ctx *c;
	JsonValue object;
} JsonSource;

static Str text_of(Ctx *c, JsonValue v)
{
	Str text = STR("");
	int64_t n;
	double x;
	bool yes;
	if (json_as_text(v, &text))
		return text;
	if (json_as_bool(v, &yes))
		return yes ? STR("true") : STR("false");
	if (json_as_int(v, &n))
		return str_printf(c->arena, "%lld", (long long)n);
	if (json_as_real(v, &x))
		return str_printf(c->arena, "%.17g", x);
	return text;
}

static Str json_source(const FieldSource *self, const char *name, bool *present)
{
	const JsonSource *s = self->data;
	JsonValue v = json_member(s->object, name);
	JsonKind kind = json_kind(v);
	*present = kind != JSON_IS_MISSING && kind != JSON_IS_NULL;
	return *present ? text_of(s->c, v) : STR_NONE;
}

static Err refuse_kind(Ctx *c, const Field *f)
{
	switch (f->type) {
	case FIELD_BOOL: return refuse(c, f->name, "%s", T(c->lang, "Must be true or false."));
	case FIELD_INT: return refuse(c, f->name, "%s", T(c->lang, "This is not a whole number."));
	case FIELD_MUNICIPALITY:
	case FIELD_REAL: return refuse(c, f->name, "%s", T(c->lang, "Must be a number."));
	default: return refuse(c, f->name, "%s", T(c->lang, "Must be a text in quotes."));
	}
}

static bool kind_fits(const Field *f, JsonKind kind)
{
	if (kind == JSON_IS_NULL)
		return true;
	switch (f->type) {
	case FIELD_BOOL: return kind == JSON_IS_BOOL;
	case FIELD_INT: return kind == JSON_IS_INT;
	case FIELD_MUNICIPALITY: return kind == JSON_IS_INT || kind == JSON_IS_TEXT;
	case FIELD_REAL: return kind == JSON_IS_INT || kind == JSON_IS_REAL;
	default: return kind == JSON_IS_TEXT;
	}
}

/* Unknown members and wrong kinds: a client that misspells a name hears of it. */
static Err check_json(Ctx *c, const Form *form, JsonValue object)
{
	Err worst = OK;
	void *walk = NULL;
	Str key;
	JsonValue value;
	while (json_each(object, &walk, &key, &value)) {
		const Field *f = form_field(form, key);
		if (f == NULL)
			worst = refuse(c, str_z(c->arena, key), "%s", T(c->lang, "There is no such field."));
		else if (!kind_fits(f, json_kind(value)))
			worst = refuse_kind(c, f);
	}
	return worst;
}

static Err read_json(Ctx *c, Work *w)
{
	HttpExchange *x = w->r.x;
	if (!str_eq_z(x->in.content_type, "application/json")) {
		(void)refuse(c, NULL, "%s", T(c->lang, "The body must be application/json."));
		return malformed(w, 415);
	}
	if (json_parse(c, x->in.body, BODY_MOST, &w->json) != OK)
		return malformed(w, 400);
	if (json_kind(w->json) != JSON_IS_OBJECT) {
		(void)refuse(c, NULL, "%s", T(c->lang, "The body must be a JSON object."));
		return malformed(w, 400);
	}
	RETURN_IF_ERR(check_json(c, w->r.route->form, w->json));
	JsonSource data = { c, w->json };
	FieldSource source = { .get = json_source, .data = &data };
	return form_parse(c, w->r.route->form, &source, w->r.in);
}

/* The query of the API has no unknown names either. */
static Err read_query(Ctx *c, Work *w)
{
	const HttpPairs *query = &w->r.x->in.query;
	Err worst = OK;
	for (size_t i = 0; i < query->n && w->r.api; i++)
		if (w->r.route->form == NULL || form_field(w->r.route->form, query->items[i].name) == NULL)
			worst = refuse(c, str_z(c->arena, query->items[i].name), "%s",
				       T(c->lang, "There is no such field."));
	RETURN_IF_ERR(worst);
	return w->r.route->form == NULL ? OK : read_pairs(c, w, query);
}

static Err read_body(Ctx *c, Work *w)
{
	HttpExchange *x = w->r.x;
	if (w->r.api && !w->r.route->upload)
		return read_json(c, w);
	if (x->in.body.len > 0 && http_form(x) != OK)
		return malformed(w, 400);
	return read_pairs(c, w, &x->in.form.fields);
}

/* A button of the form asks for other choices; the form is not finished. */
static bool finds(Work *w)
{
	HttpExchange *x = w->r.x;
	return !w->r.api && w->r.route->again != NULL && x->in.body.len > 0 && http_form(x) == OK &&
	       !str_is_none(pairs_get(x->in.form.fields, "find"));
}

static Err read_input(Ctx *c, Work *w)
{
	const Route *route = w->r.route;
	if (finds(w)) {
		w->status = 200;
		return OK;
	}
	if (route->form != NULL)
		w->r.in = arena_alloc(c->arena, route->form->size);
	if (route->method == HTTP_GET || route->method == HTTP_DELETE)
		return read_query(c, w);
	return route->form == NULL ? OK : read_body(c, w);
}

Err input_read(Ctx *c, Work *w)
{
	Err e = read_input(c, w);
	if (e != OK)
		w->r.in = NULL; /* half of it is not to be used */
	return e;
}

Uuid request_id(const Request *r, const char *name)
{
	Uuid id = UUID_NONE;
	(void)uuid_parse(route_param(&r->match, name), &id); /* admitted: it is one */
	return id;
}

Str request_word(const Request *r, const char *name)
{
	return route_param(&r->match, name);
}

Str request_typed(const Request *r, const char *name)
{
	return pairs_get(r->x->in.method == HTTP_GET ? r->x->in.query : r->x->in.form.fields, name);
}

/* Sealed for the user, whatever session he has. */
static Str reader_of(const Ctx *c)
{
	return (Str){ (const char *)c->actor->user.v.b, sizeof c->actor->user.v.b };
}

Err request_seal(Ctx *c, const Request *r, Str text, Str *out)
{
	return seal_text(c, &work_of(r)->d->seal_key, text, reader_of(c), out);
}

Err request_unseal(Ctx *c, const Request *r, Str sealed, Str *out)
{
	return seal_open(c, &work_of(r)->d->seal_key, sealed, reader_of(c), out);
}

void request_about(Request *r, ParticipantId who)
{
	work_of(r)->about = who;
}

void request_forget(Request *r, UserId user)
{
	work_of(r)->forget = user;
}

bool request_partial(const Request *r)
{
	return str_eq_z(http_header(r->x, "HX-Request"), "true") && str_is_none(http_header(r->x, "HX-Boosted"));
}
