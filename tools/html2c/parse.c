#include "where.h"

#include "base/utf8.h"

enum { BLOCKS_MOST = 40, VALUES_MOST = 9 };

void parse_fail(Parse *p, size_t at, const char *format, ...)
{
	if (p->failed)
		return;
	p->failed = true;
	va_list args;
	va_start(args, format);
	p->problem->message = str_vprintf(p->a, format, args).ptr;
	va_end(args);
	p->problem->line = p->problem->column = 1;
	for (size_t i = 0; i < at && i < p->src.len; i++) {
		if (p->src.ptr[i] == '\n') {
			p->problem->line++;
			p->problem->column = 1;
		} else if ((p->src.ptr[i] & 0xC0) != 0x80) {
			p->problem->column++;
		}
	}
}

size_t parse_line(Parse *p, size_t at)
{
	if (at < p->line_at) {
		p->line_at = 0;
		p->line = 1;
	}
	for (; p->line_at < at; p->line_at++)
		p->line += p->src.ptr[p->line_at] == '\n';
	return p->line;
}

static void add_node(Parse *p, Node *n)
{
	*p->tail = n;
	p->tail = &n->next;
}

/* What was read as static bytes becomes a node. */
static void close_run(Parse *p)
{
	if (p->run->len == 0)
		return;
	Node *n = ARENA_NEW(p->a, Node);
	n->kind = NODE_STATIC;
	n->text = str_dup(p->a, buf_str(p->run));
	buf_clear(p->run);
	add_node(p, n);
}

static Node *new_node(Parse *p, NodeKind kind, size_t at)
{
	close_run(p);
	Node *n = ARENA_NEW(p->a, Node);
	n->kind = kind;
	n->line = parse_line(p, at);
	n->text = n->many = n->name = n->index = STR("");
	add_node(p, n);
	return n;
}

/* Behind a block directive that has a line of its own, the rest of the line is dropped. */
static void close_directive(Parse *p, const Where *w, size_t start, bool block)
{
	expect(p, "}");
	if (!block || w->place != IN_TEXT || (w->open != NULL && w->open->pre) || p->failed)
		return;
	while (start > 0 && (p->src.ptr[start - 1] == ' ' || p->src.ptr[start - 1] == '\t'))
		start--;
	if (start > 0 && p->src.ptr[start - 1] != '\n')
		return;
	size_t end = p->at;
	while (end < p->src.len && (p->src.ptr[end] == ' ' || p->src.ptr[end] == '\t' || p->src.ptr[end] == '\r'))
		end++;
	if (end == p->src.len || p->src.ptr[end] != '\n')
		return;
	p->at = end + 1;
	while (peek(p, 0) == ' ' || peek(p, 0) == '\t')
		p->at++;
}

static void read_nodes(Parse *p, Where *w);

/* The keyword of the directive at p->at, empty for a value. */
static Str keyword(const Parse *p)
{
	static const char *const known[] = { "if",   "elif", "else", "end",      "for",         "t",       "tn",
					     "call", "wrap", "body", "template", "endtemplate", "include", NULL };
	Parse look = *p;
	look.at++;
	skip_space(&look);
	Str word = peek_word(&look);
	char next = peek(&look, word.len);
	if (next == '.' || next == ':' || next == '-')
		return STR("");
	for (size_t i = 0; known[i] != NULL; i++)
		if (str_eq_z(word, known[i]))
			return word;
	return STR("");
}

static void open_directive(Parse *p, Str word)
{
	expect(p, "{");
	skip_space(p);
	p->at += word.len;
}

static void read_value(Parse *p, Where *w)
{
	size_t start = p->at;
	Escape as = where_value(p, w, start);
	Node *n = new_node(p, NODE_VALUE, start);
	expect(p, "{");
	skip_space(p);
	Str word = peek_word(p);
	if (word.len == 0) {
		parse_fail(p, start, "expected a name or a directive behind '{'; a literal brace is written {{");
		return;
	}
	n->values = ARENA_NEW(p->a, Value);
	n->n = 1;
	*n->values = take_value(p);
	n->values->as = str_eq_z(n->values->format, "url") ? AS_URL_PART : as;
	skip_space(p);
	if (!p->failed && peek(p, 0) != '}' && word.len > 0 && peek(p, 0) != '.')
		parse_fail(p, p->at, "expected '}' here");
	close_directive(p, w, start, false);
}

