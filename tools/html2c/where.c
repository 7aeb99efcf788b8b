#include "where.h"

enum { OPEN_MOST = 200, ATTRS_MOST = 60 };

static bool is_space(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r' || ch == '\f';
}

static bool is_letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

static bool is_name(char ch)
{
	return is_letter(ch) || (ch >= '0' && ch <= '9') || ch == '-' || ch == ':' || ch == '_' || ch == '.' ||
	       ch == '@';
}

/* A `{` that begins a directive. */
static bool at_directive(const Parse *p)
{
	return peek(p, 0) == '{' && peek(p, 1) != '{';
}

static void flush_gap(Parse *p, Where *w)
{
	if (w->gap > 0 && !w->fresh)
		buf_char(p->run, w->gap == 2 ? '\n' : ' ');
	w->gap = 0;
}

/* Takes one static byte; "{{" is a literal brace. */
static char take_byte(Parse *p)
{
	char ch = peek(p, 0);
	p->at += ch == '{' ? 2 : 1;
	return ch;
}

static Str take_name(Parse *p)
{
	size_t start = p->at;
	while (is_name(peek(p, 0)))
		p->at++;
	return str_lower_ascii(p->a, str_sub(p->src, start, p->at));
}

static void push(Parse *p, Where *w)
{
	if (w->open != NULL && str_eq_z(w->open->name, "p") && html_ends_p(w->tag) && !w->open->foreign) {
		parse_fail(p, w->tag_at, "<%.*s> cannot stand in <p>: the browser would close the paragraph",
			   STR_ARG(w->tag));
		return;
	}
	if (str_eq_z(w->tag, "a") || str_eq_z(w->tag, "form") || str_eq_z(w->tag, "button"))
		for (const Open *o = w->open; o != NULL; o = o->under)
			if (str_eq(o->name, w->tag))
				parse_fail(p, w->tag_at, "<%.*s> cannot stand inside another <%.*s>", STR_ARG(w->tag),
					   STR_ARG(w->tag));
	Open *o = ARENA_NEW(p->a, Open);
	*o = (Open){ .under = w->open, .name = w->tag, .at = w->tag_at, .depth = 1 };
	o->foreign = str_eq_z(w->tag, "svg") || str_eq_z(w->tag, "math");
	o->pre = str_eq_z(w->tag, "pre");
	if (w->open != NULL) {
		o->depth = w->open->depth + 1;
		o->foreign = o->foreign || (w->open->foreign && !str_eq_z(w->open->name, "foreignobject"));
		o->pre = o->pre || w->open->pre;
	}
	if (o->depth > OPEN_MOST)
		parse_fail(p, w->tag_at, "elements are nested more than %d deep", OPEN_MOST);
	w->open = o;
}

/* Copies the inside of script or style, where nothing may be interpolated. */
static void raw_text(Parse *p, Where *w)
{
	Str end = str_printf(p->a, "</%.*s", STR_ARG(w->tag));
	while (p->at < p->src.len && !p->failed) {
		if (at_directive(p)) {
			parse_fail(p, p->at, "nothing may be interpolated in <%.*s>; a brace is written {{",
				   STR_ARG(w->tag));
			return;
		}
		if (peek(p, 0) == '<' && str_eq_nocase(str_sub(p->src, p->at, p->at + end.len), end))
			return;
		buf_char(p->run, take_byte(p));
	}
	parse_fail(p, w->tag_at, "<%.*s> is never closed", STR_ARG(w->tag));
}

/* '>' of a start tag. */
static void tag_done(Parse *p, Where *w)
{
	bool foreign = w->open != NULL && w->open->foreign && !str_eq_z(w->open->name, "foreignobject");
	foreign = foreign || str_eq_z(w->tag, "svg") || str_eq_z(w->tag, "math");
	bool is_void = html_is_void(w->tag) && !foreign;
	if (w->slash && !is_void && !foreign) {
		parse_fail(p, w->tag_at, "<%.*s/> does not close itself in HTML", STR_ARG(w->tag));
		return;
	}
	if (str_eq_z(w->tag, "img") && !w->has_alt) {
		parse_fail(p, w->tag_at, "<img> has no alt: say what it shows, or alt=\"\" when it is decoration");
		return;
	}
	bool script = str_eq_z(w->tag, "script"), style = str_eq_z(w->tag, "style");
	if (foreign && (script || style)) {
		parse_fail(p, w->tag_at, "<%.*s> cannot stand in svg or math", STR_ARG(w->tag));
		return;
	}
	buf_z(p->run, w->slash && foreign ? "/>" : ">");
	w->place = IN_TEXT;
	if (is_void || w->slash) {
		if (str_eq_z(w->tag, "hr") && w->open != NULL && str_eq_z(w->open->name, "p"))
			parse_fail(p, w->tag_at, "<hr> cannot stand in <p>: the browser would close the paragraph");
		return;
	}
	push(p, w);
	if (foreign)
		return;
	if (script || style) {
		raw_text(p, w);
	} else if (str_eq_z(w->tag, "textarea") || str_eq_z(w->tag, "title")) {
		w->place = IN_PLAIN;
		/* Browsers drop one line end here: it is always written, so that a value's own stays. */
		if (str_eq_z(w->tag, "textarea")) {
			buf_char(p->run, '\n');
			p->at += peek(p, 0) == '\r' && peek(p, 1) == '\n' ? 2 : peek(p, 0) == '\n' ? 1 : 0;
		}
	}
}

