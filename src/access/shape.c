#include "access/shape.h"

#include <string.h>

/* ---- writing ------------------------------------------------------------------ */

static void put_enum(JsonWriter *w, const Field *f, const void *at)
{
	int value;
	memcpy(&value, at, sizeof value);
	json_put_text(w, value == ENUM_NONE ? STR_NONE : enum_code(f->choices, value));
}

static void put_int(JsonWriter *w, int64_t n)
{
	if (n == INT_NONE)
		json_put_null(w);
	else
		json_put_int(w, n);
}

static void put_value(Ctx *c, JsonWriter *w, const Field *f, const void *at)
{
	switch (f->type) {
	case FIELD_DATE: json_put_date(w, *(const Date *)at); return;
	case FIELD_TIME:
		json_put_text(w, *(const Time *)at == TIME_NONE ? STR_NONE : time_iso(c->arena, *(const Time *)at));
		return;
	case FIELD_MUNICIPALITY:
	case FIELD_INT: put_int(w, *(const int64_t *)at); return;
	case FIELD_REAL: json_put_real(w, *(const double *)at); return;
	case FIELD_BOOL: json_put_bool(w, *(const bool *)at); return;
	case FIELD_ENUM: put_enum(w, f, at); return;
	case FIELD_ID: {
		Uuid id = *(const Uuid *)at;
		json_put_text(w, uuid_is_none(id) ? STR_NONE : uuid_str(c->arena, id));
		return;
	}
	case FIELD_TEXT:
	case FIELD_NOTE:
	case FIELD_SECRET:
	case FIELD_EMAIL:
	case FIELD_PHONE:
	case FIELD_CPR:
	case FIELD_CVR:
	case FIELD_P_NUMBER: json_put_text(w, *(const Str *)at); return;
	}
}

void shape_put_members(Ctx *c, JsonWriter *w, const Form *form, const void *row)
{
	for (size_t i = 0; i < form->n; i++) {
		json_key(w, form->fields[i].name);
		put_value(c, w, &form->fields[i], (const char *)row + form->fields[i].offset);
	}
}

void shape_put_list(Ctx *c, JsonWriter *w, const char *name, const Form *form, const void *rows, size_t n)
{
	json_key(w, name);
	json_open_list(w);
	for (size_t i = 0; i < n; i++) {
		json_open_object(w);
		shape_put_members(c, w, form, (const char *)rows + i * form->size);
		json_close(w);
	}
	json_close(w);
}

/* ---- describing ----------------------------------------------------------------- */

static void put(JsonWriter *w, const char *key, const char *value)
{
	json_key(w, key);
	json_put_text(w, str_of(value));
}

static void put_format(JsonWriter *w, const Field *f)
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
		put(w, "format", formats[type]);
	if (type < sizeof(patterns) / sizeof(patterns[0]) && patterns[type] != NULL)
		put(w, "pattern", patterns[type]);
}

static void put_limits(JsonWriter *w, const Field *f)
{
	bool text = f->type == FIELD_TEXT || f->type == FIELD_NOTE || f->type == FIELD_SECRET;
	if (text) {
		json_key(w, "maxLength");
		json_put_int(w, f->most > 0 ? f->most : f->type == FIELD_NOTE ? 4000 : 200);
	}
	if (f->min != 0 || f->max != 0) {
		json_key(w, "minimum");
		json_put_real(w, f->min);
		json_key(w, "maximum");
		json_put_real(w, f->max);
	}
}

static void put_choices(JsonWriter *w, const Field *f)
{
	json_key(w, "enum");
	json_open_list(w);
	for (int i = 0; i < f->choices->n; i++)
		json_put_text(w, enum_code(f->choices, i));
	if (!f->required)
		json_put_null(w);
	json_close(w);
}

static void put_type(JsonWriter *w, const char *type, bool nullable)
{
	json_key(w, "type");
	if (!nullable) {
		json_put_text(w, str_of(type));
		return;
	}
	json_open_list(w);
	json_put_text(w, str_of(type));
	json_put_text(w, STR("null"));
	json_close(w);
}

void shape_field_schema(JsonWriter *w, Lang lang, const Field *f, bool answer)
{
	const char *type = "string";
	if (f->type == FIELD_INT || f->type == FIELD_MUNICIPALITY)
		type = "integer";
	else if (f->type == FIELD_REAL)
		type = "number";
	else if (f->type == FIELD_BOOL)
		type = "boolean";
	json_open_object(w);
	put_type(w, type, !f->required);
	put(w, "title", T(lang, f->label));
	if (f->hint != NULL)
		put(w, "description", T(lang, f->hint));
	put_format(w, f);
	if (!answer)
		put_limits(w, f);
	if (f->type == FIELD_ENUM)
		put_choices(w, f);
	json_close(w);
}

static void put_properties(JsonWriter *w, Lang lang, const Form *form, bool answer)
{
	for (size_t i = 0; form != NULL && i < form->n; i++) {
		json_key(w, form->fields[i].name);
		shape_field_schema(w, lang, &form->fields[i], answer);
	}
}

static void put_required(JsonWriter *w, const Form *form)
{
	for (size_t i = 0; form != NULL && i < form->n; i++)
		if (form->fields[i].required)
			json_put_text(w, str_of(form->fields[i].name));
}

static void open_schema(JsonWriter *w, bool nullable)
{
	json_open_object(w);
	put_type(w, "object", nullable);
	json_key(w, "additionalProperties");
	json_put_bool(w, false);
	json_key(w, "properties");
	json_open_object(w);
}

static void open_required(JsonWriter *w)
{
	json_close(w);
	json_key(w, "required");
	json_open_list(w);
}

static void close_schema(JsonWriter *w)
{
	json_close(w);
	json_close(w);
}

void shape_form_schema(JsonWriter *w, Lang lang, const Form *form)
{
	open_schema(w, false);
	put_properties(w, lang, form, false);
	open_required(w);
	put_required(w, form);
	close_schema(w);
}

static void put_shape(JsonWriter *w, Lang lang, const Shape *shape, bool nullable);

static void put_part(JsonWriter *w, Lang lang, const ShapePart *part)
{
	json_key(w, part->name);
	if (!part->list) {
		put_shape(w, lang, part->shape, true);
		return;
	}
	json_open_object(w);
	put_type(w, "array", false);
	json_key(w, "items");
	put_shape(w, lang, part->shape, false);
	json_close(w);
}

static void put_shape(JsonWriter *w, Lang lang, const Shape *shape, bool nullable)
{
	open_schema(w, nullable);
	put_properties(w, lang, shape->form, true);
	for (size_t i = 0; i < shape->n; i++)
		put_part(w, lang, &shape->parts[i]);
	open_required(w);
	put_required(w, shape->form);
	for (size_t i = 0; i < shape->n; i++)
		json_put_text(w, str_of(shape->parts[i].name));
	close_schema(w);
}

void shape_schema(JsonWriter *w, Lang lang, const Shape *shape)
{
	put_shape(w, lang, shape, false);
}