/* The numbered places of a text must be those of the values. */
static void check_places(Parse *p, Str text, size_t n, bool all, size_t at)
{
	bool used[VALUES_MOST + 1] = { false };
	for (size_t i = 0; i + 2 < text.len; i++) {
		char ch = text.ptr[i + 1];
		if (text.ptr[i] != '{' || ch < '1' || ch > '9' || text.ptr[i + 2] != '}')
			continue;
		if ((size_t)(ch - '0') > n)
			parse_fail(p, at, "there is no value for {%c}", ch);
		else
			used[ch - '0'] = true;
	}
	for (size_t i = 1; all && i <= n; i++)
		if (!used[i])
			parse_fail(p, at, "the text has no place {%zu} for its value", i);
}

static void read_message(Parse *p, Where *w, Str word)
{
	size_t start = p->at;
	Escape as = where_value(p, w, start);
	if (as != AS_TEXT && as != AS_ATTR)
		parse_fail(p, start, "a text cannot stand in a URL");
	Node *n = new_node(p, NODE_MESSAGE, start);
	open_directive(p, word);
	n->text = take_string(p);
	n->many = word.len == 2 ? take_string(p) : STR_NONE;
	if (n->text.len == 0 && !p->failed)
		parse_fail(p, start, "the text is empty");
	n->values = ARENA_ARRAY(p->a, VALUES_MOST, Value);
	skip_space(p);
	while (!p->failed && peek(p, 0) != '}') {
		if (n->n == VALUES_MOST) {
			parse_fail(p, p->at, "a text has at most %d values", VALUES_MOST);
			return;
		}
		n->values[n->n] = take_value(p);
		n->values[n->n++].as = as;
		skip_space(p);
	}
	if (word.len == 2 && n->n == 0)
		parse_fail(p, start, "{tn} needs the number behind its texts");
	check_places(p, n->text, n->n, word.len == 1, start);
	if (word.len == 2)
		check_places(p, n->many, n->n, true, start);
	close_directive(p, w, start, false);
}

/* Reads children into *list up to the directive that ends them. */
static void read_block(Parse *p, Where *w, Node **list, size_t at)
{
	Node **tail = p->tail;
	p->tail = list;
	if (++p->depth > BLOCKS_MOST)
		parse_fail(p, at, "blocks are nested more than %d deep", BLOCKS_MOST);
	else
		read_nodes(p, w);
	where_directive(p, w);
	close_run(p);
	p->depth--;
	p->tail = tail;
}

static void read_end(Parse *p, const Where *w, size_t start, Str word)
{
	if (p->failed)
		return;
	size_t at = p->at;
	Str next = p->at < p->src.len ? keyword(p) : STR("endtemplate");
	if (str_eq_z(next, "endtemplate")) {
		parse_fail(p, start, "{%.*s} has no {end}", STR_ARG(word));
		return;
	}
	if (!str_eq_z(next, "end")) {
		parse_fail(p, at, "{%.*s} stands where the {end} of {%.*s} on line %zu must", STR_ARG(next),
			   STR_ARG(word), parse_line(p, start));
		return;
	}
	open_directive(p, STR("end"));
	close_directive(p, w, at, true);
}

static const char differ[] = "the branches end at different places in the HTML";

/* At {if or {elif; the caller reads {end}. */
static void read_if(Parse *p, Where *w, Str word)
{
	size_t start = p->at;
	where_directive(p, w);
	Node *n = new_node(p, NODE_IF, start);
	open_directive(p, word);
	n->text = take_condition(p);
	close_directive(p, w, start, true);
	Where first = *w, second = *w;
	bool was_in = p->in_branch;
	p->in_branch = true;
	read_block(p, &first, &n->first, start);
	Str next = p->failed || p->at >= p->src.len ? STR("") : keyword(p);
	if (str_eq_z(next, "elif")) {
		Node **tail = p->tail;
		p->tail = &n->other;
		if (++p->depth > BLOCKS_MOST)
			parse_fail(p, p->at, "blocks are nested more than %d deep", BLOCKS_MOST);
		else
			read_if(p, &second, next);
		p->depth--;
		p->tail = tail;
	} else if (str_eq_z(next, "else")) {
		size_t at = p->at;
		open_directive(p, next);
		close_directive(p, &second, at, true);
		read_block(p, &second, &n->other, at);
	}
	p->in_branch = was_in;
	*w = where_join(p, &first, &second, start, differ);
}

static void bind(Parse *p, Str name, bool pointer, bool element, size_t at)
{
	for (const Name *n = p->names; n != NULL; n = n->outer)
		if (str_eq(n->name, name))
			parse_fail(p, at, "the name '%.*s' is taken already", STR_ARG(name));
	if (name.len == 0 || str_eq_z(name, "h") || str_starts(name, STR("html_")))
		parse_fail(p, at, "expected a name here (not h, not html_...)");
	Name *n = ARENA_NEW(p->a, Name);
	*n = (Name){ p->names, name, pointer, element };
	p->names = n;
}

