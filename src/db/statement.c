#include "db/engine.h"

#include "base/utf8.h"
#include "db/vault.h"

#include <math.h>
#include <string.h>

DbValue db_of_uuid(Uuid u)
{
	return (DbValue){ .none = uuid_is_none(u), .u = u };
}

DbValue db_of_int(int64_t i)
{
	return (DbValue){ .none = i == INT_NONE, .i = i };
}

DbValue db_of_real(double r)
{
	return (DbValue){ .none = isnan(r), .r = r };
}

DbValue db_of_bool(int b)
{
	return (DbValue){ .none = b == BOOL_NONE, .i = b != 0 };
}

DbValue db_of_text(Str s)
{
	return (DbValue){ .none = str_is_none(s), .s = s };
}

DbValue db_of_bytes(Str s)
{
	return (DbValue){ .none = str_is_none(s), .s = s };
}

DbValue db_of_date(Date d)
{
	return (DbValue){ .none = d == DATE_NONE, .i = d };
}

DbValue db_of_time(Time t)
{
	return (DbValue){ .none = t == TIME_NONE, .i = t };
}

DbValue db_of_enum(int value)
{
	return (DbValue){ .none = value == ENUM_NONE, .i = value };
}

static Err check_param(Ctx *c, const DbStatement *s, const DbField *f, const DbValue *v)
{
	if (v->none)
		return f->nullable ? OK : fail(c, ERR_INTERNAL, "%s: parameter %s has no value", s->name, f->name);
	if ((f->type == DB_TEXT || f->type == DB_SEALED) &&
	    (!utf8_valid(v->s, NULL) || (v->s.len > 0 && memchr(v->s.ptr, 0, v->s.len) != NULL)))
		return fail(c, ERR_INTERNAL, "%s: parameter %s is not text", s->name, f->name);
	if (f->type == DB_ENUM && (v->i < 0 || v->i >= f->values->n))
		return fail(c, ERR_INTERNAL, "%s: parameter %s has no such value", s->name, f->name);
	return OK;
}

Err db_check_params(Ctx *c, const DbStatement *s, const DbValue *params)
{
	for (int i = 0; i < s->param_count; i++)
		RETURN_IF_ERR(check_param(c, s, &s->params[i], &params[i]));
	return OK;
}

/* What names a row, as bytes that are the same whenever it is written and read. */
static void number_row(SealedPlace *at, int64_t number)
{
	for (int i = 0; i < 8; i++)
		at->row[i] = (unsigned char)((uint64_t)number >> (56 - 8 * i));
	at->row_len = 8;
}

static void name_row(SealedPlace *at, Uuid id)
{
	memcpy(at->row, id.b, sizeof id.b);
	at->row_len = sizeof id.b;
}

static Err seal_param(Ctx *c, const DbStatement *s, const DbField *f, const DbValue *params, DbValue *out)
{
	SealedPlace at = { .place = f->seal.place, .person = params[f->seal.person].u };
	if (s->params[f->seal.row].type == DB_UUID)
		name_row(&at, params[f->seal.row].u);
	else
		number_row(&at, params[f->seal.row].i);
	return vault_seal(c, &at, out->s, &out->s);
}

/* The parameters as they are stored: checked, and sealed where they are to be. */
static Err prepare_params(Ctx *c, const DbStatement *s, const DbValue **params)
{
	DbValue *stored = NULL;
	RETURN_IF_ERR(db_check_params(c, s, *params));
	for (int i = 0; i < s->param_count; i++) {
		if (s->params[i].type != DB_SEALED || (*params)[i].none)
			continue;
		if (stored == NULL) {
			stored = ARENA_ARRAY(c->arena, (size_t)s->param_count, DbValue);
			memcpy(stored, *params, (size_t)s->param_count * sizeof *stored);
		}
		RETURN_IF_ERR(seal_param(c, s, &s->params[i], *params, &stored[i]));
	}
	if (stored != NULL)
		*params = stored;
	return OK;
}

Err db_command(Ctx *c, DbConn *conn, const char *sql, DbWhen when)
{
	Err e = conn->engine->command(c, conn, sql, when);
	conn->failed = conn->failed || e != OK;
	return e;
}

