#include "tree.h"

enum { CONDITION_DEPTH_MOST = 40, CONDITION_MOST = 64 * 1024 };

static bool is_space(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

static bool is_letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_';
}

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

char peek(const Parse *p, size_t ahead)
{
	return ahead < p->src.len - p->at ? p->src.ptr[p->at + ahead] : '\0';
}

void skip_space(Parse *p)
{
	while (is_space(peek(p, 0)))
		p->at++;
}

Str peek_word(const Parse *p)
{
	size_t n = 0;
	if (is_letter(peek(p, 0)))
		while (is_letter(peek(p, n)) || is_digit(peek(p, n)))
			n++;
	return str_sub(p->src, p->at, p->at + n);
}

Str take_word(Parse *p)
{
	skip_space(p);
	Str word = peek_word(p);
	p->at += word.len;
	return word;
}

bool take(Parse *p, const char *what)
{
	skip_space(p);
	Str s = str_of(what);
	if (!str_starts(str_sub(p->src, p->at, p->src.len), s))
		return false;
	p->at += s.len;
	return true;
}

void expect(Parse *p, const char *what)
{
	if (!take(p, what))
		parse_fail(p, p->at, "expected '%s' here", what);
}

Str take_string(Parse *p)
{
	skip_space(p);
	size_t start = p->at;
	if (peek(p, 0) != '"') {
		parse_fail(p, start, "expected a text in quotes here");
		return STR("");
	}
	Buf *b = buf_new(p->a, SOURCE_MOST);
	for (p->at++; peek(p, 0) != '"'; p->at++) {
		if (p->at >= p->src.len || peek(p, 0) == '\n') {
			parse_fail(p, start, "the text has no closing quote on its line");
			return STR("");
		}
		if (peek(p, 0) == '\\') {
			p->at++;
			if (peek(p, 0) != '"' && peek(p, 0) != '\\') {
				parse_fail(p, p->at, "only \\\" and \\\\ are known in a text");
				return STR("");
			}
		}
		buf_char(b, peek(p, 0));
	}
	p->at++;
	return buf_str(b);
}

static const Name *find_name(const Parse *p, Str word)
{
	for (const Name *n = p->names; n != NULL; n = n->outer)
		if (str_eq(n->name, word))
			return n;
	return NULL;
}

Str take_path(Parse *p, PathUse use)
{
	skip_space(p);
	size_t start = p->at;
	Str word = take_word(p);
	const Name *name = find_name(p, word);
	if (word.len == 0 || name == NULL) {
		if (word.len == 0)
			parse_fail(p, start, "expected a name here");
		else
			parse_fail(p, start, "unknown name '%.*s': neither a parameter nor a loop variable",
				   STR_ARG(word));
		return STR("");
	}
	Buf *b = buf_new(p->a, SOURCE_MOST);
	buf_str_add(b, word);
	bool alone = true;
	for (;; alone = false) {
		bool arrow = peek(p, 0) == '-' && peek(p, 1) == '>';
		if (!arrow && (peek(p, 0) != '.' || !is_letter(peek(p, 1))))
			break;
		p->at += arrow ? 2 : 1;
		Str part = peek_word(p);
		if (part.len == 0) {
			parse_fail(p, p->at, "expected the name of a member here");
			break;
		}
		p->at += part.len;
		buf_z(b, arrow || (alone && name->pointer) ? "->" : ".");
		buf_str_add(b, part);
	}
	if (alone && ((use == PATH_VALUE && name->element) || (use == PATH_LIST && name->pointer)))
		return str_printf(p->a, "(*%.*s)", STR_ARG(word));
	return buf_str(b);
}

/* A C string literal of `s` for comparisons and arguments. */
static Str str_literal(Parse *p, Str s)
{
	Buf *b = buf_new(p->a, SOURCE_MOST);
	buf_z(b, "STR(\"");
	for (size_t i = 0; i < s.len; i++)
		buf_printf(b, "\\%03o", (unsigned char)s.ptr[i]);
	buf_z(b, "\")");
	return buf_str(b);
}

/* A literal, a constant in capitals, or a path. */
static Str take_operand(Parse *p, PathUse use)
{
	skip_space(p);
	if (peek(p, 0) == '"')
		return str_literal(p, take_string(p));
	size_t digits = peek(p, 0) == '-' ? 1 : 0;
	if (is_digit(peek(p, digits))) {
		size_t start = p->at;
		for (p->at += digits; is_digit(peek(p, 0)); p->at++)
			;
		Str number = str_sub(p->src, start, p->at);
		if (number.len > 18)
			parse_fail(p, start, "the number is too large");
		else if (number.len - digits > 1 && number.ptr[digits] == '0')
			parse_fail(p, start, "a number does not begin with 0");
		return number;
	}
	Str word = peek_word(p);
	bool constant = str_eq_z(word, "true") || str_eq_z(word, "false") || str_eq_z(word, "NULL");
	if (!constant && word.len > 0 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z' && find_name(p, word) == NULL) {
		constant = true;
		for (size_t i = 0; i < word.len; i++)
			if (word.ptr[i] >= 'a' && word.ptr[i] <= 'z')
				constant = false;
	}
	if (constant) {
		p->at += word.len;
		return word;
	}
	return take_path(p, use);
}

