#include "tree.h"

enum { LITERAL_MOST = 3000 }; /* bytes; C11 promises 4095 characters */

typedef struct {
	Arena *a;
	Buf *out;
	Str path;
	size_t serial; /* of loops */
	size_t indent;
	const Template *now;
} Emit;

static void emit_nodes(Emit *e, const Node *n);

static void tabs(Emit *e)
{
	for (size_t i = 0; i < e->indent; i++)
		buf_char(e->out, '\t');
}

static void literal(Buf *b, Str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		if (ch == '"' || ch == '\\')
			buf_printf(b, "\\%c", ch);
		else if (ch == '\n')
			buf_z(b, "\\n");
		else if (ch < ' ' || ch == 0x7f || ch == '?')
			buf_printf(b, "\\%03o", ch);
		else
			buf_char(b, (char)ch);
	}
	buf_char(b, '"');
}

/* Compiler errors of what follows point at the template. */
static void line(Emit *e, size_t n)
{
	buf_printf(e->out, "#line %zu ", n);
	literal(e->out, e->path);
	buf_char(e->out, '\n');
}

static void emit_static(Emit *e, Str s)
{
	while (s.len > 0) {
		size_t n = s.len < LITERAL_MOST ? s.len : LITERAL_MOST;
		while (n < s.len && (s.ptr[n] & 0xC0) == 0x80)
			n--;
		tabs(e);
		buf_z(e->out, "buf_add(h->out, ");
		literal(e->out, str_sub(s, 0, n));
		buf_printf(e->out, ", %zu);\n", n);
		s = str_sub(s, n, s.len);
	}
}

/* Digits, months and marks: nothing that markup could take for its own. */
static bool format_is_plain(Str format)
{
	static const char *const plain[] = { "date",   "date_long", "time",     "month", "int",   "decimal", "decimal2",
					     "amount", "percent",   "percent1", "iso",   "local", "number",  NULL };
	for (size_t i = 0; plain[i] != NULL; i++)
		if (str_eq_z(format, plain[i]))
			return true;
	return false;
}

static void emit_value(Emit *e, const Value *v)
{
	static const char *const writers[] = { [AS_TEXT] = "HTML_TEXT(h",
					       [AS_ATTR] = "HTML_ATTR(h",
					       [AS_URL] = "HTML_URL(h",
					       [AS_URL_PART] = "HTML_URL_PART(h",
					       [AS_URL_ADDRESS] = "HTML_URL_ADDRESS(h" };
	line(e, v->line);
	tabs(e);
	bool plain = (v->as == AS_TEXT || v->as == AS_ATTR) && format_is_plain(v->format);
	buf_printf(e->out, "%s, ", plain ? "buf_str_add(h->out" : writers[v->as]);
	if (v->format.len == 0 || str_eq_z(v->format, "url"))
		buf_str_add(e->out, v->code);
	else if (v->table.len > 0)
		buf_printf(e->out, "html_%.*s(h, &%.*s, %.*s)", STR_ARG(v->format), STR_ARG(v->table),
			   STR_ARG(v->code));
	else if (str_eq_z(v->format, "id"))
		buf_printf(e->out, "(%.*s).v", STR_ARG(v->code));
	else if (str_eq_z(v->format, "iso"))
		buf_printf(e->out, "HTML_ISO(h, %.*s)", STR_ARG(v->code));
	else
		buf_printf(e->out, "html_%.*s(h, %.*s)", STR_ARG(v->format), STR_ARG(v->code));
	buf_z(e->out, ");\n");
}

static void emit_once(Emit *e, Str text)
{
	tabs(e);
	buf_z(e->out, "static TextOnce html_text = TEXT_ONCE(");
	literal(e->out, text);
	buf_z(e->out, ");\n");
}

static void emit_message(Emit *e, const Node *n)
{
	line(e, n->line);
	tabs(e);
	if (n->n == 0) {
		buf_z(e->out, "{\n");
		e->indent++;
		emit_once(e, n->text);
		tabs(e);
		buf_z(e->out, "html_z(h, text_once(&html_text, h->lang));\n");
		e->indent--;
		tabs(e);
		buf_z(e->out, "}\n");
		return;
	}
	buf_z(e->out, "{\n");
	e->indent++;
	if (str_is_none(n->many))
		emit_once(e, n->text);
	tabs(e);
	buf_z(e->out, "for (const char *html_m = ");
	if (str_is_none(n->many)) {
		buf_z(e->out, "text_once(&html_text, h->lang)");
	} else {
		buf_z(e->out, "TN(h->lang, ");
		literal(e->out, n->text);
		buf_z(e->out, ", ");
		literal(e->out, n->many);
		buf_printf(e->out, ", %.*s)", STR_ARG(n->values[0].code));
	}
	buf_z(e->out, "; html_m != NULL;) {\n");
	e->indent++;
	tabs(e);
	buf_z(e->out, "switch (html_message(h, &html_m)) {\n");
	for (size_t i = 0; i < n->n; i++) {
		tabs(e);
		buf_printf(e->out, "case %zu:\n", i + 1);
		e->indent++;
		emit_value(e, &n->values[i]);
		tabs(e);
		buf_z(e->out, "break;\n");
		e->indent--;
	}
	tabs(e);
	buf_z(e->out, "default: break;\n");
	tabs(e);
	buf_z(e->out, "}\n");
	e->indent--;
	tabs(e);
	buf_z(e->out, "}\n");
	e->indent--;
	tabs(e);
	buf_z(e->out, "}\n");
}

