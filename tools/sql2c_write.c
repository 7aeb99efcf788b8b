#include "sql2c.h"

Str sql2c_snake(Arena *a, Str camel)
{
	Buf *b = buf_new(a, 1000);
	for (size_t i = 0; i < camel.len; i++) {
		char ch = camel.ptr[i];
		bool upper = ch >= 'A' && ch <= 'Z';
		if (upper && i > 0)
			buf_char(b, '_');
		buf_char(b, upper ? (char)(ch - 'A' + 'a') : ch);
	}
	return buf_str(b);
}

Str sql2c_camel(Arena *a, Str snake)
{
	Buf *b = buf_new(a, 1000);
	bool upper = true;
	for (size_t i = 0; i < snake.len; i++) {
		char ch = snake.ptr[i];
		if (ch == '_') {
			upper = true;
			continue;
		}
		buf_char(b, upper && ch >= 'a' && ch <= 'z' ? (char)(ch - 'a' + 'A') : ch);
		upper = false;
	}
	return buf_str(b);
}

static const char *const run_suffix[] = { "one", "many", "exec", "exec", "each" };

void sql2c_literal(Buf *out, Str s)
{
	buf_char(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		if (ch == '\n')
			buf_z(out, "\\n");
		else if (ch == '"' || ch == '\\' || ch == '?')
			buf_printf(out, "\\%c", ch); /* \? : no trigraphs */
		else if (ch < ' ' || ch > '~')
			buf_printf(out, "\\%03o", ch);
		else
			buf_char(out, (char)ch);
	}
	buf_char(out, '"');
}

static void upper(Buf *out, Str s)
{
	for (size_t i = 0; i < s.len; i++)
		buf_char(out, s.ptr[i] >= 'a' && s.ptr[i] <= 'z' ? (char)(s.ptr[i] - 'a' + 'A') : s.ptr[i]);
}

static const char *c_type(Arena *a, const Field *f)
{
	switch (f->kind) {
	case FIELD_UUID: return "Uuid ";
	case FIELD_INT: return "int64_t ";
	case FIELD_REAL: return "double ";
	case FIELD_BOOL: return f->nullable ? "int " : "bool ";
	case FIELD_TEXT:
	case FIELD_SEALED:
	case FIELD_BYTES: return "Str ";
	case FIELD_DATE: return "Date ";
	case FIELD_TIME: return "Time ";
	case FIELD_ID:
	case FIELD_ENUM: break;
	}
	return str_printf(a, "%.*s ", STR_ARG(f->type)).ptr;
}

static void write_note(const Module *m, Buf *out)
{
	buf_printf(out, "/* Made by sql2c from %.*s: change that, not this. */\n", STR_ARG(m->file));
}

static void write_includes(const Module *m, Buf *out)
{
	for (int i = 0; i < m->include_count; i++)
		buf_printf(out, "#include \"%.*s\"\n", STR_ARG(m->includes[i]));
}

static void write_struct(const Module *m, const RowType *t, Buf *out)
{
	buf_z(out, "\ntypedef struct {\n");
	for (int i = 0; i < t->n; i++)
		buf_printf(out, "\t%s%.*s;%s\n", c_type(m->arena, &t->fields[i]), STR_ARG(t->fields[i].name),
			   t->fields[i].nullable ? " /* may be none */" : "");
	buf_printf(out, "} %.*s;\n\ntypedef struct {\n\t%.*s *at;\n\tsize_t n;\n} %.*sList;\n", STR_ARG(t->name),
		   STR_ARG(t->name), STR_ARG(t->name));
}

static Str order_type(const Module *m, const Statement *st)
{
	Str camel = sql2c_camel(m->arena, st->name);
	return str_printf(m->arena, "%.*sOrder", STR_ARG(camel));
}

static void write_order(const Module *m, const Statement *st, Buf *out)
{
	buf_z(out, "\ntypedef enum {");
	for (int i = 0; i < st->order_count; i++) {
		buf_z(out, "\n\t");
		upper(out, st->name);
		buf_char(out, '_');
		upper(out, st->orders[i].name);
		buf_char(out, ',');
	}
	Str type = order_type(m, st);
	buf_printf(out, "\n} %.*s;\n", STR_ARG(type));
	buf_printf(out, "extern const EnumTable %.*s_order_table;\n", STR_ARG(st->name));
}

