/* statement: what sql2c makes of a named statement, and how it is run.
 *
 * Written for the generated NAME_sql.c; features call the functions declared
 * in NAME_sql.h and never these. A statement's texts, parameters and columns
 * are static data. Values passed in are borrowed for the call. Rows are read
 * into C structs by the field table: offset, type, "no value" or not.
 * Errors: ERR_NOT_FOUND (db_one: no row), ERR_LIMIT (db_many: more rows than
 * the ceiling), ERR_CONFLICT (a unique key or a foreign key objects), ERR_BUSY
 * (locked, deadlock), ERR_DB (anything else from the database, or a stored
 * value outside its type), ERR_INTERNAL (no connection, or a parameter that
 * must have a value has none).
 */
#ifndef DB_STATEMENT_H
#define DB_STATEMENT_H

#include "base/ctx.h"
#include "base/enum.h"
#include "db/db.h"

typedef enum {
	DB_UUID,
	DB_INT,
	DB_REAL,
	DB_BOOL,
	DB_TEXT,
	DB_BYTES,
	DB_DATE,
	DB_TIME,
	DB_ENUM,   /* stored as the code of its table, in a text column */
	DB_SEALED, /* text that is stored as bytes only its person's key opens (vault.h) */
} DbType;

/* What a sealed field is about: the places of its person and row among the parameters or columns. */
typedef struct {
	const char *place; /* "contact.note" */
	int person, row;
} DbSeal;

/* A parameter, or a column and where it goes in the row's struct. */
typedef struct {
	const char *name;
	DbType type;
	bool nullable;
	size_t offset;           /* of a column's field */
	const EnumTable *values; /* of a DB_ENUM */
	DbSeal seal;             /* of a DB_SEALED */
} DbField;

typedef struct {
	const char *name;   /* "placement_open_on" */
	const char *sqlite; /* with ?1, ?2, ... */
	const char *pg;     /* with $1::uuid, ... */
	const DbField *params;
	int param_count;
	const DbField *columns; /* none: gives no rows */
	int column_count;
	size_t row_size; /* of the struct, bytes */
	bool any_tenant; /* works across tenants on purpose */
} DbStatement;

/* All statements of one NAME.sql. */
typedef struct {
	const char *name;
	const DbStatement *statements;
	int n;
} DbStatementFile;

/* Every file of the program, made by sql2c; ends with NULL. */
extern const DbStatementFile *const db_statement_files[];

/* A value on its way into or out of the database, tagged by the field. */
typedef struct {
	bool none;
	union {
		int64_t i; /* int, bool, date, time, enum */
		double r;
		Str s;
		Uuid u;
	};
} DbValue;

DbValue db_of_uuid(Uuid u);
DbValue db_of_int(int64_t i);
DbValue db_of_real(double r);
DbValue db_of_bool(int b); /* BOOL_NONE: no value */
DbValue db_of_text(Str s);
DbValue db_of_bytes(Str s);
DbValue db_of_date(Date d);
DbValue db_of_time(Time t);
DbValue db_of_enum(int value);

/* Runs `s` and reads one row into `row`. */
Err db_one(Ctx *c, const DbStatement *s, const DbValue *params, void *row) MUST_USE;
/* Reads all rows into an array in c->arena. */
Err db_many(Ctx *c, const DbStatement *s, const DbValue *params, size_t most, void **rows, size_t *n) MUST_USE;
/* Calls `fn` per row; texts and `row` are valid during the call. An error from
 * `fn` ends the walk and is returned. */
Err db_each(Ctx *c, const DbStatement *s, const DbValue *params, Err (*fn)(void *arg, const void *row),
	    void *arg) MUST_USE;
/* Runs a statement without rows; `changed` (may be NULL) gets the number of
 * rows written. */
Err db_exec(Ctx *c, const DbStatement *s, const DbValue *params, int64_t *changed) MUST_USE;

#endif
