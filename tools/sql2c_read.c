#include "sql2c.h"

#include <stdio.h>
#include <string.h>

bool sql2c_error(Module *m, Place place, const char *format, ...)
{
	if (!str_is_none(m->error))
		return false;
	va_list args;
	va_start(args, format);
	Str why = str_vprintf(m->arena, format, args);
	va_end(args);
	m->error = str_printf(m->arena, "%.*s:%d:%d: %.*s", STR_ARG(m->file), place.line, place.column, STR_ARG(why));
	return false;
}

int scan_ahead(const Scan *s, size_t n)
{
	return s->at + n < s->text.len ? (unsigned char)s->text.ptr[s->at + n] : -1;
}

int scan_peek(const Scan *s)
{
	return scan_ahead(s, 0);
}

void scan_advance(Scan *s, size_t n)
{
	for (; n > 0 && s->at < s->text.len; n--, s->at++) {
		unsigned char ch = (unsigned char)s->text.ptr[s->at];
		if (ch == '\n') {
			s->place.line++;
			s->place.column = 1;
		} else if ((ch & 0xC0) != 0x80) {
			s->place.column++;
		}
	}
}

bool scan_starts(const Scan *s, const char *word)
{
	return str_starts(str_sub(s->text, s->at, s->text.len), str_of(word));
}

static bool is_blank(int ch)
{
	return ch == ' ' || ch == '\t' || ch == '\r';
}

static bool is_word_first(int ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_';
}

static bool is_word(int ch)
{
	return is_word_first(ch) || (ch >= '0' && ch <= '9');
}

/* Blanks; within brackets also the line's end and the next line's "--". */
static void skip_blanks(Scan *s)
{
	for (;;) {
		while (is_blank(scan_peek(s)))
			scan_advance(s, 1);
		if (s->depth == 0 || scan_peek(s) != '\n')
			return;
		size_t n = 1;
		while (is_blank(scan_ahead(s, n)))
			n++;
		if (scan_ahead(s, n) != '-' || scan_ahead(s, n + 1) != '-')
			return;
		scan_advance(s, n + 2);
	}
}

static Str line_rest(Scan *s)
{
	size_t from = s->at;
	while (scan_peek(s) != -1 && scan_peek(s) != '\n')
		scan_advance(s, 1);
	return str_trim(str_sub(s->text, from, s->at));
}

static Str word(Scan *s)
{
	skip_blanks(s);
	size_t from = s->at;
	if (is_word_first(scan_peek(s)))
		while (is_word(scan_peek(s)))
			scan_advance(s, 1);
	return str_sub(s->text, from, s->at);
}

static bool take(Scan *s, char ch)
{
	skip_blanks(s);
	if (scan_peek(s) != ch)
		return false;
	scan_advance(s, 1);
	return true;
}

static bool expect(Scan *s, char ch, const char *after)
{
	if (take(s, ch))
		return true;
	return sql2c_error(s->m, s->place, "expected '%c' after %s", ch, after);
}

static bool is_upper(char ch)
{
	return ch >= 'A' && ch <= 'Z';
}

/* Names that the generated C needs for itself, or that C has taken. */
static bool is_reserved(Str name)
{
	static const char *const taken[] = {
		"c",        "p",        "out",   "fn",       "arg",     "order",  "auto",   "bool",   "break",
		"case",     "char",     "const", "continue", "default", "do",     "double", "else",   "enum",
		"extern",   "float",    "for",   "goto",     "if",      "inline", "int",    "long",   "register",
		"restrict", "return",   "short", "signed",   "sizeof",  "static", "struct", "switch", "typedef",
		"union",    "unsigned", "void",  "volatile", "while",   "true",   "false"
	};
	for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
		if (str_eq_z(name, taken[i]))
			return true;
	return false;
}

/* The rest of sealed(table.column, person, row). */
static bool sealed_type(Scan *s, Field *f)
{
	if (!expect(s, '(', "sealed"))
		return false;
	s->depth++;
	Str table = word(s), column = expect(s, '.', "the sealed column's table") ? word(s) : STR_NONE;
	f->sealed = str_printf(s->m->arena, "%.*s.%.*s", STR_ARG(table), STR_ARG(column));
	f->person = expect(s, ',', "the sealed column") ? word(s) : STR_NONE;
	f->row = expect(s, ',', "the person's field") ? word(s) : STR_NONE;
	if (table.len == 0 || column.len == 0 || f->person.len == 0 || f->row.len == 0)
		return sql2c_error(s->m, s->place, "expected sealed(table.column, person, row)");
	s->depth--;
	return expect(s, ')', "the row's field");
}