static void write_signature(const Module *m, const Statement *st, Buf *out)
{
	buf_printf(out, "Err %.*s(Ctx *c", STR_ARG(st->name));
	for (int i = 0; i < st->param_count; i++) {
		const Param *p = &st->params[i];
		if (p->bundle != NULL)
			buf_printf(out, ", const %.*s *%.*s", STR_ARG(p->bundle->name), STR_ARG(p->field.name));
		else
			buf_printf(out, ", %s%.*s", c_type(m->arena, &p->field), STR_ARG(p->field.name));
	}
	if (st->order_count > 0) {
		Str type = order_type(m, st);
		buf_printf(out, ", %.*s order", STR_ARG(type));
	}
	if (st->run == RUN_ONE && st->row != NULL)
		buf_printf(out, ", %.*s *out", STR_ARG(st->row->name));
	else if (st->run == RUN_ONE)
		buf_printf(out, ", %s*out", c_type(m->arena, &st->scalar));
	else if (st->run == RUN_MANY)
		buf_printf(out, ", %.*sList *out", STR_ARG(st->row->name));
	else if (st->run == RUN_COUNT)
		buf_z(out, ", int64_t *changed");
	else if (st->run == RUN_EACH)
		buf_printf(out, ", Err (*fn)(void *arg, const %.*s *row), void *arg", STR_ARG(st->row->name));
	buf_char(out, ')');
}

void sql2c_write_h(const Module *m, Buf *out)
{
	write_note(m, out);
	buf_z(out, "#ifndef ");
	upper(out, m->stem);
	buf_z(out, "_SQL_H\n#define ");
	upper(out, m->stem);
	buf_z(out, "_SQL_H\n\n#include \"base/enum.h\"\n#include \"db/db.h\"\n");
	write_includes(m, out);
	for (const RowType *t = m->types; t != NULL; t = t->next)
		if (!t->external)
			write_struct(m, t, out);
	for (const Statement *st = m->statements; st != NULL; st = st->next) {
		if (st->order_count > 0)
			write_order(m, st, out);
		buf_char(out, '\n');
		if (st->doc.len > 0)
			buf_printf(out, "/* %.*s */\n", STR_ARG(st->doc));
		write_signature(m, st, out);
		buf_z(out, " MUST_USE;\n");
	}
	buf_z(out, "\n#endif\n");
}

/* `person` and `row`: where those of a sealed field stand in the same table. */
static void write_field(const Module *m, const Field *f, const char *offset, int person, int row, Buf *out)
{
	static const char *const types[] = { "DB_UUID", "DB_INT",  "DB_REAL", "DB_BOOL", "DB_TEXT",  "DB_BYTES",
					     "DB_DATE", "DB_TIME", "DB_UUID", "DB_ENUM", "DB_SEALED" };
	buf_printf(out, "\t{ \"%.*s\", %s, %s, %s, ", STR_ARG(f->name), types[f->kind], f->nullable ? "true" : "false",
		   offset);
	if (f->kind == FIELD_ENUM) {
		Str table = sql2c_snake(m->arena, f->type);
		buf_printf(out, "&%.*s_table", STR_ARG(table));
	} else
		buf_z(out, "NULL");
	if (f->kind == FIELD_SEALED)
		buf_printf(out, ", { \"%.*s\", %d, %d } },\n", STR_ARG(f->sealed), person, row);
	else
		buf_z(out, ", { 0 } },\n");
}

static int field_at(const RowType *t, Str name)
{
	for (int i = 0; i < t->n; i++)
		if (str_eq(t->fields[i].name, name))
			return i;
	return -1;
}