static void emit_if(Emit *e, const Node *n)
{
	line(e, n->line);
	tabs(e);
	buf_printf(e->out, "if (%.*s) {\n", STR_ARG(n->text));
	e->indent++;
	emit_nodes(e, n->first);
	e->indent--;
	if (n->other != NULL) {
		tabs(e);
		buf_z(e->out, "} else {\n");
		e->indent++;
		emit_nodes(e, n->other);
		e->indent--;
	}
	tabs(e);
	buf_z(e->out, "}\n");
}

static void emit_for(Emit *e, const Node *n)
{
	size_t id = ++e->serial;
	tabs(e);
	buf_z(e->out, "{\n");
	e->indent++;
	line(e, n->line);
	tabs(e);
	buf_printf(e->out, "const __typeof__(%.*s) *html_list%zu = &(%.*s);\n", STR_ARG(n->text), id, STR_ARG(n->text));
	if (n->other != NULL) {
		tabs(e);
		buf_printf(e->out, "if (html_list%zu->n == 0) {\n", id);
		e->indent++;
		emit_nodes(e, n->other);
		e->indent--;
		tabs(e);
		buf_z(e->out, "}\n");
	}
	line(e, n->line);
	tabs(e);
	buf_printf(e->out, "for (size_t html_i%zu = 0; html_i%zu < (size_t)html_list%zu->n; html_i%zu++) {\n", id, id,
		   id, id);
	e->indent++;
	tabs(e);
	buf_printf(e->out, "const __typeof__(html_list%zu->at[0]) *%.*s = &html_list%zu->at[html_i%zu];\n", id,
		   STR_ARG(n->name), id, id);
	tabs(e);
	buf_printf(e->out, "(void)%.*s;\n", STR_ARG(n->name));
	if (n->index.len > 0) {
		tabs(e);
		buf_printf(e->out, "const size_t %.*s = html_i%zu;\n", STR_ARG(n->index), id);
	}
	emit_nodes(e, n->first);
	e->indent--;
	tabs(e);
	buf_z(e->out, "}\n");
	e->indent--;
	tabs(e);
	buf_z(e->out, "}\n");
}

static void emit_call(Emit *e, Str name, const char *suffix, const Node *n)
{
	line(e, n->line);
	tabs(e);
	buf_printf(e->out, "%.*s%s_html(h%.*s);\n", STR_ARG(name), suffix, STR_ARG(n->name));
}

static void emit_prototype(Buf *b, const Template *t, const char *suffix)
{
	buf_printf(b, "void %.*s%s_html(Html *h%.*s)", STR_ARG(t->name), suffix, STR_ARG(t->parameters));
}

static void emit_begin(Emit *e, const char *suffix)
{
	buf_char(e->out, '\n');
	line(e, e->now->line);
	emit_prototype(e->out, e->now, suffix);
	buf_z(e->out, "\n{\n\t(void)h;\n");
	for (const Name *n = e->now->names; n != NULL; n = n->outer)
		buf_printf(e->out, "\t(void)%.*s;\n", STR_ARG(n->name));
}

static void emit_nodes(Emit *e, const Node *n)
{
	for (; n != NULL; n = n->next) {
		switch (n->kind) {
		case NODE_STATIC: emit_static(e, n->text); break;
		case NODE_VALUE: emit_value(e, n->values); break;
		case NODE_MESSAGE: emit_message(e, n); break;
		case NODE_IF: emit_if(e, n); break;
		case NODE_FOR: emit_for(e, n); break;
		case NODE_CALL: emit_call(e, n->text, "", n); break;
		case NODE_WRAP:
			emit_call(e, n->text, "_open", n);
			emit_nodes(e, n->first);
			emit_call(e, n->text, "_close", n);
			break;
		case NODE_BODY: /* the function ends here, and its other half begins */
			buf_z(e->out, "}\n");
			emit_begin(e, "_close");
			break;
		}
	}
}

static void emit_header(const Parse *p, const Html2cIn *in, Buf *b)
{
	buf_z(b, "/* Made by html2c. */\n");
	Buf *guard = buf_new(p->a, SOURCE_MOST);
	for (size_t i = 0; i < in->name.len; i++) {
		char ch = in->name.ptr[i];
		bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
		buf_char(guard, !letter ? '_' : ch >= 'a' ? (char)(ch - 'a' + 'A') : ch);
	}
	Str g = buf_str(guard);
	buf_printf(b, "#ifndef %.*s_HTML_H\n#define %.*s_HTML_H\n\n#include \"html/html.h\"\n", STR_ARG(g), STR_ARG(g));
	for (const Text *t = p->includes; t != NULL; t = t->next)
		buf_printf(b, "#include \"%.*s\"\n", STR_ARG(t->text));
	buf_char(b, '\n');
	for (const Template *t = p->templates; t != NULL; t = t->next) {
		emit_prototype(b, t, t->has_body ? "_open" : "");
		buf_z(b, ";\n");
		if (t->has_body) {
			emit_prototype(b, t, "_close");
			buf_z(b, ";\n");
		}
	}
	buf_z(b, "\n#endif\n");
}

void emit(const Parse *p, const Html2cIn *in, Buf *header, Buf *code)
{
	emit_header(p, in, header);
	Emit e = { .a = p->a, .out = code, .path = in->path };
	buf_printf(code, "/* Made by html2c. */\n#include \"%.*s_html.h\"\n", STR_ARG(in->name));
	for (const Template *t = p->templates; t != NULL; t = t->next) {
		e.now = t;
		e.indent = 1;
		emit_begin(&e, t->has_body ? "_open" : "");
		emit_nodes(&e, t->first);
		buf_z(code, "}\n");
	}
}
