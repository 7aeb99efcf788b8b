#include "format/graph.h"

#include "format/svg.h"

#include <string.h>

/* Points, graphviz's unit; a page of A4 in portrait has about 510 of them across. */
static const double box_width = 124, text_size = 11, line_height = 13, box_padding = 11;

/* Begins a line that graph_svg sets in bold (U+2060, word joiner: invisible). */
#define BOLD_MARK "\xE2\x81\xA0"

static const struct {
	const char *fill, *border;
} tones[] = {
	[GRAPH_PLAIN] = { "#ffffff", "#0b4a86" }, [GRAPH_GOOD] = { "#e6f2e6", "#2b6e31" },
	[GRAPH_MIXED] = { "#fdf3d8", "#8a6100" }, [GRAPH_BAD] = { "#fbe6e3", "#a3241a" },
	[GRAPH_OPEN] = { "#f1f3f5", "#616a73" },
};

/* Inside a quoted DOT string: backslashes would expand (\N is the node's name),
 * entities too. */
static void put_quoted(Buf *out, Str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (ch == '"' || ch == '\\')
			buf_printf(out, "\\%c", ch);
		else if (ch == '&')
			buf_z(out, "&amp;");
		else
			buf_char(out, (unsigned char)ch < 0x20 ? ' ' : ch);
	}
}

static void put_lines(Buf *out, SvgLines lines, const char *mark)
{
	for (int i = 0; i < lines.count; i++) {
		buf_z(out, mark);
		put_quoted(out, lines.line[i]);
		buf_z(out, "\\n");
	}
}

static void put_inches(Buf *out, const char *name, double points)
{
	buf_printf(out, "%s=", name);
	svg_number(out, points / 72);
}

static void put_node(Buf *out, Arena *a, const Graph *g, size_t i)
{
	const GraphNode *n = &g->nodes[i];
	double room = box_width - 8;
	SvgLines label = svg_wrap(a, n->label, text_size, room),
		 status = svg_wrap(a, n->status, text_size * 1.06, room);
	buf_printf(out, "n%zu [label=\"", i);
	put_lines(out, label, "");
	put_lines(out, status, BOLD_MARK);
	buf_printf(out, "\" fillcolor=\"%s\" color=\"%s\" ", tones[n->tone].fill, tones[n->tone].border);
	put_inches(out, "height", (label.count + status.count) * line_height + box_padding);
	buf_z(out, "]\n");
}

/* The heading of a level and, on the same rank behind it, its boxes. */
static void put_level(Buf *out, Arena *a, const Graph *g, size_t level)
{
	SvgLines heading = svg_wrap(a, g->levels[level], 12, box_width);
	buf_printf(out, "{ rank=same\nh%zu [shape=plaintext style=\"\" fontsize=12 label=\"", level);
	put_lines(out, heading, BOLD_MARK);
	buf_z(out, "\" ");
	put_inches(out, "height", heading.count * 15 + 4);
	buf_z(out, "]\n");
	for (size_t i = 0; i < g->node_count; i++) {
		if (g->nodes[i].level != (int)level)
			continue;
		put_node(out, a, g, i);
		buf_printf(out, "h%zu -> n%zu [style=invis]\n", level, i);
	}
	buf_z(out, "}\n");
	if (level > 0)
		buf_printf(out, "h%zu -> h%zu [style=invis weight=100]\n", level - 1, level);
}

bool graph_fits(const Graph *g)
{
	return g->node_count <= GRAPH_NODES_MOST && g->arrow_count <= GRAPH_ARROWS_MOST;
}

void graph_dot(Buf *out, Arena *a, const Graph *g)
{
	buf_printf(out,
		   "digraph {\nrankdir=%s bgcolor=transparent newrank=true nodesep=0.14 ranksep=0.36\n"
		   "node [shape=box style=\"rounded,filled\" fixedsize=true fontsize=11 fontcolor=\"%s\" penwidth=1.3 ",
		   g->rows ? "TB" : "LR", SVG_INK);
	put_inches(out, "width", box_width);
	buf_printf(out, "]\nedge [color=\"%s\" penwidth=1 arrowsize=0.6 fontsize=10 fontcolor=\"%s\"]\n", SVG_QUIET,
		   SVG_INK);
	for (size_t level = 0; level < g->level_count; level++)
		put_level(out, a, g, level);
	int number = 0;
	for (size_t i = 0; i < g->arrow_count; i++) {
		const GraphArrow *arrow = &g->arrows[i];
		buf_printf(out, "n%zu -> n%zu [", arrow->from, arrow->to);
		if (!str_is_empty(arrow->assumption))
			buf_printf(out, "label=\" %d \" ", ++number);
		bool onward = g->nodes[arrow->from].level < g->nodes[arrow->to].level;
		buf_z(out, onward ? "]\n" : "constraint=false]\n");
	}
	buf_z(out, "}\n");
}