static bool field_type(Scan *s, Field *f)
{
	static const struct {
		const char *name;
		FieldKind kind;
	} scalars[] = { { "uuid", FIELD_UUID }, { "int", FIELD_INT },   { "real", FIELD_REAL },
			{ "bool", FIELD_BOOL }, { "text", FIELD_TEXT }, { "bytes", FIELD_BYTES },
			{ "date", FIELD_DATE }, { "time", FIELD_TIME } };
	skip_blanks(s);
	Place place = s->place;
	f->type = word(s);
	if (f->type.len == 0)
		return sql2c_error(s->m, place, "expected a type");
	if (is_upper(f->type.ptr[0])) {
		f->kind = str_ends(f->type, STR("Id")) ? FIELD_ID : FIELD_ENUM;
	} else if (str_eq_z(f->type, "sealed")) {
		f->kind = FIELD_SEALED;
		if (!sealed_type(s, f))
			return false;
	} else {
		size_t i = 0, n = sizeof scalars / sizeof scalars[0];
		while (i < n && !str_eq_z(f->type, scalars[i].name))
			i++;
		if (i == n)
			return sql2c_error(s->m, place, "unknown type %.*s", STR_ARG(f->type));
		f->kind = scalars[i].kind;
	}
	f->nullable = take(s, '?');
	return true;
}

/* `name: type?` whose name has been read. */
static bool field_rest(Scan *s, Str name, Place place, Field *f)
{
	*f = (Field){ .name = name, .place = place };
	if (is_reserved(name))
		return sql2c_error(s->m, place, "%.*s is a reserved word", STR_ARG(name));
	for (size_t i = 0; i < name.len; i++)
		if (is_upper(name.ptr[i]))
			return sql2c_error(s->m, place, "name %.*s must be lower case", STR_ARG(name));
	return expect(s, ':', "a name") && field_type(s, f);
}

static RowType *find_type(const Module *m, Str name)
{
	for (RowType *t = m->types; t != NULL; t = t->next)
		if (str_eq(t->name, name))
			return t;
	return NULL;
}

static bool read_fields(Scan *s, RowType *t)
{
	t->fields = ARENA_ARRAY(s->m->arena, FIELDS_MOST, Field);
	do {
		skip_blanks(s);
		Place place = s->place;
		Str name = word(s);
		if (name.len == 0)
			return sql2c_error(s->m, place, "expected a field's name");
		for (int i = 0; i < t->n; i++)
			if (str_eq(t->fields[i].name, name))
				return sql2c_error(s->m, place, "field %.*s stands twice in %.*s", STR_ARG(name),
						   STR_ARG(t->name));
		if (t->n == FIELDS_MOST)
			return sql2c_error(s->m, place, "more than %d fields", FIELDS_MOST);
		if (!field_rest(s, name, place, &t->fields[t->n++]))
			return false;
	} while (take(s, ','));
	return true;
}

static bool end_of_line(Scan *s)
{
	skip_blanks(s);
	if (scan_peek(s) == -1 || scan_peek(s) == '\n')
		return true;
	return sql2c_error(s->m, s->place, "expected the end of the line");
}

/* -- type: Placement {id: PlacementId, ...}   or   -- type: Placement extern {...} */
static bool read_type(Scan *s)
{
	Module *m = s->m;
	skip_blanks(s);
	RowType *t = ARENA_NEW(m->arena, RowType);
	t->place = s->place;
	t->name = word(s);
	if (t->name.len == 0 || !is_upper(t->name.ptr[0]))
		return sql2c_error(m, t->place, "a type's name begins with a capital letter");
	if (str_ends(t->name, STR("Id")))
		return sql2c_error(m, t->place, "names that end in Id are identifiers, not types of rows");
	if (find_type(m, t->name) != NULL)
		return sql2c_error(m, t->place, "type %.*s stands twice", STR_ARG(t->name));
	Place place = s->place;
	Str mark = word(s);
	if (mark.len > 0 && !str_eq(mark, STR("extern")))
		return sql2c_error(m, place, "expected '{' or extern after a type's name");
	t->external = mark.len > 0;
	if (!expect(s, '{', "a type's name"))
		return false;
	s->depth++;
	if (!read_fields(s, t) || !expect(s, '}', "the fields"))
		return false;
	s->depth--;
	RowType **end = &m->types;
	while (*end != NULL)
		end = &(*end)->next;
	*end = t;
	return sql2c_check_sealed(s->m, t) && end_of_line(s);
}

