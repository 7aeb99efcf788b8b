/* The SQL of one statement: its parameters, its two dialects, its columns. */
#include "sql2c.h"

#include <string.h>

static bool is_space(int ch)
{
	return ch == ' ' || (ch >= '\t' && ch <= '\r');
}

static bool is_letter(int ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_';
}

static bool is_digit(int ch)
{
	return ch >= '0' && ch <= '9';
}

typedef struct {
	Scan *s;
	Statement *st;
	char dialect;
	Body *body;
	Buf *sqlite, *pg;
	int depth;
	Place begin;
} Reading;

static void add(Reading *r, Str text)
{
	buf_str_add(r->sqlite, text);
	buf_str_add(r->pg, text);
}

static void add_space(Reading *r)
{
	if (r->sqlite->len > 0 && r->sqlite->ptr[r->sqlite->len - 1] != ' ')
		add(r, STR(" "));
}

static bool token(Reading *r, TokenKind kind, Str text, Place place)
{
	if (r->body->token_count == TOKENS_MOST)
		return sql2c_error(r->s->m, place, "a statement of more than %d words", TOKENS_MOST);
	if (r->body->token_count % 256 == 0) {
		Token *more = ARENA_ARRAY(r->s->m->arena, (size_t)r->body->token_count + 256, Token);
		if (r->body->token_count > 0)
			memcpy(more, r->body->tokens, (size_t)r->body->token_count * sizeof *more);
		r->body->tokens = more;
	}
	r->body->tokens[r->body->token_count++] = (Token){ kind, text, r->depth, place };
	return true;
}

/* '...' or "...", a doubled quote stands for one. */
static bool quoted(Reading *r)
{
	Scan *s = r->s;
	Place place = s->place;
	int quote = scan_peek(s);
	size_t from = s->at;
	scan_advance(s, 1);
	for (;;) {
		if (scan_peek(s) == -1)
			return sql2c_error(s->m, place, "the quotation does not end");
		bool end = scan_peek(s) == quote;
		scan_advance(s, 1);
		if (!end)
			continue;
		if (scan_peek(s) != quote)
			break;
		scan_advance(s, 1);
	}
	Str text = str_sub(s->text, from, s->at);
	add(r, text);
	return token(r, quote == '"' ? TOKEN_WORD : TOKEN_VALUE, text, place);
}

static bool comment(Reading *r)
{
	static const char *const directives[] = { "-- name:",  "-- type:", "-- include:",
						  "-- order:", "-- pg:",   "-- sqlite:" };
	Scan *s = r->s;
	Place place = s->place;
	add_space(r);
	if (scan_peek(s) == '-') {
		for (size_t i = 0; i < sizeof directives / sizeof directives[0]; i++)
			if (scan_starts(s, directives[i]))
				return sql2c_error(s->m, place, "missing ; before this line");
		while (scan_peek(s) != -1 && scan_peek(s) != '\n')
			scan_advance(s, 1);
		return true;
	}
	while (!scan_starts(s, "*/")) {
		if (scan_peek(s) == -1)
			return sql2c_error(s->m, place, "the comment does not end");
		scan_advance(s, 1);
	}
	scan_advance(s, 2);
	return true;
}

static Str expression(Arena *a, const Param *p, const Field *f)
{
	const char *value = f->kind == FIELD_ID ? ".v" : "";
	if (p == NULL)
		return STR("c->tenant.v");
	if (p->bundle == NULL)
		return str_printf(a, "%.*s%s", STR_ARG(f->name), value);
	return str_printf(a, "%.*s->%.*s%s", STR_ARG(p->field.name), STR_ARG(f->name), value);
}

/* The number of parameter `name`, made at its first use; -1 when undeclared. */
static int bind_of(Reading *r, Str name)
{
	Statement *st = r->st;
	int known = sql2c_bind(st, name);
	if (known >= 0 || st->bind_count == BINDS_MOST)
		return known;
	static const Field tenant = { .name = { "tenant", 6 }, .type = { "TenantId", 8 }, .kind = FIELD_ID };
	const Field *found = NULL;
	Param *of = NULL;
	for (int i = 0; i < st->param_count && found == NULL; i++) {
		of = &st->params[i];
		if (of->bundle == NULL && str_eq(of->field.name, name))
			found = &of->field;
		for (int k = 0; of->bundle != NULL && k < of->bundle->n; k++)
			if (str_eq(of->bundle->fields[k].name, name))
				found = &of->bundle->fields[k];
	}
	if (found == NULL && str_eq(name, STR("tenant"))) {
		found = &tenant;
		of = NULL;
	}
	if (found == NULL)
		return -1;
	if (of != NULL)
		of->used = true;
	st->binds[st->bind_count] = (Bind){ *found, expression(r->s->m->arena, of, found) };
	return st->bind_count++;
}