static void end_tag(Parse *p, Where *w)
{
	size_t start = p->at;
	p->at += 2;
	Str name = take_name(p);
	skip_space(p);
	if (at_directive(p))
		parse_fail(p, p->at, "nothing may be interpolated in a tag's name");
	else if (peek(p, 0) != '>')
		parse_fail(p, p->at, "expected '>' at the end of </%.*s", STR_ARG(name));
	else if (html_is_void(name) && (w->open == NULL || !w->open->foreign))
		parse_fail(p, start, "<%.*s> has no end tag", STR_ARG(name));
	else if (w->open == NULL)
		parse_fail(p, start, "</%.*s> closes nothing", STR_ARG(name));
	else if (!str_eq(w->open->name, name))
		parse_fail(p, start, "</%.*s> stands where </%.*s> must (<%.*s> on line %zu is open)", STR_ARG(name),
			   STR_ARG(w->open->name), STR_ARG(w->open->name), parse_line(p, w->open->at));
	if (p->failed)
		return;
	p->at++;
	buf_str_add(p->run, str_sub(p->src, start, start + 2 + name.len));
	buf_char(p->run, '>');
	w->open = w->open->under;
	w->place = IN_TEXT;
}

static void comment(Parse *p)
{
	size_t start = p->at;
	for (p->at += 4; p->at < p->src.len; p->at++) {
		if (str_starts(str_sub(p->src, p->at, p->at + 3), STR("-->"))) {
			p->at += 3;
			return;
		}
		if (at_directive(p)) {
			parse_fail(p, p->at, "nothing may be interpolated in a comment; a brace is written {{");
			return;
		}
		if (peek(p, 0) == '{')
			p->at++;
	}
	parse_fail(p, start, "the comment is never closed");
}

static void doctype(Parse *p, Where *w)
{
	Str html = STR("<!doctype html>");
	if (!str_eq_nocase(str_sub(p->src, p->at, p->at + html.len), html)) {
		parse_fail(p, p->at, "only <!doctype html> and comments begin with <!");
		return;
	}
	flush_gap(p, w);
	buf_z(p->run, "<!doctype html>");
	p->at += html.len;
	w->fresh = false;
}

static void start_tag(Parse *p, Where *w)
{
	w->tag_at = p->at++;
	size_t name_at = p->at;
	w->tag = take_name(p);
	w->attrs = NULL;
	w->has_alt = w->slash = false;
	w->place = IN_TAG_TIGHT;
	buf_char(p->run, '<');
	buf_str_add(p->run, str_sub(p->src, name_at, p->at)); /* svg's names have capitals */
}

static void step_text(Parse *p, Where *w)
{
	char ch = peek(p, 0), next = peek(p, 1);
	bool pre = w->open != NULL && w->open->pre;
	if (is_space(ch) && !pre) {
		int gap = ch == '\n' ? 2 : 1;
		w->gap = gap > w->gap ? gap : w->gap;
		p->at++;
		return;
	}
	if (ch == '<' && next == '!') {
		if (str_starts(str_sub(p->src, p->at, p->at + 4), STR("<!--")))
			comment(p);
		else
			doctype(p, w);
		return;
	}
	flush_gap(p, w);
	w->fresh = false;
	if (ch != '<')
		buf_char(p->run, take_byte(p));
	else if (next == '/')
		end_tag(p, w);
	else if (is_letter(next))
		start_tag(p, w);
	else
		parse_fail(p, p->at,
			   next == '{' ? "nothing may be interpolated in a tag's name" : "a bare '<' is written &lt;");
}

static void step_plain(Parse *p, Where *w)
{
	if (peek(p, 0) == '<') {
		if (peek(p, 1) == '/')
			end_tag(p, w);
		else
			parse_fail(p, p->at, "no element can stand in <%.*s>", STR_ARG(w->open->name));
		return;
	}
	buf_char(p->run, take_byte(p));
}