static bool read_include(Scan *s)
{
	Module *m = s->m;
	skip_blanks(s);
	Place place = s->place;
	Str path = line_rest(s);
	if (path.len == 0 || !str_ends(path, STR(".h")))
		return sql2c_error(m, place, "expected a header's path, as feature/placement/placement.h");
	for (size_t i = 0; i < path.len; i++)
		if (!is_word(path.ptr[i]) && path.ptr[i] != '/' && path.ptr[i] != '.' && path.ptr[i] != '-')
			return sql2c_error(m, place, "a header's path has letters, digits, / . _ and - only");
	if (m->include_count == FIELDS_MOST)
		return sql2c_error(m, place, "more than %d includes", FIELDS_MOST);
	m->includes[m->include_count++] = path;
	return true;
}

static bool has_param(const Statement *st, Str name)
{
	for (int i = 0; i < st->param_count; i++) {
		const Param *p = &st->params[i];
		for (int k = 0; p->bundle != NULL && k < p->bundle->n; k++)
			if (str_eq(p->bundle->fields[k].name, name))
				return true;
		if (str_eq(p->field.name, name))
			return true;
	}
	return false;
}

static bool read_bundle(Scan *s, Statement *st, Str name, Place place, Param *p)
{
	p->bundle = find_type(s->m, name);
	if (p->bundle == NULL)
		return sql2c_error(s->m, place, "unknown type %.*s", STR_ARG(name));
	p->field = (Field){ .name = sql2c_snake(s->m->arena, name), .type = name, .place = place };
	if (has_param(st, p->field.name) || is_reserved(p->field.name))
		return sql2c_error(s->m, place, "parameter %.*s stands twice", STR_ARG(p->field.name));
	for (int i = 0; i < p->bundle->n; i++)
		if (has_param(st, p->bundle->fields[i].name))
			return sql2c_error(s->m, place, "parameter %.*s stands twice",
					   STR_ARG(p->bundle->fields[i].name));
	return true;
}

static bool read_params(Scan *s, Statement *st)
{
	if (!take(s, '('))
		return true;
	s->depth++;
	if (take(s, ')')) {
		s->depth--;
		return true;
	}
	do {
		skip_blanks(s);
		Place place = s->place;
		Str name = word(s);
		if (name.len == 0)
			return sql2c_error(s->m, place, "expected a parameter");
		if (st->param_count == PARAMS_MOST)
			return sql2c_error(s->m, place, "more than %d parameters", PARAMS_MOST);
		Param *p = &st->params[st->param_count];
		if (is_upper(name.ptr[0])) {
			if (!read_bundle(s, st, name, place, p))
				return false;
		} else {
			if (has_param(st, name))
				return sql2c_error(s->m, place, "parameter %.*s stands twice", STR_ARG(name));
			if (!field_rest(s, name, place, &p->field))
				return false;
			if (find_type(s->m, p->field.type) != NULL)
				return sql2c_error(s->m, place, "a type of rows is a parameter by itself: write %.*s",
						   STR_ARG(p->field.type));
			if (str_eq(name, STR("tenant")) && !st->any_tenant)
				return sql2c_error(s->m, place, "tenant is bound by itself");
		}
		st->param_count++;
	} while (take(s, ','));
	if (!expect(s, ')', "the parameters"))
		return false;
	s->depth--;
	return true;
}

static bool read_result(Scan *s, Statement *st)
{
	bool rows = st->run == RUN_ONE || st->run == RUN_MANY || st->run == RUN_EACH;
	skip_blanks(s);
	Place place = s->place;
	if (!scan_starts(s, "->"))
		return !rows || sql2c_error(s->m, place, "expected -> and what a row is");
	if (!rows)
		return sql2c_error(s->m, place, "a statement of this kind gives no rows");
	scan_advance(s, 2);
	skip_blanks(s);
	place = s->place;
	Scan back = *s;
	RowType *t = find_type(s->m, word(s));
	if (t != NULL) {
		st->row = t;
		t->each_used = t->each_used || st->run == RUN_EACH;
		return true;
	}
	*s = back;
	st->scalar.place = place;
	if (!field_type(s, &st->scalar))
		return false;
	if (st->run != RUN_ONE)
		return sql2c_error(s->m, place, "unknown type %.*s: several rows need a declared type",
				   STR_ARG(st->scalar.type));
	return true;
}