static bool parameter(Reading *r)
{
	static const char *const pg_types[] = {
		[FIELD_UUID] = "uuid",    [FIELD_INT] = "bigint",       [FIELD_REAL] = "double precision",
		[FIELD_BOOL] = "boolean", [FIELD_TEXT] = "text",        [FIELD_BYTES] = "bytea",
		[FIELD_DATE] = "date",    [FIELD_TIME] = "timestamptz", [FIELD_ID] = "uuid",
		[FIELD_ENUM] = "text",    [FIELD_SEALED] = "bytea",
	};
	Scan *s = r->s;
	Place place = s->place;
	scan_advance(s, 1);
	size_t from = s->at;
	while (is_letter(scan_peek(s)) || is_digit(scan_peek(s)))
		scan_advance(s, 1);
	Str name = str_sub(s->text, from, s->at);
	int i = bind_of(r, name);
	if (i < 0)
		return sql2c_error(s->m, place, "parameter :%.*s is not declared", STR_ARG(name));
	r->body->binds_used[i] = 1;
	buf_printf(r->sqlite, "?%d", i + 1);
	buf_printf(r->pg, "$%d::%s", i + 1, pg_types[r->st->binds[i].field.kind]);
	return token(r, TOKEN_VALUE, name, place);
}

static bool braces(Reading *r)
{
	Scan *s = r->s;
	if (!scan_starts(s, "{order}"))
		return sql2c_error(s->m, s->place, "only {order} may stand in braces");
	if (r->body->ordered)
		return sql2c_error(s->m, s->place, "{order} stands twice");
	r->body->ordered = true;
	char mark = ORDER_MARK;
	add(r, (Str){ &mark, 1 });
	scan_advance(s, strlen("{order}"));
	return true;
}

static bool is_star_of_columns(const Body *b)
{
	if (b->token_count == 0)
		return false;
	const Token *before = &b->tokens[b->token_count - 1];
	if (before->kind == TOKEN_MARK)
		return str_eq(before->text, STR(",")) || str_eq(before->text, STR("."));
	static const char *const words[] = { "SELECT", "DISTINCT", "ALL", "RETURNING" };
	for (size_t i = 0; i < 4; i++)
		if (before->kind == TOKEN_WORD && str_eq_nocase(before->text, str_of(words[i])))
			return true;
	return false;
}

static bool mark(Reading *r)
{
	Scan *s = r->s;
	int ch = scan_peek(s);
	if (ch == '?' || ch == '$')
		return sql2c_error(s->m, s->place, "a parameter is written :name");
	if (ch == ':' && !(r->dialect == 'p' && scan_ahead(s, 1) == ':'))
		return sql2c_error(s->m, s->place,
				   scan_ahead(s, 1) == ':' ? "write CAST(x AS type): :: is one engine's own"
							   : "a parameter is written :name");
	if (ch == '*' && is_star_of_columns(r->body))
		return sql2c_error(s->m, s->place, "name the columns instead of *");
	if (ch < ' ' || ch > '~' || ch == '\\')
		return sql2c_error(s->m, s->place, "this character may not stand in SQL outside quotation marks");
	if (ch == ')' && r->depth == 0)
		return sql2c_error(s->m, s->place, "this ) closes nothing");
	size_t n = ch == ':' ? 2 : 1;
	Str text = str_sub(s->text, s->at, s->at + n);
	add(r, text);
	if (ch == ')')
		r->depth--;
	bool ok = token(r, TOKEN_MARK, text, s->place);
	if (ch == '(')
		r->depth++;
	scan_advance(s, n);
	return ok;
}

static bool word_or_number(Reading *r)
{
	Scan *s = r->s;
	Place place = s->place;
	size_t from = s->at;
	bool number = is_digit(scan_peek(s));
	while (is_letter(scan_peek(s)) || is_digit(scan_peek(s)) || (number && scan_peek(s) == '.'))
		scan_advance(s, 1);
	Str text = str_sub(s->text, from, s->at);
	add(r, text);
	return token(r, number ? TOKEN_VALUE : TOKEN_WORD, text, place);
}

static bool step(Reading *r)
{
	Scan *s = r->s;
	int ch = scan_peek(s);
	if (is_space(ch)) {
		scan_advance(s, 1);
		add_space(r);
		return true;
	}
	if (ch == '\'' || ch == '"')
		return quoted(r);
	if (scan_starts(s, "--") || scan_starts(s, "/*"))
		return comment(r);
	if (ch == ':' && is_letter(scan_ahead(s, 1)))
		return parameter(r);
	if (ch == '{' || ch == '}')
		return braces(r);
	if (is_letter(ch) || is_digit(ch))
		return word_or_number(r);
	return mark(r);
}