static void read_for(Parse *p, Where *w)
{
	size_t start = p->at;
	where_directive(p, w);
	Node *n = new_node(p, NODE_FOR, start);
	open_directive(p, STR("for"));
	n->name = take_word(p);
	if (take(p, ","))
		n->index = take_word(p);
	size_t at = p->at;
	if (!str_eq_z(take_word(p), "in"))
		parse_fail(p, at, "expected: {for item in list} or {for item, number in list}");
	n->text = take_path(p, PATH_LIST);
	close_directive(p, w, start, true);
	Name *outer = p->names;
	bind(p, n->name, true, true, start);
	if (n->index.len > 0)
		bind(p, n->index, false, false, start);
	bool was_in = p->in_branch;
	p->in_branch = true;
	Where body = *w, other = *w;
	read_block(p, &body, &n->first, start);
	p->names = outer;
	Where after = where_join(p, &body, w, start, "the loop ends at another place in the HTML than it began");
	if (!p->failed && (w->place == IN_TAG || w->place == IN_TAG_TIGHT) && body.attrs != w->attrs)
		parse_fail(p, start, "a loop cannot give attributes: they would stand there twice");
	if (!p->failed && p->at < p->src.len && str_eq_z(keyword(p), "else")) {
		at = p->at;
		open_directive(p, STR("else"));
		close_directive(p, &other, at, true);
		read_block(p, &other, &n->other, at);
		after = where_join(p, &after, &other, start, differ);
	}
	p->in_branch = was_in;
	*w = after;
	read_end(p, w, start, STR("for"));
}

static void read_call(Parse *p, Where *w, NodeKind kind, Str word)
{
	size_t start = p->at;
	if (w->place != IN_TEXT)
		parse_fail(p, start, "{%.*s} stands only where elements may stand", STR_ARG(word));
	where_directive(p, w);
	w->fresh = false;
	Node *n = new_node(p, kind, start);
	open_directive(p, word);
	n->text = take_word(p);
	if (n->text.len == 0)
		parse_fail(p, p->at, "expected the name of a template here");
	n->name = take_arguments(p);
	close_directive(p, w, start, kind == NODE_WRAP);
	if (kind == NODE_CALL || p->failed)
		return;
	Where inside = *w;
	inside.fresh = true;
	read_block(p, &inside, &n->first, start);
	where_end(p, &inside, w->open, p->at);
	read_end(p, w, start, word);
}

static void read_body(Parse *p, Where *w)
{
	size_t start = p->at;
	if (w->place != IN_TEXT || p->in_branch)
		parse_fail(p, start, "{body} stands where elements may stand, outside every {if} and {for}");
	if (p->now->has_body)
		parse_fail(p, start, "{body} stands here twice");
	p->now->has_body = true;
	where_directive(p, w);
	new_node(p, NODE_BODY, start);
	open_directive(p, STR("body"));
	close_directive(p, w, start, true);
}

/* Reads static bytes and directives until one that belongs to the caller. */
static void read_nodes(Parse *p, Where *w)
{
	while (!p->failed) {
		where_static(p, w);
		if (p->failed || p->at >= p->src.len)
			return;
		Str word = keyword(p);
		size_t start = p->at;
		if (word.len == 0) {
			read_value(p, w);
		} else if (str_eq_z(word, "t") || str_eq_z(word, "tn")) {
			read_message(p, w, word);
		} else if (str_eq_z(word, "if")) {
			read_if(p, w, word);
			read_end(p, w, start, word);
		} else if (str_eq_z(word, "for")) {
			read_for(p, w);
		} else if (str_eq_z(word, "call")) {
			read_call(p, w, NODE_CALL, word);
		} else if (str_eq_z(word, "wrap")) {
			read_call(p, w, NODE_WRAP, word);
		} else if (str_eq_z(word, "body")) {
			read_body(p, w);
		} else {
			return; /* else, elif, end, endtemplate: the caller's */
		}
	}
}

/* "const Page *page" */
static void read_parameter(Parse *p, Buf *out)
{
	Str last = STR("");
	bool pointer = false;
	size_t words = 0;
	skip_space(p);
	size_t start = p->at;
	for (;; skip_space(p)) {
		Str word = peek(p, 0) == '*' ? STR("*") : peek_word(p);
		if (word.len == 0)
			break;
		char before = out->ptr[out->len - 1];
		if (before != ' ' && before != '*')
			buf_char(out, ' ');
		buf_str_add(out, word);
		p->at += word.len;
		if (word.ptr[0] == '*') {
			pointer = true;
		} else {
			last = word;
			words++;
		}
	}
	if (words < 2 || out->ptr[out->len - 1] == '*')
		parse_fail(p, start, "expected a parameter here, such as const Page *page or Str name");
	bind(p, last, pointer, false, start);
}