static void condition_or(Parse *p, Buf *b, size_t depth);

static void comparison(Parse *p, Buf *b)
{
	static const char *const operators[] = { "==", "!=", ">=", "<=", ">", "<" };
	Str left = take_path(p, PATH_VALUE);
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		if (!take(p, operators[i]))
			continue;
		Str right = take_operand(p, PATH_VALUE);
		if (i < 2)
			buf_printf(b, "%sHTML_EQ(%.*s, %.*s)", i == 1 ? "!" : "", STR_ARG(left), STR_ARG(right));
		else
			buf_printf(b, "(%.*s %s %.*s)", STR_ARG(left), operators[i], STR_ARG(right));
		return;
	}
	buf_printf(b, "HTML_TRUE(%.*s)", STR_ARG(left));
}

static bool take_keyword(Parse *p, const char *word)
{
	skip_space(p);
	Str next = peek_word(p);
	if (!str_eq_z(next, word))
		return false;
	p->at += next.len;
	return true;
}

static void condition_not(Parse *p, Buf *b, size_t depth)
{
	if (depth > CONDITION_DEPTH_MOST) {
		parse_fail(p, p->at, "the condition is nested too deeply");
		return;
	}
	if (take_keyword(p, "not")) {
		buf_char(b, '!');
		condition_not(p, b, depth + 1);
	} else if (take(p, "(")) {
		condition_or(p, b, depth + 1);
		expect(p, ")");
	} else {
		comparison(p, b);
	}
}

static void condition_and(Parse *p, Buf *b, size_t depth)
{
	buf_char(b, '(');
	condition_not(p, b, depth);
	while (!p->failed && take_keyword(p, "and")) {
		buf_z(b, " && ");
		condition_not(p, b, depth);
	}
	buf_char(b, ')');
}

static void condition_or(Parse *p, Buf *b, size_t depth)
{
	buf_char(b, '(');
	condition_and(p, b, depth);
	while (!p->failed && take_keyword(p, "or")) {
		buf_z(b, " || ");
		condition_and(p, b, depth);
	}
	buf_char(b, ')');
}

Str take_condition(Parse *p)
{
	Buf *b = buf_new(p->a, CONDITION_MOST);
	size_t start = p->at;
	condition_or(p, b, 0);
	if (b->failed)
		parse_fail(p, start, "the condition is too long");
	return buf_str(b);
}

static bool format_is_known(Str format)
{
	static const char *const known[] = { "date",   "date_long", "time",     "month", "int", "decimal", "decimal2",
					     "amount", "percent",   "percent1", "uuid",  "id",  "iso",     "local",
					     "number", "tr",        "label",    "code",  "url", NULL };
	for (size_t i = 0; known[i] != NULL; i++)
		if (str_eq_z(format, known[i]))
			return true;
	return false;
}

Value take_value(Parse *p)
{
	skip_space(p);
	Value v = { .line = parse_line(p, p->at), .format = STR(""), .table = STR("") };
	v.code = take_path(p, PATH_VALUE);
	if (p->failed || peek(p, 0) != ':')
		return v;
	p->at++;
	size_t start = p->at;
	v.format = peek_word(p);
	p->at += v.format.len;
	if (!format_is_known(v.format)) {
		parse_fail(p, start, "unknown format '%.*s'", STR_ARG(v.format));
		return v;
	}
	if (str_eq_z(v.format, "label") || str_eq_z(v.format, "code")) {
		v.table = take_word(p);
		if (v.table.len == 0)
			parse_fail(p, p->at, "':%.*s' needs the name of an enum's table", STR_ARG(v.format));
	}
	return v;
}

Str take_arguments(Parse *p)
{
	Buf *b = buf_new(p->a, SOURCE_MOST);
	expect(p, "(");
	if (take(p, ")"))
		return STR("");
	do {
		buf_z(b, ", ");
		bool ref = take(p, "&");
		if (ref)
			buf_char(b, '&');
		buf_str_add(b, ref ? take_path(p, PATH_VALUE) : take_operand(p, PATH_ARGUMENT));
	} while (!p->failed && take(p, ","));
	expect(p, ")");
	return buf_str(b);
}
