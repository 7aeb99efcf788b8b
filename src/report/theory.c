/* The programme's theory of change, drawn with what came of each goal. */
#include "report/collect.h"

#include "convert/convert.h"
#include "format/graph.h"

enum { DRAWING_MOST = 4 << 20, CODES_MOST = 1 << 16 };

typedef struct {
	Ctx *c;
	const Report *r;
	TheoryNodeList nodes;
	TheoryArrowList arrows;
} Theory;

static GraphTone tone_of(GoalStatus status)
{
	switch (status) {
	case GOAL_MET: return GRAPH_GOOD;
	case GOAL_PARTLY_MET: return GRAPH_MIXED;
	case GOAL_NOT_MET: return GRAPH_BAD;
	case GOAL_NOT_FOLLOWED_UP:
	case GOAL_NOT_DECIDABLE: break;
	}
	return GRAPH_OPEN;
}

/* Goals hung on a node: their codes and how many were met; the worst decides the tone. */
static void add_goals(const Theory *t, NodeId node, GraphNode *out)
{
	Ctx *c = t->c;
	Buf *codes = buf_new(c->arena, CODES_MOST);
	GoalStatus worst = GOAL_MET;
	int n = 0, met = 0;
	for (size_t i = 0; i < t->r->goals.n; i++) {
		const GoalResult *g = &t->r->goals.at[i];
		if (!uuid_eq(g->goal.node.v, node.v))
			continue;
		buf_printf(codes, "%s%.*s", n == 0 ? "" : ", ", STR_ARG(g->goal.code));
		n++;
		met += g->status == GOAL_MET;
		worst = g->status > worst ? g->status : worst;
	}
	if (n == 0)
		return;
	out->tone = tone_of(worst);
	const char *verdict = enum_text(c->lang, &goal_status_table, (int)worst);
	Str all = buf_str(codes);
	if (n == 1 || met == n)
		out->status = str_printf(c->arena, "%.*s: %s", STR_ARG(all), verdict);
	else
		out->status = str_printf(c->arena, T(c->lang, "%.*s: %d of %d met"), STR_ARG(all), met, n);
}

static size_t index_of(const TheoryNodeList *nodes, NodeId id)
{
	size_t i = 0;
	while (i < nodes->n && !uuid_eq(nodes->at[i].id.v, id.v))
		i++;
	return i;
}

static Graph graph_of(const Theory *t)
{
	Ctx *c = t->c;
	Str *levels = ARENA_ARRAY(c->arena, GOAL_LEVELS, Str);
	GraphNode *nodes = ARENA_ARRAY(c->arena, t->nodes.n, GraphNode);
	GraphArrow *arrows = ARENA_ARRAY(c->arena, t->arrows.n, GraphArrow);
	for (int i = 0; i < GOAL_LEVELS; i++)
		levels[i] = str_of(enum_text(c->lang, &goal_level_table, i));
	for (size_t i = 0; i < t->nodes.n; i++) {
		const TheoryNode *n = &t->nodes.at[i];
		nodes[i] = (GraphNode){ .level = (int)n->level, .label = text_in(c->lang, n->label, n->label_en) };
		add_goals(t, n->id, &nodes[i]);
	}
	for (size_t i = 0; i < t->arrows.n; i++) {
		const TheoryArrow *a = &t->arrows.at[i];
		arrows[i] = (GraphArrow){ index_of(&t->nodes, a->cause), index_of(&t->nodes, a->effect),
					  text_in(c->lang, a->assumption, a->assumption_en) };
	}
	return (Graph){ .levels = levels,
			.level_count = GOAL_LEVELS,
			.nodes = nodes,
			.node_count = t->nodes.n,
			.arrows = arrows,
			.arrow_count = t->arrows.n };
}

static void list_assumptions(Ctx *c, Report *r, const Graph *g)
{
	r->assumptions = (ReportAssumptionList){ ARENA_ARRAY(c->arena, g->arrow_count, ReportAssumption), 0 };
	for (size_t i = 0; i < g->arrow_count; i++) {
		if (str_is_empty(g->arrows[i].assumption))
			continue;
		ReportAssumption *a = &r->assumptions.at[r->assumptions.n];
		*a = (ReportAssumption){ (int)++r->assumptions.n, g->arrows[i].assumption };
	}
}

Err report_draw_theory(Ctx *c, Report *r)
{
	Theory t = { .c = c, .r = r };
	RETURN_IF_ERR(theory_node_list(c, r->programme.id, &t.nodes));
	RETURN_IF_ERR(theory_arrow_list(c, r->programme.id, &t.arrows));
	if (t.nodes.n == 0)
		return OK;
	Graph g = graph_of(&t);
	if (graph_fits(&g))
		r->theory.caption =
			str_of(T(c->lang, "The programme's theory of change with the status of its goals."));
	if (c->convert == NULL)
		return OK;
	r->theory_boxes = (int64_t)t.nodes.n;
	list_assumptions(c, r, &g);
	if (!graph_fits(&g))
		return OK;
	Buf *dot = buf_new(c->arena, DRAWING_MOST), *svg = buf_new(c->arena, DRAWING_MOST);
	Str drawn;
	graph_dot(dot, c->arena, &g);
	RETURN_IF_ERR(convert_run(c, c->convert, CONVERT_DOT, buf_str(dot), &drawn));
	ChartHead head = { .id = "theory", .title = str_of(T(c->lang, "Theory of change")), .lang = c->lang };
	RETURN_IF_ERR(graph_svg(c, svg, head, &g, drawn));
	r->theory.chart = (HtmlSafe){ buf_str(svg) };
	return OK;
}
