/* Migrations: neutral column types become each engine's own.
 *
 * Types are words in capitals: UUID INT REAL BOOL TEXT BYTES DATE TIME. A table
 * followed by CLUSTERED is kept in the order of its primary key by SQLite. A
 * line "-- sqlite:" or "-- pg:" gives the statement after it to one engine.
 */
#include "sql2c.h"

typedef struct {
	const char *neutral, *sqlite, *pg;
} TypeName;

static const TypeName type_names[] = {
	{ "UUID", "BLOB", "uuid" },
	{ "INT", "INTEGER", "bigint" },
	{ "REAL", "REAL", "double precision" },
	{ "BOOL", "INTEGER", "boolean" },
	{ "TEXT", "TEXT", "text COLLATE \"C\"" },
	{ "BYTES", "BLOB", "bytea" },
	{ "DATE", "INTEGER", "date" },
	{ "TIME", "INTEGER", "timestamptz" },
};

typedef struct {
	Scan *s;
	Buf *sqlite, *pg;
	Buf *said; /* what the checksum is of */
	char dialect;
	bool table, clustered, any;
	int depth;
} Translation;

static bool is_letter(int ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_';
}

static bool is_word(int ch)
{
	return is_letter(ch) || (ch >= '0' && ch <= '9');
}

static void add(Translation *t, Str sqlite, Str pg)
{
	if (t->dialect != 'p')
		buf_str_add(t->sqlite, sqlite);
	if (t->dialect != 's')
		buf_str_add(t->pg, pg);
}

static bool migration_quote(Translation *t)
{
	Scan *s = t->s;
	Place place = s->place;
	int quote = scan_peek(s);
	size_t from = s->at;
	do {
		scan_advance(s, 1);
		if (scan_peek(s) == -1)
			return sql2c_error(s->m, place, "the quotation does not end");
	} while (scan_peek(s) != quote);
	scan_advance(s, 1);
	Str text = str_sub(s->text, from, s->at);
	buf_str_add(t->said, text);
	add(t, text, text);
	return true;
}

static void migration_word(Translation *t)
{
	Scan *s = t->s;
	size_t from = s->at;
	while (is_word(scan_peek(s)))
		scan_advance(s, 1);
	Str word = str_sub(s->text, from, s->at);
	buf_str_add(t->said, word);
	if (str_eq(word, STR("TABLE")) && t->depth == 0)
		t->table = true;
	if (str_eq(word, STR("CLUSTERED")) && t->depth == 0) {
		t->clustered = true;
		return;
	}
	for (size_t i = 0; t->dialect == 0 && i < sizeof type_names / sizeof type_names[0]; i++) {
		if (str_eq_z(word, type_names[i].neutral)) {
			add(t, str_of(type_names[i].sqlite), str_of(type_names[i].pg));
			return;
		}
	}
	add(t, word, word);
}

static bool migration_line(Translation *t)
{
	Scan *s = t->s;
	char dialect = scan_starts(s, "-- sqlite:") ? 's' : scan_starts(s, "-- pg:") ? 'p' : 0;
	if (dialect != 0 && t->any)
		return sql2c_error(s->m, s->place, "missing ; before this line");
	if (dialect != 0) {
		t->dialect = dialect;
		buf_z(t->said, dialect == 's' ? "sqlite:" : "pg:");
	}
	while (scan_peek(s) != -1 && scan_peek(s) != '\n')
		scan_advance(s, 1);
	return true;
}

static bool migration_end(Translation *t, bool create)
{
	if (t->clustered && !create)
		return sql2c_error(t->s->m, t->s->place, "CLUSTERED belongs after a table");
	if (t->depth != 0)
		return sql2c_error(t->s->m, t->s->place, "a ( is not closed");
	if (create && t->dialect == 0)
		buf_z(t->sqlite, t->clustered ? " STRICT, WITHOUT ROWID" : " STRICT");
	add(t, STR(";\n"), STR(";\n"));
	buf_char(t->said, ';');
	t->dialect = 0;
	t->table = t->clustered = t->any = false;
	scan_advance(t->s, 1);
	return true;
}

static bool migration_step(Translation *t, bool *create)
{
	Scan *s = t->s;
	int ch = scan_peek(s);
	if (scan_starts(s, "--"))
		return migration_line(t);
	if (ch == ';') {
		bool table = *create && t->table;
		*create = false;
		return migration_end(t, table);
	}
	if (ch == ' ' || (ch >= '\t' && ch <= '\r')) {
		if (t->any) {
			add(t, STR(" "), STR(" "));
			if (t->said->len > 0 && t->said->ptr[t->said->len - 1] != ' ')
				buf_char(t->said, ' ');
		}
		scan_advance(s, 1);
		return true;
	}
	if (!t->any)
		*create = scan_starts(s, "CREATE TABLE");
	t->any = true;
	if (ch == '\'' || ch == '"')
		return migration_quote(t);
	if (is_letter(ch)) {
		migration_word(t);
		return true;
	}
	t->depth += ch == '(' ? 1 : ch == ')' ? -1 : 0;
	Str one = str_sub(s->text, s->at, s->at + 1);
	buf_str_add(t->said, one);
	add(t, one, one);
	scan_advance(s, 1);
	return true;
}

bool sql2c_translate(Module *m, Str text, Buf *sqlite, Buf *pg, uint64_t *checksum)
{
	Scan s = { .m = m, .text = text, .place = { 1, 1 } };
	Translation t = { .s = &s, .sqlite = sqlite, .pg = pg, .said = buf_new(m->arena, 10 * 1024 * 1024) };
	bool create = false;
	while (scan_peek(&s) != -1)
		if (!migration_step(&t, &create))
			return false;
	if (t.any)
		return sql2c_error(m, s.place, "the last statement does not end with ;");
	if (t.said->len == 0)
		return sql2c_error(m, s.place, "the migration is empty");
	if (t.said->failed || sqlite->failed || pg->failed)
		return sql2c_error(m, s.place, "the migration is too long");
	*checksum = str_hash(buf_str(t.said));
	return true;
}