bool sql2c_body(Scan *s, Statement *st, char dialect, Body *out)
{
	enum { BODY_MOST = 100000 };
	Reading r = { .s = s,
		      .st = st,
		      .dialect = dialect,
		      .body = out,
		      .sqlite = buf_new(s->m->arena, BODY_MOST),
		      .pg = buf_new(s->m->arena, BODY_MOST) };
	while (is_space(scan_peek(s)))
		scan_advance(s, 1);
	r.begin = s->place;
	while (scan_peek(s) != ';') {
		if (scan_peek(s) == -1)
			return sql2c_error(s->m, r.begin, "the statement does not end with ;");
		if (!step(&r))
			return false;
	}
	if (out->token_count == 0)
		return sql2c_error(s->m, s->place, "the statement is empty");
	if (r.depth > 0)
		return sql2c_error(s->m, s->place, "a ( is not closed");
	if (r.sqlite->failed || r.pg->failed)
		return sql2c_error(s->m, r.begin, "the statement is longer than %d bytes", BODY_MOST);
	scan_advance(s, 1);
	out->sqlite = str_trim(buf_str(r.sqlite));
	out->pg = str_trim(buf_str(r.pg));
	return true;
}

static bool is_word(const Token *t, const char *word)
{
	return t->kind == TOKEN_WORD && t->depth == 0 && str_eq_nocase(t->text, str_of(word));
}

/* Where the list of columns begins, or -1 when the statement gives no rows. */
static int columns_begin(const Body *b)
{
	static const char *const writes[] = { "INSERT", "UPDATE", "DELETE" };
	bool write = false;
	for (int i = 0; i < b->token_count; i++) {
		const Token *t = &b->tokens[i];
		for (size_t k = 0; k < 3; k++)
			write = write || is_word(t, writes[k]);
		if (!write && is_word(t, "SELECT")) {
			bool distinct = i + 1 < b->token_count &&
					(is_word(&b->tokens[i + 1], "DISTINCT") || is_word(&b->tokens[i + 1], "ALL"));
			return distinct ? i + 2 : i + 1;
		}
		if (write && is_word(t, "RETURNING"))
			return i + 1;
	}
	return -1;
}

static bool ends_columns(const Body *b, int i)
{
	static const char *const words[] = { "WHERE", "UNION", "EXCEPT", "INTERSECT",
					     "ORDER", "LIMIT", "GROUP",  "WINDOW" };
	if (is_word(&b->tokens[i], "FROM"))
		return i == 0 || !is_word(&b->tokens[i - 1], "DISTINCT"); /* IS DISTINCT FROM */
	for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
		if (is_word(&b->tokens[i], words[k]))
			return true;
	return false;
}

static Str unquoted(Str word)
{
	return word.len >= 2 && word.ptr[0] == '"' ? str_sub(word, 1, word.len - 1) : word;
}

/* The last word of a column's text is its name, unless it is an expression. */
static bool check_column(Module *m, const Statement *st, int column, const Token *last)
{
	if (st->row == NULL || column >= st->row->n)
		return true;
	Str want = st->row->fields[column].name;
	if (last->kind == TOKEN_WORD && str_eq(unquoted(last->text), want))
		return true;
	return sql2c_error(m, last->place, "column %d must be named %.*s, as in %.*s", column + 1, STR_ARG(want),
			   STR_ARG(st->row->name));
}

bool sql2c_check_columns(Module *m, const Statement *st, const Body *b)
{
	int begin = columns_begin(b);
	int want = st->row != NULL ? st->row->n : st->scalar.type.len > 0 ? 1 : 0;
	if (begin < 0 && want > 0)
		return sql2c_error(m, st->place, "%.*s gives no rows: no SELECT, no RETURNING", STR_ARG(st->name));
	if (begin < 0)
		return true;
	if (want == 0)
		return sql2c_error(m, st->place, "%.*s gives rows: make it :one, :many or :each", STR_ARG(st->name));
	int count = 0, i = begin;
	for (; i < b->token_count && !ends_columns(b, i); i++) {
		bool last = i + 1 == b->token_count || ends_columns(b, i + 1) ||
			    (b->tokens[i + 1].depth == 0 && b->tokens[i + 1].kind == TOKEN_MARK &&
			     str_eq(b->tokens[i + 1].text, STR(",")));
		if (!last)
			continue;
		if (!check_column(m, st, count, &b->tokens[i]))
			return false;
		count++;
	}
	if (count != want)
		return sql2c_error(m, st->place, "%.*s gives %d columns, its row has %d", STR_ARG(st->name), count,
				   want);
	return true;
}