static void write_row_table(const Module *m, const RowType *t, Buf *out)
{
	Str name = sql2c_snake(m->arena, t->name);
	buf_printf(out, "\nstatic const DbField %.*s_columns[] = {\n", STR_ARG(name));
	for (int i = 0; i < t->n; i++) {
		Str offset = str_printf(m->arena, "offsetof(%.*s, %.*s)", STR_ARG(t->name), STR_ARG(t->fields[i].name));
		write_field(m, &t->fields[i], offset.ptr, field_at(t, t->fields[i].person),
			    field_at(t, t->fields[i].row), out);
	}
	buf_z(out, "};\n");
	for (int i = 0; i < t->n; i++)
		if (t->fields[i].kind == FIELD_ENUM)
			buf_printf(out, "_Static_assert(sizeof(%.*s) == sizeof(int), \"stored as an int\");\n",
				   STR_ARG(t->fields[i].type));
	if (t->each_used) {
		buf_printf(
			out,
			"\ntypedef struct {\n\tErr (*fn)(void *arg, const %.*s *row);\n\tvoid *arg;\n} %.*sEach;\n\n",
			STR_ARG(t->name), STR_ARG(t->name));
		buf_printf(out,
			   "static Err %.*s_each_row(void *each, const void *row)\n{\n\tconst %.*sEach *e = each;\n"
			   "\treturn e->fn(e->arg, row);\n}\n",
			   STR_ARG(name), STR_ARG(t->name));
	}
}

static bool row_used(const Module *m, const RowType *t)
{
	for (const Statement *st = m->statements; st != NULL; st = st->next)
		if (st->row == t)
			return true;
	return false;
}

static void write_statement_tables(const Module *m, const Statement *st, Buf *out)
{
	if (st->bind_count > 0) {
		buf_printf(out, "\nstatic const DbField %.*s_params[] = {\n", STR_ARG(st->name));
		for (int i = 0; i < st->bind_count; i++)
			write_field(m, &st->binds[i].field, "0", sql2c_bind(st, st->binds[i].field.person),
				    sql2c_bind(st, st->binds[i].field.row), out);
		buf_z(out, "};\n");
	}
	if (st->scalar.type.len > 0) {
		buf_printf(out, "static const DbField %.*s_result[] = {\n", STR_ARG(st->name));
		write_field(m, &st->scalar, "0", -1, -1, out);
		buf_z(out, "};\n");
	}
	if (st->order_count > 0) {
		buf_printf(out, "static const EnumRow %.*s_order_rows[] = {\n", STR_ARG(st->name));
		for (int i = 0; i < st->order_count; i++)
			buf_printf(out, "\t{ \"%.*s\", \"%.*s\" },\n", STR_ARG(st->orders[i].name),
				   STR_ARG(st->orders[i].name));
		buf_printf(out, "};\nconst EnumTable %.*s_order_table = ENUM_TABLE(\"%.*s\", %.*s_order_rows);\n",
			   STR_ARG(st->name), STR_ARG(st->name), STR_ARG(st->name));
	}
}

/* The text with {order} replaced by the order `which`. */
static void write_text(const Module *m, Str text, const Statement *st, int which, Buf *out)
{
	size_t at = str_find(text, ORDER_MARK, 0);
	if (at != SIZE_MAX) {
		Str before = str_sub(text, 0, at), after = str_sub(text, at + 1, text.len);
		text = str_printf(m->arena, "%.*s%.*s%.*s", STR_ARG(before), STR_ARG(st->orders[which].by),
				  STR_ARG(after));
	}
	sql2c_literal(out, text);
}

static void write_entry(const Module *m, const Statement *st, int which, Buf *out)
{
	buf_printf(out, "\t{ \"%.*s", STR_ARG(st->name));
	if (st->order_count > 0)
		buf_printf(out, "/%.*s", STR_ARG(st->orders[which].name));
	buf_z(out, "\",\n\t  ");
	write_text(m, st->sqlite, st, which, out);
	buf_z(out, ",\n\t  ");
	write_text(m, st->pg, st, which, out);
	buf_z(out, ",\n\t  ");
	if (st->bind_count > 0)
		buf_printf(out, "%.*s_params, %d, ", STR_ARG(st->name), st->bind_count);
	else
		buf_z(out, "NULL, 0, ");
	if (st->row != NULL) {
		Str row = sql2c_snake(m->arena, st->row->name);
		buf_printf(out, "%.*s_columns, %d, sizeof(%.*s), ", STR_ARG(row), st->row->n, STR_ARG(st->row->name));
	} else if (st->scalar.type.len > 0)
		buf_printf(out, "%.*s_result, 1, sizeof(%s), ", STR_ARG(st->name), c_type(m->arena, &st->scalar));
	else
		buf_z(out, "NULL, 0, 0, ");
	buf_printf(out, "%s },\n", st->any_tenant ? "true" : "false");
}