static Str described(Ctx *c, const Graph *g)
{
	Buf *b = buf_new(c->arena, 1 << 20);
	for (size_t level = 0; level < g->level_count; level++) {
		buf_printf(b, "%s%.*s:", level > 0 ? " " : "", STR_ARG(g->levels[level]));
		const char *before = " ";
		for (size_t i = 0; i < g->node_count; i++) {
			const GraphNode *n = &g->nodes[i];
			if (n->level != (int)level)
				continue;
			buf_printf(b, "%s%.*s", before, STR_ARG(n->label));
			if (!str_is_empty(n->status))
				buf_printf(b, " (%.*s)", STR_ARG(n->status));
			before = "; ";
		}
		buf_char(b, '.');
	}
	int number = 0;
	for (size_t i = 0; i < g->arrow_count; i++) {
		const GraphArrow *arrow = &g->arrows[i];
		Str from = g->nodes[arrow->from].label, to = g->nodes[arrow->to].label;
		buf_char(b, ' ');
		buf_printf(b, T(c->lang, "“%.*s” leads to “%.*s”"), STR_ARG(from), STR_ARG(to));
		if (!str_is_empty(arrow->assumption))
			buf_printf(b, T(c->lang, ", assumption %d: %.*s"), ++number, STR_ARG(arrow->assumption));
		buf_char(b, '.');
	}
	return buf_str(b);
}

/* The text between `before` and the next `after`, from `from` on; *end is behind both. */
static bool between(Str s, size_t from, const char *before, const char *after, Str *out, size_t *end)
{
	Str rest = str_sub(s, from, s.len);
	size_t start = str_find_str(rest, str_of(before));
	if (start == SIZE_MAX)
		return false;
	rest = str_sub(rest, start + strlen(before), rest.len);
	size_t stop = str_find_str(rest, str_of(after));
	if (stop == SIZE_MAX)
		return false;
	*out = str_sub(rest, 0, stop);
	*end = (size_t)(out->ptr + out->len - s.ptr) + strlen(after);
	return true;
}

/* One tag with its attributes, without ids and fonts, which would clash or bind. */
static void put_tag(Buf *out, Str tag, bool bold)
{
	while (tag.len > 0) {
		size_t equals = str_find(tag, '=', 0);
		size_t open = str_find(tag, '"', 0), close = open == SIZE_MAX ? SIZE_MAX : str_find(tag, '"', open + 1);
		if (close == SIZE_MAX || equals > open)
			break;
		Str piece = str_sub(tag, 0, close + 1), name = str_sub(tag, 0, equals);
		if (!str_ends(name, STR(" id")) && !str_ends(name, STR(" font-family")))
			buf_str_add(out, piece);
		else
			buf_str_add(out, str_sub(name, 0, str_find(name, ' ', 0)));
		tag = str_sub(tag, close + 1, tag.len);
	}
	if (bold)
		buf_z(out, " font-weight=\"600\"");
	buf_str_add(out, tag);
}

/* The drawing's elements, without comments and tool-tip titles. */
static void put_body(Buf *out, Str body)
{
	while (body.len > 0) {
		size_t open = str_find(body, '<', 0), close = open == SIZE_MAX ? SIZE_MAX : str_find(body, '>', open);
		if (close == SIZE_MAX)
			break;
		buf_str_add(out, str_sub(body, 0, open));
		Str tag = str_sub(body, open, close + 1);
		Str rest = str_sub(body, close + 1, body.len), skipped;
		size_t end = 0;
		if (str_starts(tag, STR("<!--")) && between(body, open, "<!--", "-->\n", &skipped, &end)) {
			body = str_sub(body, end, body.len);
			continue;
		}
		if (str_eq_z(tag, "<title>") && between(body, open, "<title>", "</title>\n", &skipped, &end)) {
			body = str_sub(body, end, body.len);
			continue;
		}
		bool bold = str_starts(tag, STR("<text")) && str_starts(rest, STR(BOLD_MARK));
		put_tag(out, tag, bold);
		body = bold ? str_sub(rest, sizeof(BOLD_MARK) - 1, rest.len) : rest;
	}
}

Err graph_svg(Ctx *c, Buf *out, ChartHead head, const Graph *g, Str drawn)
{
	Str box, x, body;
	double size[4];
	size_t at = 0, behind = 0;
	bool found = between(drawn, 0, "<svg ", ">", &x, &behind) && between(x, 0, "viewBox=\"", "\"", &box, &at) &&
		     between(drawn, behind, "\n", "</svg>", &body, &at);
	for (int i = 0; found && i < 4; i++) {
		Str number = STR_NONE;
		found = str_split(&box, ' ', &number) && str_to_real(number, &size[i]);
	}
	if (!found || size[0] != 0 || size[1] != 0)
		return fail(c, ERR_INTERNAL, "graph: dot's drawing is not understood");
	Str desc = str_is_empty(head.desc) ? described(c, g) : head.desc;
	svg_open(out, head.id, size[2], size[3], head.title, desc, head.lang);
	put_body(out, body);
	svg_close(out);
	return OK;
}
