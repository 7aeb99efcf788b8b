/* field: what may be typed, sent or imported, in one table per form.
 *
 * A feature declares a struct of inputs and a table of its fields. The same
 * table makes the HTML form, the API's schema, the import mapping and the data
 * dictionary, and nothing reaches a rule that has not passed it. Tables are
 * static; parsed values live in c->arena.
 *
 *   typedef struct { Date since; int code; Str note; } StatusIn;
 *   static const Field status_fields[] = {
 *           FIELD(StatusIn, since, FIELD_DATE, N_("From"), .required = true),
 *           FIELD(StatusIn, code, FIELD_ENUM, N_("Status"), .required = true, .choices = &status_code_table),
 *           FIELD(StatusIn, note, FIELD_NOTE, N_("Note"), .most = 500),
 *   };
 *   const Form status_form = FORM("status", StatusIn, status_fields);
 */
#ifndef BASE_FIELD_H
#define BASE_FIELD_H

#include "base/ctx.h"
#include "base/enum.h"

typedef enum {
	FIELD_TEXT,         /* Str, one line */
	FIELD_NOTE,         /* Str, several lines */
	FIELD_SECRET,       /* Str, never shown again or logged (password) */
	FIELD_EMAIL,        /* Str */
	FIELD_PHONE,        /* Str */
	FIELD_CPR,          /* Str, ten digits */
	FIELD_CVR,          /* Str, eight digits */
	FIELD_P_NUMBER,     /* Str, ten digits */
	FIELD_DATE,         /* Date */
	FIELD_TIME,         /* Time */
	FIELD_INT,          /* int64_t */
	FIELD_REAL,         /* double */
	FIELD_MUNICIPALITY, /* int64_t, a code of base/danish.h */
	FIELD_BOOL,         /* bool; absent is false */
	FIELD_ENUM,         /* int, a value of `choices` */
	FIELD_ID,           /* Uuid, or a distinct XxxId struct of one */
} FieldType;

/* What an optional field without a value holds: STR_NONE, DATE_NONE,
 * TIME_NONE, INT_NONE, NaN, false, ENUM_NONE, UUID_NONE. */
#define INT_NONE INT64_MIN

typedef struct Field {
	const char *name;  /* key in form, JSON and file */
	const char *label; /* English, N_() */
	const char *hint;  /* English, N_(), or NULL */
	const char
		*group; /* heading over this field and the ones after it that name the same, English, N_(); or NULL */
	FieldType type;
	bool required;
	bool encrypted;  /* identifies or describes a person */
	int most;        /* characters, for texts; 0: 200 for a line, 4000 for a note */
	double min, max; /* for numbers; both 0: no limits */
	const EnumTable *choices;
	size_t offset;
} Field;

typedef struct Form {
	const char *name;
	const Field *fields;
	size_t n;
	size_t size;
} Form;

/* FIELD(struct, member, type, N_("English label"), .required = true, ...) */
#define FIELD(T, member, field_type, ...)                                                                 \
	{                                                                                                 \
		.name = #member, .type = field_type, .offset = offsetof(T, member), .label = __VA_ARGS__, \
	}
#define FORM(form_name, T, table)                                               \
	{                                                                       \
		form_name, table, sizeof(table) / sizeof((table)[0]), sizeof(T) \
	}

/* Where raw values come from. */
typedef struct FieldSource {
	/* The value as text; *present false when the source has no such field. */
	Str (*get)(const struct FieldSource *self, const char *name, bool *present);
	const void *data;
	int64_t row;    /* row of a file, for the problems; 0 otherwise */
	bool localised; /* numbers and dates as people write them (forms, files) */
} FieldSource;

/* Fills `in` (form->size bytes) from the source. Every wrong field is noted as
 * a problem with its name, the row and a reason; INVALID if there was any, and
 * then `in` must not be used. Checks: UTF-8, control characters, length,
 * limits, choices, existing days, CPR, CVR, municipality. Surrounding white
 * space is dropped, and so are characters that nobody sees (utf8_visible); an
 * empty value counts as none. */
MUST_USE Err form_parse(Ctx *c, const Form *form, const FieldSource *source, void *in);

/* A value of `in` as it stands in a form (localised) or in JSON and CSV (ISO
 * dates, decimal points); empty for none. In c->arena. */
Str field_text(Ctx *c, const Field *f, const void *in, bool localised);

/* By name; NULL when the form has none. */
const Field *form_field(const Form *form, Str name);

#endif
