/* sql2c_seal: what a sealed field needs beside it: what names its person, and its row within the table. */
#include "sql2c.h"

static bool names_row(FieldKind kind)
{
	return kind == FIELD_UUID || kind == FIELD_ID || kind == FIELD_DATE || kind == FIELD_TIME || kind == FIELD_INT;
}

bool sql2c_check_sealed(Module *m, const RowType *t)
{
	for (int i = 0; i < t->n; i++) {
		const Field *f = &t->fields[i];
		bool person = f->kind != FIELD_SEALED, row = person;
		for (int k = 0; k < t->n; k++) {
			const Field *other = &t->fields[k];
			bool id = other->kind == FIELD_UUID || other->kind == FIELD_ID;
			person = person || (str_eq(other->name, f->person) && id && !other->nullable);
			row = row || (str_eq(other->name, f->row) && names_row(other->kind) && !other->nullable);
		}
		if (!person || !row)
			return sql2c_error(m, f->place, "%.*s of %.*s is sealed, and no field always names its %s",
					   STR_ARG(f->name), STR_ARG(t->name), person ? "row" : "person");
	}
	return true;
}

int sql2c_bind(const Statement *st, Str name)
{
	for (int i = 0; i < st->bind_count; i++)
		if (str_eq(st->binds[i].field.name, name))
			return i;
	return -1;
}

bool sql2c_check_sealing(Module *m, const Statement *st)
{
	if (st->scalar.kind == FIELD_SEALED)
		return sql2c_error(m, st->scalar.place, "only a field of a declared type can be sealed");
	for (int i = 0; i < st->bind_count; i++) {
		const Field *f = &st->binds[i].field;
		if (f->kind == FIELD_SEALED && (sql2c_bind(st, f->person) < 0 || sql2c_bind(st, f->row) < 0))
			return sql2c_error(m, st->place,
					   "%.*s seals %.*s, and does not use what names its person and row",
					   STR_ARG(st->name), STR_ARG(f->name));
	}
	return true;
}
