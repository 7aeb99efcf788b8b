#include "access/openapi.h"

#include "access/inside.h"
#include "access/shape.h"

#include <ctype.h>
#include <string.h>

static void put(JsonWriter *j, const char *key, const char *value)
{
	json_key(j, key);
	json_put_text(j, str_of(value));
}

static void open_at(JsonWriter *j, const char *key)
{
	json_key(j, key);
	json_open_object(j);
}

static void path_parameters(JsonWriter *j, const Route *r)
{
	for (const char *at = strchr(r->pattern, '{'); at != NULL; at = strchr(at, '{')) {
		const char *end = strchr(at, '}');
		json_open_object(j);
		json_key(j, "name");
		json_put_text(j, (Str){ at + 1, (size_t)(end - at - 1) });
		put(j, "in", "path");
		json_key(j, "required");
		json_put_bool(j, true);
		open_at(j, "schema");
		put(j, "type", "string");
		if (!r->words)
			put(j, "format", "uuid");
		json_close(j);
		json_close(j);
		at = end;
	}
}

static void query_parameters(JsonWriter *j, const Route *r, Lang lang)
{
	for (size_t i = 0; r->form != NULL && i < r->form->n; i++) {
		const Field *f = &r->form->fields[i];
		json_open_object(j);
		put(j, "name", f->name);
		put(j, "in", "query");
		json_key(j, "required");
		json_put_bool(j, f->required);
		json_key(j, "schema");
		shape_field_schema(j, lang, f, false);
		json_close(j);
	}
}

static bool takes_query(const Route *r)
{
	return r->method == HTTP_GET || r->method == HTTP_DELETE;
}

static void request_body(JsonWriter *j, const Route *r, Lang lang)
{
	if (r->form == NULL || takes_query(r))
		return;
	open_at(j, "requestBody");
	json_key(j, "required");
	json_put_bool(j, true);
	open_at(j, "content");
	open_at(j, r->upload ? "multipart/form-data" : "application/json");
	json_key(j, "schema");
	shape_form_schema(j, lang, r->form);
	json_close(j);
	json_close(j);
	json_close(j);
}

static void responses(JsonWriter *j, const Route *r, Lang lang)
{
	static const char *const refused[] = { "400", "401", "403", "404", "409", "413", "415", "422", "503" };
	char status[4];
	int answer = r->answer > 0 ? r->answer : 200;
	status[0] = (char)('0' + answer / 100);
	status[1] = (char)('0' + answer / 10 % 10);
	status[2] = (char)('0' + answer % 10);
	status[3] = '\0';
	open_at(j, "responses");
	open_at(j, status);
	put(j, "description", T(lang, r->summary));
	open_at(j, "content");
	open_at(j, r->produces == NULL ? "application/json" : r->produces);
	if (r->gives != NULL) {
		json_key(j, "schema");
		shape_schema(j, lang, r->gives);
	}
	json_close(j);
	json_close(j);
	json_close(j);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		open_at(j, refused[i]);
		put(j, "$ref", "#/components/responses/refused");
		json_close(j);
	}
	json_close(j);
}

static void operation(Ctx *c, JsonWriter *j, const Route *r)
{
	Str method = str_lower_ascii(c->arena, str_of(http_method_name(r->method)));
	json_key_str(j, method);
	json_open_object(j);
	put(j, "operationId", r->name);
	put(j, "summary", T(c->lang, r->summary));
	json_key(j, "x-permission");
	Str operation = enum_code(&operation_table, (int)r->may.operation);
	Str reach = enum_code(&reach_table, (int)r->may.reach);
	json_put_text(j, str_printf(c->arena, "%.*s, %.*s", STR_ARG(operation), STR_ARG(reach)));
	json_key(j, "parameters");
	json_open_list(j);
	path_parameters(j, r);
	if (takes_query(r))
		query_parameters(j, r, c->lang);
	json_close(j);
	request_body(j, r, c->lang);
	responses(j, r, c->lang);
	json_key(j, "security");
	json_open_list(j);
	if (r->may.operation != OP_PUBLIC) {
		json_open_object(j);
		json_key(j, "bearer");
		json_open_list(j);
		json_close(j);
		json_close(j);
	}
	json_close(j);
	json_close(j);
}

