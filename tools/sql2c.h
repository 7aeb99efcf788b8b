/* sql2c: named, typed SQL statements in, C functions out.
 *
 * The grammar stands in docs/developer/sql.md. Everything read lives in the
 * arena given. The first error ends the reading: file:line:column: reason.
 * Pure apart from sql2c.c, which reads and writes the files.
 */
#ifndef TOOLS_SQL2C_H
#define TOOLS_SQL2C_H

#include "base/buf.h"

typedef enum {
	FIELD_UUID,
	FIELD_INT,
	FIELD_REAL,
	FIELD_BOOL,
	FIELD_TEXT,
	FIELD_BYTES,
	FIELD_DATE,
	FIELD_TIME,
	FIELD_ID,   /* a distinct struct around a Uuid: ProgrammeId */
	FIELD_ENUM, /* a C enum with its EnumTable: PlacementKind */
	FIELD_SEALED,
} FieldKind;

typedef struct {
	int line, column;
} Place;

typedef struct {
	Str name;
	Str type; /* as written, without the question mark */
	FieldKind kind;
	bool nullable;
	Str sealed, person, row; /* of a FIELD_SEALED: "contact.note", the fields that name the person and the row */
	Place place;
} Field;

typedef struct RowType {
	struct RowType *next;
	Str name;
	Field *fields;
	int n;
	bool external;  /* the struct is declared elsewhere */
	bool each_used; /* some :each gives rows of it */
	Place place;
} RowType;

typedef enum { RUN_ONE, RUN_MANY, RUN_EXEC, RUN_COUNT, RUN_EACH } RunKind;

/* A parameter of the function: one value, or a struct bound field by field. */
typedef struct {
	const RowType *bundle; /* NULL: one value */
	Field field;
	bool used;
} Param;

/* What stands behind ?N and $N. */
typedef struct {
	Field field;
	Str expression; /* in C */
} Bind;

typedef struct {
	Str name;
	Str by; /* the SQL after ORDER BY */
} Order;

typedef enum { TOKEN_WORD, TOKEN_MARK, TOKEN_VALUE } TokenKind;
typedef struct {
	TokenKind kind;
	Str text;
	int depth;
	Place place;
} Token;

enum { PARAMS_MOST = 60, FIELDS_MOST = 100, BINDS_MOST = 99, ORDERS_MOST = 20, TOKENS_MOST = 10000 };
/* Stands for {order} in a body's text. */
#define ORDER_MARK '\x01'

typedef struct {
	Str sqlite, pg;
	Token *tokens;
	int token_count;
	bool ordered;
	unsigned char binds_used[BINDS_MOST]; /* 1: this body has the parameter */
} Body;

typedef struct Statement {
	struct Statement *next;
	Str name;
	Str doc;
	RunKind run;
	int64_t most; /* rows of a :many */
	bool any_tenant;
	Param params[PARAMS_MOST];
	int param_count;
	const RowType *row; /* what a row is; NULL: a scalar or nothing */
	Field scalar;       /* type.len > 0: the one column */
	Bind binds[BINDS_MOST];
	int bind_count;
	Order orders[ORDERS_MOST];
	int order_count;
	Str sqlite, pg;
	Place place;
} Statement;

typedef struct {
	Arena *arena;
	Str file;              /* as it is to appear in messages */
	Str stem;              /* "placement" of "feature/placement/placement.sql" */
	RowType *types;        /* in order of the file */
	Statement *statements; /* in order of the file */
	Str includes[FIELDS_MOST];
	int include_count;
	Str error; /* none: everything is well */
} Module;

/* Reads a file's text. False: m->error says why. */
bool sql2c_read(Module *m, Str text);
/* Writes the header and the C file of what was read. */
void sql2c_write_h(const Module *m, Buf *out);
void sql2c_write_c(const Module *m, Buf *out);
/* A migration's neutral text for both engines, and the checksum of what it says. */
bool sql2c_translate(Module *m, Str text, Buf *sqlite, Buf *pg, uint64_t *checksum);
/* `s` as a C string literal. */
void sql2c_literal(Buf *out, Str s);
/* "PlacementKind" gives "placement_kind", and back. */
Str sql2c_snake(Arena *a, Str camel);
Str sql2c_camel(Arena *a, Str snake);

/* Within sql2c: where reading has come to. */
typedef struct {
	Module *m;
	Str text;
	size_t at;
	Place place;
	int depth; /* > 0: within brackets, a comment line continues on the next */
} Scan;

/* Notes the error (the first one stays) and returns false. */
bool sql2c_error(Module *m, Place place, const char *format, ...) __attribute__((format(printf, 3, 4)));
int scan_peek(const Scan *s); /* -1 at the end */
int scan_ahead(const Scan *s, size_t n);
void scan_advance(Scan *s, size_t n);
bool scan_starts(const Scan *s, const char *word);
/* Reads one statement up to its semicolon. `dialect`: 0 both, 's', 'p'. */
bool sql2c_body(Scan *s, Statement *st, char dialect, Body *out);
/* Where a parameter stands among what is bound; -1: nowhere. */
int sql2c_bind(const Statement *st, Str name);
/* The person and the row of each sealed field stand beside it, and always have a value. */
bool sql2c_check_sealed(Module *m, const RowType *t);
/* A statement that seals binds what names the person and the row. */
bool sql2c_check_sealing(Module *m, const Statement *st);
/* Checks the columns that a body visibly gives against the statement's row. */
bool sql2c_check_columns(Module *m, const Statement *st, const Body *body);

#endif