static void check_attr(Parse *p, Where *w, size_t at)
{
	for (const Attr *a = w->attrs; a != NULL; a = a->before)
		if (str_eq(a->name, w->attr)) {
			parse_fail(p, at, "attribute %.*s stands here twice", STR_ARG(w->attr));
			return;
		}
	Attr *a = ARENA_NEW(p->a, Attr);
	*a = (Attr){ w->attrs, w->attr, w->attrs == NULL ? 1 : w->attrs->count + 1 };
	if (a->count > ATTRS_MOST)
		parse_fail(p, at, "more than %d attributes", ATTRS_MOST);
	if (str_eq_z(w->attr, "alt"))
		w->has_alt = true;
	if (str_eq_z(w->attr, "http-equiv") && w->attrs != NULL)
		parse_fail(p, at, "http-equiv must be the first attribute");
	w->attrs = a;
	Str plain =
		str_starts(w->attr, STR("data-hx-")) ? str_sub(w->attr, 5, w->attr.len) : w->attr; /* htmx reads both */
	w->refusal = html_refuses(w->tag, plain);
	if (str_eq_z(w->attr, "content"))
		for (const Attr *b = w->attrs; b != NULL; b = b->before)
			if (str_eq_z(b->name, "http-equiv"))
				w->refusal = "nothing may be interpolated in a header of the page";
	w->url = html_is_url(plain) ? URL_START : URL_NOT;
	w->code_url = html_loads_code(w->tag, w->attr);
	w->literal = STR("");
}

static void attribute(Parse *p, Where *w)
{
	size_t start = p->at;
	w->attr = take_name(p);
	if (w->attr.len == 0) {
		parse_fail(p, start, "this cannot stand in a tag");
		return;
	}
	buf_str_add(p->run, str_sub(p->src, start, p->at));
	check_attr(p, w, start);
	w->place = IN_TAG_TIGHT;
	size_t behind = p->at;
	skip_space(p);
	if (peek(p, 0) != '=') {
		p->at = behind;
		return;
	}
	p->at++;
	skip_space(p);
	if (peek(p, 0) != '"' && peek(p, 0) != '\'') {
		parse_fail(p, p->at, "the value of %.*s must stand in quotes", STR_ARG(w->attr));
		return;
	}
	w->quote = peek(p, 0);
	w->place = IN_VALUE;
	buf_char(p->run, '=');
	buf_char(p->run, w->quote);
	p->at++;
}

static void step_tag(Parse *p, Where *w)
{
	char ch = peek(p, 0);
	if (is_space(ch)) {
		while (is_space(peek(p, 0)))
			p->at++;
		if (peek(p, 0) != '>' && peek(p, 0) != '/' && w->place == IN_TAG_TIGHT)
			buf_char(p->run, ' ');
		w->place = IN_TAG;
	} else if (ch == '>') {
		p->at++;
		tag_done(p, w);
	} else if (ch == '/' && peek(p, 1) == '>') {
		p->at++;
		w->slash = true;
	} else if (w->place == IN_TAG_TIGHT) {
		parse_fail(p, p->at, "white space must stand between attributes");
	} else {
		attribute(p, w);
	}
}

/* A static byte of a URL: is the scheme decided, and is it a safe one? */
static void url_byte(Parse *p, Where *w, char ch, size_t at)
{
	if (w->url == URL_OPEN || w->url == URL_ADDRESS)
		return;
	if (ch == '/' || ch == '?' || ch == '#') {
		w->url = URL_OPEN;
	} else if (ch == ':' && w->url == URL_LITERAL && html_scheme_is_safe(w->literal)) {
		w->url = (w->literal.ptr[0] | 32) == 'h' ? URL_OPEN : URL_ADDRESS;
	} else if (ch == ':') {
		parse_fail(p, at, "only the schemes http, https, mailto and tel are allowed in %.*s", STR_ARG(w->attr));
	} else if (ch == '&' || (unsigned char)ch <= ' ') {
		parse_fail(p, at, "white space and character references cannot stand at the start of a URL");
	} else if (w->url == URL_START) {
		w->url = URL_LITERAL;
	}
}

static void step_value(Parse *p, Where *w)
{
	size_t at = p->at;
	char ch = take_byte(p);
	if (ch == w->quote) {
		buf_char(p->run, ch);
		w->place = IN_TAG_TIGHT;
		return;
	}
	if (ch == '<') {
		parse_fail(p, at, "'<' in a value is written &lt; (is a quote missing?)");
		return;
	}
	if (w->url != URL_NOT) {
		url_byte(p, w, ch, at);
		if (w->url == URL_LITERAL || w->literal.len < 2)
			w->literal = str_printf(p->a, "%.*s%c", STR_ARG(w->literal), ch);
		if (w->literal.len > 200)
			parse_fail(p, at, "this is no URL");
	}
	buf_char(p->run, ch);
}

void where_static(Parse *p, Where *w)
{
	while (p->at < p->src.len && !p->failed && !at_directive(p)) {
		switch (w->place) {
		case IN_TEXT: step_text(p, w); break;
		case IN_PLAIN: step_plain(p, w); break;
		case IN_TAG:
		case IN_TAG_TIGHT: step_tag(p, w); break;
		case IN_VALUE: step_value(p, w); break;
		}
	}
}