/* Every path once, with the methods it has. */
static void paths(Ctx *c, JsonWriter *j, const Dispatch *d)
{
	open_at(j, "paths");
	for (size_t i = 0; i < d->n; i++) {
		const Route *r = d->routes[i];
		bool before = !str_starts(str_of(r->pattern), STR("/api/"));
		for (size_t k = 0; k < i && !before; k++)
			before = strcmp(d->routes[k]->pattern, r->pattern) == 0;
		if (before)
			continue;
		open_at(j, r->pattern);
		for (size_t k = i; k < d->n; k++)
			if (strcmp(d->routes[k]->pattern, r->pattern) == 0)
				operation(c, j, d->routes[k]);
		json_close(j);
	}
	json_close(j);
}

/* What every refusal looks like; access/page.c and lanes.c write it. */
static const Field problem_fields[] = {
	SHAPE_FIELD(field, FIELD_TEXT, N_("Field")),
	SHAPE_FIELD(row, FIELD_INT, N_("Row")),
	SHAPE_FIELD(character, FIELD_INT, N_("Character")),
	SHAPE_FIELD(message, FIELD_TEXT, N_("Why"), .required = true),
};
static const Form problem_form = SHAPE_FORM("problem", problem_fields);
static const Shape problem_shape = { .form = &problem_form };
static const Field refused_fields[] = {
	SHAPE_FIELD(error, FIELD_TEXT, N_("Code"), .required = true),
	SHAPE_FIELD(message, FIELD_TEXT, N_("What was wrong"), .required = true),
};
static const Form refused_form = SHAPE_FORM("refused", refused_fields);
static const ShapePart refused_parts[] = { { "problems", &problem_shape, .list = true } };
static const Shape refused_shape = SHAPE(&refused_form, refused_parts);

static void components(JsonWriter *j, Lang lang)
{
	open_at(j, "components");
	open_at(j, "securitySchemes");
	open_at(j, "bearer");
	put(j, "type", "http");
	put(j, "scheme", "bearer");
	put(j, "description", T(lang, "A token, made on the page of one's own account or by `rampe user token`."));
	json_close(j);
	json_close(j);
	open_at(j, "schemas");
	json_key(j, "refused");
	shape_schema(j, lang, &refused_shape);
	json_close(j);
	open_at(j, "responses");
	open_at(j, "refused");
	put(j, "description", T(lang, "Refused: what was wrong, with the field, the row and the reason."));
	open_at(j, "content");
	open_at(j, "application/json");
	open_at(j, "schema");
	put(j, "$ref", "#/components/schemas/refused");
	for (int i = 0; i < 6; i++)
		json_close(j);
}

Err openapi_get(Ctx *c, Request *r)
{
	JsonWriter j = json_writer(answer_json(r));
	json_open_object(&j);
	put(&j, "openapi", "3.1.0");
	open_at(&j, "info");
	put(&j, "title", "Rampe");
	put(&j, "version", RAMPE_VERSION);
	json_key(&j, "license");
	json_open_object(&j);
	put(&j, "name", "AGPL-3.0-or-later");
	put(&j, "identifier", "AGPL-3.0-or-later");
	json_close(&j);
	json_close(&j);
	json_key(&j, "servers");
	json_open_list(&j);
	json_open_object(&j);
	put(&j, "url", "/");
	json_close(&j);
	json_close(&j);
	paths(c, &j, work_of(r)->d);
	components(&j, c->lang);
	json_close(&j);
	return json_done(&j) ? OK : ERR_LIMIT;
}
