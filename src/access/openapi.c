#include "access/openapi.h"

#include "access/inside.h"

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

static void field_format(JsonWriter *j, const Field *f)
{
	static const char *const formats[] = { [FIELD_EMAIL] = "email",
					       [FIELD_DATE] = "date",
					       [FIELD_TIME] = "date-time",
					       [FIELD_ID] = "uuid",
					       [FIELD_SECRET] = "password" };
	static const char *const patterns[] = {
		[FIELD_CPR] = "^[0-9]{6}-?[0-9]{4}$", [FIELD_CVR] = "^[0-9]{8}$", [FIELD_P_NUMBER] = "^[0-9]{10}$"
	};
	size_t type = (size_t)f->type;
	if (type < sizeof(formats) / sizeof(formats[0]) && formats[type] != NULL)
		put(j, "format", formats[type]);
	if (type < sizeof(patterns) / sizeof(patterns[0]) && patterns[type] != NULL)
		put(j, "pattern", patterns[type]);
}

static void field_limits(JsonWriter *j, const Field *f)
{
	bool text = f->type == FIELD_TEXT || f->type == FIELD_NOTE || f->type == FIELD_SECRET;
	if (text) {
		json_key(j, "maxLength");
		json_put_int(j, f->most > 0 ? f->most : f->type == FIELD_NOTE ? 4000 : 200);
	}
	if (f->min != 0 || f->max != 0) {
		json_key(j, "minimum");
		json_put_real(j, f->min);
		json_key(j, "maximum");
		json_put_real(j, f->max);
	}
	if (f->type != FIELD_ENUM)
		return;
	json_key(j, "enum");
	json_open_list(j);
	for (int i = 0; i < f->choices->n; i++)
		json_put_text(j, enum_code(f->choices, i));
	if (!f->required)
		json_put_null(j);
	json_close(j);
}

/* JSON Schema of one field, from its row of the form's table. */
static void field_schema(JsonWriter *j, const Field *f, Lang lang)
{
	const char *type = "string";
	if (f->type == FIELD_INT || f->type == FIELD_MUNICIPALITY)
		type = "integer";
	else if (f->type == FIELD_REAL)
		type = "number";
	else if (f->type == FIELD_BOOL)
		type = "boolean";
	json_open_object(j);
	json_key(j, "type");
	if (f->required) {
		json_put_text(j, str_of(type));
	} else {
		json_open_list(j);
		json_put_text(j, str_of(type));
		json_put_text(j, STR("null"));
		json_close(j);
	}
	put(j, "title", T(lang, f->label));
	if (f->hint != NULL)
		put(j, "description", T(lang, f->hint));
	field_format(j, f);
	field_limits(j, f);
	json_close(j);
}

static void form_schema(JsonWriter *j, const Form *form, Lang lang)
{
	json_open_object(j);
	put(j, "type", "object");
	open_at(j, "properties");
	for (size_t i = 0; i < form->n; i++) {
		json_key(j, form->fields[i].name);
		field_schema(j, &form->fields[i], lang);
	}
	json_close(j);
	json_key(j, "required");
	json_open_list(j);
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].required)
			json_put_text(j, str_of(form->fields[i].name));
	json_close(j);
	json_key(j, "additionalProperties");
	json_put_bool(j, false);
	json_close(j);
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
		field_schema(j, f, lang);
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
	form_schema(j, r->form, lang);
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

static void string_or_null(JsonWriter *j, const char *key, const char *type)
{
	open_at(j, key);
	json_key(j, "type");
	json_open_list(j);
	json_put_text(j, str_of(type));
	json_put_text(j, STR("null"));
	json_close(j);
	json_close(j);
}

static void error_schema(JsonWriter *j)
{
	open_at(j, "schemas");
	open_at(j, "refused");
	put(j, "type", "object");
	open_at(j, "properties");
	open_at(j, "error");
	put(j, "type", "string");
	json_close(j);
	open_at(j, "message");
	put(j, "type", "string");
	json_close(j);
	open_at(j, "problems");
	put(j, "type", "array");
	open_at(j, "items");
	put(j, "type", "object");
	open_at(j, "properties");
	string_or_null(j, "field", "string");
	string_or_null(j, "row", "integer");
	open_at(j, "character");
	put(j, "type", "integer");
	json_close(j);
	open_at(j, "message");
	put(j, "type", "string");
	for (int i = 0; i < 7; i++)
		json_close(j);
}

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
	error_schema(j);
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