Err db_start(Ctx *c, const DbStatement *s, const DbValue *params, bool paged, DbCursor *out)
{
	if (c->conn == NULL)
		return fail(c, ERR_INTERNAL, "%s runs outside a read and outside a commit", s->name);
	Err e = prepare_params(c, s, &params);
	if (e == OK) {
		*out = (DbCursor){ .conn = c->conn, .statement = s };
		e = c->conn->engine->start(c, c->conn, s, params, paged, out);
	}
	c->conn->failed = c->conn->failed || e != OK;
	return e;
}

static void store_none(const DbField *f, void *at)
{
	switch (f->type) {
	case DB_UUID: *(Uuid *)at = UUID_NONE; break;
	case DB_INT: *(int64_t *)at = INT_NONE; break;
	case DB_REAL: *(double *)at = REAL_NONE; break;
	case DB_BOOL: *(int *)at = BOOL_NONE; break;
	case DB_TEXT:
	case DB_SEALED:
	case DB_BYTES: *(Str *)at = STR_NONE; break;
	case DB_DATE: *(Date *)at = DATE_NONE; break;
	case DB_TIME: *(Time *)at = TIME_NONE; break;
	case DB_ENUM: memcpy(at, &(int){ ENUM_NONE }, sizeof(int)); break;
	}
}

static bool store_enum(const DbField *f, Str code, void *at)
{
	int value = ENUM_NONE;
	if (!enum_parse(f->values, code, &value))
		return false;
	memcpy(at, &value, sizeof value);
	return true;
}

/* False: the stored value is outside the field's type. */
static bool store(const DbField *f, const DbValue *v, Arena *texts, void *at)
{
	switch (f->type) {
	case DB_UUID: *(Uuid *)at = v->u; return true;
	case DB_INT: *(int64_t *)at = v->i; return v->i != INT_NONE;
	case DB_REAL: *(double *)at = v->r; return true;
	case DB_BOOL:
		if (f->nullable)
			*(int *)at = v->i != 0;
		else
			*(bool *)at = v->i != 0;
		return v->i == 0 || v->i == 1;
	case DB_TEXT:
	case DB_BYTES: *(Str *)at = texts != NULL ? str_dup(texts, v->s) : v->s; return true;
	case DB_DATE: *(Date *)at = (Date)v->i; return v->i > INT32_MIN && v->i <= INT32_MAX;
	case DB_TIME: *(Time *)at = v->i; return v->i != TIME_NONE;
	case DB_ENUM: return store_enum(f, v->s, at);
	case DB_SEALED: *(Str *)at = v->s; return true; /* opened when the whole row stands */
	}
	return false;
}

static Err open_field(Ctx *c, const DbStatement *s, const DbField *f, Arena *to, void *row)
{
	const DbField *person = &s->columns[f->seal.person], *key = &s->columns[f->seal.row];
	const void *of = (char *)row + key->offset;
	Str *text = (Str *)(void *)((char *)row + f->offset);
	SealedPlace at = { .place = f->seal.place };
	memcpy(&at.person, (char *)row + person->offset, sizeof at.person);
	if (key->type == DB_UUID)
		name_row(&at, *(const Uuid *)of);
	else
		number_row(&at, key->type == DB_DATE ? *(const Date *)of : *(const int64_t *)of);
	return vault_open(c, to, &at, *text, text);
}

/* Opens what is sealed in a row that has been read, into `to`. Of a person whose key has been destroyed it becomes
 * STR_NONE, also where the column must have a value: an erasure leaves nobody unreadable. */
static Err open_row(Ctx *c, const DbStatement *s, Arena *to, void *row)
{
	for (int i = 0; i < s->column_count; i++) {
		const DbField *f = &s->columns[i];
		if (f->type != DB_SEALED || str_is_none(*(Str *)(void *)((char *)row + f->offset)))
			continue;
		RETURN_IF_ERR(open_field(c, s, f, to, row));
	}
	return OK;
}

/* Reads the row the cursor stands on; texts are copied into `texts`, or borrowed. */
static Err read_row(Ctx *c, const DbCursor *cur, Arena *texts, void *row)
{
	const DbStatement *s = cur->statement;
	for (int i = 0; i < s->column_count; i++) {
		const DbField *f = &s->columns[i];
		void *at = (char *)row + f->offset;
		DbValue v;
		RETURN_IF_ERR(cur->conn->engine->column(c, cur, i, &v));
		if (v.none && !f->nullable)
			return fail(c, ERR_DB, "%s: column %d (%s) is NULL", s->name, i + 1, f->name);
		if (v.none)
			store_none(f, at);
		else if (!store(f, &v, texts, at))
			return fail(c, ERR_DB, "%s: column %d (%s) is outside its type", s->name, i + 1, f->name);
	}
	return open_row(c, s, texts != NULL ? texts : cur->opened, row);
}