static void write_function(const Module *m, const Statement *st, int first, Buf *out)
{
	static const char *const makers[] = { "uuid", "int",  "real", "bool", "text", "bytes",
					      "date", "time", "uuid", "enum", "text" };
	buf_char(out, '\n');
	write_signature(m, st, out);
	buf_z(out, "\n{\n");
	if (st->bind_count > 0) {
		buf_z(out, "\tconst DbValue p[] = {\n");
		for (int i = 0; i < st->bind_count; i++)
			buf_printf(out, "\t\tdb_of_%s(%s%.*s),\n", makers[st->binds[i].field.kind],
				   st->binds[i].field.kind == FIELD_ENUM ? "(int)" : "",
				   STR_ARG(st->binds[i].expression));
		buf_z(out, "\t};\n");
	}
	if (st->order_count > 0)
		buf_printf(out, "\tassert((int)order >= 0 && (int)order < %d);\n", st->order_count);
	if (st->run == RUN_MANY)
		buf_z(out, "\tvoid *rows = NULL;\n\tErr e = ");
	else if (st->run == RUN_EACH)
		buf_printf(out, "\t%.*sEach each = { fn, arg };\n\treturn ", STR_ARG(st->row->name));
	else
		buf_z(out, "\treturn ");
	buf_printf(out, "db_%s(c, &statements[%d%s], %s, ", run_suffix[st->run], first,
		   st->order_count > 0 ? " + (int)order" : "", st->bind_count > 0 ? "p" : "NULL");
	switch (st->run) {
	case RUN_ONE: buf_z(out, "out);\n"); break;
	case RUN_MANY:
		buf_printf(out, "%lld, &rows, &out->n);\n\tout->at = rows;\n\treturn e;\n", (long long)st->most);
		break;
	case RUN_EXEC: buf_z(out, "NULL);\n"); break;
	case RUN_COUNT: buf_z(out, "changed);\n"); break;
	case RUN_EACH: {
		Str row = sql2c_snake(m->arena, st->row->name);
		buf_printf(out, "%.*s_each_row, &each);\n", STR_ARG(row));
		break;
	}
	}
	buf_z(out, "}\n");
}

void sql2c_write_c(const Module *m, Buf *out)
{
	write_note(m, out);
	write_includes(m, out);
	buf_printf(
		out,
		"#include \"%.*s_sql.h\"\n#include \"db/statement.h\"\n\n#include <assert.h>\n#include <stddef.h>\n\n"
		"#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n",
		STR_ARG(m->stem));
	for (const RowType *t = m->types; t != NULL; t = t->next)
		if (row_used(m, t))
			write_row_table(m, t, out);
	for (const Statement *st = m->statements; st != NULL; st = st->next)
		write_statement_tables(m, st, out);
	int n = 0;
	if (m->statements != NULL)
		buf_z(out, "\nstatic const DbStatement statements[] = {\n");
	for (const Statement *st = m->statements; st != NULL; st = st->next)
		for (int i = 0; i < (st->order_count > 0 ? st->order_count : 1); i++, n++)
			write_entry(m, st, i, out);
	if (m->statements != NULL)
		buf_z(out, "};\n");
	buf_printf(out,
		   "\nextern const DbStatementFile %.*s_sql_file;\nconst DbStatementFile %.*s_sql_file = { \"%.*s\", "
		   "%s, %d };\n",
		   STR_ARG(m->stem), STR_ARG(m->stem), STR_ARG(m->stem), n > 0 ? "statements" : "NULL", n);
	n = 0;
	for (const Statement *st = m->statements; st != NULL; st = st->next) {
		write_function(m, st, n, out);
		n += st->order_count > 0 ? st->order_count : 1;
	}
}