static void read_include(Parse *p)
{
	size_t start = p->at;
	Str file = take_string(p);
	if (!p->failed && (file.len == 0 || str_find(file, '<', 0) != SIZE_MAX || str_find(file, '\\', 0) != SIZE_MAX))
		parse_fail(p, start, "this is no file to include");
	for (const Text *t = p->includes; t != NULL; t = t->next)
		if (str_eq(t->text, file))
			return;
	Text *t = ARENA_NEW(p->a, Text);
	t->text = file;
	*p->include_tail = t;
	p->include_tail = &t->next;
}

static void read_header(Parse *p, Template *t)
{
	open_directive(p, STR("template"));
	skip_space(p);
	size_t at = p->at;
	t->name = take_word(p);
	if (t->name.len == 0)
		parse_fail(p, at, "expected the template's name here");
	for (const Template *o = p->templates; o != NULL; o = o->next)
		if (o != t && str_eq(o->name, t->name))
			parse_fail(p, at, "there are two templates '%.*s'", STR_ARG(t->name));
	Buf *b = buf_new(p->a, SOURCE_MOST);
	p->names = NULL;
	expect(p, "(");
	if (!take(p, ")")) {
		do {
			buf_z(b, ", ");
			read_parameter(p, b);
		} while (!p->failed && take(p, ","));
		expect(p, ")");
	}
	t->parameters = buf_str(b);
	t->names = p->names;
	while (!p->failed && !take(p, "}")) {
		at = p->at;
		if (!str_eq_z(take_word(p), "include"))
			parse_fail(p, at, "expected include \"...\" or '}' here");
		else
			read_include(p);
	}
}

static void read_template(Parse *p, Template ***tail)
{
	size_t start = p->at;
	Template *t = ARENA_NEW(p->a, Template);
	t->line = parse_line(p, start);
	**tail = t;
	*tail = &t->next;
	p->now = t;
	read_header(p, t);
	Where w = { .place = IN_TEXT, .fresh = true, .tag = STR(""), .attr = STR(""), .literal = STR("") };
	p->tail = &t->first;
	read_nodes(p, &w);
	if (p->failed)
		return;
	if (p->at >= p->src.len) {
		parse_fail(p, w.open != NULL ? w.open->at : start,
			   w.open != NULL ? "this element is never closed" : "{template} has no {endtemplate}");
		return;
	}
	Str word = keyword(p);
	if (!str_eq_z(word, "endtemplate"))
		parse_fail(p, p->at, "{%.*s} belongs to nothing here", STR_ARG(word));
	where_end(p, &w, NULL, p->at);
	close_run(p); /* white space at the end is dropped with the gap */
	open_directive(p, word);
	expect(p, "}");
}

static void read_file(Parse *p)
{
	Template **tail = &p->templates;
	while (skip_space(p), !p->failed && p->at < p->src.len) {
		if (str_starts(str_sub(p->src, p->at, p->src.len), STR("<!--"))) {
			size_t end = str_find_str(str_sub(p->src, p->at, p->src.len), STR("-->"));
			if (end == SIZE_MAX)
				parse_fail(p, p->at, "the comment is never closed");
			else
				p->at += end + 3;
			continue;
		}
		Str word = peek(p, 0) == '{' ? keyword(p) : STR("");
		if (str_eq_z(word, "template")) {
			read_template(p, &tail);
		} else if (str_eq_z(word, "include")) {
			open_directive(p, word);
			read_include(p);
			expect(p, "}");
		} else {
			parse_fail(p, p->at,
				   "only {template ...}, {include ...} and comments stand outside a template");
		}
	}
	if (!p->failed && p->templates == NULL)
		parse_fail(p, 0, "the file holds no template");
}

bool html2c_compile(Arena *a, const Html2cIn *in, Buf *header, Buf *code, Html2cProblem *problem)
{
	Parse p = { .a = a, .src = in->source, .line = 1, .problem = problem };
	size_t bad = 0;
	p.include_tail = &p.includes;
	p.run = buf_new(a, OUTPUT_MOST);
	if (in->source.len > SOURCE_MOST)
		parse_fail(&p, 0, "the file is larger than %d bytes", SOURCE_MOST);
	else if (!utf8_valid(in->source, &bad))
		parse_fail(&p, bad, "the file is not valid UTF-8");
	else if ((bad = str_find(in->source, '\0', 0)) != SIZE_MAX)
		parse_fail(&p, bad, "the file holds a NUL");
	else
		read_file(&p);
	if (!p.failed)
		emit(&p, in, header, code);
	if (!p.failed && (header->failed || code->failed))
		parse_fail(&p, 0, "the C would be too large");
	return !p.failed;
}