static Err next(Ctx *c, DbCursor *cur, bool *row)
{
	Err e = cur->conn->engine->next(c, cur, row);
	cur->conn->failed = cur->conn->failed || e != OK;
	return e;
}

Err db_one(Ctx *c, const DbStatement *s, const DbValue *params, void *row)
{
	DbCursor cur;
	RETURN_IF_ERR(db_start(c, s, params, false, &cur));
	bool found = false;
	Err e = next(c, &cur, &found);
	if (e == OK && !found)
		e = ERR_NOT_FOUND;
	if (e == OK)
		e = read_row(c, &cur, c->arena, row);
	cur.conn->engine->finish(&cur);
	return e;
}

/* Rows in an array that doubles; the arena keeps the outgrown ones. */
typedef struct {
	char *at;
	size_t n, cap;
} Rows;

static void *add_row(Arena *a, Rows *rows, size_t size)
{
	if (rows->n == rows->cap) {
		size_t cap = rows->cap == 0 ? 16 : rows->cap * 2;
		char *more = arena_array(a, cap, size);
		if (rows->n > 0)
			memcpy(more, rows->at, rows->n * size);
		rows->at = more;
		rows->cap = cap;
	}
	return rows->at + rows->n++ * size;
}

Err db_many(Ctx *c, const DbStatement *s, const DbValue *params, size_t most, void **rows, size_t *n)
{
	Rows list = { 0 };
	*rows = NULL;
	*n = 0;
	DbCursor cur;
	RETURN_IF_ERR(db_start(c, s, params, false, &cur));
	bool found = false;
	Err e = next(c, &cur, &found);
	while (e == OK && found) {
		if (list.n == most)
			e = fail(c, ERR_LIMIT, "%s gives more than %zu rows", s->name, most);
		else
			e = read_row(c, &cur, c->arena, add_row(c->arena, &list, s->row_size));
		if (e == OK)
			e = next(c, &cur, &found);
	}
	cur.conn->engine->finish(&cur);
	if (e != OK)
		return e;
	*rows = list.at;
	*n = list.n;
	return OK;
}

static bool has_sealed(const DbStatement *s)
{
	for (int i = 0; i < s->column_count; i++)
		if (s->columns[i].type == DB_SEALED)
			return true;
	return false;
}

Err db_each(Ctx *c, const DbStatement *s, const DbValue *params, Err (*fn)(void *arg, const void *row), void *arg)
{
	DbCursor cur;
	RETURN_IF_ERR(db_start(c, s, params, true, &cur));
	void *row = arena_alloc(c->arena, s->row_size);
	bool found = false;
	cur.opened = has_sealed(s) ? arena_new() : NULL;
	Err e = next(c, &cur, &found);
	while (e == OK && found) {
		if (cur.opened != NULL)
			arena_clear(cur.opened);
		e = read_row(c, &cur, NULL, row);
		if (e == OK)
			e = fn(arg, row);
		if (e == OK)
			e = next(c, &cur, &found);
	}
	cur.conn->engine->finish(&cur);
	if (cur.opened != NULL)
		arena_free(cur.opened);
	return e;
}

/* Sent without waiting for the answer (the writer's own statements). */
static Err exec_later(Ctx *c, const DbStatement *s, const DbValue *params)
{
	Err e = prepare_params(c, s, &params);
	if (e == OK)
		e = c->conn->engine->later(c, c->conn, s, params);
	c->conn->failed = c->conn->failed || e != OK;
	return e;
}

Err db_exec(Ctx *c, const DbStatement *s, const DbValue *params, int64_t *changed)
{
	if (c->conn != NULL && c->conn->later && changed == NULL)
		return exec_later(c, s, params);
	DbCursor cur;
	RETURN_IF_ERR(db_start(c, s, params, false, &cur));
	bool found = false;
	Err e = next(c, &cur, &found);
	if (changed != NULL)
		*changed = cur.changed;
	cur.conn->engine->finish(&cur);
	return e;
}