static bool read_kind(Scan *s, Statement *st)
{
	static const char *const kinds[] = { "one", "many", "exec", "count", "each" };
	if (!expect(s, ':', "the statement's name"))
		return false;
	Place place = s->place;
	Str kind = word(s);
	size_t i = 0;
	while (i < 5 && !str_eq_z(kind, kinds[i]))
		i++;
	if (i == 5)
		return sql2c_error(s->m, place, "unknown kind %.*s: one, many, exec, count or each", STR_ARG(kind));
	st->run = (RunKind)i;
	st->most = 10000;
	if (st->run != RUN_MANY || scan_peek(s) != '(')
		return true;
	scan_advance(s, 1);
	size_t from = s->at;
	place = s->place;
	while (scan_peek(s) >= '0' && scan_peek(s) <= '9')
		scan_advance(s, 1);
	if (!str_to_int(str_sub(s->text, from, s->at), &st->most) || st->most < 1 || st->most > 100000000)
		return sql2c_error(s->m, place, "expected the most rows, 1 to 100000000");
	return expect(s, ')', "the most rows");
}

/* name :kind any-tenant (parameters) -> row */
static bool read_signature(Scan *s, Statement *st)
{
	skip_blanks(s);
	st->place = s->place;
	st->name = word(s);
	if (st->name.len == 0)
		return sql2c_error(s->m, st->place, "expected the statement's name");
	for (size_t i = 0; i < st->name.len; i++)
		if (is_upper(st->name.ptr[i]))
			return sql2c_error(s->m, st->place, "name %.*s must be lower case", STR_ARG(st->name));
	for (const Statement *other = s->m->statements; other != NULL; other = other->next)
		if (str_eq(other->name, st->name))
			return sql2c_error(s->m, st->place, "statement %.*s stands twice", STR_ARG(st->name));
	if (!read_kind(s, st))
		return false;
	skip_blanks(s);
	if (scan_starts(s, "any-tenant")) {
		scan_advance(s, strlen("any-tenant"));
		st->any_tenant = true;
	}
	return read_params(s, st) && read_result(s, st) && end_of_line(s);
}

/* by_name = name_key, id | by_admitted = admitted DESC, id */
static bool read_orders(Scan *s, Statement *st)
{
	do {
		s->depth++;
		skip_blanks(s);
		s->depth--;
		Place place = s->place;
		Order o = { .name = word(s) };
		if (o.name.len == 0)
			return sql2c_error(s->m, place, "expected the order's name");
		for (int i = 0; i < st->order_count; i++)
			if (str_eq(st->orders[i].name, o.name))
				return sql2c_error(s->m, place, "order %.*s stands twice", STR_ARG(o.name));
		if (!expect(s, '=', "the order's name"))
			return false;
		size_t from = s->at;
		place = s->place;
		while (scan_peek(s) != -1 && scan_peek(s) != '\n' && scan_peek(s) != '|') {
			if (strchr(":;?{$\"'\\", scan_peek(s)) != NULL)
				return sql2c_error(s->m, s->place, "an order holds columns and expressions only");
			scan_advance(s, 1);
		}
		o.by = str_trim(str_sub(s->text, from, s->at));
		if (o.by.len == 0)
			return sql2c_error(s->m, place, "expected what to order by");
		if (st->order_count == ORDERS_MOST)
			return sql2c_error(s->m, place, "more than %d orders", ORDERS_MOST);
		st->orders[st->order_count++] = o;
	} while (take(s, '|'));
	return true;
}

static bool check_use(Module *m, const Statement *st, const Body *body)
{
	if (!st->any_tenant) {
		bool found = false;
		for (int i = 0; i < st->bind_count; i++)
			found = found || str_eq(st->binds[i].field.name, STR("tenant"));
		if (!found)
			return sql2c_error(m, st->place, "%.*s does not restrict to :tenant (any-tenant allows that)",
					   STR_ARG(st->name));
	}
	if (!sql2c_check_sealing(m, st))
		return false;
	for (int i = 0; i < st->param_count; i++)
		if (!st->params[i].used)
			return sql2c_error(m, st->params[i].field.place, "parameter %.*s is not used",
					   STR_ARG(st->params[i].field.name));
	if (st->order_count > 0 && !body->ordered)
		return sql2c_error(m, st->place, "%.*s has orders but no {order}", STR_ARG(st->name));
	if (st->order_count == 0 && body->ordered)
		return sql2c_error(m, st->place, "%.*s has {order} but no -- order: line", STR_ARG(st->name));
	return sql2c_check_columns(m, st, body);
}

