/* shape: what an answer of the API looks like, said once.
 *
 * The members of an object stand in a Form, as those of an input do; a Shape
 * adds the lists and objects inside it. A route names its shape (.gives), which
 * /api/openapi.json describes; where a member is a struct's, the same table
 * writes it. tests/feature/api.test holds every answer against its schema.
 *
 *   static const Field row_fields[] = {
 *           FIELD(CompanyRow, id, FIELD_ID, N_("Identifier"), .required = true),
 *           FIELD(CompanyRow, cvr, FIELD_TEXT, N_("CVR number")),
 *   };
 *   static const Form row_form = FORM("company", CompanyRow, row_fields);
 *   static const Shape row_shape = { .form = &row_form };
 *   static const ShapePart parts[] = { { "companies", &row_shape, .list = true } };
 *   static const Shape companies_shape = SHAPE(&page_form, parts);
 *
 * A required member is always there; another is null, or left out, when there
 * is none. Static data.
 */
#ifndef ACCESS_SHAPE_H
#define ACCESS_SHAPE_H

#include "base/field.h"
#include "format/json.h"

typedef struct Shape Shape;

typedef struct {
	const char *name;
	const Shape *shape;
	bool list; /* any number of them, always there; otherwise one, or null */
} ShapePart;

struct Shape {
	const Form *form; /* NULL: no members but the parts */
	const ShapePart *parts;
	size_t n;
};
#define SHAPE(members, part_table)                                                \
	{                                                                         \
		members, part_table, sizeof(part_table) / sizeof((part_table)[0]) \
	}
/* A member of no struct, written by hand. */
#define SHAPE_FIELD(member, field_type, ...)                               \
	{                                                                  \
		.name = #member, .type = field_type, .label = __VA_ARGS__, \
	}
#define SHAPE_FORM(form_name, table)                                    \
	{                                                               \
		form_name, table, sizeof(table) / sizeof((table)[0]), 0 \
	}

/* A struct's members, inside an object that is open. */
void shape_put_members(Ctx *c, JsonWriter *w, const Form *form, const void *row);
/* A member that holds a list of n structs. */
void shape_put_list(Ctx *c, JsonWriter *w, const char *name, const Form *form, const void *rows, size_t n);

/* JSON Schema of a field: what may be sent, or with `answer` what is given. */
void shape_field_schema(JsonWriter *w, Lang lang, const Field *f, bool answer);
/* Of an input, and of an answer. */
void shape_form_schema(JsonWriter *w, Lang lang, const Form *form);
void shape_schema(JsonWriter *w, Lang lang, const Shape *shape);

#endif