void where_directive(Parse *p, Where *w)
{
	if (w->place == IN_TEXT)
		flush_gap(p, w);
}

static Escape url_value(Parse *p, Where *w, size_t at)
{
	bool local = w->literal.len > 0 && w->literal.ptr[0] == '#';
	local = local || (w->literal.len > 1 && w->literal.ptr[0] == '/' && w->literal.ptr[1] != '/');
	if (w->code_url && !local) {
		parse_fail(p, at, "%.*s of <%.*s> loads code: it must begin with a literal path, such as /assets/",
			   STR_ARG(w->attr), STR_ARG(w->tag));
		return AS_URL;
	}
	UrlPlace was = w->url;
	if (was == URL_UNSURE)
		parse_fail(p, at, "whether this begins the URL depends on a condition");
	if (was == URL_START || was == URL_LITERAL)
		w->url = URL_DYNAMIC;
	if (w->literal.len < 2)
		w->literal = STR("{}");
	return was == URL_START ? AS_URL : was == URL_ADDRESS ? AS_URL_ADDRESS : AS_URL_PART;
}

Escape where_value(Parse *p, Where *w, size_t at)
{
	where_directive(p, w);
	w->fresh = false;
	switch (w->place) {
	case IN_TEXT: return AS_TEXT;
	case IN_PLAIN: return AS_ATTR; /* no raw markup */
	case IN_TAG:
	case IN_TAG_TIGHT:
		parse_fail(p, at, "nothing may be interpolated in the name of a tag or an attribute");
		return AS_ATTR;
	case IN_VALUE: break;
	}
	if (w->refusal != NULL) {
		parse_fail(p, at, "%s", w->refusal);
		return AS_ATTR;
	}
	return w->url == URL_NOT ? AS_ATTR : url_value(p, w, at);
}

static bool same_open(const Open *a, const Open *b)
{
	for (; a != b; a = a->under, b = b->under)
		if (a == NULL || b == NULL || !str_eq(a->name, b->name) || a->depth != b->depth)
			return false;
	return true;
}

/* All attributes that either branch has given. */
static Attr *join_attrs(Parse *p, Attr *a, const Attr *b)
{
	for (; b != NULL; b = b->before) {
		bool known = false;
		for (const Attr *x = a; x != NULL && !known; x = x->before)
			known = str_eq(x->name, b->name);
		if (known)
			continue;
		Attr *more = ARENA_NEW(p->a, Attr);
		*more = (Attr){ a, b->name, a == NULL ? 1 : a->count + 1 };
		a = more;
	}
	return a;
}

static bool in_tag(const Where *w)
{
	return w->place == IN_TAG || w->place == IN_TAG_TIGHT;
}

static bool same_place(const Where *a, const Where *b)
{
	if (!same_open(a->open, b->open) || (a->place != b->place && !(in_tag(a) && in_tag(b))))
		return false;
	if (in_tag(a) || a->place == IN_VALUE)
		if (a->tag_at != b->tag_at || a->slash != b->slash)
			return false;
	return a->place != IN_VALUE || (str_eq(a->attr, b->attr) && a->quote == b->quote);
}

Where where_join(Parse *p, const Where *a, const Where *b, size_t at, const char *what)
{
	Where w = *a;
	if (p->failed)
		return w;
	if (!same_place(a, b)) {
		parse_fail(p, at, "%s", what);
		return w;
	}
	w.fresh = a->fresh && b->fresh;
	w.has_alt = a->has_alt && b->has_alt;
	if (in_tag(a)) {
		w.place = a->place == b->place ? a->place : IN_TAG_TIGHT;
		w.attrs = join_attrs(p, a->attrs, b->attrs);
	}
	if (a->place == IN_VALUE) {
		w.attrs = join_attrs(p, a->attrs, b->attrs);
		if (a->url != b->url || !str_eq(a->literal, b->literal)) {
			w.literal = STR("{}");
			if (a->url != b->url || a->url == URL_LITERAL)
				w.url = URL_UNSURE;
		}
	}
	return w;
}

void where_end(Parse *p, const Where *w, const Open *base, size_t at)
{
	if (p->failed || (w->place == IN_TEXT && same_open(w->open, base)))
		return;
	if (w->place != IN_TEXT && w->place != IN_PLAIN)
		parse_fail(p, w->tag_at, "the tag <%.*s> is not finished", STR_ARG(w->tag));
	else if (w->open != NULL && (base == NULL || w->open->depth > base->depth))
		parse_fail(p, w->open->at, "<%.*s> is never closed", STR_ARG(w->open->name));
	else
		parse_fail(p, at, "more is closed here than was opened");
}