static bool join_dialects(Module *m, Statement *st, const Body *sqlite, const Body *pg)
{
	if (memcmp(sqlite->binds_used, pg->binds_used, sizeof sqlite->binds_used) != 0)
		return sql2c_error(m, st->place, "the bodies of %.*s use different parameters", STR_ARG(st->name));
	if (sqlite->ordered != pg->ordered)
		return sql2c_error(m, st->place, "only one body of %.*s has {order}", STR_ARG(st->name));
	st->sqlite = sqlite->sqlite;
	st->pg = pg->pg;
	return check_use(m, st, sqlite) && sql2c_check_columns(m, st, pg);
}

/* The lines between the signature and the SQL: documentation, orders. */
static bool read_doc_line(Scan *s, Statement *st, Buf *doc)
{
	scan_advance(s, 2);
	skip_blanks(s);
	if (scan_starts(s, "order:")) {
		scan_advance(s, strlen("order:"));
		return read_orders(s, st);
	}
	Place place = s->place;
	Str line = line_rest(s);
	if (str_find_str(line, STR("*/")) != SIZE_MAX || str_find_str(line, STR("/*")) != SIZE_MAX)
		return sql2c_error(s->m, place, "documentation cannot hold /* or */");
	if (line.len > 0) {
		if (doc->len > 0)
			buf_z(doc, "\n * ");
		buf_str_add(doc, line);
	}
	return true;
}

static bool read_bodies(Scan *s, Statement *st)
{
	Body *bodies[2] = { NULL, NULL };
	Buf *doc = buf_new(s->m->arena, 20000);
	Body *body = NULL;
	while (body == NULL && (bodies[0] == NULL || bodies[1] == NULL)) {
		skip_blanks(s);
		if (scan_peek(s) == '\n') {
			scan_advance(s, 1);
			continue;
		}
		char dialect = scan_starts(s, "-- sqlite:") ? 's' : scan_starts(s, "-- pg:") ? 'p' : 0;
		if (dialect == 0 && scan_starts(s, "--") && bodies[0] == NULL && bodies[1] == NULL) {
			if (!read_doc_line(s, st, doc))
				return false;
			continue;
		}
		if (dialect == 0 && (bodies[0] != NULL || bodies[1] != NULL))
			return sql2c_error(s->m, s->place, "expected the body for %s",
					   bodies[0] == NULL ? "sqlite" : "pg");
		Place place = s->place;
		if (dialect != 0)
			scan_advance(s, strlen(dialect == 's' ? "-- sqlite:" : "-- pg:"));
		Body *read = ARENA_NEW(s->m->arena, Body);
		if (!sql2c_body(s, st, dialect, read))
			return false;
		if (dialect == 0) {
			body = read;
		} else {
			if (bodies[dialect == 'p'] != NULL)
				return sql2c_error(s->m, place, "this body stands twice");
			bodies[dialect == 'p'] = read;
		}
	}
	st->doc = buf_str(doc);
	if (body == NULL)
		return join_dialects(s->m, st, bodies[0], bodies[1]);
	st->sqlite = body->sqlite;
	st->pg = body->pg;
	return check_use(s->m, st, body);
}

static bool read_statement(Scan *s)
{
	Statement *st = ARENA_NEW(s->m->arena, Statement);
	if (!read_signature(s, st) || !read_bodies(s, st))
		return false;
	Statement **end = &s->m->statements;
	while (*end != NULL)
		end = &(*end)->next;
	*end = st;
	return true;
}

bool sql2c_read(Module *m, Str text)
{
	static const struct {
		const char *word;
		bool (*read)(Scan *s);
	} directives[] = { { "type:", read_type }, { "include:", read_include }, { "name:", read_statement } };
	Scan s = { .m = m, .text = text, .place = { 1, 1 } };
	if (memchr(text.len > 0 ? text.ptr : "", '\0', text.len) != NULL)
		return sql2c_error(m, s.place, "the file holds a NUL byte");
	for (;;) {
		skip_blanks(&s);
		if (scan_peek(&s) == -1)
			return true;
		if (scan_peek(&s) == '\n') {
			scan_advance(&s, 1);
			continue;
		}
		if (!scan_starts(&s, "--"))
			return sql2c_error(m, s.place, "a statement needs a -- name: line");
		scan_advance(&s, 2);
		skip_blanks(&s);
		size_t i = 0;
		while (i < 3 && !scan_starts(&s, directives[i].word))
			i++;
		if (i == 3) {
			line_rest(&s);
			continue;
		}
		scan_advance(&s, strlen(directives[i].word));
		if (!directives[i].read(&s))
			return false;
	}
}
